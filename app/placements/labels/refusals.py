"""What is missing, and why a deposit, a presence, an assessment or a meeting is refused, in French."""

from collections.abc import Mapping
from enum import Enum

from app.placements.rules.assessing import AssessmentRefusal
from app.placements.rules.presence import PresenceRefusal
from app.placements.rules.tripartite import MOST_DATES, TripartiteRefusal
from app.placements.rules.validating import DepositRefusal, Missing

MISSING: Mapping[Enum, str] = {
    Missing.BIRTH_DATE: "La date de naissance de la personne, dans sa fiche.",
    Missing.HOST_SIRET: "Le SIRET de l’employeur.",
    Missing.HOST_CONTACT: "Le nom de la personne qui signe pour l’employeur.",
    Missing.ADDRESS: "L’adresse du lieu de stage.",
    Missing.PURPOSE: "L’objet du stage.",
    Missing.TITLE: "Le métier.",
    Missing.TASKS: "Les tâches.",
    Missing.HOURS: "Le nombre d’heures par semaine.",
    Missing.GRID: "Les horaires de la semaine.",
    Missing.TUTOR: "Le nom du tuteur ou de la tutrice.",
    Missing.TUTOR_CONTACT: "Le téléphone ou l’adresse électronique du tuteur ou de la tutrice.",
    Missing.PRESCRIBER: "La structure qui accompagne et signe.",
    Missing.WEEK: "Les heures par semaine et les horaires dessinés ne font pas le même nombre.",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    **{what: f"Il manque\u00a0: {words[0].lower()}{words[1:]}" for what, words in MISSING.items()},
    DepositRefusal.NO_REFERENCE: "Donnez le numéro de la convention sur le site de l’État.",
    DepositRefusal.DEPOSITED_IN_FUTURE: "Le dépôt est daté d’après aujourd’hui.",
    DepositRefusal.DEPOSITED_AFTER_START: "Le dépôt vient après le premier jour\u00a0: changez les dates du stage.",
    DepositRefusal.VALIDATED_IN_FUTURE: "La validation est datée d’après aujourd’hui.",
    DepositRefusal.VALIDATED_BEFORE_DEPOSIT: "La validation est avant le dépôt.",
    DepositRefusal.VALIDATED_AFTER_START: "Un stage ne commence pas avant la validation\u00a0: changez les dates.",
    PresenceRefusal.OUTSIDE: "Ce jour n’est pas dans le stage.",
    PresenceRefusal.IN_FUTURE: "Ce jour n’est pas encore venu.",
    PresenceRefusal.HOURS: "Ce nombre d’heures ne tient pas dans une demi-journée.",
    PresenceRefusal.STOP_OUTSIDE: "Le dernier jour doit être dans le stage.",
    PresenceRefusal.STOP_IN_FUTURE: "Le dernier jour n’est pas encore venu.",
    AssessmentRefusal.NO_COMPLETION: "Dites si le stage a été fait en entier.",
    AssessmentRefusal.NO_LAST_DAY: "Dites le dernier jour, ou les heures manquées.",
    AssessmentRefusal.LAST_DAY_OUTSIDE: "Le dernier jour fait doit être dans le stage.",
    AssessmentRefusal.MISSED_HOURS: "Les heures manquées dépassent celles du stage.",
    AssessmentRefusal.HIRED_WITHOUT_DAY: "Donnez le jour de l’embauche.",
    AssessmentRefusal.HIRED_TOO_EARLY: "L’embauche vient après le début du stage.",
    TripartiteRefusal.NO_DATE: "Proposez une date au moins.",
    TripartiteRefusal.TOO_MANY_DATES: f"Proposez {MOST_DATES}\u00a0dates au plus.",
    TripartiteRefusal.SAME_DATE: "Une date est proposée deux fois.",
    TripartiteRefusal.PAST: "Cette date est passée.",
    TripartiteRefusal.NOT_PROPOSED: "Cette date n’est pas proposée.",
    TripartiteRefusal.NOT_COMMON: "Cette date ne convient pas encore aux trois.",
    TripartiteRefusal.NO_PLACE: "Dites où l’on se retrouve.",
    TripartiteRefusal.NOT_HELD_YET: "Ce rendez-vous n’a pas encore eu lieu.",
}
