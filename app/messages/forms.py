"""What may be asked of the outbox?"""

from app.core.fields import IntegerField, TextField, TickField
from app.core.forms import PortalForm


class OutboxFilters(PortalForm):
    """Whose messages; the name of the field is that of the address."""

    class Meta(PortalForm.Meta):
        csrf = False

    a = TextField("Téléphone ou e-mail")


class ReminderForm(PortalForm):
    """One reminder: its days, and whether it leaves."""

    days = IntegerField("Nombre de jours", required="Dites un nombre de jours.", minimum=0, maximum=365, unit="jours")
    active = TickField("Ce rappel part")
