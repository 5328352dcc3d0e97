"""The blueprint of matching, apart so that its modules can share it, and who reads its lists."""

from typing import Final

from flask import Blueprint

from app.core.roles import Role

blueprint = Blueprint("matches", __name__)
PROPOSES: Final = (Role.FACILITATOR, Role.REFERENT)
READS: Final = (*PROPOSES, Role.DEPARTMENT)
