"""Which firms of the portal may somebody mean, and who works in mine? For an employer: never why, never a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, or_, select, true
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.candidates.models import Candidate
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor
from app.follow_up.models import FollowUp, HeldJob, Visit
from app.follow_up.queries.visible import jobs_visible_to
from app.follow_up.rules.kinds import MeetingMode
from app.follow_up.rules.states import FollowUpState, VisitState
from app.organisations.models import Organisation
from app.organisations.rules import EMPLOYER_KINDS, OrganisationState

MOST_FIRMS: Final = 5


def firms_named(words: str) -> Sequence[Organisation]:
    """The firms of the portal that a name or a SIRET may mean."""
    bare = "".join(char for char in words if char.isalnum())
    if len(bare) < 3:
        return ()
    wanted = func.unaccent(f"%{words.replace('%', ' ').replace('_', ' ')}%")
    name = func.unaccent(Organisation.name)
    query = (
        select(Organisation)
        .where(
            Organisation.state == OrganisationState.APPROVED,
            Organisation.kind.in_(EMPLOYER_KINDS),
            or_(Organisation.siret == bare, name.ilike(wanted)),
        )
        .options(joinedload(Organisation.commune))
        .order_by(func.length(Organisation.name), Organisation.name, Organisation.id)
    )
    return db.session.scalars(query.limit(MOST_FIRMS)).all()


@dataclass(frozen=True, slots=True)
class AtWork:
    """Somebody who works here and is followed, as the employer may know it: made of columns, nothing else is read."""

    job_id: UUID
    first_name: str
    last_name: str
    title: str
    start_on: date
    end_on: date | None
    tutor_name: str
    tutor_phone: str | None
    tutor_email: str | None
    referent: str
    referent_phone: str | None
    place: str
    next_on: date | None
    next_at: time | None
    next_mode: MeetingMode | None

    @property
    def name(self) -> str:
        """First name, then last name: the person is employed here."""
        return f"{self.first_name} {self.last_name}".strip()


def _at_work(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    """A firm reads no date of the job before or after its own."""
    place = Organisation.__table__.alias("place")
    step = (
        select(Visit.planned_on, Visit.planned_at, Visit.mode)
        .where(
            Visit.follow_up_id == FollowUp.id,
            Visit.state == VisitState.PLANNED,
            Visit.with_tutor,
            Visit.planned_on >= today,
            Visit.planned_on >= HeldJob.start_on,
            or_(HeldJob.ended_on.is_(None), HeldJob.ended_on >= Visit.planned_on),
        )
        .order_by(Visit.planned_on, Visit.id)
        .limit(1)
        .correlate(FollowUp, HeldJob)
        .lateral("step")
    )
    return (
        jobs_visible_to(actor)
        .with_only_columns(
            HeldJob.id, Candidate.first_name, Candidate.last_name, HeldJob.title, HeldJob.start_on, HeldJob.end_on,
            HeldJob.tutor_name, HeldJob.tutor_phone, HeldJob.tutor_email,
            func.concat_ws(" ", User.first_name, User.last_name), func.coalesce(User.phone, place.c.phone),
            func.coalesce(place.c.name, ""), step.c.planned_on, step.c.planned_at, step.c.mode,
        )
        .join(Candidate, Candidate.id == FollowUp.candidate_id)
        .outerjoin(User, User.id == FollowUp.referent_id)
        .outerjoin(place, place.c.id == FollowUp.referent_organisation_id)
        .outerjoin(step, true())
        .where(FollowUp.state == FollowUpState.ACTIVE, or_(HeldJob.ended_on.is_(None), HeldJob.ended_on >= today))
        .order_by(func.lower(Candidate.last_name), func.lower(Candidate.first_name), HeldJob.id)
    )  # fmt: skip


def people_at_work(actor: Actor, number: int, today: date) -> Page[AtWork]:
    """One page of those who work here and are followed: two statements."""
    query = _at_work(actor, today)
    counted = query.order_by(None).with_only_columns(HeldJob.id, maintain_column_froms=True).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page([AtWork(*row) for row in rows], number, PAGE_SIZE, total)


def all_at_work(actor: Actor, limit: int, today: date) -> list[AtWork]:
    """Every one, for a file."""
    return [AtWork(*row) for row in db.session.execute(_at_work(actor, today).limit(limit))]
