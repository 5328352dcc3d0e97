"""Who sits where, whose times meet, what a code lets answer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.roles import Role
from app.events.rules.kinds import AUDIENCES, Audience, EventKind, Side, Who, sides_of
from app.events.rules.registering import (
    Answer,
    RegisterRefusal,
    Sits,
    Way,
    answers_for,
    may_register_on,
    overlaps,
    return_refusals,
    said,
    side_for,
    side_refusals,
    ways_for,
)
from app.events.rules.states import OUT, BookingState
from app.organisations.rules import EMPLOYER_KINDS, SIAE_KINDS, OrganisationKind

AT = datetime(2026, 11, 5, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("kind", sorted(OrganisationKind))
def test_at_a_speed_dating_a_siae_keeps_its_table_and_another_employer_moves(kind: OrganisationKind) -> None:
    side = side_for(EventKind.SPEED_DATING, Audience.ORGANISATIONS, Sits(Who.ORGANISATION, kind))
    if kind in SIAE_KINDS:
        assert side is Side.SEATED
    elif kind in EMPLOYER_KINDS:
        assert side is Side.MOVING
    else:
        assert side is None


def test_a_firm_on_the_side_of_the_siae_is_told_so() -> None:
    firm = Sits(Who.ORGANISATION, OrganisationKind.FIRM)
    refused = side_refusals(EventKind.SPEED_DATING, Audience.ORGANISATIONS, Side.SEATED, firm)
    assert refused == (RegisterRefusal.SIAE_SIDE,)


@pytest.mark.parametrize("kind", sorted(EventKind))
def test_whoever_has_a_side_has_one_of_the_event(kind: EventKind) -> None:
    for audience in AUDIENCES[kind]:
        for who in Who:
            for place in (None, *OrganisationKind):
                side = side_for(kind, audience, Sits(who, place))
                assert side is None or side in sides_of(kind)


@pytest.mark.parametrize(
    ("role", "audience", "ways"),
    [
        (None, Audience.PEOPLE, (Way.VISITOR,)),
        (None, Audience.EVERYBODY, (Way.VISITOR, Way.FIRM)),
        (None, Audience.PROFESSIONALS, ()),
        (Role.CANDIDATE, Audience.PEOPLE, (Way.PERSON,)),
        (Role.CANDIDATE, Audience.ORGANISATIONS, ()),
        (Role.EMPLOYER, Audience.EVERYBODY, (Way.ORGANISATION, Way.PROFESSIONAL)),
        (Role.REFERENT, Audience.EVERYBODY, (Way.PROFESSIONAL, Way.ORGANISATION)),
    ],
)
def test_each_registers_as_what_they_are(role: Role | None, audience: Audience, ways: tuple[Way, ...]) -> None:
    assert ways_for(EventKind.FORUM, audience, role, OrganisationKind.FIRM) == ways


@given(st.integers(-10, 10), st.integers(1, 10), st.integers(-10, 10), st.integers(1, 10))
def test_two_times_meet_when_an_hour_is_in_both(begin: int, length: int, other: int, other_length: int) -> None:
    mine, theirs = range(begin, begin + length), range(other, other + other_length)
    slots = [(AT + other * HOUR, AT + (other + other_length) * HOUR)]
    assert overlaps(AT + begin * HOUR, AT + (begin + length) * HOUR, slots) == bool(set(mine) & set(theirs))


@pytest.mark.parametrize("state", sorted(BookingState))
def test_what_the_page_of_a_code_offers_changes_something(state: BookingState) -> None:
    offered = answers_for(state, open_now=True)
    assert not any(said(answer, state) for answer in offered)
    assert answers_for(state, open_now=False) == ()
    assert (Answer.NOT_COMING in offered) == (
        state in {BookingState.INVITED, BookingState.BOOKED, BookingState.WAITING}
    )


@pytest.mark.parametrize("kind", sorted(EventKind))
@pytest.mark.parametrize("state", sorted(BookingState))
def test_who_is_out_comes_back_unless_another_took_them_out_or_no_employer_may_read_them(
    state: BookingState, kind: EventKind
) -> None:
    out = state in OUT
    assert return_refusals(state, kind, left=True, shown=True) == ()
    taken = return_refusals(state, kind, left=False, shown=True)
    assert (RegisterRefusal.TAKEN_OUT in taken) == (state is BookingState.CANCELLED)
    hidden = return_refusals(state, kind, left=True, shown=False)
    assert (RegisterRefusal.NO_LONGER_SHOWN in hidden) == (out and kind is EventKind.JOB_DATING)


def test_what_is_not_public_is_for_the_invited_and_the_people_of_those_who_accompany() -> None:
    closed = {"is_public": False, "staff": False, "invited": False}
    assert may_register_on(Role.REFERENT, **closed)
    assert not may_register_on(Role.CANDIDATE, **closed)
    assert may_register_on(Role.CANDIDATE, **{**closed, "invited": True})
    assert may_register_on(None, **{**closed, "is_public": True})
