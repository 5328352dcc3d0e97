"""What does one value of the file say, with the liberties that platforms take? A reader gives it or a fault's kind."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

from stdnum.fr import siret as siret_number

from app.clauses.rules.decp.contract import DecpFaultKind
from app.core.quantities import parse_date, round_half_up
from app.reference.rules import normalise

MOST_MONEY: Final = Decimal("9999999999.99")
"""NUMERIC(12,2): some publish 1e17."""
MOST_MONTHS: Final = 1_200
MOST_ID: Final = 60
_UNSAID: Final = frozenset({"", "nc", "nan", "null", "none", "n/a", "cdl", "inx nc", "mq", "non communique"})
_CPV: Final = re.compile(r"(\d{8})(?:-?\d)?", re.ASCII)
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*|Z|[+-]\d{2}:\d{2})?", re.ASCII)
_DIGITS: Final = re.compile(r"[+-]?\d{1,25}(?:[.,]\d{1,25})?(?:[eE][+-]?\d{1,2})?", re.ASCII)


class Unread(Exception):
    """The value is not one, and why."""

    def __init__(self, kind: DecpFaultKind) -> None:
        self.kind = kind
        super().__init__(kind.value)


def clean(text: str) -> str:
    """One line without control characters nor halves of characters, that a database takes."""
    if text.isprintable():
        return " ".join(text.split())
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(char if char.isprintable() else " " for char in whole).split())


def is_unsaid(value: Any) -> bool:
    """Nothing, or one of the words by which platforms say nothing: « NC », « CDL », « nan »."""
    if value is None or not isinstance(value, str):
        return value is None
    return len(value) < 30 and clean(value).casefold().replace("é", "e") in _UNSAID


def written(value: Any) -> str:
    """What to show of a value that could not be read, at most 80 characters."""
    return clean(str(value)[:300])[:80]


def as_text(value: Any) -> str:
    """A text; numbers are taken as they are written."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise Unread(DecpFaultKind.NOT_A_TEXT)
    return clean(str(value))


def as_number_of_contract(value: Any) -> str:
    """The format allows 16 characters; longer ones are in use."""
    number = as_text(value)
    if len(number) > MOST_ID:
        raise Unread(DecpFaultKind.TOO_LONG)
    return number


def as_decimal(value: Any) -> Decimal:
    """A number, or a text that holds one: « 137614.0 », « 12 500,50 »."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise Unread(DecpFaultKind.NOT_A_NUMBER)
    bare = re.sub(r"[\s€]", "", str(value))
    if not _DIGITS.fullmatch(bare):
        raise Unread(DecpFaultKind.NOT_A_NUMBER)
    try:
        return Decimal(bare.replace(",", "."))
    except InvalidOperation as error:  # pragma: no cover - the pattern above is stricter
        raise Unread(DecpFaultKind.NOT_A_NUMBER) from error


def as_money(value: Any) -> Decimal:
    """Euros with two places, from zero."""
    amount = as_decimal(value)
    if not 0 <= amount <= MOST_MONEY:
        raise Unread(DecpFaultKind.OUT_OF_RANGE)
    return round_half_up(amount)


def as_share(value: Any) -> Decimal:
    """0.1 is 10 %."""
    share = as_decimal(value)
    if not 0 <= share <= 1:
        raise Unread(DecpFaultKind.OUT_OF_RANGE)
    return round_half_up(share, 4)


def _whole(value: Any, most: int, least: int = 0) -> int:
    number = as_decimal(value)
    if not least <= number <= most:
        raise Unread(DecpFaultKind.OUT_OF_RANGE)
    if number != number.to_integral_value():
        raise Unread(DecpFaultKind.NOT_A_NUMBER)
    return int(number)


def as_count(value: Any) -> int:
    """A whole number from zero."""
    return _whole(value, 1_000_000)


def as_months(value: Any) -> int:
    """A duration in whole months, at least one."""
    return _whole(value, MOST_MONTHS, 1)


def as_day(value: Any) -> date:
    """« 2024-05-15 », with or without an hour or a zone behind it; « 15/05/2024 » too."""
    if not isinstance(value, str):
        raise Unread(DecpFaultKind.NOT_A_DATE)
    text = value.strip()
    iso = _DAY.fullmatch(text)
    try:
        day = parse_date(iso[1] if iso else text[:40])
    except (ValueError, OverflowError) as error:
        raise Unread(DecpFaultKind.NOT_A_DATE) from error
    if not 1980 <= day.year <= 2100:
        raise Unread(DecpFaultKind.OUT_OF_RANGE)
    return day


def as_flag(value: Any) -> bool:
    """true, « oui », « 1 »."""
    answers = {"true": True, "oui": True, "1": True, "false": False, "non": False, "0": False}
    answer = answers.get(written(value).casefold())
    if answer is None:
        raise Unread(DecpFaultKind.NOT_YES_OR_NO)
    return answer


def as_cpv(value: Any) -> str:
    """« 45112500-6 » → « 45112500 »: the control figure is better left out, says the format."""
    found = _CPV.fullmatch(as_text(value).replace(" ", ""))
    if found is None:
        raise Unread(DecpFaultKind.NOT_A_CPV)
    return found[1]


@lru_cache(maxsize=4_096)
def _is_siret(number: str) -> bool:
    return number.isascii() and number.isdigit() and bool(siret_number.is_valid(number))


def as_siret(value: Any) -> str:
    """Fourteen digits whose control figures are right."""
    number = re.sub(r"[\s.]", "", as_text(value))
    if not _is_siret(number):
        raise Unread(DecpFaultKind.NOT_A_SIRET)
    return number


@lru_cache(maxsize=16)
def _spelled(vocabulary: tuple[str, ...]) -> dict[str, str]:
    return {key: word for word in vocabulary for key in (word, normalise(word))}


def as_words(value: Any, vocabulary: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """(words of an official list in its own spelling and order, what is in no list); one may stand without a list."""
    spelled = _spelled(vocabulary)
    items = [item for item in (value if isinstance(value, list) else [value]) if not is_unsaid(item)]
    known = set()
    strange = []
    for item in items:
        word = (spelled.get(item) or spelled.get(normalise(item))) if isinstance(item, str) else None
        if word is None:
            strange.append(item)
        known.add(word)
    return tuple(word for word in vocabulary if word in known), tuple(strange)


Reader = Callable[[Any], Any]
