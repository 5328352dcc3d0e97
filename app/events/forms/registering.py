"""Registering: who comes, to which slot; a code typed by hand; people chosen in a list."""

from typing import Any

from app.core.fields import (
    EmailField,
    IntegerField,
    LongTextField,
    ManyField,
    PhoneField,
    RadioField,
    SiretField,
    TextField,
)
from app.core.forms import EditsRow, MakesRow, PortalForm
from app.events.rules.kinds import Side
from app.events.service.registering import Details

Choice = tuple[Any, ...]
NEEDS_HINT = "Un accès sans marche, un interprète… Seule la personne qui organise le lit."


class CodeForm(PortalForm):
    """The code of a paper or a message."""

    code = TextField(
        "Votre code",
        max_length=40,
        hint="Huit lettres et chiffres, sur votre papier ou votre message",
        required="Écrivez le code.",
    )


class SlotForm(MakesRow):
    """Which slot, and which side where one has the choice."""

    slot = RadioField("Quand\u00a0?", required="Choisissez un créneau.")

    def offer(self, slots: list[Choice]) -> None:
        """The slots with what is said of their seats; a single one is chosen."""
        self.slot.choices = slots
        if len(slots) == 1 and not self.slot.data:
            self.slot.data = slots[0][0]


class PersonForm(SlotForm):
    """A candidate for themselves, or a professional for themselves."""

    needs = LongTextField("Avez-vous besoin de quelque chose pour venir\u00a0?", max_length=500, rows=3)

    def details(self) -> Details:
        """What it says."""
        return Details(needs=self.needs.data or "")


class OrganisationForm(SlotForm):
    """An organisation, by one of its members."""

    trades = ManyField("Métiers")
    posts = IntegerField("Combien de personnes\u00a0?", minimum=1, maximum=500)
    words = LongTextField("Ce que les autres doivent savoir de vous", max_length=600, rows=3)
    needs = LongTextField("De quoi avez-vous besoin\u00a0?", hint=NEEDS_HINT, max_length=500, rows=3)

    def details(self, side: Side | None = None) -> Details:
        """What it says."""
        return Details(
            side=side,
            trade_slugs=tuple(self.trades.data or ()),
            posts=int(self.posts.data) if self.posts.data else None,
            words=self.words.data or "",
            needs=self.needs.data or "",
        )


class VisitorForm(SlotForm):
    """Somebody without an account: a first name, a name, and a way to reach them."""

    first_name = TextField("Prénom", max_length=80, required="Écrivez votre prénom.")
    last_name = TextField("Nom", max_length=80, required="Écrivez votre nom.")
    phone = PhoneField("Téléphone")
    email = EmailField("Adresse e-mail")
    needs = LongTextField("Avez-vous besoin de quelque chose pour venir\u00a0?", max_length=500, rows=3)

    @property
    def full_name(self) -> str:
        """First name, then last name."""
        return f"{self.first_name.data} {self.last_name.data}".strip()

    def details(self) -> Details:
        """What it says."""
        return Details(
            needs=self.needs.data or "", contact_phone=self.phone.data or "", contact_email=self.email.data or ""
        )


class FirmForm(SlotForm):
    """An organisation that is not on the portal."""

    name = TextField("Nom de l’organisation", max_length=120, required="Écrivez le nom de l’organisation.")
    siret = SiretField("SIRET")
    contact_name = TextField("Votre nom", max_length=120, required="Écrivez votre nom.")
    phone = PhoneField("Téléphone")
    email = EmailField("Adresse e-mail")
    trades = ManyField("Métiers")
    posts = IntegerField("Combien de personnes\u00a0?", minimum=1, maximum=500)
    words = LongTextField("Ce que les autres doivent savoir de vous", max_length=600, rows=3)
    needs = LongTextField("De quoi avez-vous besoin\u00a0?", hint=NEEDS_HINT, max_length=500, rows=3)

    def details(self, side: Side | None = None) -> Details:
        """What it says."""
        return Details(
            side=side,
            trade_slugs=tuple(self.trades.data or ()),
            posts=int(self.posts.data) if self.posts.data else None,
            words=self.words.data or "",
            needs=self.needs.data or "",
            contact_name=self.contact_name.data or "",
            contact_phone=self.phone.data or "",
            contact_email=self.email.data or "",
        )


class BookingForm(EditsRow):
    """What a participant changes of their booking."""

    trades = ManyField("Métiers")
    posts = IntegerField("Combien de personnes\u00a0?", minimum=1, maximum=500)
    words = LongTextField("Ce que les autres doivent savoir de vous", max_length=600, rows=3)
    needs = LongTextField("De quoi avez-vous besoin pour venir\u00a0?", hint=NEEDS_HINT, max_length=500, rows=3)
