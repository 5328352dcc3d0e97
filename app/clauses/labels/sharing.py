"""The French words of the links that buyers are given."""

from collections.abc import Mapping
from enum import Enum

from app.clauses.rules.sharing import LinkRefusal

REFUSAL_WORDS: Mapping[Enum, str] = {
    LinkRefusal.LAST_DAY_PAST: "Ce jour est passé. Choisissez un jour à venir.",
    LinkRefusal.LAST_DAY_FAR: "Un lien dure deux ans au plus. Choisissez un jour plus proche.",
}
