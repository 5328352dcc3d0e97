"""How the pages say when an event is, how many seats are left, and why it cannot be written so."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from app.core.french import clock_time, date_words, plural
from app.core.quantities import NBSP


class Timed(Protocol):
    """A slot, as far as its time goes."""

    starts_at: datetime
    ends_at: datetime


class Counted(Protocol):
    """The seats of a side, as far as they are counted."""

    seats: int
    taken: int


def hours_words(slot: Timed) -> str:
    """« de 9 h à 12 h 30 »."""
    return f"de {clock_time(slot.starts_at)} à {clock_time(slot.ends_at)}"


def slot_words(slot: Timed, today: date | None = None) -> str:
    """« mardi 17 novembre de 9 h à 12 h »."""
    return f"{date_words(slot.starts_at, today)}, {hours_words(slot)}"


def when_words(slots: Sequence[Timed], today: date | None = None) -> str:
    """« jeudi 12 novembre, de 9 h à 12 h », « 5 créneaux, du … au … », « date à fixer »."""
    if not slots:
        return "date à fixer"
    if len(slots) == 1:
        return slot_words(slots[0], today)
    begin, end = date_words(slots[0].starts_at, today), date_words(slots[-1].starts_at, today)
    count = plural(len(slots), "créneau")
    return f"{count} le {begin}" if begin == end else f"{count}, du {begin} au {end}"


def left_words(sides: Sequence[Counted]) -> str:
    """What the agenda says of a slot's seats: « 3 places », « Complet : liste d’attente »."""
    left = sum(side.seats - side.taken for side in sides)
    return plural(left, "place") if left > 0 else f"Complet{NBSP}: liste d’attente"


REFUSAL_WORDS: Mapping[Enum, str] = {}
