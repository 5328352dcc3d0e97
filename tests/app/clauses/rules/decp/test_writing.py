"""What is written in the official format reads as it was."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from app.clauses.rules.decp import (
    DecpChange,
    DecpContract,
    DecpFirm,
    DecpForm,
    DecpSubcontract,
    DecpSubcontractChange,
    read_decp,
    to_decp,
)
from app.clauses.rules.decp.fields import WORD_LISTS

_words = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20).filter(
    lambda text: text.casefold() not in {"nc", "nan", "null", "none", "n/a", "cdl", "mq"}
)
_maybe_words = _words | st.just("")
_day = st.dates(date(1990, 1, 1), date(2090, 1, 1))
_money = st.decimals(0, Decimal("9999999999.99"), places=2)
_share = st.decimals(0, 1, places=4)
_months = st.integers(1, 1200)


@st.composite
def _siret(draw: st.DrawFn) -> str:
    """A SIREN and a SIRET whose control figures are right, never La Poste's."""
    siren = f"9{draw(st.integers(0, 9_999_999)):07}"
    siren += luhn.calc_check_digit(siren)
    establishment = f"{siren}{draw(st.integers(0, 9999)):04}"
    return establishment + luhn.calc_check_digit(establishment)


_firm = st.builds(DecpFirm, st.just("SIRET"), _siret(), _maybe_words) | st.builds(
    DecpFirm, st.sampled_from(["TVA", "HORS-UE"]), _words, _maybe_words
)
_firms = st.lists(_firm, max_size=3, unique=True).map(tuple)


def _none_or(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


_when = {"notified_on": _none_or(_day), "published_on": _none_or(_day), "months": _none_or(_months)}
_record = _when | {"id": _none_or(st.integers(1, 99)), "amount": _none_or(_money)}
_change = st.builds(DecpChange, **_record, holders=_firms, subject=_maybe_words)
_act = st.builds(DecpSubcontract, **_record, firm=_none_or(_firm), price_variation=_maybe_words)
_act_change = st.builds(DecpSubcontractChange, **_record)
_COMMON: dict[str, st.SearchStrategy[Any]] = {
    "id": _words,
    "buyer_siret": _siret(),
    "buyer_name": _maybe_words,
    "subject": _words,
    "notified_on": _day,
    "nature": _maybe_words,
    "procedure": _maybe_words,
    "months": _none_or(_months),
    "published_on": _none_or(_day),
    "amount": _none_or(_money),
    "holders": _firms,
    "changes": st.lists(_change, max_size=2).map(tuple),
}


def _listed(form: DecpForm) -> dict[str, st.SearchStrategy[Any]]:
    def some(words: tuple[str, ...]) -> st.SearchStrategy[Any]:
        chosen = st.sets(st.sampled_from(words))
        return chosen.map(lambda found: tuple(word for word in words if word in found))

    return {entry.name: some(entry.words) for entry in WORD_LISTS[form]}


_public_contract = st.builds(
    DecpContract,
    **_COMMON,
    **_listed(DecpForm.PUBLIC_CONTRACT),
    cpv=st.just("") | st.integers(0, 99_999_999).map(lambda code: f"{code:08}"),
    place_code=_maybe_words,
    place_kind=_maybe_words,
    place_name=_maybe_words,
    price_form=_maybe_words,
    framework_id=_maybe_words,
    innovative=_none_or(st.booleans()),
    general_terms=_maybe_words,
    offers_received=_none_or(st.integers(0, 500)),
    advance=_none_or(st.booleans()),
    advance_rate=_none_or(_share),
    grouping=_maybe_words,
    subcontracting=_none_or(st.booleans()),
    origin_eu=_none_or(_share),
    origin_france=_none_or(_share),
    subcontracts=st.lists(_act, max_size=2).map(tuple),
    subcontract_changes=st.lists(_act_change, max_size=2).map(tuple),
)
_concession = st.builds(
    DecpContract,
    form=st.just(DecpForm.CONCESSION),
    **_COMMON,
    **_listed(DecpForm.CONCESSION),
    starts_on=_none_or(_day),
    subsidy=_none_or(_money),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_public_contract | _concession, max_size=4, unique_by=lambda contract: contract.key))
def test_what_is_written_reads_as_it_was(contracts: list[DecpContract]) -> None:
    read = read_decp(to_decp(contracts))
    assert sorted(read.contracts, key=lambda found: found.key) == sorted(contracts, key=lambda found: found.key)
    assert not any(fault.blocking for fault in read.faults if fault.index >= 0)


def test_the_file_has_the_shape_of_the_schema() -> None:
    contract = DecpContract(
        id="1",
        buyer_siret="35600000000048",
        subject="Éclairage",
        notified_on=date(2026, 9, 1),
        amount=Decimal("575000.00"),
        holders=(DecpFirm("SIRET", "55204599900869"),),
        social=("Clause sociale",),
        changes=(DecpChange(id=1, amount=Decimal("600000.10")),),
    )
    written = json.loads(to_decp([contract]))["marches"]["marche"][0]
    assert written == {
        "id": "1",
        "acheteur": {"id": "35600000000048"},
        "objet": "Éclairage",
        "dateNotification": "2026-09-01",
        "montant": 575000,
        "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "55204599900869"}}],
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
        "modifications": [{"modification": {"id": 1, "montant": 600000.1}}],
    }


def test_no_contract_at_all_is_still_a_file_of_the_schema() -> None:
    assert json.loads(to_decp([])) == {"marches": {"marche": []}}
