"""What must a way of sending promise? To hand over one message, or to say exactly how it did not."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message as it leaves. ``stop_link``: where its reader refuses the like of it, in one click."""

    id: UUID
    to_name: str
    to_address: str
    subject: str
    body: str
    stop_link: str | None = None


class NotDelivered(Exception):
    """Why a message did not leave, in words for an administrator."""


class Temporary(NotDelivered):
    """Not now; the same message may be tried again. ``breaks``: the line is of no more use."""

    def __init__(self, words: str, *, breaks: bool = False) -> None:
        super().__init__(words)
        self.breaks = breaks


class Permanent(NotDelivered):
    """Never: this address or this message is refused."""


class Uncertain(NotDelivered):
    """It was handed over and no answer came: it may have left. Nothing sends it again but a human."""


class Down(NotDelivered):
    """The way itself does not work, whatever the message: nothing was handed over."""


class Line(Protocol):
    """An open way, for one message after another."""

    def send(self, envelope: Envelope) -> None:
        """Hand one over. Raises Temporary, Permanent, Uncertain, Down."""


class Transport(Protocol):
    """A way of sending. One that ``remembers`` writes a message once, however often it is handed over."""

    @property
    def remembers(self) -> bool:
        """Does it know a message that it has already written?"""

    def open(self) -> AbstractContextManager[Line]:
        """A line for a batch. Raises Down before anything is handed over."""
