"""« À la date du » of the progress pages, and the filters of the département's table, in the address."""

import datetime
from typing import Final
from uuid import UUID

from wtforms import Form

from app.clauses.labels.kinds import NATURES
from app.clauses.labels.states import CONTRACT_STATES
from app.clauses.queries.department import GROUPS, SHOWN, Asked
from app.clauses.rules.figures import ETP_DIVISORS
from app.clauses.rules.kinds import Nature
from app.clauses.rules.states import ContractState
from app.core.fields import DateField, SelectField, TextField, choices_of
from app.core.forms import MakesRow

FIRST_DAY: Final = datetime.date(2000, 1, 1)


class AsOfForm(Form):
    """The day as of which a page speaks: today when it is empty, no day, or still to come."""

    date = DateField("Voir à la date du")

    def day(self, today: datetime.date) -> datetime.date:
        """Never an error on the page: what is no day means today."""
        self.validate()
        asked = None if self.date.errors else self.date.data
        if asked is None or not FIRST_DAY <= asked <= today:
            return today
        return asked


NAME_MOST: Final = 26
GROUP_WORDS: Final = {
    "plie": "PLIE",
    "acheteur": "Acheteur",
    "territoire": "Territoire",
    "nature": "Nature",
    "entreprise": "Entreprise",
}
_STATES: Final = [(state.value, CONTRACT_STATES[state]) for state in SHOWN]
_ETP: Final = [(str(divisor), f"{divisor // 1000}\u00a0{divisor % 1000}\u00a0h") for divisor in map(int, ETP_DIVISORS)]
Choices = list[tuple[str, str]]


def _short(name: str) -> str:
    return name if len(name) <= NAME_MOST else f"{name[: NAME_MOST - 1].rstrip(' ,')}…"


class DepartmentFilters(AsOfForm):
    """Of the département's table."""

    mots = TextField("Mots ou numéro", render_kw={"type": "search", "maxlength": 80})
    acheteur = SelectField("Acheteur")
    territoire = SelectField("Territoire")
    plie = SelectField("PLIE")
    nature = SelectField("Nature", choices=choices_of(Nature, NATURES), blank="Toutes")
    etat = SelectField("État", choices=_STATES, blank="Tous")
    voir = SelectField("Situation", choices=[("danger", "En danger")], blank="Toutes")
    groupe = SelectField("Regrouper", choices=list(GROUP_WORDS.items()), blank="Par marché")
    etp = SelectField("ETP sur", choices=_ETP)

    def __init__(self, formdata: object, *, buyers: Choices, territories: Choices, plies: Choices) -> None:
        super().__init__(formdata)
        for field, choices in ((self.acheteur, buyers), (self.territoire, territories), (self.plie, plies)):
            field.choices = [("", "Tous"), *((key, _short(name)) for key, name in choices)]

    def _chosen(self, field: SelectField) -> str | None:
        return field.data if field.data in {key for key, *_ in field.choices if key} else None

    @property
    def group(self) -> str:
        """One of GROUPS, or nothing: contract by contract."""
        return self.groupe.data if self.groupe.data in GROUPS else ""

    @property
    def divisor(self) -> int:
        """Hours of a full-time year."""
        return int(self.etp.data) if self.etp.data in {key for key, _ in _ETP} else int(ETP_DIVISORS[0])

    @property
    def narrowed(self) -> bool:
        return any((self.mots.data, self.acheteur.data, self.territoire.data, self.plie.data, self.nature.data,
                    self.etat.data, self.voir.data, self.date.data))  # fmt: skip

    def asked(self, today: datetime.date) -> Asked:
        """What the address asks; nonsense asks nothing."""
        buyer, plie, state = self._chosen(self.acheteur), self._chosen(self.plie), self._chosen(self.etat)
        return Asked(
            as_of=self.day(today),
            today=today,
            words=(self.mots.data or "")[:80],
            buyer_id=UUID(buyer) if buyer else None,
            territory=self._chosen(self.territoire),
            plie_id=UUID(plie) if plie else None,
            nature=Nature(self.nature.data) if self.nature.data in set(Nature) else None,
            states=(ContractState(state),) if state else SHOWN,
            danger=self.voir.data == "danger",
        )


class LinkForm(MakesRow):
    """A new link for a buyer."""

    last_day = DateField("Dernier jour", required="Indiquez le dernier jour où le lien peut être lu.")

    @property
    def until(self) -> datetime.date:
        """The day, once the form is right."""
        assert self.last_day.data is not None
        return self.last_day.data
