"""The filters of the lists of stages, in the address; nonsense filters nothing."""

from typing import Any, Final

from wtforms import Form

from app.core.fields import SelectField, TextField
from app.placements.queries import received
from app.placements.queries.listing import Asked, sort_key

Choice = tuple[str, str]
STATES: Final[tuple[Choice, ...]] = (
    ("", "En cours ou à venir"),
    ("demandes", "Demandés"),
    ("acceptes", "Acceptés"),
    ("convention", "Convention en route"),
    ("prets", "Convention validée"),
    ("en-cours", "En stage"),
    ("finis", "Finis, bilan à faire"),
    ("clos", "Bilan fait"),
    ("sans-suite", "Refusés ou annulés"),
    ("tous", "Tous"),
)
PERIODS: Final[tuple[Choice, ...]] = (
    ("bientot", "Commence dans 10\u00a0jours"),
    ("mois", "Ce mois-ci"),
    ("a-venir", "À venir"),
    ("passes", "Passés"),
)
RECEIVED: Final[tuple[Choice, ...]] = (
    ("", "Tous"),
    ("a-repondre", "À répondre"),
    ("a-venir", "À venir"),
    ("en-cours", "En cours"),
    ("finis", "Finis"),
    ("sans-suite", "Refusés ou annulés"),
)
NAMES: Final = ("etat", "quand", "entreprise", "secteur", "territoire", "prescripteur", "convention")


def _short(name: str, most: int = 28) -> str:
    """A name that fits the bar of a phone."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


class PlacementFilters(Form):
    """Of « Stages »."""

    etat = SelectField("Situation", choices=STATES)
    quand = SelectField("Période", choices=PERIODS, blank="Toutes")
    entreprise = TextField("Entreprise", max_length=100)
    secteur = SelectField("Secteur", blank="Tous")
    territoire = SelectField("Territoire", blank="Tous")
    prescripteur = SelectField("Prescripteur", blank="Tous")
    convention = SelectField("Convention", choices=[("sans", "Sans convention")], blank="Toutes")

    def __init__(self, sent: Any, families: list[Choice], territories: list[Choice], prescribers: list[Choice]) -> None:
        super().__init__(sent)
        for name, choices in (("secteur", families), ("territoire", territories), ("prescripteur", prescribers)):
            self[name].choices = [("", "Tous"), *((value, _short(label)) for value, label in choices)]
        self.sort = sort_key(sent.get("tri"))

    def asked(self) -> Asked:
        """What the list is asked."""
        return Asked(
            state=self._known("etat"),
            period=self._known("quand"),
            host=(self.entreprise.data or "")[:100],
            family=self._known("secteur"),
            territory=self._known("territoire"),
            prescriber=self._known("prescripteur"),
            without_convention=self._known("convention") == "sans",
            sort=self.sort,
        )

    def _known(self, name: str) -> str:
        field: Any = self[name]
        return field.data if field.data in {str(value) for value, *_ in field.choices if value} else ""


class ReceivedFilters(Form):
    """Of « Stagiaires »."""

    etat = SelectField("Situation", choices=RECEIVED)

    def __init__(self, sent: Any) -> None:
        super().__init__(sent)
        self.state = self.etat.data if self.etat.data in received.STATES else ""
        self.sort = received.sort_key(sent.get("tri"))
