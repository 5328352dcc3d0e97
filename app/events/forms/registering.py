"""Registering: who comes, to which slot; a code typed by hand; people chosen in a list."""

from typing import Any
from uuid import UUID

from wtforms import Form

from app.core.fields import (
    EmailField,
    IntegerField,
    LongTextField,
    ManyField,
    PhoneField,
    RadioField,
    SelectField,
    SiretField,
    TextField,
    choices_of,
)
from app.core.forms import EditsRow, MakesRow, PortalForm
from app.events.labels.kinds import WHO, side_words
from app.events.labels.states import BOOKING_STATES
from app.events.queries.bookings import Filters, sort_key
from app.events.rules.kinds import EventKind, Side, Who, sides_of
from app.events.rules.states import BookingState
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


def _about(form: Any) -> dict[str, Any]:
    """Jobs, posts and words, where the form asks them."""
    said = {name: field.data for name, field in form._fields.items()}
    return {
        "trade_slugs": tuple(said.get("trades") or ()),
        "posts": int(said["posts"]) if said.get("posts") else None,
        "words": said.get("words") or "",
    }


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

    def details(self) -> Details:
        """What it says."""
        return Details(**_about(self), needs=self.needs.data or "")


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

    def details(self) -> Details:
        """What it says."""
        return Details(
            **_about(self),
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


class SearchForm(PortalForm):
    """A name, an organisation, a SIRET or a number of file: sent by POST, so that it stands in no address."""

    words = TextField("Nom, organisation, SIRET ou numéro de dossier", max_length=100, required="Écrivez un nom.")
    side = SelectField("Côté", blank="Les deux côtés")

    def offer(self, kind: EventKind) -> None:
        """A side is asked where there are two."""
        sides = sides_of(kind)
        self.side.choices = [("", "Les deux côtés"), *((side.value, side_words(kind, side)) for side in sides)]
        self.asked_sides = [side for side in sides if self.side.data == side.value] or sides
        if len(sides) < 2:
            del self.side


class SignForm(PortalForm):
    """A person signs the attendance sheet on the screen."""

    name = TextField("Écrivez votre prénom et votre nom", max_length=120, required="Écrivez votre nom pour signer.")


class BookingFilters(Form):
    """Of the organiser's list; nonsense filters nothing."""

    creneau = SelectField("Créneau", blank="Tous")
    cote = SelectField("Côté", blank="Tous")
    etat = SelectField("Situation", choices=choices_of(BookingState, BOOKING_STATES), blank="Toutes")
    qui = SelectField("Qui", choices=choices_of(Who, WHO), blank="Tout le monde")

    def __init__(self, sent: Any, *, slots: list[tuple[str, str]], sides: list[tuple[str, str]]) -> None:
        super().__init__(sent)
        self.creneau.choices = [("", "Tous"), *slots]
        self.cote.choices = [("", "Tous"), *sides]
        self.sort = sort_key(sent.get("tri"))

    def asked(self) -> Filters:
        """What the list is asked."""
        slot, side = self._known("creneau"), self._known("cote")
        state, who = self._known("etat"), self._known("qui")
        return Filters(
            slot=UUID(slot) if slot else None,
            side=Side(side) if side else None,
            state=BookingState(state) if state else None,
            who=Who(who) if who else None,
            sort=self.sort,
        )

    @property
    def narrowed(self) -> bool:
        """Is anything filtered?"""
        return any(self._known(name) for name in ("creneau", "cote", "etat", "qui"))

    def _known(self, name: str) -> str:
        field: Any = self[name]
        return field.data if field.data in {str(value) for value, *_ in field.choices if value} else ""
