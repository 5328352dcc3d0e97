"""« Marchés et lots »: one list, filtered and sorted, for the page and its export; and what waits for who steers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.clauses.models import Buyer, Holder, Lot, PublicContract
from app.clauses.queries.contract_figures import TO_WATCH, figures_of, missing_some, sums_by_contract
from app.clauses.queries.visible import contracts_visible_to
from app.clauses.rules.figures import MEETS_THE_OBLIGATION, OBLIGATION
from app.clauses.rules.kinds import BuyerKind, Nature
from app.clauses.rules.states import ContractState
from app.core.db import db
from app.core.french import plural
from app.core.roles import Actor, Role
from app.core.todo import TodoItem

PLAIN_SORTS: Final = {
    "numero": PublicContract.number,
    "titre": func.lower(func.unaccent(PublicContract.title)),
    "acheteur": func.lower(func.unaccent(Buyer.name)),
    "montant": PublicContract.amount,
    "notification": PublicContract.notified_on,
    "livraison": PublicContract.delivered_on,
    "etat": PublicContract.state,
}
FIGURE_SORTS: Final = {"dues": "due", "validees": "validated", "reste": "missing", "taux": "ratio"}
DEFAULT_SORT: Final = "-notification"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the list; ``watch`` and ``obligation`` narrow when they are True."""

    words: str = ""
    buyer_id: UUID | None = None
    state: ContractState | None = None
    nature: Nature | None = None
    territory: str | None = None
    watch: bool = False
    obligation: bool = False
    sort: str = DEFAULT_SORT


def lacks_the_obligation() -> ColumnElement[bool]:
    """rules.figures.obligation_flag in SQL, on a contract joined with its buyer."""
    rows = sorted(OBLIGATION, key=lambda row: row.valid_from)
    periods = []
    for rank, row in enumerate(rows):
        until = rows[rank + 1].valid_from if rank + 1 < len(rows) else None
        bought = case((Buyer.kind == BuyerKind.STATE, literal(row.central)), else_=literal(row.local))
        bound = case((PublicContract.nature == Nature.WORKS, literal(row.works)), else_=bought)
        passed = PublicContract.amount >= bound if row.reached_counts else PublicContract.amount > bound
        span = [PublicContract.notified_on >= row.valid_from]
        periods.append(and_(*span, PublicContract.notified_on < until, passed) if until else and_(*span, passed))
    return and_(
        Buyer.kind != BuyerKind.PRIVATE,
        PublicContract.clause_kind.not_in(MEETS_THE_OBLIGATION),
        func.trim(PublicContract.obligation_reason) == "",
        PublicContract.state != ContractState.CANCELLED,
        or_(false(), *periods),
    )


def contracts_listed(actor: Actor, asked: Asked, today: date) -> Select[PublicContract]:
    """The reader's contracts with buyer and place; « -reste » goes down. The order ends by the id."""
    query = (
        contracts_visible_to(actor)
        .join(PublicContract.buyer)
        .options(contains_eager(PublicContract.buyer), joinedload(PublicContract.commune))
        .where(*_asked(asked))
    )
    if asked.watch:
        query = query.where(PublicContract.id.in_(_to_watch(query, today)))
    name, down = asked.sort.removeprefix("-"), asked.sort.startswith("-")
    if name in FIGURE_SORTS:
        sums = sums_by_contract(today)
        query = query.outerjoin(sums, sums.c.contract_id == PublicContract.id)
        key: Any = sums.c[FIGURE_SORTS[name]]
    else:
        key = PLAIN_SORTS.get(name, PLAIN_SORTS["notification"])
    return query.order_by(key.desc().nulls_last() if down else key.asc().nulls_last(), PublicContract.id)


