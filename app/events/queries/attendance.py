"""Who is expected at a slot, who signed, and how many attendances are still to be noted?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select

from app.core.db import db
from app.core.roles import Actor
from app.events.models import AttendanceSignature, Booking
from app.events.queries.bookings import Filters, Line, exported
from app.events.rules.states import BookingState

ON_THE_SHEET: Final = (BookingState.BOOKED, BookingState.SEEN, BookingState.EXCUSED, BookingState.ABSENT)
MOST: Final = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet."""

    line: Line
    signature: AttendanceSignature | None


def sheet(actor: Actor, event_id: UUID, slot_id: UUID) -> list[Row]:
    """Those of a slot of an event that the actor runs, by name: two statements whatever their number."""
    lines = exported(actor, event_id, Filters(slot=slot_id), MOST)
    signed = {
        row.booking_id: row
        for row in db.session.scalars(
            select(AttendanceSignature)
            .join(Booking, Booking.id == AttendanceSignature.booking_id)
            .where(Booking.slot_id == slot_id)
        )
    }
    return [Row(line, signed.get(line.id)) for line in lines if line.state in ON_THE_SHEET]


def tallies(rows: Sequence[Row]) -> dict[BookingState, int]:
    """How many are in each state of the sheet."""
    return {state: sum(row.line.state is state for row in rows) for state in ON_THE_SHEET}
