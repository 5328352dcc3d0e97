"""Whom may a participant name, how many, and until when? And what do both wishes make of a pair?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID
from zlib import crc32

from app.events.rules.kinds import DATINGS, EventKind, Side, Wish
from app.events.rules.states import BookingState, EventState

WISHES_WHILE: Final = frozenset({BookingState.INVITED, BookingState.BOOKED, BookingState.WAITING, BookingState.SEEN})


class WishRefusal(StrEnum):
    """Why wishes are not kept."""

    NOT_OPEN = "event_wishes_not_open"
    OVER = "event_wishes_over"
    NOT_COMING = "event_wishes_not_coming"
    TOO_MANY_MEET = "event_wishes_too_many_meet"
    TOO_MANY_AVOID = "event_wishes_too_many_avoid"


def wishes_by_code(kind: EventKind, side: Side) -> bool:
    """May the code of a paper name wishes? Not where people sit opposite: a firm without account reads none of them."""
    return kind is EventKind.SPEED_DATING or (kind is EventKind.JOB_DATING and side is Side.MOVING)


@dataclass(frozen=True, slots=True)
class Most:
    """How many one may wish to meet, and to avoid."""

    meet: int
    avoid: int


def most_of(others: int) -> Most:
    """Half of the other side to meet, three at least; a quarter to avoid, one at least. Our judgement, no rule says it:
    a wish for everybody says nothing, and a side that avoids everybody leaves no plan."""
    return Most(meet=min(others, max(3, -(-others // 2))), avoid=min(others, max(1, others // 4)))


@dataclass(frozen=True, slots=True)
class Wishing:
    """What is known when somebody names whom they wish to meet. ``ends_at`` is that of the slot."""

    kind: EventKind
    event_state: EventState
    booking_state: BookingState
    starts_at: datetime
    ends_at: datetime
    staff: bool


def wish_refusals(asked: Wishing, *, now: datetime) -> tuple[WishRefusal, ...]:
    """May wishes be named now? Until it begins; those who run it (``staff``) may until it ends."""
    if asked.kind not in DATINGS or asked.event_state is not EventState.PUBLISHED:
        return (WishRefusal.NOT_OPEN,)
    if now >= (asked.ends_at if asked.staff else asked.starts_at):
        return (WishRefusal.OVER,)
    return () if asked.booking_state in WISHES_WHILE else (WishRefusal.NOT_COMING,)


def number_refusals(wishes: Iterable[Wish], most: Most) -> tuple[WishRefusal, ...]:
    """Too many of either kind."""
    named = list(wishes)
    wrong = {
        WishRefusal.TOO_MANY_MEET: named.count(Wish.MEET) > most.meet,
        WishRefusal.TOO_MANY_AVOID: named.count(Wish.AVOID) > most.avoid,
    }
    return tuple(reason for reason, is_so in wrong.items() if is_so)


def mark_of(wishes: Mapping[UUID, Wish]) -> int:
    """A number that changes with the wishes: what a form shows, to find out that somebody else changed them."""
    said = ",".join(sorted(f"{one}:{wish.value}" for one, wish in wishes.items()))
    return crc32(said.encode()) % 10**9
