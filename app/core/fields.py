"""What may be typed? Form fields of the portal: they take what people write and say in French what is wrong."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import phonenumbers
import wtforms
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, RadioInput

from app.core import french
from app.core.quantities import (
    NotAQuantity,
    QuantityProblem,
    format_date_short,
    format_number,
    parse_date,
    parse_decimal,
)

SHORT, LONG = 200, 4000


def clean_text(text: str, *, lines: bool = False) -> str:
    """NFC, no control character, single spaces; any script is welcome, lines are kept when asked."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char if unicodedata.category(char) != "Cc" or (lines and char in "\n") else " " for char in text)
    if lines:
        return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()
    return " ".join(kept.split())


class _Asked:
    """Shared by all fields: ``required`` is the message when nothing is typed, ``hint`` the help under the label."""

    def __init__(self, label: str = "", *, required: str | None = None, hint: str = "", **kwargs: Any) -> None:
        validators = list(kwargs.pop("validators", ()))
        super().__init__(label, validators=validators, description=hint, **kwargs)  # type: ignore[call-arg]
        self.required_message = required

    def pre_validate(self, form: Any) -> None:
        """Complain of an empty answer, and let an optional empty one pass without more checks."""
        empty = self.data is None or self.data in ("", [], ()) or not str(self.data).strip()  # type: ignore[attr-defined]
        problems = [*self.process_errors]  # type: ignore[attr-defined]
        if problems:
            raise StopValidation()
        if empty and self.required_message:
            raise StopValidation(self.required_message)
        if not empty:
            self.check()

    def check(self) -> None:
        """More checks of a given value; raise StopValidation with a French message."""

    @property
    def asked(self) -> bool:
        """Must it be answered? The macro adds « (facultatif) » to the others."""
        return self.required_message is not None


