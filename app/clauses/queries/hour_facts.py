"""What must be known to judge hours typed for a lot: works, terms, employments, other lines, other contracts?

Read in five statements whatever the number of people. Of other contracts only sums come back.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import case, func, select, text
from sqlalchemy.orm import joinedload, load_only

from app.candidates.models import Candidate
from app.clauses.models import ClauseEmployment, ClauseTerms, Holder, HourLine, PublicContract
from app.clauses.rules.hours import Days
from app.clauses.rules.kinds import HourKind
from app.clauses.rules.periods import month_end
from app.clauses.rules.states import ReportState
from app.clauses.rules.terms import DEFAULTS, Terms, Version, terms_on
from app.core.db import db

ZERO: Final = Decimal(0)
LineKey = tuple[UUID, str, date, HourKind]
SENT: Final = (ReportState.DECLARED, ReportState.VALIDATED, ReportState.LOCKED)


@dataclass(frozen=True, slots=True)
class Stint:
    """One person for one employer of record in a month: the employments that overlap it, made one window."""

    employed: Days
    counts: Days
    employment: ClauseEmployment
    """The latest that overlaps the month."""


@dataclass(slots=True)
class Facts:
    """About one holder and some months."""

    holder: Holder
    works: Days
    versions: Sequence[Version]
    employments: Mapping[UUID, ClauseEmployment]
    lines: Mapping[LineKey, HourLine]
    """Every first line of the lot for these people and months, whoever reports it."""
    corrections: Sequence[HourLine]
    elsewhere: Mapping[tuple[UUID, date], Decimal]
    """Hours sent on other lots and contracts, by person and month."""
    before: Mapping[UUID, tuple[Decimal, Decimal]]
    """Training and all hours sent on this lot in other months, by person."""
    members: Mapping[UUID, str]
    by_person: dict[tuple[UUID, str], list[ClauseEmployment]] = field(default_factory=dict)
    by_month: dict[tuple[UUID, date], list[HourLine]] = field(default_factory=dict)

    def terms(self, month: date) -> Terms:
        """Those in force at the end of the month."""
        return terms_on(month_end(month), self.versions) or DEFAULTS

    def stint(self, employment: ClauseEmployment, month: date) -> Stint | None:
        """None: that person was at work no day of the month."""
        last = month_end(month)
        rows = [
            row
            for row in self.by_person[employment.candidate_id, employment.employer_key]
            if row.started_on <= last and (row.ended_on is None or row.ended_on >= month)
        ]
        return _merged(rows) if rows else None


def _latest(days: Sequence[date | None]) -> date | None:
    """None is later than any day."""
    return None if None in days else max(day for day in days if day is not None)


def _merged(rows: Sequence[ClauseEmployment]) -> Stint:
    return Stint(
        (min(row.started_on for row in rows), _latest([row.ended_on for row in rows])),
        (min(row.counts_from for row in rows), _latest([row.counts_until for row in rows])),
        max(rows, key=lambda row: row.started_on),
    )


def facts_for(holder: Holder, contract: PublicContract, months: Collection[date]) -> Facts:
    """Read them. Rows already read in this session are read anew: others may have written since."""
    employments = _employments(holder.id)
    people = {row.candidate_id for row in employments}
    lines = _lines(holder.lot_id, people, months)
    notified = contract.notified_on or date.max
    facts = Facts(
        holder,
        (notified, contract.delivered_on),
        term_versions([contract.id]).get(contract.id, ()),
        {row.id: row for row in employments},
        {key_of_line(row): row for row in lines if row.corrects_id is None},
        [row for row in lines if row.corrects_id is not None],
        *_other_hours(holder.lot_id, people, months),
        _members(holder, lines),
    )
    for row in employments:
        facts.by_person.setdefault((row.candidate_id, row.employer_key), []).append(row)
    for line in facts.lines.values():
        facts.by_month.setdefault((line.candidate_id, line.month), []).append(line)
    return facts


def key_of_line(line: HourLine) -> LineKey:
    """What makes a line one of its lot."""
    return line.candidate_id, line.employer_key, line.month, line.kind


def _employments(holder_id: UUID) -> Sequence[ClauseEmployment]:
    name = joinedload(ClauseEmployment.candidate).load_only(Candidate.first_name, Candidate.last_name)
    query = select(ClauseEmployment).join(Candidate).where(ClauseEmployment.holder_id == holder_id)
    order = (Candidate.last_name, Candidate.first_name, ClauseEmployment.started_on, ClauseEmployment.id)
    return db.session.scalars(query.options(name).order_by(*order)).all()


def _lines(lot_id: UUID, people: Collection[UUID], months: Collection[date]) -> Sequence[HourLine]:
    query = select(HourLine).where(
        HourLine.lot_id == lot_id, HourLine.candidate_id.in_(people), HourLine.month.in_(months)
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def _other_hours(
    lot_id: UUID, people: Collection[UUID], months: Collection[date]
) -> tuple[Mapping[tuple[UUID, date], Decimal], Mapping[UUID, tuple[Decimal, Decimal]]]:
    """Sent elsewhere in these months, by person and month; sent on this lot in other months: training, all."""
    here = (HourLine.lot_id == lot_id).label("here")
    training = func.coalesce(func.sum(HourLine.hours).filter(HourLine.kind == HourKind.TRAINING), ZERO)
    month = case((here, None), else_=HourLine.month).label("of_month")
    query = (
        select(HourLine.candidate_id, month, here, training, func.sum(HourLine.hours))
        .where(
            HourLine.candidate_id.in_(people),
            HourLine.state.in_(SENT),
            (HourLine.lot_id == lot_id) != HourLine.month.in_(months),
        )
        .group_by(HourLine.candidate_id, text("of_month"), text("here"))
    )
    elsewhere: dict[tuple[UUID, date], Decimal] = {}
    before: dict[UUID, tuple[Decimal, Decimal]] = {}
    for person, of_month, is_here, trained, hours in db.session.execute(query):
        if is_here:
            before[person] = (trained, hours)
        else:
            elsewhere[person, of_month] = hours
    return elsewhere, before


def _members(holder: Holder, lines: Sequence[HourLine]) -> Mapping[UUID, str]:
    """Names of the lot's members, read only when another one reports some of these people."""
    if all(line.holder_id == holder.id for line in lines):
        return {holder.id: holder.name}
    return dict(db.session.execute(select(Holder.id, Holder.name).where(Holder.lot_id == holder.lot_id)).all())


def term_versions(contract_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Version]]:
    """The dated terms of several contracts, in one statement."""
    query = select(ClauseTerms).options(
        load_only(ClauseTerms.contract_id, ClauseTerms.valid_from, ClauseTerms.known_from, ClauseTerms.said)
    )
    found: dict[UUID, list[Version]] = defaultdict(list)
    for row in db.session.scalars(query.where(ClauseTerms.contract_id.in_(contract_ids))):
        found[row.contract_id].append((row.valid_from, row.known_from, Terms.from_json(row.said)))
    return found


def last_hours(holder_id: UUID, before: date) -> Mapping[tuple[UUID, str, HourKind], Decimal]:
    """The hours of the last month that the holder reported before a month, by person, employer and kind."""
    mine = (HourLine.holder_id == holder_id, HourLine.month < before, HourLine.corrects_id.is_(None))
    last = select(func.max(HourLine.month)).where(*mine, HourLine.hours > 0).scalar_subquery()
    query = select(HourLine.candidate_id, HourLine.employer_key, HourLine.kind, HourLine.hours)
    rows = db.session.execute(query.where(*mine, HourLine.month == last, HourLine.hours > 0))
    return {(person, employer, kind): hours for person, employer, kind, hours in rows}
