"""What is typed about applications: words, who one is, messages, a meeting, a hire, a refusal; filters of lists."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from typing import Any, Final

from wtforms import Form
from wtforms.validators import StopValidation

from app.accounts.forms import ContactField
from app.accounts.rules import CodeChannel
from app.applications.labels import REASONS, REFUSAL_TEXTS, STATES
from app.applications.rules import (
    EMPLOYER_SEES,
    NOTE_MOST,
    REFUSAL_MOST,
    TASKS_MOST,
    WAITS_FOR_EMPLOYER,
    WORDS_MOST,
    ApplicationState,
    RefusalReason,
    TakenTerms,
)
from app.candidates.rules.sections import Identity
from app.core.clock import PARIS
from app.core.fields import (
    DateField,
    DecimalField,
    LongTextField,
    PhoneField,
    RadioField,
    ResolvedField,
    SelectField,
    TextField,
    choices_of,
)
from app.core.forms import EditsRow, MakesRow, PortalForm
from app.offers.labels import EMPLOYMENTS
from app.offers.rules import EmploymentKind

_HOUR = re.compile(r"(\d{1,2})\s*(?:h|heures?|:|\.)?\s*(\d{2})?", re.ASCII)
TO_ANSWER: Final = "a-traiter"


class WordsForm(PortalForm):
    """What a person says with their application, if they like."""

    words = LongTextField(
        "Quelques mots", hint="Dites ce que vous savez faire, ou laissez vide.", max_length=WORDS_MOST, rows=5
    )


class IntroduceForm(MakesRow):
    """« C'est ma première fois »: the smallest file."""

    first_name = TextField("Prénom", required="Écrivez votre prénom.", max_length=80)
    last_name = TextField("Nom", required="Écrivez votre nom.", max_length=80)
    contact = ContactField(
        required="Écrivez votre téléphone ou votre e-mail.", hint="Nous vous envoyons un code à 6\u00a0chiffres."
    )
    commune = ResolvedField(
        "Ville",
        hint="Vous habitez hors de l’Essonne\u00a0? Laissez vide.",
        resolve=lambda _: None,
        unknown="Nous ne connaissons pas cette ville de l’Essonne. Vérifiez le nom, ou laissez vide.",
        render_kw={"list": "communes", "autocomplete": "off"},
    )

    def look_up(self, find: Callable[[str], Any | None], suggest: Callable[[str], Sequence[Any]]) -> None:
        """Say how a commune is found; before validation."""
        self.commune.resolve, self.commune.suggest = find, suggest

    def identity(self) -> Identity:
        """Who the person says they are."""
        by_mail = self.contact.channel is CodeChannel.EMAIL
        return Identity(
            first_name=self.first_name.data or "",
            last_name=self.last_name.data or "",
            email=self.contact.address if by_mail else None,
            phone=None if by_mail else self.contact.address,
            commune_insee=self.commune.found.insee if self.commune.found else None,
        )


class ActOnApplication(EditsRow):
    """A button of the page of an application: the version that the person saw."""


class NoteForm(MakesRow):
    """A message to the other side."""

    text = LongTextField("Votre message", required="Écrivez votre message.", max_length=NOTE_MOST, rows=4)


class HourField(TextField):
    """An hour as people write it: « 9 h 30 », « 9:30 », « 14 ». ``hour`` is a time once it is right."""

    hour: time | None = None

    def check(self) -> None:
        """An hour of the day."""
        found = _HOUR.fullmatch(" ".join((self.data or "").lower().split()))
        hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
        if hours > 23 or minutes > 59:
            raise StopValidation("Cette heure n’existe pas. Exemple\u00a0: 9h30")
        self.hour = time(hours, minutes)


class InviteForm(EditsRow):
    """Propose a meeting."""

    day = DateField("Jour", required="Choisissez le jour.")
    hour = HourField(
        "Heure",
        required="Choisissez l’heure.",
        hint="Par exemple\u00a0: 9h30",
        max_length=20,
        render_kw={"class": "short", "maxlength": 20, "autocomplete": "off"},
    )
    place = TextField(
        "Lieu",
        required="Dites où la personne doit venir.",
        hint="L’adresse, l’étage, qui demander. La personne la reçoit par message.",
        max_length=300,
    )

    @property
    def at(self) -> datetime:
        """The instant, in Paris."""
        assert self.day.data is not None
        assert self.hour.hour is not None
        return datetime.combine(self.day.data, self.hour.hour, PARIS)


