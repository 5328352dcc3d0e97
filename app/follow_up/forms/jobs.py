"""What may be typed of a job: who employs, what, from when until when, how many hours, and the tutor."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from app.core.fields import (
    DateField,
    DecimalField,
    EmailField,
    LongTextField,
    PhoneField,
    RadioField,
    ResolvedField,
    SelectField,
    TextField,
    TickField,
    choices_of,
)
from app.core.forms import EditsRow, MakesRow
from app.follow_up.labels.kinds import ORIGINS, STOP_REASONS
from app.follow_up.models import HeldJob
from app.follow_up.rules.kinds import FollowUpOrigin, StopReason
from app.follow_up.rules.opening import JobTerms
from app.offers.labels import EMPLOYMENTS
from app.offers.rules import EmploymentKind
from app.organisations.forms import CommuneField
from app.organisations.models import Organisation
from app.reference.queries import find_trade, suggest_trades

NOT_LISTED: Final = "non"
BY_HAND: Final = (FollowUpOrigin.ELSEWHERE, FollowUpOrigin.EVENT, FollowUpOrigin.PLACEMENT)


class _Tutor:
    """Who receives the person in the firm."""

    tutor_name = TextField("Nom du tuteur ou de la tutrice", max_length=120)
    tutor_phone = PhoneField("Son téléphone")
    tutor_email = EmailField("Son adresse e-mail")


class _Employer:
    """Who employs: a name or a SIRET; when the portal knows firms of that name, which one it is."""

    employer = TextField(
        "Employeur", max_length=200, required="Dites qui est l’employeur.", hint="Son nom, ou son SIRET."
    )
    known = RadioField("Est-ce cette entreprise, déjà sur le portail\u00a0?")

    def offer(self: Any, firms: Sequence[Organisation]) -> None:
        """Propose the firms found; before validation."""
        self.known.choices = [
            *((str(one.id), f"Oui\u00a0: {one.name}{_place(one)}", {"hint": _SEES}) for one in firms),
            (NOT_LISTED, "Non, une autre entreprise"),
        ]
        if not firms:
            self.known.data = None

    def firm_said(self: Any) -> bool:
        """Where firms are proposed, is it said which one it is, or that it is none of them? After validation."""
        offered = {str(value) for value, *_ in self.known.choices}
        if len(offered) == 1 or self.known.data in offered:
            return True
        self.known.errors = ["Dites si c’est cette entreprise."]
        return False

    @property
    def organisation_id(self: Any) -> UUID | None:
        """The firm of the portal that was chosen."""
        return UUID(self.known.data) if self.known.data and self.known.data != NOT_LISTED else None


_SEES: Final = "Elle verra le nom, le poste et la date de la prochaine visite."


def _place(firm: Organisation) -> str:
    return f", {firm.commune.name}" if firm.commune else ""


class _Job(_Tutor):
    """The job itself."""

    title = TextField("Poste", max_length=120, required="Dites quel est le poste.")
    employment_kind = SelectField(
        "Contrat de travail",
        choices=choices_of(EmploymentKind, EMPLOYMENTS),
        blank="Choisir",
        required="Choisissez le contrat.",
    )
    start_on = DateField("Premier jour de travail", required="Dites quand le travail commence.")
    end_on = DateField("Dernier jour prévu", hint="Vide pour un CDI.")
    trial_ends_on = DateField("Fin de la période d’essai", hint="Une visite est prévue 8\u00a0jours avant.")
    hours_week = DecimalField("Heures par semaine", required="Dites combien d’heures.", maximum=99, unit="h")
    commune = CommuneField(
        "Commune du travail",
        hint="En Essonne. Vide si c’est ailleurs.",
        render_kw={"list": "communes", "autocomplete": "off"},
    )
    trade = ResolvedField(
        "Métier",
        resolve=find_trade,
        suggest=suggest_trades,
        unknown="Nous ne connaissons pas ce métier.",
        hint="Pour les chiffres par secteur. Par exemple\u00a0: agent d’entretien.",
        render_kw={"list": "metiers", "autocomplete": "off"},
    )

    def said(self: Any) -> dict[str, Any]:
        """What was typed, once its shape is right; the employer apart."""
        return {
            "title": self.title.data or "",
            "trade_slug": self.trade.found.slug if self.trade.found else None,
            "commune_insee": self.commune.insee,
            "employment_kind": EmploymentKind(str(self.employment_kind.data)),
            "start_on": self.start_on.data or date.min,
            "end_on": self.end_on.data,
            "trial_ends_on": self.trial_ends_on.data,
            "hours_week": self.hours_week.data or Decimal(0),
            "tutor_name": self.tutor_name.data or "",
            "tutor_phone": self.tutor_phone.data or None,
            "tutor_email": self.tutor_email.data or None,
        }

    def terms(self: Any) -> JobTerms:
        """The whole job, employer included."""
        name = self.employer.data or ""
        return JobTerms(**self.said(), organisation_id=self.organisation_id, employer_name=name)


class OpeningForm(_Job, _Employer, MakesRow):
    """A follow-up opened by hand."""

    origin = RadioField(
        "Comment le travail a-t-il été trouvé\u00a0?",
        choices=[(one.value, ORIGINS[one]) for one in BY_HAND],
        required="Choisissez une réponse.",
    )


class SameEmployerForm(_Job, MakesRow):
    """One more job with the employer of the one before."""

    why = LongTextField("Pourquoi\u00a0?", rows=2, max_length=500)

    def terms_with(self, last: HeldJob) -> JobTerms:
        """The job typed, with the employer of the last one."""
        return JobTerms(**self.said(), organisation_id=last.organisation_id, employer_name=last.employer_name)


class OtherEmployerForm(_Job, _Employer, MakesRow):
    """One more job, with another employer."""

    why = LongTextField("Pourquoi\u00a0?", rows=2, max_length=500)


class CorrectionForm(_Job, _Employer, EditsRow):
    """Facts that were typed wrongly."""


class TutorForm(_Tutor, EditsRow):
    """The tutor alone: what the firm itself may change."""


class StopForm(EditsRow):
    """Why everything stops."""

    reason = RadioField(
        "Pourquoi arrêter\u00a0?", choices=choices_of(StopReason, STOP_REASONS), required="Choisissez une raison."
    )
    sure = TickField("Je comprends que rien ne sera plus envoyé ni prévu.", required="Cochez la case pour continuer.")


class AssignForm(EditsRow):
    """To whom the follow-up goes, and why."""

    to = SelectField("Confier à", blank="Choisir", required="Choisissez à qui confier le suivi.")
    reason = TextField(
        "Pourquoi\u00a0?",
        max_length=200,
        required="Dites pourquoi le suivi change de mains.",
        hint="Pour l’historique. Par exemple\u00a0: départ, déménagement, changement de secteur.",
    )

    @property
    def chosen(self) -> tuple[UUID | None, UUID | None]:
        """(user, organisation); a team alone has no user."""
        user, _, place = (self.to.data or "").partition(":")
        return (UUID(user) if user else None, UUID(place) if place else None)
