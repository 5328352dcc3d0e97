"""The French words of every enum of a candidate's file, for professionals and for the person."""

from collections.abc import Mapping
from enum import Enum

from app.candidates.rules import (
    Barrier,
    CandidateRefusal,
    CandidateState,
    Column,
    FaultKind,
    FrenchLevel,
    ImportLineState,
    Likeness,
    Means,
    Programme,
    Question,
    ReadinessCheck,
    Section,
)
from app.candidates.rules.merging import MergedField, Side

STATES: Mapping[CandidateState, str] = {
    CandidateState.ACTIVE: "Active",
    CandidateState.MERGED: "Fusionnée",
    CandidateState.CLOSED: "Fermée",
}
FRENCH: Mapping[FrenchLevel, str] = {
    FrenchLevel.NONE: "Aucun ou non évalué",
    FrenchLevel.A1: "A1, quelques phrases",
    FrenchLevel.A2: "A2, vie quotidienne",
    FrenchLevel.B1: "B1, autonome à l’oral",
    FrenchLevel.B2: "B2, à l’aise à l’oral et à l’écrit",
    FrenchLevel.C1: "C1, très à l’aise",
    FrenchLevel.C2: "C2, comme une langue maternelle",
}
FRENCH_OF_MINE: Mapping[FrenchLevel, str] = {
    FrenchLevel.NONE: "Je ne parle pas encore français",
    FrenchLevel.A1: "Je comprends quelques phrases",
    FrenchLevel.A2: "Je me débrouille tous les jours",
    FrenchLevel.B1: "Je parle bien, j’écris un peu",
    FrenchLevel.B2: "Je parle et j’écris bien",
    FrenchLevel.C1: "Je parle et j’écris très bien",
    FrenchLevel.C2: "Le français est ma langue",
}
PROGRAMMES: Mapping[Programme, str] = {
    Programme.RSA: "RSA",
    Programme.PLIE: "PLIE",
    Programme.IAE: "Insertion par l’activité économique (IAE)",
    Programme.MISSION_LOCALE: "Mission locale",
    Programme.SAP: "Services à la personne",
    Programme.OTHER: "Autre",
}
MEANS: Mapping[Means, str] = {
    Means.FOOT: "À pied",
    Means.BIKE: "À vélo",
    Means.BUS: "En bus ou en train",
    Means.CAR: "En voiture",
}
BARRIERS: Mapping[Barrier, str] = {
    Barrier.HOUSING: "Logement",
    Barrier.CHILDCARE: "Garde d’enfants",
    Barrier.TRANSPORT: "Transport",
    Barrier.HEALTH: "Santé",
    Barrier.ADMINISTRATIVE: "Démarches administratives",
    Barrier.DIGITAL: "Numérique",
    Barrier.LANGUAGE: "Langue",
    Barrier.DEBT: "Budget, dettes",
    Barrier.FAMILY: "Famille",
    Barrier.OTHER: "Autre",
}
CHECKS: Mapping[ReadinessCheck, str] = {
    ReadinessCheck.PROJECT: "Le métier visé est choisi et réaliste.",
    ReadinessCheck.AVAILABLE: "La personne est libre à la date et aux moments écrits.",
    ReadinessCheck.TRAVEL: "Le trajet est possible avec son moyen de transport.",
    ReadinessCheck.DOCUMENTS: "Les papiers demandés à l’embauche sont prêts.",
    ReadinessCheck.AGREES: "La personne veut recevoir des propositions maintenant.",
}
SECTIONS: Mapping[Section, str] = {
    Section.IDENTITY: "Identité et contact",
    Section.ACCOMPANIMENT: "Accompagnement",
    Section.PROGRAMMES: "Dispositifs",
    Section.FRENCH: "Français",
    Section.JOBS: "Métiers voulus",
    Section.SKILLS: "Compétences",
    Section.TITLES: "Diplômes, certificats et permis",
    Section.TRAVEL: "Déplacements",
    Section.AVAILABILITY: "Disponibilité et heures",
    Section.REFUSALS: "Refus",
    Section.BARRIERS: "Freins",
}
QUESTIONS: Mapping[Question, str] = {
    Question.JOBS: "Quel travail voulez-vous faire\u00a0?",
    Question.SKILLS: "Que savez-vous faire\u00a0?",
    Question.TITLES: "Avez-vous un diplôme ou un permis\u00a0?",
    Question.START: "Quand pouvez-vous commencer à travailler\u00a0?",
    Question.WEEK: "À quels moments pouvez-vous travailler\u00a0?",
    Question.HOURS: "Combien d’heures par semaine\u00a0?",
    Question.TRAVEL: "Comment allez-vous au travail\u00a0?",
    Question.FRENCH: "Comment parlez-vous français\u00a0?",
    Question.REFUSALS: "Qu’est-ce que vous ne voulez pas\u00a0?",
    Question.NAME: "Comment vous appelez-vous\u00a0?",
    Question.CONTACT: "Comment vous joindre\u00a0?",
    Question.HOME: "Où habitez-vous\u00a0?",
}
SUMMARY: Mapping[Question, str] = {
    Question.JOBS: "Travail voulu",
    Question.SKILLS: "Je sais",
    Question.TITLES: "Diplômes et permis",
    Question.START: "Début",
    Question.WEEK: "Moments",
    Question.HOURS: "Heures",
    Question.TRAVEL: "Trajet",
    Question.FRENCH: "Français",
    Question.REFUSALS: "Je ne veux pas",
    Question.NAME: "Nom",
    Question.CONTACT: "Contact",
    Question.HOME: "Domicile",
}
IMPORT_STATES: Mapping[ImportLineState, str] = {
    ImportLineState.NEW: "Nouvelle",
    ImportLineState.KNOWN: "Déjà connue",
    ImportLineState.FAULTY: "À corriger",
    ImportLineState.ADDED: "Ajoutée",
}
IMPORT_LOOKS: Mapping[ImportLineState, str] = {
    ImportLineState.NEW: "info",
    ImportLineState.KNOWN: "",
    ImportLineState.FAULTY: "bad",
    ImportLineState.ADDED: "ok",
}
COLUMNS: Mapping[Column, str] = {
    Column.LAST_NAME: "Nom",
    Column.FIRST_NAME: "Prénom",
    Column.BIRTH_DATE: "Date de naissance",
    Column.PHONE: "Téléphone",
    Column.EMAIL: "E-mail",
    Column.ADDRESS: "Adresse",
    Column.COMMUNE: "Commune",
    Column.TRADES: "Métiers voulus",
    Column.OWN_WORDS: "Avec ses mots",
    Column.FRENCH: "Niveau de français",
    Column.LICENCES: "Permis",
    Column.FOOT: "À pied (minutes)",
    Column.BIKE: "À vélo (minutes)",
    Column.BUS: "Bus ou train (minutes)",
    Column.CAR: "Voiture (minutes)",
    Column.AVAILABLE_FROM: "Disponible à partir du",
    Column.MOMENTS: "Moments",
    Column.HOURS_MIN: "Heures par semaine, au moins",
    Column.HOURS_MAX: "Heures par semaine, au plus",
    Column.PROGRAMMES: "Dispositifs",
    Column.PROGRAMMES_SINCE: "Depuis le",
    Column.REFERENT: "E-mail du référent",
}
FAULTS: Mapping[FaultKind, tuple[str, str]] = {
    FaultKind.NAME_MISSING: ("Le nom et le prénom sont vides.", "Écrivez au moins l’un des deux."),
    FaultKind.TOO_LONG: ("Le texte est trop long.", "Raccourcissez-le."),
    FaultKind.NOT_A_DATE: ("Cette date n’existe pas.", "Écrivez jour/mois/année, comme 16/11/1990."),
    FaultKind.BORN_LATER: ("La date de naissance est dans le futur.", "Vérifiez l’année."),
    FaultKind.TOO_YOUNG: ("La personne a moins de 16 ans.", "Vérifiez l’année, ou retirez la ligne."),
    FaultKind.TOO_OLD: ("La personne aurait plus de 100 ans.", "Vérifiez l’année."),
    FaultKind.NOT_A_PHONE: ("Ce numéro n’existe pas.", "Écrivez 10 chiffres, comme 06 12 34 56 78."),
    FaultKind.PHONE_OF_ANOTHER: (
        "Ce numéro est celui d’une autre personne, au nom différent.",
        "Vérifiez le numéro, ou videz la cellule.",
    ),
    FaultKind.NOT_AN_EMAIL: ("Cette adresse n’est pas complète.", "Écrivez-la comme prenom.nom@exemple.fr."),
    FaultKind.UNKNOWN_COMMUNE: (
        "Cette commune n’est pas connue en Essonne.",
        "Écrivez son nom entier ou son code INSEE.",
    ),
    FaultKind.UNKNOWN_TRADE: ("Ce métier n’est pas connu.", "Prenez un métier de la liste du portail."),
    FaultKind.TOO_MANY_TRADES: ("Il y a plus de 5 métiers.", "Gardez les 5 premiers."),
    FaultKind.UNKNOWN_LEVEL: ("Ce niveau n’est pas connu.", "Écrivez A1, A2, B1, B2, C1, C2 ou « aucun »."),
    FaultKind.UNKNOWN_LICENCE: ("Ce permis n’est pas connu.", "Écrivez la lettre du permis, comme B."),
    FaultKind.NOT_MINUTES: ("Ce n’est pas un temps de trajet.", "Écrivez des minutes, de 1 à 180, comme 45."),
    FaultKind.UNKNOWN_MOMENT: (
        "Ce moment n’est pas connu.",
        "Écrivez journée, matin tôt, soirée, nuit ou week-end, séparés par « ; ».",
    ),
    FaultKind.NOT_HOURS: ("Ce n’est pas un nombre d’heures par semaine.", "Écrivez un nombre de 1 à 48."),
    FaultKind.HOURS_ORDER: ("Le plus est inférieur au moins.", "Échangez les deux nombres."),
    FaultKind.UNKNOWN_PROGRAMME: (
        "Ce dispositif n’est pas connu.",
        "Écrivez RSA, PLIE, IAE, Mission locale, SAP ou Autre.",
    ),
    FaultKind.UNKNOWN_REFERENT: (
        "Aucun référent n’a cette adresse e-mail.",
        "Écrivez l’e-mail avec lequel le référent se connecte, ou videz la cellule.",
    ),
}
LIKENESSES: Mapping[Likeness, str] = {
    Likeness.PHONE: "même téléphone",
    Likeness.BIRTH_AND_NAME: "même date de naissance et nom proche",
    Likeness.NAME: "même nom",
}
MERGED_FIELDS: Mapping[MergedField, str] = {
    MergedField.NAME: "Nom",
    MergedField.BIRTH_DATE: "Date de naissance",
    MergedField.PHONE: "Téléphone",
    MergedField.EMAIL: "E-mail",
    MergedField.HOME: "Domicile",
    MergedField.REFERENT: "Référent",
    MergedField.FACILITATOR: "PLIE",
    MergedField.FRENCH: "Français",
    MergedField.OWN_WORDS: "Avec ses mots",
    MergedField.START: "Disponible à partir du",
    MergedField.WEEK: "Moments",
    MergedField.HOURS: "Heures par semaine",
    MergedField.CONSENT: "Accord de la personne",
    MergedField.READY: "Prête à l’emploi",
}
SIDES: Mapping[Side, str] = {Side.KEPT: "Fiche gardée", Side.MERGED: "Autre fiche"}
LANGUAGES: Mapping[str, str] = {
    "fr": "Français",
    "en": "Anglais",
    "ar": "Arabe",
    "uk": "Ukrainien",
    "tr": "Turc",
    "pt": "Portugais",
}
ACTIONS: Mapping[str, str] = {
    "candidate.created": "Fiche créée",
    "candidate.imported": "Fiche créée par un import",
    "candidate.opened": "Fiche consultée",
    "candidate.changed": "Fiche modifiée",
    "candidate.consent_given": "Accord donné",
    "candidate.consent_withdrawn": "Accord retiré",
    "candidate.ready": "Dite prête à l’emploi",
    "candidate.not_ready": "N’est plus dite prête à l’emploi",
    "candidate.mandate_recorded": "Mandat enregistré",
    "candidate.mandate_withdrawn": "Mandat retiré",
    "candidate.merged": "Deux fiches réunies",
    "account.paper_code_given": "Code papier donné",
}
CONTACT_HOURS = "du lundi au vendredi, de 9\u00a0h à 17\u00a0h"

