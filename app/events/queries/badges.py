"""What is printed for the day: the badge of each participant, the card of each table."""

from dataclasses import dataclass

from sqlalchemy import select

from app.core.db import db
from app.events.models import Booking, Event, Meeting, Slot
from app.events.queries.day import bookings_of_slot, shown_name, tables_of
from app.events.rules.kinds import DATINGS, Side, Who
from app.events.rules.states import EXPECTED, MeetingState
from app.offers.queries import trade_names


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge: the name large, who they come for, where they sit, the code of the QR."""

    name: str
    under: str
    where: str
    code: str


def badges_of(event: Event, slot: Slot) -> list[Badge]:
    """Of those who hold a seat and are not said to be absent, by side and name. Two statements."""
    tables = tables_of(slot.id) if event.kind in DATINGS else {}
    return [_badge(one, tables.get(one.id, ())) for one in bookings_of_slot(slot.id) if one.state in EXPECTED]


def _badge(booking: Booking, tables: tuple[int, ...]) -> Badge:
    where = ""
    if booking.side is Side.SEATED:
        where = f"Table {' puis '.join(str(one) for one in tables)}" if tables else "À sa table"
    elif booking.side is Side.MOVING:
        where = "De table en table"
    under = booking.contact_name if booking.who is Who.ORGANISATION else ""
    return Badge(shown_name(booking), under, where, booking.code)


@dataclass(frozen=True, slots=True)
class TableCard:
    """One card: the number, who sits there, for which jobs."""

    table: int
    names: tuple[str, ...]
    trades: tuple[str, ...]


def table_cards_of(slot: Slot) -> list[TableCard]:
    """By table: several names when a plan gives it to several. Three statements."""
    sat = (
        select(Meeting.seated_id)
        .where(Meeting.slot_id == slot.id, Meeting.state.in_((MeetingState.PLANNED, MeetingState.HELD)))
        .distinct()
    )
    seated = {one.id: one for one in db.session.scalars(select(Booking).where(Booking.id.in_(sat)))}
    slugs = sorted({slug for one in seated.values() for slug in one.trade_slugs})
    names = trade_names(slugs) if slugs else {}
    by_table: dict[int, list[Booking]] = {}
    for booking_id, tables in tables_of(slot.id).items():
        for table in tables:
            by_table.setdefault(table, []).append(seated[booking_id])
    return [
        TableCard(
            table,
            tuple(one.name for one in sitting),
            tuple(dict.fromkeys(names[slug] for one in sitting for slug in one.trade_slugs if slug in names)),
        )
        for table, sitting in sorted(by_table.items())
    ]
