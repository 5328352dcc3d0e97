"""The blueprint, and what its lists share."""

from typing import Final

from flask import Blueprint, request

from app.core.policy import requires
from app.core.roles import Role

blueprint = Blueprint("reference", __name__)
editors = requires(Role.DEPARTMENT, Role.ADMINISTRATOR)
EVERYTHING: Final = 100_000
"""An export holds the whole list."""


def sort_asked(default: str = "nom") -> str:
    """The key of ?tri=, « -population » for the way down."""
    return request.args.get("tri", default)
