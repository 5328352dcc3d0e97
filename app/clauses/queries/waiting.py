"""What of people at work waits for those who steer? Grouped lines for « À faire aujourd'hui »."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.orm import aliased

from app.applications.models import Application, Hire
from app.applications.rules import OPEN_STATES
from app.candidates.models import Candidate
from app.clauses.models import ClauseEmployment, ClauseOffer, EligibilityCheck, Lot, PublicContract
from app.clauses.queries.visible import contracts_visible_to
from app.clauses.rules.employments import SOON
from app.clauses.rules.states import ContractState
from app.core.db import db
from app.core.french import plural
from app.core.quantities import format_day
from app.core.roles import Actor, Role
from app.core.todo import TodoItem

STEERS: Final = frozenset({Role.FACILITATOR, Role.DEPARTMENT})
ENDINGS_SHOWN: Final = 3
HIRES_SINCE: Final = timedelta(days=90)
PROOF_SOON: Final = timedelta(days=15)


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """Three statements for those who steer; nothing for anybody else."""
    if actor.role not in STEERS:
        return []
    running = contracts_visible_to(actor).where(PublicContract.state == ContractState.RUNNING)
    contracts = running.with_only_columns(PublicContract.id)
    return [*_hires(contracts, today), *_endings(contracts, today), *_proofs(contracts, today)]


def _hires(contracts: Any, today: date) -> Iterator[TodoItem]:
    rows = waiting_hires(contracts, today - HIRES_SINCE)
    if not rows:
        return
    first = rows[0]
    alone = len(rows) == 1
    yield TodoItem(
        kind="clause.hire_waits",
        title=f"{first.name}\u00a0: embauche sans éligibilité vérifiée"
        if alone
        else f"{plural(len(rows), 'embauche')} sans éligibilité vérifiée",
        text=f"{first.contract}, le {format_day(first.start_on)}. Sans vérification, les heures ne comptent pas.",
        endpoint="clauses.people",
        arguments={"contract_id": first.contract_id},
        action="Vérifier",
        tag="heures en jeu",
        tag_state="bad",
        icon="alert",
        urgency=0,
    )


def _endings(contracts: Any, today: date) -> Iterator[TodoItem]:
    """People whose work ends within 30 days and who have nothing after; a line a contract, the soonest first."""
    mine, other = ClauseEmployment, aliased(ClauseEmployment)
    follows = select(other.id).where(
        other.candidate_id == mine.candidate_id,
        other.id != mine.id,
        or_(other.ended_on.is_(None), other.ended_on > mine.ended_on),
    )
    soonest = func.min(mine.ended_on)
    person = func.min(func.concat_ws(" ", Candidate.first_name, Candidate.last_name))
    rows = db.session.execute(
        select(PublicContract.id, PublicContract.title, func.count(mine.candidate_id.distinct()), soonest, person)
        .join(Lot, Lot.contract_id == PublicContract.id)
        .join(mine, mine.lot_id == Lot.id)
        .join(Candidate, Candidate.id == mine.candidate_id)
        .where(Lot.contract_id.in_(contracts), mine.ended_on.between(today, today + SOON), ~follows.exists())
        .group_by(PublicContract.id)
        .order_by(soonest, PublicContract.id)
        .limit(ENDINGS_SHOWN)
    )
    for row in rows:
        yield _ending(row[0], row[1], row[2], row[3], row[4], today)


def _ending(contract_id: UUID, title: str, count: int, soonest: date, person: str, today: date) -> TodoItem:
    return TodoItem(
        kind="clause.work_ends",
        title=f"{person}\u00a0: son contrat finit le {format_day(soonest)}"
        if count == 1
        else f"{plural(count, 'personne')} finissent leur contrat dans les 30\u00a0jours",
        text=f"{title}. Rien ne suit\u00a0: cherchez le prochain contrat avant la fin de celui-ci.",
        endpoint="clauses.people",
        arguments={"contract_id": contract_id, "situation": "finit"},
        tag=f"dès le {soonest:%d/%m}",
        tag_state="warn",
        icon="calendar",
        urgency=1 if soonest - today <= timedelta(days=7) else 2,
    )


def _proofs(contracts: Any, today: date) -> Iterator[TodoItem]:
    """Checks that soon serve no more, of people proposed on an offer of the contract."""
    check = EligibilityCheck
    proposed = (
        select(Application.id)
        .join(ClauseOffer, ClauseOffer.offer_id == Application.offer_id)
        .join(Lot, Lot.id == ClauseOffer.lot_id)
        .where(
            Lot.contract_id == check.contract_id,
            Application.candidate_id == check.candidate_id,
            Application.state.in_(OPEN_STATES),
        )
    )
    query = select(func.count(), func.min(check.good_until)).where(
        check.contract_id.in_(contracts),
        check.ended_on.is_(None),
        check.good_until.between(today, today + PROOF_SOON),
        proposed.exists(),
    )
    count, soonest = db.session.execute(query).one()
    if count:
        yield TodoItem(
            kind="clause.proof_ends",
            title=f"{plural(count, 'éligibilité')} à renouveler avant l’embauche",
            text="Ces personnes sont proposées. Passé ce jour, il faudra un justificatif plus récent.",
            endpoint="clauses.eligibilities",
            arguments={"situation": "finit"},
            action="Renouveler",
            tag=f"dès le {soonest:%d/%m}",
            tag_state="warn",
            icon="clock",
            urgency=1,
        )


@dataclass(frozen=True, slots=True)
class WaitingHire:
    """A hire through an offer of a lot that makes no work on it: the person was not eligible that day."""

    id: UUID
    candidate_id: UUID
    name: str
    contract_id: UUID
    contract: str
    start_on: date


def waiting_hires(contracts: Sequence[UUID] | Select[Any], since: date, limit: int = 50) -> list[WaitingHire]:
    """Of these contracts, since a day, the oldest first."""
    name = func.concat_ws(" ", Candidate.first_name, Candidate.last_name)
    query = (
        select(Hire.id, Hire.candidate_id, name, PublicContract.id, PublicContract.title, Hire.start_on)
        .join(Application, Application.id == Hire.application_id)
        .join(ClauseOffer, ClauseOffer.offer_id == Application.offer_id)
        .join(Lot, Lot.id == ClauseOffer.lot_id)
        .join(PublicContract, PublicContract.id == Lot.contract_id)
        .join(Candidate, Candidate.id == Hire.candidate_id)
        .outerjoin(ClauseEmployment, ClauseEmployment.hire_id == Hire.id)
        .where(PublicContract.id.in_(contracts), Hire.start_on >= since, ClauseEmployment.id.is_(None))
    )
    by_hand = select(literal(1)).where(
        ClauseEmployment.lot_id == Lot.id,
        ClauseEmployment.candidate_id == Hire.candidate_id,
        ClauseEmployment.started_on == Hire.start_on,
    )
    query = query.where(~by_hand.correlate(Lot, Hire).exists()).order_by(Hire.start_on, Hire.id)
    return [WaitingHire(*row) for row in db.session.execute(query.limit(limit))]
