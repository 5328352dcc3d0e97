"""What do the terms of a clause say in plain French, for who steers the contract and for the firms?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.clauses.labels.kinds import FREQUENCIES
from app.clauses.labels.terms import FIELDS, duration_words
from app.clauses.rules.kinds import Frequency
from app.clauses.rules.terms import Terms, changes
from app.core.french import nbsp, plural
from app.core.quantities import format_euros, format_hours, format_number
from app.offers.labels import EMPLOYMENTS
from app.offers.rules import EmploymentKind

PRIVATE: Final = frozenset({"categories", "proof_months"})
"""Fields that a firm does not read: they name benefits and health."""
_PERIODS: Final[Mapping[Frequency, str]] = {
    Frequency.MONTHLY: "Un rapport d’heures par mois",
    Frequency.QUARTERLY: "Un rapport d’heures par trimestre",
    Frequency.HALF_YEARLY: "Un rapport d’heures par semestre",
}


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """A category as the terms say it; ``months`` is its own age of proof."""

    label: str
    proof: str
    months: int | None = None


Categories = Mapping[str, CategoryWords]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its sentences."""

    title: str
    sentences: tuple[str, ...]


def said(terms: Terms, categories: Categories, *, for_employer: bool = False) -> tuple[Section, ...]:
    """The terms as sentences; a firm reads no category and no proof."""
    who = ("Comptent les personnes que votre facilitateur a vérifiées.",) if for_employer else _who(terms, categories)
    acquired = "L’éligibilité est jugée le jour de l’embauche. Elle reste acquise ensuite."
    return (
        Section("Qui compte", (*who, acquired)),
        Section("Combien de temps", _how_long(terms)),
        Section("Quelles heures comptent", _hours(terms)),
        Section("Rapports d’heures", (nbsp(f"{_PERIODS[terms.frequency]}, à envoyer avant {_day(terms)}."),)),
        Section("Pénalités", _penalties(terms)),
        Section("Suivi", _following(terms)),
    )


def report_words(terms: Terms) -> str:
    """« chaque trimestre, avant le 15 », for a line of facts."""
    return f"{FREQUENCIES[terms.frequency].lower()}, avant le {'1er' if terms.due_day == 1 else terms.due_day}"


def _day(terms: Terms) -> str:
    day = "1er" if terms.due_day == 1 else str(terms.due_day)
    return f"le {day} du mois qui suit"


def _who(terms: Terms, categories: Categories) -> tuple[str, ...]:
    if not terms.categories:
        ages = tuple(_category(slug, terms, categories) for slug in terms.proof_months)
        return ("Comptent toutes les catégories de la liste du département.", *ages)
    return tuple(_category(slug, terms, categories) for slug in terms.categories)


def _category(slug: str, terms: Terms, categories: Categories) -> str:
    known = categories.get(slug, CategoryWords(slug, ""))
    months = terms.proof_months.get(slug, known.months)
    age = f" de moins de {months} mois" if months else ""
    proof = f" : {known.proof[:1].lower()}{known.proof[1:]}{age}" if known.proof else ""
    if known.proof[1:2].isupper():
        proof = f" : {known.proof}{age}"
    return nbsp(f"{known.label}{proof}.")


def _how_long(terms: Terms) -> tuple[str, ...]:
    """Kinds of employment that count equally long make one sentence."""
    groups: dict[str, list[str]] = {}
    for kind in EmploymentKind:
        groups.setdefault(duration_words(terms.duration(kind)), []).append(EMPLOYMENTS[kind])
    first = " à partir de la première embauche sur le marché"
    return tuple(
        nbsp(f"{', '.join(names)} : {words}{first if words[0].isdigit() else ''}.") for words, names in groups.items()
    )


