"""Words beside the cells and in titles."""

from datetime import date
from uuid import uuid4

import pytest

from app.clauses.labels.reports import fault_words, of_month, period_title
from app.clauses.rules.hours import Duplicate, HourRefusal
from app.clauses.rules.periods import Period
from app.clauses.rules.reporting import Fault, ReportRefusal
from app.clauses.rules.terms import DEFAULTS

OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("month", "words"),
    [("octobre", "d’octobre"), ("avril", "d’avril"), ("août", "d’août"), ("mars", "de mars")],
)
def test_de_loses_its_e_before_a_vowel(month: str, words: str) -> None:
    assert of_month(month) == words


@pytest.mark.parametrize(
    ("period", "title"),
    [
        (Period(OCTOBER), "d’octobre 2026"),
        (Period(OCTOBER, 3), "du 4e trimestre 2026"),
        (Period(date(2026, 1, 1), 6), "du 1er semestre 2026"),
    ],
)
def test_a_period_follows_heures(period: Period, title: str) -> None:
    assert period_title(period) == title


def test_a_full_month_says_nothing_of_other_contracts() -> None:
    words = fault_words(Fault(HourRefusal.ABOVE_MONTH_CAP), DEFAULTS)
    assert words == "Au-dessus de 208\u00a0h ce mois-ci, toutes déclarations comprises. Vérifiez les heures."


def test_a_duplicate_names_both_members() -> None:
    duplicate = Duplicate(uuid4(), OCTOBER, ("Morel", "Sud"))
    words = fault_words(Fault(ReportRefusal.DUPLICATE, duplicate=duplicate), DEFAULTS)
    assert "Morel et Sud" in words


def test_the_end_of_eligibility_is_said_with_its_day() -> None:
    fault = Fault(HourRefusal.BEYOND_COVERED_DAYS, (OCTOBER, date(2026, 10, 14)), date(2026, 10, 14))
    assert fault_words(fault, DEFAULTS).startswith("Éligible jusqu’au 14 octobre.")
