"""Writing an event: made once whatever is clicked twice, saved over nobody else's words, copied to another day."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from app.core import clock
from app.core.clock import PARIS, civil_day
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor
from app.core.transaction import transaction
from app.core.working_days import legal_holidays
from app.events.models import Event
from app.events.queries.choices import rooms_elsewhere
from app.events.queries.page import content_of
from app.events.queries.programmes import open_programmes
from app.events.queries.visible import the_event_to_run
from app.events.rules.content import (
    EDITABLE,
    FIELDS,
    PLACE,
    Content,
    EventRefusal,
    SlotContent,
    closing_refusals,
    content_refusals,
)
from app.events.rules.series import instant
from app.events.rules.states import EventState
from app.events.service.journal import log
from app.events.service.news import ahead, concerned, noted, tell_changed
from app.events.service.slots import new_slot, refuse_slot
from app.events.service.states import publish_locked
from app.events.service.telling import place_words


@dataclass(frozen=True, slots=True)
class Saved:
    """An event as it is now, and how many were told of what moved; ``missed`` have no phone and no address."""

    event: Event
    told: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Copied:
    """The copy, and the days that are holidays: they were left out."""

    event: Event
    skipped: tuple[date, ...]


@transaction
def create_event(
    content: Content, slots: Sequence[SlotContent], *, by: Actor, row_id: UUID, publish: bool = False
) -> Event:
    """A new event of the actor's organisation; the same ``row_id`` again finds the one already made.

    Raises Refused (nothing is kept then); NotFound for somebody without an organisation.
    """
    if by.organisation_id is None:
        raise NotFound
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(row_id), 0))))
    if db.session.get(Event, row_id) is not None:
        return the_event_to_run(by, row_id)
    _refuse(content, by, slots, new=True)
    event = Event(
        id=row_id, organisation_id=by.organisation_id, made_by=by.user_id, kind=content.kind, state=EventState.DRAFT
    )
    _write(event, content)
    db.session.add(event)
    db.session.flush()
    for slot in slots:
        new_slot(event, slot)
    log(event.id, "event", event.id, "create", by, to_state=event.state.value)
    db.session.flush()
    db.session.expire(event)
    made = the_event_to_run(by, row_id, lock=True)
    if publish:
        publish_locked(made, by)
    return made


@transaction
def save_event(event_id: UUID, content: Content, *, by: Actor, version: int, tell: bool = False) -> Saved:
    """Write over the version that the person saw. Another place is told to everybody registered, when ``tell`` says so.

    Raises NotFound, StaleVersion, Refused (TELL_FIRST: somebody is registered and nobody said that they are told;
    PLACE_IN_USE: people are there now).
    """
    event = the_event_to_run(by, event_id, lock=True)
    before = content_of(event)
    if event.version != version:
        raise StaleVersion(_theirs(event))
    if event.state not in EDITABLE:
        raise Refused(EventRefusal.NOT_EDITABLE)
    content = replace(content, kind=event.kind)
    _refuse(content, by, ())
    if event.slots and (late := closing_refusals(content.registration_closes_on, _last_day(event))):
        raise Refused(late, FIELDS)
    moved = event.state is EventState.PUBLISHED and any(getattr(before, n) != getattr(content, n) for n in PLACE)
    slots = ahead(event) if moved else []
    if noted([slot.id for slot in slots]):
        raise Refused(EventRefusal.PLACE_IN_USE, {EventRefusal.PLACE_IN_USE: _moved_field(before, content)})
    if slots and not tell and concerned([slot.id for slot in slots]):
        raise Refused(EventRefusal.TELL_FIRST)
    was = place_words(event)
    _write(event, content)
    changed = [part.name for part in fields(Content) if getattr(before, part.name) != getattr(content, part.name)]
    if not changed:
        return Saved(event)
    log(event.id, "event", event.id, "edit", by)
    db.session.flush()
    db.session.expire(event, ["commune", "host", "programme", "territory"])
    fresh = the_event_to_run(by, event_id)
    told, missed = tell_changed(fresh, slots, was) if slots else (0, 0)
    return Saved(fresh, told, missed)


@transaction
def copy_event(event_id: UUID, first_day: date, *, by: Actor, row_id: UUID) -> Copied:
    """A draft that says the same from another first day on; hours stay those of Paris, holidays are left out.

    Raises NotFound, Refused.
    """
    source = the_event_to_run(by, event_id)
    if not source.slots:
        return Copied(create_event(content_of(source), (), by=by, row_id=row_id), ())
    shift = first_day - civil_day(source.slots[0].starts_at)
    slots, skipped = _moved(source, shift)
    content = content_of(source)
    if content.registration_closes_on is not None:
        content = replace(content, registration_closes_on=content.registration_closes_on + shift)
    return Copied(create_event(content, slots, by=by, row_id=row_id), skipped)


def _moved_field(before: Content, after: Content) -> str:
    name = next(name for name in PLACE if getattr(before, name) != getattr(after, name))
    return "commune" if name == "commune_insee" else name


def _moved(source: Event, shift: timedelta) -> tuple[list[SlotContent], tuple[date, ...]]:
    slots, skipped = [], set()
    for slot in source.slots:
        begin, end = slot.starts_at.astimezone(PARIS), slot.ends_at.astimezone(PARIS)
        day = begin.date() + shift
        if day in legal_holidays(day.year):
            skipped.add(day)
            continue
        seats = {side.side: side.seats for side in slot.sides}
        starts_at, ends_at = instant(day, begin.time()), instant(end.date() + shift, end.time())
        slots.append(SlotContent(starts_at, ends_at, slot.room, seats))
    return slots, tuple(sorted(skipped))


def _refuse(content: Content, by: Actor, slots: Sequence[SlotContent], *, new: bool = False) -> None:
    """All the reasons at once. Raises Refused."""
    reasons = list(content_refusals(content, role=by.role, new=new))
    if slots:
        last = max(civil_day(slot.ends_at) for slot in slots)
        reasons += closing_refusals(content.registration_closes_on, last)
    elsewhere = rooms_elsewhere(by.organisation_id, content.place_name) if slots and by.organisation_id else []
    for rank, slot in enumerate(slots):
        times = [*elsewhere, *((one.starts_at, one.ends_at, one.room) for one in slots[:rank])]
        reasons += refuse_slot(slot, times, now=clock.now())
    if content.programme_id is not None and str(content.programme_id) not in _programmes(by):
        reasons.append(EventRefusal.NO_SUCH_PROGRAMME)
    if reasons:
        raise Refused(dict.fromkeys(reasons), FIELDS)


def _programmes(by: Actor) -> set[str]:
    return {value for value, _ in open_programmes(by, date.min)}


def _last_day(event: Event) -> date:
    return max(civil_day(slot.ends_at) for slot in event.slots)


def _write(event: Event, content: Content) -> None:
    for part in fields(Content):
        value = getattr(content, part.name)
        setattr(event, part.name, list(value) if isinstance(value, tuple) else value)


def _theirs(event: Event) -> dict[str, object]:
    """What the row says now, by the names of the form."""
    said = {part.name: getattr(event, part.name) for part in fields(Content)}
    said["commune"] = event.commune.name if event.commune else ""
    return {**said, "version": event.version}
