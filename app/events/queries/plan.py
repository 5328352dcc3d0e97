"""What does the organiser read of a plan: its figures, its tables by round, each participant, who missed what?"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.roles import Actor
from app.events.models import Booking, Event, Meeting, MeetingPlan, MeetingSetup, Slot
from app.events.queries.bookings import sees_names
from app.events.queries.day import Kept, Timing, kept_of, shown_name, timing_from
from app.events.queries.problem import Cast, cast_of, is_expected
from app.events.rules.clock import drift
from app.events.rules.kinds import Side, Wish
from app.events.rules.plan_words import Met, Unserved, unserved
from app.events.rules.setup import Outline, Schedule, outline, pauses_of
from app.events.rules.states import IN_THE_PLAN

NameOf = Callable[[Booking], str]


def setup_of(slot: Slot) -> MeetingSetup:
    """The rounds of a slot; not yet kept ones, with as many tables as seats, when nobody set any. One statement."""
    found = db.session.scalars(select(MeetingSetup).where(MeetingSetup.slot_id == slot.id)).one_or_none()
    return found or _not_set(slot)


def _not_set(slot: Slot) -> MeetingSetup:
    seats = next((one.seats for one in slot.sides if one.side is Side.SEATED), 12)
    return MeetingSetup(
        slot_id=slot.id, rounds=None, round_minutes=10, change_minutes=2, tables=min(seats, 300), breaks=[], version=1
    )


def schedule_of(slot: Slot, setup: MeetingSetup) -> Schedule:
    """The same, as rules read it."""
    return Schedule(
        starts_at=setup.first_round_at or slot.starts_at,
        slot_ends_at=slot.ends_at,
        rounds=setup.rounds,
        round_minutes=setup.round_minutes,
        change_minutes=setup.change_minutes,
        tables=setup.tables,
        pauses=pauses_of(setup.breaks),
    )


def schedule_in_room(slot: Slot, kept: Kept) -> Schedule:
    """The hours as the clock of the room makes them from the round that runs on; those planned until it is pressed."""
    schedule = schedule_of(slot, kept[0] or _not_set(slot))
    timing = timing_from(slot, kept)
    found = drift(timing.anchor, timing.rhythm, clock.now())
    return schedule.following(*found) if found is not None else schedule


def latest_plan(slot_id: UUID) -> MeetingPlan | None:
    """The plan in force. One statement."""
    query = select(MeetingPlan).where(MeetingPlan.slot_id == slot_id).order_by(MeetingPlan.number.desc())
    return db.session.scalars(query.limit(1)).first()


def names_for(actor: Actor) -> NameOf:
    """Who accompanies people reads their name in full; an employer, the first name and an initial."""
    return full_name if sees_names(actor) else shown_name


def full_name(booking: Booking) -> str:
    """The name of the file as it is today, else the one that was given."""
    return booking.candidate.full_name if booking.candidate is not None else booking.name


@dataclass(frozen=True, slots=True)
class Place:
    """One table in one round."""

    table: int
    seated: Booking
    moving: Booking
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Round:
    """One round with its tables, and who of those expected meets nobody in it."""

    number: int
    starts_at: datetime
    ends_at: datetime
    places: tuple[Place, ...]
    resting: tuple[Booking, ...]
    pause_after: int
    """Minutes of the break that follows."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A wish that the plan does not meet."""

    other: Booking
    why: Unserved


