"""The French words of what follows an event: steps, tasks, results, figures, and why something is not made."""

from collections.abc import Mapping
from enum import Enum

from app.events.rules.afterwards import AfterRefusal, Rank, Step, Way
from app.events.rules.kinds import EventKind, TaskKind
from app.events.rules.reviews import Came, ReviewRefusal, Source
from app.events.rules.tasks import TaskRefusal, Urgency

STEPS: Mapping[Step, str] = {
    Step.APPLICATION: "Une candidature",
    Step.PLACEMENT: "Un stage",
    Step.TASK: "Une action",
}
WAYS: Mapping[Way, str] = {
    Way.OWN_WORD: "La personne l’a dit elle-même",
    Way.PROPOSAL: "Proposée par qui l’accompagne",
}
RANKS: Mapping[Rank, str] = {
    Rank.AGREED: "Ils sont d’accord",
    Rank.ONE_SIDED: "Un seul côté souhaite une suite",
    Rank.OTHER: "Sans suite ou sans réponse",
}
URGENCIES: Mapping[Urgency, str] = {
    Urgency.LATE: "En retard",
    Urgency.THIS_WEEK: "Cette semaine",
    Urgency.LATER: "Plus tard",
}
URGENCY_LOOKS: Mapping[Urgency, str] = {Urgency.LATE: "bad", Urgency.THIS_WEEK: "warn", Urgency.LATER: ""}
CAME: Mapping[Came, str] = {
    Came.HIRE: "Embauche",
    Came.PLACEMENT: "Stage",
    Came.PARTNERSHIP: "Partenariat",
}
SOURCES: Mapping[Source, str] = {
    Source.APPLICATION: "candidature née d’une rencontre",
    Source.FOLLOW_UP: "suivi ouvert après l’événement",
    Source.PLACEMENT: "stage né d’une rencontre",
    Source.TASK: "action menée à bien",
}
_TITLES: Mapping[tuple[EventKind, TaskKind], str] = {
    (EventKind.SPEED_DATING, TaskKind.CALL): "Rappeler {moving} et {seated}\u00a0: ils veulent se reparler",
    (EventKind.SPEED_DATING, TaskKind.OFFER): "Préparer avec {moving} le poste à pourvoir",
    (EventKind.SPEED_DATING, TaskKind.VISIT): "Organiser une visite avec {moving}",
    (EventKind.SPEED_DATING, TaskKind.PLACEMENT): "Préparer un stage chez {moving}",
    (EventKind.JOB_DATING, TaskKind.CALL): "Rappeler {moving} et {seated}\u00a0: ils veulent se reparler",
    (EventKind.JOB_DATING, TaskKind.OFFER): "Publier l’offre dont {seated} a parlé avec {moving}",
    (EventKind.JOB_DATING, TaskKind.VISIT): "Faire visiter {seated} à {moving}",
    (EventKind.JOB_DATING, TaskKind.PLACEMENT): "Préparer le stage de {moving} chez {seated}",
}


def task_title(event: EventKind, kind: TaskKind, seated: str, moving: str) -> str:
    """What is to be done, in one sentence."""
    return _TITLES.get((event, kind), "Rappeler {moving} et {seated}").format(seated=seated, moving=moving)


def call_title(wants: str, silent: str) -> str:
    """When one side alone has spoken."""
    return f"Rappeler {silent}\u00a0: {wants} souhaite une suite"


REFUSAL_WORDS: Mapping[Enum, str] = {
    AfterRefusal.NOT_HELD: "Cette rencontre n’a pas eu lieu.",
    AfterRefusal.NO_FOLLOW: "Les deux côtés ne souhaitent pas une suite\u00a0: rien n’est créé.",
    AfterRefusal.SET_ASIDE: "Cette rencontre est classée sans suite. Reprenez-la d’abord.",
    AfterRefusal.ALREADY_MADE: "La suite de cette rencontre est déjà créée.",
    AfterRefusal.NOBODY_SPEAKS: (
        "La personne n’a pas répondu elle-même, et vous ne l’accompagnez pas. Appelez qui l’accompagne."
    ),
    AfterRefusal.NOT_READY: "La fiche de cette personne n’est pas prête\u00a0: rien ne peut lui être proposé.",
    AfterRefusal.ANSWERED_BEFORE: "Une réponse a déjà été donnée pour cette offre\u00a0: rien n’est proposé à nouveau.",
    AfterRefusal.OFFER_GONE: "L’offre vient de fermer. Essayez à nouveau.",
    TaskRefusal.COUNT_MISSING: "Dites pour combien de personnes\u00a0: 1 au moins.",
    TaskRefusal.DUE_PAST: "Choisissez aujourd’hui ou un jour à venir.",
    TaskRefusal.DUE_TOO_FAR: "Choisissez une date dans l’année qui vient.",
    TaskRefusal.NOT_A_MEMBER: "Choisissez une personne de l’organisation.",
    ReviewRefusal.NOT_YET: "Ce bilan se fait plus tard\u00a0: le jour n’est pas venu.",
}
