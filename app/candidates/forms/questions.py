"""What the person types in « Mon profil »: one question a form, plain words, nothing compulsory but a choice."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from app.candidates.labels import FRENCH_OF_MINE, MEANS
from app.candidates.models import Candidate
from app.candidates.rules import Means
from app.candidates.rules.sections import HeldTitle, TravelLimit
from app.core.fields import (
    DecimalField,
    EmailField,
    LongTextField,
    ManyField,
    PhoneField,
    RadioField,
    ResolvedField,
    SelectField,
    TextField,
)
from app.core.forms import EditsRow
from app.core.grid_field import GridField
from app.core.quantities import MONTHS

Choice = tuple[str, str]
UNKNOWN_WORD: Final = "Nous ne connaissons pas ce mot. Essayez-en un autre."
TICK_IT: Final = "Cochez une réponse dans la liste, puis continuez."


class _Found(EditsRow):
    """A word to search, boxes to tick. ``words_before`` is what was searched already."""

    words = TextField("Écrivez un mot", max_length=100)
    ticked = ManyField("Cochez ce qui est vrai")

    def offer(self, choices: Sequence[Choice]) -> None:
        """Fill the boxes, before validation."""
        self.ticked.choices = list(dict(choices).items())

    def waits(self, found: Sequence[Choice], *, searching: bool, words_before: str) -> bool:
        """Does the word typed still wait for a choice? Then nothing is saved yet."""
        words = self.words.data or ""
        new = bool(words) and words != words_before
        if new and not found:
            self.words.errors = [UNKNOWN_WORD]
        elif new and not searching:
            self.words.errors = [TICK_IT]
        return searching or new


class JobsQuestion(_Found):
    """Which work?"""

    words = TextField("Écrivez un travail", hint="Par exemple\u00a0: ménage, cuisine, jardin.", max_length=100)
    ticked = ManyField("Cochez les métiers voulus", hint="5\u00a0métiers au plus. Le premier compte le plus.")
    own_words = LongTextField("Avec vos mots", hint="Dites ce que vous aimez.", max_length=1000, rows=3)


class SkillsQuestion(_Found):
    """What can you do?"""

    words = TextField("Autre chose\u00a0? Écrivez un mot", hint="Par exemple\u00a0: repas, peinture.", max_length=100)
    ticked = ManyField("Cochez ce que vous savez faire")


class TitlesQuestion(_Found):
    """Which titles and licences?"""

    words = TextField("Écrivez le nom du diplôme", hint="Par exemple\u00a0: CAP, SST, CACES.", max_length=100)
    ticked = ManyField("Cochez vos diplômes")
    licences = ManyField("Vos permis de conduire")

    def titles(self, candidate: Candidate) -> list[HeldTitle]:
        """The ticked ones; dates that the file knows are kept."""
        dates = {line.title_slug: (line.obtained_on, line.valid_until) for line in candidate.titles}
        return [HeldTitle(slug, *dates.get(slug, (None, None))) for slug in self.ticked.data or ()]


class StartQuestion(EditsRow):
    """From when?"""

    when = RadioField(
        "Votre réponse",
        choices=[
            ("now", "Tout de suite"),
            ("date", "À partir d’une date"),
            ("unknown", "Je ne sais pas encore"),
        ],
        required="Choisissez une réponse.",
    )
    day = TextField("Jour", max_length=2, render_kw={"inputmode": "numeric", "class": "short", "maxlength": 2})
    month = TextField("Mois", max_length=2, render_kw={"inputmode": "numeric", "class": "short", "maxlength": 2})
    year = TextField("Année", max_length=4, render_kw={"inputmode": "numeric", "class": "short", "maxlength": 4})

    def start(self, today: date) -> date | None:
        """The day; None when it is not known, or wrong (the fields then say so)."""
        if self.when.data == "now":
            return today
        if self.when.data != "date":
            return None
        texts = [field.data or "" for field in (self.day, self.month, self.year)]
        if not all(text.isascii() and text.isdigit() for text in texts):
            self.day.errors = ["Écrivez le jour, le mois et l’année, en chiffres."]
            return None
        day, month, year = map(int, texts)
        problem = _no_such_day(day, month, year)
        if problem:
            self.day.errors = [problem]
            return None
        return date(year, month, day)


def _no_such_day(day: int, month: int, year: int) -> str:
    if not 1 <= month <= 12:
        return "Le mois va de 1 à 12."
    if not 2020 <= year <= 2100:
        return "Vérifiez l’année. Écrivez 4\u00a0chiffres."
    days, name = monthrange(year, month)[1], MONTHS[month - 1]
    if not 1 <= day <= days:
        return f"Le {day}\u00a0{name} n’existe pas. {name.capitalize()} a {days}\u00a0jours."
    return ""


class WeekQuestion(EditsRow):
    """At which moments?"""

    grid = GridField("Cochez tous les moments possibles")


class HoursQuestion(EditsRow):
    """How many hours?"""

    hours_min = DecimalField("Au moins", hint="Le plus petit nombre d’heures.", maximum=168, unit="h")
    hours_max = DecimalField("Au plus", hint="Le plus grand. 48 au plus, c’est la loi.", maximum=168, unit="h")


_MINUTES: Final = (15, 30, 45, 60, 90)


def _minutes_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes}\u00a0minutes au plus"
    return f"{hours}\u00a0h\u00a0{rest} au plus" if rest else f"{hours}\u00a0h au plus"


class TravelQuestion(EditsRow):
    """By which means, and how long at most?"""

    foot = SelectField(MEANS[Means.FOOT], blank="Non")
    bike = SelectField(MEANS[Means.BIKE], blank="Non")
    bus = SelectField(MEANS[Means.BUS], blank="Non")
    car = SelectField(MEANS[Means.CAR], blank="Non")

    def offer(self, candidate: Candidate) -> None:
        """Usual times, and the one that the file says."""
        now = {line.means: line.max_minutes for line in candidate.travels}
        for means in Means:
            known = now.get(means.value)
            times = sorted({*_MINUTES, *([known] if known else [])})
            words = [(str(minutes), _minutes_words(minutes)) for minutes in times]
            if means.value in now and not known:
                words.append(("km", "Oui, sans temps fixé"))
            self[means.value].choices = [("", "Non"), *words]

    def travels(self, candidate: Candidate) -> list[TravelLimit]:
        """The means used; a limit in kilometres that the file knows is kept."""
        kilometres = {line.means: line.max_km for line in candidate.travels}
        found = []
        for means in Means:
            answer = self[means.value].data
            if answer:
                found.append(TravelLimit(means, int(answer) if answer != "km" else None, kilometres.get(means.value)))
        return found


class FrenchQuestion(EditsRow):
    """How well?"""

    french = RadioField(
        "Votre niveau",
        choices=[(str(int(level)), words) for level, words in FRENCH_OF_MINE.items()],
        required="Choisissez une réponse.",
    )


class RefusalsQuestion(EditsRow):
    """What not?"""

    refusals = ManyField("Cochez ce que vous ne voulez pas")
    others = ManyField("Voir d’autres réponses")

    def refused(self) -> list[str]:
        """What was ticked in both lists."""
        return [*(self.refusals.data or ()), *(self.others.data or ())]


class NameQuestion(EditsRow):
    """Names."""

    first_name = TextField("Prénom", max_length=100)
    last_name = TextField("Nom", max_length=100, required="Écrivez votre nom.")


class ContactQuestion(EditsRow):
    """Phone and e-mail."""

    phone = PhoneField("Votre téléphone")
    email = EmailField("Votre e-mail")


class HomeQuestion(EditsRow):
    """Commune and address."""

    commune = ResolvedField(
        "Votre ville",
        required="Écrivez le nom de votre ville.",
        resolve=lambda _: None,
        unknown="Nous ne connaissons pas cette ville en Essonne.",
        render_kw={"list": "communes", "autocomplete": "off"},
    )
    address = TextField("Votre adresse", hint="Les entreprises ne la voient jamais.", max_length=200)

    def look_up(self, find: Callable[[str], Any | None], suggest: Callable[[str], Sequence[Any]]) -> None:
        """Say how a commune is found. Before validation."""
        self.commune.resolve, self.commune.suggest = find, suggest
