"""What counts for the limits of a person and a host? Read under the person's lock when an act depends on it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.grid import Grid
from app.follow_up.models import FollowUp, HeldJob
from app.follow_up.rules.states import FollowUpState
from app.organisations.models import Organisation
from app.placements.models import Placement
from app.placements.rules.limits import Asked, Convention, DaysLeft, days_left, host_key
from app.placements.rules.states import COUNTED


def others_of(
    candidate_id: UUID, *, but: UUID | None = None, here: tuple[UUID | None, str] = (None, "")
) -> list[Convention]:
    """What a person has agreed, with every host, oldest first; ``but``: the one that is being changed. One statement.

    ``rules.limits`` picks those of one host by ``Convention.host``. ``here``: an organisation of the portal and its
    key today: its stages are its own, whatever SIRET and name they were agreed under.
    """
    organisation_id, key = here
    query = (
        select(Placement, Organisation.siret)
        .outerjoin(Organisation, Organisation.id == Placement.host_organisation_id)
        .where(Placement.candidate_id == candidate_id, Placement.state.in_(COUNTED))
    )
    if but is not None:
        query = query.where(Placement.id != but)
    rows = db.session.execute(query.order_by(Placement.starts_on, Placement.id))
    found = []
    for placement, siret in rows:
        one = convention_of(placement, siret)
        same = organisation_id is not None and placement.host_organisation_id == organisation_id
        found.append(replace(one, host=key) if same else one)
    return found


def siret_of_host(organisation: Organisation) -> str | None:
    """Its own, else the one that its stages gave: the days of a host are counted together."""
    if organisation.siret:
        return organisation.siret
    said = select(func.max(Placement.host_siret)).where(Placement.host_organisation_id == organisation.id)
    return db.session.scalar(said)


def convention_of(placement: Placement, siret: str | None = None) -> Convention:
    """A placement as the limits see it, up to the day of its stop; ``siret``: of its organisation, when it has said it
    since."""
    return Convention(
        host=host_key(placement.host_siret or siret, placement.host_name),
        starts_on=placement.starts_on,
        ends_on=placement.last_day,
        purpose=placement.purpose,
        ref=placement.id,
        renewal_of=placement.renewal_of_id,
    )


def left_for(
    candidate_id: UUID, host_siret: str | None, host_name: str, on: date, organisation_id: UUID | None = None
) -> DaysLeft:
    """The days left for a person and a host, shown before asking. One statement."""
    key = host_key(host_siret, host_name)
    return days_left(others_of(candidate_id, here=(organisation_id, key)), key, on)


def asked_of(placement: Placement) -> Asked:
    """A placement as ``refusals_for`` asks it. Its candidate is loaded."""
    works_there = works_for(
        placement.candidate_id,
        placement.host_organisation_id,
        placement.host_siret,
        placement.host_name,
        placement.starts_on,
    )
    return Asked(
        convention_of(placement),
        placement.hours_week,
        placement.grid or Grid(),
        placement.candidate.birth_date,
        at_own_employer=works_there,
    )


def works_for(candidate_id: UUID, organisation_id: UUID | None, siret: str | None, name: str, on: date) -> bool:
    """Has the person a job at this host on that day, as far as the follow-ups know? One statement."""
    query = (
        select(HeldJob)
        .join(FollowUp, HeldJob.follow_up_id == FollowUp.id)
        .where(
            FollowUp.candidate_id == candidate_id,
            FollowUp.state != FollowUpState.STOPPED,
            HeldJob.start_on <= on,
            or_(HeldJob.ended_on.is_(None), HeldJob.ended_on >= on),
            or_(HeldJob.end_on.is_(None), HeldJob.end_on >= on),
        )
        .options(joinedload(HeldJob.organisation))
    )
    jobs: Sequence[HeldJob] = db.session.scalars(query).all()
    return any(_same(job, organisation_id, siret, name) for job in jobs)


def _same(job: HeldJob, organisation_id: UUID | None, siret: str | None, name: str) -> bool:
    """The same organisation of the portal, the same SIRET, or the same name when one of the two has none."""
    employer = job.organisation
    if employer is not None and employer.id == organisation_id:
        return True
    known = employer.siret if employer is not None else None
    if known and siret:
        return host_key(known, "") == host_key(siret, "")
    return host_key(None, employer.name if employer is not None else job.employer_name) == host_key(None, name)
