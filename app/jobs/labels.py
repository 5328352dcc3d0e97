"""The French words of jobs."""

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from typing import Any

from app.core.french import plural
from app.core.quantities import NBSP, WEEKDAYS
from app.jobs.rules import JobRefusal, RunOutcome, RunTrigger
from app.jobs.rules.due import CatchUp, Job
from app.jobs.rules.when import At, Every, When

OUTCOMES: Mapping[RunOutcome, str] = {
    RunOutcome.ASKED: "Demandé",
    RunOutcome.RUNNING: "En cours",
    RunOutcome.DONE: "Fait",
    RunOutcome.FAILED: "En erreur",
    RunOutcome.ABANDONED: "Interrompu",
}
OUTCOME_LOOKS: Mapping[RunOutcome, str] = {
    RunOutcome.ASKED: "info",
    RunOutcome.RUNNING: "info",
    RunOutcome.DONE: "ok",
    RunOutcome.FAILED: "bad",
    RunOutcome.ABANDONED: "warn",
}
TRIGGERS: Mapping[RunTrigger, str] = {
    RunTrigger.SCHEDULE: "À l’heure",
    RunTrigger.CATCH_UP: "Rattrapé",
    RunTrigger.REPLAY: "À la main",
}
CATCH_UPS: Mapping[CatchUp, str] = {
    CatchUp.LATEST: "un passage rattrape jusqu’à {back}",
    CatchUp.EACH: "un passage par jour manqué, jusqu’à {back}",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    JobRefusal.DAY_AHEAD: "Choisissez aujourd’hui ou un jour passé.",
    JobRefusal.DAY_TOO_OLD: "Choisissez un jour de moins d’un an.",
}
# The numbers that jobs give by name, in the singular; any other name is shown as it is.
COUNT_WORDS: Mapping[str, str] = {
    "closed_without_news": "suivi clos sans nouvelles",
    "compared": "document comparé",
    "digests": "récapitulatif",
    "down": "voie en panne",
    "drift": "écart réparé",
    "escalated": "alerte transmise",
    "failed": "en échec",
    "gathered": "message regroupé",
    "jobs_end": "fin de contrat rappelée",
    "opened": "alerte ouverte",
    "removed": "ligne effacée",
    "retried": "à retenter",
    "sent": "envoyé",
    "uncertain": "incertain",
    "visits_due": "visite à venir rappelée",
    "visits_late": "visite en retard rappelée",
    "warned": "responsable averti",
}


def when_words(when: When) -> str:
    """« chaque minute », « toutes les 5 minutes », « chaque jour à 6 h 30 », « le lundi à 7 h »."""
    match when:
        case Every(step):
            return _step_words(step)
        case At(hour, weekday):
            day = "chaque jour" if weekday is None else f"le {WEEKDAYS[weekday]}"
            minutes = f"{NBSP}{hour.minute:02}" if hour.minute else ""
            return f"{day} à {hour.hour}{NBSP}h{minutes}"
    raise ValueError(when)


def _step_words(step: timedelta) -> str:
    seconds = int(step.total_seconds())
    for size, one in ((3600, "heure"), (60, "minute"), (1, "seconde")):
        if seconds % size == 0:
            count = seconds // size
            return f"chaque {one}" if count == 1 else f"toutes les {plural(count, one)}"
    raise ValueError(step)


def span_words(span: timedelta) -> str:
    """« 7 jours », « 2 heures », « 10 minutes »: the largest unit that says it exactly."""
    seconds = int(span.total_seconds())
    for size, one in ((86400, "jour"), (3600, "heure"), (60, "minute")):
        if seconds >= size and seconds % size == 0:
            return plural(seconds // size, one)
    return plural(seconds, "seconde")


def duration_words(span: timedelta | None) -> str:
    """How long a run took: « moins d’une seconde », « 12 secondes », « 3 min 20 s »."""
    if span is None:
        return ""
    seconds = round(span.total_seconds())
    if seconds < 1:
        return "moins d’une seconde"
    if seconds < 60:
        return plural(seconds, "seconde")
    return f"{seconds // 60}{NBSP}min {seconds % 60:02}{NBSP}s"


def catch_up_words(job: Job) -> str:
    """What is made of missed runs: « un passage rattrape jusqu’à 7 jours »."""
    return CATCH_UPS[job.catch_up].format(back=span_words(job.back))


def counts_words(job: Job, counts: Mapping[str, Any]) -> str:
    """« 3 relances », « 12 envoyés, 1 en échec », « rien à faire »; nothing when the job counts nothing."""
    said = []
    for name, value in counts.items():
        if name == "count":
            said.append(plural(value, job.counted))
        elif not isinstance(value, int):
            said.append(str(value))
        elif value:
            said.append(plural(value, COUNT_WORDS.get(name, name)))
    return ", ".join(said) or ("rien à faire" if counts else "")
