"""Whom does the portal remind today of which visit or end of job? Read for everybody at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.accounts.models import User
from app.accounts.queries import those_to_write_to
from app.core.db import db
from app.core.roles import ACCOMPANIMENT
from app.follow_up.models import Cover, FollowUp, HeldJob, Visit
from app.follow_up.rules.states import FollowUpState, VisitState

_OPEN = (FollowUpState.ACTIVE, FollowUpState.BROKEN)


def _planned(*which: ColumnElement[bool]) -> Sequence[Visit]:
    query = (
        select(Visit)
        .join(Visit.follow_up)
        .where(Visit.state == VisitState.PLANNED, FollowUp.state.in_(_OPEN), *which)
        .options(
            contains_eager(Visit.follow_up).options(
                joinedload(FollowUp.candidate), joinedload(FollowUp.referent), selectinload(FollowUp.jobs)
            )
        )
        .order_by(Visit.planned_on, Visit.id)
    )
    return db.session.scalars(query).unique().all()


def visits_due(today: date, days: int) -> Sequence[Visit]:
    """Planned from tomorrow to ``days`` days from now (today's too when ``days`` is 0)."""
    first = today if days == 0 else today + timedelta(days=1)
    return _planned(Visit.planned_on >= first, Visit.planned_on <= today + timedelta(days=days))


def visits_late(today: date, days: int) -> Sequence[Visit]:
    """Planned at least ``days`` days ago and still not reported."""
    return _planned(Visit.planned_on <= today - timedelta(days=max(days, 1)))


def jobs_that_end(today: date, days: int) -> Sequence[HeldJob]:
    """Held now, ending within ``days`` days."""
    query = (
        select(HeldJob)
        .join(HeldJob.follow_up)
        .where(
            FollowUp.state == FollowUpState.ACTIVE,
            HeldJob.ended_on.is_(None),
            HeldJob.plan.is_(None),
            HeldJob.end_on >= today,
            HeldJob.end_on <= today + timedelta(days=days),
        )
        .options(
            contains_eager(HeldJob.follow_up).options(joinedload(FollowUp.candidate), joinedload(FollowUp.referent))
        )
        .order_by(HeldJob.end_on, HeldJob.id)
    )
    return db.session.scalars(query).unique().all()


class Readers:
    """Who is told in the place of whom: the colleague who covers, the managers of a place without a referent."""

    def __init__(self, follow_ups: Collection[FollowUp], today: date) -> None:
        self._covers = _covers({one.referent_id for one in follow_ups if one.referent_id}, today)
        bare = {one.referent_organisation_id for one in follow_ups if one.referent_id is None}
        self._managers = those_to_write_to(bare - {None}, ACCOMPANIMENT)  # type: ignore[arg-type]

    def of(self, follow_up: FollowUp) -> Sequence[User]:
        """Those to tell about one follow-up, who can still sign in."""
        if follow_up.referent is None:
            place = follow_up.referent_organisation_id
            return self._managers.get(place, ()) if place else ()
        user = self._covers.get(follow_up.referent.id, follow_up.referent)
        return () if user.disabled_at is not None else (user,)


def _covers(referents: Collection[UUID], today: date) -> Mapping[UUID, User]:
    if not referents:
        return {}
    query = select(Cover).where(
        Cover.absent_id.in_(referents), Cover.first_day <= today, Cover.last_day >= today, Cover.ended_at.is_(None)
    )
    return {row.absent_id: row.cover for row in db.session.scalars(query.options(joinedload(Cover.cover)))}
