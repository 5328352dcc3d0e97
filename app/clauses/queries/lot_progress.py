"""Where does each of many lots stand on a day: pace, forecast, alert? Three statements, whatever the lots."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Date, Select, Text, cast, func, literal, or_, select

from app.clauses.models import (
    ClauseEmployment,
    ClauseTerms,
    ClauseTransition,
    ContractVersion,
    Lot,
    LotDay,
    LotObjective,
    PublicContract,
)
from app.clauses.queries.standing import ZERO, months_of, objectives_of
from app.clauses.rules.alert import Capacity
from app.clauses.rules.kinds import Frequency
from app.clauses.rules.progress import MonthHours, Progress, Works, progress
from app.clauses.rules.staffing import POST_HOURS, InPost
from app.clauses.rules.states import ContractState
from app.clauses.rules.terms import DEFAULTS, Terms
from app.clauses.rules.together import known_until
from app.core.clock import PARIS
from app.core.db import db

SLACK: Final = Decimal("1.25")
"""Weeks with holidays have fewer days of work than five."""
AT_WORK: Final = frozenset({ContractState.PREPARED, ContractState.RUNNING})


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What the contract says of a lot on the day: when its works run, its state, and its terms."""

    lot_id: UUID
    contract_id: UUID
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
    owed, months, people = objectives_of(ids, today), months_of(ids, today), people_in_post(ids, today)
    return {
        one.lot_id: progress_of(
            one, today, owed.get(one.lot_id, ZERO), months.get(one.lot_id, ()), people.get(one.lot_id, ())
        )
        for one in facts
    }


def delivered_on(as_of: date) -> Any:
    """The delivery of the contract as its versions said at the end of that day."""
    known = (
        select(ContractVersion.delivered_on)
        .where(ContractVersion.contract_id == PublicContract.id, ContractVersion.known_from <= as_of)
        .order_by(ContractVersion.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(known, PublicContract.delivered_on)


def state_on(as_of: date) -> Any:
    """The state of the contract at the end of that day."""
    midnight = datetime.combine(as_of + timedelta(days=1), time(), PARIS)
    then = (
        select(ClauseTransition.from_state)
        .where(
            ClauseTransition.subject_id == PublicContract.id,
            ClauseTransition.subject == "contract",
            ClauseTransition.at >= midnight,
        )
        .order_by(ClauseTransition.at)
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(then, cast(PublicContract.state, Text))


def terms_said(as_of: date) -> Any:
    """The JSON of the terms in force on that day, as known then; NULL before the first."""
    return (
        select(ClauseTerms.said)
        .where(
            ClauseTerms.contract_id == PublicContract.id,
            ClauseTerms.valid_from <= as_of,
            ClauseTerms.known_from <= as_of,
        )
        .order_by(ClauseTerms.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )


def facts_of(lots: Select[Any], as_of: date) -> list[LotFacts]:
    """The facts of the lots that a query selects (it must join Lot and PublicContract)."""
    query = lots.order_by(None).with_only_columns(
        Lot.id,
        Lot.contract_id,
        PublicContract.notified_on,
        delivered_on(as_of).label("delivered_on"),
        state_on(as_of).label("state"),
        terms_said(as_of).label("said"),
        maintain_column_froms=True,
    )
    return [
        LotFacts(
            row.id,
            row.contract_id,
            row.notified_on,
            row.delivered_on,
            row.state,
            Terms.from_json(row.said) if row.said else DEFAULTS,
        )
        for row in db.session.execute(query)
    ]


def lots_in_danger(lots: Select[Any], today: date) -> list[tuple[LotFacts, Progress]]:
    """Those of the query's lots that have an alert. The others are left aside in SQL as far as it can tell:

    over, reached, or with so much time that a single post from eight weeks (or what the terms say) before would do.
    """
    owed = (
        select(LotObjective.hours)
        .where(LotObjective.lot_id == Lot.id, LotObjective.from_day <= today)
        .order_by(LotObjective.from_day.desc())
        .limit(1)
        .scalar_subquery()
    )
    done = select(func.coalesce(func.sum(LotDay.validated), 0)).where(LotDay.lot_id == Lot.id, LotDay.on <= today)
    left = owed - done.scalar_subquery()
    weeks = func.coalesce(terms_said(today)["alert_weeks"].as_integer(), DEFAULTS.alert_weeks)
    days_needed = left / POST_HOURS * 7 * SLACK + weeks * 7 + 30
    ends_on = delivered_on(today)
    query = lots.where(
        state_on(today) == ContractState.RUNNING.value,
        ends_on >= today,
        left > 0,
        ends_on - literal(today, Date) <= days_needed,
    )
    facts = facts_of(query, today)
    found = progress_of_lots(facts, today)
    return [(one, found[one.lot_id]) for one in facts if found[one.lot_id].alert is not None]


def people_in_post(lot_ids: Collection[UUID], today: date) -> Mapping[UUID, list[InPost]]:
    """Who is at work on each lot on the day, and until when they count."""
    last_day = func.least(ClauseEmployment.ended_on, ClauseEmployment.counts_until)
    query = select(ClauseEmployment.lot_id, ClauseEmployment.hours_week, last_day, ClauseEmployment.started_on).where(
        ClauseEmployment.lot_id.in_(lot_ids),
        ClauseEmployment.started_on <= today,
        or_(last_day.is_(None), last_day >= today),
    )
    found: dict[UUID, list[InPost]] = {}
    for lot_id, weekly, last, since in db.session.execute(query):
        found.setdefault(lot_id, []).append(InPost(weekly, last, since))
    return found
