"""Hours, euros, percentages and dates: one parser for what people type, one formatter for what they read."""

import re
from calendar import monthrange
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

FULL_TIME_MONTH = Decimal("151.67")
NBSP = "\u00a0"
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)


class QuantityProblem(StrEnum):
    """Why a typed number or date is not one."""

    NOT_A_NUMBER = "not_a_number"
    TOO_MANY_DECIMALS = "too_many_decimals"
    OUT_OF_RANGE = "out_of_range"


class NotAQuantity(ValueError):
    """What was typed is not a number; ``problem`` says why."""

    def __init__(self, problem: QuantityProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """Round once, at the end, half away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def parse_decimal(text: str, *, places: int = 2) -> Decimal:
    """« 1 151,67 », « 151.67 », « 12 € », « 35 h » → Decimal. Raises NotAQuantity."""
    bare = _SPACES.sub("", text).removesuffix("€").removesuffix("h").removesuffix("%")
    if not _NUMBER.fullmatch(bare) or len(bare) > 30:
        raise NotAQuantity(QuantityProblem.NOT_A_NUMBER)
    try:
        value = Decimal(bare.replace(",", "."))
    except InvalidOperation as error:  # pragma: no cover - the pattern above is stricter
        raise NotAQuantity(QuantityProblem.NOT_A_NUMBER) from error
    if value != round_half_up(value, places):
        raise NotAQuantity(QuantityProblem.TOO_MANY_DECIMALS)
    return round_half_up(value, places)


def _grouped(value: Decimal, places: int) -> str:
    text = f"{round_half_up(value, places):,.{places}f}"
    return text.replace(",", NBSP).replace(".", ",")


def format_number(value: Decimal | int, places: int = 0) -> str:
    """1607 → « 1 607 », with non-breaking spaces."""
    return _grouped(Decimal(value), places)


def format_hours(value: Decimal) -> str:
    """151.67 → « 151,67 h »; 28 → « 28 h »."""
    places = 0 if value == value.to_integral_value() else 2
    return f"{_grouped(value, places)}{NBSP}h"


def format_euros(value: Decimal) -> str:
    """12.4 → « 12,40 € »; 250000 → « 250 000 € »."""
    places = 0 if value == value.to_integral_value() and value >= 1000 else 2
    return f"{_grouped(value, places)}{NBSP}€"


def format_percent(value: Decimal, places: int = 0) -> str:
    """0.8125 → « 81 % »."""
    return f"{_grouped(value * 100, places)}{NBSP}%"


def parse_date(text: str) -> date:
    """« 16/11/2026 », « 16 11 26 », « 16.11.2026 », « 16 novembre 2026 », « 2026-11-16 ». Raises ValueError."""
    bare = text.strip().lower()
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", bare):
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    if french := re.fullmatch(r"(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{2}|\d{4})", bare):
        year = int(french[3]) + (2000 if len(french[3]) == 2 else 0)
        return date(year, int(french[2]), int(french[1]))
    if words := re.fullmatch(r"(\d{1,2})(?:er)?\s+([a-zéû]+)\s+(\d{4})", bare):
        plain = {name.replace("é", "e").replace("û", "u"): number for number, name in enumerate(MONTHS, 1)}
        month = plain.get(words[2].replace("é", "e").replace("û", "u"))
        if month:
            return date(int(words[3]), month, int(words[1]))
    raise ValueError(f"not a date: {text!r}")


def format_date(day: date) -> str:
    """« jeudi 5 novembre 2026 », « dimanche 1er mars 2026 »."""
    return f"{WEEKDAYS[day.weekday()]} {format_day(day)}"


def format_day(day: date) -> str:
    """« 5 novembre 2026 », « 1er mars 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def format_date_short(day: date) -> str:
    """« 05/11/2026 »."""
    return f"{day:%d/%m/%Y}"


def add_months(day: date, months: int) -> date:
    """Civil months, clamped to the month's end: 31 January + 1 month is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
