"""Of which stages and meetings is somebody reminded today? Ids: each is read again and locked by its own act."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from app.core.db import db
from app.placements.models import Placement, PlacementAssessment, TripartiteMeeting
from app.placements.queries.tripartite import due_between
from app.placements.rules.states import PlacementState

_S = PlacementState
NOT_VALIDATED = (_S.ACCEPTED, _S.PREPARED, _S.DEPOSITED)
OVER = (_S.ENDED, _S.STOPPED)
NOT_OLDER = timedelta(days=30)
"""An assessment that nobody made for a month more is asked no more by a message."""
LONGEST_BREAK = timedelta(days=7)
"""From the last working day before a meeting to its day, at most."""


def conventions_due(today: date, days: int) -> Sequence[UUID]:
    """Agreed, beginning in so many days at most, and not validated."""
    query = select(Placement.id).where(
        Placement.state.in_(NOT_VALIDATED), Placement.starts_on.between(today, today + timedelta(days=days))
    )
    return db.session.scalars(query.order_by(Placement.starts_on, Placement.id)).all()


def assessments_due(today: date, days: int) -> Sequence[UUID]:
    """Over for so many days at least, and a side has said nothing."""
    last = func.coalesce(Placement.stopped_on, Placement.ends_on)
    latest = today - timedelta(days=days)
    sides = select(func.count()).where(PlacementAssessment.placement_id == Placement.id)
    query = select(Placement.id).where(
        Placement.state.in_(OVER),
        last.between(latest - NOT_OLDER, latest),
        sides.correlate(Placement).scalar_subquery() < 2,
    )
    return db.session.scalars(query.order_by(last, Placement.id)).all()


def meetings_soon(today: date) -> Sequence[UUID]:
    """Agreed on a day soon after; the rule says whether today is the day of the reminder."""
    query = due_between(today + timedelta(days=1), today + LONGEST_BREAK)
    order = (TripartiteMeeting.chosen_at, TripartiteMeeting.id)
    return db.session.scalars(query.with_only_columns(TripartiteMeeting.id).order_by(*order)).all()
