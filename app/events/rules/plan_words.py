"""Which sentences say why two meet, why somebody does not meet whom they wished, what changed? Without French."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2s
from typing import Final
from uuid import UUID

REASONS_PRINTED: Final = 2


class Unserved(StrEnum):
    """Why a wish is not met, as the organiser reads it."""

    NOT_THERE = "not_there"
    SET_APART = "set_apart"
    """Same organisation, or one of the two does not wish it: which of both, and who, is not said."""
    NO_ROOM = "no_room"
    """Their rounds are all full of other meetings, or no table was left."""


def unserved(*, expected: bool, forbidden: bool) -> Unserved:
    """Of a wished pair that does not meet."""
    if not expected:
        return Unserved.NOT_THERE
    return Unserved.SET_APART if forbidden else Unserved.NO_ROOM


class Choice(StrEnum):
    """What a sheet says of wishes: one's own, or that both chose each other. Never that of the other alone."""

    MUTUAL = "mutual"
    OWN = "own"
    NONE = "none"


def choice_said(*, mine: bool, theirs: bool) -> Choice:
    """To the reader whose wish is ``mine``."""
    if mine:
        return Choice.MUTUAL if theirs else Choice.OWN
    return Choice.NONE


def printed(own: str, found: Sequence[str], otherwise: str) -> list[str]:
    """The sentences of one side: their wish first, then the best reasons; one sentence when there is none."""
    said = [*([own] if own else []), *found]
    return said[:REASONS_PRINTED] or [otherwise]


@dataclass(frozen=True, slots=True)
class Met:
    """The meetings of the plan, as far as the figures go. ``wishes``: how many of the two wished each."""

    rounds: int
    wishes: tuple[int, ...]
    rests: tuple[int, ...]
    """Of each participant who is expected."""

    @property
    def meetings(self) -> int:
        """How many there are."""
        return len(self.wishes)

    @property
    def wished(self) -> int:
        """How many meetings at least one of the two wished."""
        return sum(one > 0 for one in self.wishes)

    @property
    def mutual(self) -> int:
        """How many both wished."""
        return sum(one == 2 for one in self.wishes)


@dataclass(frozen=True, slots=True)
class Changes:
    """Why a plan is out of date: who does not come and has a table in it, who has none, wishes, other rounds."""

    cancelled: int = 0
    excused: int = 0
    absent: int = 0
    left: int = 0
    new: int = 0
    wishing: int = 0
    reset: bool = False

    def __bool__(self) -> bool:
        return self != Changes()


def sheet_mark(lines: Iterable[tuple[datetime, int, UUID]]) -> str:
    """A mark that changes with a sheet: when each meeting begins, at which table, and with whom."""
    said = ";".join(f"{at.timestamp():.0f},{table},{other}" for at, table, other in sorted(lines))
    return blake2s(said.encode(), digest_size=8).hexdigest()


def fair(rests: Collection[int]) -> bool:
    """Rests of one side are fair when no two differ by more than one round."""
    return not rests or max(rests) - min(rests) <= 1
