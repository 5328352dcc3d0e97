"""What may be asked of hours and figures of stages: months, a name, a territory, a grouping; nonsense is the usual."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from wtforms import Form

from app.core.fields import SelectField, TextField
from app.core.quantities import MONTHS, add_months
from app.placements.labels.kinds import ORIGINS, PURPOSES
from app.placements.queries import figures, hours

_MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_SHOWN: Final = 24
"""Months that may be chosen."""
_HOURS_MONTHS: Final = 12
GROUP_WORDS: Final = {
    "objet": "Objet",
    "origine": "Origine",
    "accueil": "Employeur",
    "territoire": "Territoire",
    "mois": "Mois de début",
}


def month_words(key: str) -> str:
    """« novembre 2026 » from 2026-11."""
    return f"{MONTHS[int(key[5:7]) - 1]} {key[:4]}"


class _Months(Form):
    """Two months, in their order whatever the order they were given in."""

    du = SelectField("De")
    au = SelectField("à")

    def prepare(self, today: date, since: int) -> None:
        """The months that may be chosen; the usual first one is ``since`` months ago."""
        first = today.replace(day=1)
        months = [f"{add_months(first, -rank):%Y-%m}" for rank in range(_SHOWN)]
        for field, usual in ((self.du, months[since]), (self.au, months[0])):
            field.choices = [(key, month_words(key)) for key in months]
            field.data = field.data if field.data and _MONTH.fullmatch(field.data) else usual

    def period(self, most: int = _SHOWN) -> tuple[date, date]:
        """The first and the last day; ``most`` months at most."""
        first, last = sorted(date.fromisoformat(f"{field.data}-01") for field in (self.du, self.au))
        return max(first, add_months(last, 1 - most)), add_months(last, 1) - timedelta(days=1)


class HoursFilters(_Months):
    """Of « Heures d’activité »."""

    personne = TextField("Personne", max_length=80)

    def __init__(self, sent: Any, today: date) -> None:
        super().__init__(sent)
        self.prepare(today, 0)

    @property
    def asked(self) -> hours.Asked:
        """What is asked."""
        return hours.Asked(*self.period(_HOURS_MONTHS), (self.personne.data or "")[:80])


class FiguresFilters(_Months):
    """Of « Chiffres des stages »."""

    objet = SelectField("Objet", choices=[(one.value, words) for one, words in PURPOSES.items()], blank="Tous")
    origine = SelectField("Origine", choices=[(one.value, words) for one, words in ORIGINS.items()], blank="Toutes")
    territoire = SelectField("Territoire")
    par = SelectField("Regrouper par", choices=list(GROUP_WORDS.items()), default="objet")

    def __init__(self, sent: Any, territories: Sequence[tuple[str, str]], today: date) -> None:
        super().__init__(sent)
        self.territoire.choices = [("", "Tous"), *territories]
        self.prepare(today, _HOURS_MONTHS - 1)

    @property
    def group(self) -> str:
        """One of GROUPS."""
        return self.par.data if self.par.data in figures.GROUPS else "objet"

    @property
    def asked(self) -> figures.Asked:
        """What is asked."""
        return figures.Asked(
            *self.period(),
            purpose=self._known("objet"),
            origin=self._known("origine"),
            territory=self._known("territoire"),
        )

    def _known(self, name: str) -> str:
        field: Any = self[name]
        return field.data if field.data in {str(value) for value, *_ in field.choices if value} else ""
