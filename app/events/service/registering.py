"""How is somebody registered, whoever asks at the same instant? A seat, else a place on the waiting list."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import select

from app.accounts.models import User
from app.candidates.queries import the_candidate
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.fields import siret_problem
from app.core.roles import Actor
from app.core.transaction import transaction
from app.events.models import Booking, Event, Slot, SlotSide
from app.events.queries import people
from app.events.queries.returning import is_theirs, return_barred
from app.events.queries.visible import may_run
from app.events.rules.kinds import DATINGS, Side, Who
from app.events.rules.registering import (
    RegisterRefusal,
    Sits,
    contact_refusals,
    may_register_on,
    overlaps,
    side_for,
    side_refusals,
)
from app.events.rules.seats import Registration, SeatRefusal, registration_refusals
from app.events.rules.states import HOLDS_SEAT, BookingAction, BookingState
from app.events.service.holding import (
    WITHOUT_ACCOUNT,
    hold_bookings,
    hold_person,
    hold_slot,
    hold_user,
)
from app.events.service.journal import log
from app.events.service.seats import change, lock_side, promote_waiting, take
from app.events.service.telling import tell, tell_promoted
from app.messages.rules.short_codes import drawn_code
from app.organisations.queries import the_organisation, trades_of
from app.organisations.rules import OrganisationKind


@dataclass(frozen=True, slots=True)
class Details:
    """What a form says besides who comes. ``side`` None: the one that suits them."""

    side: Side | None = None
    trade_slugs: tuple[str, ...] = ()
    posts: int | None = None
    words: str = ""
    needs: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""

    def spoken_by(self, user: User | None) -> "Details":
        """Whom to call: as said, else who speaks for the organisation."""
        if user is None or self.contact_phone or self.contact_email:
            return self
        name = self.contact_name or user.full_name
        return replace(self, contact_name=name, contact_phone=user.phone or "", contact_email=user.email or "")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wants a seat."""

    who: Who
    name: str
    details: Details
    organisation_kind: OrganisationKind | None = None
    candidate_id: UUID | None = None
    organisation_id: UUID | None = None
    user_id: UUID | None = None
    siret: str | None = None
    row_id: UUID | None = None

    @property
    def sits(self) -> Sits:
        """As the rules of the sides read it."""
        return Sits(self.who, self.organisation_kind)


@dataclass(frozen=True, slots=True)
class Given:
    """What came of it: ``rank`` on the waiting list, 0 with a seat; ``busy``: the organisation is elsewhere then."""

    booking: Booking
    rank: int = 0
    busy: bool = False
    known: bool = False
    """The booking was made before: nothing changed."""


@transaction
def register_person(
    slot_id: UUID, candidate_id: UUID, details: Details = Details(), *, by: Actor, row_id: UUID | None = None
) -> Given:
    """A candidate registers themselves, or somebody who reads their file does. Raises NotFound, Refused."""
    candidate = the_candidate(by, candidate_id)
    hold_person(candidate_id)
    return register_held_person(slot_id, candidate_id, candidate.full_name, details, by=by, row_id=row_id)


def register_held_person(
    slot_id: UUID, candidate_id: UUID, name: str, details: Details, *, by: Actor, row_id: UUID | None = None
) -> Given:
    """The same, of a person whom the act holds already."""
    asked = Asked(Who.PERSON, name, details, candidate_id=candidate_id, row_id=row_id)
    return _register(hold_slot(slot_id, by), asked, by)


@transaction
def register_organisation(
    slot_id: UUID, organisation_id: UUID, details: Details = Details(), *, by: Actor, row_id: UUID | None = None
) -> Given:
    """A member registers the organisation they act in; who runs the event, any that they read. Raises NotFound."""
    organisation = the_organisation(by, organisation_id)
    slot = hold_slot(slot_id, by)
    own = organisation_id == by.organisation_id
    if not own and not may_run(by, slot.event):
        raise NotFound
    speaker = people.speaker_of(organisation_id, by.user_id if own else None)
    asked = Asked(
        Who.ORGANISATION,
        organisation.name,
        details.spoken_by(speaker),
        organisation_kind=organisation.kind,
        organisation_id=organisation_id,
        user_id=speaker.id if speaker else None,
        row_id=row_id,
    )
    return _register(slot, asked, by)


@transaction
def register_professional(
    slot_id: UUID, details: Details = Details(), *, by: Actor, row_id: UUID | None = None
) -> Given:
    """A professional registers for themselves. Raises NotFound, Refused."""
    if by.user_id is None or by.candidate_id is not None:
        raise Refused(SeatRefusal.NOT_FOR_YOU)
    hold_user(by.user_id)
    asked = Asked(
        Who.PROFESSIONAL,
        by.name,
        details,
        organisation_id=by.organisation_id,
        user_id=by.user_id,
        row_id=row_id,
    )
    return _register(hold_slot(slot_id, by), asked, by)


