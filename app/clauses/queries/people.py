"""Who works on the lots of a contract, as its reader may know them, and what of it waits for somebody?

Lines are made of columns: for an employer neither the category nor the proof is even read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.applications.models import Application
from app.candidates.models import Candidate
from app.clauses.models import (
    ClauseCategory,
    ClauseEmployment,
    ClauseOffer,
    EligibilityCheck,
    Holder,
    HourLine,
    Lot,
    PublicContract,
)
from app.clauses.queries.visible import employments_visible_to
from app.clauses.queries.waiting import STEERS, to_do_for
from app.clauses.rules.employments import SOON, EmploymentAlert, Post, alerts
from app.clauses.rules.kinds import Mode
from app.clauses.rules.states import SETTLED, ReportState
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor
from app.offers.rules import EmploymentKind

__all__ = ["DECLARED", "STEERS", "Asked", "AtWork", "all_people", "people_page", "proposed_on", "to_do_for"]
DECLARED: Final = frozenset({ReportState.DECLARED, *SETTLED})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list of people is asked."""

    contract_id: UUID
    lot: int | None = None
    situation: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class AtWork:
    """One person on one lot. ``category`` is empty for whoever must not read it."""

    id: UUID
    candidate_id: UUID
    name: str
    lot_number: int
    lot: str
    holder: str
    mode: Mode
    employer: str
    kind: EmploymentKind
    started_on: date
    ended_on: date | None
    hours_week: Decimal
    counts_until: date | None
    tutor_name: str
    delivered_on: date | None
    declared: Decimal
    validated: Decimal
    category: str = ""

    def alerts(self, today: date) -> tuple[EmploymentAlert, ...]:
        post = Post(self.started_on, self.ended_on, self.counts_until, self.delivered_on, self.kind, self.tutor_name)
        return alerts(post, today)


_E = ClauseEmployment
_name = func.concat_ws(" ", Candidate.first_name, Candidate.last_name)
_SORTS: Final[Mapping[str, Any]] = {
    "personne": func.lower(func.concat_ws(" ", Candidate.last_name, Candidate.first_name)),
    "lot": Lot.number,
    "depuis": _E.started_on,
    "jusqu": _E.counts_until,
    "validees": "validated",
}


def _hours(contract_id: UUID) -> Any:
    """Hours declared and validated of each work, in one pass over the lines of the contract."""
    lots = select(Lot.id).where(Lot.contract_id == contract_id)
    return (
        select(
            HourLine.employment_id,
            func.sum(HourLine.hours).filter(HourLine.state.in_(DECLARED)).label("declared"),
            func.sum(HourLine.hours).filter(HourLine.state.in_(SETTLED)).label("validated"),
        )
        .where(HourLine.lot_id.in_(lots))
        .group_by(HourLine.employment_id)
        .subquery()
    )


def _situation(word: str, today: date) -> Sequence[ColumnElement[bool]]:
    in_post = or_(_E.ended_on.is_(None), _E.ended_on >= today)
    match word:
        case "en-poste":
            return (in_post,)
        case "finit":
            ends = _E.ended_on.between(today, today + SOON)
            return (in_post, or_(ends, PublicContract.delivered_on <= today + SOON))
        case "ne-compte-plus":
            return (in_post, _E.counts_until < today)
        case "parties":
            return (_E.ended_on < today,)
    return ()


def _people(actor: Actor, asked: Asked, today: date) -> Select[Any]:
    sums = _hours(asked.contract_id)
    declared = func.coalesce(sums.c.declared, Decimal("0.00"))
    validated = func.coalesce(sums.c.validated, Decimal("0.00"))
    columns = (
        _E.id, _E.candidate_id, _name, Lot.number, Lot.title, Holder.name, _E.mode, _E.employer_name,
        _E.employment_kind, _E.started_on, _E.ended_on, _E.hours_week, _E.counts_until, _E.tutor_name,
        PublicContract.delivered_on, declared, validated,
    )  # fmt: skip
    query = (
        employments_visible_to(actor)
        .with_only_columns(*columns)
        .join(Lot, Lot.id == _E.lot_id)
        .join(PublicContract, PublicContract.id == Lot.contract_id)
        .join(Holder, Holder.id == _E.holder_id)
        .join(Candidate, Candidate.id == _E.candidate_id)
        .outerjoin(sums, sums.c.employment_id == _E.id)
        .where(Lot.contract_id == asked.contract_id, *_situation(asked.situation, today))
    )
    if asked.lot is not None:
        query = query.where(Lot.number == asked.lot)
    if actor.role in STEERS:
        query = query.join(EligibilityCheck, EligibilityCheck.id == _E.check_id)
        query = query.join(ClauseCategory, ClauseCategory.slug == EligibilityCheck.category_slug)
        query = query.add_columns(ClauseCategory.label)
    key = asked.sort.removeprefix("-")
    column = validated if key == "validees" else _SORTS.get(key, _SORTS["personne"])
    return query.order_by(column.desc().nulls_last() if asked.sort.startswith("-") else column.asc(), _E.id)


def people_page(actor: Actor, asked: Asked, number: int, today: date) -> Page[AtWork]:
    """One page of the people on a contract: two statements."""
    query = _people(actor, asked, today)
    counted = query.order_by(None).with_only_columns(_E.id, maintain_column_froms=True).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page([AtWork(*row) for row in rows], number, PAGE_SIZE, total)


def all_people(actor: Actor, asked: Asked, limit: int, today: date) -> list[AtWork]:
    """Every one, for a file."""
    return [AtWork(*row) for row in db.session.execute(_people(actor, asked, today).limit(limit))]


def proposed_on(contract_id: UUID, limit: int = 12) -> list[tuple[UUID, str]]:
    """People in touch with the contract whom nobody has checked: hired or proposed through its offers."""
    checked = select(EligibilityCheck.candidate_id).where(
        EligibilityCheck.contract_id == contract_id, EligibilityCheck.ended_on.is_(None)
    )
    query = (
        select(Candidate.id, _name)
        .join(Application, Application.candidate_id == Candidate.id)
        .join(ClauseOffer, ClauseOffer.offer_id == Application.offer_id)
        .join(Lot, Lot.id == ClauseOffer.lot_id)
        .where(Lot.contract_id == contract_id, Candidate.id.not_in(checked))
        .group_by(Candidate.id)
        .order_by(func.max(Application.state_since).desc(), Candidate.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query.limit(limit))]
