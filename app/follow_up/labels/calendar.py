"""The French words of the calendar: why a day is refused, who agreed, what a calendar program shows."""

from collections.abc import Mapping
from datetime import date, time
from enum import Enum
from typing import Any, Protocol

from app.core.french import date_words, plural
from app.core.quantities import MONTHS, NBSP
from app.follow_up.labels.kinds import MODES
from app.follow_up.labels.states import VISIT_STATES
from app.follow_up.rules.calendar import CalendarRefusal
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.moving import AgreedWith, MoveRefusal
from app.follow_up.rules.states import VisitState

AGREED: Mapping[AgreedWith, str] = {
    AgreedWith.BOTH: "Les deux",
    AgreedWith.PERSON: "La personne",
    AgreedWith.TUTOR: "Le tuteur ou la tutrice",
}
AGENDA: Mapping[VisitKind, str] = {
    VisitKind.FIRST_CALL: "Suivi\u00a0: appel",
    VisitKind.MONTH_1: "Suivi\u00a0: visite",
    VisitKind.MONTH_3: "Suivi\u00a0: visite",
    VisitKind.MONTH_5: "Suivi\u00a0: décision",
    VisitKind.CLOSING: "Suivi\u00a0: clôture",
    VisitKind.EXTRA: "Suivi\u00a0: visite",
}
"""What others may read over a shoulder: no name, no firm, no place."""
PURPOSES: Mapping[VisitKind, str] = {
    VisitKind.FIRST_CALL: "Premières impressions",
    VisitKind.MONTH_1: "Le poste et l’équipe",
    VisitKind.MONTH_3: "Le point à mi-parcours",
    VisitKind.MONTH_5: "Suite du contrat",
    VisitKind.CLOSING: "Bilan à trois",
    VisitKind.EXTRA: "Visite en plus",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    CalendarRefusal.NOT_A_WORKING_DAY: "Choisissez un jour du lundi au vendredi, qui ne soit pas férié.",
    CalendarRefusal.PAST: "Ce jour est passé. Choisissez aujourd’hui ou un jour à venir.",
    CalendarRefusal.OUTSIDE_SIX_MONTHS: "Ce jour est en dehors des six mois du suivi.",
    CalendarRefusal.OUT_OF_ORDER: "Gardez l’ordre des étapes\u00a0: entre celle d’avant et celle d’après.",
    CalendarRefusal.NO_REASON: "Dites pourquoi la date change.",
    MoveRefusal.NOT_PLANNED: "Cette visite n’est plus à venir\u00a0: elle ne se déplace plus.",
    MoveRefusal.HOUR: "Vérifiez l’heure\u00a0: entre 6\u00a0h et 21\u00a0h.",
    MoveRefusal.NO_AGREEMENT: "Dites avec qui vous avez convenu de cette date.",
    MoveRefusal.TOO_FAR: "Cette date est trop lointaine\u00a0: un an au plus.",
    MoveRefusal.OVER: "Le suivi est clos\u00a0: aucune visite ne s’y ajoute.",
    MoveRefusal.KIND_TAKEN: "Cette étape a déjà sa visite. Relisez le calendrier.",
}


class Planned(Protocol):
    """A visit, as far as its note goes."""

    kind: Any
    state: Any
    planned_on: Any
    mode: Any


def step_note(visit: Planned, *, moved_from: date | None, advanced_for: date | None, today: date) -> str:
    """One short line under a step: what came of it, or why it is on that day."""
    if visit.state is VisitState.HELD:
        return f"Rencontre faite, {MODES[visit.mode].lower()}"
    if visit.state is not VisitState.PLANNED:
        return VISIT_STATES[visit.state]
    if visit.planned_on < today:
        return f"En retard de {plural((today - visit.planned_on).days, 'jour')}"
    if moved_from is not None and moved_from != visit.planned_on:
        return f"Déplacée\u00a0: c’était le {short_day(moved_from, visit.planned_on)}"
    if advanced_for is not None:
        return f"Avancée\u00a0: l’essai finit le {short_day(advanced_for, visit.planned_on)}"
    return PURPOSES[visit.kind]


def short_day(day: date, near: date) -> str:
    """« 30 » in the same month, else « 2 décembre »."""
    number = "1er" if day.day == 1 else str(day.day)
    return number if (day.year, day.month) == (near.year, near.month) else f"{number} {MONTHS[day.month - 1]}"


def hour_words(at: time) -> str:
    """« 14 h », « 9 h 30 »."""
    minutes = f"{NBSP}{at.minute:02}" if at.minute else ""
    return f"{at.hour}{NBSP}h{minutes}"


def meeting_words(on: date, at: time | None, today: date | None = None) -> str:
    """« mardi 24 novembre à 14 h »."""
    day = date_words(on, today)
    return f"{day} à {hour_words(at)}" if at else day
