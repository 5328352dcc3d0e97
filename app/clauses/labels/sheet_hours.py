"""How are the columns and the faults of a sheet of hours said in French? A fault says what to write instead."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from app.clauses.rules.sheet_hours import Column, FaultKind

COLUMNS: Final[Mapping[Column, str]] = {
    Column.FULL_NAME: "Nom et prénom",
    Column.LAST_NAME: "Nom",
    Column.FIRST_NAME: "Prénom",
    Column.PAYROLL_ID: "Matricule",
    Column.MONTH: "Mois",
    Column.YEAR: "Année",
    Column.HOURS: "Heures",
    Column.KIND: "Type d’heures",
    Column.CONTRACT: "Marché ou chantier",
    Column.LOT: "Lot",
    Column.EMPLOYER: "Employeur",
    Column.REASON: "Motif",
}
SHEET_FAULT_WORDS: Final[Mapping[Enum, str]] = {
    FaultKind.NAME_MISSING: "Le nom manque. Écrivez le nom et le prénom.",
    FaultKind.NOT_A_NAME: "Ce n’est pas un nom. Écrivez le nom et le prénom.",
    FaultKind.HOURS_MISSING: "Les heures manquent. Écrivez un nombre, comme «\u00a0151,67\u00a0».",
    FaultKind.NOT_HOURS: "Ce n’est pas un nombre d’heures. Écrivez «\u00a0151,67\u00a0» ou «\u00a07h30\u00a0».",
    FaultKind.ERROR_VALUE: "Cette cellule affiche une erreur du tableur. Écrivez la valeur à la place de la formule.",
    FaultKind.FORMULA: (
        "Le résultat de cette formule n’est pas dans le fichier. "
        "Ouvrez-le dans votre tableur et enregistrez-le, ou écrivez la valeur."
    ),
    FaultKind.NEGATIVE: "Un nombre d’heures ne peut pas être négatif. Écrivez le nombre d’heures du mois.",
    FaultKind.ZERO: "Zéro heure\u00a0: cette ligne sera laissée de côté.",
    FaultKind.TOO_MANY_HOURS: "C’est impossible pour une personne en un mois\u00a0: 208\u00a0h au plus.",
    FaultKind.MONTH_MISSING: "Le mois manque. Écrivez-le comme «\u00a010/2026\u00a0».",
    FaultKind.NOT_A_MONTH: "Ce n’est pas un mois. Écrivez «\u00a010/2026\u00a0» ou «\u00a0octobre 2026\u00a0».",
    FaultKind.SEVERAL_MONTHS: "Cette période couvre plusieurs mois. Faites une ligne par mois.",
    FaultKind.FUTURE_MONTH: "Ce mois n’a pas encore commencé. Corrigez le mois.",
    FaultKind.UNKNOWN_KIND: (
        "Ce type d’heures n’est pas connu. "
        "Écrivez «\u00a0travail\u00a0», «\u00a0formation\u00a0», «\u00a0tutorat\u00a0» ou «\u00a0absence payée\u00a0»."
    ),
    FaultKind.TOO_LONG: "Ce texte est trop long. Raccourcissez-le.",
}
