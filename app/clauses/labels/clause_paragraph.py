"""Which paragraph would the contract carry? Drafted from an objective and from terms, ready to copy."""

from collections.abc import Mapping
from typing import Final

from app.clauses.labels.terms_said import Categories, said
from app.clauses.rules.calibration import BilledRate, Computed, Inputs
from app.clauses.rules.kinds import Frequency
from app.clauses.rules.terms import Terms
from app.core.french import nbsp, plural
from app.core.quantities import format_euros, format_hours

_EVERY: Final[Mapping[Frequency, str]] = {
    Frequency.MONTHLY: "chaque mois",
    Frequency.QUARTERLY: "chaque trimestre",
    Frequency.HALF_YEARLY: "chaque semestre",
}


def paragraph(title: str, inputs: Inputs, computed: Computed, terms: Terms, categories: Categories) -> str:
    """Empty when the method retains no clause (art. L2112-2: the condition is carried out under the contract)."""
    if not computed.retained:
        return ""
    who, how_long, hours, _, _, _ = said(terms, categories)
    parts = [
        f"Clause sociale d’insertion – {title}",
        f"{_owed(inputs, computed)} C’est une condition d’exécution du marché, au sens de l’article L2112-2 du Code de "
        "la commande publique.",
        f"Personnes concernées. {_people(terms, who.sentences)}",
        f"Durée. {' '.join(how_long.sentences)}",
        f"Heures. {' '.join(hours.sentences)}",
        f"Suivi. Le titulaire envoie {_EVERY[terms.frequency]} un rapport d’heures et ses justificatifs, avant le "
        f"{_day(terms)} du mois qui suit. Il répond sous {plural(terms.answer_days, 'jour')} à chaque personne "
        "proposée par le facilitateur.",
        f"Pénalités. {_penalties(terms)}",
    ]
    return "\n\n".join(nbsp(part) for part in parts)


def _owed(inputs: Inputs, computed: Computed) -> str:
    if isinstance(inputs, BilledRate):
        above = f" au-delà de {format_euros(inputs.threshold)} HT" if inputs.threshold else ""
        return (
            "Le titulaire réserve à des personnes éloignées de l’emploi une heure de travail par tranche entière de "
            f"{format_euros(inputs.euros_per_hour)} HT facturée{above}. "
            f"Pour {format_euros(inputs.billed)} HT facturés, cela fait {format_hours(computed.hours)}. "
            "L’objectif suit les montants facturés."
        )
    rounded = "" if computed.exact == computed.hours else f", arrondi à {format_hours(computed.hours)}"
    return (
        f"Le titulaire réserve à des personnes éloignées de l’emploi {format_hours(computed.hours)} de travail au "
        f"moins, sur la durée du marché. Calcul : {' puis '.join(computed.steps)}{rounded}."
    )


def _people(terms: Terms, sentences: tuple[str, ...]) -> str:
    *categories, acquired = sentences
    if not terms.categories:
        listed = (
            "Comptent les personnes des catégories que le Département reconnaît, après vérification du facilitateur."
        )
    else:
        names = " ; ".join(one.rstrip(".") for one in categories)
        listed = f"Comptent, après vérification du facilitateur : {names}."
    return f"{listed} {acquired}"


def _day(terms: Terms) -> str:
    return "1er" if terms.due_day == 1 else str(terms.due_day)


def _penalties(terms: Terms) -> str:
    found = []
    if terms.penalty_per_hour is not None:
        found.append(f"Chaque heure due et non réalisée coûte {format_euros(terms.penalty_per_hour)} au titulaire.")
    if terms.penalty_per_day is not None:
        days = f" restée sans effet {plural(terms.notice_days, 'jour')}" if terms.notice_days else ""
        found.append(
            f"Après une mise en demeure{days}, chaque jour de retard des justificatifs coûte "
            f"{format_euros(terms.penalty_per_day)}."
        )
    return " ".join(found) or "Le marché ne prévoit pas de pénalité."
