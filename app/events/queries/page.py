"""What do the pages of one event show: its slots with who holds their seats, what is missing, its journal?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import civil_day
from app.core.db import db
from app.events.models import Booking, Event, EventTransition, MeetingPlan, Slot
from app.events.rules.content import Content, EventRefusal, Ready, publish_refusals
from app.events.rules.kinds import DATINGS, Side
from app.events.rules.next_step import NextStep, Standing, next_step
from app.events.rules.states import HOLDS_SEAT, LIVE, BookingState
from app.reference.models import TradeFamily

SHOWN: Final = ("event", "slot", "plan")
"""The lines of the journal that the page shows; those of bookings and meetings are on their own pages."""
Counts = Mapping[tuple[UUID, Side], Counter[BookingState]]


@dataclass(frozen=True, slots=True)
class SideLine:
    """The seats of a side of a slot."""

    side: Side
    seats: int
    taken: int
    states: Counter[BookingState] = field(default_factory=Counter)

    @property
    def left(self) -> int:
        """Seats still free."""
        return self.seats - self.taken

    @property
    def live(self) -> int:
        """Everybody who is concerned by a change: booked, waiting or invited."""
        return sum(count for state, count in self.states.items() if state in LIVE)


@dataclass(frozen=True, slots=True)
class SlotLine:
    """A slot with its sides."""

    slot: Slot
    sides: tuple[SideLine, ...]

    @property
    def live(self) -> int:
        """How many would be told of a change."""
        return sum(side.live for side in self.sides)


@dataclass(frozen=True, slots=True)
class EventPage:
    """All that the organiser's page of an event says."""

    slots: tuple[SlotLine, ...]
    missing: tuple[EventRefusal, ...]
    step: NextStep
    booked: int
    waiting: int
    invited: int
    seats: int
    families: tuple[str, ...]
    journal: Sequence[EventTransition]


def content_of(event: Event) -> Content:
    """The event as its rules read it."""
    return Content(
        kind=event.kind, audience=event.audience, title=event.title, summary=event.summary, bring=event.bring,
        place_name=event.place_name, address=event.address, commune_insee=event.commune_insee, access=event.access,
        territory_code=event.territory_code, family_slugs=tuple(event.family_slugs), is_public=event.is_public,
        registration_closes_on=event.registration_closes_on, host_organisation_id=event.host_organisation_id,
        programme_id=event.programme_id, contact_name=event.contact_name, contact_phone=event.contact_phone,
        contact_email=event.contact_email,
    )  # fmt: skip


def missing_of(event: Event, now: datetime) -> tuple[EventRefusal, ...]:
    """Why it may not be published. Its slots are loaded."""
    last = max((slot.starts_at for slot in event.slots), default=None)
    return publish_refusals(Ready(content_of(event), last), now=now)


def counts_of(event_id: UUID) -> Counts:
    """How many bookings of each state, by slot and side. One statement."""
    query = (
        select(Booking.slot_id, Booking.side, Booking.state, func.count())
        .join(Slot, Slot.id == Booking.slot_id)
        .where(Slot.event_id == event_id)
        .group_by(Booking.slot_id, Booking.side, Booking.state)
    )
    found: dict[tuple[UUID, Side], Counter[BookingState]] = {}
    for slot_id, side, state, count in db.session.execute(query):
        found.setdefault((slot_id, side), Counter())[state] = count
    return found


def slot_lines(event: Event, counts: Counts) -> tuple[SlotLine, ...]:
    """Its slots in order, each with its sides."""
    return tuple(
        SlotLine(
            slot,
            tuple(
                SideLine(side.side, side.seats, side.taken, counts.get((slot.id, side.side), Counter()))
                for side in slot.sides
            ),
        )
        for slot in event.slots
    )


def family_names(slugs: Sequence[str]) -> tuple[str, ...]:
    """The sectors in words; no statement when there are none."""
    if not slugs:
        return ()
    query = select(TradeFamily.name).where(TradeFamily.slug.in_(slugs)).order_by(TradeFamily.name)
    return tuple(db.session.scalars(query))


def journal_of(event_id: UUID, most: int = 12) -> Sequence[EventTransition]:
    """The last lines about the event itself, the newest first."""
    return db.session.scalars(
        select(EventTransition)
        .where(EventTransition.event_id == event_id, EventTransition.subject.in_(SHOWN))
        .order_by(EventTransition.at.desc(), EventTransition.id)
        .limit(most)
    ).all()


def event_page(event: Event, now: datetime, today: date) -> EventPage:
    """The page of an event that the reader runs; the event is loaded. Three statements or four."""
    slots = slot_lines(event, counts_of(event.id))
    missing = missing_of(event, now)
    states = sum((side.states for line in slots for side in line.sides), Counter[BookingState]())
    seats = sum(side.seats for line in slots for side in line.sides)
    booked = sum(count for state, count in states.items() if state in HOLDS_SEAT)
    standing = _standing(event, slots, missing=len(missing), booked=booked, seats=seats, now=now)
    return EventPage(
        slots=slots,
        missing=missing,
        step=next_step(standing, now=now, today=today),
        booked=booked,
        waiting=states[BookingState.WAITING],
        invited=states[BookingState.INVITED],
        seats=seats,
        families=family_names(event.family_slugs),
        journal=journal_of(event.id),
    )


def _standing(
    event: Event, slots: Sequence[SlotLine], *, missing: int, booked: int, seats: int, now: datetime
) -> Standing:
    ahead = [line.slot for line in slots if line.slot.ends_at > now]
    over = [line for line in slots if line.slot.ends_at <= now]
    dating = event.kind in DATINGS
    return Standing(
        state=event.state,
        next_start=ahead[0].starts_at if ahead else None,
        next_day=civil_day(ahead[0].starts_at) if ahead else None,
        is_dating=dating,
        missing=missing,
        booked=booked,
        seats=seats,
        unsaid=sum(side.states[BookingState.BOOKED] for line in over for side in line.sides),
        has_plan=dating and _has_plan(event.id),
    )


def _has_plan(event_id: UUID) -> bool:
    plan = select(MeetingPlan.id).join(Slot, Slot.id == MeetingPlan.slot_id).where(Slot.event_id == event_id).limit(1)
    return db.session.scalar(plan) is not None