class TextField(_Asked, wtforms.StringField):
    """A line of text. ``max_length`` in characters."""

    lines = False

    def __init__(self, label: str = "", *, max_length: int = SHORT, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.max_length = max_length

    def process_formdata(self, valuelist: list[str]) -> None:
        """Clean what came; an absent field is the empty text."""
        self.data = clean_text(valuelist[0], lines=self.lines) if valuelist else ""

    def check(self) -> None:
        """Say how many characters are too many."""
        if len(self.data or "") > self.max_length:
            count, limit = format_number(len(self.data or "")), format_number(self.max_length)
            raise StopValidation(f"C’est trop long\u00a0: {count} caractères. Écrivez {limit} caractères au plus.")


class LongTextField(TextField):
    """Several lines of text."""

    lines = True
    widget = wtforms.TextAreaField.widget

    def __init__(self, label: str = "", *, max_length: int = LONG, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(label, max_length=max_length, render_kw={"rows": rows}, **kwargs)


class PasswordField(_Asked, wtforms.PasswordField):
    """A secret: never shown again, never cleaned."""

    def check(self) -> None:
        """Refuse what no keyboard types."""
        if len(self.data or "") > 512:
            raise StopValidation("Ce mot de passe est trop long\u00a0: 512 caractères au plus.")


class EmailField(TextField):
    """An e-mail address, kept in lower case."""

    def __init__(self, label: str = "Adresse e-mail", **kwargs: Any) -> None:
        super().__init__(label, max_length=254, render_kw={"type": "email", "autocomplete": "email"}, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Without spaces, lower case."""
        self.data = clean_text(valuelist[0]).replace(" ", "").lower() if valuelist else ""

    def check(self) -> None:
        """One @, something before, a dot after."""
        super().check()
        local, at, domain = (self.data or "").partition("@")
        if not (local and at and "." in domain.strip(".") and "@" not in domain):
            raise StopValidation("Cette adresse e-mail n’est pas complète. Exemple\u00a0: prenom.nom@exemple.fr")


def phone_number(text: str) -> str | None:
    """« 06 12 34 56 78 » → « +33612345678 »; None when it is no phone number."""
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return None
    valid = phonenumbers.is_possible_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else None


class PhoneField(TextField):
    """A phone number; ``data`` is E.164 when it is right, and what was typed when it is not."""

    def __init__(self, label: str = "Téléphone", **kwargs: Any) -> None:
        super().__init__(label, max_length=40, render_kw={"type": "tel", "autocomplete": "tel"}, **kwargs)

    def check(self) -> None:
        """French numbers without +33, others with their country."""
        number = phone_number(self.data or "")
        if number is None:
            raise StopValidation("Ce numéro n’existe pas. Écrivez 10 chiffres. Exemple\u00a0: 06 12 34 56 78")
        self.data = number

    def _value(self) -> str:
        """As people write it, also when the form comes back for another reason."""
        kept = self.data or ""
        return french.phone(kept) if kept.startswith("+") else kept


def siret_problem(siret: str) -> str | None:
    """The French message when a SIRET is wrong; None when it is right."""
    if not siret.isascii() or not siret.isdigit():
        return "Un SIRET ne contient que des chiffres."
    if len(siret) != 14:
        return f"Ce SIRET compte {len(siret)}\u00a0chiffres. Il en faut 14."
    if not siren_number.is_valid(siret[:9]):
        return "Ce SIRET n’existe pas\u00a0: vérifiez les 9\u00a0premiers chiffres (le SIREN)."
    if not siret_number.is_valid(siret):  # knows the exception of La Poste
        return "Ce SIRET n’existe pas\u00a0: un chiffre est faux, souvent dans les 5\u00a0derniers."
    return None


class SiretField(TextField):
    """A SIRET, spaces allowed; checked offline."""

    def __init__(self, label: str = "SIRET", **kwargs: Any) -> None:
        super().__init__(label, max_length=40, render_kw={"inputmode": "numeric"}, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Without spaces, dots or dashes."""
        text = clean_text(valuelist[0]) if valuelist else ""
        self.data = "".join(char for char in text if char not in " .-\u00a0\u202f")

    def check(self) -> None:
        """14 digits, and the right key."""
        super().check()
        if problem := siret_problem(self.data or ""):
            raise StopValidation(problem)


class DateField(_Asked, wtforms.StringField):
    """A civil day, typed « 16/11/2026 » and in other usual ways; ``data`` is a date or None."""

    def __init__(self, label: str = "", *, hint: str = "Par exemple\u00a0: 16/11/2026", **kwargs: Any) -> None:
        super().__init__(
            label,
            hint=hint,
            render_kw={"class": "short-date", "maxlength": 30, "autocomplete": "off"},
            **kwargs,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed for the page, read it as a day."""
        text = clean_text(valuelist[0]) if valuelist else ""
        self.data: date | None = None
        if not text:
            return
        try:
            day = parse_date(text)
        except ValueError:
            raise ValueError(
                "Cette date n’existe pas. Écrivez le jour, le mois, l’année. Exemple\u00a0: 16/11/2026"
            ) from None
        if not 1900 <= day.year <= 2100:
            raise ValueError("Vérifiez l’année de cette date.")
        self.data = day

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_date_short(self.data) if self.data else ""


_NUMBER_WORDS = {
    QuantityProblem.NOT_A_NUMBER: "Écrivez un nombre. Exemple\u00a0: 151,67",
    QuantityProblem.TOO_MANY_DECIMALS: "Deux chiffres après la virgule au plus.",
}


class DecimalField(_Asked, wtforms.StringField):
    """A number with French decimals between ``minimum`` and ``maximum``; ``unit`` is written in messages."""

    def __init__(
        self,
        label: str = "",
        *,
        minimum: Decimal | int | None = 0,
        maximum: Decimal | int = 1_000_000,
        unit: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, render_kw={"inputmode": "decimal", "class": "short", "maxlength": 20}, **kwargs)
        self.minimum, self.maximum, self.unit = minimum, maximum, unit

    places = 2

    def process_formdata(self, valuelist: list[str]) -> None:
        """« 151,67 » and « 151.67 » are the same."""
        text = clean_text(valuelist[0]) if valuelist else ""
        self.data: Decimal | None = None
        if not text:
            return
        try:
            value = parse_decimal(text, places=self.places)
        except NotAQuantity as error:
            raise ValueError(
                "Écrivez un nombre entier." if self.places == 0 else _NUMBER_WORDS[error.problem]
            ) from None
        unit = f"\u00a0{self.unit}" if self.unit else ""
        if self.minimum is not None and value < self.minimum:
            raise ValueError(f"C’est trop peu\u00a0: {format_number(self.minimum)}{unit} au moins.")
        if value > self.maximum:
            raise ValueError(f"C’est trop\u00a0: {format_number(self.maximum)}{unit} au plus.")
        self.data = value

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        value = Decimal(self.data)
        return format_number(value, 0 if value == value.to_integral_value() else 2).replace("\u00a0", "")


class IntegerField(DecimalField):
    """A whole number; ``data`` is an int."""

    places = 0

    def process_formdata(self, valuelist: list[str]) -> None:
        """As a decimal without decimals."""
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = int(self.data)  # type: ignore[assignment]


Choices = Iterable[tuple[str, str]]


def choices_of(kind: type[StrEnum], words: Any) -> list[tuple[str, str]]:
    """(value, French label) of every member, in order."""
    return [(member.value, words[member]) for member in kind]


class _Choosing(_Asked):
    def pre_validate(self, form: Any) -> None:
        """Refuse what the list does not offer, without WTForms' English."""
        offered = {str(value) for value, *_ in self.iter_choices()}  # type: ignore[attr-defined]
        data = self.data  # type: ignore[attr-defined]
        given = data if isinstance(data, (list, tuple)) else [data]
        if any(value not in (None, "") and str(value) not in offered for value in given):
            raise StopValidation("Choisissez une réponse de la liste.")
        super().pre_validate(form)


def _lines(choices: Choices) -> list[SelectChoice]:
    return [SelectChoice.from_input(line) for line in choices]


def _coerce(value: Any) -> Any:
    return None if value in (None, "") else str(getattr(value, "value", value))


class SelectField(_Choosing, wtforms.SelectField):
    """One answer of a drop-down list; an empty first line when ``blank`` is given."""

    def __init__(self, label: str = "", *, choices: Choices = (), blank: str | None = None, **kwargs: Any) -> None:
        lines = [*([("", blank)] if blank is not None else []), *choices]
        kwargs.setdefault("coerce", _coerce)
        super().__init__(label, choices=_lines(lines), validate_choice=False, **kwargs)


class RadioField(_Choosing, wtforms.RadioField):
    """One answer of a short list, all shown."""

    def __init__(self, label: str = "", *, choices: Choices = (), **kwargs: Any) -> None:
        kwargs.setdefault("coerce", _coerce)
        super().__init__(label, choices=_lines(choices), validate_choice=False, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nothing chosen is None."""
        self.data = self.coerce(valuelist[0]) if valuelist else None


class ManyField(_Choosing, wtforms.SelectMultipleField):
    """Several answers, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str = "", *, choices: Choices = (), **kwargs: Any) -> None:
        kwargs.setdefault("coerce", _coerce)
        super().__init__(label, choices=_lines(choices), validate_choice=False, **kwargs)


class YesNoField(RadioField):
    """Yes or no, both to be said; ``data`` is « oui », « non » or None, ``yes`` a bool."""

    option_widget = RadioInput()

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(label, choices=[("oui", "Oui"), ("non", "Non")], **kwargs)

    @property
    def yes(self) -> bool:
        """Was it yes?"""
        return self.data == "oui"


class TickField(wtforms.BooleanField):
    """One box to tick; ``required`` is the message when it must be."""

    def __init__(self, label: str = "", *, required: str | None = None, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, description=hint, **kwargs)
        self.required_message = required
        self.asked = True

    def pre_validate(self, form: Any) -> None:
        """A box that must be ticked."""
        if self.required_message and not self.data:
            raise StopValidation(self.required_message)


class ResolvedField(TextField):
    """Text that names a row (a commune, a trade): ``resolve`` answers the row or None, ``suggest`` near ones.

    ``found`` is the row after validation; the page offers ``suggestions`` in a list under the field.
    """

    def __init__(
        self,
        label: str = "",
        *,
        resolve: Callable[[str], Any | None],
        suggest: Callable[[str], Sequence[Any]] = lambda _: (),
        unknown: str = "Nous ne connaissons pas cette réponse.",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.resolve, self.suggest, self.unknown = resolve, suggest, unknown
        self.found: Any | None = None
        self.suggestions: Sequence[Any] = ()

    def check(self) -> None:
        """Look the text up."""
        super().check()
        self.found = self.resolve(self.data or "")
        if self.found is None:
            self.suggestions = self.suggest(self.data or "")
            near = ", ".join(str(getattr(row, "name", row)) for row in self.suggestions[:4])
            raise StopValidation(f"{self.unknown} Vouliez-vous dire\u00a0: {near}\u00a0?" if near else self.unknown)
