"""The French words of jobs."""

from collections.abc import Mapping

from app.jobs.rules import RunOutcome, RunTrigger

OUTCOMES: Mapping[RunOutcome, str] = {
    RunOutcome.RUNNING: "En cours",
    RunOutcome.DONE: "Fait",
    RunOutcome.FAILED: "En erreur",
    RunOutcome.ABANDONED: "Interrompu",
}
TRIGGERS: Mapping[RunTrigger, str] = {
    RunTrigger.SCHEDULE: "À l’heure",
    RunTrigger.CATCH_UP: "Rattrapé",
    RunTrigger.REPLAY: "À la main",
}
