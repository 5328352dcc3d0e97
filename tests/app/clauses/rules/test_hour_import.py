"""Whom a line means, on which of the firm's lots, and when the columns need not be asked."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.clauses.rules.hour_import import (
    LineFault,
    Place,
    Post,
    Resolver,
    Wrong,
    is_certain,
    is_contract,
    is_lot,
    may_be_undone,
    reason_of,
)
from app.clauses.rules.kinds import OverReason
from app.clauses.rules.sheet_hours import Defaults, ReadLine, find_layout, match_people, read_lines
from app.core.sheets import SheetRow

TODAY = date(2026, 11, 5)
PAINT = Place(uuid4(), 3, "Peinture", "2026-0012", "Collège Les Pyramides : rénovation")
FLOOR = Place(uuid4(), 4, "Sols souples", "2026-0012", "Collège Les Pyramides : rénovation")
AWA, LUC = uuid4(), uuid4()


def _post(person: UUID, place: Place = PAINT, **values: Any) -> Post:
    said: dict[str, Any] = {
        "employment_id": uuid4(), "person": person, "first_name": "Awa", "last_name": "Koné", "payroll": "",
        "holder_id": place.holder_id, "employer_key": "morel", "employer_name": "Morel",
        "started_on": date(2026, 9, 1), "ended_on": None, **values,
    }  # fmt: skip
    return Post(**said)


def _line(**said: str) -> ReadLine:
    values = {"Nom": "Koné Awa", "Mois": "10/2026", "Heures": "10", **said}
    rows = (SheetRow(1, tuple(values)), SheetRow(2, tuple(values.values())))
    layout = find_layout(rows)
    assert layout is not None
    return read_lines(rows, layout, Defaults(), TODAY)[0]


def _found(line: ReadLine, *posts: Post, said: dict[str, UUID | None] | None = None) -> Post | Wrong:
    resolver = Resolver([PAINT, FLOOR], posts, said or {})
    people = {post.person: (post.person, post.first_name, post.last_name) for post in posts}
    match = match_people([line], people.values()).get(line.name_key)
    person = resolver.person(line, line.name_key, match)
    return person if isinstance(person, Wrong) else resolver.post(line, person)


@pytest.mark.parametrize("text", ["3", "Lot 03", "lot n° 3 : peinture", "PEINTURE"])
def test_a_lot_is_known_by_its_number_or_title(text: str) -> None:
    assert is_lot(text, PAINT)
    assert not is_lot(text, FLOOR)


@pytest.mark.parametrize(("text", "known"), [("2026-0012", True), ("marché 2026-0012", True), ("les pyramides", True),
                                             ("2026-0013", False), ("Gymnase", False)])  # fmt: skip
def test_a_contract_is_known_by_its_number_or_a_part_of_its_title(text: str, known: bool) -> None:
    assert is_contract(text, PAINT) is known


def test_a_person_on_two_lots_needs_the_lot() -> None:
    posts = _post(AWA), _post(AWA, FLOOR)
    answer = _found(_line(), *posts)
    assert isinstance(answer, Wrong)
    assert answer.kind is LineFault.SEVERAL_LOTS
    assert _found(_line(Lot="4"), *posts) == posts[1]


def test_a_lot_that_is_not_the_firms_is_refused_and_never_guessed() -> None:
    answer = _found(_line(Lot="9"), _post(AWA))
    assert isinstance(answer, Wrong)
    assert answer.kind is LineFault.LOT_UNKNOWN


def test_a_number_of_payroll_is_enough_and_must_agree_with_the_name() -> None:
    posts = _post(AWA, payroll="0042"), _post(LUC, first_name="Luc", last_name="Petit", payroll="7")
    assert _found(_line(Matricule="42", Nom=""), *posts) == posts[0]
    answer = _found(_line(Matricule="7"), *posts)
    assert isinstance(answer, Wrong)
    assert answer.kind is LineFault.PAYROLL_DIFFERS


def test_a_spelling_that_was_said_to_be_nobody_is_not_asked_again() -> None:
    line = _line(Nom="Konné Awa")
    asked = _found(line, _post(AWA))
    assert isinstance(asked, Wrong)
    assert (asked.kind, asked.people) == (LineFault.SPELLING, (AWA,))
    told = _found(line, _post(AWA), said={line.name_key: None})
    assert isinstance(told, Wrong)
    assert (told.kind, told.people) == (LineFault.UNKNOWN_PERSON, ())


def test_the_employment_of_the_month_is_the_one_meant() -> None:
    old = _post(AWA, started_on=date(2026, 3, 1), ended_on=date(2026, 8, 31))
    new = _post(AWA)
    assert _found(_line(), old, new) == new
    assert _found(_line(Mois="05/2026"), old, new) == old


@pytest.mark.parametrize(("titles", "certain"), [(("Nom", "Mois", "Heures"), True), (("Nom", "Heures"), False),
                                                 (("Nom", "Mois", "Heures payées", "Heures travaillées"), False),
                                                 (("Nom", "09/2026", "10/2026"), True)])  # fmt: skip
def test_columns_are_asked_unless_one_alone_can_be_the_hours(titles: tuple[str, ...], certain: bool) -> None:
    layout = find_layout([SheetRow(1, titles)])
    assert layout is not None
    assert is_certain(layout) is certain


def test_reasons_are_ours_or_their_own_words() -> None:
    assert reason_of("Heures supplémentaires") == (OverReason.OVERTIME, "Heures supplémentaires")
    assert reason_of("rattrapage de sept.")[0] is OverReason.CATCH_UP
    assert reason_of("intempéries") == (OverReason.OTHER, "intempéries")
    assert reason_of(" ") == (None, "")


def test_an_import_is_undone_on_the_seventh_day_and_no_later() -> None:
    assert may_be_undone(TODAY, TODAY + timedelta(days=7))
    assert not may_be_undone(TODAY, TODAY + timedelta(days=8))
