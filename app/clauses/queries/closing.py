"""What does a statement say of a contract or a lot as of a day, and which penalties and statements are there?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.clauses.models import (
    Buyer,
    ClauseEmployment,
    Holder,
    HourEntry,
    HourLine,
    Lot,
    Penalty,
    PublicContract,
    Statement,
)
from app.clauses.queries.standing import LotStand, lots_standing, terms_of
from app.clauses.queries.visible import contracts_visible_to, lots_visible_to
from app.clauses.rules.figures import etp
from app.clauses.rules.kinds import EntryStage, HolderRole, Mode
from app.clauses.rules.objective import rate
from app.clauses.rules.states import PenaltyState
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role
from app.offers.rules import EmploymentKind


def lots_of(actor: Actor, contract_id: UUID) -> Sequence[Lot]:
    """The lots of a contract that the reader may see, with their holders."""
    query = lots_visible_to(actor).where(Lot.contract_id == contract_id).options(selectinload(Lot.holders))
    return db.session.scalars(query.order_by(Lot.number)).all()


def leader_of(lot: Lot) -> Holder | None:
    """The firm that answers for the lot: alone on it, or the mandataire."""
    leaders = [one for one in lot.holders if one.role in {HolderRole.SOLE, HolderRole.MANDATARY}]
    return next((one for one in leaders if one.until is None), leaders[-1] if leaders else None)


def figures_of(contract: PublicContract, lots: Sequence[Lot], as_of: date) -> dict[str, Any]:
    """Figures as JSON, hours as text with two decimals: what the document shows for ever. No person is named."""
    terms = terms_of(contract.id, as_of)
    stands = lots_standing([lot.id for lot in lots], as_of)
    whole = rate([(stands[lot.id].objective, stands[lot.id].validated) for lot in lots], pooling=terms.pooling)
    people, modes, kinds = _people(lots, as_of)
    worked = etp(whole_hours(stands.values()), Decimal(terms.etp_divisor))
    return {
        "contract": _contract_words(contract),
        "pooling": terms.pooling,
        "lots": [_lot_words(lot, stands[lot.id]) for lot in lots],
        "objective": str(whole.objective),
        "validated": str(whole_hours(stands.values())),
        "counted": str(whole.counted),
        "ratio": str(whole.ratio),
        "waiting": str(sum((stand.waiting for stand in stands.values()), Decimal(0))),
        "people": people,
        "etp": str(worked.value),
        "divisor": terms.etp_divisor,
        "modes": modes,
        "kinds": kinds,
    }


_HOURS = ("objective", "validated", "counted", "ratio", "waiting", "etp", "hours")
_DAYS = ("notified_on", "delivered_on")


def read_figures(kept: Any) -> Any:
    """Figures as kept, with their numbers and days again."""
    if isinstance(kept, list):
        return [read_figures(one) for one in kept]
    if not isinstance(kept, dict):
        return kept
    read = {key: read_figures(value) for key, value in kept.items()}
    read |= {key: Decimal(kept[key]) for key in _HOURS if key in kept}
    return read | {key: date.fromisoformat(kept[key]) for key in _DAYS if kept.get(key)}


def whole_hours(stands: Iterable[LotStand]) -> Decimal:
    """Validated hours of several lots."""
    return sum((stand.validated for stand in stands), Decimal("0.00"))


def _contract_words(contract: PublicContract) -> dict[str, Any]:
    return {
        "number": contract.number,
        "title": contract.title,
        "buyer": contract.buyer.name,
        "nature": contract.nature.value,
        "notified_on": contract.notified_on.isoformat() if contract.notified_on else "",
        "delivered_on": contract.delivered_on.isoformat() if contract.delivered_on else "",
        "legal_base": contract.legal_base.value,
        "clause_kind": contract.clause_kind.value,
    }


def _lot_words(lot: Lot, stand: LotStand) -> dict[str, Any]:
    own = rate([(stand.objective, stand.validated)], pooling=True)
    return {
        "number": lot.number,
        "title": lot.title,
        "holders": [one.name for one in lot.holders if one.role is not HolderRole.SUBCONTRACTOR],
        "objective": str(stand.objective),
        "validated": str(stand.validated),
        "ratio": str(own.ratio),
    }


def _people(lots: Sequence[Lot], as_of: date) -> tuple[int, list[dict[str, Any]], list[dict[str, Any]]]:
    """(persons, by mode, by kind of employment) with validated hours on that day."""
    hours = func.sum(HourEntry.hours)
    query = (
        select(HourEntry.candidate_id, HourLine.mode, ClauseEmployment.employment_kind, hours)
        .join(HourLine, HourLine.id == HourEntry.line_id)
        .join(ClauseEmployment, ClauseEmployment.id == HourLine.employment_id)
        .where(
            HourEntry.lot_id.in_([lot.id for lot in lots]),
            HourEntry.on <= as_of,
            HourEntry.stage == EntryStage.VALIDATED,
        )
        .group_by(HourEntry.candidate_id, HourLine.mode, ClauseEmployment.employment_kind)
        .having(hours > 0)
    )
    by_mode: dict[Mode, list[tuple[UUID, Decimal]]] = defaultdict(list)
    by_kind: dict[EmploymentKind, list[tuple[UUID, Decimal]]] = defaultdict(list)
    for person, mode, kind, done in db.session.execute(query):
        by_mode[mode].append((person, done))
        by_kind[kind].append((person, done))
    people = {person for rows in by_mode.values() for person, _ in rows}
    return len(people), _grouped(by_mode), _grouped(by_kind)


def _grouped(found: dict[Any, list[tuple[UUID, Decimal]]]) -> list[dict[str, Any]]:
    rows = [
        {"key": key.value, "people": len({one for one, _ in rows}), "hours": str(sum(hours for _, hours in rows))}
        for key, rows in found.items()
    ]
    return sorted(rows, key=lambda row: -Decimal(str(row["hours"])))


def penalties_of(contract_id: UUID) -> Sequence[Penalty]:
    """Those of a contract that the reader steers, lot by lot, the newest first."""
    query = (
        select(Penalty)
        .join(Penalty.lot)
        .where(Lot.contract_id == contract_id)
        .options(contains_eager(Penalty.lot), joinedload(Penalty.holder))
    )
    return db.session.scalars(query.order_by(Lot.number, Penalty.computed_on.desc(), Penalty.id)).all()


def the_penalty(actor: Actor, penalty_id: UUID) -> Penalty:
    """One of a contract that the reader steers. Raises NotFound."""
    lots = lots_visible_to(actor).with_only_columns(Lot.id)
    query = select(Penalty).where(Penalty.id == penalty_id, Penalty.lot_id.in_(lots))
    around = joinedload(Penalty.lot).joinedload(Lot.contract).joinedload(PublicContract.buyer)
    found = db.session.scalar(query.options(around, joinedload(Penalty.holder)))
    if found is None or actor.role is Role.EMPLOYER:
        raise NotFound
    return found


def open_penalty(lot_id: UUID, kind: Any) -> Penalty | None:
    """The computed penalty of that kind that nobody has decided about."""
    query = select(Penalty).where(
        Penalty.lot_id == lot_id, Penalty.kind == kind, Penalty.state == PenaltyState.CALCULATED
    )
    return db.session.scalar(query.order_by(Penalty.computed_on.desc()).limit(1).with_for_update())


def _statements(actor: Actor) -> Any:
    """A firm reads the documents of its own lots; those who steer, all of their contracts."""
    if actor.role is Role.EMPLOYER:
        return Statement.lot_id.in_(lots_visible_to(actor).with_only_columns(Lot.id))
    return Statement.contract_id.in_(contracts_visible_to(actor).with_only_columns(PublicContract.id))


def statements_of(actor: Actor, contract_id: UUID) -> Sequence[Statement]:
    """Documents issued for a contract, the newest first."""
    query = select(Statement).where(Statement.contract_id == contract_id, _statements(actor))
    return db.session.scalars(query.order_by(Statement.issued_at.desc())).all()


def the_statement(actor: Actor, statement_id: UUID) -> Statement:
    """One of them. Raises NotFound."""
    found = db.session.scalar(select(Statement).where(Statement.id == statement_id, _statements(actor)))
    if found is None:
        raise NotFound
    return found


def statement_by_code(code: str) -> Statement | None:
    """The document of a code, for the public page that checks it."""
    return db.session.scalar(select(Statement).where(Statement.code == code))


def hours_waiting(lot_ids: Sequence[UUID], as_of: date) -> Decimal:
    """Declared and not decided about, over several lots."""
    return sum((stand.waiting for stand in lots_standing(lot_ids, as_of).values()), Decimal("0.00"))


def buyers_of(actor: Actor) -> Sequence[Buyer]:
    """Buyers of the reader's contracts."""
    ids = contracts_visible_to(actor).with_only_columns(PublicContract.buyer_id)
    return db.session.scalars(select(Buyer).where(Buyer.id.in_(ids)).order_by(Buyer.name)).all()
