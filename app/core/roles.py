"""Who is acting? The roles of the portal and the person behind a request, known to every domain."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody is here for. A professional's role comes with the organisation they act in."""

    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    FACILITATOR = "facilitator"
    REFERENT = "referent"
    DEPARTMENT = "department"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person of the request, in the organisation they act in now.

    ``territory_code`` bounds a facilitator's or referent's rows; None means the whole département.
    ``candidate_id`` is set for a candidate signed in with their own account.
    """

    role: Role
    name: str
    user_id: UUID | None = None
    organisation_id: UUID | None = None
    organisation_name: str = ""
    organisation_kind: str = ""
    territory_code: str | None = None
    candidate_id: UUID | None = None
    is_manager: bool = False
    session_id: UUID | None = None

    def is_any(self, *roles: Role) -> bool:
        """Has the actor one of these roles?"""
        return self.role in roles


SYSTEM = Actor(role=Role.SYSTEM, name="Le portail")
EMPLOYERS = frozenset({Role.EMPLOYER})
ACCOMPANIMENT = frozenset({Role.FACILITATOR, Role.REFERENT})
PROFESSIONALS = frozenset({Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.ADMINISTRATOR})
