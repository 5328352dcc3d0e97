"""What is expected and what was said of the half-days of a stage; what happened there."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.placements.models import Placement, PlacementIncident, PresenceHalf
from app.placements.rules.presence import ExpectedHalf, Key, expected_halves

INCIDENT_READERS = ACCOMPANIMENT | {Role.EMPLOYER}
"""The host and who accompanies; nobody else, and no file."""


def expected_of(placement: Placement) -> tuple[ExpectedHalf, ...]:
    """The half-days of the schedule, up to the day of a stop. No statement."""
    if not placement.grid:
        return ()
    return expected_halves(
        placement.grid, placement.starts_on, placement.last_day, works_holidays=placement.works_holidays
    )


def said_of(placement_id: UUID) -> dict[Key, PresenceHalf]:
    """What was said, by half-day. One statement."""
    query = select(PresenceHalf).where(PresenceHalf.placement_id == placement_id)
    query = query.order_by(PresenceHalf.day, PresenceHalf.half).execution_options(populate_existing=True)
    return {(row.day, row.half): row for row in db.session.scalars(query)}


def incidents_of(actor: Actor, placement: Placement) -> Sequence[PlacementIncident]:
    """What happened, the newest first, for those who may read it. One statement, or none."""
    if actor.role not in INCIDENT_READERS:
        return ()
    query = select(PlacementIncident).where(PlacementIncident.placement_id == placement.id)
    return db.session.scalars(query.order_by(PlacementIncident.day.desc(), PlacementIncident.created_at.desc())).all()


def the_incident(actor: Actor, placement: Placement, incident_id: UUID) -> PlacementIncident:
    """One of a placement that the actor reads. Raises NotFound."""
    found = next((one for one in incidents_of(actor, placement) if one.id == incident_id), None)
    if found is None:
        raise NotFound
    return found
