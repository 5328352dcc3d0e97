"""What may be asked of the outbox, of the letters and of the reminders?"""

from wtforms.validators import StopValidation

from app.core.fields import IntegerField, TextField, TickField
from app.core.forms import PortalForm
from app.messages.rules.short_codes import typed_code


class OutboxFilters(PortalForm):
    """Whose messages; the name of the field is that of the address."""

    class Meta(PortalForm.Meta):
        csrf = False

    a = TextField("Téléphone ou e-mail")


class ReminderForm(PortalForm):
    """One reminder: its days, and whether it leaves."""

    days = IntegerField("Nombre de jours", required="Dites un nombre de jours.", minimum=0, maximum=365, unit="jours")
    active = TickField("Ce rappel part")


class ShortCodeForm(PortalForm):
    """The code of a letter, typed by hand."""

    code = TextField(
        "Le code de votre lettre",
        max_length=40,
        required="Écrivez le code de votre lettre.",
        hint="8\u00a0lettres et chiffres, près du dessin à scanner. Par exemple\u00a0: ACDE-3467",
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "short-date"},
    )

    def validate_code(self, field: TextField) -> None:
        """The shape only: where it leads is the service's affair."""
        if field.data and typed_code(field.data) is None:
            raise StopValidation("Ce code n’est pas complet, ou un signe est faux. Il a 8\u00a0signes.")
