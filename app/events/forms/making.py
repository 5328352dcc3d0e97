"""The form of an event: the essentials first, the rest folded below. A new one has its first slot in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final
from uuid import UUID

from app.core.fields import (
    DateField,
    EmailField,
    LongTextField,
    ManyField,
    PhoneField,
    RadioField,
    SelectField,
    TextField,
    TickField,
)
from app.core.forms import EditsRow, MakesRow
from app.core.french import phone
from app.events.forms.slots import SlotFields
from app.events.labels.kinds import AUDIENCES
from app.events.models import Event
from app.events.rules.content import Content
from app.events.rules.kinds import AUDIENCES as AUDIENCES_OF
from app.events.rules.kinds import Audience, EventKind
from app.offers.forms.posting import NamedField

Choice = tuple[str, str]
DETAILS: Final = ("access", "bring", "host", "programme", "families", "registration_closes_on")
"""What is folded, and opens the fold once it is written; the rest of the fold is filled beforehand."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form may offer: lists of the reference tables, and how typed words are looked up."""

    find_commune: Callable[[str], Any | None]
    suggest_communes: Callable[[str], Sequence[Any]]
    find_host: Callable[[str], Any | None]
    suggest_hosts: Callable[[str], Sequence[Any]]
    territories: Sequence[Choice] = ()
    families: Sequence[Choice] = ()
    programmes: Sequence[Choice] = ()


class EventFields:
    """A draft needs a title alone; publishing asks the rest."""

    title = TextField("Titre", required="Donnez un titre.", max_length=120)
    summary = LongTextField(
        "Ce qui se passera", hint="En phrases simples\u00a0: ce qu’on y fait, avec qui, combien de temps.", rows=4
    )
    place_name = TextField("Lieu", hint="Par exemple\u00a0: Espace Liberté, salle des fêtes.", max_length=120)
    address = TextField("Adresse", hint="Numéro et rue.", max_length=200)
    commune = NamedField(
        "Commune",
        key="insee",
        render_kw={"list": "communes", "autocomplete": "off"},
        hint="Un nom ou un code postal de l’Essonne.",
        several="Plusieurs communes répondent. Choisissez la bonne.",
        unknown="Nous ne connaissons pas cette commune de l’Essonne. Vérifiez le nom ou le code postal.",
    )
    access = TextField(
        "Comment venir", hint="Bus, train, parking, entrée sans marche. Par exemple\u00a0: bus 91-06.", max_length=300
    )
    bring = TextField("À apporter", hint="Par exemple\u00a0: un CV, si vous en avez un.", max_length=300)
    is_public = TickField(
        "Dans l’agenda public", hint="Sinon, l’événement est réservé aux personnes et aux structures invitées."
    )
    audience = RadioField("Pour qui\u00a0?")
    registration_closes_on = DateField(
        "Dernier jour pour s’inscrire", hint="Vide\u00a0: jusqu’au début. Par exemple\u00a0: 16/11/2026"
    )
    host = NamedField(
        "Structure d’accueil",
        key="id",
        hint="Si ce n’est pas vous\u00a0: son nom ou son SIRET.",
        several="Plusieurs structures répondent. Choisissez la bonne.",
        unknown="Nous ne connaissons pas cette structure. Vérifiez le nom, ou donnez son SIRET.",
    )
    programme = SelectField("Programme", blank="Aucun", hint="Par exemple\u00a0: la Semaine de l’insertion.")
    territory = SelectField("Territoire", blank="Toute l’Essonne")
    families = ManyField("Secteurs")
    contact_name = TextField("Qui appeler", hint="La personne qui répond aux questions.", max_length=120)
    contact_phone = PhoneField("Son téléphone", hint="Il est public. Par exemple\u00a0: 01 99 00 12 34")
    contact_email = EmailField("Son e-mail")

    def offer(self, offered: Offered, kind: EventKind) -> None:
        """Fill the lists and say how words are looked up. Before validation."""
        form: Any = self
        form.commune.resolve, form.commune.suggest = offered.find_commune, offered.suggest_communes
        form.host.resolve, form.host.suggest = offered.find_host, offered.suggest_hosts
        form.audience.choices = [(one.value, AUDIENCES[one]) for one in AUDIENCES_OF[kind]]
        form.territory.choices = [("", "Toute l’Essonne"), *offered.territories]
        form.families.choices = list(offered.families)
        form.programme.choices = [("", "Aucun"), *offered.programmes]
        if form.audience.data not in {one.value for one in AUDIENCES_OF[kind]}:
            form.audience.data = AUDIENCES_OF[kind][0].value
        if len(AUDIENCES_OF[kind]) == 1:
            del form.audience
        if not offered.programmes:
            del form.programme

    def content(self, kind: EventKind) -> Content:
        """What was typed, as the rules read it."""
        form: Any = self
        audience = form.audience.data if "audience" in form else AUDIENCES_OF[kind][0].value
        programme = form.programme.data if "programme" in form else None
        return Content(
            kind=kind,
            audience=Audience(audience),
            commune_insee=form.commune.chosen if form.commune.data else None,
            host_organisation_id=form.host.chosen if form.host.data else None,
            programme_id=UUID(programme) if programme else None,
            territory_code=form.territory.data or None,
            family_slugs=tuple(form.families.data or ()),
            is_public=bool(form.is_public.data),
            registration_closes_on=form.registration_closes_on.data,
            **{name: form[name].data or "" for name in _TEXTS},
        )

    def details_open(self) -> bool:
        """Is something written, or wrong, in the part of the form that is folded?"""
        form: Any = self
        folded = (*DETAILS, "audience", "territory", "contact_email")
        wrong = any(form[name].errors for name in folded if name in form)
        return wrong or any(form[name].data for name in DETAILS if name in form)


_TEXTS: Final = (
    "title", "summary", "bring", "place_name", "address", "access", "contact_name", "contact_phone", "contact_email",
)  # fmt: skip


class NewEventForm(EventFields, SlotFields, MakesRow):
    """An event that does not exist yet, with its first slot."""


class EditEventForm(EventFields, EditsRow):
    """An event that does; its slots have their own page."""


class CopyForm(MakesRow):
    """Another day for the same."""

    first_day = DateField("Premier jour de la copie", required="Choisissez le premier jour.")


class CancelForm(EditsRow):
    """« Annuler l’événement »."""

    reason = LongTextField(
        "Pourquoi\u00a0?",
        hint="Les personnes inscrites le liront, avec tout le monde. Une phrase simple.",
        required="Dites pourquoi, en une phrase\u00a0: les personnes inscrites la liront.",
        rows=2,
        max_length=300,
    )


class ActOnEvent(EditsRow):
    """A button on the page of an event: the version that the person saw."""


def written(event: Event) -> dict[str, Any]:
    """The data of the form for an event as it is."""
    names = {part.name for part in fields(Content)}
    data: dict[str, Any] = {name: getattr(event, name) for name in names if hasattr(event, name)}
    return {
        **data,
        "audience": event.audience.value,
        "contact_phone": phone(event.contact_phone),
        "commune": event.commune.name if event.commune else "",
        "host": event.host.name if event.host else "",
        "programme": str(event.programme_id or ""),
        "territory": event.territory_code or "",
        "families": list(event.family_slugs),
        "version": event.version,
    }
