"""How is a form drawn? The kind of each field, what ties it to its hint and error, and the summary of errors."""

from collections.abc import Iterator
from typing import Any, Final

from wtforms import FieldList, FormField
from wtforms import widgets as w
from wtforms.form import BaseForm

from app.core.grid_field import GridField

_KINDS: Final[tuple[tuple[type[Any], str], ...]] = (
    (w.HiddenInput, "hidden"),
    (w.TextArea, "textarea"),
    (w.CheckboxInput, "checkbox"),
    (w.FileInput, "file"),
    (w.SubmitInput, "submit"),
)


def field_kind(field: Any) -> str:
    """How a field is drawn: hidden, input, textarea, select, radio, checks, checkbox, file, grid, group or list."""
    if isinstance(field, GridField):
        return "grid"
    if isinstance(field, FormField):
        return "group"
    if isinstance(field, FieldList):
        return "list"
    if hasattr(field, "iter_choices"):
        many = getattr(field.widget, "multiple", False) or isinstance(field.option_widget, w.CheckboxInput)
        if isinstance(field.widget, w.Select) and not many:
            return "select"
        return "checks" if many else "radio"
    return next((kind for widget, kind in _KINDS if isinstance(field.widget, widget)), "input")


def field_attributes(
    field: Any, described: str, messages: list[str], autocomplete: str | None = None, short: bool = False
) -> dict[str, str]:
    """The attributes that tie a control to its hint and its error."""
    wanted = {
        "aria-describedby": described,
        "aria-invalid": "true" if messages else "",
        "autocomplete": autocomplete or "",
        "class": "short" if short else "",
    }
    given = field.render_kw or {}
    return {name: value for name, value in wanted.items() if value and (name not in given or name != "class")}


def error_links(form: Any) -> list[tuple[str | None, str | None, str]]:
    """Every error of a form, in the order of the page: anchor, label, message. No anchor: it is about the whole."""
    if not isinstance(form, BaseForm):
        return []
    whole = [(None, None, str(text)) for text in (*form.form_errors, *getattr(form, "general_errors", ()))]
    return whole + [line for field in form for line in _errors_of(field)]


def _errors_of(field: Any) -> Iterator[tuple[str | None, str | None, str]]:
    kind = field_kind(field)
    if kind == "group":
        for child in field.form:
            yield from _errors_of(child)
        return
    if kind == "list":
        for entry in field.entries:
            yield from _errors_of(entry)
    anchor = f"{field.id}-0" if kind in {"radio", "checks", "grid"} else field.id
    hidden = kind == "hidden"
    for message in field.errors:
        if isinstance(message, str):
            yield (None, None, message) if hidden else (anchor, str(field.label.text), message)