class HireForm(EditsRow):
    """What was agreed."""

    start_on = DateField("Début", required="Dites quand la personne commence.")
    employment_kind = SelectField("Contrat", required="Choisissez le contrat.")
    end_on = DateField("Fin", hint="Vide pour un CDI. Par exemple\u00a0: 16/05/2027")
    hours_week = DecimalField(
        "Heures par semaine", required="Dites combien d’heures par semaine.", minimum=1, maximum=168, unit="h"
    )

    def offer(self, kinds: Iterable[EmploymentKind]) -> None:
        """Say which contracts may be signed; before validation."""
        allowed = set(kinds)
        self.employment_kind.choices = [
            ("", "Choisir"),
            *((kind.value, words) for kind, words in EMPLOYMENTS.items() if kind in allowed),
        ]

    def agreed(self) -> dict[str, Any]:
        """What was typed, once it is whole."""
        return {
            "start_on": self.start_on.data,
            "end_on": self.end_on.data,
            "employment_kind": EmploymentKind(self.employment_kind.data),
            "hours_week": self.hours_week.data,
        }


class TakeForm(EditsRow):
    """When, how long, and with whom somebody is welcomed for a stage."""

    start_on = DateField("Premier jour", required="Dites quel jour le stage commence.")
    end_on = DateField(
        "Dernier jour",
        required="Dites quel jour le stage finit.",
        hint="Un mois au plus, de date à date. Par exemple\u00a0: du 2\u00a0mars au 1er\u00a0avril.",
    )
    hours_week = DecimalField(
        "Heures par semaine", required="Dites combien d’heures par semaine.", minimum=1, maximum=168, unit="h"
    )
    tutor_name = TextField(
        "Nom du tuteur ou de la tutrice", required="Dites qui accueille la personne.", max_length=120
    )
    tutor_phone = PhoneField("Son téléphone")
    tasks = LongTextField(
        "Ce que la personne va faire", hint="Quelques phrases simples, pour la convention.", max_length=TASKS_MOST
    )

    def terms(self) -> TakenTerms:
        """What was typed, once it is whole."""
        start, end, hours = self.start_on.data, self.end_on.data, self.hours_week.data
        assert start is not None
        assert end is not None
        assert hours is not None
        return TakenTerms(
            start, end, hours, self.tutor_name.data or "", self.tutor_phone.data or "", self.tasks.data or ""
        )


class ReasonForm(Form):
    """Why it is no: the first of two pages, in the address."""

    raison = RadioField(
        "Pourquoi\u00a0?", choices=choices_of(RefusalReason, REASONS), required="Choisissez une raison."
    )

    @property
    def reason(self) -> RefusalReason | None:
        """The reason, when it is one."""
        return RefusalReason(self.raison.data) if self.raison.data in set(RefusalReason) else None


class RefusalForm(EditsRow):
    """What the person will read: the second page."""

    text = LongTextField(
        "Message à la personne",
        required="Écrivez ce que la personne lira.",
        hint="Vous pouvez changer les mots. Restez simple et respectueux.",
        max_length=REFUSAL_MOST,
        rows=5,
    )

    def suggest(self, reason: RefusalReason) -> None:
        """The usual words for this reason, until others are typed."""
        if not self.text.raw_data:
            self.text.data = REFUSAL_TEXTS[reason]


class InboxFilters(Form):
    """Of « Candidatures »; nonsense filters nothing."""

    offre = SelectField("Offre", blank="Toutes")
    etat = SelectField(
        "État",
        choices=[
            (TO_ANSWER, "À traiter"),
            *((state.value, words) for state, words in STATES.items() if state in EMPLOYER_SEES),
        ],
        blank="Tous",
    )
    delai = SelectField("Délai", choices=[("depasse", "Dépassé")], blank="Tous")
    messages = SelectField("Messages", choices=[("oui", "Non lus")], blank="Tous")

    @property
    def states(self) -> frozenset[ApplicationState] | None:
        """The states asked for; None for all."""
        return WAITS_FOR_EMPLOYER if self.etat.data == TO_ANSWER else _one_state(self.etat.data)

    @property
    def late(self) -> bool:
        """Only those whose deadline is over?"""
        return bool(self.delai.data == "depasse")

    @property
    def unread(self) -> bool:
        """Only those with a message that nobody has read?"""
        return bool(self.messages.data == "oui")


class PipelineFilters(Form):
    """Of « Propositions »; nonsense filters nothing."""

    etat = SelectField("État", choices=choices_of(ApplicationState, STATES), blank="Tous")
    miennes = SelectField("Proposées par", choices=[("oui", "Moi")], blank="Tout le monde")
    retard = SelectField("Délai", choices=[("oui", "Dépassé")], blank="Tous")

    @property
    def states(self) -> frozenset[ApplicationState] | None:
        """The state asked for; None for all."""
        return _one_state(self.etat.data)

    @property
    def mine(self) -> bool:
        """Only those that the reader proposed?"""
        return bool(self.miennes.data == "oui")

    @property
    def late(self) -> bool:
        """Only those whose deadline is over?"""
        return bool(self.retard.data == "oui")


def _one_state(value: Any) -> frozenset[ApplicationState] | None:
    return frozenset({ApplicationState(value)}) if value in set(ApplicationState) else None
