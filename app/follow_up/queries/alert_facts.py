"""What is known of many follow-ups at once, for the weak signals? Five statements, however many they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, func, literal, select

from app.clauses.models import ClauseEmployment, HourLine
from app.clauses.queries.people import DECLARED
from app.clauses.rules.employments import employer_key
from app.core.db import db
from app.core.quantities import add_months
from app.follow_up.models import Absence, Exchange, FollowUp, HeldJob, Visit
from app.follow_up.rules.facts import AbsentDay, Contact, Facts, Job, VisitRow
from app.follow_up.rules.states import VisitState
from app.organisations.models import Organisation

_TOLD = (VisitState.PLANNED, VisitState.HELD, VisitState.ABSENT, VisitState.NO_ANSWER, VisitState.REFUSED)


@dataclass(frozen=True, slots=True)
class _Held:
    """A job, and the names under which the clauses may know its employer."""

    job: Job
    keys: frozenset[str]
    first: bool


@dataclass(frozen=True, slots=True)
class _Reported:
    """Hours declared for one month on one work of the clauses; ``hours_week``: how long a week that work is."""

    month: date
    key: str
    from_hire: bool
    hours_week: Decimal
    hours: Decimal


def facts_of(follow_up_ids: Collection[UUID]) -> Mapping[UUID, Facts]:
    """The facts of each; an id that leads to nothing has none."""
    ids = sorted(set(follow_up_ids))
    if not ids:
        return {}
    jobs = _jobs(ids)
    absences, visits, contacts, hours = _absences(ids), _visits(ids), _contacts(ids), _reported(ids)
    return {
        one: Facts(
            absences=absences.get(one, ()),
            visits=visits.get(one, ()),
            contacts=contacts.get(one, ()),
            jobs=[held.job for held in jobs[one]],
            hours=known_hours(jobs[one], hours.get(one, ())),
        )
        for one in ids
        if one in jobs
    }


def among(column: Any, ids: Sequence[UUID]) -> ColumnElement[bool]:
    """One statement whatever their number."""
    found: ColumnElement[bool] = column == any_(literal(list(ids), ARRAY(Uuid())))
    return found


def _jobs(ids: Sequence[UUID]) -> Mapping[UUID, list[_Held]]:
    query = (
        select(
            HeldJob.follow_up_id, HeldJob.id, HeldJob.rank, HeldJob.start_on, HeldJob.hours_week, HeldJob.end_on,
            HeldJob.trial_ends_on, HeldJob.ended_on, HeldJob.plan.is_not(None).label("planned"), HeldJob.employer_name,
            Organisation.name, Organisation.siret,
        )
        .outerjoin(Organisation, Organisation.id == HeldJob.organisation_id)
        .where(among(HeldJob.follow_up_id, ids))
        .order_by(HeldJob.follow_up_id, HeldJob.rank)
    )  # fmt: skip
    found: dict[UUID, list[_Held]] = defaultdict(list)
    for row in db.session.execute(query):
        job = Job(
            ref=str(row.id),
            start_on=row.start_on,
            hours_week=row.hours_week,
            end_on=row.end_on,
            trial_ends_on=row.trial_ends_on,
            ended_on=row.ended_on,
            planned=row.planned,
        )
        names = {employer_key(None, name) for name in (row.employer_name, row.name) if name}
        keys = frozenset(names | ({row.siret} if row.siret else set()))
        found[row.follow_up_id].append(_Held(job, keys, row.rank == 1))
    return found


def _absences(ids: Sequence[UUID]) -> Mapping[UUID, list[AbsentDay]]:
    query = select(Absence.follow_up_id, Absence.on, Absence.side).where(among(Absence.follow_up_id, ids))
    found: dict[UUID, list[AbsentDay]] = defaultdict(list)
    for key, on, side in db.session.execute(query.order_by(Absence.on)):
        found[key].append(AbsentDay(on, side))
    return found


def _visits(ids: Sequence[UUID]) -> Mapping[UUID, list[VisitRow]]:
    query = select(Visit.follow_up_id, Visit.id, Visit.kind, Visit.state, Visit.planned_on, Visit.met_on)
    query = query.where(among(Visit.follow_up_id, ids), Visit.state.in_(_TOLD))
    found: dict[UUID, list[VisitRow]] = defaultdict(list)
    for key, ref, kind, state, planned_on, met_on in db.session.execute(query.order_by(Visit.planned_on, Visit.id)):
        found[key].append(VisitRow(str(ref), kind, state, planned_on, met_on))
    return found


def _contacts(ids: Sequence[UUID]) -> Mapping[UUID, list[Contact]]:
    """In the order in which they were tried: two of one day, as they were noted."""
    query = select(Exchange.follow_up_id, Exchange.on, Exchange.answered).where(among(Exchange.follow_up_id, ids))
    found: dict[UUID, list[Contact]] = defaultdict(list)
    for key, on, answered in db.session.execute(query.order_by(Exchange.on, Exchange.at, Exchange.id)):
        found[key].append(Contact(on, answered))
    return found


def _reported(ids: Sequence[UUID]) -> Mapping[UUID, list[_Reported]]:
    """Hours that firms declared for the clauses, validated or not yet."""
    work = ClauseEmployment
    query = (
        select(
            FollowUp.id, HourLine.month, HourLine.employer_key,
            func.coalesce(work.hire_id == FollowUp.hire_id, False), work.hours_week, func.sum(HourLine.hours),
        )
        .join(HourLine, HourLine.candidate_id == FollowUp.candidate_id)
        .join(work, work.id == HourLine.employment_id)
        .where(among(FollowUp.id, ids), HourLine.state.in_(DECLARED))
        .where(HourLine.month >= func.date_trunc("month", FollowUp.starts_on))
        .group_by(FollowUp.id, HourLine.month, HourLine.employer_key, work.id)
    )  # fmt: skip
    found: dict[UUID, list[_Reported]] = defaultdict(list)
    for key, month, employer, from_hire, week, hours in db.session.execute(query):
        found[key].append(_Reported(month, employer, from_hire, week, hours))
    return found


def known_hours(jobs: Sequence[_Held], lines: Iterable[_Reported]) -> Mapping[date, Decimal]:
    """Hours by month, only of months of which every job's hours were reported in full.

    A month that one of two employers did not report, or of which the clauses follow a part of the week only, is not
    known: it can make no signal.
    """
    months: dict[date, list[_Reported]] = defaultdict(list)
    for line in lines:
        months[line.month].append(line)
    known = {}
    for month, reported in months.items():
        mine = [(held, [line for line in reported if _is_of(line, held)]) for held in _held_in(jobs, month)]
        if mine and all(sum(line.hours_week for line in own) >= held.job.hours_week for held, own in mine):
            counted = {id(line): line for _, own in mine for line in own}
            known[month] = sum((line.hours for line in counted.values()), Decimal(0))
    return known


def _held_in(jobs: Sequence[_Held], month: date) -> list[_Held]:
    after = add_months(month, 1)
    return [
        held for held in jobs if held.job.start_on < after and (held.job.last_day is None or held.job.last_day >= month)
    ]


def _is_of(line: _Reported, held: _Held) -> bool:
    return line.key in held.keys or (line.from_hire and held.first)
