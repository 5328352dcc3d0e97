"""The French words of eligibility. An employer reads only ``employer_words``: never the category nor the proof."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

from app.clauses.rules.eligibility import EligibilityRefusal
from app.core.quantities import format_date_short

_R = EligibilityRefusal
ELIGIBILITY_REFUSALS: Mapping[Enum, str] = {
    _R.CATEGORY_NOT_COUNTED: "Cette catégorie ne compte pas pour ce marché. Choisissez-en une de la liste.",
    _R.PROOF_MISSING: "Indiquez la date du justificatif.",
    _R.PROOF_AFTER_HIRE: "Le justificatif est daté après l’embauche. Demandez-en un du jour de l’embauche ou d’avant.",
    _R.PROOF_TOO_OLD: "Le justificatif est trop ancien le jour de l’embauche. Demandez-en un plus récent.",
    _R.TEXT_COMPULSORY: "Écrivez votre avis motivé\u00a0: pour cette catégorie, c’est lui le justificatif.",
}


def employer_words(until: date | None) -> str:
    """« éligible à la clause jusqu’au 14/10/2026 »; without a last day, for the length of the employment."""
    if until is None:
        return "éligible à la clause jusqu’à la fin du contrat"
    return f"éligible à la clause jusqu’au {format_date_short(until)}"


def checked_words(until: date, by: str) -> str:
    """« Éligible à la clause jusqu’au 31/05/2028, vérifié par PLIE Nord »: all that an employer reads.

    ``date.max`` stands for an employment without a known end.
    """
    words = employer_words(None if until == date.max else until)
    return words[:1].upper() + words[1:] + (f", vérifié par {by}" if by else "")
