"""What does each of two editors read when both changed one row? Both versions, in the words of the form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from app.core.form_display import field_kind
from app.core.grid import Grid, grid_lines
from app.core.quantities import format_date_short, format_number

_SILENT = frozenset({"hidden", "file", "submit", "group", "list"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """``mine`` and ``theirs`` are (label, value, differs); ``values`` are what to send again with ``version``."""

    mine: Sequence[tuple[str, str, bool]]
    theirs: Sequence[tuple[str, str, bool]]
    values: Sequence[tuple[str, str]]
    version: int | None

    def for_page(self) -> dict[str, Any]:
        """What the 409 page is given."""
        return asdict(self)


def said(field: Any, value: Any) -> str:
    """A value as the form would show it: labels of choices, French numbers and dates, a week in words."""
    match value:
        case None | "":
            return ""
        case bool():
            return "oui" if value else "non"
        case Grid():
            return " ; ".join(grid_lines(value))
        case date():
            return format_date_short(value)
        case Decimal() | int() | float():
            number = Decimal(str(value))
            return format_number(number, 0 if number == number.to_integral_value() else 2)
    if hasattr(field, "iter_choices"):
        words = {str(choice[0]): str(choice[1]) for choice in field.iter_choices()}
        chosen = value if isinstance(value, list | tuple | set | frozenset) else [value]
        return ", ".join(words.get(str(getattr(item, "value", item)), str(item)) for item in chosen)
    return str(value)


def compare(form: BaseForm | None, theirs: Mapping[str, Any], sent: MultiDict[str, str]) -> Comparison:
    """``theirs`` maps names of the form's fields to what the row says now, with its ``version``.

    A field that ``theirs`` does not name is shown on one side only.
    """
    mine: list[tuple[str, str, bool]] = []
    other: list[tuple[str, str, bool]] = []
    for field in _shown_fields(form):
        label, text = str(field.label.text), _typed(field)
        if field.short_name not in theirs:
            mine.append((label, text, False))
            continue
        now = said(field, theirs[field.short_name])
        if text or now:
            mine.append((label, text, now != text))
            other.append((label, now, now != text))
    values = [(name, text) for name, text in sent.items(multi=True) if name not in {"csrf_token", "version"}]
    return Comparison(mine, other, values, theirs.get("version"))


def _shown_fields(form: BaseForm | None) -> Iterator[Any]:
    for field in form or ():
        if field_kind(field) not in _SILENT and getattr(field.widget, "input_type", "") != "password":
            yield field


def _typed(field: Any) -> str:
    if field.data is None and field.raw_data:
        return ", ".join(str(text) for text in field.raw_data)
    return said(field, field.data)
