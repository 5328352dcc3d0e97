"""What may be written of a run."""

from datetime import date, timedelta

import pytest

from app.jobs.rules import JobRefusal
from app.jobs.rules.runs import counts_of, error_words, replay_refusals

TODAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("result", "counts"),
    [
        (None, {}),
        (0, {"count": 0}),
        (12, {"count": 12}),
        ({"sent": 3, "failed": 0}, {"sent": 3, "failed": 0}),
        ({"since": TODAY}, {"since": "2026-11-05"}),
        ("offers 12", {"note": "offers 12"}),
    ],
)
def test_what_a_job_answers_is_kept_as_counts(result: object, counts: dict[str, object]) -> None:
    assert counts_of(result) == counts


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("no such channel"), "ValueError: no such channel"),
        (KeyError("Camille Durand"), "KeyError: …"),
        (ValueError("camille.durand@exemple.fr refused"), "ValueError: … refused"),
        (ValueError("called 06 12 34 56 78 in vain"), "ValueError: called … in vain"),
        (ValueError('bad name "Durand"\nDurand again'), "ValueError: bad name …"),
        (ValueError(), "ValueError"),
    ],
)
def test_the_words_of_an_error_say_nothing_of_people(error: Exception, words: str) -> None:
    assert error_words(error) == words


def test_a_replay_from_the_page_never_goes_ahead_nor_beyond_a_year() -> None:
    assert replay_refusals(TODAY, TODAY) == ()
    assert replay_refusals(TODAY - timedelta(days=366), TODAY) == ()
    assert replay_refusals(TODAY + timedelta(days=1), TODAY) == (JobRefusal.DAY_AHEAD,)
    assert replay_refusals(TODAY - timedelta(days=367), TODAY) == (JobRefusal.DAY_TOO_OLD,)
