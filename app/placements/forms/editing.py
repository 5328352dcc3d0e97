"""What may be typed to change a stage."""

from typing import Any

from app.core.fields import EmailField, LongTextField, PhoneField, TextField
from app.core.forms import EditsRow
from app.core.french import phone
from app.core.grid import Grid
from app.core.grid_field import GridField
from app.placements.forms.asking import HostFields, StageFields
from app.placements.models import Placement
from app.placements.rules.asking import WORDS_MOST, DeclaredHost, More

_SAME = ("title", "purpose", "starts_on", "ends_on", "hours_week", "asked_words", "tasks", "grid")
_TUTOR = ("tutor_name", "tutor_job", "tutor_phone", "tutor_email")


class EditForm(HostFields, StageFields, EditsRow):
    """Dates, hours, tasks; the tutor and the week for professionals, the name of a host that has no account."""

    tasks = LongTextField("Tâches", max_length=WORDS_MOST, rows=3)
    tutor_name = TextField("Nom du tuteur ou de la tutrice", max_length=120)
    tutor_job = TextField("Son métier", max_length=120)
    tutor_phone = PhoneField("Son téléphone")
    tutor_email = EmailField("Son adresse e-mail")
    grid = GridField("Horaires de la semaine")

    def more(self) -> More | None:
        """The week and the tutor; None when the form does not ask them."""
        if "grid" not in self:
            return None
        return More(
            grid=self.grid.data or Grid(),
            tutor_name=self.tutor_name.data or "",
            tutor_job=self.tutor_job.data or "",
            tutor_phone=self.tutor_phone.data or None,
            tutor_email=self.tutor_email.data or None,
        )

    def host(self) -> DeclaredHost | None:
        """The host as typed; None when the form does not ask it."""
        return self.declared() if "host_name" in self else None

    def for_person(self) -> None:
        """The person changes what they asked, no more, in the words in which they asked it."""
        self.in_own_words()
        for name in ("tasks", "grid", *_TUTOR, "host_contact_email", "host_address"):
            if name in self:
                del self[name]


def as_typed(placement: Placement) -> dict[str, Any]:
    """Values for the form."""
    names = (*_SAME, *_TUTOR, *DeclaredHost.__dataclass_fields__, "version")
    values = {name: getattr(placement, name) for name in names}
    values |= {name: phone(values[name]) for name in ("tutor_phone", "host_contact_phone")}
    return {**values, "commune": placement.commune.name if placement.commune else ""}
