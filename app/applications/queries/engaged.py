"""Who is already engaged with which offer? What matching leaves out, and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.applications.models import Application
from app.applications.rules import OPEN_STATES, WON_STATES, ApplicationState, RefusalReason
from app.core.db import db

_KEPT_OUT = OPEN_STATES | WON_STATES | {ApplicationState.DECLINED, ApplicationState.REFUSED}


@dataclass(frozen=True, slots=True)
class Engaged:
    """An application that keeps a person out of the list of an offer."""

    application_id: UUID
    state: ApplicationState
    since: datetime
    reason: RefusalReason | None


def excluded_for_offer(offer_id: UUID) -> Mapping[UUID, Engaged]:
    """By candidate: an application that runs, was declined, or was refused; the newest one."""
    query = (
        select(
            Application.candidate_id,
            Application.id,
            Application.state,
            Application.state_since,
            Application.refusal_reason,
        )
        .where(Application.offer_id == offer_id, Application.state.in_(_KEPT_OUT))
        .order_by(Application.state_since)
    )
    return {
        row.candidate_id: Engaged(row.id, row.state, row.state_since, row.refusal_reason)
        for row in db.session.execute(query)
    }


def offers_engaged_by(candidate_id: UUID) -> Sequence[UUID]:
    """Offers that a person has applied to, was proposed, or has declined."""
    query = select(Application.offer_id).where(
        Application.candidate_id == candidate_id, Application.state.in_(_KEPT_OUT)
    )
    return db.session.scalars(query).all()


def open_pairs() -> frozenset[tuple[UUID, UUID]]:
    """(offer, candidate) of every pair that matching leaves out, for a run over everybody."""
    query = select(Application.offer_id, Application.candidate_id).where(Application.state.in_(_KEPT_OUT))
    return frozenset((row.offer_id, row.candidate_id) for row in db.session.execute(query))


def states_for_offer(offer_id: UUID, candidates: Collection[UUID]) -> Mapping[UUID, Collection[ApplicationState]]:
    """The states of all applications of these people for an offer."""
    query = select(Application.candidate_id, Application.state).where(
        Application.offer_id == offer_id, Application.candidate_id.in_(candidates)
    )
    found: dict[UUID, set[ApplicationState]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.candidate_id, set()).add(row.state)
    return found


def open_application(offer_id: UUID, candidate_id: UUID) -> UUID | None:
    """The application of a person for an offer that runs now, or led to a hire or a stage."""
    query = select(Application.id).where(
        Application.offer_id == offer_id,
        Application.candidate_id == candidate_id,
        Application.state.in_(OPEN_STATES | WON_STATES),
    )
    return db.session.scalar(query)


def proposals_waiting(candidate_id: UUID) -> int:
    """How many proposals wait for the person's answer."""
    query = select(func.count()).where(
        Application.candidate_id == candidate_id, Application.state == ApplicationState.PROPOSED
    )
    return db.session.scalar(query) or 0
