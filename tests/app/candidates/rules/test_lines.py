"""A line of a sheet is understood cell by cell; each wrong cell is named with its column, never more, never less."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.candidates.labels import COLUMNS, FAULTS
from app.candidates.rules import Column, FaultKind
from app.candidates.rules.columns import HEADERS, columns_of, is_forbidden, is_header
from app.candidates.rules.lines import Lookup, read_line

TODAY = date(2026, 11, 5)
C, F = Column, FaultKind


def _phone(text: str) -> str | None:
    digits = "".join(char for char in text if char.isdigit())
    return f"+33{digits[-9:]}" if len(digits) in {10, 11} else None


LOOKUP = Lookup(
    commune={"Massy": "91377", "91300": "91377", "Étampes": "91223"}.get,
    near_communes=lambda _: ["Étampes", "Étréchy"],
    trade={"ménage": "agent-entretien", "nounou": "garde-enfants"}.get,
    near_trades=lambda _: ["Maçon"],
    licence=lambda text: {"b": "b", "c": "c"}.get(text.strip().lower()),
    phone=_phone,
    referent={"samia@exemple.fr": ("u", "o")}.get,
)


def _read(**cells: str) -> tuple[dict[str, Any], list[tuple[Column, FaultKind]]]:
    said = {C.LAST_NAME: "Kaddour", C.FIRST_NAME: "Nadia", **{Column(name): text for name, text in cells.items()}}
    reading = read_line(said, LOOKUP, TODAY)
    return reading.values, [(fault.column, fault.kind) for fault in reading.faults]


def test_a_full_line_is_understood() -> None:
    values, faults = _read(
        birth_date="16/11/1990", phone="06 12 34 56 78", email="Nadia@Exemple.FR", commune="Massy",
        trades="ménage ; nounou", french="B1.2", licences="B, C", bus="45 min", car="non",
        available_from="2026-11-16", moments="journée, nuit",
        hours_min="17,5", hours_max="35", programmes="RSA ; mission locale", programmes_since="01/03/2026",
        referent="Samia@exemple.fr", own_words="J’aime l’ordre.", address="3, rue Haute",
    )  # fmt: skip
    assert faults == []
    assert values == {
        "first_name": "Nadia", "last_name": "Kaddour", "birth_date": "1990-11-16", "phone": "+33612345678",
        "email": "nadia@exemple.fr", "address": "3, rue Haute", "commune_insee": "91377",
        "trades": ["agent-entretien", "garde-enfants"], "own_words": "J’aime l’ordre.", "french": 3,
        "licences": ["b", "c"], "travels": {"bus": 45}, "available_from": "2026-11-16", "moments": ["day", "night"],
        "hours_min": "17.50", "hours_max": "35.00", "programmes": ["rsa", "mission_locale"],
        "programmes_since": "2026-03-01", "referent": ["u", "o"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "text", "kind"),
    [
        (C.BIRTH_DATE, "31/02/1990", F.NOT_A_DATE),
        (C.BIRTH_DATE, "06/11/2026", F.BORN_LATER),
        (C.BIRTH_DATE, "06/11/2010", F.TOO_YOUNG),
        (C.BIRTH_DATE, "06/11/1910", F.TOO_OLD),
        (C.PHONE, "06 12", F.NOT_A_PHONE),
        (C.EMAIL, "nadia@exemple", F.NOT_AN_EMAIL),
        (C.COMMUNE, "Étampe-sur-Mer", F.UNKNOWN_COMMUNE),
        (C.TRADES, "ménage ; dompteur", F.UNKNOWN_TRADE),
        (C.FRENCH, "moyen", F.UNKNOWN_LEVEL),
        (C.LICENCES, "Z", F.UNKNOWN_LICENCE),
        (C.BUS, "longtemps", F.NOT_MINUTES),
        (C.CAR, "181", F.NOT_MINUTES),
        (C.AVAILABLE_FROM, "bientôt", F.NOT_A_DATE),
        (C.MOMENTS, "tout le temps", F.UNKNOWN_MOMENT),
        (C.HOURS_MIN, "60", F.NOT_HOURS),
        (C.HOURS_MAX, "zéro", F.NOT_HOURS),
        (C.PROGRAMMES, "CER", F.UNKNOWN_PROGRAMME),
        (C.REFERENT, "inconnu@exemple.fr", F.UNKNOWN_REFERENT),
        (C.ADDRESS, "x" * 10_000, F.TOO_LONG),
        (C.FIRST_NAME, "x" * 10_000, F.TOO_LONG),
        (C.TRADES, "x" * 10_000, F.TOO_LONG),
    ],
)
def test_a_wrong_cell_is_the_only_fault(column: Column, text: str, kind: FaultKind) -> None:
    _, faults = _read(**{column.value: text})
    assert faults == [(column, kind)]


def test_every_kind_of_fault_says_what_and_how_to_mend() -> None:
    assert set(FAULTS) == set(FaultKind)
    assert all(what.endswith(".") and mend.endswith(".") for what, mend in FAULTS.values())


def test_a_line_without_a_name_is_faulty() -> None:
    assert _read(first_name="", last_name=" ")[1] == [(C.LAST_NAME, F.NAME_MISSING)]


def test_hours_in_the_wrong_order_are_both_left_out() -> None:
    values, faults = _read(hours_min="35", hours_max="20")
    assert faults == [(C.HOURS_MAX, F.HOURS_ORDER)]
    assert (values["hours_min"], values["hours_max"]) == (None, None)


def test_more_than_five_jobs_are_too_many() -> None:
    lookup = Lookup(**{**{name: getattr(LOOKUP, name) for name in LOOKUP.__slots__}, "trade": lambda text: text})  # type: ignore[arg-type]
    reading = read_line({C.LAST_NAME: "K", C.TRADES: "a;b;c;d;e;f"}, lookup, TODAY)
    assert [fault.kind for fault in reading.faults] == [F.TOO_MANY_TRADES]
    assert reading.values["trades"] == ["a", "b", "c", "d", "e"]


def test_a_phone_that_lost_its_zero_in_a_spreadsheet_finds_it_again() -> None:
    assert _read(phone="612345678")[0]["phone"] == "+33612345678"


def test_what_our_own_export_wrote_to_disarm_a_formula_reads_as_before() -> None:
    values, faults = _read(phone="'+33612345678", address="'- porte 3")
    assert (faults, values["phone"], values["address"]) == ([], "+33612345678", "- porte 3")


def test_titles_of_columns_are_found_whatever_their_typing() -> None:
    assert columns_of(["NOM *", "Prénom :", "Né(e) le", "Portable", "N° CAF", "nom"]) == {
        C.LAST_NAME: 0,
        C.FIRST_NAME: 1,
        C.BIRTH_DATE: 2,
        C.PHONE: 3,
    }
    assert is_header(["prénom", "nom"])
    assert not is_header(["Liste", "des", "nom"])


def test_every_column_of_the_model_is_read_back() -> None:
    assert set(columns_of(list(COLUMNS.values()))) == set(Column) == set(HEADERS)


@pytest.mark.parametrize(
    ("title", "forbidden"),
    [("N° sécurité sociale", True), ("NIR", True), ("Numéro CAF", True), ("N° Allocataire", True), ("Avenir", False)],
)
def test_numbers_that_the_portal_never_keeps_are_told_by_their_title(title: str, forbidden: bool) -> None:
    assert is_forbidden(title) is forbidden


@given(st.dictionaries(st.sampled_from(Column), st.text(max_size=60)))
def test_any_line_is_read_without_falling(cells: dict[Column, str]) -> None:
    reading = read_line(cells, LOOKUP, TODAY)
    assert set(reading.values) >= {"first_name", "last_name", "birth_date", "phone", "trades", "french", "referent"}
    assert all(fault.column in Column for fault in reading.faults)
