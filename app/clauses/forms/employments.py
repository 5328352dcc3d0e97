"""What is typed of the work of a person on a lot; the filters of the people of a contract."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import Form

from app.applications.models import Hire
from app.clauses.labels.kinds import MODES
from app.clauses.models import Holder
from app.clauses.rules.employments import Work
from app.clauses.rules.kinds import Mode
from app.core.fields import DateField, DecimalField, RadioField, SelectField, SiretField, TextField, choices_of
from app.core.forms import EditsRow, MakesRow
from app.offers.labels import EMPLOYMENTS
from app.offers.rules import EmploymentKind


class _Week:
    """Shared: the end, the week, the tutor, the payroll number."""

    ended_on = DateField("Dernier jour", hint="Vide s’il n’est pas connu. Par exemple\u00a0: 16/05/2027")
    hours_week = DecimalField(
        "Heures par semaine", required="Dites combien d’heures par semaine.", minimum=1, maximum=48, unit="h"
    )
    tutor_name = TextField(
        "Tuteur", max_length=120, hint="Obligatoire pour un apprentissage ou un contrat de professionnalisation."
    )
    payroll_number = TextField("Matricule de paie", max_length=40, hint="Pour retrouver la personne dans un tableau.")


class EmploymentForm(_Week, MakesRow):
    """Work to note."""

    holder = SelectField("Lot et titulaire", required="Choisissez le lot et le titulaire.")
    mode = RadioField("Comment travaille la personne\u00a0?", choices=choices_of(Mode, MODES), required="Choisissez.")
    employer_name = TextField(
        "Employeur", max_length=200, hint="Qui la paie. Vide pour une embauche directe par le titulaire."
    )
    employer_siret = SiretField("SIRET de l’employeur")
    kind = SelectField("Contrat de travail", required="Choisissez le contrat.", blank="Choisir")
    started_on = DateField("Embauche le", required="Dites quand la personne commence.")

    def offer(self, holders: Iterable[Holder]) -> None:
        """Say on which lots, for whom; before validation."""
        lots = [(str(one.id), f"Lot {one.lot.number}, {one.lot.title}\u00a0: {one.name}") for one in holders]
        self.holder.choices = [("", "Choisir"), *lots] if len(lots) != 1 else lots
        self.kind.choices = [("", "Choisir"), *choices_of(EmploymentKind, EMPLOYMENTS)]

    def fill_from(self, hire: Hire | None) -> None:
        """What the hire said, until something else is typed."""
        if hire is None or self.is_submitted():
            return
        self.kind.data, self.started_on.data, self.ended_on.data = (
            hire.employment_kind.value,
            hire.start_on,
            hire.end_on,
        )
        self.hours_week.data = hire.hours_week

    @property
    def holder_id(self) -> UUID:
        return UUID(self.holder.data)

    def work(self) -> Work:
        """What was typed, once it is whole."""
        assert self.started_on.data is not None
        assert self.hours_week.data is not None
        assert self.mode.data is not None
        return Work(
            mode=Mode(self.mode.data),
            kind=EmploymentKind(self.kind.data),
            started_on=self.started_on.data,
            hours_week=self.hours_week.data,
            ended_on=self.ended_on.data,
            employer_name=self.employer_name.data or "",
            employer_siret=self.employer_siret.data or None,
            tutor_name=self.tutor_name.data or "",
            payroll_number=self.payroll_number.data or "",
        )


class EmploymentEditForm(_Week, EditsRow):
    """Work to change or to end; the hire date and its right stay."""

    def said(self) -> dict[str, Any]:
        """What was typed, once it is whole."""
        return {
            "ended_on": self.ended_on.data,
            "hours_week": self.hours_week.data,
            "tutor_name": self.tutor_name.data or "",
            "payroll_number": self.payroll_number.data or "",
        }


class PeopleFilters(Form):
    """Of « Personnes »; nonsense filters nothing."""

    lot = SelectField("Lot", blank="Tous")
    situation = SelectField(
        "Situation",
        choices=[
            ("en-poste", "En poste"),
            ("finit", "Finit dans les 30\u00a0jours"),
            ("ne-compte-plus", "Ne compte plus"),
            ("parties", "Parties"),
        ],
        blank="Toutes",
    )

    @property
    def lot_number(self) -> int | None:
        """The lot asked for."""
        text = self.lot.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None
