"""Distances on the globe, and dated assignments that never touch the past."""

import csv
from datetime import date
from math import isclose, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reference.rules import (
    EARTH_RADIUS_KM,
    Assigned,
    MdsTerms,
    ReferenceRefusal,
    assignment_refusals,
    closing_refusals,
    distance_km,
)
from app.reference.service.load import DATA

points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
TODAY = date(2026, 11, 5)
MASSY = MdsTerms(opened_on=date(2000, 1, 1))


def _points() -> dict[str, tuple[float, float]]:
    with (DATA / "communes.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("start", "end", "kilometres"),
    [("Dourdan", "Étampes", 16.6), ("Massy", "Palaiseau", 3.7), ("Évry-Courcouronnes", "Étampes", 32.0)],
)
def test_known_distances_are_found_within_what_centroids_differ_by(start: str, end: str, kilometres: float) -> None:
    known = _points()
    assert distance_km(*known[start], *known[end]) == pytest.approx(kilometres, abs=2.5)


def test_a_quarter_of_the_globe_is_a_quarter_of_its_circumference() -> None:
    assert distance_km(0, 0, 90, 0) == pytest.approx(EARTH_RADIUS_KM * pi / 2)
    assert distance_km(0, 0, 0, 180) == pytest.approx(EARTH_RADIUS_KM * pi)


@given(points, points)
def test_the_way_back_is_as_long_as_the_way_there(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert isclose(distance_km(*a, *b), distance_km(*b, *a), rel_tol=1e-9, abs_tol=1e-6)


@given(points)
def test_a_place_is_nowhere_but_where_it_is(a: tuple[float, float]) -> None:
    assert distance_km(*a, *a) == 0


@given(points, points, points)
def test_a_detour_is_never_shorter(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> None:
    assert distance_km(*a, *c) <= distance_km(*a, *b) + distance_km(*b, *c) + 1e-3


def test_an_assignment_holds_from_its_first_day_until_the_eve_of_its_end() -> None:
    one = Assigned("nord-ouest", "91377", date(2026, 1, 1), date(2026, 7, 1))
    assert [one.holds_on(date(2025, 12, 31)), one.holds_on(date(2026, 1, 1))] == [False, True]
    assert [one.holds_on(date(2026, 6, 30)), one.holds_on(date(2026, 7, 1))] == [True, False]
    assert Assigned("nord-ouest", "91377", date(2026, 1, 1)).holds_on(date(2099, 1, 1))


def _reasons(wanted: Assigned, *history: Assigned, mds: MdsTerms | None = MASSY) -> set[ReferenceRefusal]:
    return set(assignment_refusals(history, wanted, today=TODAY, mds=mds))


OLD = Assigned("nord-est", "91114", date(2000, 1, 1))
PLANNED = Assigned("nord-ouest", "91692", date(2027, 1, 1))


@pytest.mark.parametrize("start", [TODAY, date(2026, 12, 1)])
def test_a_commune_changes_from_today_or_later(start: date) -> None:
    assert _reasons(Assigned("nord-ouest", "91377", start), OLD) == set()


def test_the_past_is_not_rewritten() -> None:
    assert _reasons(Assigned("nord-ouest", "91377", date(2026, 11, 4)), OLD) == {ReferenceRefusal.IN_THE_PAST}


def test_nothing_slips_in_before_a_planned_change_but_the_planned_change_may_be_replaced() -> None:
    early = Assigned("nord-ouest", "91377", date(2026, 12, 1))
    assert _reasons(early, OLD, PLANNED) == {ReferenceRefusal.BEFORE_LAST_ASSIGNMENT}
    assert _reasons(Assigned("nord-ouest", "91377", PLANNED.valid_from), OLD, PLANNED) == set()


def test_the_same_again_is_no_change() -> None:
    assert _reasons(Assigned("nord-est", "91114", TODAY), OLD) == {ReferenceRefusal.NOTHING_CHANGES}


@pytest.mark.parametrize(
    ("mds", "reason"),
    [
        (None, ReferenceRefusal.UNKNOWN_MDS),
        (MdsTerms(date(2000, 1, 1), closed_on=TODAY), ReferenceRefusal.MDS_CLOSED),
        (MdsTerms(date(2026, 11, 6)), ReferenceRefusal.MDS_NOT_OPEN),
    ],
)
def test_a_commune_goes_to_an_mds_that_serves_that_day(mds: MdsTerms | None, reason: ReferenceRefusal) -> None:
    assert _reasons(Assigned("nord-ouest", "x", TODAY), OLD, mds=mds) == {reason}


def test_all_reasons_are_said_at_once() -> None:
    wanted = Assigned("nord-est", "91114", date(1999, 1, 1))
    assert _reasons(wanted, OLD, mds=None) == {
        ReferenceRefusal.UNKNOWN_MDS,
        ReferenceRefusal.IN_THE_PAST,
        ReferenceRefusal.BEFORE_LAST_ASSIGNMENT,
    }


def test_an_mds_closes_once_nobody_depends_on_it() -> None:
    opened, end = date(2000, 1, 1), date(2027, 1, 1)
    gone = Assigned("nord-ouest", "91377", opened, end)
    assert closing_refusals(opened, end, [gone]) == ()
    assert closing_refusals(opened, date(2026, 12, 31), [gone]) == (ReferenceRefusal.MDS_STILL_SERVES,)
    assert closing_refusals(opened, end, [Assigned("nord-ouest", "91377", opened)]) == (
        ReferenceRefusal.MDS_STILL_SERVES,
    )
    assert closing_refusals(opened, opened, []) == (ReferenceRefusal.CLOSED_BEFORE_OPENED,)
