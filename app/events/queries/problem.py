"""What is there to plan? The bookings, wishes and meetings of a slot as matching.rotation reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.db import db
from app.events.models import Booking, Event, Meeting, Slot
from app.events.queries.pairs import Affinities, affinities_of, bookings_around, wishes_of_slot
from app.events.rules.kinds import Side, Wish
from app.events.rules.states import EXPECTED, IN_THE_PLAN, MeetingState
from matching.rotation import Meeting as Planned
from matching.rotation import Pair, Participant, Problem


def is_expected(booking: Booking) -> bool:
    """Does the plan count on this participant from now on? Present, or not yet said to be absent, and not gone home."""
    return booking.state in EXPECTED and booking.left_at is None


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part, what they wish, and what was planned until now."""

    event: Event
    slot: Slot
    bookings: Mapping[UUID, Booking]
    wishes: Mapping[tuple[UUID, UUID], Wish]
    meetings: Sequence[Meeting]

    def expected(self, side: Side) -> list[Booking]:
        """Those of a side for whom the coming rounds are planned."""
        return [one for one in self.bookings.values() if one.side is side and is_expected(one)]

    def wishes_to_meet(self, one: Booking, other: Booking) -> bool:
        """Has the first named the second?"""
        return self.wishes.get((one.id, other.id)) is Wish.MEET

    def set_apart(self, one: Booking, other: Booking) -> bool:
        """They never meet: one of them prefers not to, or they belong to one organisation."""
        avoided = Wish.AVOID in (self.wishes.get((one.id, other.id)), self.wishes.get((other.id, one.id)))
        house = one.organisation_id is not None and one.organisation_id == other.organisation_id
        return avoided or house or (_siret(one) is not None and _siret(one) == _siret(other))


def _siret(booking: Booking) -> str | None:
    return booking.siret or (booking.organisation.siret if booking.organisation else None)


def cast_of(event: Event, slot: Slot) -> Cast:
    """Three statements: bookings, wishes, meetings of any state."""
    bookings = {one.id: one for one in bookings_around(slot.id)}
    query = select(Meeting).where(Meeting.slot_id == slot.id).order_by(Meeting.round, Meeting.table_number, Meeting.id)
    return Cast(event, slot, bookings, wishes_of_slot(slot.id), db.session.scalars(query).all())


@dataclass(frozen=True, slots=True)
class Posed:
    """The problem, with what the answer is written from. ``pinned``: held in a round to come, or at the coffee."""

    cast: Cast
    problem: Problem
    affinities: Affinities
    pinned: Sequence[Meeting]


def is_settled(meeting: Meeting) -> bool:
    """Has it taken place, or has somebody said what came of it? A new plan leaves it alone."""
    said = meeting.seated_outcome is not None or meeting.moving_outcome is not None
    return meeting.state is MeetingState.HELD or (meeting.state is MeetingState.PLANNED and said)


def posed(cast: Cast, *, rounds: int, tables: int, from_round: int, today: date) -> Posed:
    """From this round on (counted from 1): rounds before are held or running, and stay."""
    first = from_round - 1
    held = tuple(
        Planned(one.round - 1, one.table_number or 1, str(one.seated_id), str(one.moving_id))
        for one in cast.meetings
        if one.round is not None and one.round < from_round and one.state in IN_THE_PLAN
    )
    pinned = [one for one in cast.meetings if is_settled(one) and (one.round is None or one.round >= from_round)]
    affinities = affinities_of(cast.event.kind, cast.bookings.values(), today)
    return Posed(
        cast,
        Problem(
            seated=_side(cast, Side.SEATED, held, pinned, first, rounds),
            moving=_side(cast, Side.MOVING, held, pinned, first, rounds),
            rounds=rounds,
            tables=tables,
            pairs=_pairs(cast, affinities, pinned),
            held=held,
            first_round=first,
        ),
        affinities,
        pinned,
    )


def _side(
    cast: Cast, side: Side, held: Sequence[Planned], pinned: Sequence[Meeting], first: int, rounds: int
) -> tuple[Participant, ...]:
    """Those expected; and those who held meetings and are gone, with their past alone. Who is new has no past."""
    met = {who for one in held for who in (one.seated, one.moving)}
    planned = {who for one in cast.meetings for who in (one.seated_id, one.moving_id)}
    past, coming = frozenset(range(first)), frozenset(range(first, rounds))
    found = []
    for one in cast.bookings.values():
        if one.side is not side or not (is_expected(one) or str(one.id) in met):
            continue
        busy = {meeting.round - 1 for meeting in pinned if meeting.round and one.id in _two(meeting)}
        before = past if one.id in planned else frozenset()
        found.append(Participant(str(one.id), before | (coming - busy if is_expected(one) else frozenset())))
    return tuple(found)


def _two(meeting: Meeting) -> tuple[UUID, UUID]:
    return meeting.seated_id, meeting.moving_id


def _pairs(cast: Cast, affinities: Affinities, pinned: Sequence[Meeting]) -> tuple[Pair, ...]:
    met = {_two(one) for one in pinned}
    return tuple(
        Pair(
            str(ours.id),
            str(theirs.id),
            affinity=affinities.score(ours, theirs),
            seated_wishes=cast.wishes_to_meet(ours, theirs),
            moving_wishes=cast.wishes_to_meet(theirs, ours),
            forbidden=(ours.id, theirs.id) in met or cast.set_apart(ours, theirs),
        )
        for ours in cast.expected(Side.SEATED)
        for theirs in cast.expected(Side.MOVING)
    )
