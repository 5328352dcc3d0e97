"""What may be typed of a week: for each half-day past, there or not, and the hours when they were others."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from wtforms import HiddenField, ValidationError

from app.core.fields import DateField, DecimalField, SelectField, choices_of
from app.core.forms import PortalForm
from app.core.french import date_words
from app.core.quantities import format_hours
from app.placements.labels.kinds import HALVES, PRESENCES
from app.placements.queries.presence_part import Cell
from app.placements.rules.kinds import Half, Presence
from app.placements.rules.presence import LONGEST, SaidHalf
from app.placements.rules.weeks import as_shown, shown_in

STATUS, HOURS = "s_", "h_"
_AWAY = "Donnez des heures seulement quand la personne était là."


class HalfHours(DecimalField):
    """The hours done in a half-day, beside the answer that they belong to."""

    def __init__(self, label: str, *, half: Half, **kwargs: Any) -> None:
        super().__init__(label, minimum=Decimal("0.01"), maximum=LONGEST[half], unit="h", **kwargs)


class WeekForm(PortalForm):
    """A week; ``version`` is what the page showed of each half-day."""

    version = HiddenField()
    extra_day = DateField("Jour", hint="Une demi-journée faite en plus.")
    extra_half = SelectField("Matin ou après-midi", choices=choices_of(Half, HALVES), blank="Choisir")
    extra_hours = DecimalField("Heures faites", minimum=Decimal("0.01"), maximum=13, unit="h")
    cells: tuple[Cell, ...] = ()

    def validate_extra_half(self, field: SelectField) -> None:
        """A half-day in plus is named whole, and is not one of the list."""
        if self.extra_day.data is None:
            return
        if not field.data:
            raise ValidationError("Dites matin ou après-midi.")
        if any((cell.day, cell.half.value) == (self.extra_day.data, field.data) for cell in self.cells):
            raise ValidationError("Cette demi-journée est dans la liste, au-dessus.")

    def validate_extra_hours(self, field: DecimalField) -> None:
        """Nothing expects it: its hours are typed."""
        if self.extra_day.data is not None and field.data is None:
            raise ValidationError("Donnez les heures faites.")

    def pair(self, cell: Cell) -> tuple[Any, Any]:
        """The two fields of a half-day."""
        return self[f"{STATUS}{cell.word}"], self[f"{HOURS}{cell.word}"]

    def said(self) -> list[SaidHalf]:
        """What was typed, once its shape is right."""
        found = []
        for cell in self.cells:
            status, hours = self.pair(cell)
            found.append(SaidHalf(cell.day, cell.half, Presence(str(status.data)), hours.data))
        if self.extra_day.data is not None:
            half = Half(str(self.extra_half.data))
            found.append(SaidHalf(self.extra_day.data, half, Presence.PRESENT, self.extra_hours.data))
        return found

    @property
    def shown(self) -> dict[str, str]:
        """What the page showed, as it came back."""
        return shown_in(str(self.version.data or ""))


def _only_there(form: Any, field: Any) -> None:
    status = form[STATUS + field.short_name.removeprefix(HOURS)]
    if field.data is not None and status.data != Presence.PRESENT.value:
        raise ValidationError(_AWAY)


def week_form(cells: Iterable[Cell]) -> WeekForm:
    """The form of the half-days that may be said; one that nobody said is « Là »."""
    open_cells = tuple(cells)
    fields: dict[str, Any] = {"cells": open_cells}
    data: dict[str, Any] = {}
    for cell in open_cells:
        name = f"{date_words(cell.day)}, {HALVES[cell.half].lower()}"
        label = f"{name} ({format_hours(cell.expected)})" if cell.expected is not None else name
        choices = choices_of(Presence, PRESENCES)
        fields[f"{STATUS}{cell.word}"] = SelectField(label.capitalize(), choices=choices, required="Choisissez.")
        fields[f"{HOURS}{cell.word}"] = HalfHours(
            f"{name}, heures faites".capitalize(), half=cell.half, validators=[_only_there]
        )
        data[f"{STATUS}{cell.word}"] = cell.said.status.value if cell.said else Presence.PRESENT.value
        data[f"{HOURS}{cell.word}"] = cell.said.hours if cell.said else None
    said = {(cell.day, cell.half): cell.said for cell in open_cells if cell.said}
    data["version"] = as_shown(said, [(cell.day, cell.half) for cell in open_cells])
    made: WeekForm = type("OneWeekForm", (WeekForm,), fields)(data=data)
    return made
