"""Values and faults of the official file read in French."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from app.clauses.labels.decp_said import fault_words, field_name, field_words, firm_words
from app.clauses.rules.decp import DecpChange, DecpContract, DecpFaultKind, DecpFirm, DecpSubcontract
from app.clauses.rules.decp.contract import DecpSubcontractChange

FULL = DecpContract(
    id="1", buyer_siret="22910228000018", subject="Voirie", notified_on=date(2026, 9, 1), months=12,
    amount=Decimal("575000.50"), advance=True, advance_rate=Decimal("0.05"), offers_received=3,
    holders=(DecpFirm("SIRET", "55204599900869", "Morel"), DecpFirm("TVA", "DE1")), social=("Clause sociale",),
    changes=(DecpChange(id=1, notified_on=date(2026, 10, 1), amount=Decimal(1000), months=2, subject="Sols"),),
    subcontracts=(DecpSubcontract(id=None, firm=DecpFirm("SIRET", "55204599900869")),),
    subcontract_changes=(DecpSubcontractChange(id=2),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("notified_on", "01/09/2026"),
        ("months", "12 mois"),
        ("amount", "575 000,50 €"),
        ("advance", "oui"),
        ("advance_rate", "5 %"),
        ("offers_received", "3"),
        ("buyer_siret", "229 102 280 00018"),
        ("social", "Clause sociale"),
        ("holders", "Morel, 552 045 999 00869 ; TVA DE1"),
        ("changes", "n° 1 du 01/10/2026 : 1 000 €, 2 mois, Sols"),
        ("subcontracts", "sans numéro : 552 045 999 00869"),
        ("subcontract_changes", "n° 2"),
        ("cpv", "rien"),
        ("form", "Marché"),
    ],
)
def test_each_field_reads_as_a_person_writes_it(name: str, words: str) -> None:
    assert field_words(FULL, name).replace("\u00a0", " ") == words


def test_every_field_has_a_name_and_can_be_said_empty() -> None:
    bare = replace(FULL, **{one.name: None for one in fields(FULL) if one.name in {"months", "amount", "advance"}})
    for one in fields(DecpContract):
        assert field_name(one.name) != one.name
        assert field_words(bare, one.name)


def test_a_firm_without_a_name_is_its_number() -> None:
    assert firm_words(DecpFirm("HORS-UE", "X1")) == "HORS-UE X1"


def test_every_fault_is_a_sentence() -> None:
    kinds = [*DecpFaultKind, "others"]
    assert all(fault_words({"kind": kind, "written": ""}).endswith(".") for kind in kinds)
    assert fault_words({"kind": "refused", "written": "Le marché est clos."}) == "Le marché est clos."
