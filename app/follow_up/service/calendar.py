"""The calendar of a follow-up is written, computed again, called off; a visit is added or tried again."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from app.core.db import db
from app.core.french import date_words
from app.core.roles import SYSTEM, Actor
from app.follow_up.labels.kinds import VISITS
from app.follow_up.models import FollowUp, Visit
from app.follow_up.queries.visits import job_at
from app.follow_up.rules.calendar import ORDER, plan
from app.follow_up.rules.kinds import MeetingMode, VisitKind
from app.follow_up.rules.moving import GONE
from app.follow_up.rules.replanning import Step, is_skipped, replanned
from app.follow_up.rules.states import VisitState
from app.follow_up.service import endings, journal


def _steps_of(follow_up: FollowUp) -> dict[VisitKind, Visit]:
    """The visit that stands for each step: neither missed nor called off."""
    query = select(Visit).where(
        Visit.follow_up_id == follow_up.id, Visit.kind != VisitKind.EXTRA, Visit.state.not_in(GONE)
    )
    return {visit.kind: visit for visit in db.session.scalars(query)}


def _trial_end(follow_up: FollowUp, today: date) -> date | None:
    job = job_at(follow_up, today)
    return job.trial_ends_on if job else None


def plan_visits(follow_up: FollowUp, today: date, by: Actor = SYSTEM) -> Sequence[Visit]:
    """Write the five steps, once. Those due before the follow-up was opened are skipped.

    ``follow_up.jobs`` must be loaded: the end of the trial moves a step.
    """
    known = _steps_of(follow_up)
    if known:
        return [known[kind] for kind in ORDER if kind in known]
    visits = [
        Visit(
            id=uuid4(),
            follow_up_id=follow_up.id,
            kind=kind,
            due_on=on,
            planned_on=on,
            mode=MeetingMode.PHONE if kind is VisitKind.FIRST_CALL else MeetingMode.PLACE,
            state=VisitState.SKIPPED if is_skipped(on, follow_up.opened_on) else VisitState.PLANNED,
        )
        for kind, on in plan(follow_up.starts_on, _trial_end(follow_up, today)).items()
    ]
    db.session.add_all(visits)
    words = f"Calendrier prévu, clôture le {date_words(visits[-1].planned_on)}"
    journal.log(follow_up.id, "follow_up", follow_up.id, "plan", by, words=words)
    db.session.flush()
    return visits


def recompute(follow_up: FollowUp, today: date, by: Actor) -> Sequence[Visit]:
    """After another start or end of trial: move the steps that nobody agreed on or held. Answers those that moved.

    ``follow_up.starts_on`` and ``follow_up.jobs`` are the new ones already.
    """
    visits = _steps_of(follow_up)
    steps = {kind: _as_step(visit) for kind, visit in visits.items()}
    changed = replanned(
        follow_up.starts_on,
        _trial_end(follow_up, today),
        steps,
        opened_on=follow_up.opened_on,
        today=today,
    )
    for kind, step in changed.items():
        _replace(visits[kind], step, by)
    db.session.flush()
    return [visits[kind] for kind in changed]


def _as_step(visit: Visit) -> Step:
    skipped = visit.state is VisitState.SKIPPED
    free = skipped or (visit.state is VisitState.PLANNED and not visit.by_hand)
    return Step(visit.due_on, visit.planned_on, free, skipped)


def _replace(visit: Visit, step: Step, by: Actor) -> None:
    before = visit.state
    moved = (visit.planned_on, before is VisitState.SKIPPED) != (step.planned_on, step.skipped)
    visit.due_on, visit.planned_on = step.due_on, step.planned_on
    visit.state = VisitState.SKIPPED if step.skipped else VisitState.PLANNED
    if not moved:
        return
    visit.sequence += 1
    words = f"{VISITS[visit.kind]} : {date_words(step.planned_on)}, les dates de l’emploi ont changé"
    journal.log(
        visit.follow_up_id,
        "visit",
        visit.id,
        "recompute",
        by,
        from_state=before.value,
        to_state=visit.state.value,
        words=words,
    )


def cancel_left(follow_up: FollowUp, by: Actor) -> None:
    """Call off what is still planned, without a message to anybody."""
    endings.cancel_visits(follow_up, by)


def visit_again(visit: Visit, on: date, by: Actor, *, row_id: UUID | None = None) -> Visit:
    """One more visit of the same kind, after one that was missed or called off: that one stays as it was."""
    again = Visit(
        id=row_id or uuid4(),
        follow_up_id=visit.follow_up_id,
        kind=visit.kind,
        due_on=visit.due_on,
        planned_on=on,
        minutes=visit.minutes,
        mode=visit.mode,
        place=visit.place,
        with_tutor=visit.with_tutor,
        by_hand=True,
    )
    db.session.add(again)
    words = f"{VISITS[visit.kind]} : nouvel essai le {date_words(on)}"
    journal.log(visit.follow_up_id, "visit", again.id, "plan_again", by, words=words)
    db.session.flush()
    return again
