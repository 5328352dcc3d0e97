"""Which official files were brought, what came of each line, and what does the portal already know of a contract?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import joinedload, selectinload

from app.clauses.models import Buyer, DecpImport, DecpImportLine, Lot, PublicContract
from app.clauses.queries.visible import contracts_visible_to
from app.clauses.rules.decp import (
    DecpChange,
    DecpContract,
    DecpFirm,
    DecpKey,
    DecpOutcome,
    clause_kind_of,
    considerations_of,
)
from app.clauses.rules.decp.fields import RESERVED, SOCIAL_CLAUSE, SOCIAL_CRITERION
from app.clauses.rules.decp.taking import change_id, from_json
from app.clauses.rules.kinds import HolderRole, Nature
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, paginate
from app.core.roles import Actor, Role
from app.organisations.models import Organisation
from app.reference.models import Commune

PAGE: Final = 50
Line = DecpImportLine
_NATURES: Final[Mapping[Nature, str]] = {
    Nature.WORKS: "Marché de travaux",
    Nature.SERVICES: "Marché de services",
    Nature.SUPPLIES: "Marché de fournitures",
}


def imports_visible_to(actor: Actor) -> Select[DecpImport]:
    """The département's agents read all; a facilitator, those of their organisation. The newest first."""
    query = select(DecpImport).order_by(DecpImport.created_at.desc(), DecpImport.id)
    if actor.role is Role.DEPARTMENT:
        return query.where(true())
    return query.where(DecpImport.organisation_id == actor.organisation_id, DecpImport.organisation_id.is_not(None))


def the_import(actor: Actor, import_id: UUID, *, lock: bool = False) -> DecpImport:
    """One of them. Raises NotFound."""
    query = imports_visible_to(actor).where(DecpImport.id == import_id)
    found = db.session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound
    return found


# --- lines ------------------------------------------------------------------------------------------------


def _social() -> ColumnElement[bool]:
    """Those with a social consideration, those that the portal knows already, and those in error."""
    words = Line.said["considerationsSociales"]["considerationSociale"]
    named = words.has_any(array([SOCIAL_CLAUSE, SOCIAL_CRITERION, RESERVED]))
    return or_(named, Line.contract_id.is_not(None), Line.state == DecpOutcome.ERROR.value)


def lines_of(import_id: UUID, *, state: DecpOutcome | None = None, social: bool = True) -> Select[DecpImportLine]:
    """The lines of a file, filtered, in its order."""
    query = select(Line).where(Line.import_id == import_id).order_by(Line.number)
    if state is not None:
        query = query.where(Line.state == state.value)
    return query.where(_social()) if social else query


def lines_page(
    import_id: UUID, number: int, *, state: DecpOutcome | None = None, social: bool = True
) -> Page[DecpImportLine]:
    """One page of them."""
    return paginate(lines_of(import_id, state=state, social=social), number, PAGE)


def all_lines(import_id: UUID, *, state: DecpOutcome | None = None, social: bool = True) -> list[DecpImportLine]:
    """All of them, for an export."""
    return list(db.session.scalars(lines_of(import_id, state=state, social=social)))


def counts_of(import_id: UUID, *, social: bool = True) -> dict[DecpOutcome, int]:
    """How many lines in each state."""
    query = lines_of(import_id, social=social).order_by(None).with_only_columns(Line.state, func.count())
    found = {state: count for state, count in db.session.execute(query.group_by(Line.state))}  # noqa: C416
    return {outcome: found.get(outcome.value, 0) for outcome in DecpOutcome}


def count_of(query: Select[DecpImportLine]) -> int:
    """How many lines."""
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def said_in(lines: Iterable[DecpImportLine]) -> dict[int, DecpContract]:
    """Number of the line → the contract that it says; none for a line in error."""
    lines = [line for line in lines if line.said]
    told = from_json(line.said for line in lines)
    return {line.number: told[_key(line.said)] for line in lines}


def _key(said: Mapping[str, Any]) -> DecpKey:
    buyer = said.get("acheteur") or said.get("autoriteConcedante") or {}
    return str(buyer.get("id", "")), str(said.get("id", ""))


# --- what is known ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A contract that the portal holds, as the official data would say it. Not visible: others steer it."""

    id: UUID
    contract: DecpContract
    visible: bool


