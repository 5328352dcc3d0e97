"""What stands on the sheet of a participant: each round with its hour, table, whom they meet, why, and what those seek.

A sheet says of the other side what it says of itself, and of wishes only that both chose each other, or one's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.candidates.models import Candidate
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor
from app.events.models import Booking, Event, Meeting, Slot
from app.events.queries.day import kept_of, shown_name
from app.events.queries.plan import Made, Place, PlanPage, schedule_in_room
from app.events.queries.visible import may_run, the_booking
from app.events.queries.wishes import Says, said_by
from app.events.rules.kinds import DATINGS, Side
from app.events.rules.setup import Schedule
from app.events.rules.states import IN_THE_PLAN, OUT, EventState
from app.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Line:
    """A round, or several without a meeting (``says`` None). ``pause_after``: minutes of the break that follows."""

    first: int
    last: int
    starts_at: datetime
    ends_at: datetime
    table: int | None = None
    says: Says | None = None
    reasons: tuple[str, ...] = ()
    pause_after: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one participant. ``moves``: they go from table to table; else ``tables`` says where they sit."""

    booking_id: UUID
    name: str
    code: str
    side: Side
    lines: tuple[Line, ...]

    @property
    def moves(self) -> bool:
        """Do they go from table to table?"""
        return self.side is Side.MOVING

    @property
    def tables(self) -> tuple[int, ...]:
        """At which tables they sit, in order."""
        return tuple(dict.fromkeys(one.table for one in self.lines if one.table is not None))

    @property
    def meetings(self) -> int:
        """How many they hold."""
        return sum(one.says is not None for one in self.lines)


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """One sheet with its event. ``plan``: its number, 0 when none is made."""

    event: Event
    slot: Slot
    sheet: Sheet
    plan: int
    runs: bool


def sheets_of(page: PlanPage, side: Side | None = None) -> list[Sheet]:
    """All of a plan that was made, of one side or both, by side and name. Five statements."""
    if page.made is None:
        return []
    parts = [
        one for one in page.made.parts if one.meetings and side in (None, one.booking.side) and _comes(one.booking)
    ]
    says = said_by(list(page.cast.bookings.values()))
    rounds = len(page.made.rounds)
    return [
        _sheet(one.booking, {place.meeting.round or 0: place for place in one.meetings}, says, page.schedule, rounds)
        for one in sorted(parts, key=lambda one: (one.booking.side is Side.MOVING, shown_name(one.booking).lower()))
    ]


def blank_lines(made: Made) -> tuple[Line, ...]:
    """The rounds without anybody: for who arrives without a booking."""
    return tuple(
        Line(one.number, one.number, one.starts_at, one.ends_at, pause_after=one.pause_after) for one in made.rounds
    )


def own_sheet(actor: Actor, booking_id: UUID) -> OwnSheet:
    """The sheet of a booking that the actor may read. Raises NotFound."""
    booking = the_booking(
        actor, booking_id, joinedload(Booking.candidate), joinedload(Booking.slot).joinedload(Slot.event)
    )
    event, slot = booking.slot.event, booking.slot
    if event.kind not in DATINGS or event.state not in {EventState.PUBLISHED, EventState.CLOSED}:
        raise NotFound
    kept = kept_of(slot)
    plan, setup = kept[2], schedule_in_room(slot, kept)
    places = _places(booking) if plan and booking.state not in OUT else {}
    others = [place.moving if booking.side is Side.SEATED else place.seated for place in places.values()]
    rounds = max([plan.rounds if plan else 0, *places])
    sheet = _sheet(booking, places, said_by(others) if others else {}, setup, rounds if places else 0)
    return OwnSheet(event, slot, sheet, plan.number if plan else 0, may_run(actor, event))


def _places(booking: Booking) -> Mapping[int, Place]:
    """Their meetings by round, with both sides. One statement."""
    around = tuple(
        option
        for one in (Meeting.seated, Meeting.moving)
        for option in (
            joinedload(one).joinedload(Booking.candidate).joinedload(Candidate.commune),
            joinedload(one).joinedload(Booking.organisation).joinedload(Organisation.commune),
        )
    )
    query = select(Meeting).where(
        or_(Meeting.seated_id == booking.id, Meeting.moving_id == booking.id),
        Meeting.state.in_(IN_THE_PLAN),
        Meeting.round.is_not(None),
    )
    rows = db.session.scalars(query.options(*around).order_by(Meeting.round)).all()
    return {one.round or 0: Place(one.table_number or 0, one.seated, one.moving, one) for one in rows}


def _sheet(
    booking: Booking, places: Mapping[int, Place], says: Mapping[UUID, Says], schedule: Schedule, rounds: int
) -> Sheet:
    lines = [_line(booking, number, places.get(number), says, schedule) for number in range(1, rounds + 1)]
    return Sheet(booking.id, shown_name(booking), booking.code, booking.side, tuple(_together(lines)))


def _line(booking: Booking, number: int, place: Place | None, says: Mapping[UUID, Says], schedule: Schedule) -> Line:
    starts_at, ends_at = schedule.start_of(number), schedule.end_of(number)
    pause = sum(one.minutes for one in schedule.pauses if one.after == number)
    other = None if place is None else place.moving if booking.id == place.seated.id else place.seated
    if place is None or other is None or not _comes(other):
        return Line(number, number, starts_at, ends_at, pause_after=pause)
    reasons = place.meeting.reasons.get("seated" if booking.id == place.seated.id else "moving", ())
    return Line(number, number, starts_at, ends_at, place.table, says[other.id], tuple(reasons), pause)


def _comes(booking: Booking) -> bool:
    """Who cancelled since the plan was made leaves the other one a pause."""
    return booking.state not in OUT


def _together(lines: Sequence[Line]) -> list[Line]:
    """Rounds without a meeting that follow each other make one line, unless a break lies between."""
    found: list[Line] = []
    for one in lines:
        before = found[-1] if found else None
        if before is not None and before.says is None and one.says is None and not before.pause_after:
            found[-1] = Line(before.first, one.last, before.starts_at, one.ends_at, pause_after=one.pause_after)
        else:
            found.append(one)
    return found
