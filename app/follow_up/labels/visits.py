"""The French words of visits, reports, links and what people say; what each kind of visit is for."""

from collections.abc import Mapping
from enum import Enum

from app.follow_up.rules.absences import AbsenceRefusal
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.links import LinkRefusal, LinkStanding
from app.follow_up.rules.moods import Mood
from app.follow_up.rules.reports import ReportRefusal
from app.follow_up.rules.states import VisitAction

OUTCOMES: Mapping[VisitAction, str] = {
    VisitAction.HOLD: "Oui, nous nous sommes parlé",
    VisitAction.NOTE_ABSENCE: "Non, la personne était absente",
    VisitAction.NOTE_NO_ANSWER: "Non, pas de réponse",
    VisitAction.NOTE_REFUSAL: "Non, la personne a refusé",
}
MOODS: Mapping[Mood, str] = {
    Mood.WELL: "Ça va bien",
    Mood.SO_SO: "Ça va moyennement",
    Mood.HARD: "C’est difficile",
}
LINK_TITLES: Mapping[LinkStanding, str] = {
    LinkStanding.OPEN: "Le lien est ouvert",
    LinkStanding.USED: "Vous avez déjà répondu, merci",
    LinkStanding.EXPIRED: "Ce lien a expiré",
    LinkStanding.REVOKED: "Un lien plus récent vous a été envoyé",
    LinkStanding.OVER: "Ces questions ne se posent plus",
}
LINK_WORDS: Mapping[LinkStanding, str] = {
    LinkStanding.OPEN: "Vous pouvez répondre.",
    LinkStanding.USED: "Vos réponses sont bien arrivées. Un lien ne sert qu’une fois.",
    LinkStanding.EXPIRED: "Il servait pendant 14\u00a0jours.",
    LinkStanding.REVOKED: "Ouvrez le dernier message reçu\u00a0: lui seul permet de répondre.",
    LinkStanding.OVER: "Le suivi de cet emploi a pris fin. Merci de votre aide.",
}
GUIDES: Mapping[VisitKind, tuple[str, ...]] = {
    VisitKind.FIRST_CALL: (
        "L’accueil s’est-il bien passé\u00a0? L’équipement et les horaires sont-ils clairs\u00a0?",
        "Comment la personne vient-elle au travail\u00a0? Et les jours sans bus\u00a0?",
        "L’entreprise sait-elle qui appeler en cas de souci\u00a0?",
    ),
    VisitKind.MONTH_1: (
        "Le poste est-il celui de l’annonce\u00a0: tâches, horaires, salaire\u00a0?",
        "Retards, absences\u00a0: que faut-il régler autour du travail\u00a0?",
        "Que reste-t-il à apprendre, et avec qui\u00a0?",
    ),
    VisitKind.MONTH_3: (
        "L’essai se termine-t-il bientôt\u00a0? Que pense l’entreprise de la suite\u00a0?",
        "Les heures faites sont-elles celles du contrat\u00a0?",
        "Les points de la dernière visite sont-ils réglés\u00a0?",
    ),
    VisitKind.MONTH_5: (
        "Que se passe-t-il après\u00a0: renouvellement, CDI, autre emploi, formation\u00a0?",
        "Qui décide, et avant quelle date\u00a0?",
        "Si rien n’est sûr, quelles offres regarder dès maintenant\u00a0?",
    ),
    VisitKind.CLOSING: (
        "Faire le bilan à trois\u00a0: ce qui a marché, ce qui a manqué.",
        "Noter où en est la personne, puis clore le suivi.",
        "Dire à la personne qui elle peut encore appeler.",
    ),
    VisitKind.EXTRA: (
        "Pourquoi cette visite de plus\u00a0? Relire la dernière note.",
        "Entendre les deux\u00a0: l’entreprise et la personne.",
    ),
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    ReportRefusal.FUTURE: "Ce jour n’est pas encore passé. Notez la rencontre le jour même ou après.",
    ReportRefusal.BEFORE_START: "Ce jour est avant le début du travail.",
    ReportRefusal.NOT_TO_REPORT: "Cette visite est annulée, ou d’avant le suivi\u00a0: il n’y a rien à noter.",
    ReportRefusal.SETTLED: "Ce compte rendu est déjà fait. Son auteur peut le corriger pendant 7\u00a0jours.",
    ReportRefusal.OUTCOME_FIXED: "Ce qui s’est passé ne se change plus. Ajoutez une visite s’il le faut.",
    AbsenceRefusal.BEFORE_JOB: "Une date est avant le début du travail.",
    AbsenceRefusal.AFTER_JOB: "Une date est après la fin du travail.",
    AbsenceRefusal.TOO_FAR: "Une date est trop loin\u00a0: 30\u00a0jours à l’avance au plus.",
    AbsenceRefusal.TOO_MANY: "Six dates au plus à la fois.",
    AbsenceRefusal.OVER: "Le suivi de cet emploi est terminé\u00a0: il n’y a plus rien à signaler ici.",
    LinkRefusal.NO_TUTOR_ADDRESS: "Cette adresse manque. Ajoutez-la à l’emploi.",
    LinkRefusal.NO_JOB: "La personne n’a plus d’emploi en cours dans ce suivi.",
    LinkRefusal.UNWANTED: "L’entreprise ne veut plus recevoir ces messages. Appelez-la.",
}
