"""What does every form share? A hidden version and row id, French messages, refusals put beside their field."""

from collections.abc import Mapping
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from flask import g, request
from flask_wtf import FlaskForm
from wtforms import HiddenField, SubmitField

from app.core.errors import Refused
from app.core.workflow import WorkflowRefusal

WORKFLOW_WORDS: Mapping[Enum, str] = {
    WorkflowRefusal.WRONG_STATE: "Cela n’est plus possible : la situation a changé. Relisez la page.",
    WorkflowRefusal.NOT_YOUR_ROLE: "Votre rôle ne permet pas cela.",
}


class PortalForm(FlaskForm):
    """Base of all forms. ``general_errors`` are refusals that belong to no single field."""

    class Meta(FlaskForm.Meta):
        locales = ("fr",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.general_errors: list[str] = []

    @property
    def sent(self) -> bool:
        """Was the form sent, and is its shape right? The request remembers it, should two editors meet."""
        g.sent_form = self
        return bool(self.validate_on_submit())

    @property
    def in_error(self) -> bool:
        """Has any field, or the form as a whole, something to say?"""
        return bool(self.errors or self.general_errors)

    def refuse(self, refused: Refused, words: Mapping[Enum, str]) -> None:
        """Show the reasons of a refusal: beside the field that ``refused.fields`` names, else above the form."""
        for reason in refused.reasons:
            message = words.get(reason) or WORKFLOW_WORDS.get(reason) or str(reason.value)
            field = self._fields.get(refused.fields.get(reason, ""))
            if field is None:
                self.general_errors.append(message)
            else:
                field.errors = [*field.errors, message]


class RowIdField(HiddenField):
    """The id of the row that the form will make: a second sending finds the row of the first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default=uuid4, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nonsense is a new id, never an error: the person did not type it."""
        try:
            self.data = UUID(valuelist[0])
        except (ValueError, IndexError):
            self.data = uuid4()


class VersionField(HiddenField):
    """The version of the row that the form shows; nonsense is version 0, which is always stale."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Digits only."""
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class MakesRow(PortalForm):
    """A form that makes a row."""

    row_id = RowIdField()


class EditsRow(PortalForm):
    """A form that changes a row."""

    version = VersionField()


class ActForm(PortalForm):
    """A form that is only a button: it carries the CSRF token."""


def pressed(name: str) -> bool:
    """Was this button pressed, of several in one form?"""
    return name in request.form


__all__ = [
    "ActForm",
    "EditsRow",
    "MakesRow",
    "PortalForm",
    "RowIdField",
    "SubmitField",
    "VersionField",
    "pressed",
]
