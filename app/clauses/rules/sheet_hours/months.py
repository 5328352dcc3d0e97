"""Which month was written: « 10/2026 », « oct. 26 », « octobre 2026 », « 15/10/2026 », « du 01/10 au 31/10/2026 »?"""

import re
from datetime import date, timedelta
from typing import Final

from app.core.quantities import MONTHS
from app.reference.rules import normalise

_NAMES: Final = tuple(normalise(name) for name in MONTHS)
_NUMERIC: Final = re.compile(r"(\d{1,2})[/.\-\s](\d{4}|\d{2})", re.ASCII)
_ISO: Final = re.compile(r"(\d{4})[/.\-](\d{1,2})", re.ASCII)
_GLUED: Final = re.compile(r"(20\d\d)(0[1-9]|1[0-2])", re.ASCII)
_DAY: Final = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII)
_ISO_DAY: Final = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T]\d{1,2}:\d{2}.*)?", re.ASCII)
_SERIAL: Final = re.compile(r"[45]\d{4}", re.ASCII)
_WORDS: Final = re.compile(r"(?:\d{1,2}(?:er)? )?([a-z]{3,9}) ?(\d{4}|\d{2})?", re.ASCII)
_RANGE: Final = re.compile(r"(?:du\s+)?(.{5,20}?)\s*(?:\bau\b|–|-|→)\s*(\d.{5,19})", re.IGNORECASE)
_FIRST_SERIAL: Final = date(1899, 12, 30)


class NotAMonth(ValueError):
    """Nothing that says one month."""


class SeveralMonths(NotAMonth):
    """A period that begins in a month and ends in another."""


def _month(year: str | int, month: str | int) -> date:
    value = int(year)
    number = int(month)
    whole = value + 2000 if value < 100 else value
    if not (2000 <= whole <= 2100 and 1 <= number <= 12):
        raise NotAMonth(f"{month}/{year}")
    return date(whole, number, 1)


def _named(word: str) -> int:
    """1 for « janv »: the beginning of one name only, from three letters."""
    found = [rank for rank, name in enumerate(_NAMES, 1) if name.startswith(word)]
    if len(found) != 1:
        raise NotAMonth(word)
    return found[0]


def _from_figures(text: str) -> date | None:
    if found := _ISO_DAY.fullmatch(text):
        return _whole_day(found[1], found[2], found[3])
    if found := _DAY.fullmatch(text):
        return _whole_day(found[3], found[2], found[1])
    if found := (_ISO.fullmatch(text) or _GLUED.fullmatch(text)):
        return _month(found[1], found[2])
    if found := _NUMERIC.fullmatch(text):
        return _month(found[2], found[1])
    if _SERIAL.fullmatch(text):
        return (_FIRST_SERIAL + timedelta(days=int(text))).replace(day=1)
    return None


def _whole_day(year: str, month: str, day: str) -> date:
    first = _month(year, month)
    try:
        return first.replace(day=int(day)).replace(day=1)
    except ValueError as error:
        raise NotAMonth(day) from error


def parse_month(text: str, year: int | None = None) -> date:
    """The first day of the month. ``year`` completes « octobre » or « 10 » alone. Raises NotAMonth, SeveralMonths."""
    bare = " ".join(text.split())[:60]
    if figures := _from_figures(bare):
        return figures
    if year is not None and bare.isascii() and bare.isdigit() and len(bare) <= 2:
        return _month(year, bare)
    words = _WORDS.fullmatch(normalise(bare))
    if words and (words[2] or year is not None):
        return _month(words[2] or year or 0, _named(words[1]))
    if ends := _RANGE.fullmatch(bare):
        return _of_range(ends[1], ends[2])
    raise NotAMonth(text)


def _of_range(first: str, last: str) -> date:
    """« du 01/10 au 31/10/2026 », « 01/10/2026 - 31/10/2026 »."""
    end = parse_month(last)
    start = parse_month(f"{first.strip()}/{end.year}" if re.fullmatch(r"\d{1,2}/\d{1,2}", first.strip()) else first)
    if start != end:
        raise SeveralMonths(f"{first} {last}")
    return end


def month_of_title(title: str, year: int | None = None) -> date:
    """The month that a column's title names, with or without « heures » before it. Raises NotAMonth."""
    bare = re.sub(r"^\s*(?:heures?|hrs?|h|mois|total)\b[\s.:\-]*(?:de|d['’])?\s*", "", title, flags=re.IGNORECASE)
    if not bare or bare.strip().isdigit():
        raise NotAMonth(title)
    return parse_month(bare, year)
