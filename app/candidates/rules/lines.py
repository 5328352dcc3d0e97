"""What does a line of an imported sheet say, and which of its cells are wrong? Pure; names are looked up outside."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from app.candidates.rules.columns import Column, FaultKind
from app.candidates.rules.sections import MOST_MINUTES, MOST_TRADES, birth_refusals, hours_refusals
from app.candidates.rules.vocabulary import CandidateRefusal, FrenchLevel, Means, Programme
from app.core.grid import Preset
from app.core.quantities import NotAQuantity, parse_date, parse_decimal
from app.reference import rules as reference

normalise: Final = lru_cache(maxsize=4096)(reference.normalise)
"""The same words come in every line of a sheet."""
_LENGTHS: Final = {Column.ADDRESS: 200, Column.OWN_WORDS: 1000}
_SEVERAL: Final = re.compile(r"[;\n|]")
_NEUTRALISED: Final = {"'=", "'+", "'-", "'@"}
"""How the portal's own exports begin a text that a spreadsheet would take for a formula."""
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_LEVEL: Final = re.compile(r"(?i)\s*([abc][12])\b.*", re.DOTALL)
_PROGRAMMES: Final = {
    "rsa": Programme.RSA,
    "brsa": Programme.RSA,
    "plie": Programme.PLIE,
    "iae": Programme.IAE,
    "mission locale": Programme.MISSION_LOCALE,
    "ml": Programme.MISSION_LOCALE,
    "sap": Programme.SAP,
    "services a la personne": Programme.SAP,
    "autre": Programme.OTHER,
}
_MOMENTS: Final = {
    "journee": Preset.DAY,
    "jour": Preset.DAY,
    "matin tot": Preset.EARLY,
    "tot le matin": Preset.EARLY,
    "soiree": Preset.EVENING,
    "soir": Preset.EVENING,
    "nuit": Preset.NIGHT,
    "week end": Preset.WEEKEND,
    "weekend": Preset.WEEKEND,
}
_BIRTH_FAULTS: Final = {
    CandidateRefusal.BORN_LATER: FaultKind.BORN_LATER,
    CandidateRefusal.TOO_YOUNG: FaultKind.TOO_YOUNG,
    CandidateRefusal.TOO_OLD: FaultKind.TOO_OLD,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that is not taken: what was written, and near answers when there are some."""

    column: Column
    kind: FaultKind
    written: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What the reader needs to know of the world; each answers None when it does not know."""

    commune: Callable[[str], str | None]
    near_communes: Callable[[str], Sequence[str]]
    trade: Callable[[str], str | None]
    near_trades: Callable[[str], Sequence[str]]
    licence: Callable[[str], str | None]
    phone: Callable[[str], str | None]
    referent: Callable[[str], tuple[str, str] | None]
    """(user id, organisation id) of a referent, by e-mail."""


@dataclass(slots=True)
class Reading:
    """What was understood of a line, as JSON, and the faults found."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_line(cells: Mapping[Column, str], lookup: Lookup, today: date) -> Reading:
    """Understand every cell; each wrong one is a fault and leaves its value empty."""
    reading = Reading()
    reader = _Reader(cells, lookup, today, reading)
    for read in (reader.names, reader.contact, reader.place, reader.jobs, reader.abilities, reader.time, reader.stays):
        read()
    return reading


class _Reader:
    """Reads one line; each method reads the cells of one subject."""

    def __init__(self, cells: Mapping[Column, str], lookup: Lookup, today: date, reading: Reading) -> None:
        self.cells, self.lookup, self.today, self.reading = cells, lookup, today, reading

    def text(self, column: Column) -> str:
        """A cell in single spaces; too long is a fault."""
        raw = self.cells.get(column, "")
        if not raw:
            return ""
        text = " ".join(raw.split())
        if text[:2] in _NEUTRALISED:
            text = text[1:]
        if len(text) > _LENGTHS.get(column, 200):
            self.fault(column, FaultKind.TOO_LONG, text)
            return ""
        return text

    def fault(self, column: Column, kind: FaultKind, written: str, near: Sequence[str] = ()) -> None:
        """Note a fault, its text cut short."""
        self.reading.faults.append(Fault(column, kind, written[:80], tuple(near[:3])))

    def keep(self, name: str, value: Any) -> None:
        """Keep what was understood."""
        self.reading.values[name] = value

    def parts(self, column: Column) -> Iterator[str]:
        """The answers of a cell that may hold several."""
        raw = self.cells.get(column, "")
        if not raw:
            return
        if len(raw) > 1000:
            self.fault(column, FaultKind.TOO_LONG, raw)
            return
        pieces = _SEVERAL.split(raw)
        yield from (text for piece in pieces if (text := " ".join(piece.split())))

    def day(self, column: Column) -> date | None:
        """A date; what is none is a fault."""
        text = self.text(column)
        if not text:
            return None
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None or not 1900 <= day.year <= 2100:
            self.fault(column, FaultKind.NOT_A_DATE, text)
            return None
        return day

    def names(self) -> None:
        """First name, last name, birth date."""
        first, last = self.text(Column.FIRST_NAME), self.text(Column.LAST_NAME)
        if not (first or last) and not self.reading.faults:
            self.fault(Column.LAST_NAME, FaultKind.NAME_MISSING, "")
        self.keep("first_name", first)
        self.keep("last_name", last)
        born = self.day(Column.BIRTH_DATE)
        reasons = birth_refusals(born, self.today)
        if reasons:
            self.fault(Column.BIRTH_DATE, _BIRTH_FAULTS[reasons[0]], self.text(Column.BIRTH_DATE))
            born = None
        self.keep("birth_date", born.isoformat() if born else None)

    def contact(self) -> None:
        """Phone, whose first zero a spreadsheet may have eaten, and e-mail."""
        typed, number = self.text(Column.PHONE), None
        if typed:
            digits = re.sub(r"\D", "", typed)
            number = self.lookup.phone(f"0{digits}" if len(digits) == 9 and not typed.startswith("+") else typed)
            if number is None:
                self.fault(Column.PHONE, FaultKind.NOT_A_PHONE, typed)
        self.keep("phone", number)
        email = self.text(Column.EMAIL).replace(" ", "").lower()
        if email and not _EMAIL.fullmatch(email):
            self.fault(Column.EMAIL, FaultKind.NOT_AN_EMAIL, email)
            email = ""
        self.keep("email", email or None)

    def place(self) -> None:
        """Address and commune."""
        self.keep("address", self.text(Column.ADDRESS))
        typed = self.text(Column.COMMUNE)
        insee = self.lookup.commune(typed) if typed else None
        if typed and insee is None:
            self.fault(Column.COMMUNE, FaultKind.UNKNOWN_COMMUNE, typed, self.lookup.near_communes(typed))
        self.keep("commune_insee", insee)

    def jobs(self) -> None:
        """The trades wanted, in the order written, and the person's own words."""
        slugs: list[str] = []
        for typed in self.parts(Column.TRADES):
            slug = self.lookup.trade(typed)
            if slug is None:
                self.fault(Column.TRADES, FaultKind.UNKNOWN_TRADE, typed, self.lookup.near_trades(typed))
            elif slug not in slugs:
                slugs.append(slug)
        if len(slugs) > MOST_TRADES:
            self.fault(Column.TRADES, FaultKind.TOO_MANY_TRADES, self.cells.get(Column.TRADES, ""))
        self.keep("trades", slugs[:MOST_TRADES])
        self.keep("own_words", self.text(Column.OWN_WORDS))

    def abilities(self) -> None:
        """French level, licences, travel by each means."""
        level, typed = FrenchLevel.NONE, self.text(Column.FRENCH)
        found = _LEVEL.fullmatch(typed)
        if found:
            level = FrenchLevel[found[1].upper()]
        elif typed and normalise(typed) not in {"aucun", "non", "0"}:
            self.fault(Column.FRENCH, FaultKind.UNKNOWN_LEVEL, typed)
        self.keep("french", int(level))
        held = []
        for part in self.parts(Column.LICENCES):
            for typed in part.split(","):
                slug = self.lookup.licence(typed)
                if slug is not None:
                    held.append(slug)
                elif normalise(typed) not in {"", "non", "aucun"}:
                    self.fault(Column.LICENCES, FaultKind.UNKNOWN_LICENCE, typed.strip())
        self.keep("licences", list(dict.fromkeys(held)))
        travels = {means: self.minutes(Column(means.value)) for means in Means}
        self.keep("travels", {means.value: minutes for means, minutes in travels.items() if minutes})

    def minutes(self, column: Column) -> int | None:
        """Minutes of travel; « non » and 0 are none."""
        typed = self.text(column)
        if not typed or normalise(typed) in {"non", "0"}:
            return None
        try:
            value = parse_decimal(re.sub(r"(?i)\s*min(utes)?\.?$", "", typed), places=0)
        except NotAQuantity:
            value = Decimal(-1)
        if not 0 < value <= MOST_MINUTES:
            self.fault(column, FaultKind.NOT_MINUTES, typed)
            return None
        return int(value)

    def time(self) -> None:
        """Start date, moments of the week, hours a week."""
        start = self.day(Column.AVAILABLE_FROM)
        self.keep("available_from", start.isoformat() if start else None)
        presets = []
        for part in self.parts(Column.MOMENTS):
            for typed in part.split(","):
                preset = _MOMENTS.get(normalise(typed))
                if preset is not None:
                    presets.append(preset.value)
                elif typed.strip():
                    self.fault(Column.MOMENTS, FaultKind.UNKNOWN_MOMENT, typed.strip())
        self.keep("moments", list(dict.fromkeys(presets)))
        least, most = self.hours(Column.HOURS_MIN), self.hours(Column.HOURS_MAX)
        if CandidateRefusal.HOURS_ORDER in hours_refusals(least, most):
            self.fault(Column.HOURS_MAX, FaultKind.HOURS_ORDER, self.text(Column.HOURS_MAX))
            least = most = None
        self.keep("hours_min", str(least) if least is not None else None)
        self.keep("hours_max", str(most) if most is not None else None)

    def hours(self, column: Column) -> Decimal | None:
        """Hours a week, above 0 and up to 48."""
        typed = self.text(column)
        if not typed:
            return None
        try:
            value = parse_decimal(typed)
        except NotAQuantity:
            value = Decimal(0)
        if hours_refusals(value, None):
            self.fault(column, FaultKind.NOT_HOURS, typed)
            return None
        return value

    def stays(self) -> None:
        """Programmes since a day, today when none is written, and the referent."""
        found = []
        for part in self.parts(Column.PROGRAMMES):
            for typed in part.split(","):
                programme = _PROGRAMMES.get(normalise(typed))
                if programme is not None:
                    found.append(programme.value)
                elif typed.strip():
                    self.fault(Column.PROGRAMMES, FaultKind.UNKNOWN_PROGRAMME, typed.strip())
        since = self.day(Column.PROGRAMMES_SINCE) or self.today
        self.keep("programmes", list(dict.fromkeys(found)))
        self.keep("programmes_since", since.isoformat())
        typed = self.text(Column.REFERENT).lower()
        known = self.lookup.referent(typed) if typed else None
        if typed and known is None:
            self.fault(Column.REFERENT, FaultKind.UNKNOWN_REFERENT, typed)
        self.keep("referent", list(known) if known else None)
