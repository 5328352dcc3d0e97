"""Which column holds what, under the titles that payroll and site managers write?"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.clauses.rules.sheet_hours.months import NotAMonth, month_of_title
from app.reference.rules import normalise


class Column(StrEnum):
    """What the portal reads from a sheet of hours."""

    FULL_NAME = "full_name"
    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    PAYROLL_ID = "payroll_id"
    MONTH = "month"
    YEAR = "year"
    HOURS = "hours"
    KIND = "kind"
    CONTRACT = "contract"
    LOT = "lot"
    EMPLOYER = "employer"
    REASON = "reason"


_TITLES: Final[Mapping[Column, tuple[str, ...]]] = {
    Column.FULL_NAME: (
        "nom et prenom|nom prenom|prenom nom|prenom et nom|nom prenoms|noms et prenoms|nom complet|noms prenoms",
        "salarie|salaries|salarie e|nom du salarie|nom salarie|nom de la personne|nom du beneficiaire",
        "beneficiaire|personne|collaborateur|interimaire|intervenant|agent|employe|participant|nom interimaire",
    ),
    Column.LAST_NAME: ("nom|nom de famille|nom usuel|nom d usage|nom de naissance|noms|last name",),
    Column.FIRST_NAME: ("prenom|prenoms|prenom du salarie|prenom salarie|first name",),
    Column.PAYROLL_ID: (
        "matricule|mat|n matricule|no matricule|numero matricule|matricule salarie|matricule paie",
        "n salarie|numero salarie|code salarie|id salarie|numero de salarie|n de salarie|identifiant salarie",
    ),
    Column.MONTH: (
        "mois|mois concerne|mois de paie|mois paie|mois travaille|mois d activite|mois de travail",
        "periode|periode de paie|periode concernee|periode travaillee|periode d emploi|periode paie",
        "date|date de travail|jour|date d intervention|date fin de periode|fin de periode|debut de periode",
    ),
    Column.YEAR: ("annee|an|exercice|annee de paie",),
    Column.HOURS: (
        "heures travaillees|heures trav|h travaillees|h trav|heures effectuees|heures realisees|heures realisees "
        "d insertion|nb heures travaillees|nombre d heures travaillees|nb h trav|heures faites|heures d insertion",
        "heures|nb heures|nombre d heures|nombre heures|nb d heures|nbre heures|nbre d heures|nb h|nbh|nb hrs|hrs|h",
        "total heures|total h|total des heures|heures totales|heures total|total|volume horaire|volume d heures",
        "heures payees|h payees|heures paye|heures remunerees|heures declarees|heures facturees|h facturees",
        "quantite|qte|nombre|nb|duree|temps|temps de travail",
    ),
    Column.KIND: (
        "type d heure|type d heures|type heures|type heure|nature des heures|nature heures|nature d heure",
        "nature|type|rubrique|libelle rubrique|code heure|libelle|activite|categorie d heures",
    ),
    Column.LOT: ("lot|n lot|no lot|numero de lot|numero lot|lots|n de lot|libelle lot|intitule du lot",),
    Column.CONTRACT: (
        "marche|n marche|no marche|numero de marche|numero marche|n de marche|reference marche|ref marche",
        "marche public|intitule du marche|objet du marche",
        "chantier|nom du chantier|code chantier|libelle chantier|operation|affaire|n affaire|code affaire|projet|site",
    ),
    Column.EMPLOYER: (
        "employeur|nom employeur|nom de l employeur|employeur juridique|structure employeuse|siae|etti|ai",
        "entreprise|societe|structure|etablissement|agence|agence d interim|raison sociale|nom entreprise",
    ),
    Column.REASON: (
        "motif|motif depassement|motif du depassement|justification|justificatif",
        "commentaire|commentaires|observation|observations|remarque|remarques|note|notes",
    ),
}
"""Titles as ``normalise`` leaves them; an earlier group is preferred when a sheet has titles of several."""

_RANKED: Final = {
    text: (column, rank)
    for column, groups in _TITLES.items()
    for rank, group in enumerate(groups)
    for text in group.split("|")
}
_LOOSE: Final[tuple[tuple[re.Pattern[str], Column, int], ...]] = (
    (re.compile(r"\bnom\b.*\bprenom|\bprenom\b.*\bnom\b"), Column.FULL_NAME, 10),
    (re.compile(r"^prenom\b"), Column.FIRST_NAME, 10),
    (re.compile(r"^(mois|periode)\b"), Column.MONTH, 10),
    (re.compile(r"\b(travaillees|effectuees|realisees)\b"), Column.HOURS, 10),
    (re.compile(r"^(total|nb|nombre|nbre)\b.*\b(heures?|h|hrs)\b|^(heures|h)\b"), Column.HOURS, 11),
    (re.compile(r"^(type|nature)\b"), Column.KIND, 10),
    (re.compile(r"^(lot|n lot)\b"), Column.LOT, 10),
    (re.compile(r"^(marche|n marche|chantier|operation|affaire)\b"), Column.CONTRACT, 10),
    (re.compile(r"^(employeur|entreprise)\b"), Column.EMPLOYER, 10),
    (re.compile(r"^motif\b"), Column.REASON, 10),
    (re.compile(r"^matricule\b"), Column.PAYROLL_ID, 10),
)
_NEVER: Final = re.compile(
    r"\b(naissance|embauche|entree|sortie|taux|cout|montant|prix|salaire|brut|net|sup|supp|supplementaires|theoriques?|"
    r"prevues?|contractuelles?|contrat|a faire|restantes?|objectif|absences?|securite|secu|nir|tel|telephone|mail)\b"
)
_MOST_TITLE: Final = 80


def _judged(title: str) -> tuple[Column, int] | None:
    """The column that a title means, and how well: 0 is best."""
    text = normalise(re.sub(r"[*:°]", " ", title[:_MOST_TITLE]))
    if text == "nom de naissance":
        return Column.LAST_NAME, 1
    if text in _RANKED:
        return _RANKED[text]
    if not text or _NEVER.search(text):
        return None
    return next(((column, rank) for pattern, column, rank in _LOOSE if pattern.search(text)), None)


def guess(header: Sequence[str]) -> dict[Column, int]:
    """Which column stands where: the best title wins, the first of equals. « Nom » alone is a full name."""
    best: dict[Column, tuple[int, int]] = {}
    for index, title in enumerate(header):
        judged = _judged(title)
        if judged is not None:
            column, rank = judged
            best[column] = min(best.get(column, (rank, index)), (rank, index))
    found = {column: index for column, (_, index) in best.items()}
    if Column.LAST_NAME in found and Column.FIRST_NAME in found:
        found.pop(Column.FULL_NAME, None)
    elif Column.FULL_NAME in found:
        found.pop(Column.LAST_NAME, None)
    elif Column.LAST_NAME in found:
        found[Column.FULL_NAME] = found.pop(Column.LAST_NAME)
    return {column: found[column] for column in Column if column in found}


def signature(header: Sequence[str]) -> str:
    """What two sheets of the same make share: their titles in order, whatever the months written in them."""
    titles = []
    for title in header:
        try:
            month_of_title(title)
            titles.append("#")
        except NotAMonth:
            titles.append(normalise(title[:_MOST_TITLE]))
    while titles and not titles[-1]:
        titles.pop()
    return hashlib.sha256("|".join(titles).encode()).hexdigest()[:32]


def missing(mapping: Mapping[Column, int], *, months_across: bool = False, month_given: bool = False) -> list[Column]:
    """The columns that nothing replaces: a name or a number of payroll, hours, a month."""
    absent = []
    if not mapping.keys() & {Column.FULL_NAME, Column.LAST_NAME, Column.PAYROLL_ID}:
        absent.append(Column.FULL_NAME)
    if not months_across and Column.MONTH not in mapping and not month_given:
        absent.append(Column.MONTH)
    if not months_across and Column.HOURS not in mapping:
        absent.append(Column.HOURS)
    return absent
