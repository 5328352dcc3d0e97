"""What is typed of the terms of a clause: one form for a contract's new version and for a template."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from wtforms.form import FormMeta

from app.clauses.labels.kinds import FREQUENCIES
from app.clauses.rules.kinds import Frequency
from app.clauses.rules.terms import Duration, Terms
from app.core.fields import (
    DateField,
    DecimalField,
    IntegerField,
    LongTextField,
    ManyField,
    SelectField,
    TextField,
    TickField,
    choices_of,
)
from app.core.forms import MakesRow, PortalForm, VersionField
from app.offers.labels import EMPLOYMENTS
from app.offers.rules import EmploymentKind

MONTHS, TO_END = "months", "to_end"
_HOW: Final = [(MONTHS, "un nombre de mois"), (TO_END, "jusqu’à la fin du contrat")]
_PLAIN: Final = (
    "training_counts",
    "training_ceiling_percent",
    "tutor_counts",
    "paid_absence_counts",
    "due_day",
    "month_cap",
    "reason_above",
    "penalty_per_hour",
    "penalty_per_day",
    "notice_days",
    "pooling",
    "alert_weeks",
    "answer_days",
    "etp_divisor",
)


class TermsFields(PortalForm):
    """The rules themselves; ages of proof and durations are added by ``with_categories``."""

    categories = ManyField("Catégories qui comptent", hint="Aucune case cochée\u00a0: toutes comptent.")
    training_counts = TickField("La formation compte")
    training_ceiling_percent = DecimalField(
        "Plafond de la formation, en\u00a0%",
        hint="Des heures de la personne sur le lot. Laissez vide s’il n’y en a pas.",
        maximum=100,
        unit="%",
    )
    tutor_counts = TickField("Le tutorat compte")
    paid_absence_counts = TickField("Les absences payées comptent")
    month_cap = DecimalField(
        "Maximum d’heures par mois et par personne",
        hint="208\u00a0h au plus, la limite légale.",
        required="Écrivez un nombre d’heures.",
        maximum=1000,
        unit="h",
    )
    reason_above = DecimalField(
        "Motif demandé au-delà de", required="Écrivez un nombre d’heures.", maximum=1000, unit="h"
    )
    frequency = SelectField("Rythme des rapports", choices=choices_of(Frequency, FREQUENCIES), required="Choisissez.")
    due_day = IntegerField(
        "À envoyer avant le", hint="Jour du mois qui suit la période.", required="Écrivez un jour.", maximum=31
    )
    penalty_per_hour = DecimalField("Par heure due et non réalisée", hint="En euros. Vide s’il n’y en a pas.", unit="€")
    penalty_per_day = DecimalField(
        "Par jour de retard des justificatifs", hint="En euros. Vide s’il n’y en a pas.", unit="€"
    )
    notice_days = IntegerField(
        "Jours laissés après la mise en demeure", required="Écrivez un nombre de jours, ou 0.", maximum=1000
    )
    pooling = TickField("Les heures en plus d’un lot comptent pour les autres (mutualisation)")
    alert_weeks = IntegerField("Alerte avant l’échéance, en semaines", required="Écrivez un nombre.", maximum=1000)
    answer_days = IntegerField(
        "Jours pour répondre à une personne proposée", required="Écrivez un nombre.", maximum=1000
    )
    etp_divisor = IntegerField(
        "Heures d’un équivalent temps plein",
        hint="1\u00a0607 ou 1\u00a0820, selon l’usage.",
        required="Écrivez un nombre.",
        maximum=10_000,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """A kind that counts in months says how many."""
        good: bool = super().validate(extra_validators)
        for kind in EmploymentKind:
            count = self[f"months_{kind.value}"]
            if self[f"how_{kind.value}"].data == MONTHS and count.data is None and not count.errors:
                count.errors = [*count.errors, "Écrivez un nombre de mois."]
                good = False
        return good

    @property
    def kinds(self) -> list[tuple[str, Any, Any]]:
        """(kind of employment, how, months) of the table of durations."""
        return [(EMPLOYMENTS[kind], self[f"how_{kind.value}"], self[f"months_{kind.value}"]) for kind in EmploymentKind]

    @property
    def ages(self) -> list[Any]:
        """The fields of the ages of proofs."""
        return [field for name, field in self._fields.items() if name.startswith("age_")]

    @property
    def terms(self) -> Terms:
        """What the fields say."""
        said: dict[str, Any] = {name: self[name].data for name in _PLAIN}
        for name in ("training_ceiling_percent", "month_cap", "reason_above", "penalty_per_hour", "penalty_per_day"):
            said[name] = said[name] if said[name] is None else Decimal(said[name])
        ages = {
            field.name.removeprefix("age_"): int(field.data) or None for field in self.ages if field.data is not None
        }
        durations = {kind: self._duration(kind) for kind in EmploymentKind}
        return Terms(
            categories=tuple(self.categories.data or ()),
            proof_months=ages,
            durations=durations,
            frequency=Frequency(self.frequency.data),
            **said,
        )

    def _duration(self, kind: EmploymentKind) -> Duration:
        count = self[f"months_{kind.value}"].data
        if self[f"how_{kind.value}"].data == TO_END:
            return Duration(months=None, to_end=True, cap_months=count)
        return Duration(months=count)


class ChangeFields(MakesRow):
    """A new version of a contract's terms."""

    version = VersionField()
    valid_from = DateField("À partir du", required="Écrivez la date de début.")
    note = LongTextField(
        "Pourquoi ce changement",
        hint="Par exemple\u00a0: avenant n°\u00a02. Les entreprises ne le lisent pas.",
        max_length=600,
        rows=2,
    )


