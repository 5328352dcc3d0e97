"""How are the fields and the faults of the official file of public contracts said in French?"""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from app.clauses.rules.decp import DecpFaultKind, DecpForm, DecpOutcome

OUTCOMES: Final[Mapping[DecpOutcome, str]] = {
    DecpOutcome.NEW: "Nouveau",
    DecpOutcome.CHANGED: "Modifié",
    DecpOutcome.SAME: "Inchangé",
    DecpOutcome.ERROR: "En erreur",
}
FORMS: Final[Mapping[DecpForm, str]] = {
    DecpForm.PUBLIC_CONTRACT: "Marché",
    DecpForm.CONCESSION: "Contrat de concession",
}
DECP_FAULT_WORDS: Final[Mapping[Enum, str]] = {
    DecpFaultKind.TOO_BIG: "Ce fichier est trop lourd\u00a0: 20\u00a0Mo au plus.",
    DecpFaultKind.NOT_JSON: "Ce fichier n’est pas du JSON. Téléchargez-le à nouveau, puis recommencez.",
    DecpFaultKind.TOO_DEEP: "Ce fichier n’a pas la forme des données essentielles.",
    DecpFaultKind.TOO_MANY: "Il y a trop d’éléments\u00a0: coupez le fichier en plusieurs.",
    DecpFaultKind.NO_CONTRACT: "Aucun marché n’est écrit sous «\u00a0marches\u00a0».",
    DecpFaultKind.NOT_AN_OBJECT: "Ce n’est pas la description attendue.",
    DecpFaultKind.NOT_A_LIST: "Une liste est attendue.",
    DecpFaultKind.MISSING: "La valeur manque.",
    DecpFaultKind.NOT_A_TEXT: "Un texte est attendu.",
    DecpFaultKind.TOO_LONG: "Le texte est trop long.",
    DecpFaultKind.NOT_A_DATE: "Une date est attendue, comme «\u00a02026-09-01\u00a0».",
    DecpFaultKind.NOT_A_NUMBER: "Un nombre est attendu.",
    DecpFaultKind.OUT_OF_RANGE: "La valeur n’est pas vraisemblable.",
    DecpFaultKind.NOT_YES_OR_NO: "«\u00a0true\u00a0» ou «\u00a0false\u00a0» est attendu.",
    DecpFaultKind.NOT_A_SIRET: "Ce n’est pas un SIRET\u00a0: 14 chiffres, clé comprise.",
    DecpFaultKind.NOT_A_CPV: "Ce n’est pas un code CPV\u00a0: 8 chiffres.",
    DecpFaultKind.UNKNOWN_WORD: "Ce mot n’est pas dans la liste officielle.",
    DecpFaultKind.TWICE: "Ce numéro est écrit deux fois chez le même acheteur, avec un contenu différent.",
}
DECP_FIELDS: Final[Mapping[str, str]] = {
    "form": "Forme",
    "id": "Numéro",
    "buyer_siret": "SIRET de l’acheteur",
    "subject": "Objet",
    "notified_on": "Notification",
    "buyer_name": "Acheteur",
    "nature": "Nature",
    "cpv": "Code CPV",
    "procedure": "Procédure",
    "place_code": "Code du lieu",
    "place_kind": "Type de lieu",
    "place_name": "Lieu",
    "months": "Durée",
    "starts_on": "Début d’exécution",
    "published_on": "Publication",
    "amount": "Montant",
    "subsidy": "Subvention publique",
    "price_form": "Forme du prix",
    "price_kinds": "Types de prix",
    "techniques": "Techniques d’achat",
    "execution": "Modalités d’exécution",
    "framework_id": "Accord-cadre",
    "innovative": "Marché innovant",
    "general_terms": "CCAG",
    "offers_received": "Offres reçues",
    "advance": "Avance",
    "advance_rate": "Taux de l’avance",
    "grouping": "Groupement",
    "subcontracting": "Sous-traitance déclarée",
    "origin_eu": "Part de l’Union européenne",
    "origin_france": "Part de la France",
    "holders": "Titulaires",
    "social": "Considérations sociales",
    "environmental": "Considérations environnementales",
    "changes": "Modifications",
    "subcontracts": "Actes de sous-traitance",
    "subcontract_changes": "Modifications de la sous-traitance",
}
