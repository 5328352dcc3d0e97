"""The French words of a file of hours: its states, its lines, what is wrong in a line and what refuses it."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from app.clauses.labels.sheet_hours import SHEET_FAULT_WORDS
from app.clauses.rules.hour_import import ImportRefusal, LineFault
from app.clauses.rules.states import ImportState
from app.core.sheets import SHEET_WORDS

_I, _L = ImportRefusal, LineFault
IMPORT_STATES: Final[Mapping[ImportState, str]] = {
    ImportState.READING: "Lecture en cours",
    ImportState.PREVIEWED: "À vérifier",
    ImportState.ACCEPTED: "Pris",
    ImportState.UNDONE: "Annulé",
    ImportState.FAILED: "Illisible",
}
IMPORT_LOOKS: Final[Mapping[ImportState, str]] = {
    ImportState.READING: "info",
    ImportState.PREVIEWED: "warn",
    ImportState.ACCEPTED: "ok",
    ImportState.UNDONE: "",
    ImportState.FAILED: "bad",
}
LINE_STATES: Final[Mapping[str, str]] = {
    "good": "Juste",
    "faulty": "À corriger",
    "same": "Déjà là",
    "empty": "Sans heure",
}
LINE_LOOKS: Final[Mapping[str, str]] = {"good": "ok", "faulty": "bad", "same": "info", "empty": ""}
LINE_FAULTS: Final[Mapping[Enum, str]] = {
    _L.UNKNOWN_PERSON: "Cette personne n’est pas sur vos lots\u00a0: demandez à votre facilitateur.",
    _L.UNKNOWN_PAYROLL: "Aucune personne de vos lots n’a ce matricule. Écrivez aussi le nom et le prénom.",
    _L.SPELLING: "Ce nom s’écrit autrement sur vos lots. Dites plus haut qui c’est.",
    _L.SEVERAL_PEOPLE: "Plusieurs personnes de vos lots ont ce nom. Dites plus haut qui, ou ajoutez le matricule.",
    _L.PAYROLL_DIFFERS: "Le matricule et le nom désignent deux personnes. Corrigez l’un des deux.",
    _L.LOT_UNKNOWN: "Ce lot n’est pas l’un des vôtres. Écrivez le numéro du lot.",
    _L.CONTRACT_UNKNOWN: "Ce marché n’est pas l’un des vôtres. Écrivez son numéro, ou videz la cellule.",
    _L.NOT_ON_LOT: "Cette personne n’est pas sur ce lot\u00a0: demandez à votre facilitateur.",
    _L.SEVERAL_LOTS: "Cette personne travaille sur plusieurs de vos lots. Écrivez le marché et le numéro du lot.",
    _L.SEVERAL_EMPLOYERS: "Cette personne a deux employeurs sur ce lot. Écrivez lequel dans une colonne « Employeur ».",
    _L.TWICE: "Cette personne a déjà une ligne pour ce mois. Gardez une seule ligne, avec le total.",
    _L.SENT_ALREADY: "Déjà envoyée\u00a0: rien n’est changé.",
    _L.THERE_ALREADY: "Déjà dans votre brouillon\u00a0: rien n’est changé.",
    _L.REASON_LATER: "Un motif vous sera demandé dans la déclaration.",
}
IMPORT_REFUSALS: Final[Mapping[Enum, str]] = {
    _I.NO_LOT: "Choisissez un de vos lots.",
    _I.NO_TABLE: "Aucun tableau n’a été trouvé. Mettez une ligne de titres\u00a0: nom, mois, heures.",
    _I.NAME_COLUMN: "Dites quelle colonne donne les noms.",
    _I.MONTH_COLUMN: "Dites quelle colonne donne le mois, ou choisissez un mois plus bas.",
    _I.HOURS_COLUMN: "Dites quelle colonne donne les heures.",
    _I.COLUMN_TWICE: "La même colonne est choisie deux fois.",
    _I.NOT_READ_YET: "Le fichier n’est pas encore lu en entier. Continuez la lecture.",
    _I.FAULTY_LEFT: "Des lignes sont à corriger. Cochez la case pour prendre seulement les lignes justes.",
    _I.NOTHING_GOOD: "Il n’y a aucune ligne à prendre.",
    _I.NEVER_TAKEN: "Rien n’a été pris de ce fichier\u00a0: il n’y a rien à annuler.",
    _I.TOO_LATE: "Un import s’annule pendant 7\u00a0jours. Corrigez les heures dans la déclaration.",
    _I.SENT_SINCE: "Des heures de cet import sont déjà envoyées\u00a0: il ne peut plus être annulé.",
}
REFUSAL_WORDS: Final[Mapping[Enum, str]] = {**IMPORT_REFUSALS, **LINE_FAULTS, **SHEET_FAULT_WORDS}
FILE_WORDS: Final[Mapping[Enum, str]] = {**REFUSAL_WORDS, **SHEET_WORDS}
