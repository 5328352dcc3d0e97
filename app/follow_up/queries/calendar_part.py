"""What the page of a follow-up says of the calendar: the five steps in a line, extra visits between; one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor
from app.follow_up.labels.calendar import hour_words, step_note
from app.follow_up.labels.kinds import VISITS
from app.follow_up.models import FollowUp, Visit, VisitMove
from app.follow_up.queries.visits import job_at, next_planned
from app.follow_up.rules.calendar import plan
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.moving import GONE, missing_steps
from app.follow_up.rules.states import VisitState


@dataclass(frozen=True, slots=True)
class Mark:
    """One step of the line. ``look``: done, now or nothing."""

    visit_id: UUID
    kind: VisitKind
    title: str
    on: date
    hour: str
    note: str
    look: str
    late: bool


def part(follow_up: FollowUp, actor: Actor, today: date) -> dict[str, Any]:
    """For ``_calendar.html``: the line, the visit to move next, the steps that may be tried again."""
    first_day = select(func.min(VisitMove.from_on)).where(VisitMove.visit_id == Visit.id).scalar_subquery()
    query = select(Visit, first_day).where(Visit.follow_up_id == follow_up.id)
    rows = db.session.execute(query.order_by(Visit.planned_on, Visit.due_on, Visit.id)).all()
    visits, moved_from = [visit for visit, _ in rows], {visit.id: day for visit, day in rows}
    coming = next_planned(visits)
    states: dict[VisitKind, frozenset[VisitState]] = {}
    for visit in visits:
        states[visit.kind] = states.get(visit.kind, frozenset()) | {visit.state}
    return {
        "steps": [_mark(visit, moved_from[visit.id], follow_up, visit is coming, today) for visit in _shown(visits)],
        "next": coming,
        "missing": missing_steps(states),
        "accompanies": actor.role in ACCOMPANIMENT,
    }


def _shown(visits: Sequence[Visit]) -> list[Visit]:
    """One visit a step, the one that stands or the last that was missed; extra visits unless called off."""
    last: dict[VisitKind, Visit] = {}
    for visit in visits:
        known = last.get(visit.kind)
        if visit.kind is not VisitKind.EXTRA and (known is None or known.state in GONE):
            last[visit.kind] = visit
    kept = set(map(id, last.values()))
    return [
        visit
        for visit in visits
        if id(visit) in kept or (visit.kind is VisitKind.EXTRA and visit.state is not VisitState.CANCELLED)
    ]


def _mark(visit: Visit, moved_from: date | None, follow_up: FollowUp, coming: bool, today: date) -> Mark:
    job = job_at(follow_up, today)
    trial = job.trial_ends_on if job else None
    usual = plan(follow_up.starts_on).get(visit.kind)
    advanced = trial if moved_from is None and usual is not None and visit.due_on < usual else None
    late = visit.state is VisitState.PLANNED and visit.planned_on < today
    return Mark(
        visit_id=visit.id,
        kind=visit.kind,
        title=VISITS[visit.kind],
        on=visit.met_on or visit.planned_on,
        hour=hour_words(visit.planned_at) if visit.planned_at else "",
        note=step_note(visit, moved_from=moved_from, advanced_for=advanced, today=today),
        look="now" if coming else "done" if visit.state is VisitState.HELD else "",
        late=late,
    )
