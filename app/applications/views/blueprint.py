"""The blueprint of applications, apart so that its modules can share it, and who reads an application."""

from typing import Final

from flask import Blueprint

from app.core.roles import Role

blueprint = Blueprint("applications", __name__)
FOLLOWS: Final = (Role.FACILITATOR, Role.REFERENT)
WRITES: Final = (Role.CANDIDATE, Role.EMPLOYER, *FOLLOWS)
READS: Final = (*WRITES, Role.DEPARTMENT)
