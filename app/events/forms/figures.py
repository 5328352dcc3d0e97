"""What may be asked of the figures of events: months, kind, territory, organiser, programme, and how to group them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from wtforms import Form

from app.core.fields import SelectField, choices_of
from app.core.quantities import MONTHS, add_months
from app.events.labels.kinds import KINDS
from app.events.queries.figures import GROUPS, Asked
from app.events.rules.kinds import EventKind

Choice = tuple[str, str]
GROUP_WORDS: Final = {
    "type": "Type",
    "territoire": "Territoire",
    "organisateur": "Organisateur",
    "programme": "Programme",
    "mois": "Mois",
}
_SHOWN: Final = 36
"""Months that may be chosen."""


def month_words(key: str) -> str:
    """« novembre 2026 » from 2026-11."""
    return f"{MONTHS[int(key[5:7]) - 1]} {key[:4]}"


class EventFigureFilters(Form):
    """In the address; nonsense is the usual: the last twelve months, everything, by kind."""

    du = SelectField("De")
    au = SelectField("à")
    type = SelectField("Type", choices=choices_of(EventKind, KINDS), blank="Tous")
    territoire = SelectField("Territoire")
    organisateur = SelectField("Organisateur")
    programme = SelectField("Programme")
    par = SelectField("Regrouper par", choices=list(GROUP_WORDS.items()), default="type")

    def __init__(
        self,
        formdata: Any,
        *,
        territories: Sequence[Choice],
        organisers: Sequence[Choice],
        programmes: Sequence[Choice],
        today: date,
    ) -> None:
        super().__init__(formdata)
        first = today.replace(day=1)
        months = [f"{add_months(first, -rank):%Y-%m}" for rank in range(_SHOWN)]
        for field, usual in ((self.du, months[11]), (self.au, months[0])):
            field.choices = [(key, month_words(key)) for key in months]
            field.data = field.data if field.data in months else usual
        for field, offered in (
            (self.territoire, territories),
            (self.organisateur, organisers),
            (self.programme, programmes),
        ):
            field.choices = [("", "Tous"), *((key, name[:28]) for key, name in offered)]

    @property
    def group(self) -> str:
        """One of GROUPS."""
        return self.par.data if self.par.data in GROUPS else "type"

    def _known(self, name: str) -> str:
        field: Any = self[name]
        return field.data if field.data in {str(value) for value, *_ in field.choices if value} else ""

    @property
    def asked(self) -> Asked:
        """The months in their order, whatever the order they were given in."""
        since, until = sorted(date.fromisoformat(f"{field.data}-01") for field in (self.du, self.au))
        return Asked(
            since=since,
            until=add_months(until, 1) - timedelta(days=1),
            kind=self._known("type"),
            territory=self._known("territoire"),
            organiser=self._known("organisateur"),
            programme=self._known("programme"),
        )
