"""Events as tests need them: published, with one slot a week after the frozen day, and those who come."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.events.models import Booking, Event, Meeting, MeetingPlan, MeetingSetup, Programme, Slot, SlotSide
from app.events.rules.kinds import AUDIENCES, DATINGS, EventKind, Side, Who, sides_of
from app.events.rules.states import HOLDS_SEAT, BookingState, EventState
from app.messages.rules.short_codes import drawn_code
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind
from tests.factories.people import Somebody, an_organisation, somebody


@dataclass(frozen=True, slots=True)
class Staged:
    """An event with its first slot, the seats of each side, and somebody who runs it."""

    event: Event
    slot: Slot
    sides: dict[Side, SlotSide]
    organiser: Somebody


def an_event(
    kind: EventKind = EventKind.INFORMATION_SESSION,
    state: EventState = EventState.PUBLISHED,
    *,
    organiser: Somebody | None = None,
    starts_at: datetime | None = None,
    hours: float = 3,
    seats: int = 12,
    **values: Any,
) -> Staged:
    """In Massy, in a week at 9:00 UTC, with ``seats`` on each side; a dating has its setup (as many tables)."""
    runs = organiser or somebody(Role.FACILITATOR)
    assert runs.organisation is not None
    begins = starts_at or (clock.now() + timedelta(days=7)).replace(hour=9, minute=0, second=0, microsecond=0)
    defaults: dict[str, Any] = {
        "organisation_id": runs.organisation.id, "made_by": runs.user.id, "kind": kind, "state": state,
        "audience": AUDIENCES[kind][0], "title": "Rencontres de Massy", "place_name": "Espace Liberté",
        "address": "1 place de France", "commune_insee": "91377", "contact_name": "Alex Martin",
        "contact_phone": "+33199004455",
    }  # fmt: skip
    if state in (EventState.PUBLISHED, EventState.CLOSED):
        defaults["published_at"] = clock.now()
    if state is EventState.CANCELLED:
        defaults |= {"cancelled_at": clock.now(), "cancel_reason": "La salle est fermée"}
    event = Event(**{**defaults, **values})
    db.session.add(event)
    db.session.flush()
    slot, sides = a_slot(event, begins, hours=hours, seats=seats)
    if kind in DATINGS:
        db.session.add(MeetingSetup(slot_id=slot.id, tables=seats))
    db.session.flush()
    return Staged(event, slot, sides, runs)


def a_slot(
    event: Event, starts_at: datetime, *, hours: float = 3, seats: int = 12, room: str = ""
) -> tuple[Slot, dict[Side, SlotSide]]:
    """One more slot, with its sides."""
    slot = Slot(event_id=event.id, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), room=room)
    db.session.add(slot)
    db.session.flush()
    sides = {side: SlotSide(slot_id=slot.id, side=side, seats=seats) for side in sides_of(event.kind)}
    db.session.add_all(sides.values())
    db.session.flush()
    return slot, sides


def a_booking(
    staged: Staged,
    who: Somebody | Organisation | str = "Pierre Blanc",
    state: BookingState = BookingState.BOOKED,
    *,
    side: Side | None = None,
    slot: Slot | None = None,
    **values: Any,
) -> Booking:
    """A seat for a candidate, for the organisation of an employer, for another professional, or for a visitor."""
    at = slot or staged.slot
    on = side or sides_of(staged.event.kind)[-1]
    defaults: dict[str, Any] = {"slot_id": at.id, "side": on, "state": state, "code": drawn_code(secrets.choice)}
    defaults |= _who(who)
    if state is BookingState.WAITING:
        defaults["waits_since"] = clock.now()
    if state is BookingState.SEEN:
        defaults["checked_in_at"] = clock.now()
    booking = Booking(**{**defaults, **values})
    db.session.add(booking)
    if state in HOLDS_SEAT:
        place = db.session.query(SlotSide).filter_by(slot_id=at.id, side=on).one()
        place.taken += 1
    db.session.flush()
    return booking


def _who(who: Somebody | Organisation | str) -> dict[str, Any]:
    if isinstance(who, str):
        return {"who": Who.VISITOR, "name": who}
    if isinstance(who, Organisation):
        return {"who": Who.ORGANISATION, "organisation_id": who.id, "name": who.name}
    if who.candidate is not None:
        name = f"{who.candidate.first_name} {who.candidate.last_name}"
        return {"who": Who.PERSON, "candidate_id": who.candidate.id, "name": name}
    assert who.organisation is not None
    where = {"organisation_id": who.organisation.id, "user_id": who.user.id}
    if who.actor.role is Role.EMPLOYER:
        return {"who": Who.ORGANISATION, "name": who.organisation.name, "contact_name": who.user.full_name, **where}
    return {"who": Who.PROFESSIONAL, "name": who.user.full_name, **where}


def a_speed_dating(siae: int = 3, firms: int = 3, **values: Any) -> tuple[Staged, list[Booking], list[Booking]]:
    """A speed-dating with its registered SIAE and firms, each with a member who can sign in (``user_id``)."""
    staged = an_event(EventKind.SPEED_DATING, **values)
    seated = [_registered(staged, OrganisationKind.ACI, f"Chantier {n}", Side.SEATED) for n in range(1, siae + 1)]
    moving = [_registered(staged, OrganisationKind.FIRM, f"Entreprise {n}", Side.MOVING) for n in range(1, firms + 1)]
    return staged, seated, moving


def _registered(staged: Staged, kind: OrganisationKind, name: str, side: Side) -> Booking:
    member = somebody(Role.EMPLOYER, an_organisation(kind, name=name))
    return a_booking(staged, member, side=side)


def a_meeting(
    staged: Staged, seated: Booking, moving: Booking, *, at_round: int = 1, table: int = 1, **values: Any
) -> Meeting:
    """A meeting of a plan made by hand."""
    plan = db.session.query(MeetingPlan).filter_by(slot_id=staged.slot.id).first()
    if plan is None:
        plan = MeetingPlan(
            slot_id=staged.slot.id, number=1, rounds=12, meetings=1, wishes_met=0, wishes_possible=0,
            value=1, bound=1, gap_percent=0,
        )  # fmt: skip
        db.session.add(plan)
        db.session.flush()
    meeting = Meeting(
        slot_id=staged.slot.id, plan_id=plan.id, seated_id=seated.id, moving_id=moving.id, round=at_round,
        table_number=table, **values,
    )  # fmt: skip
    db.session.add(meeting)
    db.session.flush()
    return meeting


def a_programme(organiser: Somebody, **values: Any) -> Programme:
    """« Semaine de l’insertion », from the frozen Monday week on."""
    assert organiser.organisation is not None
    begins = clock.today() + timedelta(days=4)
    defaults: dict[str, Any] = {
        "slug": "semaine-de-l-insertion", "title": "Semaine de l’insertion", "starts_on": begins,
        "ends_on": begins + timedelta(days=4), "organisation_id": organiser.organisation.id, "is_published": True,
    }  # fmt: skip
    programme = Programme(**{**defaults, **values})
    db.session.add(programme)
    db.session.flush()
    return programme
