"""Words about people at work: every refusal and alert has some, and none says why somebody counts."""

from datetime import date

import pytest

from app.clauses.labels.people import ALERT_LOOKS, ALERTS, REFUSAL_WORDS, age_words, good_until_words, until_words
from app.clauses.rules.eligibility import EligibilityRefusal
from app.clauses.rules.employments import CheckRefusal, EmploymentAlert, EmploymentRefusal


def test_every_refusal_and_alert_has_words() -> None:
    assert set(REFUSAL_WORDS) == {*EligibilityRefusal, *CheckRefusal, *EmploymentRefusal}
    assert set(ALERTS) == set(ALERT_LOOKS) == set(EmploymentAlert)


@pytest.mark.parametrize(
    ("dated", "words"),
    [
        (None, "avis"),
        (date(2026, 11, 5), "0\u00a0jour"),
        (date(2026, 11, 3), "2\u00a0jours"),
        (date(2026, 9, 7), "59\u00a0jours"),
        (date(2026, 9, 5), "2\u00a0mois"),
        (date(2026, 7, 6), "3\u00a0mois"),
        (date(2026, 7, 5), "4\u00a0mois"),
    ],
)
def test_the_age_of_a_proof_is_in_days_then_in_whole_months(dated: date | None, words: str) -> None:
    assert age_words(dated, date(2026, 11, 5)) == words


def test_a_day_without_end_is_said() -> None:
    assert good_until_words(date(2027, 1, 31)) == "éligible jusqu’au 31/01/2027"
    assert good_until_words(None) == "éligible, sans date limite"
    assert until_words(date(2028, 5, 31)) == "31/05/2028"
    assert until_words(None) == "la fin du contrat"
