"""Who may name whom, how many, until when."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.events.rules.kinds import EventKind, Side, Wish
from app.events.rules.states import BookingState, EventState
from app.events.rules.wishes import (
    Most,
    Wishing,
    WishRefusal,
    mark_of,
    most_of,
    number_refusals,
    wish_refusals,
    wishes_by_code,
)

AT = datetime(2026, 11, 12, 13, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)


def wishing(**given: object) -> Wishing:
    whole = {
        "kind": EventKind.SPEED_DATING, "event_state": EventState.PUBLISHED, "booking_state": BookingState.BOOKED,
        "starts_at": AT, "ends_at": AT + timedelta(hours=3), "staff": False,
    }  # fmt: skip
    return Wishing(**{**whole, **given})


@pytest.mark.parametrize(
    ("given", "minutes", "expected"),
    [
        ({}, -1, ()),
        ({}, 0, (WishRefusal.OVER,)),
        ({"staff": True}, 179, ()),
        ({"staff": True}, 180, (WishRefusal.OVER,)),
        ({"event_state": EventState.CANCELLED}, -1, (WishRefusal.NOT_OPEN,)),
        ({"kind": EventKind.FORUM}, -1, (WishRefusal.NOT_OPEN,)),
        ({"booking_state": BookingState.CANCELLED}, -1, (WishRefusal.NOT_COMING,)),
        ({"booking_state": BookingState.WAITING}, -1, ()),
    ],
)
def test_wishes_are_taken_until_it_begins_and_from_those_who_run_it_until_it_ends(given, minutes, expected):
    assert wish_refusals(wishing(**given), now=AT + timedelta(minutes=minutes)) == expected


@pytest.mark.parametrize(
    ("others", "most"),
    [(0, Most(0, 0)), (1, Most(1, 1)), (3, Most(3, 1)), (8, Most(4, 2)), (12, Most(6, 3)), (40, Most(20, 10))],
)
def test_half_may_be_wished_and_a_quarter_avoided(others, most):
    assert most_of(others) == most


def test_too_many_of_each_kind_are_told_together():
    named = [Wish.MEET, Wish.MEET, Wish.AVOID, Wish.AVOID]
    assert number_refusals(named, Most(2, 2)) == ()
    assert number_refusals(named, Most(1, 1)) == (WishRefusal.TOO_MANY_MEET, WishRefusal.TOO_MANY_AVOID)


def test_the_mark_changes_with_the_wishes_and_not_with_their_order():
    assert mark_of({ONE: Wish.MEET, TWO: Wish.AVOID}) == mark_of({TWO: Wish.AVOID, ONE: Wish.MEET})
    assert mark_of({ONE: Wish.MEET}) != mark_of({ONE: Wish.AVOID})
    assert mark_of({}) < 10**9


@pytest.mark.parametrize(
    ("kind", "side", "may"),
    [
        (EventKind.SPEED_DATING, Side.SEATED, True),
        (EventKind.SPEED_DATING, Side.MOVING, True),
        (EventKind.JOB_DATING, Side.MOVING, True),
        (EventKind.JOB_DATING, Side.SEATED, False),
        (EventKind.FORUM, Side.PUBLIC, False),
    ],
)
def test_a_code_names_wishes_where_no_people_sit_opposite(kind: EventKind, side: Side, may: bool) -> None:
    assert wishes_by_code(kind, side) is may
