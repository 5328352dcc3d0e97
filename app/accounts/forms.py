"""What is typed to come in, and on the account page?"""

from typing import Any

from wtforms import HiddenField
from wtforms.validators import StopValidation

from app.accounts.rules import CodeChannel
from app.accounts.rules.codes import PAPER_LENGTH, SENT_LENGTH, typed_digits, typed_paper
from app.core.fields import EmailField, PasswordField, PhoneField, TextField, phone_number
from app.core.forms import EditsRow, PortalForm

LENGTH_ADVICE = "15\u00a0caractères au moins. Par exemple quatre mots sans lien entre eux."


class ContactField(TextField):
    """A phone or an e-mail address, whichever the person has; ``channel`` and ``address`` after validation."""

    channel = CodeChannel.EMAIL
    address = ""

    def __init__(self, label: str = "Votre téléphone ou votre e-mail", **kwargs: Any) -> None:
        super().__init__(label, max_length=254, render_kw={"autocomplete": "username"}, **kwargs)

    def check(self) -> None:
        """An e-mail has an @; the rest is a phone number."""
        super().check()
        text = (self.data or "").replace(" ", "")
        if "@" in text:
            local, _, domain = text.partition("@")
            if not local or "." not in domain.strip(".") or "@" in domain:
                raise StopValidation("Cet e-mail n’est pas complet. Exemple\u00a0: prenom.nom@exemple.fr")
            self.channel, self.address = CodeChannel.EMAIL, text.lower()
            return
        number = phone_number(text)
        if number is None:
            raise StopValidation("Ce numéro n’existe pas. Écrivez 10\u00a0chiffres, ou un e-mail.")
        self.channel, self.address = CodeChannel.SMS, number


class NewPasswordField(PasswordField):
    """A password to be chosen; a password manager may make it."""

    def __init__(self, label: str = "Mot de passe", **kwargs: Any) -> None:
        kwargs.setdefault("hint", LENGTH_ADVICE)
        kwargs.setdefault("required", "Choisissez un mot de passe.")
        super().__init__(label, render_kw={"autocomplete": "new-password"}, **kwargs)


class ContactForm(PortalForm):
    """The card « Je cherche un travail »."""

    contact = ContactField(required="Écrivez votre téléphone ou votre e-mail.")
    suite = HiddenField()


class PasswordForm(PortalForm):
    """The card « Je suis professionnel »."""

    email = EmailField(required="Écrivez votre adresse e-mail.")
    password = PasswordField(
        "Mot de passe", required="Écrivez votre mot de passe.", render_kw={"autocomplete": "current-password"}
    )
    suite = HiddenField()


class _CodeField(TextField):
    def __init__(self, label: str, length: int, read: Any, wrong: str, **kwargs: Any) -> None:
        super().__init__(label, max_length=40, **kwargs)
        self.read, self.length, self.wrong = read, length, wrong

    def check(self) -> None:
        """The right number of signs; which ones is the service's affair."""
        super().check()
        if len(self.read(self.data or "")) != self.length:
            raise StopValidation(self.wrong)


class CodeForm(PortalForm):
    """The code that was sent."""

    code = _CodeField(
        "Votre code",
        SENT_LENGTH,
        typed_digits,
        "Le code a 6\u00a0chiffres.",
        required="Écrivez le code reçu.",
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "short-date"},
    )
    suite = HiddenField()


class PaperCodeForm(PortalForm):
    """The code that a conseiller gave."""

    code = _CodeField(
        "Votre code sur papier",
        PAPER_LENGTH,
        typed_paper,
        "Le code a 8\u00a0signes.",
        required="Écrivez le code de votre papier.",
        hint="8\u00a0lettres et chiffres. Par exemple\u00a0: ACDE\u20113467",
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "short-date"},
    )
    suite = HiddenField()


class ForgottenForm(PortalForm):
    """Where to send the link."""

    email = EmailField(required="Écrivez votre adresse e-mail.")


class ChoosePasswordForm(PortalForm):
    """A new password by a link."""

    password = NewPasswordField("Nouveau mot de passe")


class ChangePasswordForm(PortalForm):
    """A new password from the account page."""

    current = PasswordField(
        "Mot de passe actuel",
        required="Écrivez votre mot de passe actuel.",
        render_kw={"autocomplete": "current-password"},
    )
    password = NewPasswordField("Nouveau mot de passe")


class ProfileForm(EditsRow):
    """One's own name and phone."""

    first_name = TextField("Prénom", required="Écrivez votre prénom.")
    last_name = TextField("Nom", required="Écrivez votre nom.")
    phone = PhoneField("Téléphone professionnel", hint="Les personnes que vous accompagnez peuvent le voir.")
