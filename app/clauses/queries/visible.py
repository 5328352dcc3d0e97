"""Whose contracts, lots, reports, employments and eligibility checks may somebody read?"""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from app.candidates.models import Candidate
from app.candidates.queries import candidates_visible_to
from app.clauses.models import (
    ClauseEmployment,
    EligibilityCheck,
    Holder,
    HourReport,
    Lot,
    PublicContract,
)
from app.clauses.rules.states import ContractState, ReportState
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role


def _steered_by(actor: Actor) -> ColumnElement[bool]:
    """A facilitator's contracts: those of their PLIE and of their territory. The département's: all."""
    if actor.is_any(Role.DEPARTMENT, Role.SYSTEM):
        return true()
    if actor.role is not Role.FACILITATOR:
        return false()
    ours = PublicContract.facilitator_organisation_id == actor.organisation_id
    return or_(ours, PublicContract.territory_code == actor.territory_code) if actor.territory_code else ours


def _held_by(actor: Actor) -> Select[Holder]:
    """Holders of an employer's organisation, and the subcontractors who work for it."""
    principal = aliased(Holder)
    ours = select(principal.id).where(principal.organisation_id == actor.organisation_id)
    return select(Holder).where(or_(Holder.organisation_id == actor.organisation_id, Holder.principal_id.in_(ours)))


def contracts_visible_to(actor: Actor) -> Select[PublicContract]:
    """Those who steer read theirs, an employer those on which it works once they run; nobody else reads any."""
    query = select(PublicContract)
    if actor.role is not Role.EMPLOYER:
        return query.where(_steered_by(actor))
    lots = select(Lot.contract_id).join(Holder, Holder.lot_id == Lot.id)
    ours = lots.where(Holder.organisation_id == actor.organisation_id)
    return query.where(PublicContract.id.in_(ours), PublicContract.state != ContractState.PREPARED)


def lots_visible_to(actor: Actor) -> Select[Lot]:
    """An employer reads its own lots only; those who steer, the lots of their contracts."""
    query = select(Lot).join(PublicContract, Lot.contract_id == PublicContract.id)
    if actor.role is not Role.EMPLOYER:
        return query.where(_steered_by(actor))
    ours = select(Holder.lot_id).where(Holder.organisation_id == actor.organisation_id)
    return query.where(Lot.id.in_(ours), PublicContract.state != ContractState.PREPARED)


def holders_visible_to(actor: Actor) -> Select[Holder]:
    """An employer reads itself and its subcontractors; those who steer, the holders of their contracts."""
    if actor.role is Role.EMPLOYER:
        return _held_by(actor)
    lots = lots_visible_to(actor).with_only_columns(Lot.id)
    return select(Holder).where(Holder.lot_id.in_(lots))


def reports_visible_to(actor: Actor) -> Select[HourReport]:
    """An employer reads its own. Those who steer read what was sent, and the drafts of firms without an account."""
    query = select(HourReport).join(Holder, HourReport.holder_id == Holder.id)
    if actor.role is Role.EMPLOYER:
        return query.where(Holder.organisation_id == actor.organisation_id)
    lots = lots_visible_to(actor).with_only_columns(Lot.id)
    sent = or_(HourReport.state != ReportState.DRAFT, Holder.organisation_id.is_(None))
    return query.where(HourReport.lot_id.in_(lots), sent)


def employments_visible_to(actor: Actor) -> Select[ClauseEmployment]:
    """An employer reads the people on its lots, a referent those accompanied, a person themselves."""
    query = select(ClauseEmployment)
    match actor.role:
        case Role.EMPLOYER:
            holders = _held_by(actor).with_only_columns(Holder.id)
            return query.where(ClauseEmployment.holder_id.in_(holders))
        case Role.CANDIDATE:
            return query.where(ClauseEmployment.candidate_id == actor.candidate_id)
        case Role.REFERENT:
            people = candidates_visible_to(actor).order_by(None).with_only_columns(Candidate.id)
            return query.where(ClauseEmployment.candidate_id.in_(people))
    lots = lots_visible_to(actor).with_only_columns(Lot.id)
    return query.where(ClauseEmployment.lot_id.in_(lots))


def checks_visible_to(actor: Actor) -> Select[EligibilityCheck]:
    """Why somebody counts: for those who steer the contract only, never for an employer."""
    contracts = select(PublicContract.id).where(_steered_by(actor))
    return select(EligibilityCheck).where(EligibilityCheck.contract_id.in_(contracts))


def the_contract(actor: Actor, contract_id: UUID) -> PublicContract:
    """One of them with its buyer, place, facilitator and lots. Raises NotFound."""
    query = contracts_visible_to(actor).where(PublicContract.id == contract_id)
    around = (
        joinedload(PublicContract.buyer),
        joinedload(PublicContract.commune),
        joinedload(PublicContract.facilitator),
        joinedload(PublicContract.facilitator_organisation),
        joinedload(PublicContract.lots),
    )
    found = db.session.scalars(query.options(*around)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def the_lot(actor: Actor, lot_id: UUID) -> Lot:
    """One lot with its contract, buyer and holders. Raises NotFound."""
    query = lots_visible_to(actor).where(Lot.id == lot_id)
    around = (joinedload(Lot.contract).joinedload(PublicContract.buyer), joinedload(Lot.holders))
    found = db.session.scalars(query.options(*around)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def the_holder(actor: Actor, holder_id: UUID) -> Holder:
    """One firm on a lot, with its lot and contract. Raises NotFound."""
    query = holders_visible_to(actor).where(Holder.id == holder_id)
    around = joinedload(Holder.lot).joinedload(Lot.contract).joinedload(PublicContract.buyer)
    found = db.session.scalar(query.options(around))
    if found is None:
        raise NotFound
    return found
