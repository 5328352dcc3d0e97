"""Which hours does a sheet of payroll say? From rows of text to lines of person, month, hours and faults."""

from app.clauses.rules.sheet_hours.cells import NOTES, BadCell, CellFault, FaultKind, parse_hours, parse_kind
from app.clauses.rules.sheet_hours.columns import Column, guess, missing, signature
from app.clauses.rules.sheet_hours.layout import Layout, find_layout, month_columns
from app.clauses.rules.sheet_hours.lines import Defaults, ReadLine, read_lines, split_name
from app.clauses.rules.sheet_hours.months import NotAMonth, SeveralMonths, parse_month
from app.clauses.rules.sheet_hours.people import PersonMatch, match_people, same_name, spellings

__all__ = [
    "NOTES",
    "BadCell",
    "CellFault",
    "Column",
    "Defaults",
    "FaultKind",
    "Layout",
    "NotAMonth",
    "PersonMatch",
    "ReadLine",
    "SeveralMonths",
    "find_layout",
    "guess",
    "match_people",
    "missing",
    "month_columns",
    "parse_hours",
    "parse_kind",
    "parse_month",
    "read_lines",
    "same_name",
    "signature",
    "spellings",
    "split_name",
]
