"""Two files become one: choices start from the file kept, lines are joined, nothing is twice."""

from datetime import date
from decimal import Decimal

from app.candidates.labels import MERGED_FIELDS
from app.candidates.models import Candidate
from app.candidates.rules import Means, Programme
from app.candidates.rules.merging import (
    COLUMNS,
    MergedField,
    Side,
    joined_programmes,
    joined_skills,
    joined_titles,
    joined_trades,
    joined_travels,
    proposed,
)
from app.candidates.rules.sections import HeldTitle, ProgrammeStay, TravelLimit


def test_the_other_file_is_proposed_only_where_the_kept_one_says_nothing() -> None:
    empty = {(MergedField.PHONE, Side.KEPT), (MergedField.EMAIL, Side.KEPT), (MergedField.EMAIL, Side.MERGED)}
    sides = proposed(lambda field, side: (field, side) in empty)
    assert sides.pop(MergedField.PHONE) is Side.MERGED
    assert set(sides.values()) == {Side.KEPT}


def test_consent_and_readiness_are_never_brought_in_unasked() -> None:
    sides = proposed(lambda _field, side: side is Side.KEPT)
    assert {field for field, side in sides.items() if side is Side.KEPT} == {MergedField.CONSENT, MergedField.READY}


def test_every_answer_has_columns_of_the_file_and_words() -> None:
    columns = set(Candidate.__table__.columns.keys())
    assert set(COLUMNS) == set(MERGED_FIELDS) == set(MergedField)
    assert {name for group in COLUMNS.values() for name in group} <= columns


def test_wishes_of_the_kept_file_come_first_and_five_stay() -> None:
    assert joined_trades(["a", "b"], ["b", "c"]) == ["a", "b", "c"]
    assert joined_trades(list("abcd"), list("xyz")) == list("abcdx")
    assert len(joined_skills([str(n) for n in range(15)], [str(n) for n in range(30)])) == 20


def test_the_limit_of_the_kept_file_wins() -> None:
    kept, other = TravelLimit(Means.BUS, 30), TravelLimit(Means.BUS, 60)
    car = TravelLimit(Means.CAR, None, Decimal(20))
    assert sorted(joined_travels([kept], [other, car]), key=lambda travel: travel.means) == [kept, car]


def test_the_title_that_lasts_longer_is_kept_once() -> None:
    short = HeldTitle("sst", date(2023, 1, 1), date(2024, 12, 31))
    long = HeldTitle("sst", date(2025, 1, 1), date(2026, 12, 31))
    bare = HeldTitle("sst")
    assert joined_titles([short], [long]) == joined_titles([long], [short]) == [long]
    assert joined_titles([bare], [long]) == [long]
    assert joined_titles([long], [bare]) == [long]


def test_a_stay_that_overlaps_is_not_added() -> None:
    here = ProgrammeStay(Programme.RSA, date(2025, 1, 1))
    inside = ProgrammeStay(Programme.RSA, date(2026, 1, 1))
    before = ProgrammeStay(Programme.RSA, date(2024, 1, 1), date(2024, 12, 31))
    other = ProgrammeStay(Programme.PLIE, date(2026, 1, 1))
    assert joined_programmes([here], [inside, before, other]) == [here, before, other]
