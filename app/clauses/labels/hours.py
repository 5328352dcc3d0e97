"""The French words of hour reports: what is refused or asked beside a line, corrections, duplicates, periods."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum

from app.clauses.rules.hours import CorrectionRefusal, Duplicate, HourRefusal
from app.clauses.rules.periods import Period, month_end
from app.clauses.rules.terms import Terms
from app.core.quantities import MONTHS, format_day, format_hours

_R, _C = HourRefusal, CorrectionRefusal
HOUR_REFUSALS: Mapping[Enum, str] = {
    _R.NOT_A_NUMBER: "Ce n’est pas un nombre d’heures. Écrivez par exemple 7,50.",
    _R.NOT_POSITIVE: "Les heures doivent être au-dessus de zéro. Laissez la case vide s’il n’y en a pas.",
    _R.TOO_MANY_DECIMALS: "Deux chiffres après la virgule au plus. Écrivez 7\u00a0h\u00a030 sous la forme 7,50.",
    _R.TOO_LARGE: "Ce nombre est beaucoup trop grand. Vérifiez la virgule.",
    _R.ABOVE_MONTH_CAP: "C’est trop pour un mois, tous marchés réunis. Vérifiez les heures de cette personne.",
    _R.FUTURE_MONTH: "Ce mois n’a pas commencé. Déclarez-le quand les heures seront faites.",
    _R.BEFORE_NOTIFICATION: "Ce mois est avant la notification du marché. Retirez ces heures.",
    _R.AFTER_DELIVERY: "Ce mois est après la livraison du marché. Retirez ces heures.",
    _R.NOT_ELIGIBLE: "Cette personne n’est pas encore éligible pour ce marché. Demandez-le au facilitateur.",
    _R.OUTSIDE_ELIGIBILITY: "Cette personne ne compte pas pour la clause ce mois-là. Retirez ces heures.",
    _R.OUTSIDE_EMPLOYMENT: "Cette personne n’est pas en poste ce mois-là. Retirez ces heures ou corrigez ses dates.",
    _R.NO_DAY_COUNTS: "Aucun jour de ce mois ne compte pour cette personne. Vérifiez ses dates.",
    _R.BEYOND_COVERED_DAYS: "Une partie du mois seulement compte, et ces heures n’y tiennent pas. Retirez les autres.",
    _R.KIND_NOT_COUNTED: "Le marché ne compte pas ce genre d’heures. Retirez-les.",
    _R.TRAINING_ABOVE_CEILING: "Trop d’heures de formation pour ce marché. Gardez celles qui restent sous le plafond.",
    _R.PARTLY_COVERED: "Une partie du mois seulement compte. Gardez les heures de ces jours, ou dites pourquoi.",
    _R.REASON_NEEDED: "Plus d’un temps plein dans le mois. Dites pourquoi.",
    _R.OTHER_NEEDS_TEXT: "Écrivez le motif en quelques mots.",
}
CORRECTION_REFUSALS: Mapping[Enum, str] = {
    _C.NOT_LOCKED: "La période n’est pas close\u00a0: corrigez la ligne elle-même.",
    _C.NO_CHANGE: "Cette correction ne change rien. Écrivez la différence, en plus ou en moins.",
    _C.BELOW_ZERO: "Cette correction retire plus d’heures qu’il n’y en a.",
    _C.ABOVE_CAP: "Avec cette correction, le mois dépasse le maximum. Vérifiez les heures de cette personne.",
    _C.TEXT_COMPULSORY: "Dites pourquoi vous corrigez.",
}
OWN_REPORT = "Vous avez rempli ce rapport\u00a0: une autre personne doit le valider."


def line_words(
    reason: HourRefusal, terms: Terms, covered: tuple[date, date] | None = None, eligible_until: date | None = None
) -> str:
    """The sentence beside the cell, with the figure of the terms or the day that matters when there is one.

    ``covered``: rules.hours.covered_days of the line; ``eligible_until`` tells the end of eligibility from others.
    """
    if reason is _R.REASON_NEEDED:
        return f"Plus de {format_hours(terms.reason_above)}. Dites pourquoi."
    if reason is _R.ABOVE_MONTH_CAP:
        return f"Plus de {format_hours(terms.month_cap)} dans le mois, tous marchés réunis. Vérifiez les heures."
    if reason in (_R.PARTLY_COVERED, _R.BEYOND_COVERED_DAYS) and covered:
        end = ", ou dites pourquoi." if reason is _R.PARTLY_COVERED else "."
        return f"{_covered_words(covered, eligible_until)} Gardez seulement les heures faites ces jours-là{end}"
    return HOUR_REFUSALS[reason]


def _covered_words(covered: tuple[date, date], eligible_until: date | None) -> str:
    first, last = covered
    if first.day == 1:
        return f"{'Éligible' if last == eligible_until else 'Les heures comptent'} jusqu’au {_day(last)}."
    if last == month_end(last):
        return f"Les heures comptent à partir du {_day(first)}."
    return f"Les heures comptent du {_day(first)} au {_day(last)}."


def _day(day: date) -> str:
    return format_day(day).removesuffix(f" {day.year}")


def duplicate_words(duplicate: Duplicate) -> str:
    """Both members named (domain 1.5)."""
    names = " et ".join((", ".join(duplicate.members[:-1]), duplicate.members[-1]))
    return f"Déclarée pour {month_words(duplicate.month)} par {names}. Un seul des deux peut garder ces heures."


def month_words(month: date) -> str:
    """« octobre 2026 »."""
    return f"{MONTHS[month.month - 1]} {month.year}"


_ORDINALS: Sequence[str] = ("1er", "2e", "3e", "4e")


def period_words(period: Period) -> str:
    """« octobre 2026 », « 3e trimestre 2026 », « 1er semestre 2026 »."""
    if period.length == 1:
        return month_words(period.first_month)
    name = "trimestre" if period.length == 3 else "semestre"
    return f"{_ORDINALS[period.rank - 1]} {name} {period.first_month.year}"
