"""How are names, lists, dates, hours and ways written in French?"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from math import floor

from matching.criteria import Means
from matching.trips import Trip

NO_BREAK = "\u00a0"
LONGEST_FOR_PERSON = 15
LEVELS = ("débutant", "A1", "A2", "B1", "B2", "C1", "C2")
BY_MEANS = {Means.CAR: "en voiture", Means.BUS: "en bus", Means.BIKE: "à vélo", Means.FOOT: "à pied"}
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
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
)

_BEFORE = re.compile(r" (?=[:;?!%€»])")
_AFTER = re.compile(r"(?<=«) ")
_UNITS = re.compile(r"(?<=\d) (?=(?:h|km|minutes?|heures?|jours?|matins?|soirs?|nuits?|après-midi)\b)")
_MINUTES = re.compile(r"(?<=\dXh) (?=\d\d)".replace("X", NO_BREAK))


def typeset(text: str) -> str:
    """Typographic apostrophes; the spaces that must not break do not."""
    text = text.replace("'", "’")
    for pattern in (_BEFORE, _AFTER, _UNITS, _MINUTES):
        text = pattern.sub(NO_BREAK, text)
    return text


def name(names: Mapping[str, str], slug: str) -> str:
    """As it is written inside a sentence: « agent d’entretien », but « TP ADVF »."""
    text = names.get(slug, slug)
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def names(table: Mapping[str, str], slugs: Iterable[str]) -> str:
    return ", ".join(sorted(name(table, slug) for slug in slugs))


def length(text: str) -> int:
    """Words; punctuation standing alone is not one."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def fitting(long: str, short: str) -> str:
    """The long wording when a person can read it at once, else the short one."""
    return long if length(long) <= LONGEST_FOR_PERSON else short


def on_day(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def number(value: Decimal | float, decimals: int) -> str:
    """Half up, with a comma and without useless zeros."""
    scaled = floor(Decimal(str(value)) * 10**decimals + Decimal("0.5"))
    whole, rest = divmod(scaled, 10**decimals)
    tail = f"{rest:0{decimals}d}".rstrip("0") if decimals else ""
    return f"{whole},{tail}" if tail else str(whole)


def hours(value: Decimal | float) -> str:
    return f"{number(value, 2)} h"


def clock(half_hour: int) -> str:
    """A half-hour of the day: 12 is « 6 h », 13 « 6 h 30 »."""
    hour, half = divmod(half_hour % 48, 2)
    return f"{hour} h 30" if half else f"{hour} h"


def duration(minutes: float) -> str:
    whole = max(floor(minutes + 0.5), 1)
    if whole < 60:
        return f"{whole} minute" if whole == 1 else f"{whole} minutes"
    hour, rest = divmod(whole, 60)
    return f"{hour} h {rest:02d}" if rest else f"{hour} h"


def limit(trip: Trip) -> str:
    """The person's limit that the way presses on: « 10 km » or « 45 minutes »."""
    travel = trip.travel
    in_time = travel.max_minutes is not None and trip.minutes / travel.max_minutes >= trip.share
    if in_time and travel.max_minutes is not None:
        return duration(travel.max_minutes)
    return f"{number(travel.max_km or 0, 1)} km"


def way(trip: Trip, km: float) -> str:
    """In the unit of the limit it presses on: « 12 minutes à vélo », « 16,6 km en voiture »."""
    in_minutes = not limit(trip).endswith("km")
    length_of_way = duration(trip.minutes) if in_minutes else f"{number(km, 1)} km"
    return f"{length_of_way} {BY_MEANS[trip.travel.means]}"
