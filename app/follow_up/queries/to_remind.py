"""Whom does the portal remind today of which visit or end of job? Read for everybody at once."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.core.db import db
from app.follow_up.models import FollowUp, HeldJob, Visit
from app.follow_up.rules.states import FollowUpState, VisitState

_OPEN = (FollowUpState.ACTIVE, FollowUpState.BROKEN)


def going_on(ids: Collection[UUID], *, wait: bool) -> Collection[UUID]:
    """Those of some follow-ups that still go on, held until the act ends: none stops before its messages are written.

    Those that somebody is changing are passed over, unless ``wait``.
    """
    query = select(FollowUp.id).where(FollowUp.id.in_(ids), FollowUp.state.in_(_OPEN)).order_by(FollowUp.id)
    return set(db.session.scalars(query.with_for_update(key_share=True, skip_locked=not wait)))


def _planned(only: Collection[UUID] | None, *which: ColumnElement[bool]) -> Sequence[Visit]:
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
    return _now(query, only)


def _now(query: Select[Any], only: Collection[UUID] | None) -> Sequence[Any]:
    """The rows as they are at this instant, of these follow-ups or of all."""
    if only is not None:
        query = query.where(FollowUp.id.in_(only))
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().all()


def visits_due(today: date, days: int, only: Collection[UUID] | None = None) -> Sequence[Visit]:
    """Planned from tomorrow to ``days`` days from now (today's too when ``days`` is 0)."""
    first = today if days == 0 else today + timedelta(days=1)
    return _planned(only, Visit.planned_on >= first, Visit.planned_on <= today + timedelta(days=days))


def visits_late(today: date, days: int, only: Collection[UUID] | None = None) -> Sequence[Visit]:
    """Planned at least ``days`` days ago and still not reported."""
    return _planned(only, Visit.planned_on <= today - timedelta(days=max(days, 1)))


def jobs_that_end(today: date, days: int, only: Collection[UUID] | None = None) -> Sequence[HeldJob]:
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
    return _now(query, only)
