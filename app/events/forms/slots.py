"""What may be typed of a slot: its day, its hours in Paris, its room, its seats; or of the same each week."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final

from app.applications.forms import HourField
from app.core.clock import PARIS
from app.core.fields import DateField, IntegerField, SelectField, TextField
from app.core.forms import EditsRow, MakesRow
from app.core.quantities import WEEKDAYS
from app.events.labels.kinds import side_words
from app.events.models import Slot
from app.events.rules.content import SEATS_MOST, SlotContent
from app.events.rules.kinds import EventKind, Side, sides_of
from app.events.rules.series import Series, times_on

EVERY: Final = (("1", "Chaque semaine"), ("2", "Une semaine sur deux"), ("4", "Toutes les quatre semaines"))
_SHORT: Final = {"class": "short", "maxlength": 20, "autocomplete": "off"}


def _hour(label: str, missing: str) -> HourField:
    return HourField(label, required=missing, hint="Par exemple\u00a0: 9h30", max_length=20, render_kw=_SHORT)


def _seats(label: str) -> IntegerField:
    return IntegerField(label, required="Dites combien de places.", minimum=1, maximum=SEATS_MOST, unit="places")


def hour_typed(at: time) -> str:
    """« 9h30 », as people type it."""
    return f"{at.hour}h{at.minute:02}" if at.minute else f"{at.hour}h"


class SeatFields:
    """Seats: one number, or one a side for a dating. ``for_kind`` keeps the fields of the kind."""

    seats = _seats("Nombre de places")
    seats_seated = _seats("Places à table")
    seats_moving = _seats("Places de ceux qui tournent")

    def for_kind(self, kind: EventKind) -> None:
        """Keep the fields of this kind, in its words."""
        form: Any = self
        sides = sides_of(kind)
        if Side.PUBLIC in sides:
            del form.seats_seated, form.seats_moving
            return
        del form.seats
        form.seats_seated.label.text = f"Places pour\u00a0: {side_words(kind, Side.SEATED)}"
        form.seats_moving.label.text = f"Places pour\u00a0: {side_words(kind, Side.MOVING)}"

    def seats_said(self) -> Mapping[Side, int]:
        """How many on each side."""
        form: Any = self
        if "seats" in form:
            return {Side.PUBLIC: int(form.seats.data)}
        return {Side.SEATED: int(form.seats_seated.data), Side.MOVING: int(form.seats_moving.data)}


class SlotFields(SeatFields):
    """One day, in Paris time."""

    day = DateField("Jour", required="Choisissez le jour.")
    start = _hour("Début", "Dites à quelle heure cela commence.")
    end = _hour("Fin", "Dites à quelle heure cela finit.")
    room = TextField("Salle", hint="Si le lieu en a plusieurs.", max_length=80)

    def slot(self) -> SlotContent:
        """What was typed, once its shape is right."""
        form: Any = self
        begin, end = times_on(form.day.data, form.start.hour, form.end.hour)
        return SlotContent(begin, end, form.room.data or "", self.seats_said())


class NewSlotForm(SlotFields, MakesRow):
    """One more slot."""


class EditSlotForm(SlotFields, EditsRow):
    """A slot that is there; ``version`` is that of its event."""


class SeriesForm(SeatFields, MakesRow):
    """« Tous les mardis de 9 h à 11 h jusqu’au … »."""

    weekday = SelectField("Jour de la semaine", choices=[(str(rank), name) for rank, name in enumerate(WEEKDAYS)])
    every = SelectField("Rythme", choices=EVERY)
    first = DateField("À partir du", required="Choisissez le premier jour.")
    last = DateField("Jusqu’au", required="Choisissez le dernier jour.")
    start = _hour("Début", "Dites à quelle heure cela commence.")
    end = _hour("Fin", "Dites à quelle heure cela finit.")
    room = TextField("Salle", hint="Si le lieu en a plusieurs.", max_length=80)

    def series(self) -> Series:
        """The days, once the shape is right."""
        assert self.first.data is not None
        assert self.last.data is not None
        return Series(int(self.weekday.data or 0), self.first.data, self.last.data, int(self.every.data or 1))

    def hours(self) -> tuple[time, time]:
        """From when to when."""
        assert self.start.hour is not None
        assert self.end.hour is not None
        return self.start.hour, self.end.hour


def slot_typed(slot: Slot, **values: Any) -> dict[str, Any]:
    """The data of the form for a slot as it is."""
    begin, end = slot.starts_at.astimezone(PARIS), slot.ends_at.astimezone(PARIS)
    return {**_times(begin, end), "room": slot.room, **seats_typed(slot), **values}


def seats_typed(slot: Slot) -> dict[str, int]:
    """The seats of a slot, by the names of the fields."""
    return {"seats" if one.side is Side.PUBLIC else f"seats_{one.side.value}": one.seats for one in slot.sides}


def _times(begin: datetime, end: datetime) -> dict[str, Any]:
    return {"day": begin.date(), "start": hour_typed(begin.time()), "end": hour_typed(end.time())}
