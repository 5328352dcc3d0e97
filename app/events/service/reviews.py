"""At three and six months the portal counts what came of an event; its organiser adds what it does not know."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.events.models import Event, EventReview
from app.events.queries import reviews as queries
from app.events.queries.visible import the_event_to_run
from app.events.rules.kinds import ReviewMonth
from app.events.rules.reviews import ReviewRefusal, counted, review_day
from app.events.service.journal import log


def count_reviews(today: date) -> int:
    """Every review whose day has come; how many were made. A second run makes none."""
    return sum(_count(event_id, month, last_day, today) for event_id, month, last_day in queries.to_count(today))


@transaction
def _count(event_id: UUID, month: ReviewMonth, last_day: date, today: date) -> bool:
    """One review, of what was known until its day: a job that comes late counts no more."""
    held = db.session.scalar(select(Event.id).where(Event.id == event_id).with_for_update())
    if held is None or queries.the_review(event_id, month) is not None:
        return False
    found = queries.traces_of(event_id, review_day(last_day, month))
    result = counted(one.trace for one in found)
    review = EventReview(
        event_id=event_id,
        month=month,
        counted_on=today,
        hires=result.hires,
        placements=result.placements,
        partnerships=result.partnerships,
    )
    db.session.add(review)
    db.session.flush()
    log(event_id, "review", review.id, "count", SYSTEM)
    return True


@transaction
def say(
    event_id: UUID,
    month: ReviewMonth,
    *,
    hires: int,
    placements: int,
    partnerships: int,
    words: str,
    by: Actor,
) -> EventReview:
    """What is known besides: learned by telephone, from who has no account. Raises NotFound, Refused."""
    event = the_event_to_run(by, event_id)
    review = queries.the_review(event.id, month)
    if review is None:
        raise Refused(ReviewRefusal.NOT_YET)
    review.other_hires, review.other_placements, review.other_partnerships = hires, placements, partnerships
    review.words, review.said_at, review.said_by = words, clock.now(), by.user_id
    log(event.id, "review", review.id, "say", by)
    return review
