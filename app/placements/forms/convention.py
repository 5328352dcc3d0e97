"""What may be typed for a convention: its data, the deposit, the validation, a signature."""

from datetime import date
from typing import Any, Final

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
from app.core.forms import EditsRow, PortalForm
from app.core.french import phone
from app.core.grid_field import GridField
from app.core.roles import Actor, Role
from app.placements.labels.kinds import PARTIES, PURPOSES, SIGNATURES
from app.placements.models import Placement
from app.placements.rules.asking import WORDS_MOST
from app.placements.rules.convention import REFERENCE_MOST, ConventionData
from app.placements.rules.kinds import Party, PlacementPurpose, SignatureMeans
from app.placements.rules.signing import Signing, own_party, parties_for
from app.placements.rules.validating import Deposit
from app.reference.queries import find_trade

_PHONES: Final = ("host_contact_phone", "tutor_phone")
_OFF: Final = {"autocomplete": "off"}


class DataForm(EditsRow):
    """All that the convention asks, but the dates. Nothing is required: what lacks may come later."""

    host_siret = SiretField("SIRET de l’employeur", hint="14\u00a0chiffres.")
    host_contact_name = TextField("Qui signe pour l’employeur", max_length=120, render_kw=_OFF)
    host_contact_phone = PhoneField("Téléphone de l’employeur")
    host_contact_email = EmailField("Adresse e-mail de l’employeur")
    host_address = TextField("Adresse de l’employeur", max_length=300, render_kw=_OFF)
    workplace_address = TextField(
        "Adresse du stage", max_length=300, hint="Si elle est différente de celle de l’employeur.", render_kw=_OFF
    )
    access = LongTextField("Comment venir", max_length=WORDS_MOST, rows=2, hint="Bus, étage, qui demander.")
    equipment = LongTextField(
        "Tenue et équipement", max_length=WORDS_MOST, rows=2, hint="Ce qu’il faut porter, et qui le fournit."
    )
    purpose = RadioField("Objet du stage", choices=choices_of(PlacementPurpose, PURPOSES))
    title = TextField("Métier", max_length=120, render_kw={"list": "metiers", **_OFF})
    tasks = LongTextField("Tâches", max_length=WORDS_MOST, rows=4, hint="Ce que la personne fera, jour après jour.")
    skills = LongTextField("Ce que la personne veut apprendre ou montrer", max_length=WORDS_MOST, rows=3)
    hours_week = DecimalField("Heures par semaine", maximum=168, unit="h", hint="48\u00a0h au plus.")
    grid = GridField("Horaires de la semaine")
    works_holidays = TickField("On travaille aussi les jours fériés")
    tutor_name = TextField("Nom du tuteur ou de la tutrice", max_length=120, render_kw=_OFF)
    tutor_job = TextField("Son métier", max_length=120, render_kw=_OFF)
    tutor_phone = PhoneField("Son téléphone")
    tutor_email = EmailField("Son adresse e-mail")

    def offer(self, placement: Placement) -> None:
        """A host of the portal has said its own SIRET."""
        organisation = placement.host_organisation
        if organisation is not None and organisation.siret:
            del self.host_siret

    def said(self) -> ConventionData:
        """What was typed, once its shape is right. A purpose or hours left empty stay as they were."""
        names = [name for name in ConventionData.__dataclass_fields__ if name in self]
        values: dict[str, Any] = {name: self[name].data for name in names}
        trade = find_trade(self.title.data or "")
        values["trade_slug"] = trade.slug if trade else None
        values["purpose"] = PlacementPurpose(str(self.purpose.data)) if self.purpose.data else None
        return ConventionData(**values)


def as_typed(placement: Placement) -> dict[str, Any]:
    """Values for the form."""
    values = {name: getattr(placement, name) for name in (*ConventionData.__dataclass_fields__, "version")}
    return {**values, **{name: phone(values[name]) for name in _PHONES}}


class DepositForm(EditsRow):
    """« Noter le dépôt »."""

    reference = TextField(
        "Numéro de la convention sur le site de l’État",
        max_length=REFERENCE_MOST,
        required="Donnez le numéro de la convention sur le site de l’État.",
        render_kw=_OFF,
    )
    deposited_on = DateField("Jour du dépôt", required="Donnez le jour du dépôt.")

    def said(self) -> Deposit:
        """What was typed, once its shape is right."""
        return Deposit(self.reference.data or "", self.deposited_on.data or date.max)


class ValidationForm(EditsRow):
    """« Noter la validation »."""

    validated_on = DateField("Jour de la validation", required="Donnez le jour de la validation.")


class SignForm(PortalForm):
    """« Noter une signature ». One who signs for themself is asked nothing that is known."""

    party = RadioField("Qui a signé\u00a0?", required="Dites qui a signé.")
    means = RadioField("Comment\u00a0?", required="Dites comment.")
    signer_name = TextField("Nom de la personne qui a signé", max_length=120, required="Dites qui a signé.")
    signed_on = DateField("Jour de la signature", required="Donnez le jour de la signature.")

    def offer(self, actor: Actor, signed: set[Party]) -> None:
        """The parties whose signature this reader may still record; a person agrees here, and no more."""
        self.actor, self.alone = actor, actor.role is Role.CANDIDATE
        parties = [party for party in parties_for(actor.role) if party not in signed]
        self.party.choices = [(party.value, PARTIES[party]) for party in parties]
        self.means.choices = choices_of(SignatureMeans, SIGNATURES)
        own = own_party(actor.role)
        if len(parties_for(actor.role)) == 1:
            self.only = own
            del self.party
        else:
            self.only = None
            if len(parties) == 1 and not self.is_submitted():
                self.party.data = parties[0].value
        if self.alone:
            for name in ("means", "signer_name", "signed_on"):
                del self[name]

    def said(self, today: date) -> Signing:
        """What was typed, once its shape is right."""
        party = self.only or Party(str(self.party.data))
        if self.alone:
            return Signing(party, SignatureMeans.PORTAL, self.actor.name, today)
        means = SignatureMeans(str(self.means.data))
        return Signing(party, means, self.signer_name.data or "", self.signed_on.data or date.max)
