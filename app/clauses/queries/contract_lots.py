"""What does « Lots et titulaires » read: lots with their versions, firms, tranches, billing; and the history?"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.clauses.models import ContractVersion, Lot, LotVersion, Tranche
from app.clauses.queries.visible import lots_visible_to
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind, OrganisationState


def lots_whole(contract_id: UUID) -> Sequence[Lot]:
    """The lots of a contract that the reader was shown, by number, with all that is under them. Five statements."""
    query = (
        select(Lot)
        .where(Lot.contract_id == contract_id)
        .options(
            joinedload(Lot.trade),
            joinedload(Lot.commune),
            selectinload(Lot.holders),
            selectinload(Lot.versions),
            selectinload(Lot.tranches),
            selectinload(Lot.billings),
        )
        .order_by(Lot.number)
    )
    return db.session.scalars(query).all()


def contract_versions(contract_id: UUID) -> Sequence[ContractVersion]:
    """The contract, then its avenants."""
    query = select(ContractVersion).where(ContractVersion.contract_id == contract_id)
    return db.session.scalars(query.order_by(ContractVersion.number)).all()


def lot_whole(actor: Actor, lot_id: UUID) -> Lot:
    """One lot with trade, place, contract, firms and versions. Raises NotFound."""
    query = lots_visible_to(actor).where(Lot.id == lot_id)
    around = (
        joinedload(Lot.trade),
        joinedload(Lot.commune),
        joinedload(Lot.contract),
        selectinload(Lot.holders),
        selectinload(Lot.versions),
    )
    found = db.session.scalar(query.options(*around))
    if found is None:
        raise NotFound
    return found


def latest_version(lot: Lot) -> LotVersion | None:
    """What the lot owes by what was recorded last."""
    return max(lot.versions, key=lambda one: (one.valid_from, one.known_from, one.recorded_at), default=None)


def the_tranche(actor: Actor, tranche_id: UUID) -> tuple[Tranche, Lot]:
    """One tranche and its lot. Raises NotFound."""
    tranche = db.session.get(Tranche, tranche_id)
    if tranche is None:
        raise NotFound
    return tranche, lot_whole(actor, tranche.lot_id)


def plie_choices() -> list[tuple[str, str]]:
    """(id, name) of the PLIE that may be in charge."""
    active = Organisation.state == OrganisationState.APPROVED
    query = select(Organisation.id, Organisation.name).where(Organisation.kind == OrganisationKind.PLIE, active)
    return [(str(row.id), row.name) for row in db.session.execute(query.order_by(Organisation.name, Organisation.id))]
