"""What is printed of an invitation: one sheet a person, with when, where, how to come, the code and its drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import segno
from markupsafe import Markup

from app.candidates.models import Candidate
from app.events.models import Booking, Event, Slot
from app.messages.rules.letters import Letterhead
from app.messages.rules.short_codes import bare_host, shown_code

TYPED_AT: Final = "/mon-inscription"
BADGE: Final = "/badge/"
_BORDER: Final = 4


@dataclass(frozen=True, slots=True)
class Invitation:
    """One sheet: it never says why somebody is invited."""

    to: Sequence[str]
    """The lines of the envelope; the name alone for a sheet that is given by hand."""
    first_name: str
    head: Letterhead
    written_on: date
    title: str
    summary: Sequence[str]
    starts_at: datetime
    ends_at: datetime
    room: str
    place: str
    access: str
    bring: str
    code: str
    typed_at: str
    address: str
    qr: Markup
    phone: str
    contact: str


def invitations(
    rows: Iterable[tuple[Booking, Candidate, Sequence[str]]],
    slot: Slot,
    event: Event,
    *,
    place: str,
    head: Letterhead,
    base_url: str,
    written_on: date,
) -> list[Invitation]:
    """A sheet for each person invited."""
    summary = [line for line in event.summary.split("\n") if line.strip()][:6]
    return [
        Invitation(
            to=to or (candidate.full_name,),
            first_name=candidate.first_name,
            head=head,
            written_on=written_on,
            title=event.title,
            summary=summary,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            room=slot.room,
            place=place,
            access=event.access,
            bring=event.bring,
            code=shown_code(booking.code),
            typed_at=f"{bare_host(base_url)}{TYPED_AT}",
            address=f"{bare_host(base_url)}{TYPED_AT}/{shown_code(booking.code)}",
            qr=qr(f"{base_url}{TYPED_AT}/{shown_code(booking.code)}"),
            phone=event.contact_phone or head.phone,
            contact=event.contact_name or head.name,
        )
        for booking, candidate, to in rows
    ]


def door_qr(booking: Booking, base_url: str, *, scale: int = 7) -> Markup:
    """What the person shows at the door, large enough for the phone of who stands there."""
    return qr(f"{base_url}{BADGE}{shown_code(booking.code)}", scale=scale)


def qr(address: str, *, scale: int = 4) -> Markup:
    """The drawing of an address, as SVG to put in a page: no style, its words in aria-label."""
    drawing: str = segno.make_qr(address, error="m").svg_inline(
        scale=scale, border=_BORDER, svgclass=None, lineclass=None, dark="#000", light="#fff"
    )
    return Markup(drawing.replace("<svg ", '<svg role="img" aria-label="Code à scanner avec un téléphone" ', 1))  # noqa: S704
