"""What the organiser adds to the results that the portal counted, and why a meeting is set aside."""

from app.core.fields import IntegerField, LongTextField, TextField
from app.core.forms import PortalForm


class ReviewForm(PortalForm):
    """Besides what the portal counted."""

    hires = IntegerField("Autres embauches", maximum=500, required="Écrivez un nombre, même 0.")
    placements = IntegerField("Autres stages", maximum=500, required="Écrivez un nombre, même 0.")
    partnerships = IntegerField("Autres partenariats", maximum=500, required="Écrivez un nombre, même 0.")
    words = LongTextField(
        "Ce que vous retenez", max_length=2000, rows=4, hint="Par exemple : ce que les employeurs vous ont dit."
    )


class SetAsideForm(PortalForm):
    """Nothing follows a meeting."""

    reason = TextField("Pourquoi", required="Dites pourquoi en quelques mots.")
