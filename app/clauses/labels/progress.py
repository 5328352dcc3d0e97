"""How is progress said in French: the alert and what would help, the history, small numbers of people?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from app.clauses.rules.kinds import Frequency, Nature
from app.clauses.rules.progress import Progress
from app.clauses.rules.states import ContractAction
from app.clauses.rules.terms import Terms
from app.core.clock import civil_day
from app.core.french import date_words, plural
from app.core.quantities import NBSP, format_day, format_hours, format_number, format_percent, round_half_up

FEW: Final = 5
HAPPENED: Final[Mapping[str, str]] = {
    ContractAction.START.value: "Démarrage",
    ContractAction.DELIVER.value: "Livraison notée",
    ContractAction.CLOSE.value: "Clôture",
    ContractAction.REOPEN.value: "Réouverture",
    ContractAction.CANCEL.value: "Abandon",
}


def people_words(count: int) -> str:
    """« 6 personnes »."""
    return plural(count, "personne")


_OFTEN: Final[Mapping[Frequency, str]] = {
    Frequency.MONTHLY: "chaque mois",
    Frequency.QUARTERLY: "chaque trimestre",
    Frequency.HALF_YEARLY: "chaque semestre",
}


def reporting_words(terms: Terms) -> str:
    """« chaque mois, avant le 15 »."""
    return f"{_OFTEN[terms.frequency]}, avant le {terms.due_day}"


def few_words(count: int) -> str:
    """For readers outside: below five, nobody can be told who it is."""
    return plural(count, "personne") if count == 0 or count >= FEW else f"moins de{NBSP}{FEW} personnes"


@dataclass(frozen=True, slots=True)
class AlertWords:
    """The alert of a lot: what happens, why, and what would do."""

    title: str
    left: str
    pace: str
    hold: str
    other: str


def alert_words(lot_name: str, now: Progress, nature: Nature, in_post: int, today: date) -> AlertWords | None:
    """« Il reste 150 h et 10 semaines de chantier. … une personne à 35 h avant le 15 décembre »; None: no alert."""
    if now.alert is None:
        return None
    where = "chantier" if nature is Nature.WORKS else "marché"
    weeks = plural(now.weeks_left or 0, "semaine")
    return AlertWords(
        title=f"{lot_name}{NBSP}: {_when(now)}",
        left=f"{format_hours(now.left)} et {weeks} de {where}",
        pace=_pace(now, in_post),
        hold=_hold(now, today),
        other=_other(now, today),
    )


def _when(now: Progress) -> str:
    assert now.alert is not None
    if now.alert.too_late:
        return "les personnes en poste ne suffisent plus"
    if not now.alert.weeks:
        return "objectif inatteignable dans quelques jours"
    return f"objectif inatteignable dans {plural(now.alert.weeks, 'semaine')}"


def _pace(now: Progress, in_post: int) -> str:
    if now.forecast is None:
        return ""
    end = f"le lot finira à {format_hours(round_half_up(now.forecast, 0))} sur {format_number(now.objective)}"
    if not in_post:
        return f"Personne n’est en poste{NBSP}: {end}."
    return f"Au rythme actuel, {_number(now.pace)}{NBSP}h par semaine, {end}."


def _number(hours: Decimal) -> str:
    places = 0 if hours == hours.to_integral_value() else 1
    return format_number(hours, places)


def _hold(now: Progress, today: date) -> str:
    if now.advice is None or not now.advice.posts or now.advice.start_by is None:
        return ""
    posts = "une personne" if now.advice.posts == 1 else f"{now.advice.posts}{NBSP}personnes"
    last = date_words(now.advice.start_by, today).partition(" ")[2]
    return f"{posts} à 35{NBSP}h avant le {last}"


def _other(now: Progress, today: date) -> str:
    advice = now.advice
    if advice is None or advice.monday is None or advice.weekly_hours is None or advice.posts == 0:
        return ""
    monday = date_words(advice.monday, today)
    if advice.weekly_hours <= 35:
        return f"une personne à {advice.weekly_hours}{NBSP}h dès le {monday}"
    return f"{advice.weekly_hours}{NBSP}h par semaine en tout dès le {monday}"


def happened(sheet: Any) -> list[dict[str, str]]:
    """« Ce qui a changé », the oldest first, as the macro ``timeline`` takes it."""
    events = sorted([*_versions(sheet), *_objectives(sheet), *_transitions(sheet), *_terms(sheet)], key=lambda e: e[0])
    return [{"title": title, "when": format_day(day), "text": text, "state": "done"} for day, _, title, text in events]


Event = tuple[date, int, str, str]


def _versions(sheet: Any) -> Iterator[Event]:
    before = None
    for version in sheet.versions:
        if version.number == 0:
            due = sheet.rate_on(version.known_from).objective
            yield version.known_from, 0, "Notification", f"Objectif {format_hours(due)}."
        else:
            moved = ""
            if before is not None and version.delivered_on and version.delivered_on != before.delivered_on:
                was = f" du {format_day(before.delivered_on)}" if before.delivered_on else ""
                moved = f"Livraison{was} au {format_day(version.delivered_on)}."
            yield version.known_from, 0, version.label or f"Avenant nº{NBSP}{version.number}", moved
        before = version


def _objectives(sheet: Any) -> Iterator[Event]:
    for one in sheet.lots:
        steps: Sequence[tuple[date, Decimal]] = sheet.objectives.get(one.lot.id, ())
        for (_, was), (day, hours) in pairwise(steps):
            if was == hours:
                continue
            eve, now = sheet.rate_on(date.fromordinal(day.toordinal() - 1)), sheet.rate_on(day)
            text = f"{format_hours(was)} deviennent {format_hours(hours)}."
            if eve.objective:
                text += f" L’avancement passe de {format_percent(eve.ratio, 1)} à {format_percent(now.ratio, 1)}."
            yield day, 1, f"Objectif du lot{NBSP}{one.lot.number}", text


def _transitions(sheet: Any) -> Iterator[Event]:
    for one in sheet.transitions:
        if civil_day(one.at) <= sheet.as_of:
            yield civil_day(one.at), 2, HAPPENED.get(one.action, one.action), one.reason if not sheet.own_part else ""


def _terms(sheet: Any) -> Iterator[Event]:
    for row in sheet.term_versions[1:]:
        yield row.valid_from, 3, "Règles de la clause changées", row.note if not sheet.own_part else ""
