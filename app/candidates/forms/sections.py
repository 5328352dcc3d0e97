"""What professionals type in each section of a file."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from wtforms import FieldList, Form, FormField, ValidationError

from app.candidates.labels import BARRIERS, FRENCH, LANGUAGES, MEANS, PROGRAMMES, REFUSAL_WORDS
from app.candidates.models import Candidate
from app.candidates.rules import Barrier, FrenchLevel, Means, Programme
from app.candidates.rules.sections import (
    Accompaniment,
    Availability,
    HeldTitle,
    Identity,
    NotedBarrier,
    ProgrammeStay,
    TravelLimit,
    birth_refusals,
)
from app.core import clock
from app.core.fields import (
    DateField,
    DecimalField,
    EmailField,
    IntegerField,
    LongTextField,
    ManyField,
    PhoneField,
    RadioField,
    ResolvedField,
    SelectField,
    TextField,
    TickField,
    choices_of,
)
from app.core.forms import EditsRow, MakesRow
from app.core.grid_field import GridField

UNKNOWN_COMMUNE = "Nous ne connaissons pas cette commune de l’Essonne."


class IdentityFields:
    """Who the person is and how to reach them."""

    first_name = TextField("Prénom", max_length=100)
    last_name = TextField("Nom", max_length=100, required="Écrivez un nom.")
    birth_date = DateField("Date de naissance", hint="Par exemple\u00a0: 16/11/1990. À partir de 16\u00a0ans.")
    phone = PhoneField("Téléphone")
    email = EmailField("Adresse e-mail")
    commune = ResolvedField(
        "Commune",
        hint="Un nom ou un code postal de l’Essonne.",
        resolve=lambda _: None,
        unknown=UNKNOWN_COMMUNE,
        render_kw={"list": "communes", "autocomplete": "off"},
    )
    address = TextField("Adresse", hint="Jamais montrée aux employeurs.", max_length=200)
    language = SelectField("Langue préférée", choices=list(LANGUAGES.items()), default="fr")

    def validate_birth_date(self, field: DateField) -> None:
        """Said with the other errors of the page, not after them."""
        reasons = birth_refusals(field.data, clock.today())
        if reasons:
            raise ValidationError(REFUSAL_WORDS[reasons[0]])

    def look_up(self, find: Callable[[str], Any | None], suggest: Callable[[str], Sequence[Any]]) -> None:
        """Say how a commune is found. Before validation."""
        form: Any = self
        form.commune.resolve, form.commune.suggest = find, suggest

    def identity(self) -> Identity:
        """What was typed."""
        form: Any = self
        return Identity(
            first_name=form.first_name.data or "",
            last_name=form.last_name.data or "",
            birth_date=form.birth_date.data,
            phone=form.phone.data or None,
            email=form.email.data or None,
            address=form.address.data or "",
            commune_insee=form.commune.found.insee if form.commune.found else None,
            language=form.language.data or "fr",
        )


def identity_data(candidate: Candidate) -> dict[str, Any]:
    """What the file says, for the form."""
    names = ("first_name", "last_name", "birth_date", "phone", "email", "address", "language")
    return {
        **{name: getattr(candidate, name) for name in names},
        "commune": candidate.commune.name if candidate.commune else "",
    }


class NewCandidateForm(IdentityFields, MakesRow):
    """Open a file."""

    welcome = TickField(
        "Prévenir la personne", hint="Un e-mail ou un SMS lui dit que son profil est ouvert.", default=True
    )


class IdentityForm(IdentityFields, EditsRow):
    """Correct who the person is."""


class AccompanimentForm(EditsRow):
    """Who follows the person."""

    referent = SelectField("Référent", blank="Aucun", hint="MDS, CCAS, CAF ou mission locale.")
    facilitator = SelectField("PLIE", blank="Aucun")

    def accompaniment(self) -> Accompaniment:
        """What was chosen; « user:organisation »."""
        user, _, place = (self.referent.data or "").partition(":")
        return Accompaniment(
            referent_id=UUID(user) if user else None,
            referent_organisation_id=UUID(place) if place else None,
            facilitator_organisation_id=UUID(self.facilitator.data) if self.facilitator.data else None,
        )


class ProgrammeLine(Form):
    """One programme; an empty line is nothing."""

    programme = SelectField("Dispositif", choices=choices_of(Programme, PROGRAMMES), blank="Choisir")
    since = DateField("Depuis le")
    until = DateField("Jusqu’au", hint="Vide s’il continue.")

    def validate_since(self, field: DateField) -> None:
        """A programme that is chosen begins some day."""
        if self.programme.data and not field.data and not field.errors:
            raise ValidationError("Écrivez depuis quel jour.")


class ProgrammesForm(EditsRow):
    """All programmes of the person."""

    lines = FieldList(FormField(ProgrammeLine, "Dispositif"), "Dispositifs")

    def stays(self) -> list[ProgrammeStay]:
        """The lines that say something."""
        return [
            ProgrammeStay(Programme(line.programme.data), line.since.data, line.until.data)
            for line in self.lines
            if line.programme.data
        ]


class FrenchForm(EditsRow):
    """The level of French."""

    french = RadioField(
        "Niveau de français",
        choices=[(str(int(level)), words) for level, words in FRENCH.items()],
        required="Choisissez un niveau.",
        hint="Cadre européen (CECRL). Les offres n’en demandent que si le poste l’exige.",
    )

    def level(self) -> FrenchLevel:
        """What was chosen."""
        return FrenchLevel(int(self.french.data or 0))


class TitleLine(Form):
    """One title held; an empty line is nothing."""

    title = SelectField("Diplôme ou certificat", blank="Choisir")
    obtained_on = DateField("Obtenu le")
    valid_until = DateField("Valable jusqu’au", hint="Vide\u00a0: calculé si la durée est connue.")


class TitlesForm(EditsRow):
    """Titles and licences."""

    lines = FieldList(FormField(TitleLine, "Diplôme ou certificat"), "Diplômes et certificats")
    licences = ManyField("Permis")

    def offer(self, titles: Sequence[tuple[str, str]], licences: Sequence[tuple[str, str]]) -> None:
        """Fill the lists, before validation."""
        self.licences.choices = list(licences)
        for line in self.lines:
            line.title.choices = [("", "Choisir"), *titles]

    def titles(self) -> list[HeldTitle]:
        """The lines that say something."""
        return [
            HeldTitle(line.title.data, line.obtained_on.data, line.valid_until.data)
            for line in self.lines
            if line.title.data
        ]


class SkillsForm(EditsRow):
    """Skills: those of the jobs wanted first."""

    skills = ManyField("Pour les métiers voulus")
    others = ManyField("Autres compétences")

    def offer(self, near: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> None:
        """Fill the lists, before validation."""
        self.skills.choices, self.others.choices = list(near), list(other)

    def held(self) -> list[str]:
        """What was ticked in both lists."""
        return [*(self.skills.data or ()), *(self.others.data or ())]


class RefusalsForm(EditsRow):
    """Working conditions that the person refuses."""

    refusals = ManyField("La personne refuse", hint="Une offre qui demande cela ne lui est jamais proposée.")


class TravelForm(EditsRow):
    """Minutes and kilometres for each means."""

    foot_minutes = IntegerField("Minutes au plus", minimum=1, maximum=1000)
    foot_km = DecimalField("Kilomètres au plus", minimum=Decimal("0.1"), maximum=1000)
    bike_minutes = IntegerField("Minutes au plus", minimum=1, maximum=1000)
    bike_km = DecimalField("Kilomètres au plus", minimum=Decimal("0.1"), maximum=1000)
    bus_minutes = IntegerField("Minutes au plus", minimum=1, maximum=1000)
    bus_km = DecimalField("Kilomètres au plus", minimum=Decimal("0.1"), maximum=1000)
    car_minutes = IntegerField("Minutes au plus", minimum=1, maximum=1000)
    car_km = DecimalField("Kilomètres au plus", minimum=Decimal("0.1"), maximum=1000)

    def groups(self) -> list[tuple[str, Any, Any]]:
        """(means in words, field of minutes, field of kilometres)."""
        return [(words, self[f"{means.value}_minutes"], self[f"{means.value}_km"]) for means, words in MEANS.items()]

    def travels(self) -> list[TravelLimit]:
        """The means with a limit."""
        found = [
            TravelLimit(means, self[f"{means.value}_minutes"].data, self[f"{means.value}_km"].data) for means in Means
        ]
        return [travel for travel in found if travel.max_minutes or travel.max_km]


class AvailabilityForm(EditsRow):
    """From when, when in the week, how many hours."""

    available_from = DateField("Disponible à partir du", hint="Vide si ce n’est pas connu. Exemple\u00a0: 16/11/2026")
    grid = GridField("Moments de la semaine", hint="Vide\u00a0: la personne n’a rien dit.")
    hours_min = DecimalField("Heures par semaine, au moins", maximum=168)
    hours_max = DecimalField("Heures par semaine, au plus", hint="48 au plus.", maximum=168)

    def availability(self) -> Availability:
        """What was typed."""
        return Availability(
            available_from=self.available_from.data,
            grid=self.grid.data,
            hours_min=self.hours_min.data,
            hours_max=self.hours_max.data,
        )


class _Barriers:
    """One box and one line of text for each barrier."""

    def rows(self) -> list[tuple[Any, Any]]:
        """(box, text) of each barrier."""
        form: Any = self
        return [(form[barrier.value], form[f"{barrier.value}_note"]) for barrier in Barrier]

    def barriers(self) -> list[NotedBarrier]:
        """The ticked ones."""
        form: Any = self
        return [
            NotedBarrier(barrier, form[f"{barrier.value}_note"].data or "")
            for barrier in Barrier
            if form[barrier.value].data
        ]


_BARRIER_FIELDS = {
    name: field
    for barrier, words in BARRIERS.items()
    for name, field in (
        (barrier.value, TickField(words)),
        (f"{barrier.value}_note", TextField(f"Précision\u00a0: {words.lower()}", max_length=500)),
    )
}
BarriersForm: Any = type("BarriersForm", (_Barriers, EditsRow), dict(_BARRIER_FIELDS))


class JobsForm(EditsRow):
    """Jobs found by everyday words; ``words`` searches, ``trades`` are ticked, the preferred one first."""

    words = TextField(
        "Chercher un métier",
        hint="Avec les mots de tous les jours. Par exemple\u00a0: ménage, nounou, BTP.",
        max_length=100,
    )
    trades = ManyField("Métiers voulus")
    first = SelectField("Métier préféré", blank="Le premier de la liste")
    own_words = LongTextField("Avec ses mots", hint="Ce que la personne dit elle-même.", max_length=1000, rows=3)

    def wanted(self) -> list[str]:
        """The ticked trades, the preferred one first."""
        ticked = list(self.trades.data or ())
        best = self.first.data
        return [best, *(slug for slug in ticked if slug != best)] if best in ticked else ticked