_R = CandidateRefusal
REFUSAL_WORDS: Mapping[Enum, str] = {
    _R.NAME_MISSING: "Écrivez un prénom ou un nom.",
    _R.BORN_LATER: "Cette date de naissance est dans le futur. Vérifiez l’année.",
    _R.TOO_YOUNG: "La personne a moins de 16\u00a0ans. Le portail est ouvert à partir de 16\u00a0ans.",
    _R.TOO_OLD: "La personne aurait plus de 100\u00a0ans. Vérifiez l’année.",
    _R.HOURS_ORDER: "Le plus grand nombre d’heures est plus petit que le plus petit. Échangez-les.",
    _R.HOURS_TOO_MANY: "C’est trop\u00a0: la loi permet 48\u00a0heures par semaine au plus.",
    _R.HOURS_NONE: "Écrivez plus de 0\u00a0heure, ou laissez vide.",
    _R.PROGRAMME_ORDER: "Un dispositif finit avant de commencer. Vérifiez les dates.",
    _R.PROGRAMME_OVERLAP: "Le même dispositif est écrit deux fois sur les mêmes dates.",
    _R.TITLE_ORDER: "Un diplôme ou certificat finit avant d’être obtenu. Vérifiez les dates.",
    _R.TITLE_LATER: "Un diplôme ou certificat est obtenu dans le futur. Vérifiez la date.",
    _R.TITLE_TWICE: "Le même diplôme ou certificat est écrit deux fois.",
    _R.TRAVEL_TWICE: "Le même moyen de transport est écrit deux fois.",
    _R.TRAVEL_NO_LIMIT: "Pour chaque moyen de transport, écrivez un temps ou une distance.",
    _R.TRAVEL_TOO_FAR: "C’est trop\u00a0: 180\u00a0minutes ou 150\u00a0km au plus.",
    _R.TOO_MANY_TRADES: "Choisissez 5\u00a0métiers au plus.",
    _R.TOO_MANY_SKILLS: "Choisissez 20\u00a0compétences au plus.",
    _R.UNKNOWN_CHOICE: "Une réponse ne fait pas partie de la liste. Rouvrez la page.",
    _R.REFERENT_ELSEWHERE: "Ce référent ne travaille pas dans cette organisation.",
    _R.CHECKS_MISSING: "Cochez chaque point\u00a0: il en manque au moins un.",
    _R.READY_NO_TRADE: "Il manque un métier voulu. Ajoutez-le avant de dire la personne prête.",
    _R.READY_NO_COMMUNE: "Il manque la commune. Ajoutez-la avant de dire la personne prête.",
    _R.ALREADY_SO: "C’est déjà le cas. Relisez la page.",
    _R.NO_MANDATE: "Seule la personne peut le faire, ou un professionnel qui a son mandat.",
    _R.HAS_OWN_ACCESS: "La personne a un téléphone ou un e-mail\u00a0: elle agit elle-même, sans mandat.",
    _R.MANDATE_ORDER: "Le mandat finit avant de commencer. Vérifiez les dates.",
    _R.MANDATE_TOO_LONG: "Un mandat dure 12\u00a0mois au plus.",
    _R.MANDATE_PAST: "Un mandat commence aujourd’hui ou plus tard.",
    _R.MANDATE_NO_REASON: "Écrivez pourquoi la personne vous donne ce mandat.",
    _R.MANDATE_RUNNING: "Vous avez déjà un mandat pour cette personne. Retirez-le d’abord.",
    _R.NOT_THE_REFERENT: "Seul le référent de la personne lit et écrit les freins.",
    _R.SAME_FILE: "Choisissez deux fiches différentes.",
    _R.NOT_ACTIVE: "Une des deux fiches n’est plus active.",
    _R.CONTACT_NEEDED: "Gardez un téléphone ou un e-mail\u00a0: vous vous connectez avec.",
    _R.LOOKS_ALIKE: "Cette personne a peut-être déjà une fiche. Comparez avant d’enregistrer.",
    _R.NOT_A_FACILITATOR: "Cette organisation n’est pas un PLIE.",
    _R.NOTHING_TO_ADD: "Aucune ligne de cet import n’est à ajouter.",
    _R.NO_HEADER: (
        "Les titres des colonnes ne sont pas reconnus. La première ligne doit contenir au moins «\u00a0Nom\u00a0» et "
        "«\u00a0Prénom\u00a0». Prenez le modèle."
    ),
    _R.NO_LINES: "Sous les titres des colonnes, ce tableau est vide.",
}
