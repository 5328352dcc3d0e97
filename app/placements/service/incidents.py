"""An accident, or another fact, is noted; those who accompany are told at once."""

from datetime import date
from uuid import UUID

from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import ACCOMPANIMENT, Actor
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.placements.models import Placement, PlacementIncident
from app.placements.queries.presence import INCIDENT_READERS, the_incident
from app.placements.queries.visible import the_one_to_act_on
from app.placements.rules.incidents import (
    INCIDENT_FIELDS,
    REPORTABLE,
    Declared,
    Incident,
    IncidentRefusal,
    declared_refusals,
    incident_refusals,
)
from app.placements.service import telling
from app.placements.service.journal import log


@transaction
def note(placement_id: UUID, said: Incident, *, by: Actor, row_id: UUID, today: date) -> PlacementIncident:
    """When, in which words, declared to whom. Sent twice, it is noted once.

    Neither the journal, the trail nor the message says what happened. Raises NotFound, Refused with all reasons.
    """
    placement = _placement(placement_id, by)
    known = db.session.get(PlacementIncident, row_id)
    if known is not None:
        if known.placement_id != placement.id:
            raise NotFound
        return known
    if reasons := incident_refusals(said, placement.starts_on, placement.last_day, today):
        raise Refused(reasons, INCIDENT_FIELDS)
    incident = PlacementIncident(
        id=row_id,
        placement_id=placement.id,
        kind=said.kind,
        day=said.day,
        hour=said.hour,
        words=said.words.strip(),
        declared_to=said.declared.to.strip(),
        declared_on=said.declared.on,
        by_user_id=by.user_id,
        by_name=by.name,
    )
    db.session.add(incident)
    db.session.flush()
    log(placement, "incident", incident.id, "note", by)
    telling.tell_accompaniment("placement_incident", placement, by, day=said.day)
    return incident


@transaction
def declare(placement_id: UUID, incident_id: UUID, declared: Declared, *, by: Actor, today: date) -> PlacementIncident:
    """Who accompanies has declared it: to which body, when. Raises NotFound, Refused with all reasons."""
    placement = _placement(placement_id, by)
    if by.role not in ACCOMPANIMENT:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    incident = the_incident(by, placement, incident_id)
    if (incident.declared_to, incident.declared_on) == (declared.to.strip(), declared.on):
        return incident
    reasons = declared_refusals(declared, incident.day, today)
    if not declared.to.strip() and IncidentRefusal.DECLARED_WHERE not in reasons:
        reasons = (*reasons, IncidentRefusal.DECLARED_WHERE)
    if reasons:
        raise Refused(reasons, INCIDENT_FIELDS)
    incident.declared_to, incident.declared_on = declared.to.strip(), declared.on
    log(placement, "incident", incident.id, "declare", by)
    db.session.flush()
    return incident


def _placement(placement_id: UUID, by: Actor) -> Placement:
    placement = the_one_to_act_on(by, placement_id)
    if by.role not in INCIDENT_READERS:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    if placement.state not in REPORTABLE:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    return placement
