"""The French words of a clause's terms: the name of each field for the history, and refusals."""

from collections.abc import Mapping
from enum import Enum

from app.clauses.rules.terms import Duration, TermsRefusal
from app.core.french import plural

FIELDS: Mapping[str, str] = {
    "categories": "Qui compte",
    "proof_months": "Âge des justificatifs",
    "durations": "Durée pendant laquelle une personne compte",
    "training_counts": "Heures de formation",
    "training_ceiling_percent": "Plafond de la formation",
    "tutor_counts": "Heures de tutorat",
    "paid_absence_counts": "Absences payées",
    "frequency": "Rythme des rapports",
    "due_day": "Date limite des rapports",
    "month_cap": "Maximum d’heures par mois",
    "reason_above": "Heures au-delà desquelles un motif est demandé",
    "penalty_per_hour": "Pénalité par heure manquante",
    "penalty_per_day": "Pénalité par jour de retard des justificatifs",
    "notice_days": "Délai après la mise en demeure",
    "pooling": "Mutualisation entre les lots",
    "alert_weeks": "Alerte avant l’échéance",
    "answer_days": "Délai de réponse à une personne proposée",
    "etp_divisor": "Heures d’un équivalent temps plein",
}
_R = TermsRefusal
TERMS_REFUSALS: Mapping[Enum, str] = {
    _R.BEFORE_LAST_VERSION: "Un changement commence après le précédent. Choisissez une date plus récente.",
    _R.BEFORE_NOTIFICATION: "Cette date est avant la notification du marché. Choisissez-la le jour même ou après.",
    _R.NOTHING_CHANGED: "Rien n’a changé. Modifiez au moins une règle, ou revenez en arrière.",
    _R.UNKNOWN_CATEGORY: "Une catégorie n’est plus dans la liste du département. Choisissez-en une autre.",
    _R.PROOF_MONTHS: "L’âge d’un justificatif est d’un mois au moins. Laissez vide s’il n’en a pas.",
    _R.DURATION: "Donnez un nombre de mois, ou choisissez «\u00a0jusqu’à la fin du contrat\u00a0».",
    _R.DUE_DAY: "Choisissez un jour entre le 1er et le 28.",
    _R.MONTH_CAP: "Le maximum par mois est entre 1 et 208\u00a0h, la limite légale.",
    _R.REASON_ABOVE: "Ce seuil est au-dessus de zéro et ne dépasse pas le maximum par mois.",
    _R.TRAINING_CEILING: "Le plafond de la formation est entre 1 et 100\u00a0%. Laissez vide s’il n’y en a pas.",
    _R.PENALTY: "Une pénalité est au-dessus de zéro. Laissez vide s’il n’y en a pas.",
    _R.NOTICE_DAYS: "Le délai après la mise en demeure est entre 0 et 365\u00a0jours.",
    _R.ALERT_WEEKS: "L’alerte part entre 1 et 52\u00a0semaines avant.",
    _R.ANSWER_DAYS: "Le délai de réponse est entre 1 et 90\u00a0jours.",
    _R.ETP_DIVISOR: "Un équivalent temps plein a entre 1 et 2\u00a0500\u00a0h.",
}


def duration_words(duration: Duration) -> str:
    """« 24 mois », « jusqu’à la fin du contrat, 48 mois au plus »."""
    if not duration.to_end:
        return plural(duration.months or 0, "mois")
    if duration.cap_months is None:
        return "jusqu’à la fin du contrat"
    return f"jusqu’à la fin du contrat, {plural(duration.cap_months, 'mois')} au plus"
