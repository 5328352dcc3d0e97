"""What may be said of each of the other side: to meet, no view, to avoid; and the words that search them."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from flask import request
from wtforms import Form

from app.core.fields import TextField
from app.core.forms import EditsRow
from app.events.rules.kinds import Wish

PREFIX: Final = "de-"
VALUES: Final[Mapping[str, Wish | None]] = {"rencontrer": Wish.MEET, "sans-avis": None, "eviter": Wish.AVOID}
"""What a choice sends, in the order of the page."""


class WishesForm(EditsRow):
    """The marks of the radio buttons are read from what was sent: one name for each participant shown."""

    @property
    def said(self) -> dict[UUID, Wish | None]:
        """By the other's id; nonsense is left out."""
        found: dict[UUID, Wish | None] = {}
        for name, value in request.form.items():
            if name.startswith(PREFIX) and value in VALUES and (key := _as_id(name.removeprefix(PREFIX))):
                found[key] = VALUES[value]
        return found


class WishSearch(Form):
    """In the address."""

    q = TextField("Chercher", hint="Un nom, un métier, une commune")


def _as_id(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None
