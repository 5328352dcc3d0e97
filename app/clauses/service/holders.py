"""Writing which firms hold a lot, with which parts, and joining them to the organisations of the portal by SIRET."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import exists, select
from sqlalchemy import update as changes

from app.audit import service as audit
from app.clauses.models import ClauseEmployment, ClauseOffer, Holder, HourReport, PublicContract
from app.clauses.queries.visible import the_holder
from app.clauses.rules.kinds import HolderRole
from app.clauses.rules.lots import FIELDS, HolderSeen, HolderValues, LotRefusal, holder_refusals
from app.clauses.rules.objective import share_refusals
from app.clauses.service.lots import locked_lot
from app.clauses.service.steering import STEERS, refuse, touched
from app.core.db import db
from app.core.errors import NotFound, StaleVersion
from app.core.roles import Actor
from app.core.transaction import refuse_on, transaction
from app.organisations.models import Organisation
from app.organisations.queries import by_siret
from app.organisations.rules import EMPLOYER_KINDS, OrganisationState

refuse_on("uq_clause_holders_leader", LotRefusal.TWO_LEADERS)
_WRITTEN = (
    "name", "siret", "role", "principal_id", "share", "since", "until", "contact_name", "contact_email",
    "contact_phone",
)  # fmt: skip


@transaction
def add_holder(lot_id: UUID, values: HolderValues, *, by: Actor, today: date, row_id: UUID | None = None) -> Holder:
    """A firm on a lot; the same ``row_id`` again finds the one already made. Raises NotFound, Refused."""
    lot, contract = locked_lot(lot_id, by=by)
    known = db.session.get(Holder, row_id) if row_id else None
    if known is not None and known.lot_id == lot.id:
        return known
    refuse(holder_refusals(values, _seen(lot.id)), FIELDS)
    holder = Holder(id=row_id or uuid4(), lot_id=lot.id)
    _write(holder, values)
    db.session.add(holder)
    touched(contract)
    db.session.flush()
    audit.note(by, "clause.holder.created", "clause_holder", holder.id, role=holder.role.value)
    return holder


@transaction
def save_holder(holder_id: UUID, values: HolderValues, *, by: Actor, version: int | None = None) -> Holder:
    """Correct a firm on a lot, or give it an end. Raises NotFound, StaleVersion, Refused."""
    holder, contract = _held(holder_id, by, version)
    refuse(holder_refusals(values, _seen(holder.lot_id, but=holder.id)), FIELDS)
    _write(holder, values)
    touched(contract)
    db.session.flush()
    audit.note(by, "clause.holder.saved", "clause_holder", holder.id, role=holder.role.value)
    return holder


@transaction
def set_shares(lot_id: UUID, parts: Mapping[UUID, Decimal], *, by: Actor) -> None:
    """The parts of all who hold the lot now, at once: together 100. Raises NotFound, Refused."""
    lot, contract = locked_lot(lot_id, by=by)
    present = [one for one in _rows(lot.id) if one.until is None and one.role is not HolderRole.SUBCONTRACTOR]
    if {one.id for one in present} != set(parts):
        raise NotFound
    refuse((LotRefusal.SHARES_NOT_A_HUNDRED,) if share_refusals(list(parts.items())) else (), {})
    for one in present:
        one.share = parts[one.id]
    touched(contract)
    db.session.flush()
    audit.note(by, "clause.lot.shares", "clause_lot", lot.id)


@transaction
def remove_holder(holder_id: UUID, *, by: Actor) -> UUID:
    """Take away a firm on which nothing hangs; answers the contract's id. Raises NotFound, Refused."""
    holder, contract = _held(holder_id, by, None)
    used = select(
        exists().where(ClauseEmployment.holder_id == holder.id)
        | exists().where(HourReport.holder_id == holder.id)
        | exists().where(ClauseOffer.holder_id == holder.id)
        | exists().where(Holder.principal_id == holder.id)
    )
    refuse((LotRefusal.HOLDER_IN_USE,) if db.session.scalar(used) else (), {})
    db.session.delete(holder)
    touched(contract)
    audit.note(by, "clause.holder.removed", "clause_holder", holder.id)
    return contract.id


def organisation_approved(organisation_id: UUID, by: Actor) -> None:
    """An employer was let in: the firms of its SIRET that wait on lots are its own from now on. Joins the act."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None or _joined(organisation.siret) is None:
        return
    waiting = changes(Holder).where(Holder.siret == organisation.siret, Holder.organisation_id.is_(None))
    linked = db.session.scalars(
        waiting.values(organisation_id=organisation.id, version=Holder.version + 1).returning(Holder.id),
        execution_options={"synchronize_session": False},
    ).all()
    if linked:
        audit.note(by, "clause.holder.linked", "organisation", organisation.id, holders=len(linked))


def _joined(siret: str | None) -> UUID | None:
    """The employer of the portal with that SIRET, once it has been let in."""
    found = by_siret(siret) if siret else None
    if found is None or found.state is not OrganisationState.APPROVED or found.kind not in EMPLOYER_KINDS:
        return None
    return found.id


def _held(holder_id: UUID, by: Actor, version: int | None) -> tuple[Holder, PublicContract]:
    if not by.is_any(*STEERS):
        raise NotFound
    _, contract = locked_lot(the_holder(by, holder_id).lot_id, by=by)
    query = select(Holder).where(Holder.id == holder_id).execution_options(populate_existing=True)
    holder = db.session.scalars(query).one_or_none()
    if holder is None:
        raise NotFound
    if version is not None and holder.version != version:
        raise StaleVersion({name: getattr(holder, name) for name in (*_WRITTEN, "version")})
    return holder, contract


def _rows(lot_id: UUID) -> list[Holder]:
    query = select(Holder).where(Holder.lot_id == lot_id).order_by(Holder.created_at, Holder.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _seen(lot_id: UUID, but: UUID | None = None) -> list[HolderSeen]:
    return [
        HolderSeen(row.id, row.role, row.name, row.siret, row.share, row.until)
        for row in _rows(lot_id)
        if row.id != but
    ]


def _write(holder: Holder, values: HolderValues) -> None:
    moved = holder.siret != (values.siret or None)
    for name in _WRITTEN:
        setattr(holder, name, getattr(values, name))
    holder.name, holder.siret = values.name.strip(), values.siret or None
    if holder.role is HolderRole.SUBCONTRACTOR:
        holder.share = None
    if moved or holder.organisation_id is None:
        holder.organisation_id = _joined(holder.siret)
