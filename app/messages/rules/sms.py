"""How does a text read on a phone, and how many SMS does it take? GSM 03.38 and 03.40."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED: Final = frozenset("^{}\\[~]|€\f")
"""Written with two signs."""
_ALONE: Final = {True: 160, False: 70}
_IN_A_ROW: Final = {True: 153, False: 67}
"""A long text is cut into SMS that each carry a header of six bytes."""
LONGEST: Final = 2 * 153
"""What a message of the portal may take: two SMS."""
_MARKS: Final[Mapping[int, str]] = str.maketrans(
    {
        "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "…": "...", "–": "-", "—": "-", "•": "-", "·": ".",
        "œ": "oe", "Œ": "OE", "æ": "ae", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "\u200b": "",
        "\u00ad": "",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SmsSize:
    """``signs`` as they are counted, ``parts`` in SMS, ``plain`` when the alphabet of GSM is enough."""

    signs: int
    parts: int
    plain: bool


def sms_text(text: str) -> str:
    """The text as it leaves: straight quotes, plain spaces; without the accents that no GSM phone has (ê, ç, ô).

    One « ê » would more than double the price of a message. é, è, à and ù stay. A text that needs another alphabet
    (« Олена ») keeps all its accents.
    """
    marked = _tight_quotes(text).translate(_MARKS)
    bare = "".join(char if _fits(char) else _without_accent(char) for char in marked)
    return bare if all(map(_fits, bare)) else marked


def _tight_quotes(text: str) -> str:
    """« mot » → «mot»: straight quotes take no space inside."""
    for space in ("\u00a0", "\u202f", " "):
        text = text.replace(f"«{space}", "«").replace(f"{space}»", "»")
    return text


def _fits(char: str) -> bool:
    return char in _BASIC or char in _ESCAPED


def _without_accent(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)) or char


def sms_size(text: str) -> SmsSize:
    """What a text takes, as it is; see ``sms_text`` for what is sent."""
    plain = all(map(_fits, text))
    weights = [(2 if char in _ESCAPED else 1) if plain else (2 if ord(char) > 0xFFFF else 1) for char in text]
    return SmsSize(sum(weights), _parts(weights, plain), plain)


def _parts(weights: Sequence[int], plain: bool) -> int:
    """No sign is cut in two at the end of an SMS."""
    if sum(weights) <= _ALONE[plain]:
        return 1
    parts, left = 1, _IN_A_ROW[plain]
    for weight in weights:
        if weight > left:
            parts, left = parts + 1, _IN_A_ROW[plain]
        left -= weight
    return parts
