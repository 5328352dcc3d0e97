"""Which eligibilities did those who steer check, how old are the proofs, and which must be renewed?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.candidates.models import Candidate
from app.clauses.models import ClauseCategory, ClauseEmployment, EligibilityCheck, Lot, PublicContract
from app.clauses.queries.visible import checks_visible_to
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor

SOON: Final = timedelta(days=30)
_C = EligibilityCheck


@dataclass(frozen=True, slots=True)
class AskedChecks:
    """What the list is asked. ``situation``: « en-cours », « finit », « a-renouveler », « retirees »."""

    situation: str = ""
    category: str = ""
    contract_id: UUID | None = None
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """One check, as those who steer read it. ``hired``: the right is acquired, no renewal is needed."""

    id: UUID
    candidate_id: UUID
    name: str
    contract_id: UUID
    contract: str
    number: str
    category: str
    proof_dated_on: date | None
    good_until: date | None
    checked_on: date
    checked_by: str
    ended_on: date | None
    ended_reason: str
    hired: bool


_SORTS: Final[Mapping[str, Any]] = {
    "personne": func.lower(func.concat_ws(" ", Candidate.last_name, Candidate.first_name)),
    "marche": func.lower(PublicContract.title),
    "categorie": ClauseCategory.rank,
    "justificatif": _C.proof_dated_on,
    "jusqu": _C.good_until,
    "vu": _C.checked_on,
}


def _hired() -> ColumnElement[bool]:
    works = (
        select(ClauseEmployment.id)
        .join(Lot, Lot.id == ClauseEmployment.lot_id)
        .where(ClauseEmployment.candidate_id == _C.candidate_id, Lot.contract_id == _C.contract_id)
    )
    return works.exists()


def _situation(word: str, today: date) -> Sequence[ColumnElement[bool]]:
    """Renewals are for those who are not hired yet: whoever works has acquired the right."""
    current = _C.ended_on.is_(None)
    match word:
        case "finit":
            return (current, _C.good_until.between(today, today + SOON), ~_hired())
        case "a-renouveler":
            return (current, _C.good_until < today, ~_hired())
        case "retirees":
            return (_C.ended_reason != "",)
        case "toutes":
            return ()
    return (current,)


def _checks(actor: Actor, asked: AskedChecks, today: date) -> Select[Any]:
    person = func.concat_ws(" ", Candidate.first_name, Candidate.last_name)
    checker = func.coalesce(func.concat_ws(" ", User.first_name, User.last_name), "")
    query = (
        checks_visible_to(actor)
        .with_only_columns(
            _C.id, _C.candidate_id, person, PublicContract.id, PublicContract.title, PublicContract.number,
            ClauseCategory.label, _C.proof_dated_on, _C.good_until, _C.checked_on, checker, _C.ended_on,
            _C.ended_reason, _hired(),
        )
        .join(Candidate, Candidate.id == _C.candidate_id)
        .join(PublicContract, PublicContract.id == _C.contract_id)
        .join(ClauseCategory, ClauseCategory.slug == _C.category_slug)
        .outerjoin(User, User.id == _C.checked_by)
        .where(*_situation(asked.situation, today))
    )  # fmt: skip
    if asked.category:
        query = query.where(_C.category_slug == asked.category)
    if asked.contract_id:
        query = query.where(_C.contract_id == asked.contract_id)
    column = _SORTS.get(asked.sort.removeprefix("-"), _C.good_until)
    return query.order_by(
        column.desc().nulls_last() if asked.sort.startswith("-") else column.asc().nulls_last(), _C.id
    )


def checks_page(actor: Actor, asked: AskedChecks, number: int, today: date) -> Page[Checked]:
    """One page: two statements."""
    query = _checks(actor, asked, today)
    counted = query.order_by(None).with_only_columns(_C.id, maintain_column_froms=True).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page([Checked(*row) for row in rows], number, PAGE_SIZE, total)


def all_checks(actor: Actor, asked: AskedChecks, limit: int, today: date) -> list[Checked]:
    """Every one, for a file."""
    return [Checked(*row) for row in db.session.execute(_checks(actor, asked, today).limit(limit))]


def the_check(actor: Actor, check_id: UUID) -> EligibilityCheck:
    """One of them with its person and contract. Raises NotFound."""
    around = (joinedload(_C.candidate), joinedload(_C.contract), joinedload(_C.category), joinedload(_C.checker))
    found = db.session.scalar(checks_visible_to(actor).where(_C.id == check_id).options(*around))
    if found is None:
        raise NotFound
    return found


def checks_on(actor: Actor, contract_id: UUID, candidate_id: UUID) -> Sequence[EligibilityCheck]:
    """Every check of a person for a contract, the newest first."""
    query = (
        checks_visible_to(actor)
        .where(_C.contract_id == contract_id, _C.candidate_id == candidate_id)
        .options(joinedload(_C.category), joinedload(_C.checker))
        .order_by(_C.created_at.desc(), _C.id)
    )
    return db.session.scalars(query).all()


def contracts_checked(actor: Actor) -> list[tuple[str, str]]:
    """(id, words) of the contracts with a check, for the filter."""
    mine = checks_visible_to(actor).with_only_columns(_C.contract_id)
    query = select(PublicContract.id, PublicContract.title).where(PublicContract.id.in_(mine))
    rows = db.session.execute(query.order_by(PublicContract.title, PublicContract.id).limit(300))
    return [(str(row[0]), row[1]) for row in rows]
