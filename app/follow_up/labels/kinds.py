"""The French words of kinds, sides, causes and outcomes."""

from collections.abc import Mapping

from app.follow_up.rules.kinds import (
    AlertKind,
    AlertLevel,
    AlertOutcome,
    AnnexSide,
    BreakCause,
    BreakDecider,
    CloseOutcome,
    FollowUpOrigin,
    JobPlan,
    MeetingMode,
    SignatureMeans,
    Standing,
    StopReason,
    VisitKind,
    VoiceSide,
)

ORIGINS: Mapping[FollowUpOrigin, str] = {
    FollowUpOrigin.APPLICATION: "Embauche par le portail",
    FollowUpOrigin.EVENT: "Embauche après un événement",
    FollowUpOrigin.PLACEMENT: "Embauche après un stage",
    FollowUpOrigin.ELSEWHERE: "Travail trouvé sans le portail",
}
VISITS: Mapping[VisitKind, str] = {
    VisitKind.FIRST_CALL: "J+7, appel",
    VisitKind.MONTH_1: "1er mois, visite",
    VisitKind.MONTH_3: "3e mois, visite",
    VisitKind.MONTH_5: "5e mois, décision",
    VisitKind.CLOSING: "Clôture",
    VisitKind.EXTRA: "Visite en plus",
}
VISITS_FOR_PERSON: Mapping[VisitKind, str] = {
    VisitKind.FIRST_CALL: "Premier appel",
    VisitKind.MONTH_1: "Première visite",
    VisitKind.MONTH_3: "Deuxième visite",
    VisitKind.MONTH_5: "Parler de la suite",
    VisitKind.CLOSING: "Dernier rendez-vous",
    VisitKind.EXTRA: "Visite en plus",
}
MODES: Mapping[MeetingMode, str] = {
    MeetingMode.PLACE: "Sur place",
    MeetingMode.PHONE: "Par téléphone",
    MeetingMode.VIDEO: "En visio",
}
SIDES: Mapping[VoiceSide, str] = {VoiceSide.TUTOR: "Tuteur ou tutrice", VoiceSide.PERSON: "La personne"}
ANNEX_SIDES: Mapping[AnnexSide, str] = {
    AnnexSide.PERSON: "La personne",
    AnnexSide.REFERENT: "Le référent ou la référente",
}
SIGNATURES: Mapping[SignatureMeans, str] = {
    SignatureMeans.ELECTRONIC: "Signature électronique simple",
    SignatureMeans.PAPER: "Signature sur papier",
}
ALERTS: Mapping[AlertKind, str] = {
    AlertKind.TWO_ABSENCES: "Deux absences en 10 jours",
    AlertKind.VISIT_LATE: "Visite en retard",
    AlertKind.NO_ANSWER: "Deux contacts sans réponse",
    AlertKind.TRIAL_WITHOUT_VISIT: "Fin d’essai sans visite",
    AlertKind.END_WITHOUT_PLAN: "Fin de CDD sans suite décidée",
    AlertKind.LOW_HOURS: "Heures trop basses deux mois de suite",
}
LEVELS: Mapping[AlertLevel, str] = {
    AlertLevel.REFERENT: "Pour le référent",
    AlertLevel.MANAGER: "Pour le référent et son responsable",
}
ALERT_OUTCOMES: Mapping[AlertOutcome, str] = {
    AlertOutcome.SOLVED: "C’est réglé",
    AlertOutcome.WATCHED: "À surveiller, une action est prévue",
    AlertOutcome.MISTAKEN: "Fausse alerte",
    AlertOutcome.BROKEN: "La personne a perdu le travail",
    AlertOutcome.ENDED: "Le suivi a pris fin",
}
CAUSES: Mapping[BreakCause, str] = {
    BreakCause.TRIAL_EMPLOYER: "Fin d’essai, décidée par l’employeur",
    BreakCause.TRIAL_PERSON: "Fin d’essai, décidée par la personne",
    BreakCause.ABSENCE: "Absences ou retards",
    BreakCause.CHILDCARE: "Garde d’enfant",
    BreakCause.TRANSPORT: "Transport",
    BreakCause.HOUSING: "Logement",
    BreakCause.HEALTH: "Santé",
    BreakCause.NOT_AS_ANNOUNCED: "Poste différent de l’annonce",
    BreakCause.CONFLICT: "Conflit",
    BreakCause.PAY: "Salaire",
    BreakCause.ADMINISTRATIVE: "Raison administrative",
    BreakCause.BETTER_JOB: "Meilleur emploi trouvé",
    BreakCause.END_OF_TERM: "Fin du CDD",
    BreakCause.BUSINESS_CLOSED: "Entreprise fermée",
}
DECIDERS: Mapping[BreakDecider, str] = {
    BreakDecider.EMPLOYER: "L’employeur",
    BreakDecider.PERSON: "La personne",
    BreakDecider.BOTH: "Les deux, d’accord",
    BreakDecider.NOBODY: "Personne : le contrat finissait",
}
PLANS: Mapping[JobPlan, str] = {
    JobPlan.RENEWED: "Le contrat est renouvelé",
    JobPlan.OPEN_ENDED: "Passage en CDI",
    JobPlan.OTHER_JOB: "Un autre emploi est trouvé",
    JobPlan.TRAINING: "Une formation est prévue",
    JobPlan.SEARCH: "Recherche d’un autre emploi",
}
STANDINGS: Mapping[Standing, str] = {
    Standing.SAME: "Même employeur",
    Standing.NEW_JOB: "Nouvel emploi",
    Standing.BROKEN: "Sans emploi",
    Standing.UNKNOWN: "Situation inconnue",
}
STOP_REASONS: Mapping[StopReason, str] = {
    StopReason.DEATH: "Décès",
    StopReason.REMOVED: "Personne retirée du portail",
    StopReason.REFUSED: "La personne ne veut plus être suivie",
}
CLOSE_OUTCOMES: Mapping[CloseOutcome, str] = {
    CloseOutcome.KEPT: "Toujours en poste",
    CloseOutcome.OTHER_JOB: "Un autre emploi",
    CloseOutcome.TRAINING: "En formation",
    CloseOutcome.BUSINESS: "A créé son entreprise",
    CloseOutcome.SEARCH: "Cherche un emploi",
    CloseOutcome.NO_NEWS: "Sans nouvelles",
}