class CopyFields(MakesRow):
    """A new template."""

    name = TextField("Nom du modèle", required="Écrivez un nom.", max_length=120)


CategoryFacts = Mapping[str, tuple[str, str, int | None]]


def _with(base: type[PortalForm], facts: CategoryFacts) -> type[Any]:
    """The form with a field for each category and each kind of employment."""
    fields: dict[str, Any] = {}
    for kind in EmploymentKind:
        fields[f"how_{kind.value}"] = SelectField(f"{EMPLOYMENTS[kind]}, durée", choices=_HOW, required="Choisissez.")
        fields[f"months_{kind.value}"] = IntegerField(f"{EMPLOYMENTS[kind]}, mois", minimum=1, maximum=600, unit="mois")
    for slug, (label, _, months) in facts.items():
        usual = f"Habituel\u00a0: {months}\u00a0mois" if months else "Habituel\u00a0: sans limite"
        fields[f"age_{slug}"] = IntegerField(label, hint=usual, maximum=600, unit="mois")
    made: type[Any] = FormMeta("TermsForm", (TermsFields, base), fields)
    return made


def change_form(facts: CategoryFacts, chosen: Mapping[str, str], **kwargs: Any) -> Any:
    """For a contract. ``chosen``: slug → label of the categories to tick."""
    form = _with(ChangeFields, facts)(**kwargs)
    form.categories.choices = list(chosen.items())
    return form


def copy_form(facts: CategoryFacts, chosen: Mapping[str, str], **kwargs: Any) -> Any:
    """For a template."""
    form = _with(CopyFields, facts)(**kwargs)
    form.categories.choices = list(chosen.items())
    return form


def values_of(terms: Terms) -> dict[str, Any]:
    """The terms as the fields show them."""
    found: dict[str, Any] = {name: getattr(terms, name) for name in _PLAIN}
    found |= {"categories": list(terms.categories), "frequency": terms.frequency.value}
    for kind in EmploymentKind:
        duration = terms.duration(kind)
        found[f"how_{kind.value}"] = TO_END if duration.to_end else MONTHS
        found[f"months_{kind.value}"] = duration.cap_months if duration.to_end else duration.months
    found |= {f"age_{slug}": months or 0 for slug, months in terms.proof_months.items()}
    return found