def _hours(terms: Terms) -> tuple[str, ...]:
    ceiling = terms.training_ceiling_percent
    limit = f", jusqu’à {_bare(ceiling)} % des heures de la personne sur le lot" if ceiling is not None else ""
    training = f"La formation compte{limit}." if terms.training_counts else "La formation ne compte pas."
    return (
        "Les heures travaillées sur le marché comptent, de la notification à la livraison.",
        nbsp(training),
        "Le tutorat compte." if terms.tutor_counts else "Le tutorat ne compte pas.",
        "Les absences payées comptent." if terms.paid_absence_counts else "Les absences payées ne comptent pas.",
        f"Une personne compte {format_hours(terms.month_cap)} par mois au plus. "
        f"Au-delà de {format_hours(terms.reason_above)}, un motif est demandé.",
    )


def _penalties(terms: Terms) -> tuple[str, ...]:
    found = []
    if terms.penalty_per_hour is not None:
        found.append(f"{format_euros(terms.penalty_per_hour)} par heure due et non réalisée.")
    if terms.penalty_per_day is not None:
        notice = f", {plural(terms.notice_days, 'jour')} après la mise en demeure" if terms.notice_days else ""
        late = notice or ", après mise en demeure"
        found.append(f"{format_euros(terms.penalty_per_day)} par jour de retard des justificatifs{late}.")
    return tuple(found) or ("Le marché ne prévoit pas de pénalité.",)


def _following(terms: Terms) -> tuple[str, ...]:
    pooled = "Les heures en plus d’un lot comptent pour les autres." if terms.pooling else ""
    return (
        pooled or "Chaque lot compte pour lui-même\u00a0: les heures en plus ne passent pas à un autre lot.",
        f"L’alerte part {plural(terms.alert_weeks, 'semaine')} avant que l’objectif devienne inatteignable.",
        f"Une entreprise a {plural(terms.answer_days, 'jour')} pour répondre à une personne proposée.",
        f"Un équivalent temps plein fait {format_hours(Decimal(terms.etp_divisor))}.",
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that says something else: its name, before, after."""

    field: str
    before: str
    after: str


def changes_said(
    before: Terms, after: Terms, categories: Categories, *, for_employer: bool = False
) -> tuple[Change, ...]:
    """What a version changed, in words; what a firm may not read is left out."""
    names = [name for name in changes(before, after) if not (for_employer and name in PRIVATE)]
    return tuple(
        Change(FIELDS[name], _value(name, before, categories), _value(name, after, categories)) for name in names
    )


def _value(name: str, terms: Terms, categories: Categories) -> str:
    value = getattr(terms, name)
    if name == "categories":
        labels = [categories[slug].label if slug in categories else slug for slug in value]
        return ", ".join(labels) or "toutes les catégories"
    if name == "proof_months":
        return _ages(value, categories)
    if name == "durations":
        return " ".join(_how_long(terms))
    if name == "frequency":
        return FREQUENCIES[value].lower()
    if isinstance(value, bool):
        return "oui" if value else "non"
    return _WORDS[name](value) if value is not None else "aucun"


def _ages(months: Mapping[str, int | None], categories: Categories) -> str:
    def age(slug: str, count: int | None) -> str:
        label = categories[slug].label if slug in categories else slug
        return f"{label}\u00a0: {plural(count, 'mois') if count else 'sans limite'}"

    return ", ".join(age(slug, count) for slug, count in months.items()) or "âges habituels"


def _bare(value: Any) -> str:
    number = Decimal(value)
    return format_number(number, 0 if number == number.to_integral_value() else 2)


_WORDS: Final[Mapping[str, Callable[[Any], str]]] = {
    "training_ceiling_percent": lambda value: f"{_bare(value)}\u00a0%",
    "due_day": lambda value: f"avant le {value} du mois",
    "month_cap": format_hours,
    "reason_above": format_hours,
    "penalty_per_hour": format_euros,
    "penalty_per_day": format_euros,
    "notice_days": lambda value: plural(value, "jour"),
    "alert_weeks": lambda value: plural(value, "semaine"),
    "answer_days": lambda value: plural(value, "jour"),
    "etp_divisor": lambda value: format_hours(Decimal(value)),
}


def since_words(valid_from: date, known_from: date) -> str:
    """« à partir du 01/06/2026, connu le 10/06/2026 » when it was recorded later."""
    start = f"à partir du {valid_from:%d/%m/%Y}"
    return start if known_from == valid_from else f"{start}, connu le {known_from:%d/%m/%Y}"
