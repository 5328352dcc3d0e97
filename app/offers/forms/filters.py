"""The filters of the lists of offers, in the address; nonsense filters nothing."""

from typing import Any, Final

from wtforms import Form

from app.core.fields import SelectField, TextField, choices_of
from app.offers.labels import KINDS, STATES
from app.offers.rules import OfferKind, OfferState

_PUBLIC_STATES = [(state.value, words) for state, words in STATES.items() if state is not OfferState.DRAFT]

NAME_MOST: Final = 28


class EmployerFilters(Form):
    """Of « Mes offres »."""

    mots = TextField("Mots ou numéro", render_kw={"type": "search", "maxlength": 80})
    etat = SelectField("État", choices=choices_of(OfferState, STATES), blank="Tous")
    type = SelectField("Type", choices=choices_of(OfferKind, KINDS), blank="Tous")

    @property
    def kind(self) -> OfferKind | None:
        """The kind of offer asked for."""
        return OfferKind(self.type.data) if self.type.data in set(OfferKind) else None

    @property
    def state(self) -> OfferState | None:
        """The state asked for."""
        return OfferState(self.etat.data) if self.etat.data in set(OfferState) else None

    @property
    def words(self) -> str:
        """The words, cut to what a search bears."""
        return (self.mots.data or "")[:80]


class TerritoryFilters(EmployerFilters):
    """Of « Offres du territoire »: open ones of the reader's territory unless asked otherwise."""

    etat = SelectField("État", choices=[("", "Tous"), *_PUBLIC_STATES], default=OfferState.PUBLISHED.value)
    territoire = SelectField("Territoire")
    famille = SelectField("Famille de métiers")

    def __init__(
        self, formdata: Any, *, territories: list[tuple[str, str]], families: list[tuple[str, str]], mine: str | None
    ) -> None:
        super().__init__(formdata, data={"territoire": mine or ""})
        self.territoire.choices = [("", "Tout le département"), *territories]
        self.famille.choices = [("", "Toutes"), *((slug, _short(name)) for slug, name in families)]
        # An address without the parameter means the default; with it, even empty, what it says.
        if "etat" not in formdata:
            self.etat.data = OfferState.PUBLISHED.value
        if "territoire" not in formdata:
            self.territoire.data = mine or ""


def _short(name: str) -> str:
    """A name that leaves room on the narrowest screen."""
    return name if len(name) <= NAME_MOST else f"{name[: NAME_MOST - 1].rstrip(' ,')}…"
