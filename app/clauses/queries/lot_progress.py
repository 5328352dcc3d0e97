"""Where does each of many lots stand on a day: pace, forecast, alert? Three statements, whatever the lots."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import func, or_, select

from app.clauses.models import ClauseEmployment
from app.clauses.queries.standing import ZERO, LotStand, lots_standing, months_of
from app.clauses.rules.alert import Capacity
from app.clauses.rules.kinds import Frequency
from app.clauses.rules.progress import MonthHours, Progress, Works, progress
from app.clauses.rules.staffing import InPost
from app.clauses.rules.states import ContractState
from app.clauses.rules.terms import DEFAULTS, Terms
from app.clauses.rules.together import known_until
from app.core.db import db

AT_WORK: Final = frozenset({ContractState.PREPARED, ContractState.RUNNING})


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What the contract says of a lot on the day: when its works run, its state, and its terms."""

    lot_id: UUID
    starts_on: date | None
    ends_on: date | None
    state: ContractState = ContractState.RUNNING
    terms: Terms = DEFAULTS


def progress_of(
    facts: LotFacts,
    today: date,
    objective: Decimal,
    months: Sequence[MonthHours],
    people: Sequence[InPost],
) -> Progress:
    """One lot. A contract that is over has no alert left: its works ended the day before at the latest."""
    starts_on, ends_on = facts.starts_on or today, facts.ends_on if facts.starts_on else None
    if facts.state not in AT_WORK:
        ends_on = min(ends_on or today, today - timedelta(days=1))
    terms, known = facts.terms, None
    if terms.frequency is not Frequency.MONTHLY:
        known = known_until(months, terms.frequency, terms.due_day, today)
    return progress(
        objective=objective,
        months=months,
        works=Works(starts_on, ends_on),
        today=today,
        people=people,
        capacity=Capacity(alert_weeks=terms.alert_weeks),
        known_until=known,
    )


def progress_of_lots(facts: Collection[LotFacts], today: date) -> Mapping[UUID, Progress]:
    """Each lot as of the day."""
    ids = [one.lot_id for one in facts]
    stands, months, people = lots_standing(ids, today), months_of(ids, today), people_in_post(ids, today)
    nothing = LotStand(ZERO, ZERO, ZERO)
    return {
        one.lot_id: progress_of(
            one,
            today,
            stands.get(one.lot_id, nothing).objective,
            months.get(one.lot_id, ()),
            people.get(one.lot_id, ()),
        )
        for one in facts
    }


def people_in_post(lot_ids: Collection[UUID], today: date) -> Mapping[UUID, list[InPost]]:
    """Who is at work on each lot on the day, and until when they count."""
    last_day = func.least(ClauseEmployment.ended_on, ClauseEmployment.counts_until)
    query = select(ClauseEmployment.lot_id, ClauseEmployment.hours_week, last_day).where(
        ClauseEmployment.lot_id.in_(lot_ids),
        ClauseEmployment.started_on <= today,
        or_(last_day.is_(None), last_day >= today),
    )
    found: dict[UUID, list[InPost]] = {}
    for lot_id, weekly, last in db.session.execute(query):
        found.setdefault(lot_id, []).append(InPost(weekly, last))
    return found
