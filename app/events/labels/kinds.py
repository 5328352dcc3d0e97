"""The French words of kinds, sides, wishes, outcomes and tasks."""

from collections.abc import Mapping

from app.events.rules.kinds import (
    Audience,
    ClockPhase,
    EventKind,
    Outcome,
    ReviewMonth,
    Side,
    SignatureMeans,
    TaskKind,
    TaskResult,
    Who,
    Wish,
)

KINDS: Mapping[EventKind, str] = {
    EventKind.SPEED_DATING: "Speed-dating SIAE et entreprises",
    EventKind.JOB_DATING: "Job dating avec des candidats",
    EventKind.FORUM: "Forum",
    EventKind.INFORMATION_SESSION: "Réunion d’information",
    EventKind.OPEN_DAY: "Portes ouvertes",
    EventKind.STRUCTURE_VISIT: "Visite de structure",
    EventKind.WORKSHOP: "Atelier",
    EventKind.PROFESSIONAL_VISIT: "Visite pour les professionnels",
    EventKind.PROFESSIONAL_IMMERSION: "Immersion de professionnels",
}
AUDIENCES: Mapping[Audience, str] = {
    Audience.PEOPLE: "Les personnes qui cherchent un travail",
    Audience.ORGANISATIONS: "Les structures et les entreprises",
    Audience.PROFESSIONALS: "Les professionnels de l’accompagnement",
    Audience.EVERYBODY: "Tout le monde",
}
SIDES: Mapping[tuple[EventKind, Side], str] = {
    (EventKind.SPEED_DATING, Side.SEATED): "Structures d’insertion",
    (EventKind.SPEED_DATING, Side.MOVING): "Entreprises",
    (EventKind.JOB_DATING, Side.SEATED): "Employeurs",
    (EventKind.JOB_DATING, Side.MOVING): "Candidats",
}


def side_words(kind: EventKind, side: Side) -> str:
    """What a side is called at this kind of event."""
    return SIDES.get((kind, side), SIDE_NAMES[side])


SIDE_NAMES: Mapping[Side, str] = {
    Side.SEATED: "À leur table",
    Side.MOVING: "De table en table",
    Side.PUBLIC: "Participants",
}
WHO: Mapping[Who, str] = {
    Who.PERSON: "Personne accompagnée",
    Who.ORGANISATION: "Organisation",
    Who.PROFESSIONAL: "Professionnel ou professionnelle",
    Who.VISITOR: "Sans compte sur le portail",
}
WISHES: Mapping[Wish, str] = {Wish.MEET: "Je veux rencontrer", Wish.AVOID: "Je préfère ne pas rencontrer"}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.FOLLOW_UP: "On se reparle",
    Outcome.OFFER: "Un poste à pourvoir",
    Outcome.VISIT: "Une visite",
    Outcome.STAGE: "Un stage",
    Outcome.NO: "Pas de suite",
}
OUTCOME_LOOKS: Mapping[Outcome, str] = {
    Outcome.FOLLOW_UP: "info",
    Outcome.OFFER: "ok",
    Outcome.VISIT: "info",
    Outcome.STAGE: "ok",
    Outcome.NO: "",
}
PHASES: Mapping[ClockPhase, str] = {
    ClockPhase.WAITING: "Nous commençons bientôt",
    ClockPhase.TALKING: "Rencontres en cours",
    ClockPhase.CHANGING: "Changez de table",
    ClockPhase.BREAK: "Pause",
    ClockPhase.OVER: "C’est fini, merci !",
}
TASKS: Mapping[TaskKind, str] = {
    TaskKind.CALL: "Rappeler",
    TaskKind.OFFER: "Publier ou proposer une offre",
    TaskKind.VISIT: "Organiser une visite",
    TaskKind.PLACEMENT: "Préparer un stage",
    TaskKind.OTHER: "Autre action",
}
RESULTS: Mapping[TaskResult, str] = {
    TaskResult.HIRE: "Une embauche",
    TaskResult.PLACEMENT: "Un stage",
    TaskResult.VISIT: "Une visite",
    TaskResult.OFFER: "Une offre publiée",
    TaskResult.PARTNERSHIP: "Un partenariat",
    TaskResult.NOTHING: "Sans suite",
}
MONTHS: Mapping[ReviewMonth, str] = {ReviewMonth.MONTH_3: "À 3 mois", ReviewMonth.MONTH_6: "À 6 mois"}
MEANS: Mapping[SignatureMeans, str] = {SignatureMeans.PAPER: "Sur papier", SignatureMeans.SCREEN: "Sur l’écran"}
