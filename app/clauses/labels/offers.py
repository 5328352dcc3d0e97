"""The French words of an offer that serves a clause."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from app.clauses.rules.offers import ClauseOfferRefusal

MARK: Final = "Clause sociale"
_R = ClauseOfferRefusal
REFUSAL_WORDS: Mapping[Enum, str] = {
    _R.OFFER_OVER: "Cette offre est fermée.",
    _R.CONTRACT_NOT_OPEN: "Ce marché n’est pas ouvert : il est livré, clos ou abandonné.",
    _R.IS_PLACEMENT: "Un stage n’est pas une embauche : il ne compte aucune heure de clause.",
    _R.NOT_YOUR_LOT: "Choisissez un lot de la liste.",
    _R.ANOTHER_STEERS: "Un autre PLIE suit ce marché : demandez-lui de changer le lien.",
    _R.HIRED_ALREADY: "Une personne embauchée par cette offre travaille déjà sur le lot. Le lien ne change plus.",
}
