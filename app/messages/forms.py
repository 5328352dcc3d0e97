"""What may be asked of the outbox, of the letters, of the reminders, and what may one want to receive?"""

from collections.abc import Mapping

from wtforms.validators import StopValidation

from app.core.fields import IntegerField, RadioField, SelectField, TextField, TickField, choices_of
from app.core.forms import PortalForm
from app.core.roles import Role
from app.messages.labels import CATEGORY_WORDS, CHANNEL_WORDS, STATE_WORDS, WISH_WORDS
from app.messages.rules import Category, Channel, MessageState, Wish
from app.messages.rules.kinds import categories_for, choices_for, usual_wish
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
        hint="8\u00a0lettres et chiffres, près du dessin à scanner. Par exemple\u00a0: ACDE\u20113467",
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "short-date"},
    )

    def validate_code(self, field: TextField) -> None:
        """The shape only: where it leads is the service's affair."""
        if field.data and typed_code(field.data) is None:
            raise StopValidation("Ce code n’est pas complet, ou un signe est faux. Il a 8\u00a0signes.")


class TroubleFilters(PortalForm):
    """Which of the messages that wait for a human."""

    class Meta(PortalForm.Meta):
        csrf = False

    etat = SelectField(
        "État",
        blank="Tous",
        choices=[(state.value, STATE_WORDS[state]) for state in (MessageState.FAILED, MessageState.UNCERTAIN)],
    )
    canal = SelectField(
        "Canal",
        blank="Tous",
        choices=[line for line in choices_of(Channel, CHANNEL_WORDS) if line[0] != Channel.LETTER],
    )
    texte = SelectField("Texte", blank="Tous")


class WishesForm(PortalForm):
    """One question for each category that the person receives and may refuse."""

    @classmethod
    def for_role(cls, role: Role, wishes: Mapping[Category, Wish]) -> "WishesForm":
        """With the answers that hold now, said or usual."""
        questions = {
            category.value: RadioField(
                CATEGORY_WORDS[category],
                choices=[(wish.value, WISH_WORDS[wish]) for wish in choices_for(category, role)],
                required="Choisissez une réponse.",
            )
            for category in categories_for(role)
        }
        now = {category.value: wishes.get(category, usual_wish(category, role)) for category in categories_for(role)}
        form: WishesForm = type("Wishes", (cls,), questions)(data=now)
        return form

    @property
    def questions(self) -> list[RadioField]:
        """The fields, in the order of the categories."""
        return [self[category.value] for category in Category if category.value in self]

    @property
    def answers(self) -> dict[Category, Wish]:
        """What was said."""
        return {Category(field.name): Wish(str(field.data)) for field in self.questions}
