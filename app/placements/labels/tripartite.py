"""Why dates of a meeting of three are refused, and how a date is written, in French."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Final

from app.core.french import instant_words
from app.placements.rules.kinds import TripartiteParty
from app.placements.rules.tripartite import TripartiteRefusal

REFUSAL_WORDS: Mapping[Enum, str] = {
    TripartiteRefusal.TOO_FAR: "Une date est à plus d’un an.",
    TripartiteRefusal.NO_STRUCTURE: "Dites avec quelle structure, ou choisissez un stage.",
    TripartiteRefusal.NOT_THEIR_ANSWER: "Cette partie répond elle-même.",
}
FOR_PERSON: Final[Mapping[TripartiteParty, str]] = {
    TripartiteParty.PERSON: "Vous",
    TripartiteParty.REFERENT: "La personne qui vous accompagne",
    TripartiteParty.STRUCTURE: "L’entreprise",
}


def date_of(at: datetime, today: date) -> str:
    """« jeudi 12 novembre à 9 h 30 »."""
    return instant_words(at, today)
