"""The French words of a calibration: what is wrong in the figures, why there is no clause, what speaks for a lever."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from app.clauses.rules.calibration import CalibrationRefusal, NotRetained
from app.clauses.rules.kinds import Lever, ObjectiveMethod
from app.clauses.rules.lever import LeverReason

_R = CalibrationRefusal
REFUSAL_WORDS: Final[Mapping[Enum, str]] = {
    _R.AMOUNT_NOT_POSITIVE: "Le montant est au-dessus de zéro.",
    _R.HOURLY_COST_NOT_POSITIVE: "Le coût d’une heure est au-dessus de zéro.",
    _R.LABOUR_PERCENT_OUT_OF_RANGE: "La part de la main-d’œuvre est entre 0 et 100\u00a0%.",
    _R.INSERTION_PERCENT_OUT_OF_RANGE: "La part d’insertion est entre 0 et 100\u00a0%.",
    _R.LABOUR_HOURS_NEGATIVE: "Les heures de travail ne sont pas négatives.",
    _R.BILLED_NEGATIVE: "Le montant facturé n’est pas négatif.",
    _R.THRESHOLD_NEGATIVE: "Le seuil n’est pas négatif. Écrivez 0 s’il n’y en a pas.",
    _R.SLICE_NOT_POSITIVE: "Le montant qui fait une heure est au-dessus de zéro.",
    _R.MONTHS_BELOW_ONE: "Le marché dure un mois au moins.",
    _R.TAKEOVER_HOURS_NEGATIVE: "Les heures reprises ne sont pas négatives.",
    _R.FLOOR_NEGATIVE: "Le plancher n’est pas négatif.",
    _R.NOT_A_NUMBER: "Un des nombres n’en est pas un.",
    _R.TOO_LARGE: "Ces nombres ne vont pas ensemble\u00a0: le résultat serait démesuré.",
}
NOT_RETAINED: Final[Mapping[NotRetained, str]] = {
    NotRetained.NO_HOURS: "Le calcul donne moins d’une demi-heure.",
    NotRetained.TAKEOVER_TAKES_ALL: "Le personnel repris fait déjà tout le travail.",
    NotRetained.BELOW_FLOOR: "Le résultat est sous le plancher d’heures.",
}
ROUNDING: Final[Mapping[ObjectiveMethod, str]] = {
    ObjectiveMethod.LABOUR_SHARE: "à l’heure la plus proche",
    ObjectiveMethod.HOURS_SHARE: "à l’heure la plus proche",
    ObjectiveMethod.BILLED_RATE: "à l’heure entière du dessous",
    ObjectiveMethod.CLEANING_TAKEOVER: "à l’heure la plus proche",
}
LEVER_ADVICE: Final[Mapping[Lever, str]] = {
    Lever.RESERVE: "Réserver le marché aux SIAE",
    Lever.LOT: "Réserver un lot aux SIAE",
    Lever.CLAUSE: "Mettre une clause d’insertion",
    Lever.NONE: "Ne pas mettre de clause",
}
LEVER_REASONS: Final[Mapping[LeverReason, str]] = {
    LeverReason.NOT_RETAINED: "Aucune méthode ne donne d’heures à réaliser.",
    LeverReason.SEVERAL_CAN_DO_ALL: "Plusieurs structures proches ont assez de personnes pour tout faire.",
    LeverReason.SOME_CAN_DO_A_PART: "Des structures proches peuvent en faire une partie.",
    LeverReason.FEW_NEAR: "Elles sont trop peu nombreuses pour se faire concurrence sur tout le marché.",
    LeverReason.NONE_NEAR: "Aucune structure à moins de 20\u00a0km ne dit savoir faire ce métier.",
    LeverReason.CAPACITY_SHORT: "Leurs équipes ne suffisent pas pour toutes les heures dans la durée du marché.",
    LeverReason.NO_LOTS: "Le marché n’est pas en lots.",
}