@transaction
def register_firm(
    slot_id: UUID,
    name: str,
    siret: str | None,
    details: Details,
    *,
    by: Actor | None = None,
    row_id: UUID | None = None,
) -> Given:
    """An organisation that is not on the portal: on a public page (``by`` None), or by who runs the event.

    Raises NotFound, Refused: the SIRET is checked, the contact is needed.
    """
    refusals = list(contact_refusals(name, details.contact_phone, details.contact_email))
    if siret and siret_problem(siret):
        refusals.append(RegisterRefusal.SIRET_WRONG)
    _refuse(refusals)
    asked = Asked(
        Who.ORGANISATION,
        name.strip(),
        details,
        organisation_kind=OrganisationKind.FIRM,
        siret=siret or None,
        row_id=row_id,
    )
    return _register_unknown(slot_id, asked, by)


@transaction
def register_visitor(
    slot_id: UUID, name: str, details: Details, *, by: Actor | None = None, row_id: UUID | None = None
) -> Given:
    """Somebody without an account. Their phone leads to no file, even if it is in one. Raises NotFound, Refused."""
    _refuse(contact_refusals(name, details.contact_phone, details.contact_email))
    return _register_unknown(slot_id, Asked(Who.VISITOR, name.strip(), details, row_id=row_id), by)


def _refuse(reasons: Iterable[RegisterRefusal]) -> None:
    of = RegisterRefusal
    if found := tuple(reasons):
        raise Refused(found, {of.SIRET_WRONG: "siret", of.NO_NAME: "name", of.NO_CONTACT: "phone"})


def _register_unknown(slot_id: UUID, asked: Asked, by: Actor | None) -> Given:
    slot = hold_slot(slot_id, by)
    if by is not None and not may_run(by, slot.event):
        raise NotFound
    return _register(slot, asked, by)


# --- the seat ---------------------------------------------------------------------------------------------


def _register(slot: Slot, asked: Asked, by: Actor | None) -> Given:
    """The event is held, and the person if it is one. From here on whoever wants the same side waits."""
    event, staff = slot.event, by is not None and may_run(by, slot.event)
    reasons = registration_refusals(
        Registration(event.state, slot.starts_at, slot.ends_at, event.registration_closes_on),
        now=clock.now(),
        today=clock.today(),
        staff=staff,
    )
    if reasons:
        raise Refused(reasons)
    side_name = _side_of(event, asked)
    _refuse_uninvited(event, asked, by, staff)
    side = lock_side(slot.id, side_name)
    known = _known(slot, asked)
    if known is not None and known.state is not BookingState.INVITED and _is_live(known):
        rank = people.rank_of(known)
        if not _has_identity(asked) and known.id != asked.row_id:
            _remind_of_code(known, slot, rank)
        return Given(known, rank, known=True)
    themselves = not staff and known is not None and (by is None or is_theirs(by, known))
    if known is not None and themselves and (barred := return_barred(known, event.kind)):
        raise Refused(barred)
    busy = _busy(slot, asked)
    actor = by or WITHOUT_ACCOUNT
    tell_promoted(promote_waiting(side, event_id=event.id), slot)
    booking = _again(known, side, actor, event.id) if known else _made(slot, side, asked, actor)
    db.session.flush()
    rank = people.rank_of(booking)
    tell("event_waiting" if rank else "event_booked", [booking], slot, rank=rank)
    return Given(booking, rank, busy)


def _remind_of_code(booking: Booking, slot: Slot, rank: int) -> None:
    """A public page shows no code: it is sent again to the same phone or e-mail, once a day."""
    tell("event_waiting" if rank else "event_booked", [booking], slot, key=f"{clock.today()}", rank=rank)


def _is_live(booking: Booking) -> bool:
    return booking.state in HOLDS_SEAT or booking.state is BookingState.WAITING


def _side_of(event: Event, asked: Asked) -> Side:
    wanted = asked.details.side
    if wanted is not None:
        if reasons := side_refusals(event.kind, event.audience, wanted, asked.sits):
            raise Refused(reasons, dict.fromkeys(reasons, "side"))
        return wanted
    found = side_for(event.kind, event.audience, asked.sits)
    if found is None:
        raise Refused(SeatRefusal.NOT_FOR_YOU)
    return found


def _refuse_uninvited(event: Event, asked: Asked, by: Actor | None, staff: bool) -> None:
    if event.is_public or staff:
        return
    invited = people.is_invited(
        event.id,
        candidate_id=asked.candidate_id,
        organisation_id=asked.organisation_id if asked.who is Who.ORGANISATION else None,
        user_id=asked.user_id if asked.who is Who.PROFESSIONAL else None,
    )
    role = by.role if by and asked.who is Who.PERSON else None
    if not may_register_on(role, is_public=event.is_public, staff=staff, invited=invited):
        raise Refused(RegisterRefusal.INVITED_ONLY)


