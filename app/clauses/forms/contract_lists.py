"""The filters of the lists of contracts, lots and buyers, in the address; nonsense filters nothing."""

from typing import Any
from uuid import UUID

from wtforms import Form

from app.clauses.labels.kinds import BUYER_KINDS, NATURES
from app.clauses.labels.states import CONTRACT_STATES
from app.clauses.queries.contracts import DEFAULT_SORT, Asked
from app.clauses.rules.kinds import BuyerKind, Nature
from app.clauses.rules.states import ContractState
from app.core.fields import SelectField, TextField, choices_of

NAME_MOST = 28
_STARTED = [(state.value, words) for state, words in CONTRACT_STATES.items() if state is not ContractState.PREPARED]


def _short(name: str) -> str:
    return name if len(name) <= NAME_MOST else f"{name[: NAME_MOST - 1].rstrip(' ,')}…"


class MyFilters(Form):
    """Of « Mes marchés »."""

    mots = TextField("Mots ou numéro", render_kw={"type": "search", "maxlength": 80})
    etat = SelectField("État", choices=_STARTED, blank="Tous")

    @property
    def words(self) -> str:
        """The words, cut to what a search bears."""
        return (self.mots.data or "")[:80]

    @property
    def state(self) -> ContractState | None:
        return ContractState(self.etat.data) if self.etat.data in set(ContractState) else None


class ContractFilters(MyFilters):
    """Of « Marchés et lots »."""

    etat = SelectField("État", choices=choices_of(ContractState, CONTRACT_STATES), blank="Tous")
    acheteur = SelectField("Acheteur")
    nature = SelectField("Nature", choices=choices_of(Nature, NATURES), blank="Toutes")
    territoire = SelectField("Territoire")
    voir = SelectField("À voir", choices=[("surveiller", "À surveiller"), ("obligation", "Obligation 2026")], blank="–")

    def __init__(self, formdata: Any, *, buyers: list[tuple[str, str]], territories: list[tuple[str, str]]) -> None:
        super().__init__(formdata)
        self.acheteur.choices = [("", "Tous"), *((key, _short(name)) for key, name in buyers)]
        self.territoire.choices = [("", "Tous"), *territories]
        if formdata.get("obligation"):  # the line of « À faire » says it so
            self.voir.data = "obligation"

    def asked(self, sort: str | None) -> Asked:
        """What the address asks."""
        buyers = {key for key, _ in self.acheteur.choices if key}
        territories = {key for key, _ in self.territoire.choices if key}
        return Asked(
            words=self.words,
            buyer_id=UUID(self.acheteur.data) if self.acheteur.data in buyers else None,
            state=self.state,
            nature=Nature(self.nature.data) if self.nature.data in set(Nature) else None,
            territory=self.territoire.data if self.territoire.data in territories else None,
            watch=self.voir.data == "surveiller",
            obligation=self.voir.data == "obligation",
            sort=sort or DEFAULT_SORT,
        )

    @property
    def narrowed(self) -> bool:
        return any(field.data for field in self)


class BuyerFilters(Form):
    """Of « Acheteurs »."""

    mots = TextField("Nom ou SIRET", render_kw={"type": "search", "maxlength": 80})
    nature = SelectField("Nature", choices=choices_of(BuyerKind, BUYER_KINDS), blank="Toutes")

    @property
    def words(self) -> str:
        return (self.mots.data or "")[:80]

    @property
    def kind(self) -> BuyerKind | None:
        return BuyerKind(self.nature.data) if self.nature.data in set(BuyerKind) else None
