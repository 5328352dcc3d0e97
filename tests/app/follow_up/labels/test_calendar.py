"""The short words of days and hours."""

from datetime import date, time

import pytest

from app.follow_up.labels.calendar import AGENDA, hour_words, meeting_words, short_day


@pytest.mark.parametrize(
    ("at", "words"),
    [(time(14), "14\u00a0h"), (time(9, 30), "9\u00a0h\u00a030"), (time(8, 5), "8\u00a0h\u00a005")],
)
def test_an_hour_is_said_as_people_say_it(at: time, words: str) -> None:
    assert hour_words(at) == words


def test_a_meeting_without_an_hour_is_only_a_day() -> None:
    assert meeting_words(date(2026, 11, 24), None, date(2026, 11, 5)) == "mardi 24 novembre"
    assert meeting_words(date(2026, 11, 24), time(14), date(2026, 11, 5)) == "mardi 24 novembre à 14\u00a0h"
    assert meeting_words(date(2027, 2, 1), None, date(2026, 11, 5)) == "lundi 1er février 2027"


def test_a_day_of_the_same_month_needs_no_month() -> None:
    assert short_day(date(2026, 11, 30), date(2026, 11, 23)) == "30"
    assert short_day(date(2026, 12, 1), date(2026, 11, 23)) == "1er décembre"


def test_a_calendar_shows_only_what_kind_of_date_it_is() -> None:
    assert {words.split("\u00a0: ")[0] for words in AGENDA.values()} == {"Suivi"}
