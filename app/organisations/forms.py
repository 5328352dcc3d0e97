"""What is typed about an organisation and its members?"""

from typing import Any
from urllib.parse import urlsplit

from wtforms.validators import StopValidation

from app.accounts.forms import NewPasswordField
from app.core.fields import (
    EmailField,
    IntegerField,
    LongTextField,
    PhoneField,
    RadioField,
    ResolvedField,
    SelectField,
    SiretField,
    TextField,
    TickField,
    choices_of,
)
from app.core.forms import EditsRow, MakesRow, PortalForm
from app.organisations.labels import KIND_SHORT, KIND_WORDS, STATE_WORDS
from app.organisations.rules import JOINABLE_KINDS, OrganisationKind, OrganisationState
from app.reference.queries import find_commune, find_trade, suggest_communes, suggest_trades

NAME_LENGTH = 120


class CommuneField(ResolvedField):
    """A commune of the département, typed as people type it."""

    def __init__(self, label: str = "Commune", **kwargs: Any) -> None:
        kwargs.setdefault("unknown", "Nous ne trouvons pas cette commune en Essonne.")
        super().__init__(label, resolve=find_commune, suggest=suggest_communes, **kwargs)

    @property
    def insee(self) -> str | None:
        """The code of the commune found."""
        return self.found.insee if self.found else None


class WebsiteField(TextField):
    """An address of the web; « www.exemple.fr » is made whole."""

    def check(self) -> None:
        """http or https, and a name with a dot."""
        super().check()
        text = self.data or ""
        whole = text if "://" in text else f"https://{text}"
        try:
            parts = urlsplit(whole)
            right = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and " " not in whole
        except ValueError:
            right = False
        if not right:
            raise StopValidation("Cette adresse de site n’est pas complète. Exemple\u00a0: https://www.exemple.fr")
        self.data = whole


class JoinForm(MakesRow):
    """An organisation asks to take part; the person is asked too, unless signed in."""

    siret = SiretField("SIRET", required="Écrivez le SIRET.", hint="14\u00a0chiffres. Il est sur vos factures.")
    kind = SelectField(
        "Type d’organisation",
        choices=[(kind.value, KIND_WORDS[kind]) for kind in JOINABLE_KINDS],
        blank="Choisissez",
        required="Choisissez le type d’organisation.",
    )
    name = TextField("Nom de l’organisation", max_length=NAME_LENGTH, required="Écrivez le nom de l’organisation.")
    commune = CommuneField(required="Écrivez la commune.", hint="Le nom ou le code postal.")
    first_name = TextField("Prénom", max_length=80, required="Écrivez votre prénom.")
    last_name = TextField("Nom", max_length=80, required="Écrivez votre nom.")
    email = EmailField("Adresse e-mail professionnelle", required="Écrivez votre adresse e-mail.")
    phone = PhoneField("Téléphone")
    password = NewPasswordField()

    def without_person(self) -> "JoinForm":
        """For somebody who has an account already."""
        for name in ("first_name", "last_name", "email", "phone", "password"):
            del self[name]
        return self


class _Details(PortalForm):
    name = TextField("Nom", max_length=NAME_LENGTH, required="Écrivez le nom.")
    kind = SelectField("Type", choices=choices_of(OrganisationKind, KIND_WORDS), required="Choisissez le type.")
    territory = SelectField("Territoire", blank="Tout le département", hint="Pour un PLIE ou une MDS.")
    commune = CommuneField(hint="Le nom ou le code postal.")
    address = TextField("Adresse")
    phone = PhoneField("Téléphone")
    email = EmailField("Adresse e-mail")
    website = WebsiteField("Site internet")
    presentation = LongTextField("Présentation", max_length=2000, hint="Deux ou trois phrases\u00a0: votre activité.")

    def for_territories(self, territories: list[tuple[str, str]]) -> None:
        """The list of territories, read by the page."""
        self.territory.choices = [("", "Tout le département"), *territories]


