"""Who is asked to come, and by which way? Invited people hold no seat until they say yes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.events.models import Booking, Slot
from app.events.queries import people
from app.events.queries.visible import may_run
from app.events.rules.kinds import Side, Who
from app.events.rules.registering import RegisterRefusal, Sits, side_for
from app.events.rules.seats import Registration, SeatRefusal, registration_refusals
from app.events.rules.states import BookingState
from app.events.service.holding import hold_person, hold_slot
from app.events.service.journal import log
from app.events.service.registering import Details, invited_row, register_held_person
from app.events.service.seats import lock_side
from app.events.service.telling import tell

MOST: Final = 200
"""People chosen at once."""


@dataclass(frozen=True, slots=True)
class Invited:
    """How many were written to, are to be given a paper, and had a booking already."""

    written: int
    on_paper: int
    known: int
    too_short: int = 0


@dataclass(frozen=True, slots=True)
class Registered:
    """How many people got a seat, wait, were registered already, or could not be (busy at that time)."""

    seated: int
    waiting: int
    known: int
    busy: Sequence[str] = ()


@transaction
def invite(slot_id: UUID, candidate_ids: Collection[UUID], *, by: Actor, paper: bool = False) -> Invited:
    """Ask these people to come: a message with a link by their code, or a paper for who has neither phone nor e-mail.

    ``paper``: a paper for everybody. Who did not answer yet is written to again, once a day; who answered is not.
    Raises NotFound for who does not run the event, Refused.
    """
    slot = hold_slot(slot_id, by)
    if not may_run(by, slot.event):
        raise NotFound
    _refuse_closed(slot, staff=True)
    side = _side(slot)
    lock_side(slot_id, side)
    chosen = _chosen(candidate_ids, by)
    known = people.people_already(slot_id, [one.id for one in chosen])
    asked = [_invited(slot, side, one, known, by) for one in chosen]
    open_ones = [booking for booking in asked if booking.state is BookingState.INVITED]
    db.session.flush()
    day = "" if paper else f"{clock.today():%Y-%m-%d}"
    written = 0 if paper else tell("event_invitation", open_ones, slot, key=day)
    reached = {one.id for one in chosen if one.phone or one.email}
    on_paper = len(open_ones) if paper else sum(booking.candidate_id not in reached for booking in open_ones)
    return Invited(written, on_paper, len(asked) - len(open_ones))


def _invited(slot: Slot, side: Side, one: Candidate, known: dict[UUID, Booking], by: Actor) -> Booking:
    if one.id in known:
        return known[one.id]
    booking = invited_row(slot, side, one.id, one.full_name, by)
    db.session.add(booking)
    log(slot.event_id, "booking", booking.id, "invite", by, to_state=BookingState.INVITED.value)
    return booking


@transaction
def register_people(slot_id: UUID, candidate_ids: Collection[UUID], *, by: Actor) -> Registered:
    """A referent or a facilitator registers several people whose file they read, in the order of their names.

    One who is busy at that time does not hold the others. Raises NotFound, Refused.
    """
    chosen = _chosen(candidate_ids, by)
    for candidate_id in sorted(one.id for one in chosen):
        hold_person(candidate_id)
    slot = hold_slot(slot_id, by)
    if not people.may_register_people(by, slot.event):
        raise NotFound
    _refuse_closed(slot, staff=may_run(by, slot.event))
    seated = waiting = known = 0
    busy: list[str] = []
    for one in chosen:
        try:
            given = register_held_person(slot_id, one.id, one.full_name, Details(), by=by)
        except Refused as refused:
            if SeatRefusal.SAME_TIME not in refused.reasons:
                raise
            busy.append(one.full_name)
            continue
        known += given.known
        seated += not given.known and given.rank == 0
        waiting += not given.known and given.rank > 0
    return Registered(seated, waiting, known, busy)


def _chosen(candidate_ids: Collection[UUID], by: Actor) -> list[Candidate]:
    if not candidate_ids:
        raise Refused(RegisterRefusal.NOBODY_CHOSEN)
    if len(candidate_ids) > MOST:
        raise Refused(RegisterRefusal.TOO_MANY_CHOSEN)
    chosen = people.people_to_register(by, candidate_ids)
    if not chosen:
        raise NotFound
    return chosen


def _side(slot: Slot) -> Side:
    side = side_for(slot.event.kind, slot.event.audience, Sits(Who.PERSON))
    if side is None:
        raise Refused(SeatRefusal.NOT_FOR_YOU)
    return side


def _refuse_closed(slot: Slot, *, staff: bool) -> None:
    event = slot.event
    asked = Registration(event.state, slot.starts_at, slot.ends_at, event.registration_closes_on)
    if reasons := registration_refusals(asked, now=clock.now(), today=clock.today(), staff=staff):
        raise Refused(reasons)
