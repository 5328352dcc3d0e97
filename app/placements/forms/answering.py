"""What may be typed to answer a request of stage, or to say that it does not take place."""

from app.core.fields import LongTextField, PhoneField, RadioField, TextField
from app.core.forms import EditsRow
from app.core.roles import Role
from app.placements.labels.kinds import CANCEL_REASONS
from app.placements.rules.asking import WORDS_MOST, Welcome, reasons_for
from app.placements.rules.kinds import CancelReason


class AcceptForm(EditsRow):
    """« Oui », and what is known already of the welcome."""

    contact_name = TextField("Qui signera la convention", max_length=120)
    tutor_name = TextField("Qui accueille la personne", max_length=120, hint="Le tuteur ou la tutrice.")
    tutor_phone = PhoneField("Son téléphone")
    tasks = LongTextField("Ce que la personne fera", max_length=WORDS_MOST, rows=3)

    def welcome(self) -> Welcome:
        """What was typed, once its shape is right."""
        return Welcome(
            contact_name=self.contact_name.data or "",
            tutor_name=self.tutor_name.data or "",
            tutor_phone=self.tutor_phone.data or None,
            tasks=self.tasks.data or "",
        )


class DeclineForm(EditsRow):
    """« Non », with words for the person."""

    words = LongTextField(
        "Pourquoi\u00a0?",
        max_length=WORDS_MOST,
        rows=3,
        required="Dites pourquoi, en quelques mots.",
        hint="La personne lit ces mots. Par exemple\u00a0: pas de tuteur disponible à ces dates.",
    )


class CancelForm(EditsRow):
    """It does not take place. Who has one reason only is not asked which."""

    reason = RadioField("Raison", required="Choisissez une raison.")
    words = LongTextField("Pourquoi\u00a0?", max_length=WORDS_MOST, rows=3)

    def offer(self, role: Role) -> None:
        """The reasons of a role; before validation."""
        reasons = reasons_for(role)
        self.reason.choices = [(one.value, CANCEL_REASONS[one]) for one in reasons]
        self.only = reasons[0] if len(reasons) == 1 else None
        if self.only is not None:
            del self.reason

    @property
    def said(self) -> CancelReason:
        """The reason chosen, or the only one."""
        return self.only or CancelReason(str(self.reason.data))
