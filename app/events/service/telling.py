"""Who is told of what becomes of their seat? By SMS first for people; never why they were invited."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import User
from app.candidates.models import Candidate
from app.candidates.rules import CandidateState
from app.core.db import db
from app.core.french import instant_words
from app.events.labels.registering import rank_words
from app.events.models import Booking, Event, Slot
from app.events.rules.kinds import Who
from app.messages import service as messages
from app.messages.rules import Channel, Recipient
from app.messages.rules.short_codes import shown_code


def tell(kind: str, bookings: Sequence[Booking], slot: Slot, *, key: str = "", **context: Any) -> int:
    """Write the message of a kind to whom each booking is for; how many were written. Joins the act of the caller.

    ``key`` makes it unique for the booking. ``slot`` has its event and its commune. Three statements, and each message.
    """
    to = recipients(bookings)
    said = {**facts(slot), "rank_words": rank_words(context.get("rank", 0)), **context}
    written = 0
    for booking in bookings:
        if booking.id not in to:
            continue
        message = messages.queue(
            kind,
            to[booking.id],
            about=("event_booking", booking.id),
            key=f"{kind}:{booking.id}:{key}" if key else None,
            url=messages.link_to("events.code_booking", code=shown_code(booking.code)),
            code=shown_code(booking.code),
            name=booking.name,
            is_person=booking.who in {Who.PERSON, Who.VISITOR},
            **said,
        )
        written += message is not None
    return written


def tell_promoted(bookings: Sequence[Booking], slot: Slot) -> int:
    """A seat was freed for them."""
    return tell("event_promoted", bookings, slot) if bookings else 0


def invitation_text(slot: Slot, first_name: str) -> str:
    """The SMS of an invitation as somebody will read it; the code of each one stands in its place."""
    code = shown_code("X" * 8)
    link = messages.link_to("events.code_booking", code=code)
    to = Recipient(first_name, phone="+33100000000", prefers=Channel.SMS)
    said = {**facts(slot), "url": link, "code": code, "name": first_name, "is_person": True}
    return messages.previews("event_invitation", to, **said).sms


def facts(slot: Slot) -> dict[str, Any]:
    """What every message says of the event: its title, when, where, whom to phone."""
    event = slot.event
    return {
        "title": event.title,
        "when": instant_words(slot.starts_at),
        "place": place_words(event),
        "phone": event.contact_phone,
    }


def place_words(event: Event) -> str:
    """« Espace Liberté, 1 place de France, Massy »."""
    town = event.commune.name if event.commune else ""
    address = "" if town and town.lower() in event.address.lower() else town
    return ", ".join(part for part in (event.place_name, event.address, address) if part)


def recipients(bookings: Sequence[Booking]) -> Mapping[UUID, Recipient]:
    """To whom each booking's messages go, by its id. Somebody whose file is closed is written to by nobody."""
    people = {booking.candidate_id for booking in bookings if booking.candidate_id is not None}
    candidates = {
        one.id: one
        for one in db.session.scalars(
            select(Candidate).where(Candidate.id.in_(people), Candidate.state == CandidateState.ACTIVE)
        )
    }
    accounts = {
        user.candidate_id: user.id
        for user in db.session.scalars(select(User).where(User.candidate_id.in_(people), User.disabled_at.is_(None)))
    }
    speakers = {booking.user_id for booking in bookings if booking.user_id is not None}
    users = {
        user.id: user
        for user in db.session.scalars(select(User).where(User.id.in_(speakers), User.disabled_at.is_(None)))
    }
    found: dict[UUID, Recipient] = {}
    for booking in bookings:
        if booking.candidate_id is not None:
            candidate = candidates.get(booking.candidate_id)
            if candidate is not None:
                found[booking.id] = person_recipient(candidate, accounts.get(candidate.id))
        else:
            found[booking.id] = _other(booking, users.get(booking.user_id) if booking.user_id else None)
    return found


def person_recipient(candidate: Candidate, user_id: UUID | None = None) -> Recipient:
    """By SMS first."""
    return Recipient(candidate.first_name, user_id, candidate.email, candidate.phone, prefers=Channel.SMS)


def _other(booking: Booking, user: User | None) -> Recipient:
    """The contact that the booking names, else the account that speaks for it."""
    if user is not None and not (booking.contact_email or booking.contact_phone):
        return Recipient(user.full_name, user.id, user.email, user.phone)
    name = booking.contact_name or booking.name
    is_visitor = booking.who is Who.VISITOR
    return Recipient(
        name.split(" ")[0] if is_visitor else name,
        user.id if user is not None and user.email == booking.contact_email else None,
        booking.contact_email or None,
        booking.contact_phone or None,
        prefers=Channel.SMS if is_visitor else Channel.EMAIL,
    )
