"""What stands on a letter: who writes, to which address, and the text in paragraphs?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

LINES: Final = 6
LINE_LENGTH: Final = 38
"""La Poste reads six lines of 38 signs, the name first (norme NF Z10-011)."""
PORTAL: Final = "Le portail insertion de l’Essonne"
"""How e-mails end; a letter ends with the name of somebody."""


class LetterRefusal(StrEnum):
    """Why a letter cannot be written, printed or posted."""

    NO_ADDRESS = "message_letter_no_address"
    TOO_MANY_LINES = "message_letter_too_many_lines"
    LINE_TOO_LONG = "message_letter_line_too_long"
    NO_POSTCODE = "message_letter_no_postcode"
    NONE_TICKED = "message_letter_none_ticked"


class LetterPile(StrEnum):
    """Which letters a list shows."""

    TO_PRINT = "a-imprimer"
    POSTED = "postees"
    ALL = "toutes"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the organisation and its address, the town of the date, who signs, the phone of a human."""

    organisation_id: UUID
    name: str
    lines: tuple[str, ...] = ()
    place: str = ""
    signature: str = ""
    phone: str = ""

    def kept(self) -> dict[str, Any]:
        """As the message keeps it: a letter printed again says the same, whatever has changed since."""
        return {
            "name": self.name, "lines": list(self.lines), "place": self.place, "signature": self.signature,
            "phone": self.phone,
        }  # fmt: skip

    @classmethod
    def read(cls, organisation_id: UUID, kept: Mapping[str, Any]) -> "Letterhead":
        """As it was kept."""
        return cls(organisation_id, kept["name"], tuple(kept["lines"]), kept["place"], kept["signature"], kept["phone"])


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter as it is printed. ``code`` and ``address`` when it leads to a page; ``qr`` is the drawing of both."""

    head: Letterhead
    to: tuple[str, ...]
    written_on: date
    subject: str
    paragraphs: tuple[tuple[str, ...], ...]
    code: str = ""
    address: str = ""
    typed_at: str = ""
    qr: str = ""


def postal_lines(text: str | Sequence[str]) -> tuple[str, ...]:
    """The lines of an address, without empty ones."""
    lines = text.splitlines() if isinstance(text, str) else text
    return tuple(" ".join(line.split()) for line in lines if line.strip())


def postal_block(name: str, street: str, postcode: str = "", town: str = "") -> tuple[str, ...]:
    """The address of somebody: « 3 rue du Four, Bâtiment B » takes two lines, the town the last one.

    Without a street nothing: no letter arrives in « 91300 Massy ».
    """
    parts = postal_lines(re.split(r"[\n,]", street))
    if not parts:
        return ()
    parts = _joined_numbers(parts)
    said = any(re.search(r"\b\d{5}\b", part) for part in parts)
    last = () if said or not town else (f"{postcode} {town}".strip(),)
    return postal_lines((name, *parts, *last))


def _joined_numbers(parts: Sequence[str]) -> tuple[str, ...]:
    """« 3, rue du Four » is one line."""
    joined: list[str] = []
    for part in parts:
        if joined and re.fullmatch(r"\d+\s*(?:bis|ter|quater|[A-Za-z])?", joined[-1]):
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return tuple(joined)


def postal_refusals(lines: Sequence[str]) -> tuple[LetterRefusal, ...]:
    """Why an address does not fit the window of an envelope; the name is its first line."""
    if len(lines) < 2:
        return (LetterRefusal.NO_ADDRESS,)
    wrong = {
        LetterRefusal.TOO_MANY_LINES: len(lines) > LINES,
        LetterRefusal.LINE_TOO_LONG: any(len(line) > LINE_LENGTH for line in lines),
        LetterRefusal.NO_POSTCODE: not any(re.search(r"\b\d{5}\b", line) for line in lines[1:]),
    }
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


def paragraphs_of(body: str) -> tuple[tuple[str, ...], ...]:
    """The lines of each paragraph: « Bonjour Aïcha, » stands alone, the closing words of an e-mail are left out."""
    greeted = re.sub(r"^(Bonjour[^.,!?:\n]*)[.,]\s+", r"\1,\n\n", body.strip())
    blocks = (postal_lines(block) for block in re.split(r"\n\s*\n", greeted))
    return tuple(block for block in blocks if block and block != (PORTAL,))
