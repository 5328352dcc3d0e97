"""The routes of candidates' files, and who follows people."""

from typing import Final

from flask import Blueprint

from app.core.roles import Role

blueprint = Blueprint("candidates", __name__)
FOLLOWS: Final = (Role.FACILITATOR, Role.REFERENT)
READS: Final = (*FOLLOWS, Role.DEPARTMENT)
COMPARES: Final = (Role.FACILITATOR, Role.DEPARTMENT)
