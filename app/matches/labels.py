"""The French words of matching pages."""

from collections.abc import Mapping
from enum import Enum

from app.matches.rules import MatchOrder, TradeFilter, WeightsRefusal
from matching.filters import Exclusion

TRADE_FILTERS: Mapping[TradeFilter, str] = {
    TradeFilter.NEAR: "Même métier ou proche",
    TradeFilter.SAME: "Même métier",
    TradeFilter.ANY: "Tous les métiers",
}
ORDERS: Mapping[MatchOrder, str] = {
    MatchOrder.SCORE: "Score",
    MatchOrder.TRAVEL: "Trajet",
    MatchOrder.WAITING: "Attente",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    WeightsRefusal.NOT_A_HUNDRED: "Les cinq parts doivent faire 100 points en tout.",
    WeightsRefusal.RELATED_ABOVE_SAME: "Un métier proche ne peut pas rapporter plus que le même métier.",
    WeightsRefusal.ALREADY_DATED: "Un réglage commence déjà ce jour-là. Choisissez un autre jour.",
    WeightsRefusal.PAST: "Un réglage commence aujourd’hui ou plus tard : le passé ne change pas.",
}
EXCLUSIONS: Mapping[Exclusion, str] = {
    Exclusion.NO_PLACE_LEFT: "Plus de poste libre",
    Exclusion.NOT_ELIGIBLE: "Éligibilité absente au début",
    Exclusion.NOT_AVAILABLE: "Pas libre à la date de début",
    Exclusion.LICENCE_MISSING: "Permis demandé, non détenu",
    Exclusion.TITLE_MISSING: "Titre exigé par la loi, non détenu",
    Exclusion.TOO_FAR: "Trajet au-delà de leur maximum",
    Exclusion.CONDITION_REFUSED: "Condition de travail refusée",
    Exclusion.OFFER_REFUSED: "Offre déjà refusée ou déjà proposée",
}
WHAT_CAN_CHANGE: Mapping[Exclusion, str] = {
    Exclusion.NO_PLACE_LEFT: "Rien, sauf un poste de plus.",
    Exclusion.NOT_ELIGIBLE: "Une attestation à demander : la personne peut revenir dans la liste.",
    Exclusion.NOT_AVAILABLE: "Une date de début plus tardive, à voir avec l’employeur.",
    Exclusion.LICENCE_MISSING: "Le permis est-il vraiment nécessaire ? À demander à l’employeur.",
    Exclusion.TITLE_MISSING: "Une formation : la loi exige ce titre.",
    Exclusion.TOO_FAR: "Un covoiturage, ou un autre moyen de transport dans son dossier.",
    Exclusion.CONDITION_REFUSED: "Son choix : à respecter.",
    Exclusion.OFFER_REFUSED: "Une nouvelle proposition reste possible avec son accord.",
}
