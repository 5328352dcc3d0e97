"""What does the national consolidation ask of each lot over a period? Counts only: nobody is named."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.candidates.models import Candidate
from app.clauses.models import (
    ClauseEmployment,
    EligibilityCheck,
    HourEntry,
    HourLine,
    Lot,
    PublicContract,
)
from app.clauses.queries.standing import LotStand, lots_standing
from app.clauses.queries.visible import lots_visible_to
from app.clauses.rules.kinds import ClauseKind, EntryStage
from app.core.db import db
from app.core.roles import Actor
from app.offers.rules import EmploymentKind

MAPPING: Final = Path(__file__).resolve().parents[1] / "data" / "consolidation.toml"
_ALTERNATING: Final = {EmploymentKind.APPRENTICESHIP, EmploymentKind.PROFESSIONNALISATION}
_MISSIONS: Final = {EmploymentKind.INTERIM, EmploymentKind.MISSION}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the export: ``source`` is a key of the facts; none, and the cell stays empty."""

    header: str
    source: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    def of(self, facts: Mapping[str, Any]) -> Any:
        """The cell: what the portal counts, 0 when it counted nobody, nothing when it does not hold it."""
        if self.source is None:
            return None
        value = facts.get(self.source, 0 if self.source.partition("_")[0] in _COUNTED else None)
        return self.words.get(value, value) if isinstance(value, str) else value


_COUNTED: Final = {"age", "category", "kind", "mode", "people"}


@lru_cache(maxsize=1)
def columns() -> tuple[Column, ...]:
    """The mapping file, read once."""
    said = tomllib.loads(MAPPING.read_text())
    return tuple(Column(**one) for one in said["column"])


def consolidation(actor: Actor, first: date, last: date) -> Iterator[list[Any]]:
    """A row a lot of a clause that ran between the two days, both included; hours validated between them."""
    lots = db.session.scalars(
        lots_visible_to(actor)
        .where(
            PublicContract.clause_kind != ClauseKind.NONE,
            PublicContract.notified_on <= last,
            func.coalesce(PublicContract.delivered_on, last) >= first,
        )
        .options(joinedload(Lot.contract).joinedload(PublicContract.buyer), joinedload(Lot.trade))
        .order_by(PublicContract.number, Lot.number)
    ).all()
    counts = _counts([lot.id for lot in lots], first, last)
    stands = lots_standing([lot.id for lot in lots], last)
    for lot in lots:
        facts = _facts(lot, stands[lot.id]) | counts[lot.id]
        yield [column.of(facts) for column in columns()]


def _facts(lot: Lot, stand: LotStand) -> dict[str, Any]:
    contract = lot.contract
    return {
        "buyer_kind": contract.buyer.kind.value,
        "buyer_siret": contract.buyer.siret,
        "buyer_name": contract.buyer.name,
        "number": contract.number,
        "title": contract.title,
        "nature": contract.nature.value,
        "cpv": lot.cpv or contract.cpv,
        "amount": lot.amount if lot.amount is not None else contract.amount,
        "notified_on": contract.notified_on,
        "delivered_on": contract.delivered_on,
        "legal_base": contract.legal_base.value,
        "lot_number": lot.number,
        "lot_title": lot.title,
        "rome_code": lot.trade.rome_code if lot.trade else "",
        "hours_due": stand.objective,
        "hours_done": Decimal("0.00"),
    }


def _counts(lot_ids: Sequence[UUID], first: date, last: date) -> Mapping[UUID, dict[str, Any]]:
    hours = func.sum(HourEntry.hours)
    query = (
        select(
            HourEntry.lot_id,
            HourEntry.candidate_id,
            Candidate.birth_date,
            EligibilityCheck.category_slug,
            ClauseEmployment.employment_kind,
            ClauseEmployment.started_on,
            HourLine.mode,
            hours,
        )
        .join(HourLine, HourLine.id == HourEntry.line_id)
        .join(ClauseEmployment, ClauseEmployment.id == HourLine.employment_id)
        .join(EligibilityCheck, EligibilityCheck.id == ClauseEmployment.check_id)
        .join(Candidate, Candidate.id == HourEntry.candidate_id)
        .where(
            HourEntry.lot_id.in_(lot_ids),
            HourEntry.stage == EntryStage.VALIDATED,
            HourEntry.on.between(first, last),
        )
        .group_by(
            HourEntry.lot_id, HourEntry.candidate_id, Candidate.birth_date, EligibilityCheck.category_slug,
            ClauseEmployment.employment_kind, ClauseEmployment.started_on, HourLine.mode,
        )
        .having(hours > 0)
    )  # fmt: skip
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    worked: dict[UUID, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    seen: set[tuple[UUID, UUID, str]] = set()
    for lot_id, person, born, category, kind, started, mode, done in db.session.execute(query):
        worked[lot_id]["hours_done"] += done
        worked[lot_id][f"mode_{mode.value}"] += done
        for key in ("people", _age(born, started), f"category_{category}", _kind(kind)):
            if key and (lot_id, person, key) not in seen:
                seen.add((lot_id, person, key))
                found[lot_id][key] += 1
    return defaultdict(dict, {lot_id: {**found[lot_id], **sums} for lot_id, sums in worked.items()})


def _age(born: date | None, on: date) -> str:
    """The age band on the day of hire; nothing when the birth date is not known."""
    if born is None:
        return ""
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return "age_under_26" if years < 26 else "age_26_49" if years < 50 else "age_50_over"


def _kind(kind: EmploymentKind) -> str:
    if kind in _ALTERNATING:
        return "kind_alternance"
    return "kind_interim" if kind in _MISSIONS else f"kind_{kind.value}"
