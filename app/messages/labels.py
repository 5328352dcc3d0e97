"""The French words of messages."""

from collections.abc import Mapping
from enum import Enum

from app.messages.rules import Category, Channel, LetterPile, LetterRefusal, MessageState, ReminderKind, Wish
from app.messages.rules.samples import Audience

CHANNEL_WORDS: Mapping[Channel, str] = {Channel.EMAIL: "E-mail", Channel.SMS: "SMS", Channel.LETTER: "Lettre"}
STATE_WORDS: Mapping[MessageState, str] = {
    MessageState.QUEUED: "À envoyer",
    MessageState.WAITING: "Dans le prochain résumé",
    MessageState.GATHERED: "Dans un résumé",
    MessageState.SENDING: "En cours d’envoi",
    MessageState.SENT: "Envoyé",
    MessageState.FAILED: "Non remis",
    MessageState.UNCERTAIN: "Envoi incertain",
    MessageState.UNWANTED: "Non voulu",
}
CATEGORY_WORDS: Mapping[Category, str] = {
    Category.SIGN_IN: "Connexion et sécurité",
    Category.ORGANISATION: "Mon organisation",
    Category.APPLICATIONS: "Candidatures et propositions",
    Category.OFFERS: "Mes offres",
    Category.CLAUSES: "Clauses sociales",
    Category.FOLLOW_UP: "Suivi après l’embauche",
    Category.ALERTS: "Alertes de suivi",
    Category.SAVED_SEARCH: "Recherches enregistrées",
    Category.EVENTS: "Événements et réunions",
    Category.PLACEMENTS: "Stages et immersions",
    Category.DIGEST: "Résumé du jour",
}
CATEGORY_HINTS: Mapping[Category, str] = {
    Category.ORGANISATION: "Une personne demande à rejoindre votre organisation.",
    Category.APPLICATIONS: "Les offres proposées, les candidatures et les réponses.",
    Category.OFFERS: "Une offre est à confirmer, ou n’est plus en ligne.",
    Category.CLAUSES: "Les besoins de personnes et les justificatifs à renouveler.",
    Category.FOLLOW_UP: "Ce qui suit l’embauche, pendant six mois.",
    Category.ALERTS: "Un suivi demande votre attention.",
    Category.SAVED_SEARCH: "De nouvelles offres pour vos recherches.",
    Category.EVENTS: "Vos inscriptions, les rappels, et ce qui suit les rencontres.",
    Category.PLACEMENTS: "Les conventions, les présences et les bilans de stage.",
    Category.DIGEST: "L’e-mail qui réunit ce que vous lisez une fois par jour. Sans lui, rien de cela ne part.",
}
"""What a category holds, for who chooses."""
WISH_WORDS: Mapping[Wish, str] = {
    Wish.NOW: "Tout de suite",
    Wish.DAILY: "Une fois par jour",
    Wish.NEVER: "Jamais",
}
REMINDER_WORDS: Mapping[ReminderKind, str] = {
    ReminderKind.PROPOSAL_UNANSWERED: "Proposition sans réponse de la personne",
    ReminderKind.APPLICATION_UNANSWERED: "Candidature sans réponse de l’employeur",
    ReminderKind.HOURS_NOT_REPORTED: "Heures de clause non déclarées",
    ReminderKind.VISIT_DUE: "Visite à venir",
    ReminderKind.VISIT_LATE: "Visite en retard",
    ReminderKind.JOB_ENDS: "Fin de contrat de travail",
    ReminderKind.ELIGIBILITY_ENDS: "Fin d’éligibilité",
    ReminderKind.APPROVAL_ENDS: "Fin d’agrément",
    ReminderKind.OFFER_STALE: "Offre à confirmer",
    ReminderKind.SAVED_SEARCH: "Recherche enregistrée",
    ReminderKind.EVENT_SOON: "Événement ou réunion à venir",
    ReminderKind.EVENT_TASK: "Action promise à une rencontre",
    ReminderKind.PLACEMENT_CONVENTION: "Convention de stage à valider",
    ReminderKind.PLACEMENT_ASSESSMENT: "Bilan de stage à écrire",
    ReminderKind.TRIPARTITE_SOON: "Entretien à trois à venir",
}
LETTER_PILE_WORDS: Mapping[LetterPile, str] = {
    LetterPile.TO_PRINT: "À imprimer",
    LetterPile.POSTED: "Postées",
    LetterPile.ALL: "Toutes",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    LetterRefusal.NO_ADDRESS: "Il manque l’adresse postale\u00a0: le nom, la rue, le code postal et la ville.",
    LetterRefusal.TOO_MANY_LINES: "Cette adresse a trop de lignes pour une enveloppe\u00a0: six au plus.",
    LetterRefusal.LINE_TOO_LONG: "Une ligne de l’adresse est trop longue\u00a0: 38 signes au plus.",
    LetterRefusal.NO_POSTCODE: "Il manque le code postal dans l’adresse.",
    LetterRefusal.NONE_TICKED: "Cochez d’abord les lettres que vous avez postées.",
}
AUDIENCE_WORDS: Mapping[Audience, str] = {
    Audience.PERSON: "Aux personnes",
    Audience.TUTOR: "Aux tuteurs",
    Audience.EMPLOYER: "Aux employeurs",
    Audience.PROFESSIONAL: "À ceux qui accompagnent",
    Audience.ANYBODY: "À qui a un compte, ou en demande un",
}
