"""What came of events, how does the portal know, and which results are to be counted or completed?

One statement finds every trace of a hire, a stage or a partnership; the rules then count each once.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, String, Uuid, cast, func, literal, null, or_, select, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from app.applications.models import Application, Hire
from app.candidates.models import Candidate
from app.candidates.queries import candidates_visible_to
from app.core import clock
from app.core.db import db
from app.core.roles import Actor
from app.events.models import Booking, Event, EventReview, Meeting, PartnershipTask, Slot
from app.events.rules.kinds import ReviewMonth, TaskResult
from app.events.rules.reviews import Came, Source, Trace, months_due
from app.events.rules.states import BookingState, EventState, TaskState
from app.follow_up.models import FollowUp
from app.follow_up.rules.kinds import FollowUpOrigin
from app.follow_up.rules.states import FollowUpState
from app.placements.models import Placement
from app.placements.rules.states import VALIDATED_ONES

OVER = (EventState.PUBLISHED, EventState.CLOSED)
_RESULTS = {
    TaskResult.HIRE: Came.HIRE,
    TaskResult.PLACEMENT: Came.PLACEMENT,
    TaskResult.PARTNERSHIP: Came.PARTNERSHIP,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A trace, of which event and slot it comes, and since when the portal knows."""

    event_id: UUID
    slot_id: UUID | None
    trace: Trace
    on: date


def day_of(instant: Any) -> Any:
    """The civil day of an instant in Paris, in SQL."""
    return cast(func.timezone(str(clock.PARIS), instant), Date)


def _line(
    what: Came, source: Source, *, event: Any, slot: Any, person: Any, meeting: Any, count: Any, on: Any
) -> Select[Any]:
    return select(
        event.label("event_id"),
        slot.label("slot_id"),
        literal(what.value, String).label("what"),
        literal(source.value, String).label("source"),
        person.label("person"),
        meeting.label("meeting"),
        count.label("times"),
        on.label("on"),
    )


_ONE = literal(1)
_NOBODY = cast(null(), Uuid)


def _hired() -> Select[Any]:
    """Applications that came of a meeting, and ended in a hire."""
    return (
        _line(
            Came.HIRE, Source.APPLICATION, event=Slot.event_id, slot=Slot.id, person=Application.candidate_id,
            meeting=Meeting.id, count=_ONE, on=day_of(Hire.created_at),
        )
        .select_from(Meeting)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Application, Application.id == Meeting.application_id)
        .join(Hire, Hire.application_id == Application.id)
    )  # fmt: skip


def _followed() -> Select[Any]:
    """Follow-ups of a job found at an event: of the last one where the person was seen."""
    last = (
        select(FollowUp.id, FollowUp.candidate_id, FollowUp.opened_on, Slot.event_id, Slot.id.label("slot_id"))
        .ext(distinct_on(FollowUp.id))
        .join(Booking, Booking.candidate_id == FollowUp.candidate_id)
        .join(Slot, Slot.id == Booking.slot_id)
        .where(
            FollowUp.origin == FollowUpOrigin.EVENT,
            FollowUp.state != FollowUpState.STOPPED,
            Booking.state == BookingState.SEEN,
            day_of(Slot.starts_at) <= FollowUp.opened_on,
        )
        .order_by(FollowUp.id, Slot.starts_at.desc(), Slot.id)
        .subquery()
    )
    return _line(
        Came.HIRE, Source.FOLLOW_UP, event=last.c.event_id, slot=last.c.slot_id, person=last.c.candidate_id,
        meeting=_NOBODY, count=_ONE, on=last.c.opened_on,
    )  # fmt: skip


def _placed() -> Select[Any]:
    """Stages that the State's service validated, asked for at a meeting or through an application that came of it."""
    of_meeting = or_(
        Meeting.placement_id == Placement.id,
        Meeting.id == Placement.event_meeting_id,
        Meeting.application_id == Placement.application_id,
    )
    return (
        _line(
            Came.PLACEMENT, Source.PLACEMENT, event=Slot.event_id, slot=Slot.id, person=Placement.candidate_id,
            meeting=Meeting.id, count=_ONE, on=Placement.validated_on,
        )
        .select_from(Placement)
        .join(Meeting, of_meeting)
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(Placement.state.in_(VALIDATED_ONES))
    )  # fmt: skip


