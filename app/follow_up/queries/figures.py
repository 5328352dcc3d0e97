"""Who is still in work three and six months after the hire: in all, by employer, sector, territory and month?

A handful of statements bring the rows of every follow-up asked; where each person stands is then the rules' affair.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from app.candidates.models import Candidate
from app.clauses.models import ClauseEmployment, HourLine
from app.clauses.rules.states import ReportState
from app.core.db import db
from app.core.quantities import add_months
from app.core.roles import Actor
from app.follow_up.models import FollowUp, HeldJob, JobBreak, Visit, Voice
from app.follow_up.queries.visible import follow_ups_visible_to
from app.follow_up.rules.kinds import BreakCause, Standing, VoiceSide
from app.follow_up.rules.standing import Kept, Spell, figures, reached, standing
from app.follow_up.rules.states import FollowUpState, VisitState
from app.organisations.models import Organisation
from app.reference.models import CommuneAssignment, Territory, Trade, TradeFamily

GROUPS: Final = ("employeur", "secteur", "territoire", "mois")
UNSAID: Final = "Non précisé"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hires from the first day of ``since`` to the last day of the month ``until``; ``days`` is 90 or 180."""

    days: int
    since: date
    until: date
    territory: str = ""
    family: str = ""
    today: date


@dataclass(frozen=True, slots=True)
class Followed:
    """One follow-up of the figures, and its group names."""

    id: UUID
    starts_on: date
    stopped_on: date | None
    territory: str
    spells: Sequence[Spell]
    groups: Mapping[str, str]
    confirmed: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one employer, sector, territory or month."""

    name: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class Figures:
    """What the page shows: everybody, each group of each kind, why jobs ended, how many are still before day N."""

    kept: Kept
    groups: Mapping[str, Sequence[Group]]
    causes: Sequence[tuple[BreakCause, int]]
    opened: int
    before: int
    """Follow-ups that have not reached day N yet, or were stopped before it."""
    standings: Mapping[UUID, Standing] = field(default_factory=dict)


def _asked(actor: Actor, asked: Asked) -> Select[Any]:
    after = add_months(asked.until, 1)
    query = follow_ups_visible_to(actor).where(FollowUp.starts_on >= asked.since, FollowUp.starts_on < after)
    if asked.territory:
        query = query.where(FollowUp.candidate_id.in_(_living_in(asked.territory)))
    if asked.family:
        first = select(HeldJob.follow_up_id).join(Trade, Trade.slug == HeldJob.trade_slug)
        first = first.where(HeldJob.rank == 1, Trade.family_slug == asked.family)
        query = query.where(FollowUp.id.in_(first))
    return query


def _living_in(territory: str) -> Select[Any]:
    return (
        select(Candidate.id)
        .join(CommuneAssignment, CommuneAssignment.commune_insee == Candidate.commune_insee)
        .where(CommuneAssignment.territory_code == territory, CommuneAssignment.valid_until.is_(None))
    )


def followed(actor: Actor, asked: Asked) -> list[Followed]:
    """The follow-ups of the figures: three statements."""
    ids = _asked(actor, asked).order_by(None).with_only_columns(FollowUp.id)
    jobs: dict[UUID, list[Any]] = defaultdict(list)
    for row in db.session.execute(_jobs(ids)):
        jobs[row.follow_up_id].append(row)
    confirmed: dict[UUID, list[date]] = defaultdict(list)
    for follow_up_id, day in db.session.execute(_confirmations(ids)):
        confirmed[follow_up_id].append(day)
    rows = db.session.execute(
        select(FollowUp.id, FollowUp.starts_on, FollowUp.state, FollowUp.settled_on, Territory.name)
        .join(Candidate, Candidate.id == FollowUp.candidate_id)
        .outerjoin(
            CommuneAssignment,
            (CommuneAssignment.commune_insee == Candidate.commune_insee) & CommuneAssignment.valid_until.is_(None),
        )
        .outerjoin(Territory, Territory.code == CommuneAssignment.territory_code)
        .where(FollowUp.id.in_(ids))
    )
    return [_followed(row, jobs[row.id], confirmed[row.id]) for row in rows]


def _jobs(ids: Select[Any]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            HeldJob.follow_up_id,
            func.coalesce(Organisation.name, HeldJob.employer_name).label("employer"),
            TradeFamily.name.label("family"),
            HeldJob.start_on,
            HeldJob.end_on,
            HeldJob.ended_on,
        )
        .outerjoin(Organisation, Organisation.id == HeldJob.organisation_id)
        .outerjoin(Trade, Trade.slug == HeldJob.trade_slug)
        .outerjoin(TradeFamily, TradeFamily.slug == Trade.family_slug)
        .where(HeldJob.follow_up_id.in_(ids))
        .order_by(HeldJob.follow_up_id, HeldJob.rank)
    )


def _confirmations(ids: Select[Any]) -> Any:
    """Days on which somebody said that the person works: a visit held, a tutor's answer, a month of hours."""
    held = select(Visit.follow_up_id, Visit.met_on).where(
        Visit.follow_up_id.in_(ids), Visit.state == VisitState.HELD, Visit.met_on.is_not(None)
    )
    tutors = select(Voice.follow_up_id, Voice.said_on).where(
        Voice.follow_up_id.in_(ids), Voice.side == VoiceSide.TUTOR, Voice.work_well_done.is_not(None)
    )
    sent = (ReportState.DECLARED, ReportState.VALIDATED, ReportState.LOCKED)
    hours = (
        select(FollowUp.id, HourLine.month)
        .join(ClauseEmployment, ClauseEmployment.hire_id == FollowUp.hire_id)
        .join(HourLine, HourLine.employment_id == ClauseEmployment.id)
        .where(FollowUp.id.in_(ids), HourLine.hours > 0, HourLine.state.in_(sent))
    )
    return union_all(held, tutors, hours)