class EditForm(EditsRow, _Details):
    """Correct the page; type and territory are the département's to change."""

    def without_decisions(self) -> None:
        """For a manager of the organisation."""
        del self.kind
        del self.territory


class CreateForm(MakesRow, _Details):
    """The département makes an organisation and invites its first manager."""

    siret = SiretField("SIRET", hint="Vide pour une MDS ou un service sans SIRET propre.")
    manager_email = EmailField("Adresse e-mail du premier responsable", hint="Il reçoit une invitation.")


class RefuseForm(EditsRow):
    """The text that the person reads."""

    text = LongTextField(
        "Pourquoi\u00a0?",
        max_length=1000,
        required="Écrivez pourquoi\u00a0: la personne lira ce texte.",
        hint="La personne reçoit ce texte par e-mail.",
    )


class DecideForm(EditsRow):
    """Accept, close or reopen: the version says what was read."""


class InviteForm(MakesRow):
    """Whom to invite."""

    email = EmailField(required="Écrivez l’adresse e-mail de la personne.")
    as_manager = TickField(
        "Responsable", hint="Il modifie la page, invite, retire des membres et nomme d’autres responsables."
    )


class AcceptForm(PortalForm):
    """Who was invited, when they have no account."""

    first_name = TextField("Prénom", max_length=80, required="Écrivez votre prénom.")
    last_name = TextField("Nom", max_length=80, required="Écrivez votre nom.")
    phone = PhoneField("Téléphone professionnel")
    password = NewPasswordField()


class MemberForm(PortalForm):
    """What a manager changes of a member."""

    is_manager = TickField(
        "Responsable", hint="Il modifie la page, invite, retire des membres et nomme d’autres responsables."
    )
    territory = SelectField("Territoire", blank="Tout le département")

    def for_territories(self, territories: list[tuple[str, str]]) -> None:
        """The list of territories, read by the page."""
        self.territory.choices = [("", "Tout le département"), *territories]


class LeaveForm(PortalForm):
    """Leave; the last manager names who comes next."""

    successor = RadioField("Qui devient responsable\u00a0?")


class ListFilters(PortalForm):
    """Filters of the list of organisations, read from the address."""

    class Meta(PortalForm.Meta):
        csrf = False

    mots = TextField("Nom, commune ou SIRET")
    sorte = SelectField(
        "Type",
        choices=[
            ("employeurs", "Tous les employeurs"),
            ("siae", "SIAE"),
            ("referents", "Référents"),
            *choices_of(OrganisationKind, KIND_SHORT),
        ],
        blank="Tous",
    )
    etat = SelectField(
        "État", choices=[*choices_of(OrganisationState, STATE_WORDS), ("demandes", "Avec des demandes")], blank="Tous"
    )
    territoire = SelectField("Territoire", blank="Tous")


class UserFilters(PortalForm):
    """Filters of the list of accounts."""

    class Meta(PortalForm.Meta):
        csrf = False

    mots = TextField("Organisation")
    role = SelectField("Rôle", blank="Tous")
    etat = SelectField(
        "État",
        choices=[("actif", "Actif"), ("sans", "Sans organisation"), ("ferme", "Fermé")],
        blank="Tous",
    )


class TradeForm(PortalForm):
    """A job that the organisation can have done."""

    trade = ResolvedField(
        "Métier",
        resolve=find_trade,
        suggest=suggest_trades,
        required="Écrivez un métier.",
        unknown="Nous ne connaissons pas ce métier.",
        hint="Par exemple\u00a0: peintre, agent de propreté.",
    )
    people = IntegerField(
        "Personnes en même temps",
        required="Écrivez un nombre de personnes.",
        minimum=1,
        maximum=500,
        hint="Combien de personnes peuvent y travailler en même temps.",
    )

    @property
    def trade_slug(self) -> str:
        """The slug of the job found."""
        return self.trade.found.slug if self.trade.found else ""