def _done(result: TaskResult) -> Select[Any]:
    """Tasks that ended with this."""
    moving = aliased(Booking)
    return (
        _line(
            _RESULTS[result], Source.TASK, event=PartnershipTask.event_id, slot=Meeting.slot_id,
            person=moving.candidate_id, meeting=PartnershipTask.meeting_id, count=PartnershipTask.count,
            on=PartnershipTask.done_on,
        )
        .select_from(PartnershipTask)
        .outerjoin(Meeting, Meeting.id == PartnershipTask.meeting_id)
        .outerjoin(moving, moving.id == Meeting.moving_id)
        .where(PartnershipTask.state == TaskState.DONE, PartnershipTask.result == result)
    )  # fmt: skip


def found_in(events: Select[Any], *, until: date | None = None) -> list[Found]:
    """All traces of these events, up to the end of a day: one statement."""
    every = union_all(_hired(), _followed(), _placed(), *(_done(result) for result in _RESULTS)).subquery()
    query = select(every).where(every.c.event_id.in_(events))
    if until is not None:
        query = query.where(every.c.on <= until)
    return [
        Found(
            row.event_id,
            row.slot_id,
            Trace(Came(row.what), Source(row.source), row.person, row.meeting, row.times),
            row.on,
        )
        for row in db.session.execute(query.order_by(every.c.on, every.c.source, every.c.meeting))
    ]


def traces_of(event_id: UUID, until: date) -> list[Found]:
    """Those of one event."""
    return found_in(select(Event.id).where(Event.id == event_id), until=until)


def names_of(actor: Actor, people: Collection[UUID]) -> Mapping[UUID, str]:
    """The people behind a figure whose file the reader may open."""
    if not people:
        return {}
    query = candidates_visible_to(actor).where(Candidate.id.in_(people)).order_by(None)
    return {row.id: row.full_name for row in db.session.scalars(query)}


# --- which are due ----------------------------------------------------------------------------------------


def last_days() -> Select[Any]:
    """Events that took place, with the last day of each."""
    return (
        select(Slot.event_id, func.max(day_of(Slot.ends_at)).label("last_day"))
        .join(Event, Event.id == Slot.event_id)
        .where(Event.state.in_(OVER))
        .group_by(Slot.event_id)
    )


def last_day_of(event_id: UUID) -> date | None:
    """Of one event; None: it has no slot."""
    return db.session.scalar(select(func.max(day_of(Slot.ends_at))).where(Slot.event_id == event_id))


def to_count(today: date) -> list[tuple[UUID, ReviewMonth, date]]:
    """The reviews whose day has come and that nobody counted: event, month, last day of the event."""
    counted: dict[UUID, set[ReviewMonth]] = defaultdict(set)
    for event_id, month in db.session.execute(select(EventReview.event_id, EventReview.month)):
        counted[event_id].add(month)
    rows = db.session.execute(last_days().order_by(Slot.event_id))
    return [
        (row.event_id, month, row.last_day)
        for row in rows
        for month in months_due(row.last_day, today)
        if month not in counted[row.event_id]
    ]


def reviews_of(event_id: UUID) -> Mapping[ReviewMonth, EventReview]:
    """Those that were counted."""
    query = select(EventReview).where(EventReview.event_id == event_id)
    return {row.month: row for row in db.session.scalars(query)}


def the_review(event_id: UUID, month: ReviewMonth) -> EventReview | None:
    """One of them, locked until the act ends."""
    query = select(EventReview).where(EventReview.event_id == event_id, EventReview.month == month)
    return db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one_or_none()


def to_complete(actor: Actor) -> Select[Any]:
    """The reviews that the portal counted and that the organisation of the event has not completed."""
    query = select(EventReview).join(EventReview.event)
    return query.where(Event.organisation_id == actor.organisation_id, EventReview.said_at.is_(None))
