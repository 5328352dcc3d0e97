"""Filters of the lists of matches, the note of a proposal, and the weights of the score."""

from collections.abc import Sequence
from typing import Any

from wtforms import Form

from app.core.fields import DateField, DecimalField, IntegerField, LongTextField, SelectField, choices_of
from app.core.forms import PortalForm
from app.matches.labels import TRADE_FILTERS
from app.matches.rules import WAITING_CHOICES, MatchOrder, TradeFilter


class MatchFilters(Form):
    """Filters in the address; nonsense means no filter."""

    metier = SelectField("Métier", choices=choices_of(TradeFilter, TRADE_FILTERS), default=TradeFilter.NEAR.value)
    commune = SelectField("Commune", blank="Toutes")
    attend = SelectField(
        "Attend depuis",
        blank="Peu importe",
        choices=[(str(days), f"{days}\u00a0jours ou plus") for days in WAITING_CHOICES],
    )

    def offer_communes(self, communes: Sequence[tuple[str, str]]) -> None:
        """The communes to choose from, once they are known."""
        self.commune.choices = [("", "Toutes"), *communes]

    @property
    def trade_filter(self) -> TradeFilter:
        """Same or near by default."""
        known = {member.value for member in TradeFilter}
        return TradeFilter(self.metier.data) if self.metier.data in known else TradeFilter.NEAR

    @property
    def waiting_days(self) -> int:
        """0: any."""
        return int(self.attend.data) if self.attend.data in {str(days) for days in WAITING_CHOICES} else 0


def order_of(raw: str | None) -> tuple[MatchOrder, bool]:
    """(what is sorted, downwards) of « ?tri=-score »; nonsense is the best score first."""
    key = (raw or "").removeprefix("-")
    if raw and key in {member.value for member in MatchOrder}:
        return MatchOrder(key), raw.startswith("-")
    return MatchOrder.SCORE, True


class ProposalForm(PortalForm):
    """The words that go with a proposal."""

    note = LongTextField(
        "Un mot pour ces personnes",
        hint="Elles le lisent avec l’offre. L’employeur ne le voit pas.",
        max_length=600,
        rows=3,
    )


class WeightsForm(PortalForm):
    """A new set of weights, from a day on."""

    valid_from = DateField("À partir du", required="Écrivez la date de début.")
    trade = IntegerField("Même métier", required="Écrivez des points.", maximum=100)
    same_rome = IntegerField("Même fiche métier (ROME)", required="Écrivez des points.", maximum=100)
    family = IntegerField("Même famille de métiers", required="Écrivez des points.", maximum=100)
    travel = IntegerField("Trajet", required="Écrivez des points.", maximum=100)
    grid = IntegerField("Horaires", required="Écrivez des points.", maximum=100)
    skills = IntegerField("Compétences et titres", required="Écrivez des points.", maximum=100)
    french = IntegerField("Français", required="Écrivez des points.", maximum=100)
    car_km_h = DecimalField("Voiture", required="Écrivez une vitesse.", minimum=1, maximum=130, unit="km/h")
    bus_km_h = DecimalField("Bus", required="Écrivez une vitesse.", minimum=1, maximum=130, unit="km/h")
    bus_wait_min = DecimalField(
        "Attente du bus, en minutes", required="Écrivez des minutes.", maximum=60, unit="minutes"
    )
    bike_km_h = DecimalField("Vélo", required="Écrivez une vitesse.", minimum=1, maximum=60, unit="km/h")
    foot_km_h = DecimalField("À pied", required="Écrivez une vitesse.", minimum=1, maximum=15, unit="km/h")

    @property
    def values(self) -> dict[str, Any]:
        """The columns of MatchWeights."""
        return {name: field.data for name, field in self._fields.items() if name != "csrf_token"}
