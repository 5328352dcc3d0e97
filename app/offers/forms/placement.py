"""The form of an offer of stage: what is discovered, where, from when; neither employment nor pay."""

from typing import Any

from app.core.fields import DateField, IntegerField, LongTextField, ManyField, TextField
from app.core.forms import EditsRow, MakesRow
from app.offers.forms.posting import NamedField, OfferFields, WeekHoursField
from app.offers.rules import POSTS_MOST, OfferKind


class PlacementFields(OfferFields):
    """A stage asks no skill and no title: it is done to discover. What is sent for a field that is gone is not read."""

    placement = True
    kind = employment_kind = pay_min = pay_max = pay_period = None  # type: ignore[assignment]
    required_skills = wished_skills = wished_titles = None  # type: ignore[assignment]

    title = TextField(
        "Ce que la personne va découvrir",
        hint="Par exemple\u00a0: le service en salle. Laissez vide pour le titre que nous proposons.",
        max_length=120,
    )
    commune = NamedField(
        "Commune du stage",
        key="insee",
        render_kw={"list": "communes", "autocomplete": "off"},
        hint="Un nom ou un code postal de l’Essonne.",
        several="Plusieurs communes répondent. Choisissez la bonne.",
        unknown="Nous ne connaissons pas cette commune de l’Essonne. Vérifiez le nom ou le code postal.",
    )
    start_on = DateField("Possible à partir du")
    end_on = DateField("Possible jusqu’au", hint="Vide\u00a0: tant que l’offre est en ligne.")
    hours_week = WeekHoursField("Heures par semaine", hint="48\u00a0h au plus.", minimum=1, maximum=168, unit="h")
    posts = IntegerField(
        "Nombre de places",
        hint="Combien de personnes vous pouvez accueillir, ensemble ou l’une après l’autre.",
        required="Dites combien de places.",
        minimum=1,
        maximum=POSTS_MOST,
        default=1,
    )
    description = LongTextField("Description", hint="Ce que la personne verra et essaiera, avec qui, et où.")
    required_licences = ManyField("Permis indispensables", hint="Seulement si la personne conduit pendant le stage.")
    address = TextField("Adresse du stage", hint="Montrée aux personnes accueillies, jamais avant.", max_length=300)

    def _nature(self) -> dict[str, Any]:
        return {"kind": OfferKind.PLACEMENT}

    def _usual_title(self, trade: Any | None) -> str:
        return f"Découvrir le métier\u00a0: {trade.name} (H/F)" if trade else ""


class NewPlacementForm(PlacementFields, MakesRow):
    """A stage that does not exist yet."""


class EditPlacementForm(PlacementFields, EditsRow):
    """One that does."""