def _known(slot: Slot, asked: Asked) -> Booking | None:
    """The row already made for them on this slot, locked; by the same form sent twice too."""
    made = db.session.get(Booking, asked.row_id) if asked.row_id else None
    if made is not None and (made.slot_id, made.who, made.name) != (slot.id, asked.who, asked.name):
        raise Refused(SeatRefusal.ALREADY_BOOKED)
    said = asked.details
    if made is None and _has_identity(asked):
        made = people.twin(
            slot.id,
            asked.who,
            candidate_id=asked.candidate_id,
            organisation_id=asked.organisation_id,
            user_id=asked.user_id,
        )
    elif made is None:
        made = people.twin_without_account(
            slot.id, asked.who, asked.name, said.contact_phone, said.contact_email, asked.siret
        )
    if made is None:
        return None
    return hold_bookings([made.id])[0]


def _has_identity(asked: Asked) -> bool:
    return asked.who in {Who.PERSON, Who.PROFESSIONAL} or asked.organisation_id is not None


def _busy(slot: Slot, asked: Asked) -> bool:
    """A person is at one place at a time; an organisation may send two people, so it is only warned."""
    if not _has_identity(asked):
        return False
    times = people.busy_times(
        slot,
        candidate_id=asked.candidate_id,
        organisation_id=asked.organisation_id if asked.who is Who.ORGANISATION else None,
        user_id=asked.user_id,
    )
    clash = overlaps(slot.starts_at, slot.ends_at, times)
    if clash and asked.who is not Who.ORGANISATION:
        raise Refused(SeatRefusal.SAME_TIME)
    return clash


def _again(booking: Booking, side: SlotSide, by: Actor, event_id: UUID) -> Booking:
    """Who was invited, or had cancelled, takes a seat or the end of the list."""
    if booking.side is not side.side:
        raise Refused(SeatRefusal.ALREADY_BOOKED)
    action = BookingAction.BOOK if side.left > 0 else BookingAction.WAIT
    if action is BookingAction.WAIT and booking.state is BookingState.EXCUSED:
        raise Refused(SeatRefusal.FULL)
    change(booking, side, action, by, event_id=event_id)
    return booking


def _made(slot: Slot, side: SlotSide, asked: Asked, by: Actor) -> Booking:
    state = BookingState.BOOKED if side.left > 0 else BookingState.WAITING
    booking = _row(slot, side.side, _filled(slot.event, asked), state, by)
    take(booking, side)
    db.session.add(booking)
    log(slot.event_id, "booking", booking.id, "book", by, to_state=state.value)
    return booking


def _filled(event: Event, asked: Asked) -> Asked:
    """At a dating, the jobs that the portal knows of stand when the form says none."""
    if event.kind not in DATINGS or asked.details.trade_slugs:
        return asked
    slugs: list[str] = []
    if asked.candidate_id is not None:
        slugs = people.wanted_trades(asked.candidate_id)
    elif asked.organisation_id is not None:
        slugs = [slug for slug, _, _ in trades_of(asked.organisation_id)]
    return replace(asked, details=replace(asked.details, trade_slugs=tuple(slugs)))


def _row(slot: Slot, side: Side, asked: Asked, state: BookingState, by: Actor) -> Booking:
    said, now = asked.details, clock.now()
    return Booking(
        id=asked.row_id or uuid4(),
        slot_id=slot.id,
        side=side,
        who=asked.who,
        state=state,
        candidate_id=asked.candidate_id,
        organisation_id=asked.organisation_id,
        user_id=asked.user_id,
        name=asked.name,
        siret=asked.siret,
        contact_name=said.contact_name,
        contact_phone=said.contact_phone,
        contact_email=said.contact_email,
        trade_slugs=list(said.trade_slugs),
        posts=said.posts,
        words=said.words,
        needs=said.needs,
        code=free_code(),
        waits_since=now if state is BookingState.WAITING else None,
        state_since=now,
        registered_by=by.user_id,
    )


def invited_row(slot: Slot, side: Side, candidate_id: UUID, name: str, by: Actor) -> Booking:
    """The booking of a person who is asked to come: it holds no seat."""
    asked = _filled(slot.event, Asked(Who.PERSON, name, Details(), candidate_id=candidate_id))
    return _row(slot, side, asked, BookingState.INVITED, by)


def free_code() -> str:
    """A code that no booking has. The database has the last word."""
    while True:
        code = drawn_code(secrets.choice)
        if db.session.scalar(select(Booking.id).where(Booking.code == code)) is None:
            return code
