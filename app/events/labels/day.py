"""The words of the day itself: the clock, arrivals, outcomes."""

from collections.abc import Mapping
from enum import Enum

from app.events.rules.arrivals import DayRefusal
from app.events.rules.clock import ClockAct, ClockRefusal, Moment
from app.events.rules.kinds import ClockPhase, Outcome
from app.events.rules.outcomes import OutcomeRefusal

REFUSAL_WORDS: Mapping[Enum, str] = {
    ClockRefusal.NO_PLAN: "Il n’y a pas encore de plan des rencontres. Faites-le d’abord.",
    ClockRefusal.NOT_NOW: "Ce bouton ne sert à rien en ce moment.",
    ClockRefusal.MOVED_ON: "Le chronomètre avait déjà changé\u00a0: rien n’a été sauté. Regardez où il en est.",
    DayRefusal.NOT_RUNNING: "Cet événement n’est pas ouvert\u00a0: il est en brouillon, terminé ou annulé.",
    DayRefusal.NOT_THE_DAY: "L’événement n’a pas encore lieu\u00a0: tout se note le jour même.",
    DayRefusal.OTHER_EVENT: "Ce code est celui d’un autre événement.",
    DayRefusal.UNKNOWN_CODE: "Ce code n’est celui d’aucune inscription à cet événement. Vérifiez les huit signes.",
    DayRefusal.SAME_NAME: "Ce nom est déjà inscrit ici\u00a0: notez plutôt son arrivée dans la liste.",
    DayRefusal.NO_SEAT: "Il n’y a plus de place de ce côté. Cochez la case pour en ajouter une.",
    DayRefusal.NOT_IN_ROOM: "Cette personne n’est pas notée présente.",
    DayRefusal.ROUND_BEGUN: "Ce tour a déjà commencé. Choisissez un tour qui n’a pas commencé.",
    DayRefusal.NO_PLAN: "Il n’y a pas encore de plan à refaire.",
    OutcomeRefusal.NOT_YET: "L’événement n’a pas encore eu lieu\u00a0: revenez le jour même.",
    OutcomeRefusal.CLOSED: "L’événement est terminé\u00a0: les réponses ne changent plus.",
    OutcomeRefusal.NOT_IN_PLAN: "Cette rencontre n’est plus dans le plan.",
}
CLOCK_ACTS: Mapping[ClockAct, str] = {
    ClockAct.NEXT: "Suite",
    ClockAct.PAUSE: "Mettre en pause",
    ClockAct.RESUME: "Reprendre",
    ClockAct.MORE: "Ajouter 1\u00a0minute",
    ClockAct.BACK: "Revenir en arrière",
}
TAPS: Mapping[Outcome, str] = {
    Outcome.FOLLOW_UP: "On se reparle",
    Outcome.OFFER: "Un poste",
    Outcome.VISIT: "Une visite",
    Outcome.STAGE: "Un stage",
    Outcome.NO: "Pas de suite",
}
"""On the five buttons of a telephone."""
AGREEMENTS: Mapping[Outcome, str] = {
    Outcome.FOLLOW_UP: "Vous voulez tous les deux vous reparler.",
    Outcome.OFFER: "Vous êtes d’accord\u00a0: parler d’un poste.",
    Outcome.VISIT: "Vous êtes d’accord\u00a0: faire une visite.",
    Outcome.STAGE: "Vous êtes d’accord\u00a0: faire un stage.",
}
WHAT_TO_DO: Mapping[ClockPhase, str] = {
    ClockPhase.WAITING: "Installez-vous à votre table",
    ClockPhase.TALKING: "Faites connaissance",
    ClockPhase.CHANGING: "Changez de table",
    ClockPhase.BREAK: "C’est la pause",
    ClockPhase.OVER: "C’est fini, merci\u00a0!",
}


def clock_label(act: ClockAct, now: Moment) -> str:
    """What the button does from here."""
    talking = now.phase is ClockPhase.TALKING
    if act is ClockAct.NEXT:
        return f"Finir le tour {now.round}" if talking else f"Commencer le tour {now.round + 1}"
    if act is ClockAct.BACK:
        back_to = now.round - 1 if talking else now.round
        return f"Recommencer le tour {back_to}" if back_to else "Revenir avant le début"
    return CLOCK_ACTS[act]


def standing_words(now: Moment, rounds: int) -> str:
    """« Tour 4 sur 12 », « Avant le tour 5 »…"""
    if now.phase is ClockPhase.TALKING:
        return f"Tour {now.round} sur {rounds}"
    if now.phase in {ClockPhase.CHANGING, ClockPhase.BREAK, ClockPhase.WAITING}:
        return f"Avant le tour {now.shown_round} sur {rounds}"
    return "Tous les tours sont faits"
