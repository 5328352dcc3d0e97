"""A follow-up closes or stops: what was to come is called off, what was open is closed, nothing waits to be sent."""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, update

from app.accounts.models import User
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.roles import ACCOMPANIMENT, SYSTEM, Actor
from app.follow_up.models import Alert, FollowUp, TutorLink, Visit
from app.follow_up.rules.states import VISIT, VisitAction, VisitState
from app.follow_up.service import alerts, journal
from app.messages.models import Message
from app.messages.rules import MessageState

NOT_LEFT: Final = tuple(sorted(set(MessageState) - {MessageState.SENT, MessageState.GATHERED, MessageState.UNWANTED}))
"""A message that failed may be sent again by a human, and one that is leaving now by a retry: neither may."""


def as_portal(by: Actor) -> Actor:
    """Whoever accompanies acts in their own name; for anybody else the portal draws the consequences."""
    return by if by.role in ACCOMPANIMENT else SYSTEM


def end_plans(follow_up: FollowUp, by: Actor) -> None:
    """Visits not held are cancelled, alerts closed, links revoked, waiting messages not sent."""
    cancel_visits(follow_up, by)
    close_alerts(follow_up, by)
    revoke_links(FollowUp.id == follow_up.id)
    hold_messages(follow_up.id)


def cancel_visits(follow_up: FollowUp, by: Actor) -> None:
    """Those still planned. Calendars that hold them must see it: ``sequence`` grows."""
    query = select(Visit).where(Visit.follow_up_id == follow_up.id, Visit.state == VisitState.PLANNED)
    for visit in db.session.scalars(query.order_by(Visit.planned_on, Visit.id)):
        journal.move(visit, VISIT, VisitAction.CANCEL, as_portal(by), follow_up_id=follow_up.id, subject="visit")
        visit.sequence += 1


def close_alerts(follow_up: FollowUp, by: Actor) -> None:
    """Those not closed yet, without an act of anybody."""
    alerts.close_all(follow_up, by=SYSTEM)


def revoke_links(*conditions: object) -> None:
    """The tutor links of these follow-ups that still open."""
    ids = select(FollowUp.id).where(*conditions)  # type: ignore[arg-type]
    db.session.execute(
        update(TutorLink)
        .where(TutorLink.follow_up_id.in_(ids), TutorLink.used_at.is_(None), TutorLink.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )


def hold_messages_to(candidate: Candidate) -> None:
    """Whatever waits for the person, or about them, stays here too, of every domain. A phone may be the family's: the
    name counts."""
    account = select(User.id).where(User.candidate_id == candidate.id)
    addresses = [address for address in (candidate.phone, candidate.email) if address]
    named = and_(
        Message.to_user_id.is_(None), Message.to_address.in_(addresses), Message.to_name == candidate.first_name
    )
    theirs = or_(Message.to_user_id.in_(account), named, Message.about_id == candidate.id)
    _hold(theirs)


def hold_messages(follow_up_id: UUID) -> None:
    """Messages about the follow-up, its visits and its alerts that have not left stay here."""
    visits = select(Visit.id).where(Visit.follow_up_id == follow_up_id)
    alerts = select(Alert.id).where(Alert.follow_up_id == follow_up_id)
    about = or_(Message.about_id == follow_up_id, Message.about_id.in_(visits), Message.about_id.in_(alerts))
    _hold(about)


def _hold(which: ColumnElement[bool]) -> None:
    db.session.execute(update(Message).where(which, Message.state.in_(NOT_LEFT)).values(state=MessageState.UNWANTED))