def _followed(row: Any, jobs: Sequence[Any], confirmed: Sequence[date]) -> Followed:
    first = jobs[0] if jobs else None
    territory = row.name or UNSAID
    return Followed(
        row.id,
        row.starts_on,
        row.settled_on if row.state is FollowUpState.STOPPED else None,
        territory,
        [Spell(job.employer.casefold(), job.start_on, job.end_on, job.ended_on) for job in jobs],
        {
            "employeur": first.employer if first else UNSAID,
            "secteur": (first.family if first else None) or UNSAID,
            "territoire": territory,
            "mois": f"{row.starts_on:%Y-%m}",
        },
        confirmed,
    )


def figures_of(actor: Actor, asked: Asked) -> Figures:
    """Everything of the page: four statements."""
    rows = followed(actor, asked)
    there = [row for row in rows if reached(row.starts_on, asked.days, row.stopped_on, asked.today)]
    standings = {row.id: standing(row.starts_on, row.spells, row.confirmed, asked.days) for row in there}
    return Figures(
        kept=figures(standings.values()),
        groups={name: _grouped(there, standings, name) for name in GROUPS},
        causes=_causes(actor, asked),
        opened=len(rows),
        before=len(rows) - len(there),
        standings=standings,
    )


def _grouped(rows: Iterable[Followed], standings: Mapping[UUID, Standing], name: str) -> list[Group]:
    members: dict[str, list[Standing]] = defaultdict(list)
    for row in rows:
        members[row.groups[name]].append(standings[row.id])
    groups = [Group(key, figures(found)) for key, found in members.items()]
    if name == "mois":
        return sorted(groups, key=lambda group: group.name, reverse=True)
    return sorted(groups, key=lambda group: (-group.kept.reached, group.name))


def small_together(groups: Sequence[Group], smallest: int) -> tuple[Sequence[Group], int, Kept]:
    """Those of at least ``smallest`` people, how many are smaller, and the figures of all the small ones together."""
    small = [group.kept for group in groups if group.kept.reached < smallest]
    standings = (
        standing
        for kept in small
        for standing, count in (
            (Standing.SAME, kept.same),
            (Standing.NEW_JOB, kept.new_job),
            (Standing.BROKEN, kept.broken),
            (Standing.UNKNOWN, kept.unknown),
        )
        for _ in range(count)
    )
    return [group for group in groups if group.kept.reached >= smallest], len(small), figures(standings)


def _causes(actor: Actor, asked: Asked) -> list[tuple[BreakCause, int]]:
    ids = _asked(actor, asked).order_by(None).with_only_columns(FollowUp.id)
    active = select(FollowUp.id).where(FollowUp.state != FollowUpState.STOPPED)
    query = select(JobBreak.cause, func.count()).where(
        JobBreak.follow_up_id.in_(ids), JobBreak.follow_up_id.in_(active)
    )
    counts: Counter[BreakCause] = Counter(dict(db.session.execute(query.group_by(JobBreak.cause)).all()))
    return sorted(counts.items(), key=lambda one: (-one[1], one[0].value))


def people_behind(actor: Actor, ids: Iterable[UUID]) -> Sequence[FollowUp]:
    """The follow-ups behind a figure, for those who may read them: with person and jobs."""
    query = follow_ups_visible_to(actor).where(FollowUp.id.in_(list(ids)))
    around = (joinedload(FollowUp.candidate), selectinload(FollowUp.jobs).joinedload(HeldJob.organisation))
    return db.session.scalars(query.options(*around).order_by(FollowUp.starts_on.desc(), FollowUp.id)).unique().all()
