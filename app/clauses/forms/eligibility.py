"""What is typed when eligibility is checked, renewed or withdrawn; categories; the filters of the list."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from wtforms import Form

from app.clauses.models import ClauseCategory
from app.core.fields import DateField, IntegerField, LongTextField, RadioField, SelectField, TextField, TickField
from app.core.forms import EditsRow, MakesRow, PortalForm


class FindPerson(PortalForm):
    """A name or a number of file, sent by POST so that it stands in no address and no log."""

    mots = TextField("Nom ou numéro de dossier", max_length=100, required="Écrivez un nom ou un numéro.")


class CheckForm(MakesRow):
    """The proof that was seen, and the hire that it is for."""

    category = RadioField("Catégorie", required="Choisissez la catégorie.")
    proof_dated_on = DateField(
        "Date du justificatif", hint="Celle écrite dessus. Vide seulement pour un avis. Par exemple\u00a0: 16/11/2026"
    )
    hire_on = DateField("Embauche prévue le", required="Dites pour quel jour vous vérifiez.")
    note = LongTextField(
        "Avis motivé",
        hint="Obligatoire pour «\u00a0Autre\u00a0». Dites pourquoi ce marché convient, sans détail privé.",
        max_length=2000,
        rows=3,
    )

    def offer(self, categories: Iterable[ClauseCategory], ages: dict[str, int | None]) -> None:
        """Say which categories the contract counts, each with its proof; before validation."""
        self.category.choices = [(one.slug, one.label, {"hint": _proof(one, ages[one.slug])}) for one in categories]

    def seen(self) -> dict[str, Any]:
        """What was typed, once it is whole."""
        return {
            "category_slug": self.category.data,
            "proof_dated_on": self.proof_dated_on.data,
            "hire_on": self.hire_on.data,
            "note": self.note.data or "",
        }


def _proof(category: ClauseCategory, months: int | None) -> str:
    return f"{category.proof}, de moins de {months}\u00a0mois" if months else category.proof


class WithdrawForm(PortalForm):
    """Why the check serves no more."""

    reason = LongTextField(
        "Pourquoi la retirer\u00a0?", required="Dites pourquoi vous la retirez.", max_length=1000, rows=3
    )


class CategoryForm(EditsRow):
    """What proves a category."""

    proof = TextField("Justificatif", required="Écrivez ce que la personne montre.", max_length=200)
    proof_max_months = IntegerField(
        "Âge maximum, en mois", minimum=1, maximum=120, hint="Vide\u00a0: le justificatif n’a pas d’âge maximum."
    )
    active = TickField("Peut être choisie", hint="Décochée, elle reste dans ce qui est déjà vérifié.")


class CheckFilters(Form):
    """Of « Éligibilités »; nonsense filters nothing."""

    situation = SelectField(
        "Situation",
        choices=[
            ("", "En cours"),
            ("finit", "Finit dans les 30\u00a0jours"),
            ("a-renouveler", "À renouveler"),
            ("retirees", "Retirées"),
            ("toutes", "Toutes"),
        ],
    )
    categorie = SelectField("Catégorie", blank="Toutes")
    marche = SelectField("Marché", blank="Tous")

    @property
    def contract_id(self) -> UUID | None:
        """The contract asked for; nonsense is none."""
        return as_id(self.marche.data)


LABEL_MOST: Final = 18


def shortened(words: str) -> str:
    """A line of a drop-down list no wider than a phone."""
    return f"{words[: LABEL_MOST - 1].rstrip()}…" if len(words) > LABEL_MOST else words


def as_id(text: Any) -> UUID | None:
    """The id in an address; nonsense is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
