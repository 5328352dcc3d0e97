"""The filters of the list of events and of the public agenda, in the address; nonsense filters nothing."""

from typing import Any, Final

from wtforms import Form

from app.core.fields import SelectField, TextField
from app.events.labels.kinds import KINDS
from app.events.labels.states import EVENT_STATES
from app.events.queries.agenda import Choices, Wanted
from app.events.queries.listing import PERIODS, Asked, sort_key

Choice = tuple[str, str]
WHO: Final[tuple[Choice, ...]] = (("nous", "Les nôtres"), ("inscrits", "Où nous sommes inscrits"))
PERIOD_WORDS: Final[tuple[Choice, ...]] = (
    ("", "À venir"),
    *zip(PERIODS, ("Dans la semaine", "Dans le mois", "Passés", "Toutes"), strict=True),
)
FOR_WHOM: Final[tuple[Choice, ...]] = (
    ("people", "Je cherche un travail"),
    ("organisations", "J’ai une entreprise ou une structure"),
    ("professionals", "J’accompagne des personnes"),
)
NAMES: Final = ("mots", "qui", "type", "etat", "periode", "territoire", "programme")


def known(field: Any) -> str:
    """What was chosen, when the list offers it."""
    value = str(field.data or "")
    return value if value in {str(choice) for choice, *_ in field.choices if choice} else ""


class EventFilters(Form):
    """Of « Événements »."""

    mots = TextField("Mots", max_length=100)
    qui = SelectField("Organisés par", choices=WHO, blank="Tous")
    type = SelectField("Type", choices=[(kind.value, words) for kind, words in KINDS.items()], blank="Tous")
    etat = SelectField("État", choices=[(state.value, words) for state, words in EVENT_STATES.items()], blank="Tous")
    periode = SelectField("Dates", choices=PERIOD_WORDS)
    territoire = SelectField("Territoire", blank="Tous")
    programme = SelectField("Programme", blank="Tous")

    def __init__(self, sent: Any, territories: list[Choice], programmes: list[Choice]) -> None:
        super().__init__(sent)
        self.territoire.choices = [("", "Tous"), *territories]
        self.programme.choices = [("", "Tous"), *programmes]
        self.sort = sort_key(sent.get("tri"))

    def asked(self) -> Asked:
        """What the list is asked."""
        return Asked(
            who=known(self.qui),
            kind=known(self.type),
            state=known(self.etat),
            period=known(self.periode),
            territory=known(self.territoire),
            programme=known(self.programme),
            words=(self.mots.data or "")[:100],
            sort=self.sort,
        )


class AgendaFilters(Form):
    """Of the public agenda: lists that hold only what would find something."""

    type = SelectField("Type", blank="Tous")
    commune = SelectField("Ville", blank="Toutes")
    pour = SelectField("Pour qui", choices=FOR_WHOM, blank="Tout le monde")
    programme = SelectField("Programme", blank="Tous")
    quand = SelectField("Quand", choices=(("semaine", "Dans la semaine"), ("mois", "Dans le mois")), blank="À venir")

    def __init__(self, sent: Any, choices: Choices) -> None:
        super().__init__(sent)
        self.type.choices = [("", "Tous"), *((kind.value, KINDS[kind]) for kind in choices.kinds)]
        self.commune.choices = [("", "Toutes"), *choices.communes]
        self.programme.choices = [("", "Tous"), *choices.programmes]

    def wanted(self) -> Wanted:
        """What the agenda is asked."""
        return Wanted(
            kind=known(self.type),
            commune=known(self.commune),
            audience=known(self.pour),
            programme=known(self.programme),
            period=known(self.quand),
        )
