"""May who is out of an event come back by themselves? Who took them out, and are they still shown to employers?"""

from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Membership
from app.candidates.models import Candidate, ReadinessEntry
from app.candidates.rules import CandidateState
from app.core.db import db
from app.core.roles import Actor, Role
from app.events.models import Booking, EventTransition
from app.events.rules.kinds import EventKind, Who
from app.events.rules.registering import WITH_CODE_NAME, RegisterRefusal, return_refusals
from app.events.rules.states import OUT


def is_theirs(actor: Actor, booking: Booking) -> bool:
    """Is it the actor's own booking: of the person, the professional, the organisation they act in?"""
    if booking.candidate_id is not None:
        return booking.candidate_id == actor.candidate_id
    if booking.who is Who.ORGANISATION:
        return booking.organisation_id is not None and booking.organisation_id == actor.organisation_id
    return booking.user_id is not None and booking.user_id == actor.user_id


def return_barred(booking: Booking, kind: EventKind) -> tuple[RegisterRefusal, ...]:
    """Why the holder may not take a seat again; without a statement for who is not out, else two or three."""
    if booking.state not in OUT:
        return ()
    shown = booking.candidate_id is None or _still_shown(booking.candidate_id)
    return return_refusals(booking.state, kind, left=_left_themselves(booking), shown=shown)


def _left_themselves(booking: Booking) -> bool:
    """The last who took them out: with the code, signed in as the person, or for the organisation that was to come.

    Nobody noted: it was nobody else.
    """
    query = (
        select(EventTransition.by_role, EventTransition.by_name, EventTransition.by_user_id)
        .where(
            EventTransition.subject == "booking",
            EventTransition.subject_id == booking.id,
            EventTransition.to_state.in_([state.value for state in OUT]),
        )
        .order_by(EventTransition.at.desc(), EventTransition.id)
    )
    last = db.session.execute(query.limit(1)).one_or_none()
    if last is None or last.by_role is Role.CANDIDATE:
        return True
    if last.by_role is Role.SYSTEM:
        return bool(last.by_name == WITH_CODE_NAME)
    return last.by_user_id is not None and (last.by_user_id == booking.user_id or _works_for(last.by_user_id, booking))


def _works_for(user_id: UUID, booking: Booking) -> bool:
    if booking.who is not Who.ORGANISATION or booking.organisation_id is None:
        return False
    query = select(Membership.id).where(
        Membership.user_id == user_id, Membership.organisation_id == booking.organisation_id
    )
    return db.session.scalar(query.limit(1)) is not None


def _still_shown(candidate_id: UUID) -> bool:
    """Active and consenting, and not said to be looking no longer (who never was ready came without it before)."""
    was_ready = select(ReadinessEntry.id).where(ReadinessEntry.candidate_id == candidate_id, ReadinessEntry.ready)
    query = select(Candidate.state, Candidate.consent_at, Candidate.ready_on, was_ready.exists().label("was_ready"))
    found = db.session.execute(query.where(Candidate.id == candidate_id)).one()
    agrees = found.state is CandidateState.ACTIVE and found.consent_at is not None
    return agrees and (found.ready_on is not None or not found.was_ready)
