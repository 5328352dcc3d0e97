"""What the facilitator reads of eligibility, and the little that an employer reads."""

from datetime import date

from app.clauses.labels.eligibility import ELIGIBILITY_REFUSALS, employer_words
from app.clauses.rules.eligibility import EligibilityRefusal


def test_every_refusal_of_eligibility_has_its_words() -> None:
    assert set(ELIGIBILITY_REFUSALS) == set(EligibilityRefusal)


def test_an_employer_reads_the_last_day_and_nothing_else() -> None:
    assert employer_words(date(2026, 10, 14)) == "éligible à la clause jusqu’au 14/10/2026"
    assert employer_words(None) == "éligible à la clause jusqu’à la fin du contrat"
