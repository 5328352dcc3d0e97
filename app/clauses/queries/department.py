"""What do all the contracts of a reader owe and what is done, on a day: one by one, in groups, by firm, in all?

One statement brings one row a contract; sorting, groups and totals are then a matter of two thousand rows.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, Text, case, cast, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.clauses.models import (
    Buyer,
    ClauseEmployment,
    ClauseTerms,
    Holder,
    Lot,
    LotDay,
    LotObjective,
    LotTotal,
    PublicContract,
)
from app.clauses.queries.lot_progress import delivered_on, facts_of, lots_in_danger, progress_of_lots, state_on
from app.clauses.queries.standing import ZERO
from app.clauses.queries.visible import contracts_visible_to
from app.clauses.rules.kinds import BuyerKind, ClauseKind, Nature
from app.clauses.rules.progress import LotStanding
from app.clauses.rules.states import ContractState
from app.clauses.rules.together import worst
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor
from app.organisations.models import Organisation
from app.reference.models import Territory

WORDS_MOST: Final = 80
SHOWN: Final = (ContractState.RUNNING, ContractState.DELIVERED, ContractState.CLOSED)
GROUPS: Final = ("plie", "acheteur", "territoire", "nature", "entreprise")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the table; ``states`` are those of the day."""

    as_of: date
    today: date
    words: str = ""
    buyer_id: UUID | None = None
    territory: str | None = None
    plie_id: UUID | None = None
    nature: Nature | None = None
    states: Collection[ContractState] = SHOWN
    danger: bool = False
    only: Collection[UUID] | None = None
    """With ``danger``: the contracts that have a lot in danger (in_danger)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One contract, one group of them, or all: ``counted`` is what counts for the objective, with pooling or not."""

    key: str
    title: str
    objective: Decimal = ZERO
    declared: Decimal = ZERO
    validated: Decimal = ZERO
    counted: Decimal = ZERO
    contracts: int = 1

    @property
    def left(self) -> Decimal:
        return max(self.objective - self.counted, ZERO)

    @property
    def ratio(self) -> Decimal | None:
        return self.counted / self.objective if self.objective else None

    @property
    def to_validate(self) -> Decimal:
        return max(self.declared - self.validated, ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLine(Line):
    """A contract with what the table groups and filters by."""

    id: UUID
    buyer_id: UUID
    buyer: str
    buyer_kind: BuyerKind
    territory: str
    nature: Nature
    plie: str
    delivered_on: date | None
    clause_kind: ClauseKind


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    state = state_on(asked.as_of) if asked.as_of < asked.today else PublicContract.state
    found: list[ColumnElement[bool]] = [state.in_(list(asked.states))]
    if asked.as_of < asked.today:
        found.append(PublicContract.notified_on <= asked.as_of)
    for column, value in (
        (PublicContract.buyer_id, asked.buyer_id),
        (PublicContract.territory_code, asked.territory),
        (PublicContract.facilitator_organisation_id, asked.plie_id),
        (PublicContract.nature, asked.nature),
    ):
        if value is not None:
            found.append(column == value)
    if asked.words:
        words = f"%{_escaped(asked.words[:WORDS_MOST])}%"
        found.append(
            or_(
                func.unaccent(PublicContract.title).ilike(func.unaccent(words)),
                PublicContract.number.ilike(words),
            )
        )
    return found


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _done(asked: Asked) -> Subquery:
    """Hours of each lot: up to now they are summed already; of a past day, from the sums by day."""
    if asked.as_of >= asked.today:
        return select(LotTotal.lot_id, LotTotal.declared, LotTotal.validated).subquery()
    return (
        select(
            LotDay.lot_id,
            func.sum(LotDay.declared).label("declared"),
            func.sum(LotDay.validated).label("validated"),
        )
        .where(LotDay.on <= asked.as_of)
        .group_by(LotDay.lot_id)
        .subquery()
    )


def _lots(asked: Asked) -> Subquery:
    """Each lot with what it owes and what is done, at the end of the day."""
    owed = (
        select(LotObjective.lot_id, LotObjective.hours)
        .where(LotObjective.from_day <= asked.as_of)
        .ext(distinct_on(LotObjective.lot_id))
        .order_by(LotObjective.lot_id, LotObjective.from_day.desc())
        .subquery()
    )
    done = _done(asked)
    validated = func.coalesce(done.c.validated, 0)
    owes = func.coalesce(owed.c.hours, 0)
    sums = {
        "objective": func.sum(owes),
        "declared": func.sum(func.coalesce(done.c.declared, 0)),
        "validated": func.sum(validated),
        "capped": func.sum(func.least(validated, owes)),
    }
    return (
        select(Lot.contract_id, *(value.label(name) for name, value in sums.items()))
        .outerjoin(owed, owed.c.lot_id == Lot.id)
        .outerjoin(done, done.c.lot_id == Lot.id)
        .group_by(Lot.contract_id)
        .subquery()
    )


def _pooling(as_of: date) -> Subquery:
    """Do the lots of a contract make one pot, by the terms of the day?"""
    return (
        select(ClauseTerms.contract_id, ClauseTerms.said["pooling"].as_boolean().label("pooling"))
        .where(ClauseTerms.valid_from <= as_of, ClauseTerms.known_from <= as_of)
        .ext(distinct_on(ClauseTerms.contract_id))
        .order_by(ClauseTerms.contract_id, ClauseTerms.valid_from.desc())
        .subquery()
    )


def contracts_asked(actor: Actor, asked: Asked) -> Select[Any]:
    """The contracts of the table, whatever is selected of them."""
    query = contracts_visible_to(actor).where(*_conditions(asked))
    return query if asked.only is None else query.where(PublicContract.id.in_(asked.only))


def in_danger(actor: Actor, asked: Asked) -> set[UUID]:
    """Those of the contracts asked that have a lot in danger."""
    lots = contracts_asked(actor, asked).join(Lot, Lot.contract_id == PublicContract.id)
    return {facts.contract_id for facts, _ in lots_in_danger(lots, asked.as_of)}


def _figures(actor: Actor, asked: Asked) -> Select[Any]:
    """Every contract asked, with its figures: the columns of ContractLine."""
    lots, pooled = _lots(asked), _pooling(asked.as_of)
    counted = case((pooled.c.pooling.is_(True), lots.c.validated), else_=lots.c.capped)
    columns: dict[str, Any] = {
        "key": PublicContract.number,
        "title": PublicContract.title,
        "objective": func.coalesce(lots.c.objective, 0),
        "declared": func.coalesce(lots.c.declared, 0),
        "validated": func.coalesce(lots.c.validated, 0),
        "counted": func.coalesce(counted, 0),
        "id": PublicContract.id,
        "buyer_id": PublicContract.buyer_id,
        "buyer": Buyer.name,
        "buyer_kind": Buyer.kind,
        "territory": func.coalesce(Territory.name, ""),
        "nature": PublicContract.nature,
        "plie": func.coalesce(Organisation.name, ""),
        "delivered_on": delivered_on(asked.as_of) if asked.as_of < asked.today else PublicContract.delivered_on,
        "clause_kind": PublicContract.clause_kind,
    }
    return (
        contracts_asked(actor, asked)
        .with_only_columns(*(column.label(name) for name, column in columns.items()))
        .join(Buyer, Buyer.id == PublicContract.buyer_id)
        .outerjoin(Territory, Territory.code == PublicContract.territory_code)
        .outerjoin(Organisation, Organisation.id == PublicContract.facilitator_organisation_id)
        .outerjoin(lots, lots.c.contract_id == PublicContract.id)
        .outerjoin(pooled, pooled.c.contract_id == PublicContract.id)
    )


def contract_lines(actor: Actor, asked: Asked) -> list[ContractLine]:
    """All of them, for groups and files."""
    return [ContractLine(**row._mapping) for row in db.session.execute(_figures(actor, asked))]


def contract_page(actor: Actor, asked: Asked, sort: str, number: int) -> tuple[Page[Line], Line, int]:
    """One page of them, all of them as one line, and how many are the département's own with a clause."""
    base = _figures(actor, asked).subquery()
    c = base.c
    own = (c.buyer_kind == BuyerKind.DEPARTMENT) & (c.clause_kind != ClauseKind.NONE)
    counted = func.sum(func.least(c.counted, c.objective)).over()
    sums = [func.sum(column).over() for column in (c.objective, c.declared, c.validated)]
    query = select(*c, *sums, counted, func.count().over(), func.count().filter(own).over())
    column = _sorts(base).get(sort.removeprefix("-"), _left(base))
    order = column.desc().nulls_last() if sort.startswith("-") else column.asc().nulls_first()
    query = query.order_by(order, c.title, c.id)
    rows = _rows_of(query, number)
    if not rows and number > 1:  # a page that is no more: the last one
        total = db.session.scalar(select(func.count()).select_from(base)) or 0
        number = max(1, -(-total // PAGE_SIZE))
        rows = _rows_of(query, number)
    width = len(c)
    names = [column.name for column in c]
    lines: list[Line] = [ContractLine(**dict(zip(names, row[:width], strict=True))) for row in rows]
    if not rows:
        return Page([], 1, PAGE_SIZE, 0), Line("", "", contracts=0), 0
    objective, declared, validated, counts, contracts, own_ones = rows[0][width:]
    return (
        Page(lines, number, PAGE_SIZE, contracts),
        Line("", "", objective, declared, validated, counts, contracts),
        own_ones,
    )


def _rows_of(query: Select[Any], number: int) -> Sequence[Any]:
    return db.session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()


def _left(base: Subquery) -> ColumnElement[Any]:
    return func.greatest(base.c.objective - base.c.counted, 0)


def _sorts(base: Subquery) -> Mapping[str, ColumnElement[Any]]:
    """The keys of the address."""
    c = base.c
    return {
        "titre": func.lower(func.unaccent(c.title)),
        "acheteur": func.lower(func.unaccent(c.buyer)),
        "objectif": c.objective,
        "declarees": c.declared,
        "validees": c.validated,
        "taux": c.counted / func.nullif(c.objective, 0),
    }


def together(lines: Iterable[Line], key: str = "", title: str = "") -> Line:
    """Contracts as one line. What one has too much never makes up for another."""
    lines = list(lines)
    return Line(
        key,
        title,
        sum((one.objective for one in lines), ZERO),
        sum((one.declared for one in lines), ZERO),
        sum((one.validated for one in lines), ZERO),
        sum((min(one.counted, one.objective) for one in lines), ZERO),
        sum(one.contracts for one in lines),
    )


def grouped(lines: Sequence[ContractLine], group: str, words: Mapping[Nature, str]) -> list[Line]:
    """By PLIE, buyer, territory or nature."""
    parts: dict[tuple[str, str], list[ContractLine]] = {}
    for one in lines:
        name = {
            "plie": one.plie or "Sans PLIE",
            "acheteur": one.buyer,
            "territoire": one.territory or "Sans territoire",
            "nature": words[one.nature],
        }[group]
        parts.setdefault((str(one.buyer_id) if group == "acheteur" else name, name), []).append(one)
    return [together(part, key, name) for (key, name), part in parts.items()]


def firm_lines(contract_ids: Collection[UUID], as_of: date) -> list[Line]:
    """By firm, over all its lots: its part of each objective, its hours and those of its subcontractors."""
    owner = func.coalesce(Holder.principal_id, Holder.id).label("owner")
    done = (
        select(
            owner,
            func.sum(LotDay.declared).label("declared"),
            func.sum(LotDay.validated).label("validated"),
        )
        .join(LotDay, LotDay.holder_id == Holder.id)
        .where(LotDay.on <= as_of)
        .group_by(owner)
        .subquery()
    )
    owed = (
        select(LotObjective.lot_id, LotObjective.hours)
        .where(LotObjective.from_day <= as_of)
        .ext(distinct_on(LotObjective.lot_id))
        .order_by(LotObjective.lot_id, LotObjective.from_day.desc())
        .subquery()
    )
    due = func.round(func.coalesce(owed.c.hours, 0) * func.coalesce(Holder.share, 0) / 100, 2)
    query = (
        select(
            func.coalesce(cast(Holder.organisation_id, Text), Holder.siret, func.lower(Holder.name)),
            Holder.name,
            due,
            func.coalesce(done.c.declared, 0),
            func.coalesce(done.c.validated, 0),
            Lot.contract_id,
        )
        .join(Lot, Lot.id == Holder.lot_id)
        .outerjoin(owed, owed.c.lot_id == Lot.id)
        .outerjoin(done, done.c.owner == Holder.id)
        .where(Lot.contract_id.in_(contract_ids), Holder.principal_id.is_(None))
    )
    parts: dict[str, list[Line]] = {}
    for key, name, hours, declared, validated, _ in db.session.execute(query):
        parts.setdefault(key, []).append(Line(key, name, hours, declared, validated, validated))
    return [together(part, key, part[0].title) for key, part in parts.items()]


def standings_of(contract_ids: Collection[UUID], as_of: date) -> Mapping[UUID, LotStanding]:
    """How each contract of a page stands: as its worst lot. Four statements."""
    lots = select(Lot).join(PublicContract, PublicContract.id == Lot.contract_id)
    facts = facts_of(lots.where(Lot.contract_id.in_(contract_ids)), as_of)
    owner = {one.lot_id: one.contract_id for one in facts}
    found: dict[UUID, list[LotStanding]] = {}
    for lot_id, one in progress_of_lots(facts, as_of).items():
        if one.objective or one.declared:
            found.setdefault(owner[lot_id], []).append(one.standing)
    return {contract_id: standing for contract_id, all_of in found.items() if (standing := worst(all_of))}


def people_of(contract_ids: Collection[UUID], as_of: date) -> Mapping[UUID, int]:
    """How many people have worked on each contract up to the day."""
    query = (
        select(Lot.contract_id, func.count(ClauseEmployment.candidate_id.distinct()).label("people"))
        .join(ClauseEmployment, ClauseEmployment.lot_id == Lot.id)
        .where(Lot.contract_id.in_(contract_ids), ClauseEmployment.started_on <= as_of)
        .group_by(Lot.contract_id)
    )
    return {row.contract_id: row.people for row in db.session.execute(query)}


def beneficiaries(actor: Actor, asked: Asked) -> int:
    """People at work on any of the contracts up to the day, each once."""
    contracts = contracts_asked(actor, asked).with_only_columns(PublicContract.id)
    once = (
        select(ClauseEmployment.candidate_id)
        .join(Lot, Lot.id == ClauseEmployment.lot_id)
        .where(Lot.contract_id.in_(contracts), ClauseEmployment.started_on <= asked.as_of)
        .distinct()
        .subquery()
    )
    return db.session.scalar(select(func.count()).select_from(once)) or 0
