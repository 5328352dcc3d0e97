"""What may be typed to ask for a stage: who welcomes, when, to do what."""

from datetime import date
from typing import Any, Final

from wtforms import Form

from app.core.fields import (
    DateField,
    DecimalField,
    EmailField,
    LongTextField,
    PhoneField,
    RadioField,
    SiretField,
    TextField,
    TickField,
    choices_of,
)
from app.core.forms import MakesRow, PortalForm
from app.organisations.forms import CommuneField
from app.placements.labels.kinds import PURPOSES, PURPOSES_FOR_PERSON
from app.placements.rules.asking import WORDS_MOST, DeclaredHost, Terms
from app.placements.rules.kinds import PlacementPurpose
from app.reference.queries import find_trade

_HOST: Final = tuple(DeclaredHost.__dataclass_fields__)


class HostSearch(Form):
    """Step one, in the address: the name of a firm or its SIRET."""

    q = TextField("Nom de l’entreprise, ou SIRET", max_length=120)


class DaysLeftSearch(Form):
    """« Jours restants »: a host and a first day, in the address."""

    siret = TextField("Entreprise", max_length=120, hint="Son SIRET, ou son nom si elle n’en a pas.")
    du = DateField("Premier jour")

    @property
    def host(self) -> tuple[str | None, str]:
        """(SIRET, name): what was typed is one or the other."""
        typed = self.siret.data or ""
        digits = "".join(char for char in typed if char.isdigit())
        return (digits, "") if len(digits) == 14 else (None, typed)


class _Host:
    """A host that is not on the portal."""

    host_name = TextField("Nom de l’entreprise", max_length=200, required="Dites le nom de l’entreprise.")
    host_siret = SiretField("SIRET", hint="14\u00a0chiffres. Il peut venir plus tard.")
    commune = CommuneField("Commune", render_kw={"list": "communes", "autocomplete": "off"})


class StageFields(PortalForm):
    """When, how many hours, to do what."""

    title = TextField(
        "Métier", max_length=120, required="Dites quel métier.", render_kw={"list": "metiers", "autocomplete": "off"}
    )
    purpose = RadioField(
        "Objet du stage", choices=choices_of(PlacementPurpose, PURPOSES), required="Choisissez une réponse."
    )
    starts_on = DateField("Premier jour", required="Donnez le premier jour.")
    ends_on = DateField("Dernier jour", required="Donnez le dernier jour.")
    hours_week = DecimalField(
        "Heures par semaine", required="Donnez le nombre d’heures.", maximum=168, unit="h", hint="48 h au plus."
    )
    asked_words = LongTextField(
        "Ce que la personne veut découvrir", max_length=WORDS_MOST, rows=3, hint="L’entreprise lit ces mots."
    )

    def in_own_words(self) -> None:
        """The questions as the person reads them; in the order of the page, in which errors are listed too."""
        self.title.label.text = "Quel métier\u00a0?"
        self.purpose.label.text = "Pourquoi ce stage\u00a0?"
        self.purpose.choices = choices_of(PlacementPurpose, PURPOSES_FOR_PERSON)

    def terms(self) -> Terms:
        """What was typed, once its shape is right."""
        trade = find_trade(self.title.data or "")
        insee = self["commune"].insee if "commune" in self else None
        return Terms(
            starts_on=self.starts_on.data or date.min,
            ends_on=self.ends_on.data or date.min,
            hours_week=self.hours_week.data,
            purpose=PlacementPurpose(str(self.purpose.data)),
            title=self.title.data or "",
            trade_slug=trade.slug if trade else None,
            commune_insee=insee,
            asked_words=self.asked_words.data or "",
            tasks=(self["tasks"].data or "") if "tasks" in self else None,
        )

    def declared(self) -> DeclaredHost:
        """The host as it was typed."""
        said = {name: self[name].data for name in _HOST if name in self and self[name].data}
        return DeclaredHost(**said)

    def forget_host(self) -> None:
        """A host of the portal is known: nothing of it is asked."""
        for name in (*_HOST, "commune"):
            if name in self:
                del self[name]


class AskForm(_Host, StageFields, MakesRow):
    """The person asks."""

    asked_words = LongTextField(
        "Que voulez-vous découvrir\u00a0?",
        max_length=WORDS_MOST,
        rows=3,
        hint="L’entreprise lira ces mots. Ne parlez pas de votre santé ni de votre vie privée.",
    )
    host_contact_name = TextField("Qui avez-vous vu là-bas\u00a0?", max_length=120)
    host_contact_phone = PhoneField("Son téléphone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_own_words()


class ContactFields:
    """Who signs for a declared host, and where it is."""

    host_contact_name = TextField("Qui signe pour l’entreprise", max_length=120)
    host_contact_phone = PhoneField("Téléphone")
    host_contact_email = EmailField("Adresse e-mail")
    host_address = TextField("Adresse")


class ProposeForm(ContactFields, _Host, StageFields, MakesRow):
    """Who accompanies asks for the person."""

    tasks = LongTextField("Tâches", max_length=WORDS_MOST, rows=3)
    agreed = TickField("La personne est d’accord pour ce stage, dans cette entreprise.")


class HostFields(ContactFields, _Host):
    """All that is said of a declared host."""


class RenewForm(MakesRow):
    """The same stage goes on: its dates."""

    starts_on = DateField("Premier jour", required="Donnez le premier jour.")
    ends_on = DateField("Dernier jour", required="Donnez le dernier jour.")
