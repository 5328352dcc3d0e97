"""What does a person read of their own follow-ups: the job, who follows them, the next date? Never a tutor's word."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.core.db import db
from app.core.roles import Actor
from app.follow_up.models import Annex, AnnexSignature, FollowUp, HeldJob, Visit
from app.follow_up.queries.annex import employer_of, text_of
from app.follow_up.queries.visible import AROUND, follow_ups_visible_to
from app.follow_up.queries.visits import job_at
from app.follow_up.rules.annex import hash_of
from app.follow_up.rules.kinds import AnnexSide, MeetingMode, VisitKind
from app.follow_up.rules.states import FollowUpState, VisitState

OPEN = (FollowUpState.ACTIVE, FollowUpState.BROKEN)


@dataclass(frozen=True, slots=True)
class NextDate:
    """The next time somebody calls or comes."""

    visit_id: UUID
    kind: VisitKind
    on: date
    at: time | None
    mode: MeetingMode
    place: str


@dataclass(frozen=True, slots=True)
class MyWork:
    """One follow-up as its person reads it."""

    follow_up: FollowUp
    job: HeldJob
    employer: str
    next_date: NextDate | None
    to_sign: bool

    @property
    def open(self) -> bool:
        """Is it going on?"""
        return self.follow_up.state in OPEN

    @property
    def who(self) -> str:
        """Who follows the person: somebody, else their team."""
        found = self.follow_up
        if found.referent:
            return found.referent.full_name
        return found.referent_organisation.name if found.referent_organisation else ""

    @property
    def phone(self) -> str | None:
        """How to phone them."""
        found = self.follow_up
        place = found.referent_organisation
        return (found.referent.phone if found.referent else None) or (place.phone if place else None)


def my_follow_ups(actor: Actor) -> Sequence[FollowUp]:
    """Theirs, the newest first; two statements."""
    query = follow_ups_visible_to(actor).order_by(None).options(*AROUND)
    return db.session.scalars(query.order_by(FollowUp.starts_on.desc(), FollowUp.id)).unique().all()


def my_work(actor: Actor, today: date) -> list[MyWork]:
    """Each with its job, its next date and whether the person has still to sign."""
    mine = my_follow_ups(actor)
    ids = [one.id for one in mine if one.state in OPEN]
    dates, signed = _next_dates(ids, today), _signed(ids)
    found = []
    for one in mine:
        job = job_at(one, today) or one.jobs[-1]
        unsigned = one.id in ids and signed.get(one.id) != hash_of(text_of(one))
        found.append(MyWork(one, job, employer_of(job), dates.get(one.id), unsigned))
    return found


def _next_dates(ids: Collection[UUID], today: date) -> Mapping[UUID, NextDate]:
    """The first that is still to come, of each."""
    query = (
        select(Visit.follow_up_id, Visit.id, Visit.kind, Visit.planned_on, Visit.planned_at, Visit.mode, Visit.place)
        .where(Visit.follow_up_id.in_(ids), Visit.state == VisitState.PLANNED, Visit.planned_on >= today)
        .ext(distinct_on(Visit.follow_up_id))
        .order_by(Visit.follow_up_id, Visit.planned_on, Visit.id)
    )
    return {row[0]: NextDate(*row[1:]) for row in db.session.execute(query)} if ids else {}


def _signed(ids: Collection[UUID]) -> Mapping[UUID, bytes]:
    """The hash of the current text that the person signed."""
    query = (
        select(Annex.follow_up_id, AnnexSignature.text_hash)
        .join(AnnexSignature, AnnexSignature.annex_id == Annex.id)
        .where(Annex.follow_up_id.in_(ids), Annex.replaced_at.is_(None), AnnexSignature.side == AnnexSide.PERSON)
    )
    return {row[0]: row[1] for row in db.session.execute(query)} if ids else {}


def work_of(candidate_id: UUID) -> Select[UUID]:
    """The follow-ups that the person reads: with one, their menu has « Mon travail »."""
    return select(FollowUp.id).where(FollowUp.candidate_id == candidate_id, FollowUp.state != FollowUpState.STOPPED)
