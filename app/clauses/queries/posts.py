"""What does the page that notes somebody's work read: the person, the holders, the hire, the work itself?"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from app.applications.models import Application, Hire
from app.candidates.models import Candidate
from app.candidates.queries import candidates_visible_to
from app.clauses.models import ClauseEmployment, ClauseOffer, EligibilityCheck, Holder, Lot
from app.clauses.queries.visible import employments_visible_to
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor


def person_checked(actor: Actor, contract_id: UUID, candidate_id: UUID | None) -> Candidate:
    """Somebody whom the actor accompanies, or who was checked for a contract that they steer. Raises NotFound."""
    checked = exists().where(EligibilityCheck.contract_id == contract_id, EligibilityCheck.candidate_id == Candidate.id)
    theirs = candidates_visible_to(actor).order_by(None).with_only_columns(Candidate.id)
    query = select(Candidate).where(Candidate.id == candidate_id, or_(Candidate.id.in_(theirs), checked))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def holders_of(contract_id: UUID) -> Sequence[Holder]:
    """Every firm still on a lot, by lot."""
    query = (
        select(Holder)
        .join(Lot, Lot.id == Holder.lot_id)
        .where(Lot.contract_id == contract_id, Holder.until.is_(None))
        .options(joinedload(Holder.lot))
        .order_by(Lot.number, Holder.created_at, Holder.id)
    )
    return db.session.scalars(query).all()


def waiting_hire(contract_id: UUID, candidate_id: UUID, hire_id: UUID | None) -> Hire | None:
    """The hire of that person through an offer of the contract, to start the form with."""
    if hire_id is None:
        return None
    query = (
        select(Hire)
        .join(Application, Application.id == Hire.application_id)
        .join(ClauseOffer, ClauseOffer.offer_id == Application.offer_id)
        .join(Lot, Lot.id == ClauseOffer.lot_id)
        .where(Hire.id == hire_id, Hire.candidate_id == candidate_id, Lot.contract_id == contract_id)
    )
    return db.session.scalar(query)


def the_employment(actor: Actor, employment_id: UUID) -> ClauseEmployment:
    """One work with its person, lot and holder. Raises NotFound."""
    around = (
        joinedload(ClauseEmployment.candidate),
        joinedload(ClauseEmployment.lot),
        joinedload(ClauseEmployment.holder),
    )
    query = employments_visible_to(actor).where(ClauseEmployment.id == employment_id).options(*around)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found
