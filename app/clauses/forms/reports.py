"""What may be typed to report hours, join papers, settle lines and write reminders? Shapes only."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from flask import request
from wtforms import FileField

from app.clauses.labels.kinds import OVER_REASONS
from app.clauses.labels.states import REPORT_STATES
from app.clauses.queries.hour_grid import Typed
from app.clauses.rules.hours import HourRefusal
from app.clauses.rules.kinds import HourKind, OverReason
from app.clauses.rules.reporting import TEXT_MOST, Cell, Fault
from app.clauses.rules.states import ReportState
from app.core.fields import DecimalField, LongTextField, SelectField, TextField, choices_of, clean_text
from app.core.forms import ActForm, EditsRow, MakesRow, PortalForm
from app.core.quantities import NotAQuantity, QuantityProblem, parse_decimal

RAW_MOST: Final = 40
CELLS_MOST: Final = 20_000
_NAME = re.compile(r"h-([0-9a-f]{32})-([a-z_]+)-(\d{4})(0[1-9]|1[0-2])")
_PROBLEMS: Final[Mapping[QuantityProblem, HourRefusal]] = {
    QuantityProblem.NOT_A_NUMBER: HourRefusal.NOT_A_NUMBER,
    QuantityProblem.TOO_MANY_DECIMALS: HourRefusal.TOO_MANY_DECIMALS,
    QuantityProblem.OUT_OF_RANGE: HourRefusal.TOO_LARGE,
}
MOST: Final = Decimal("9999999.99")


class GridForm(EditsRow):
    """The grid: its version; the cells are read by ``typed_cells``."""


class BeginForm(ActForm):
    """« Saisir les heures » and « Personne ce mois-ci »."""


def typed_cells(sent: Mapping[str, str] | None = None) -> dict[str, Typed]:
    """Every cell that the page sent, by name; a text that is no number of hours keeps its text and says why."""
    values = request.form if sent is None else sent
    found: dict[str, Typed] = {}
    for name in list(values)[:CELLS_MOST]:
        if (match := _NAME.fullmatch(name)) and match[2] in set(HourKind):
            key = (UUID(match[1]), date(int(match[3]) or 1, int(match[4]), 1), HourKind(match[2]))
            reason, text = values.get(f"r{name[1:]}", ""), values.get(f"t{name[1:]}", "")
            raw = clean_text(values[name])[:RAW_MOST]
            hours, problem = _read(raw)
            known = reason if reason in set(OverReason) else ""
            found[name] = Typed(name, key, raw, hours, problem, known, clean_text(text)[:TEXT_MOST])
    return found


def _read(raw: str) -> tuple[Decimal | None, Fault | None]:
    if not raw:
        return None, None
    try:
        hours = parse_decimal(_with_minutes(raw))
    except NotAQuantity as error:
        return None, Fault(_PROBLEMS[error.problem])
    if hours < 0:
        return None, Fault(HourRefusal.NOT_POSITIVE)
    return (None, Fault(HourRefusal.TOO_LARGE)) if hours > MOST else (hours, None)


def _with_minutes(raw: str) -> str:
    """« 7 h 30 », « 7h30 » and « 7:30 » are 7,50 when the minutes make whole hundredths."""
    match = re.fullmatch(r"(\d{1,4})\s*[hH:]\s*([0-5]\d)", raw)
    if match is None:
        return raw
    minutes = Decimal(int(match[2]) * 100) / 60
    return f"{match[1]}.{int(minutes):02}" if minutes == int(minutes) else raw


def as_cell(typed: Typed, *, confirmed: bool) -> Cell:
    """What the service takes."""
    employment_id, month, kind = typed.key
    reason = OverReason(typed.reason) if typed.reason else None
    return Cell(employment_id, month, kind, typed.hours, reason, typed.reason_text, confirmed=confirmed)


class DocumentForm(PortalForm):
    """One paper."""

    document = FileField("Fichier", description="PDF, PNG ou JPEG, 5\u00a0Mo au plus.")
    personne = SelectField("Pour", blank="Toute la déclaration")

    @property
    def content(self) -> bytes:
        """What the file holds; nothing chosen is empty."""
        sent = self.document.data
        return bytes(sent.read()) if hasattr(sent, "read") else b""

    @property
    def name(self) -> str:
        """As the computer of the person named it."""
        return str(getattr(self.document.data, "filename", "") or "")


class SettleForm(EditsRow):
    """The decisions on a report; reasons beside the lines are read by ``reasons``."""

    motif = LongTextField("Motif du renvoi", max_length=TEXT_MOST, rows=2)

    @property
    def chosen(self) -> list[UUID]:
        """The lines ticked."""
        return [UUID(value) for value in request.form.getlist("ligne") if _is_id(value)]

    def reasons(self) -> dict[UUID, str]:
        """For each line ticked, what is written beside it, or else for all."""
        shared = self.motif.data or ""
        return {one: clean_text(request.form.get(f"motif-{one}", ""))[:TEXT_MOST] or shared for one in self.chosen}


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


class CorrectionForm(MakesRow):
    """The difference, and why."""

    delta = DecimalField(
        "Différence, en heures",
        required="Écrivez la différence, par exemple\u00a0: -7,50",
        hint="En plus ou en moins\u00a0: 7,50 ou -7,50.",
        minimum=Decimal(-10_000),
        maximum=Decimal(10_000),
    )
    text = LongTextField("Pourquoi", required="Dites pourquoi vous corrigez.", max_length=TEXT_MOST, rows=3)

    @property
    def difference(self) -> Decimal:
        """Once the form is right."""
        return self.delta.data or Decimal(0)


class ReminderForm(PortalForm):
    """The words of a reminder; its first line is the subject."""

    text = LongTextField("Message", required="Écrivez le message.", hint="La première ligne est l’objet.", rows=14)


class MyHoursFilters(PortalForm):
    """« Mes heures », the part already sent."""

    class Meta(PortalForm.Meta):
        csrf = False

    lot = SelectField("Lot", blank="Tous")
    etat = SelectField("État", choices=choices_of(ReportState, REPORT_STATES), blank="Tous")


_SENT_STATES: Final = [(s.value, REPORT_STATES[s]) for s in ReportState if s is not ReportState.DRAFT]


class ToValidateFilters(PortalForm):
    """« Heures à valider »."""

    class Meta(PortalForm.Meta):
        csrf = False

    etat = SelectField("État", choices=[*_SENT_STATES, ("tous", "Tous les états")])
    acheteur = SelectField("Acheteur", blank="Tous")
    marche = SelectField("Marché", blank="Tous")
    lot = TextField("Lot n°", max_length=3)
    retard = SelectField("Délai", choices=[("oui", "Envoyées en retard")], blank="Tous")

    @property
    def states(self) -> frozenset[ReportState] | None:
        """What waits, when nothing is asked; None: all."""
        asked = self.etat.data or ReportState.DECLARED.value
        return frozenset({ReportState(asked)}) if asked in set(ReportState) else None


OVER_CHOICES: Final = choices_of(OverReason, OVER_REASONS)


CHOICE_MOST: Final = 26


def shortened(text: str) -> str:
    """A choice no wider than a phone."""
    return f"{text[: CHOICE_MOST - 1].rstrip()}…" if len(text) > CHOICE_MOST else text


def id_of(value: Any) -> UUID | None:
    """The id in an address; nonsense is none."""
    return UUID(value) if value and _is_id(str(value)) else None