def known_contracts(actor: Actor, keys: Collection[DecpKey]) -> dict[DecpKey, Known]:
    """Those of these keys, whoever steers them. Rows imported say what the official data said last."""
    sirets, numbers = list({siret for siret, _ in keys}), list({number for _, number in keys})
    if not keys:
        return {}
    mine = contracts_visible_to(actor).with_only_columns(PublicContract.id)
    query = (
        select(Buyer.siret, PublicContract.number, PublicContract.id, PublicContract.decp, PublicContract.id.in_(mine))
        .join(Buyer, Buyer.id == PublicContract.buyer_id)
        .where(Buyer.siret == func.any(array(sirets)), PublicContract.number == func.any(array(numbers)))
    )
    rows = [row for row in db.session.execute(query) if (row[0], row[1]) in keys]
    told = from_json(row[3] for row in rows if row[3])
    typed = _typed([row[2] for row in rows if not row[3]])
    return {(row[0], row[1]): Known(row[2], told.get((row[0], row[1])) or typed[row[2]], bool(row[4])) for row in rows}


def _typed(ids: Collection[UUID]) -> dict[UUID, DecpContract]:
    query = _whole(select(PublicContract)).where(PublicContract.id.in_(ids))
    return {row.id: as_decp(row) for row in db.session.scalars(query)} if ids else {}


def _whole(query: Select[PublicContract]) -> Select[PublicContract]:
    return query.options(
        joinedload(PublicContract.buyer),
        joinedload(PublicContract.commune),
        selectinload(PublicContract.versions),
        selectinload(PublicContract.lots).selectinload(Lot.holders),
    )


def as_decp(row: PublicContract) -> DecpContract:
    """A contract in the words of the official data: those it came with, and what the portal says since."""
    told = next(iter(from_json([row.decp]).values()), None) if row.decp else None
    base = told or _from_row(row)
    known = {change_id(base, change) for change in base.changes}
    since = [
        DecpChange(id=one.number, notified_on=one.valid_from, amount=one.amount, subject=one.label)
        for one in row.versions
        if one.number and one.id not in known
    ]
    social = base.social if clause_kind_of(base.social) is row.clause_kind else considerations_of(row.clause_kind)
    return replace(base, subject=row.title, social=social, changes=(*base.changes, *since))


def _from_row(row: PublicContract) -> DecpContract:
    first = next((one for one in row.versions if one.number == 0), None)
    firms = [
        DecpFirm("SIRET", one.siret, one.name)
        for lot in row.lots
        for one in lot.holders
        if one.siret and one.until is None and one.role is not HolderRole.SUBCONTRACTOR
    ]
    place = row.commune
    assert row.notified_on is not None
    return DecpContract(
        id=row.number,
        buyer_siret=row.buyer.siret or "",
        buyer_name=row.buyer.name,
        subject=row.title,
        nature=_NATURES[row.nature],
        cpv=row.cpv,
        notified_on=row.notified_on,
        amount=first.amount if first else row.amount,
        months=_months(row, first.delivered_on if first else row.delivered_on),
        techniques=("Accord-cadre",) if row.framework else (),
        place_code=place.insee if place else "",
        place_kind="Code commune" if place else "",
        place_name=place.name if place else "",
        holders=tuple(dict.fromkeys(firms)),
        social=considerations_of(row.clause_kind),
    )


def _months(row: PublicContract, last: Any) -> int | None:
    """Whole months from the notification to the last day, one begun counts."""
    if last is None or row.notified_on is None:
        return None
    count: int = (last.year - row.notified_on.year) * 12 + last.month - row.notified_on.month
    whole: int = count + (last.day >= row.notified_on.day)
    return max(whole, 1)


def to_export(actor: Actor) -> list[DecpContract]:
    """The contracts that the reader sees and that the official data can say: a notified contract, a buyer's SIRET."""
    query = _whole(contracts_visible_to(actor)).join(Buyer, Buyer.id == PublicContract.buyer_id)
    sayable = and_(Buyer.siret.is_not(None), PublicContract.notified_on.is_not(None))
    rows = db.session.scalars(query.where(sayable).order_by(PublicContract.notified_on, PublicContract.id))
    return [as_decp(row) for row in rows.unique()]


# --- names ------------------------------------------------------------------------------------------------


def organisation_names(sirets: Collection[str]) -> dict[str, str]:
    """SIRET → name, of those in the portal."""
    query = select(Organisation.siret, Organisation.name).where(Organisation.siret.in_(sirets))
    return {siret: name for siret, name in db.session.execute(query) if siret} if sirets else {}


def communes_known(codes: Collection[str]) -> set[str]:
    """Which of these are INSEE codes of the département."""
    return set(db.session.scalars(select(Commune.insee).where(Commune.insee.in_(codes)))) if codes else set()
