"""Publishing an event, declaring it over, opening it again, calling it off: who is registered is told."""

from uuid import UUID

from app.core import clock
from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.roles import Actor
from app.core.transaction import transaction
from app.events.models import Event
from app.events.queries.page import missing_of
from app.events.queries.visible import the_event_to_run
from app.events.rules.content import FIELDS, EventRefusal
from app.events.rules.states import EVENT, EventAction, EventState
from app.events.service.journal import move
from app.events.service.news import ahead, tell_cancelled


@transaction
def publish(event_id: UUID, *, by: Actor, version: int) -> Event:
    """Let those it is for read it and register. Raises NotFound, StaleVersion, Refused with all that is missing."""
    event, done = _locked(event_id, by, version, EventState.PUBLISHED)
    if not done:
        publish_locked(event, by)
    return event


def publish_locked(event: Event, by: Actor) -> None:
    """The same, of an event that the act holds already."""
    EVENT.target(EventAction.PUBLISH, event.state, by.role)
    if reasons := missing_of(event, clock.now()):
        raise Refused(reasons, FIELDS)
    event.published_at = clock.now()
    move(event, EVENT, EventAction.PUBLISH, by, event_id=event.id, subject="event")
    db.session.flush()


@transaction
def close(event_id: UUID, *, by: Actor, version: int) -> Event:
    """Say that it is over. Raises NotFound, StaleVersion, Refused: a slot is still to come."""
    event, done = _locked(event_id, by, version, EventState.CLOSED)
    if done:
        return event
    EVENT.target(EventAction.CLOSE, event.state, by.role)
    if ahead(event):
        raise Refused(EventRefusal.NOT_OVER)
    move(event, EVENT, EventAction.CLOSE, by, event_id=event.id, subject="event")
    return event


@transaction
def reopen(event_id: UUID, *, by: Actor, version: int) -> Event:
    """Correct what was written too soon. Raises NotFound, StaleVersion, Refused."""
    event, done = _locked(event_id, by, version, EventState.PUBLISHED)
    if not done:
        move(event, EVENT, EventAction.REOPEN, by, event_id=event.id, subject="event")
    return event


@transaction
def cancel(event_id: UUID, reason: str, *, by: Actor, version: int) -> tuple[Event, int, int]:
    """Call it off: everybody registered is told once, with the reason. (The event, told, to be phoned.)

    Seats stay as they are: the event stays readable with who was to come. Raises NotFound, StaleVersion, Refused.
    """
    event, done = _locked(event_id, by, version, EventState.CANCELLED)
    if done:
        return event, 0, 0
    EVENT.target(EventAction.CANCEL, event.state, by.role)
    if not reason.strip():
        raise Refused(EventRefusal.NO_REASON, FIELDS)
    was_published = event.state is EventState.PUBLISHED
    event.cancelled_at, event.cancel_reason = clock.now(), reason.strip()
    move(event, EVENT, EventAction.CANCEL, by, event_id=event.id, subject="event", words=reason.strip())
    db.session.flush()
    told, missed = tell_cancelled(event) if was_published else (0, 0)
    return event, told, missed


def _locked(event_id: UUID, by: Actor, version: int, target: EventState) -> tuple[Event, bool]:
    """The event, and whether it is already so: a button pressed twice is one act."""
    event = the_event_to_run(by, event_id, lock=True)
    if event.state is target:
        return event, True
    if event.version != version:
        raise StaleVersion({"version": event.version})
    return event, False
