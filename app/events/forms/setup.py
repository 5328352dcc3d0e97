"""What may be typed of the rounds of a dating, and of a plan that is made."""

from datetime import datetime, time
from typing import Any

from wtforms import HiddenField
from wtforms.validators import StopValidation

from app.core.clock import PARIS
from app.core.fields import IntegerField, TextField
from app.core.forms import EditsRow, PortalForm
from app.events.models import MeetingSetup, Slot
from app.events.rules.setup import MOST_BREAKS, MOST_ROUNDS, SetupRefusal, SetupValues


def clock_of(text: str) -> time | None:
    """« 14 h 30 », « 14h », « 14:30 », « 9.15 » → a time; None for anything else."""
    parts = text.lower().replace("h", ":").replace(".", ":").replace("\u00a0", "").replace(" ", "").split(":")
    if not 1 <= len(parts) <= 2 or not all(part.isascii() and part.isdigit() for part in parts if part):
        return None
    hour, minute = parts[0], parts[1] if len(parts) == 2 else ""
    if not hour or int(hour) > 23 or int(minute or 0) > 59:
        return None
    return time(int(hour), int(minute or 0))


class ClockField(TextField):
    """A time of the day; ``data`` is the text, ``clock`` the time after validation."""

    clock: time | None = None

    def check(self) -> None:
        """Hours and minutes."""
        super().check()
        self.clock = clock_of(self.data or "")
        if self.clock is None:
            raise StopValidation("Écrivez une heure. Exemple\u00a0: 14 h 30")


def _after(number: int) -> IntegerField:
    return IntegerField(f"Pause {number}, après le tour", minimum=1, maximum=MOST_ROUNDS)


def _minutes(number: int) -> IntegerField:
    return IntegerField(f"Durée de la pause {number}", hint="En minutes", minimum=1, maximum=120)


class SetupForm(EditsRow):
    """The rounds: their number, length, tables, breaks."""

    rounds = IntegerField(
        "Nombre de tours",
        hint="Laissez vide\u00a0: autant qu’il en faut pour que tous se rencontrent",
        minimum=1,
        maximum=MOST_ROUNDS,
    )
    round_minutes = IntegerField("Minutes par rencontre", minimum=1, maximum=60, required="Écrivez un nombre.")
    change_minutes = IntegerField(
        "Minutes pour changer de table", minimum=0, maximum=30, required="Écrivez un nombre, 0 s’il n’y en a pas."
    )
    tables = IntegerField("Tables dans la salle", minimum=1, maximum=300, required="Écrivez un nombre.")
    first_round_at = ClockField("Début du premier tour", hint="Vide\u00a0: au début du créneau. Exemple\u00a0: 14 h 30")
    after_1, minutes_1 = _after(1), _minutes(1)
    after_2, minutes_2 = _after(2), _minutes(2)
    after_3, minutes_3 = _after(3), _minutes(3)

    @property
    def pauses(self) -> list[tuple[Any, Any]]:
        """(after, minutes) fields, in order."""
        return [(self[f"after_{one}"], self[f"minutes_{one}"]) for one in range(1, MOST_BREAKS + 1)]

    def values(self, slot: Slot) -> SetupValues:
        """What was typed, on the day of the slot."""
        first = self.first_round_at.clock
        day = slot.starts_at.astimezone(PARIS).date()
        return SetupValues(
            rounds=int(self.rounds.data) if self.rounds.data else None,
            round_minutes=int(self.round_minutes.data or 0),
            change_minutes=int(self.change_minutes.data or 0),
            tables=int(self.tables.data or 0),
            pauses=tuple((after.data, minutes.data) for after, minutes in self.pauses),
            first_round_at=datetime.combine(day, first, PARIS) if first else None,
        )


FIELD_OF = {
    SetupRefusal.FIRST_ROUND_OUTSIDE: "first_round_at",
    SetupRefusal.BREAK_HALF_SAID: "after_1",
    SetupRefusal.BREAK_TWICE: "after_1",
    SetupRefusal.BREAK_AFTER_END: "after_1",
}
"""Beside which field each refusal is shown."""


def setup_form(setup: MeetingSetup) -> SetupForm:
    """With what is kept."""
    first = setup.first_round_at.astimezone(PARIS) if setup.first_round_at else None
    shown: dict[str, Any] = {
        "version": setup.version,
        "rounds": setup.rounds,
        "round_minutes": setup.round_minutes,
        "change_minutes": setup.change_minutes,
        "tables": setup.tables,
        "first_round_at": f"{first.hour} h {first.minute:02}" if first else "",
    }
    for number, one in enumerate(setup.breaks[:MOST_BREAKS], 1):
        shown |= {f"after_{number}": one["after"], f"minutes_{number}": one["minutes"]}
    return SetupForm(data=shown)


class PlanForm(PortalForm):
    """The button that makes the plan, or tells that it is ready."""

    why = HiddenField()
