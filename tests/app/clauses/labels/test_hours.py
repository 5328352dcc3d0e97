"""The words beside a line: complete, and with the day or the figure that matters."""

from datetime import date
from uuid import UUID

import pytest

from app.clauses.labels.hours import (
    CORRECTION_REFUSALS,
    HOUR_REFUSALS,
    duplicate_words,
    line_words,
    period_words,
)
from app.clauses.rules.hours import CorrectionRefusal, Duplicate, HourRefusal
from app.clauses.rules.periods import Period
from app.clauses.rules.terms import DEFAULTS

R = HourRefusal


def test_every_refusal_of_hours_has_its_words() -> None:
    assert set(HOUR_REFUSALS) == set(HourRefusal)
    assert set(CORRECTION_REFUSALS) == set(CorrectionRefusal)
    for reason in HourRefusal:
        assert line_words(reason, DEFAULTS).endswith(".")


@pytest.mark.parametrize(
    ("reason", "covered", "words"),
    [
        (R.REASON_NEEDED, None, "Plus de 151,67\u00a0h. Dites pourquoi."),
        (
            R.ABOVE_MONTH_CAP,
            None,
            "Plus de 208\u00a0h dans le mois, tous marchés réunis. Vérifiez les heures.",
        ),
        (
            R.BEYOND_COVERED_DAYS,
            (date(2026, 10, 1), date(2026, 10, 14)),
            "Éligible jusqu’au 14 octobre. Gardez seulement les heures faites ces jours-là.",
        ),
        (
            R.PARTLY_COVERED,
            (date(2026, 10, 19), date(2026, 10, 31)),
            "Les heures comptent à partir du 19 octobre. "
            "Gardez seulement les heures faites ces jours-là, ou dites pourquoi.",
        ),
        (
            R.BEYOND_COVERED_DAYS,
            (date(2026, 10, 2), date(2026, 10, 14)),
            "Les heures comptent du 2 octobre au 14 octobre. Gardez seulement les heures faites ces jours-là.",
        ),
    ],
)
def test_a_line_says_the_day_or_the_figure(reason: HourRefusal, covered: tuple[date, date] | None, words: str) -> None:
    assert line_words(reason, DEFAULTS, covered, eligible_until=date(2026, 10, 14)) == words


def test_a_month_cut_by_the_end_of_the_job_does_not_speak_of_eligibility() -> None:
    words = line_words(R.BEYOND_COVERED_DAYS, DEFAULTS, (date(2026, 10, 1), date(2026, 10, 9)), date(2027, 5, 31))
    assert words == "Les heures comptent jusqu’au 9 octobre. Gardez seulement les heures faites ces jours-là."


def test_a_duplicate_names_both_members() -> None:
    words = duplicate_words(Duplicate(UUID(int=1), date(2026, 10, 1), ("Nord-Essonne Bâtiment", "Peintures Morel")))
    assert words.startswith("Déclarée pour octobre 2026 par Nord-Essonne Bâtiment et Peintures Morel.")


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(date(2026, 10, 1)), "octobre 2026"),
        (Period(date(2026, 1, 1), 3), "1er trimestre 2026"),
        (Period(date(2026, 10, 1), 3), "4e trimestre 2026"),
        (Period(date(2026, 7, 1), 6), "2e semestre 2026"),
    ],
)
def test_a_period_has_a_name(period: Period, words: str) -> None:
    assert period_words(period) == words
