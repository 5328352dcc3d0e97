"""What may be asked of the figures: the months of the hires, three or six months after, one territory, one sector."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.core.fields import SelectField
from app.core.quantities import MONTHS, add_months
from app.follow_up.queries.figures import GROUPS, Asked
from app.follow_up.rules.standing import DAYS

_MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
GROUP_WORDS: Final = {
    "employeur": "Employeur",
    "secteur": "Secteur",
    "territoire": "Territoire",
    "mois": "Mois d’embauche",
}
HORIZONS: Final = {90: "À 3\u00a0mois", 180: "À 6\u00a0mois"}
_SHOWN: Final = 24
"""Months that may be chosen."""


def month_words(key: str) -> str:
    """« novembre 2026 » from 2026-11."""
    return f"{MONTHS[int(key[5:7]) - 1]} {key[:4]}"


class FiguresFilters(Form):
    """In the address; nonsense is the usual: six months after, hires of the last twelve months that can be known."""

    a = SelectField("Où en est-on", choices=[(str(days), words) for days, words in HORIZONS.items()], default="180")
    du = SelectField("Embauches de")
    au = SelectField("à")
    territoire = SelectField("Territoire")
    secteur = SelectField("Secteur")
    par = SelectField("Regrouper par", choices=list(GROUP_WORDS.items()), default="employeur")

    def __init__(
        self,
        formdata: MultiDict[str, str],
        *,
        territories: Sequence[tuple[str, str]],
        families: Sequence[tuple[str, str]],
        today: date,
    ) -> None:
        super().__init__(formdata)
        self.today = today
        first = today.replace(day=1)
        months = [f"{add_months(first, -rank):%Y-%m}" for rank in range(_SHOWN)]
        for field in (self.du, self.au):
            field.choices = [(key, month_words(key)) for key in months]
        self.territoire.choices = [("", "Tous"), *territories]
        self.secteur.choices = [("", "Tous"), *families]
        self.du.data = self._month(self.du.data, months[min(17, _SHOWN - 1)])
        self.au.data = self._month(self.au.data, months[0])

    def _month(self, given: str | None, usual: str) -> str:
        return given if given and _MONTH.fullmatch(given) else usual

    @property
    def days(self) -> int:
        """90 or 180."""
        return int(self.a.data) if self.a.data in {str(days) for days in DAYS} else 180

    @property
    def group(self) -> str:
        """One of GROUPS."""
        return self.par.data if self.par.data in GROUPS else "employeur"

    def _chosen(self, field: SelectField) -> str:
        return field.data if field.data in {key for key, *_ in field.choices} else ""

    @property
    def asked(self) -> Asked:
        """The months in their order, whatever the order they were given in."""
        months = sorted(date.fromisoformat(f"{field.data}-01") for field in (self.du, self.au))
        return Asked(
            days=self.days,
            since=months[0],
            until=months[1],
            territory=self._chosen(self.territoire),
            family=self._chosen(self.secteur),
            today=self.today,
        )


class ExitsFilters(Form):
    """Hires of which months, and whether the exit counts for the PLIE."""

    du = SelectField("Embauches de")
    au = SelectField("à")
    voir = SelectField("Sortie positive PLIE", choices=[("oui", "Oui"), ("non", "Pas encore")], blank="Toutes")

    def __init__(self, formdata: MultiDict[str, str], *, today: date) -> None:
        super().__init__(formdata)
        first = today.replace(day=1)
        months = [f"{add_months(first, -rank):%Y-%m}" for rank in range(_SHOWN)]
        for field, usual in ((self.du, months[11]), (self.au, months[0])):
            field.choices = [(key, month_words(key)) for key in months]
            field.data = field.data if field.data in months else usual

    @property
    def since(self) -> date:
        """The first day of the earlier month."""
        return min(date.fromisoformat(f"{field.data}-01") for field in (self.du, self.au))

    @property
    def until(self) -> date:
        """The first day of the later month."""
        return max(date.fromisoformat(f"{field.data}-01") for field in (self.du, self.au))

    def keeps(self, counts: bool) -> bool:
        """Is a line shown, that counts or not?"""
        return self.voir.data not in {"oui", "non"} or counts == (self.voir.data == "oui")
