"""Which hours does the sheet say, line by line, and what is wrong in each cell?"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from app.candidates.rules.names import name_key
from app.clauses.rules.kinds import HourKind
from app.clauses.rules.sheet_hours.cells import (
    BadCell,
    CellFault,
    FaultKind,
    check_value,
    is_nothing,
    parse_hours,
    parse_kind,
)
from app.clauses.rules.sheet_hours.columns import Column
from app.clauses.rules.sheet_hours.layout import Layout
from app.clauses.rules.sheet_hours.months import NotAMonth, SeveralMonths, parse_month
from app.core.sheets import SheetRow
from app.reference.rules import normalise

_TOTAL: Final = re.compile(r"^(sous )?(total|totaux)\b")
_TITLE: Final = re.compile(r"^(?:m\.?|mr\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle)\s+(?=\w)", re.IGNORECASE)
_LONGEST: Final[Mapping[Column, int]] = {Column.REASON: 500}
_MOST_LETTERS: Final = 150
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for every line whose sheet does not say otherwise."""

    month: date | None = None
    kind: HourKind = HourKind.WORK
    contract: str = ""
    lot: str = ""
    employer: str = ""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One person's hours of one month as the sheet says them; ``number`` is the row's at the left of the sheet.

    ``columns`` says where each field was read, so that a fault found later has its cell too.
    """

    number: int
    columns: Mapping[Column, int]
    name: str
    last_name: str
    first_name: str
    payroll_id: str
    month: date | None
    hours: Decimal | None
    kind: HourKind | None
    contract: str
    lot: str
    employer: str
    reason: str
    faults: tuple[CellFault, ...] = ()

    @property
    def name_key(self) -> str:
        """The words of the name whatever their case, accents and order."""
        return name_key(self.first_name, self.last_name)

    @property
    def is_readable(self) -> bool:
        """Nothing to correct and nothing to pass over."""
        return not self.faults

    @property
    def is_passed_over(self) -> bool:
        """Zero hours and nothing wrong: said, and left out."""
        return bool(self.faults) and all(fault.is_note for fault in self.faults)


def split_name(text: str) -> tuple[str, str]:
    """(last name, first name): capitals or a comma tell them apart, else the first word is the last name."""
    bare = _TITLE.sub("", " ".join(text.split()))
    last, comma, first = bare.partition(",")
    if comma:
        return last.strip(), first.strip()
    words = bare.split(" ")
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if capitals and len(capitals) < len(words):
        return " ".join(capitals), " ".join(word for word in words if word not in capitals)
    return words[0], " ".join(words[1:])


@dataclass
class _Row:
    """One row being read: its cells, and the faults that gather."""

    row: SheetRow
    mapping: Mapping[Column, int]
    faults: list[CellFault] = field(default_factory=list)

    def fault(self, index: int, kind: FaultKind) -> None:
        self.faults.append(CellFault(index, kind, self.row.cell(index)[:_SHOWN]))

    def raw(self, column: Column) -> str:
        index = self.mapping.get(column, -1)
        return self.row.cell(index).strip()

    def text(self, column: Column, default: str = "") -> str:
        """One line of text, or the default when the cell is empty or wrong."""
        value = " ".join(self.raw(column).split())
        if is_nothing(value):
            return default
        most = _LONGEST.get(column, _MOST_LETTERS)
        try:
            check_value(value)
        except BadCell as bad:
            self.fault(self.mapping[column], bad.kind)
            return default
        if len(value) > most:
            self.fault(self.mapping[column], FaultKind.TOO_LONG)
        return value[:most]

    def name(self) -> tuple[str, str, str]:
        """(as written, last name, first name); a number of payroll may stand for a name."""
        before = len(self.faults)
        if Column.FULL_NAME in self.mapping:
            index, written = self.mapping[Column.FULL_NAME], self.text(Column.FULL_NAME)
            last, first = split_name(written) if written else ("", "")
        else:
            index = self.mapping.get(Column.LAST_NAME, -1)
            last, first = self.text(Column.LAST_NAME), self.text(Column.FIRST_NAME)
            written = f"{last} {first}".strip()
        if len(self.faults) == before and not written and not self.raw(Column.PAYROLL_ID):
            self.fault(index, FaultKind.NAME_MISSING)
        elif written and not any(char.isalpha() for char in written):
            self.fault(index, FaultKind.NOT_A_NAME)
        return written, last, first

    def kind(self, default: HourKind) -> HourKind | None:
        if is_nothing(self.raw(Column.KIND)):
            return default
        try:
            return parse_kind(self.raw(Column.KIND))
        except BadCell as bad:
            self.fault(self.mapping[Column.KIND], bad.kind)
            return None

    def hours(self, index: int) -> Decimal | None:
        try:
            return parse_hours(self.row.cell(index))
        except BadCell as bad:
            self.fault(index, bad.kind)
            return None

    def month(self, default: date | None) -> date | None:
        index, text = self.mapping.get(Column.MONTH, -1), self.raw(Column.MONTH)
        if is_nothing(text):
            if default is None:
                self.fault(index, FaultKind.MONTH_MISSING)
            return default
        year = self.raw(Column.YEAR)
        try:
            check_value(text)
            return parse_month(text, int(year) if re.fullmatch(r"20\d\d", year, re.ASCII) else None)
        except BadCell as bad:
            self.fault(index, bad.kind)
        except SeveralMonths:
            self.fault(index, FaultKind.SEVERAL_MONTHS)
        except NotAMonth:
            self.fault(index, FaultKind.NOT_A_MONTH)
        return None


def read_lines(rows: Sequence[SheetRow], layout: Layout, defaults: Defaults, today: date) -> list[ReadLine]:
    """Every line below the titles; totals, repeated titles and rows without a name nor hours are passed over."""
    read = _across if layout.months else _down
    return [
        line
        for row in rows
        if row.number > layout.header.number and not _is_other(row, layout)
        for line in read(row, layout, defaults, today)
    ]


def _is_other(row: SheetRow, layout: Layout) -> bool:
    """A total, the titles again, or a row that says neither who nor how many."""
    if row.cells == layout.header.cells:
        return True
    who = [row.cell(layout.mapping[column]) for column in _WHO if column in layout.mapping]
    first = next((cell for cell in row.cells if cell.strip()), "")
    if any(_TOTAL.match(normalise(text[:40])) for text in (first, *who)):
        return True
    hours = [layout.mapping.get(Column.HOURS, -1), *layout.months]
    return all(is_nothing(text) for text in (*who, *(row.cell(index) for index in hours)))


_WHO: Final = (Column.FULL_NAME, Column.LAST_NAME, Column.FIRST_NAME, Column.PAYROLL_ID)


def _down(row: SheetRow, layout: Layout, defaults: Defaults, today: date) -> Iterator[ReadLine]:
    reading = _Row(row, layout.mapping)
    line = _common(reading, defaults)
    month = reading.month(defaults.month)
    if month is not None and month > today:
        reading.fault(layout.mapping.get(Column.MONTH, -1), FaultKind.FUTURE_MONTH)
    hours = reading.hours(layout.mapping.get(Column.HOURS, -1))
    yield line(layout.mapping, month, hours, reading.faults)


def _across(row: SheetRow, layout: Layout, defaults: Defaults, today: date) -> Iterator[ReadLine]:
    """One line a month that is filled; zero is as good as empty there."""
    for index, month in layout.months.items():
        if is_nothing(row.cell(index)):
            continue
        reading = _Row(row, layout.mapping)
        line = _common(reading, defaults)
        hours = reading.hours(index)
        if reading.faults and reading.faults[-1].kind is FaultKind.ZERO:
            continue
        if month > today:
            reading.fault(index, FaultKind.FUTURE_MONTH)
        yield line({**layout.mapping, Column.HOURS: index, Column.MONTH: index}, month, hours, reading.faults)


_Maker = Callable[[Mapping[Column, int], date | None, Decimal | None, Sequence[CellFault]], ReadLine]


def _common(reading: _Row, defaults: Defaults) -> _Maker:
    """All that does not change from one month to the next of a row."""
    name, last, first = reading.name()
    texts = {
        "payroll_id": reading.text(Column.PAYROLL_ID),
        "contract": reading.text(Column.CONTRACT, defaults.contract),
        "lot": reading.text(Column.LOT, defaults.lot),
        "employer": reading.text(Column.EMPLOYER, defaults.employer),
        "reason": reading.text(Column.REASON),
    }
    kind = reading.kind(defaults.kind)

    def make(
        columns: Mapping[Column, int], month: date | None, hours: Decimal | None, faults: Sequence[CellFault]
    ) -> ReadLine:
        return ReadLine(
            number=reading.row.number,
            columns=columns,
            name=name,
            last_name=last,
            first_name=first,
            month=month,
            hours=hours,
            kind=kind,
            faults=tuple(faults),
            **texts,
        )

    return make