@dataclass(frozen=True, slots=True)
class Part:
    """One participant in the plan. ``rests``: the rounds without a meeting."""

    booking: Booking
    meetings: tuple[Place, ...]
    wished: int
    met: int
    missed: tuple[Missed, ...]
    rests: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A plan with all that is shown of it."""

    plan: MeetingPlan
    rounds: tuple[Round, ...]
    parts: tuple[Part, ...]
    ends_at: datetime

    def rests(self, side: Side) -> list[int]:
        """How many rounds each one of a side rests."""
        return [len(one.rests) for one in self.parts if one.booking.side is side and is_expected(one.booking)]

    @property
    def figures(self) -> Met:
        """What is counted on the page."""
        wishes = tuple(place.meeting.wishes for one in self.rounds for place in one.places)
        rests = tuple(len(one.rests) for one in self.parts if is_expected(one.booking))
        return Met(len(self.rounds), wishes, rests)

    @property
    def unserved(self) -> tuple[Part, ...]:
        """Those who miss somebody they wished to meet, or meet nobody at all."""
        return tuple(one for one in self.parts if is_expected(one.booking) and (one.missed or not one.meetings))


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The organiser's page: what the setup would make now, and the plan in force."""

    cast: Cast
    setup: MeetingSetup
    schedule: Schedule
    outline: Outline
    made: Made | None
    timing: Timing

    @property
    def wishing(self) -> int:
        """How many of those expected named somebody."""
        there = {one.id for side in Side for one in self.cast.expected(side)}
        return len({one for one, _ in self.cast.wishes} & there)


def plan_page(event: Event, slot: Slot) -> PlanPage:
    """Four statements, however many meetings."""
    cast, kept = cast_of(event, slot), kept_of(slot)
    setup, plan = kept[0] or _not_set(slot), kept[2]
    schedule = schedule_of(slot, setup)
    counted = outline(schedule, len(cast.expected(Side.SEATED)), len(cast.expected(Side.MOVING)))
    in_room = schedule_in_room(slot, kept)
    made = made_of(cast, in_room, plan) if plan else None
    return PlanPage(cast, setup, in_room, counted, made, timing_from(slot, kept))


def made_of(cast: Cast, schedule: Schedule, plan: MeetingPlan) -> Made:
    """The plan in force; without a statement."""
    by_round: dict[int, list[Place]] = defaultdict(list)
    for one in cast.meetings:
        if one.round is not None and one.state in IN_THE_PLAN:
            place = Place(one.table_number or 0, cast.bookings[one.seated_id], cast.bookings[one.moving_id], one)
            by_round[one.round].append(place)
    numbers = range(1, max([plan.rounds, *by_round]) + 1)
    rounds = tuple(_round(cast, schedule, number, by_round.get(number, ())) for number in numbers)
    parts = tuple(_part(cast, one, rounds) for one in cast.bookings.values() if _shown(one, rounds))
    return Made(plan, rounds, parts, schedule.end_of(max(1, len(rounds))))


def _round(cast: Cast, schedule: Schedule, number: int, places: Sequence[Place]) -> Round:
    busy = {who for one in places for who in (one.seated.id, one.moving.id)}
    resting = tuple(one for one in cast.bookings.values() if is_expected(one) and one.id not in busy)
    pause = sum(one.minutes for one in schedule.pauses if one.after == number)
    return Round(number, schedule.start_of(number), schedule.end_of(number), tuple(places), resting, pause)


def _shown(booking: Booking, rounds: Sequence[Round]) -> bool:
    return is_expected(booking) or any(
        booking.id in (place.seated.id, place.moving.id) for one in rounds for place in one.places
    )


def _part(cast: Cast, booking: Booking, rounds: Sequence[Round]) -> Part:
    mine = tuple(place for one in rounds for place in one.places if booking.id in (place.seated.id, place.moving.id))
    busy = {place.meeting.round for place in mine}
    met = {other.id for place in mine for other in (place.seated, place.moving)}
    wished = [
        cast.bookings[other]
        for (one, other), wish in cast.wishes.items()
        if one == booking.id and wish is Wish.MEET and other in cast.bookings
    ]
    missed = tuple(
        Missed(other, unserved(expected=is_expected(other), forbidden=cast.set_apart(booking, other)))
        for other in sorted(wished, key=lambda one: one.name.lower())
        if other.id not in met
    )
    rests = tuple(one.number for one in rounds if one.number not in busy)
    return Part(booking, mine, len(wished), len(wished) - len(missed), missed, rests)


def tables_by_round(made: Made) -> Mapping[int, Mapping[int, Place]]:
    """Table -> round -> who sits there: the drawing of the whole plan."""
    found: dict[int, dict[int, Place]] = defaultdict(dict)
    for one in made.rounds:
        for place in one.places:
            found[place.table][one.number] = place
    return {table: found[table] for table in sorted(found)}
