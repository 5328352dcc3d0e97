"""What may be asked of the journal? The names of the fields are those of the address."""

from app.audit.labels import OBJECTS, ROLES
from app.core.fields import DateField, SelectField
from app.core.forms import PortalForm


class JournalFilters(PortalForm):
    """Filters of the journal. Names of persons never go into an address."""

    class Meta(PortalForm.Meta):
        csrf = False

    objet = SelectField("Objet", choices=OBJECTS.items(), blank="Tous")
    role = SelectField("Rôle", choices=ROLES.items(), blank="Tous")
    du = DateField("Du", hint="")
    au = DateField("Au", hint="")
