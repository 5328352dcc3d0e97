"""Which lot an offer serves."""

from app.core.fields import SelectField
from app.core.forms import ActForm


class ClauseOfferForm(ActForm):
    """The lot and the firm."""

    holder = SelectField("Marché, lot et titulaire", required="Choisissez un lot.", blank="Choisir")
