"""The French words of matching pages."""

from collections.abc import Mapping
from enum import Enum

from app.matches.rules import MatchOrder, Standing, TradeFilter, WeightsRefusal
from matching.filters import Exclusion

TRADE_FILTERS: Mapping[TradeFilter, str] = {
    TradeFilter.NEAR: "Même ou proche",
    TradeFilter.SAME: "Même métier",
    TradeFilter.ANY: "Tous",
}
ORDERS: Mapping[MatchOrder, str] = {
    MatchOrder.SCORE: "Score",
    MatchOrder.TRAVEL: "Trajet",
    MatchOrder.WAITING: "Attend",
}
"""The columns that sort the list."""
STANDINGS: Mapping[Standing, tuple[str, str]] = {
    Standing.OPEN: ("", ""),
    Standing.PAUSED: (
        "Offre en pause\u00a0: rien ne part",
        "L’employeur a mis l’offre en pause. Les personnes qui correspondent sont là, pour préparer la reprise.",
    ),
    Standing.FILLED: ("Offre pourvue\u00a0: plus de proposition", "Tous les postes sont pris."),
    Standing.EXPIRED: (
        "Offre expirée\u00a0: plus de proposition",
        "Son dernier jour est passé. L’employeur peut la rouvrir\u00a0: la liste revient alors.",
    ),
    Standing.CLOSED: ("Offre fermée\u00a0: plus de proposition", "L’employeur ne cherche plus personne pour ce poste."),
}
"""(title, what it means) above the list of an offer that takes no proposal."""
REFUSAL_WORDS: Mapping[Enum, str] = {
    WeightsRefusal.NOT_A_HUNDRED: "Les cinq parts doivent faire 100\u00a0points en tout.",
    WeightsRefusal.RELATED_ABOVE_SAME: "Un métier proche ne peut pas rapporter plus que le même métier.",
    WeightsRefusal.FAMILY_ABOVE_ROME: "Une même famille ne peut pas rapporter plus qu’une même fiche métier.",
    WeightsRefusal.ALREADY_DATED: "Un réglage commence déjà ce jour-là. Choisissez un autre jour.",
    WeightsRefusal.PAST: "Un réglage commence aujourd’hui ou plus tard\u00a0: le passé ne change pas.",
}
EXCLUSIONS: Mapping[Exclusion, str] = {
    Exclusion.NO_PLACE_LEFT: "Plus de poste libre",
    Exclusion.NOT_ELIGIBLE: "Éligibilité absente au début",
    Exclusion.NOT_AVAILABLE: "Pas libre à la date de début",
    Exclusion.LICENCE_MISSING: "Permis demandé, non détenu",
    Exclusion.TITLE_MISSING: "Titre exigé par la loi, non détenu",
    Exclusion.TOO_FAR: "Trajet au-delà de son maximum",
    Exclusion.CONDITION_REFUSED: "Condition de travail refusée",
    Exclusion.OFFER_REFUSED: "Offre déjà refusée",
}
EXCLUDED: Mapping[Exclusion, str] = {
    Exclusion.NO_PLACE_LEFT: "sans poste libre",
    Exclusion.NOT_ELIGIBLE: "sans éligibilité",
    Exclusion.NOT_AVAILABLE: "sans disponibilité au début",
    Exclusion.LICENCE_MISSING: "sans le permis",
    Exclusion.TITLE_MISSING: "sans le titre exigé",
    Exclusion.TOO_FAR: "trop loin",
    Exclusion.CONDITION_REFUSED: "avec une condition refusée",
    Exclusion.OFFER_REFUSED: "déjà refusé",
}
"""After a number, in the one line that sums them up."""
WHAT_CAN_CHANGE: Mapping[Exclusion, str] = {
    Exclusion.NO_PLACE_LEFT: "Rien, sauf un poste de plus.",
    Exclusion.NOT_ELIGIBLE: "Une attestation à demander\u00a0: la personne peut revenir dans la liste.",
    Exclusion.NOT_AVAILABLE: "Une date de début plus tardive, à voir avec l’employeur.",
    Exclusion.LICENCE_MISSING: "Le permis est-il vraiment nécessaire\u00a0? À demander à l’employeur.",
    Exclusion.TITLE_MISSING: "Une formation\u00a0: la loi exige ce titre.",
    Exclusion.TOO_FAR: "Un covoiturage, ou un autre moyen de transport dans son dossier.",
    Exclusion.CONDITION_REFUSED: "Son choix\u00a0: à respecter.",
    Exclusion.OFFER_REFUSED: "Son choix\u00a0: à respecter.",
}
NO_LONGER_SUITS = "{name}\u00a0: l’offre ne lui convient plus ({why}). Rien n’est parti."
