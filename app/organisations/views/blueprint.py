"""The routes of organisations, and who decides."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.policy import requires
from app.core.roles import Role
from app.reference.queries import territory_choices

blueprint = Blueprint("organisations", __name__)
deciders = requires(Role.DEPARTMENT, Role.ADMINISTRATOR)
administrators = requires(Role.ADMINISTRATOR)
EVERYTHING = 100_000


def to_page(organisation_id: Any) -> ResponseReturnValue:
    """Back to the organisation's page."""
    return redirect(url_for("organisations.organisation", organisation_id=organisation_id), 303)


def territories() -> list[tuple[str, str]]:
    """The territories, for a list of choices."""
    return list(territory_choices())
