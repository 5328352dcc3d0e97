"""The French words of origins, purposes, parties, presences, answers and what follows."""

from collections.abc import Mapping

from app.placements.rules.assessing import Question
from app.placements.rules.kinds import (
    Answer,
    AssessmentSide,
    CancelReason,
    Completion,
    Half,
    IncidentKind,
    NextKind,
    Party,
    PlacementOrigin,
    PlacementPurpose,
    Presence,
    SignatureMeans,
    StopReason,
    TripartiteParty,
)

ORIGINS: Mapping[PlacementOrigin, str] = {
    PlacementOrigin.OFFER: "Offre de stage",
    PlacementOrigin.DIRECT: "Demande directe de la personne",
    PlacementOrigin.PROPOSAL: "Proposition de l’accompagnement",
    PlacementOrigin.OWN_HOST: "Entreprise trouvée par la personne",
    PlacementOrigin.EVENT: "Rencontre pendant un événement",
}
PURPOSES: Mapping[PlacementPurpose, str] = {
    PlacementPurpose.DISCOVER: "Découvrir un métier ou un secteur",
    PlacementPurpose.CONFIRM: "Confirmer un projet professionnel",
    PlacementPurpose.RECRUIT: "Initier un recrutement",
}
PURPOSES_FOR_PERSON: Mapping[PlacementPurpose, str] = {
    PlacementPurpose.DISCOVER: "Je découvre un métier",
    PlacementPurpose.CONFIRM: "Je vérifie que ce métier me va",
    PlacementPurpose.RECRUIT: "Je veux travailler ici",
}
PARTIES: Mapping[Party, str] = {
    Party.PERSON: "La personne",
    Party.HOST: "L’employeur qui accueille",
    Party.PRESCRIBER: "La structure qui accompagne",
}
SIGNATURES: Mapping[SignatureMeans, str] = {
    SignatureMeans.OFFICIAL_SITE: "Signée sur le site de l’État",
    SignatureMeans.PAPER: "Signée sur papier",
    SignatureMeans.PORTAL: "Accord donné sur le portail",
}
HALVES: Mapping[Half, str] = {Half.AM: "Matin", Half.PM: "Après-midi"}
PRESENCES: Mapping[Presence, str] = {
    Presence.PRESENT: "Là",
    Presence.ABSENT_EXCUSED: "Absence excusée",
    Presence.ABSENT: "Absence",
    Presence.NOT_EXPECTED: "Pas prévu",
}
PRESENCE_LOOKS: Mapping[Presence, str] = {
    Presence.PRESENT: "ok",
    Presence.ABSENT_EXCUSED: "warn",
    Presence.ABSENT: "bad",
    Presence.NOT_EXPECTED: "",
}
INCIDENTS: Mapping[IncidentKind, str] = {
    IncidentKind.ACCIDENT: "Accident, sur place ou en route",
    IncidentKind.OTHER: "Autre fait",
}
STOP_REASONS: Mapping[StopReason, str] = {
    StopReason.PERSON: "La personne arrête",
    StopReason.HOST: "L’employeur arrête",
    StopReason.AGREED: "Les deux sont d’accord pour arrêter",
    StopReason.HIRED: "La personne est embauchée",
    StopReason.TRAINING: "La personne entre en formation",
    StopReason.NEVER_CAME: "La personne n’est jamais venue",
}
STOP_REASONS_FOR_HOST: Mapping[StopReason, str] = {
    **STOP_REASONS,
    StopReason.HIRED: STOP_REASONS[StopReason.PERSON],
    StopReason.TRAINING: STOP_REASONS[StopReason.PERSON],
}
"""A host does not learn where the person goes."""
CANCEL_REASONS: Mapping[CancelReason, str] = {
    CancelReason.PERSON: "La personne renonce",
    CancelReason.HOST: "L’employeur renonce",
    CancelReason.PRESCRIBER: "L’accompagnement renonce",
    CancelReason.NOT_VALIDATED: "La convention n’est pas validée à temps",
    CancelReason.DUPLICATE: "Saisi deux fois",
    CancelReason.REMOVED: "La personne a quitté le portail",
}
COMPLETIONS: Mapping[Completion, str] = {
    Completion.COMPLETED: "Fait en entier",
    Completion.PARTLY: "Fait en partie",
    Completion.DID_NOT_COME: "La personne n’est pas venue",
}
SIDES: Mapping[AssessmentSide, str] = {
    AssessmentSide.HOST: "L’employeur",
    AssessmentSide.PERSON: "La personne",
}
ANSWERS: Mapping[Answer, str] = {Answer.YES: "Oui", Answer.PARTLY: "En partie", Answer.NO: "Non"}
ANSWERS_FOR_PERSON: Mapping[Answer, str] = {Answer.YES: "Oui", Answer.PARTLY: "Un peu", Answer.NO: "Non"}
QUESTIONS: Mapping[Question, str] = {
    Question.TASKS_DONE: "La personne a-t-elle fait les tâches prévues\u00a0?",
    Question.PUNCTUAL: "Est-elle arrivée à l’heure\u00a0?",
    Question.TEAM: "A-t-elle trouvé sa place dans l’équipe\u00a0?",
    Question.LEARNS: "A-t-elle appris pendant le stage\u00a0?",
    Question.TAKE_AGAIN: "La reprendriez-vous\u00a0?",
    Question.LIKED: "Le stage vous a plu\u00a0?",
    Question.LEARNED: "Vous avez appris des choses\u00a0?",
    Question.WELCOMED: "L’équipe vous a fait bon accueil\u00a0?",
    Question.WANTS_JOB: "Vous voulez faire ce métier\u00a0?",
}
NEXTS: Mapping[NextKind, str] = {
    NextKind.OFFER: "Une offre d’emploi",
    NextKind.HIRE: "Une embauche",
    NextKind.TRAINING: "Une formation",
    NextKind.OTHER_PLACEMENT: "Un autre stage",
    NextKind.NOTHING: "Pas de suite",
    NextKind.UNKNOWN: "Suite inconnue",
}
TRIPARTITE_PARTIES: Mapping[TripartiteParty, str] = {
    TripartiteParty.PERSON: "La personne",
    TripartiteParty.REFERENT: "L’accompagnement",
    TripartiteParty.STRUCTURE: "La structure",
}
