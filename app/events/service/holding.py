"""What does an act about bookings hold while it runs? The person, the event, the side, the bookings: in this order."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import User
from app.candidates.models import Candidate
from app.candidates.rules import CandidateState
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import SYSTEM, Actor, Role
from app.events.models import Booking, Event, Slot, SlotSide
from app.events.queries.visible import events_visible_to, public_events
from app.events.rules.registering import WITH_CODE_NAME, RegisterRefusal
from app.events.service.seats import lock_side

WITHOUT_ACCOUNT = Actor(role=Role.SYSTEM, name="Sans compte")
"""Who registers on a public page. It runs nothing: acts never ask ``may_run`` of it."""
WITH_CODE = Actor(role=Role.SYSTEM, name=WITH_CODE_NAME)


def hold_person(candidate_id: UUID) -> None:
    """Two acts about one person wait for each other: they never get two seats at one time. Raises Refused."""
    query = select(Candidate.state).where(Candidate.id == candidate_id)
    state = db.session.scalar(query.with_for_update(key_share=True, of=Candidate))
    if state is not CandidateState.ACTIVE:
        raise Refused(RegisterRefusal.FILE_CLOSED)


def hold_user(user_id: UUID) -> None:
    """The same for a professional."""
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True, of=User))


def hold_slot(slot_id: UUID, reader: Actor | None = SYSTEM) -> Slot:
    """A slot with its event, which nobody changes or calls off meanwhile; many may book at once. Raises NotFound.

    ``reader``: who must be able to read the event; None is anybody, on a public page.
    """
    visible = public_events() if reader is None else events_visible_to(reader)
    query = (
        select(Slot)
        .join(Slot.event)
        .where(Slot.id == slot_id, Event.id.in_(visible.with_only_columns(Event.id)))
        .options(contains_eager(Slot.event).options(joinedload(Event.commune), joinedload(Event.organisation)))
        .with_for_update(read=True, of=Event)
        .execution_options(populate_existing=True)
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def hold_booking(booking: Booking) -> tuple[Booking, SlotSide]:
    """The booking as it is now, with its side, both locked. The event is held already. Raises NotFound."""
    side = lock_side(booking.slot_id, booking.side)
    found = hold_bookings([booking.id])
    if not found:
        raise NotFound
    return found[0], side


def hold_bookings(ids: Sequence[UUID]) -> list[Booking]:
    """These bookings as they are now, locked. Their sides are held already."""
    query = select(Booking).where(Booking.id.in_(ids)).order_by(Booking.id)
    return list(db.session.scalars(query.with_for_update(of=Booking).execution_options(populate_existing=True)))
