"""What changed since a plan was made: who left it, who came after it, whose wishes are others."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.events.models import Booking, MeetingSetup
from app.events.queries.plan import latest_plan, setup_of
from app.events.queries.problem import cast_of
from app.events.queries.since import Since, changed_since
from app.events.rules.attendance import Presence
from app.events.rules.kinds import Side, Wish
from app.events.rules.plan_words import Changes
from app.events.rules.registering import Answer
from app.events.rules.states import BookingState
from app.events.rules.wishes import mark_of
from app.events.service import attendance, cancelling, planning, registering, wishing
from app.organisations.rules import OrganisationKind
from tests.factories.events import Staged, a_booking, a_speed_dating
from tests.factories.people import an_organisation, somebody

Room = tuple[Staged, list[Booking], list[Booking]]


@pytest.fixture
def room(session: scoped_session, today: object) -> Iterator[Room]:
    """Three by three, their plan made an hour ago."""
    staged, seated, moving = a_speed_dating()
    session.commit()
    planning.make_plan(staged.event.id, staged.organiser.actor)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        yield staged, seated, moving


def since(staged: Staged) -> Since:
    db.session.expire_all()
    plan = latest_plan(staged.slot.id)
    assert plan is not None
    return changed_since(cast_of(staged.event, staged.slot), setup_of(staged.slot), plan)


def _late(staged: Staged) -> Booking:
    firm = an_organisation(OrganisationKind.FIRM, name="Arrivée tardive")
    db.session.commit()
    return registering.register_organisation(staged.slot.id, firm.id, by=somebody(Role.DEPARTMENT).actor).booking


def _wish(staged: Staged, one: Booking, other: Booking) -> None:
    wishing.save_wishes(one.id, {other.id: Wish.MEET}, mark=mark_of({}), by=staged.organiser.actor)


def _excuse(staged: Staged, one: Booking) -> None:
    attendance.note_presence(one.id, Presence.EXCUSED, by=staged.organiser.actor)


CHANGES: dict[str, tuple[Callable[[Room], object], Changes]] = {
    "nothing": (lambda room: None, Changes()),
    "cancelled": (
        lambda room: [cancelling.cancel(one.id, by=room[0].organiser.actor) for one in room[2][:2]],
        Changes(cancelled=2),
    ),
    "excused": (lambda room: _excuse(room[0], room[1][0]), Changes(excused=1)),
    "late": (lambda room: _late(room[0]), Changes(new=1)),
    "wish": (lambda room: _wish(room[0], room[1][0], room[2][0]), Changes(wishing=1)),
}


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_each_change_is_counted(room: Room, what: str) -> None:
    act, changes = CHANGES[what]
    act(room)
    assert since(room[0]).changes == changes
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        planning.make_plan(room[0].event.id, room[0].organiser.actor)
        assert not since(room[0]).changes


def test_who_cancels_and_comes_back_changes_nothing(room: Room) -> None:
    staged, _, moving = room
    cancelling.answer_with_code(moving[0].code, Answer.NOT_COMING)
    assert since(staged).gone == (moving[0],)
    cancelling.answer_with_code(moving[0].code, Answer.COMING)
    assert not since(staged).changes


def test_who_comes_late_and_cancels_changes_nothing(room: Room) -> None:
    late = _late(room[0])
    assert since(room[0]).new == (late,)
    cancelling.cancel(late.id, by=room[0].organiser.actor)
    assert not since(room[0]).changes


def test_who_the_plan_could_not_place_is_not_new(session: scoped_session, today: object) -> None:
    staged, seated, _ = a_speed_dating(1, 1)
    house = seated[0].organisation_id
    a_booking(staged, "La même maison", side=Side.MOVING, organisation_id=house)
    session.commit()
    planning.make_plan(staged.event.id, staged.organiser.actor)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert not since(staged).changes


def test_on_the_day_an_absence_and_a_departure_are_counted_apart(room: Room) -> None:
    staged, seated, moving = room
    seated[0].state = BookingState.ABSENT
    moving[0].state, moving[0].checked_in_at, moving[0].left_at = BookingState.SEEN, clock.now(), clock.now()
    db.session.commit()
    assert since(staged).changes == Changes(absent=1, left=1)


@pytest.mark.parametrize(
    ("rounds", "tables", "reset"), [(None, 3, False), (3, 3, False), (2, 3, True), (None, 2, True)]
)
def test_another_number_of_rounds_or_fewer_tables_is_said(
    room: Room, rounds: int | None, tables: int, reset: bool
) -> None:
    setup = db.session.query(MeetingSetup).one()
    setup.rounds, setup.tables = rounds, tables
    db.session.commit()
    assert since(room[0]).changes.reset is reset
