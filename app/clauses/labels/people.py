"""The French words of people at work on a lot: refusals, alerts, until when. None names a category or a proof."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

from app.clauses.labels.eligibility import ELIGIBILITY_REFUSALS
from app.clauses.rules.employments import CheckRefusal, EmploymentAlert, EmploymentRefusal
from app.core.quantities import format_date_short

_C, _E, _A = CheckRefusal, EmploymentRefusal, EmploymentAlert
CHECK_REFUSALS: Mapping[Enum, str] = {
    _C.CONTRACT_OVER: "Ce marché est terminé\u00a0: il ne prend plus personne.",
    _C.PROOF_IN_FUTURE: "Cette date n’est pas encore passée. Écrivez celle qui est sur le justificatif.",
    _C.ALREADY_ENDED: "Cette vérification n’est plus en cours. Relisez la page.",
    _C.REASON_COMPULSORY: "Dites pourquoi vous la retirez.",
}
EMPLOYMENT_REFUSALS: Mapping[Enum, str] = {
    _E.NOT_ELIGIBLE: "Le jour de l’embauche, cette personne n’est pas éligible pour ce marché. Vérifiez-le d’abord.",
    _E.COUNTS_NO_MORE: "Cette personne a déjà compté sur ce marché, et sa durée est finie ce jour-là.",
    _E.BEFORE_FIRST_HIRE: "Une embauche plus récente est déjà notée pour ce marché. Choisissez une date après elle.",
    _E.AFTER_DELIVERY: "Le marché est livré ce jour-là. Choisissez une date avant la livraison.",
    _E.CONTRACT_OVER: "Ce marché est terminé\u00a0: il ne prend plus personne.",
    _E.END_BEFORE_START: "La fin est avant le début. Vérifiez les deux dates.",
    _E.HOURS_WEEK: "Écrivez entre 1 et 48\u00a0heures par semaine.",
    _E.TUTOR_COMPULSORY: "Ce contrat demande un tuteur. Écrivez son nom.",
    _E.EMPLOYER_COMPULSORY: "Dites qui emploie la personne\u00a0: ce n’est pas le titulaire.",
    _E.ALREADY_THERE: "Cette personne est déjà notée sur ce lot, avec cet employeur et cette date.",
    _E.HIRE_TAKEN: "Cette embauche est déjà notée sur un lot.",
    _E.HOURS_AFTER_END: "Des heures sont déclarées après cette date. Corrigez-les d’abord, ou finissez plus tard.",
}
REFUSAL_WORDS: Mapping[Enum, str] = {**ELIGIBILITY_REFUSALS, **CHECK_REFUSALS, **EMPLOYMENT_REFUSALS}

ALERTS: Mapping[EmploymentAlert, str] = {
    _A.COUNTS_NO_MORE: "Ne compte plus",
    _A.ENDS_SOON: "Finit bientôt",
    _A.CONTRACT_ENDS: "Le marché finit",
    _A.NO_TUTOR: "Tuteur à nommer",
}
ALERT_LOOKS: Mapping[EmploymentAlert, str] = {
    _A.COUNTS_NO_MORE: "bad",
    _A.ENDS_SOON: "warn",
    _A.CONTRACT_ENDS: "warn",
    _A.NO_TUTOR: "warn",
}


def until_words(until: date | None) -> str:
    """« 31/05/2028 »; without a known end, « la fin du contrat »."""
    return format_date_short(until) if until else "la fin du contrat"


def good_until_words(until: date | None) -> str:
    """What a check answers: « éligible jusqu’au 31/01/2027 » is the last day on which a hire may stand on it."""
    return f"éligible jusqu’au {format_date_short(until)}" if until else "éligible, sans date limite"


def age_words(proof_dated_on: date | None, today: date) -> str:
    """How old a proof is: « 12 jours », « 4 mois »; « avis » when the facilitator's words are the proof."""
    if proof_dated_on is None:
        return "avis"
    days = max(0, (today - proof_dated_on).days)
    if days < 60:
        return f"{days}\u00a0jour{'s' if days > 1 else ''}"
    months = (today.year - proof_dated_on.year) * 12 + today.month - proof_dated_on.month
    return f"{months - (today.day < proof_dated_on.day)}\u00a0mois"
