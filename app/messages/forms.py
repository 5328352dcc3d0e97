"""What may be asked of the outbox?"""

from app.core.fields import TextField
from app.core.forms import PortalForm


class OutboxFilters(PortalForm):
    """Whose messages; the name of the field is that of the address."""

    class Meta(PortalForm.Meta):
        csrf = False

    a = TextField("Téléphone ou e-mail")
