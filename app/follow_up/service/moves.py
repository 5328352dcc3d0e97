"""A visit is moved by agreement, given an hour, added or called off: whoever is concerned is told."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor
from app.core.transaction import transaction
from app.follow_up.labels.calendar import hour_words, meeting_words
from app.follow_up.labels.kinds import VISITS
from app.follow_up.models import FollowUp, Visit, VisitMove
from app.follow_up.queries.visible import the_one_to_act_on, the_visit
from app.follow_up.queries.visits import steps_around
from app.follow_up.rules.calendar import CalendarRefusal
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.moving import (
    GONE,
    AgreedWith,
    Meeting,
    MoveRefusal,
    adding_refusals,
    agreed_by_hand,
    moving_refusals,
)
from app.follow_up.rules.states import VISIT, FollowUpState, VisitAction, VisitState
from app.follow_up.service import journal
from app.follow_up.service.calendar import visit_again
from app.follow_up.service.visit_news import Told, tell

FIELDS: Final = {
    CalendarRefusal.NOT_A_WORKING_DAY: "on",
    CalendarRefusal.PAST: "on",
    CalendarRefusal.OUTSIDE_SIX_MONTHS: "on",
    CalendarRefusal.OUT_OF_ORDER: "on",
    CalendarRefusal.NO_REASON: "reason",
    MoveRefusal.TOO_FAR: "on",
    MoveRefusal.HOUR: "at",
    MoveRefusal.NO_AGREEMENT: "agreed_with",
    MoveRefusal.KIND_TAKEN: "kind",
}
"""Beside which field of the form each refusal stands."""


def meeting_of(visit: Visit) -> Meeting:
    """When and how, as the row has it."""
    return Meeting(visit.planned_on, visit.planned_at, visit.minutes, visit.mode, visit.place, visit.with_tutor)


def _write(visit: Visit, to: Meeting) -> None:
    visit.planned_on, visit.planned_at, visit.minutes = to.on, to.at, to.minutes
    visit.mode, visit.place, visit.with_tutor = to.mode, to.place, to.with_tutor


@transaction
def move_visit(
    visit_id: UUID, to: Meeting, *, reason: str, agreed_with: AgreedWith | None, by: Actor, version: int, today: date
) -> Told | None:
    """Another day, hour, means or place. None: nothing changed, or the same was sent twice.

    Raises NotFound, Refused (all reasons), StaleVersion.
    """
    visit = the_visit(by, visit_id, to_act=True)
    now = meeting_of(visit)
    if to == now and visit.state is VisitState.PLANNED:
        return None
    if visit.version != version:
        raise StaleVersion(theirs_of(visit))
    if visit.state is not VisitState.PLANNED:
        raise Refused(MoveRefusal.NOT_PLANNED)
    steps = steps_around(visit)
    agreed = agreed_with is not None
    if reasons := moving_refusals(visit.kind, now, to, steps, reason=reason, agreed=agreed, today=today):
        raise Refused(reasons, FIELDS)
    if to.on != now.on:
        _note(visit, to.on, reason, by, agreed_with)
    visit.by_hand = visit.by_hand or agreed_by_hand(now, to)
    _write(visit, to)
    visit.sequence += 1
    _log(visit, "move", by, _move_words(visit, now, to))
    db.session.flush()
    return tell(visit, by, today)


def _note(visit: Visit, to_on: date, reason: str, by: Actor, agreed_with: AgreedWith | None = None) -> None:
    """Why, for those who accompany: the journal, which more people read, has the days only."""
    db.session.add(
        VisitMove(
            visit_id=visit.id,
            from_on=visit.planned_on,
            to_on=to_on,
            reason=reason.strip(),
            agreed_with=agreed_with.value if agreed_with else "",
            by_user_id=by.user_id,
            by_name=by.name,
        )
    )


def _move_words(visit: Visit, now: Meeting, to: Meeting) -> str:
    kind = VISITS[visit.kind]
    if to.on != now.on:
        return f"{kind} : déplacée du {meeting_words(now.on, now.at)} au {meeting_words(to.on, to.at)}"
    if to.at != now.at:
        return f"{kind} : à {hour_words(to.at)}" if to.at else f"{kind} : sans heure fixée"
    return f"{kind} : lieu ou moyen changé"


def _log(visit: Visit, action: str, by: Actor, words: str) -> None:
    journal.log(visit.follow_up_id, "visit", visit.id, action, by, words=words)


def theirs_of(visit: Visit) -> dict[str, Any]:
    """The fields of the form as the row has them, for the page of two editors."""
    return {
        "version": visit.version,
        "on": visit.planned_on,
        "at": hour_words(visit.planned_at) if visit.planned_at else "",
        "minutes": str(visit.minutes),
        "mode": visit.mode,
        "place": visit.place,
        "with_tutor": visit.with_tutor,
    }


@transaction
def call_off(visit_id: UUID, *, reason: str, by: Actor, version: int, today: date) -> Told | None:
    """The visit will not be held. None: it was called off already.

    Raises NotFound, Refused, StaleVersion.
    """
    visit = the_visit(by, visit_id, to_act=True)
    if visit.state is VisitState.CANCELLED:
        return None
    if visit.version != version:
        raise StaleVersion({"version": visit.version})
    if not reason.strip():
        raise Refused(CalendarRefusal.NO_REASON, FIELDS)
    _note(visit, visit.planned_on, reason, by)
    words = f"{VISITS[visit.kind]} du {meeting_words(visit.planned_on, visit.planned_at)} : annulée"
    journal.move(visit, VISIT, VisitAction.CANCEL, by, follow_up_id=visit.follow_up_id, subject="visit", words=words)
    visit.sequence += 1
    db.session.flush()
    return tell(visit, by, today, called_off=True)


@transaction
def add_visit(
    follow_up_id: UUID, kind: VisitKind, meeting: Meeting, *, by: Actor, row_id: UUID, today: date
) -> tuple[Visit, Told | None]:
    """An extra visit, or one more try of a step that was missed or called off. Sent twice, it is one.

    Raises NotFound, Refused (all reasons).
    """
    follow_up = the_one_to_act_on(by, follow_up_id)
    if (made := db.session.get(Visit, row_id)) is not None:
        if made.follow_up_id != follow_up.id:
            raise NotFound
        return made, None
    if follow_up.state not in (FollowUpState.ACTIVE, FollowUpState.BROKEN):
        raise Refused(MoveRefusal.OVER)
    last = _last_try(follow_up, kind)
    visit = Visit(id=row_id, follow_up_id=follow_up.id, kind=kind, due_on=meeting.on, by_hand=True)
    visit.follow_up = follow_up
    reasons = adding_refusals(kind, meeting, steps_around(visit), today)
    if kind is not VisitKind.EXTRA and (last is None or last.state not in GONE):
        reasons = (*reasons, MoveRefusal.KIND_TAKEN)
    if reasons:
        raise Refused(reasons, FIELDS)
    if last is not None:
        visit = visit_again(last, meeting.on, by, row_id=row_id)
        visit.follow_up = follow_up
    _write(visit, meeting)
    if last is None:
        db.session.add(visit)
        _log(visit, "add", by, f"{VISITS[kind]} : {meeting_words(meeting.on, meeting.at)}")
    db.session.flush()
    return visit, tell(visit, by, today)


def _last_try(follow_up: FollowUp, kind: VisitKind) -> Visit | None:
    """The visit that stands for a step, or the last of those that were missed."""
    if kind is VisitKind.EXTRA:
        return None
    query = select(Visit).where(Visit.follow_up_id == follow_up.id, Visit.kind == kind)
    return db.session.scalar(query.order_by(Visit.state.in_(GONE), Visit.planned_on.desc(), Visit.id).limit(1))
