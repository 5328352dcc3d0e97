"""How many hours of stage did each person do, week by week? For the person and their referent, nobody else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import joinedload

from app.candidates.models import Candidate
from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.placements.models import Placement, PresenceHalf
from app.placements.queries.presence import expected_of
from app.placements.queries.visible import acted_on_by
from app.placements.rules.presence import SaidHalf
from app.placements.rules.states import ATTENDED, PlacementState
from app.placements.rules.weeks import week_hours

READERS: Final = ACCOMPANIMENT | {Role.CANDIDATE}
MOST: Final = 5_000
"""Stages of one export."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Days from ``since`` to ``until``, both included; a word of the person's name."""

    since: date
    until: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class HourLine:
    """The hours done by one person in one stage in one week."""

    placement_id: UUID
    person: str
    host: str
    title: str
    monday: date
    hours: Decimal


def _stages(actor: Actor, asked: Asked) -> Select[Placement]:
    """Those begun, of the person themself or of whom the actor is the referent; never of the host."""
    allowed = and_(acted_on_by(actor), _referent_of(actor)) if actor.role in READERS else false()
    last = func.coalesce(Placement.stopped_on, Placement.ends_on)
    begun = Placement.state.in_(sorted(ATTENDED | {PlacementState.CLOSED}))
    query = (
        select(Placement)
        .join(Candidate, Candidate.id == Placement.candidate_id)
        .where(allowed, begun, and_(Placement.starts_on <= asked.until, last >= asked.since))
        .options(joinedload(Placement.candidate))
    )
    if asked.name:
        wanted = asked.name.replace("\\", " ").replace("%", " ").replace("_", " ")
        name = func.concat_ws(" ", Candidate.first_name, Candidate.last_name)
        query = query.where(func.unaccent(name).ilike(func.unaccent(f"%{wanted}%")))
    return query.order_by(Candidate.last_name, Candidate.first_name, Placement.starts_on, Placement.id).limit(MOST)


def _referent_of(actor: Actor) -> ColumnElement[bool]:
    """The person's referent, who prescribed the stage or who follows it: that one, and no colleague; the place that
    prescribed it when nobody is named."""
    if actor.role is Role.CANDIDATE or actor.user_id is None:
        return true() if actor.role is Role.CANDIDATE else false()
    names = (Candidate.referent_id, Placement.prescriber_id, Placement.referent_id)
    nobody = and_(*(name.is_(None) for name in names), Placement.prescriber_organisation_id == actor.organisation_id)
    return or_(*(name == actor.user_id for name in names), nobody)


def hours_done(actor: Actor, asked: Asked) -> list[HourLine]:
    """By person, stage and week, weeks without an hour left out. Two statements."""
    stages = db.session.scalars(_stages(actor, asked)).unique().all()
    said = _said([stage.id for stage in stages], asked)
    return [line for stage in stages for line in _weeks(stage, said[stage.id])]


def _said(ids: Sequence[UUID], asked: Asked) -> dict[UUID, list[SaidHalf]]:
    found: dict[UUID, list[SaidHalf]] = defaultdict(list)
    columns = (PresenceHalf.placement_id, PresenceHalf.day, PresenceHalf.half, PresenceHalf.status, PresenceHalf.hours)
    query = select(*columns).where(
        PresenceHalf.placement_id.in_(ids), PresenceHalf.day.between(asked.since, asked.until)
    )
    rows: Iterable[Any] = db.session.execute(query) if ids else ()
    for row in rows:
        found[row.placement_id].append(SaidHalf(row.day, row.half, row.status, row.hours))
    return found


def _weeks(stage: Placement, said: Sequence[SaidHalf]) -> list[HourLine]:
    weeks = week_hours(expected_of(stage), said)
    return [
        HourLine(stage.id, stage.candidate.full_name, stage.host_name, stage.title, week.monday, week.done)
        for week in weeks.values()
        if week.done
    ]


def total(lines: Iterable[HourLine]) -> Decimal:
    """All of them."""
    return sum((line.hours for line in lines), Decimal(0))
