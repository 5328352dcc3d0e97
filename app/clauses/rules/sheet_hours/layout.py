"""Where does the table begin, and do its months go down in a column or across in the titles?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.clauses.rules.sheet_hours.columns import Column, guess, missing, signature
from app.clauses.rules.sheet_hours.months import NotAMonth, month_of_title
from app.core.sheets import SheetRow

FIRST_ROWS: Final = 15
"""The titles of the columns stand in one of these rows that hold something."""
_WHO: Final = {Column.FULL_NAME, Column.LAST_NAME, Column.PAYROLL_ID}
_YEAR: Final = re.compile(r"\b(20[0-9]{2})\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Layout:
    """The row of titles, which column holds what, and the columns that are a month each."""

    header: SheetRow
    mapping: Mapping[Column, int]
    months: Mapping[int, date]

    @property
    def signature(self) -> str:
        """Under what an employer's corrected mapping is remembered."""
        return signature(self.header.cells)

    def missing(self, *, month_given: bool = False) -> list[Column]:
        """What to ask before the lines can be read."""
        return missing(self.mapping, months_across=bool(self.months), month_given=month_given)

    def with_mapping(self, mapping: Mapping[Column, int]) -> "Layout":
        """The same table read under another mapping; hours in one column mean that months do not go across."""
        return replace(self, mapping=dict(mapping), months={} if Column.HOURS in mapping else self.months)


def month_columns(cells: Sequence[str], year: int | None = None) -> dict[int, date]:
    """Titles that name a month: « Janv. 2026 », « 02/2026 », « mars-26 »; « Janvier » alone when the year is known."""
    found: dict[int, date] = {}
    for index, title in enumerate(cells):
        try:
            found[index] = month_of_title(title, year)
        except NotAMonth:
            continue
    return found


def _read(row: SheetRow, year: int | None) -> Layout:
    mapping = guess(row.cells)
    months = month_columns(row.cells, year)
    if len(set(months.values())) < len(months) or Column.MONTH in mapping:
        months = {}
    across = len(months) >= 2 or (months and Column.HOURS not in mapping)
    if across:
        mapping.pop(Column.HOURS, None)
    return Layout(row, mapping, months if across else {})


def _score(layout: Layout) -> int:
    return len(layout.mapping) + len(layout.months)


def find_layout(rows: Sequence[SheetRow]) -> Layout | None:
    """The row with the most known titles, a name among them."""
    best: Layout | None = None
    years: set[str] = set()
    for row in rows[:FIRST_ROWS]:
        years.update(_YEAR.findall(" ".join(dict.fromkeys(row.cells))[:2_000]))
        layout = _read(row, int(next(iter(years))) if len(years) == 1 else None)
        named = layout.mapping.keys() & _WHO
        if named and _score(layout) >= 2 and (best is None or _is_better(layout, best)):
            best = layout
    return best


def _is_better(layout: Layout, best: Layout) -> bool:
    """More titles, or as many in the next row where titles merged over both rows are said again."""
    if _score(layout) != _score(best):
        return _score(layout) > _score(best)
    said_again = {best.header.cell(index) for index in best.mapping.values()}
    who = (layout.mapping[column] for column in _WHO if column in layout.mapping)
    below = layout.header.number == best.header.number + 1
    return below and any(layout.header.cell(index) in said_again for index in who)
