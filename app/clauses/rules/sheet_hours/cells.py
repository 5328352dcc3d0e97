"""How many hours, of which kind, does a cell say, and what is wrong in it?"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.clauses.rules.kinds import HourKind
from app.clauses.rules.terms import LEGAL_MONTH
from app.core.quantities import round_half_up
from app.reference.rules import normalise


class FaultKind(StrEnum):
    """What is wrong in a cell."""

    NAME_MISSING = "name_missing"
    NOT_A_NAME = "not_a_name"
    HOURS_MISSING = "hours_missing"
    NOT_HOURS = "not_hours"
    ERROR_VALUE = "error_value"
    FORMULA = "formula"
    NEGATIVE = "negative"
    ZERO = "zero"
    TOO_MANY_HOURS = "too_many_hours"
    MONTH_MISSING = "month_missing"
    NOT_A_MONTH = "not_a_month"
    SEVERAL_MONTHS = "several_months"
    FUTURE_MONTH = "future_month"
    UNKNOWN_KIND = "unknown_kind"
    TOO_LONG = "too_long"


NOTES: Final = frozenset({FaultKind.ZERO})
"""Said, but nothing to correct: the line is only passed over."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """Something wrong in the cell of a column; -1 when the sheet has no such column."""

    column_index: int
    kind: FaultKind
    written: str = ""

    @property
    def is_note(self) -> bool:
        """Nothing to correct."""
        return self.kind in NOTES


class BadCell(ValueError):
    """The cell does not say what it should, and why."""

    def __init__(self, kind: FaultKind) -> None:
        self.kind = kind
        super().__init__(kind.value)


_ERROR: Final = re.compile(
    r"#(?:ref|n/a|n/d|valeur|value|nom|name|div/0|nombre|num|nul|null|calc|spill|propagation)\s?[!?]?|err:\d{3}|#{2,}",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"(\d{1,5})\s*(?:h|:|heures?)\s*([0-5]?\d)\s*(?::\s*\d{2}|min|mn|m)?", re.IGNORECASE | re.ASCII
)
_PLAIN: Final = re.compile(r"\d{1,15}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009']+")
_UNIT: Final = re.compile(r"(?:heures?|hrs?|h)\.?$", re.IGNORECASE)
_NOTHING: Final = frozenset({"", "-", "–", "—", "/", "néant", "neant", "."})
_KINDS: Final[tuple[tuple[re.Pattern[str], HourKind | None], ...]] = (
    (re.compile(r"sans solde|non paye|non remunere|injustifie"), None),
    (re.compile(r"\b(abs\w*|conges?|cp|rtt|maladie|arret\w*|feries?|chomage|intemperies?)\b"), HourKind.PAID_ABSENCE),
    (re.compile(r"\b(form\w*|cfa|apprentissage theorique|cours)\b"), HourKind.TRAINING),
    (re.compile(r"\b(tut\w*|encadrement)\b"), HourKind.TUTOR),
    (
        re.compile(
            r"\b(trav\w*|norm\w*|base|product\w*|prod|presen\w*|hn|hs|sup\w*|mission|chantier|heures?|h|effecti\w*"
            r"|insertion|realise\w*)\b"
        ),
        HourKind.WORK,
    ),
)


def is_nothing(text: str) -> bool:
    """An empty cell, or a dash in its place."""
    return text.strip().casefold() in _NOTHING


def check_value(text: str) -> None:
    """Raises BadCell for an error of the spreadsheet or a formula whose result was never saved."""
    bare = text.strip()
    if _ERROR.fullmatch(bare):
        raise BadCell(FaultKind.ERROR_VALUE)
    if bare.startswith("="):
        raise BadCell(FaultKind.FORMULA)


def _amount(text: str) -> Decimal:
    """Hours as a Decimal, not rounded. Both marks: the last one is the decimal mark."""
    if clock := _CLOCK.fullmatch(text):
        return Decimal(clock[1]) + Decimal(clock[2]) / 60
    bare = _UNIT.sub("", _SPACES.sub("", text))
    if "," in bare and "." in bare:
        thousands = "." if bare.rindex(",") > bare.rindex(".") else ","
        bare = bare.replace(thousands, "")
    bare = bare.replace(",", ".")
    if not _PLAIN.fullmatch(bare):
        raise BadCell(FaultKind.NOT_HOURS)
    return Decimal(bare)


def parse_hours(text: str) -> Decimal:
    """« 151,67 », « 1 234,50 », « 7h30 », « 7:30 », « 35 h » → hours with two places. Raises BadCell.

    A spreadsheet's 151.666666667 is 151.67. More than 208 h is no month of one person (48 h × 52 ÷ 12).
    """
    if is_nothing(text):
        raise BadCell(FaultKind.HOURS_MISSING)
    check_value(text)
    bare = text.strip()[:40]
    negative = re.fullmatch(r"[-−–](.+)|(.+)-|\((.+)\)", bare)
    amount = _amount(next(part for part in negative.groups() if part) if negative else bare.removeprefix("+"))
    if amount > LEGAL_MONTH:
        raise BadCell(FaultKind.NEGATIVE if negative else FaultKind.TOO_MANY_HOURS)
    hours = round_half_up(amount)
    if hours == 0:
        raise BadCell(FaultKind.ZERO)
    if negative:
        raise BadCell(FaultKind.NEGATIVE)
    return hours


def parse_kind(text: str) -> HourKind:
    """« Heures normales » → work, « Form. » → training, « Tutorat », « Congés payés ». Raises BadCell."""
    check_value(text)
    words = normalise(text[:100])
    kind = next((kind for pattern, kind in _KINDS if pattern.search(words)), None)
    if kind is None:
        raise BadCell(FaultKind.UNKNOWN_KIND)
    return kind
