"""The paragraph of a contract says what is owed, by whom, when and at what price."""

from dataclasses import replace
from decimal import Decimal

from app.clauses.labels.clause_paragraph import paragraph
from app.clauses.labels.terms_said import CategoryWords
from app.clauses.rules.calibration import BilledRate, CleaningTakeover, Inputs, LabourShare, compute
from app.clauses.rules.terms import DEFAULTS, TEMPLATES, Terms

D = Decimal
WORDS = {"iae": CategoryWords("Salarié de l’IAE", "PASS IAE"), "rqth": CategoryWords("Travailleur handicapé", "")}


def drafted(inputs: Inputs, terms: Terms = DEFAULTS) -> str:
    return paragraph("Collège", inputs, compute(inputs), terms, WORDS).replace("\u00a0", " ")


def test_the_hours_the_computation_and_the_article_are_said() -> None:
    text = drafted(LabourShare(D(1_000_000), D(50), D(5)))
    assert text.startswith("Clause sociale d’insertion – Collège")
    assert "833 h de travail au moins" in text
    assert "= 833,33 h, arrondi à 833 h." in text
    assert "L2112-2" in text


def test_a_rate_on_the_amount_billed_is_said_as_a_rate() -> None:
    text = drafted(BilledRate(D(3_100_000), D(2_700_000), D(2_000)))
    assert "une heure de travail par tranche entière de 2 000 € HT facturée au-delà de 2 700 000 € HT" in text
    assert "cela fait 200 h" in text
    assert "au-delà" not in drafted(BilledRate(D(10_000), D(0), D(2_000)))


def test_penalties_and_delays_come_from_the_terms() -> None:
    text = drafted(LabourShare(D(1_000_000), D(50), D(5)), replace(TEMPLATES[0].terms, notice_days=8, due_day=1))
    assert "200,00 € au titulaire" in text
    assert "mise en demeure restée sans effet 8 jours" in text
    assert "avant le 1er du mois qui suit" in text
    assert "ne prévoit pas de pénalité" in drafted(LabourShare(D(1_000_000), D(50), D(5)))


def test_the_categories_of_the_terms_are_named() -> None:
    text = drafted(LabourShare(D(1_000_000), D(50), D(5)), TEMPLATES[3].terms)
    assert "Salarié de l’IAE : PASS IAE ; Travailleur handicapé" in text


def test_there_is_no_paragraph_without_a_clause() -> None:
    assert drafted(CleaningTakeover(D(600_000), D(36), D(620), D(7))) == ""