def _asked(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.words:
        found.append(_speaks_of(asked.words))
    if asked.buyer_id is not None:
        found.append(PublicContract.buyer_id == asked.buyer_id)
    if asked.state is not None:
        found.append(PublicContract.state == asked.state)
    if asked.nature is not None:
        found.append(PublicContract.nature == asked.nature)
    if asked.territory:
        found.append(PublicContract.territory_code == asked.territory)
    if asked.obligation:
        found.append(lacks_the_obligation())
    return found


def _speaks_of(words: str) -> ColumnElement[bool]:
    """The number, the title, or the name of a firm that holds a lot."""
    wanted = func.unaccent(f"%{words.replace('%', ' ').replace('_', ' ')}%")
    held = exists().where(
        Lot.contract_id == PublicContract.id, Holder.lot_id == Lot.id, func.unaccent(Holder.name).ilike(wanted)
    )
    said = (func.unaccent(text).ilike(wanted) for text in (PublicContract.number, PublicContract.title))
    return or_(*said, held)


def _to_watch(query: Select[PublicContract], today: date) -> Collection[UUID]:
    """Of those asked for, the ones whose standing is one to watch, as the rows of the list say it."""
    short = query.where(missing_some(today)).order_by(None).with_only_columns(PublicContract.id)
    figures = figures_of(db.session.scalars(short).all(), today)
    return [contract_id for contract_id, one in figures.items() if one.standing in TO_WATCH]


def holder_names(contract_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Who holds the lots of each contract, for the export."""
    query = (
        select(Lot.contract_id, Holder.name)
        .join(Holder, Holder.lot_id == Lot.id)
        .where(Lot.contract_id.in_(contract_ids), Holder.principal_id.is_(None), Holder.until.is_(None))
        .order_by(Lot.number, Holder.created_at, Holder.id)
    )
    found: dict[UUID, list[str]] = {}
    for contract_id, name in db.session.execute(query):
        names = found.setdefault(contract_id, [])
        if name not in names:
            names.append(name)
    return found


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """Contracts without the clause that the law asks, delivered ones to close, prepared ones without a lot."""
    if not actor.is_any(Role.FACILITATOR, Role.DEPARTMENT):
        return []
    delivered = PublicContract.state == ContractState.DELIVERED
    over = and_(PublicContract.state == ContractState.RUNNING, PublicContract.delivered_on < today)
    bare = and_(PublicContract.state == ContractState.PREPARED, ~exists().where(Lot.contract_id == PublicContract.id))
    counts = (func.count().filter(test).label(name) for name, test in _tests(delivered, over, bare))
    query = contracts_visible_to(actor).join(PublicContract.buyer).with_only_columns(*counts)
    row = db.session.execute(query).one()
    lines = (
        (row.lacking, "contracts_obligation", f"{plural(row.lacking, 'marché')} sans clause ni motif",
         "La loi demande une clause sociale depuis le 22 août 2026, ou d’écrire pourquoi il n’y en a pas.",
         {"obligation": "1"}, "warn", 2),
        (row.over, "contracts_over", f"{plural(row.over, 'marché')} dont la date de livraison est passée",
         "Notez la livraison, ou enregistrez l’avenant qui la repousse.",
         {"etat": "running", "tri": "livraison"}, "warn", 2),
        (row.delivered, "contracts_to_close", f"{plural(row.delivered, 'marché livré', 'marchés livrés')} à clore",
         "Validez les dernières heures, puis délivrez l’attestation.", {"etat": "delivered"}, "", 2),
        (row.bare, "contracts_without_lot", f"{plural(row.bare, 'marché')} en préparation sans lot",
         "Ajoutez les lots, leurs objectifs et leurs titulaires.", {"etat": "prepared"}, "", 3),
    )  # fmt: skip
    return [
        TodoItem(kind, title, text, "clauses.contracts", arguments, tag_state=look, icon="file", urgency=urgency)
        for count, kind, title, text, arguments, look, urgency in lines
        if count
    ]


def _tests(
    delivered: ColumnElement[bool], over: ColumnElement[bool], bare: ColumnElement[bool]
) -> list[tuple[str, ColumnElement[bool]]]:
    return [("lacking", lacks_the_obligation()), ("delivered", delivered), ("over", over), ("bare", bare)]
