"""What is said of a stage for its convention, and may it still be said?"""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Final

from app.core.grid import Grid
from app.core.roles import ACCOMPANIMENT, Role
from app.placements.rules.kinds import PlacementPurpose
from app.placements.rules.states import COUNTED, PlacementState

REFERENCE_MOST: Final = 60
LIMITED: Final = frozenset({"purpose", "hours_week", "grid", "host_siret"})
"""Columns on which the limits of a person and a host depend."""


@dataclass(frozen=True, slots=True)
class ConventionData:
    """By column; None leaves a column as it is, the empty text empties it."""

    host_siret: str | None = None
    host_contact_name: str | None = None
    host_contact_phone: str | None = None
    host_contact_email: str | None = None
    host_address: str | None = None
    workplace_address: str | None = None
    access: str | None = None
    equipment: str | None = None
    purpose: PlacementPurpose | None = None
    trade_slug: str | None = None
    title: str | None = None
    tasks: str | None = None
    skills: str | None = None
    hours_week: Decimal | None = None
    grid: Grid | None = None
    works_holidays: bool | None = None
    tutor_name: str | None = None
    tutor_job: str | None = None
    tutor_phone: str | None = None
    tutor_email: str | None = None

    def said(self) -> dict[str, Any]:
        """By column, what is said; empty contacts and numbers are NULL."""
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: (value or None) if name in _NULLABLE else value for name, value in known.items() if value is not None
        }


_NULLABLE: Final = frozenset(
    {"host_siret", "host_contact_phone", "host_contact_email", "tutor_phone", "tutor_email", "trade_slug"}
)


def may_fill(role: Role, state: PlacementState) -> bool:
    """Who accompanies and the host, once it is agreed and until the convention is prepared."""
    return role in ACCOMPANIMENT | {Role.EMPLOYER} and state is PlacementState.ACCEPTED


def has_convention(state: PlacementState) -> bool:
    """Is there a convention to speak of? From the host's yes on, unless it does not take place."""
    return state in COUNTED
