"""The terms of a clause read as plain French, and a firm reads no category."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.clauses.labels.terms_said import CategoryWords, changes_said, report_words, said, since_words
from app.clauses.rules.kinds import Frequency
from app.clauses.rules.terms import DEFAULTS, TEMPLATES, Terms

WORDS = {
    "rsa": CategoryWords("Allocataire du RSA", "Attestation de la CAF", 3),
    "rqth": CategoryWords("Travailleur handicapé (RQTH)", "Décision de la CDAPH"),
}
CCAP = TEMPLATES[0].terms


def sentences(terms: Terms, *, for_employer: bool = False) -> str:
    return " ".join(
        sentence for one in said(terms, WORDS, for_employer=for_employer) for sentence in one.sentences
    ).replace("\u00a0", " ")


def test_the_ccap_of_the_domain_reads_with_its_dates_its_penalties_and_its_four_years() -> None:
    text = sentences(CCAP)
    assert "Un rapport d’heures par trimestre, à envoyer avant le 15 du mois qui suit." in text
    assert "200,00 € par heure due et non réalisée." in text
    assert "75,00 € par jour de retard des justificatifs, après mise en demeure." in text
    assert "CDI : jusqu’à la fin du contrat, 48 mois au plus." in text


def test_the_rhythm_of_reports_fits_on_a_line() -> None:
    assert report_words(CCAP) == "chaque trimestre, avant le 15"
    assert report_words(replace(DEFAULTS, due_day=1)) == "chaque mois, avant le 1er"


def test_a_category_reads_with_its_proof_and_the_age_that_these_terms_ask() -> None:
    terms = replace(DEFAULTS, categories=("rsa", "rqth"), proof_months={"rqth": 12})
    text = sentences(terms)
    assert "Allocataire du RSA : attestation de la CAF de moins de 3 mois." in text
    assert "Travailleur handicapé (RQTH) : décision de la CDAPH de moins de 12 mois." in text


def test_a_firm_reads_no_category_and_no_proof() -> None:
    text = sentences(replace(DEFAULTS, categories=("rsa",), proof_months={"rsa": 1}), for_employer=True)
    assert "les personnes que votre facilitateur a vérifiées" in text
    assert "RSA" not in text
    assert "CAF" not in text


def test_the_flags_of_hours_read_both_ways() -> None:
    both = sentences(
        replace(DEFAULTS, training_counts=False, tutor_counts=True, paid_absence_counts=True, pooling=True)
    )
    assert "La formation ne compte pas." in both
    assert "Le tutorat compte." in both
    assert "Les absences payées comptent." in both
    assert "Les heures en plus d’un lot comptent pour les autres." in both


def test_a_contract_without_penalty_says_so() -> None:
    assert "Le marché ne prévoit pas de pénalité." in sentences(DEFAULTS)


def test_a_change_names_the_rule_before_and_after() -> None:
    after = replace(DEFAULTS, frequency=Frequency.QUARTERLY, penalty_per_hour=Decimal(200), pooling=True)
    found = [
        (one.field, one.before.replace("\u00a0", " "), one.after.replace("\u00a0", " "))
        for one in changes_said(DEFAULTS, after, WORDS)
    ]
    assert found == [
        ("Rythme des rapports", "chaque mois", "chaque trimestre"),
        ("Pénalité par heure manquante", "aucun", "200,00 €"),
        ("Mutualisation entre les lots", "non", "oui"),
    ]


def test_every_rule_can_be_said_when_it_changes() -> None:
    after = Terms(
        categories=("rsa",), proof_months={"rsa": None}, durations=CCAP.durations, training_counts=False,
        training_ceiling_percent=Decimal("12.5"), tutor_counts=True, paid_absence_counts=True,
        frequency=Frequency.HALF_YEARLY, due_day=3, month_cap=Decimal(160), reason_above=Decimal(140),
        penalty_per_hour=Decimal(30), penalty_per_day=Decimal(75), notice_days=8, pooling=True, alert_weeks=6,
        answer_days=10, etp_divisor=1820,
    )  # fmt: skip
    found = changes_said(DEFAULTS, after, WORDS)
    assert len(found) == len(DEFAULTS.to_json())
    assert all(one.before and one.after and one.before != one.after for one in found)


def test_a_firm_does_not_read_that_the_categories_changed() -> None:
    assert changes_said(DEFAULTS, replace(DEFAULTS, categories=("rsa",)), WORDS, for_employer=True) == ()


def test_a_version_recorded_later_says_both_days() -> None:
    assert since_words(date(2026, 6, 1), date(2026, 6, 10)) == "à partir du 01/06/2026, connu le 10/06/2026"
    assert since_words(date(2026, 6, 1), date(2026, 6, 1)) == "à partir du 01/06/2026"
