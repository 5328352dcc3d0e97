"""Which calibrations were kept, to which lots may one be applied, and which SIAE near can do the work?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, or_, select, true
from sqlalchemy.orm import contains_eager

from app.accounts.models import User
from app.clauses.labels.kinds import OBJECTIVE_METHODS
from app.clauses.models import Buyer, Calibration, Lot, PublicContract
from app.clauses.queries.visible import lots_visible_to
from app.clauses.rules.states import ContractState
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role
from app.organisations.queries import siae_near
from app.organisations.rules import SIAE_KINDS
from app.reference.models import Commune, Trade

NEAR_KM: Final = 20
LOTS_SHOWN: Final = 20
RECENT: Final = 5
_OVER: Final = (ContractState.CLOSED, ContractState.CANCELLED)


def calibrations_visible_to(actor: Actor) -> Select[Calibration]:
    """The département's agents read all; a facilitator, those of their organisation."""
    query = select(Calibration)
    if actor.role is Role.DEPARTMENT:
        return query.where(true())
    return query.where(Calibration.organisation_id == actor.organisation_id, Calibration.organisation_id.is_not(None))


def the_calibration(actor: Actor, calibration_id: UUID) -> Calibration:
    """One of them. Raises NotFound."""
    found = db.session.scalar(calibrations_visible_to(actor).where(Calibration.id == calibration_id))
    if found is None:
        raise NotFound
    return found


_SORTS: Final[dict[str, Any]] = {
    "date": Calibration.created_at,
    "titre": func.lower(Calibration.title),
    "heures": func.coalesce(Calibration.hours, 0),
}


def calibrations_listed(actor: Actor, *, words: str = "", sort: str = "-date") -> Select[Calibration]:
    """Filtered by title, sorted; nonsense is the newest first."""
    query = calibrations_visible_to(actor)
    if words:
        query = query.where(Calibration.title.icontains(words, autoescape=True))
    column = _SORTS.get(sort.removeprefix("-"))
    if column is None:
        column, sort = _SORTS["date"], "-date"
    return query.order_by(column.desc() if sort.startswith("-") else column.asc(), Calibration.id)


def export_rows(query: Select[Calibration]) -> list[tuple[Any, ...]]:
    """Title, method, hours and instant of each."""
    words = OBJECTIVE_METHODS
    return [
        (row.title, words[row.method] if row.method else "", row.hours, row.created_at)
        for row in db.session.scalars(query)
    ]


def recent(actor: Actor) -> list[Calibration]:
    """The last ones kept."""
    return list(db.session.scalars(calibrations_listed(actor).limit(RECENT)))


def authors_of(rows: Sequence[Calibration]) -> dict[UUID, str]:
    """User id → name, of who kept these."""
    ids = {row.made_by for row in rows if row.made_by}
    query = select(User.id, User.first_name, User.last_name).where(User.id.in_(ids))
    return {user_id: f"{first} {last}" for user_id, first, last in db.session.execute(query)} if ids else {}


def names_of(row: Calibration) -> tuple[str, str]:
    """(name of the trade, name of the commune), empty where nothing was said."""
    trade = select(Trade.name).where(Trade.slug == row.trade_slug).scalar_subquery()
    commune = select(Commune.name).where(Commune.insee == row.commune_insee).scalar_subquery()
    found = db.session.execute(select(trade, commune)).one()
    return found[0] or "", found[1] or ""


def lot_of(actor: Actor, row: Calibration) -> Lot | None:
    """The lot to which it was applied, if the reader may see it."""
    if row.lot_id is None:
        return None
    return db.session.scalar(_with_contract(actor).where(Lot.id == row.lot_id))


def _with_contract(actor: Actor) -> Select[Lot]:
    query = lots_visible_to(actor).join(Buyer, Buyer.id == PublicContract.buyer_id)
    around = contains_eager(Lot.contract)
    return query.options(around, around.contains_eager(PublicContract.buyer))


def lots_to_choose(actor: Actor, words: str) -> list[Lot]:
    """Lots of contracts that still live, by words of the number, the title or the buyer."""
    wanted = words.strip()
    if not wanted:
        return []
    named = or_(
        PublicContract.number.icontains(wanted, autoescape=True),
        PublicContract.title.icontains(wanted, autoescape=True),
        Lot.title.icontains(wanted, autoescape=True),
        Buyer.name.icontains(wanted, autoescape=True),
    )
    query = _with_contract(actor).where(named, PublicContract.state.not_in(_OVER))
    return list(db.session.scalars(query.order_by(PublicContract.number, Lot.number).limit(LOTS_SHOWN)))


@dataclass(frozen=True, slots=True)
class Near:
    """How many SIAE can do a trade near a commune, and with how many people."""

    count: int = 0
    people: int = 0


def near(trade_slug: str, commune_insee: str) -> Near:
    """The SIAE at most 20 km away that say they do this job; a GEIQ is none (art. L2113-13 reserves for SIAE)."""
    found = [one for one in siae_near(trade_slug, commune_insee, NEAR_KM) if one.organisation.kind in SIAE_KINDS]
    return Near(len(found), sum(one.people for one in found))
