"""What is sent of an official file: the file, then the lines to take."""

from collections.abc import Sequence
from typing import Any, Final

from flask_wtf.file import FileField
from wtforms.validators import StopValidation

from app.clauses.rules.decp import DecpOutcome
from app.core.forms import MakesRow, PortalForm

MOST_LINES: Final = 1_000
SOCIAL, ALL = "sociales", "toutes"


class DecpFile(FileField):
    """The JSON; asked."""

    required_message = "Choisissez un fichier."
    asked = True

    def pre_validate(self, form: Any) -> None:
        """A file was chosen."""
        if not self.data or not getattr(self.data, "filename", ""):
            raise StopValidation(self.required_message)


class DecpForm(MakesRow):
    """The official file."""

    file = DecpFile("Fichier des données essentielles", description="JSON, schéma 2.0. 20\u00a0Mo au plus.")


class AcceptForm(PortalForm):
    """The boxes ticked are read from the request."""

    @staticmethod
    def numbers(raw: Sequence[str]) -> list[int]:
        """The lines ticked; nonsense is no line."""
        return [int(one) for one in raw[:MOST_LINES] if one.isascii() and one.isdigit() and len(one) < 9]


def state_of(raw: str | None) -> DecpOutcome | None:
    """The filter of the address; nonsense is all."""
    return DecpOutcome(raw) if raw in {member.value for member in DecpOutcome} else None


def is_social(raw: str | None) -> bool:
    """Only contracts with a social consideration, unless all are asked."""
    return raw != ALL
