"""What did both sides of each meeting say, and what came of it? For those who run the event, and for the acts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, not_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Membership
from app.accounts.queries import members_of
from app.applications.models import Application
from app.applications.rules import OPEN_STATES, WON_STATES
from app.candidates.models import Candidate
from app.candidates.queries import candidates_visible_to
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.events.models import Booking, Event, EventTransition, Meeting, PartnershipTask, Slot
from app.events.rules.afterwards import HAPPENED, Heard, Rank, Step, rank_of
from app.events.rules.kinds import Outcome
from app.matches.queries import judged
from app.offers.models import Offer
from app.offers.queries import public_offers, whole
from app.offers.rules import OfferKind
from app.reference.models import Trade
from matching.explanation import why_excluded

WITH_BOTH = (
    joinedload(Meeting.slot),
    joinedload(Meeting.seated).options(joinedload(Booking.candidate), joinedload(Booking.organisation)),
    joinedload(Meeting.moving).options(joinedload(Booking.candidate), joinedload(Booking.organisation)),
)


@dataclass(frozen=True, slots=True)
class After:
    """One meeting on the page: what was said, and what the portal made of it."""

    meeting: Meeting
    heard: Heard
    seated: str
    moving: str
    task: PartnershipTask | None = None
    application: Application | None = None
    readable: bool = False
    """May the reader open the person's file?"""
    why_not: str = ""

    @property
    def rank(self) -> Rank:
        """Where it stands on the page."""
        return rank_of(self.meeting.seated_outcome, self.meeting.moving_outcome)

    @property
    def made(self) -> Step | None:
        """What came of it."""
        return made_of(self.meeting, self.task)


def made_of(meeting: Meeting, task: PartnershipTask | None) -> Step | None:
    """What the portal has made of a meeting."""
    if meeting.application_id is not None:
        return Step.APPLICATION
    if meeting.placement_id is not None:
        return Step.PLACEMENT
    return Step.TASK if task is not None else None


def name_of(booking: Booking) -> str:
    """An organisation by its name, somebody with a file by first name and initial."""
    return booking.candidate.short_name if booking.candidate is not None else booking.name


def heard_of(event: Event, meeting: Meeting) -> Heard:
    """What the rules need to know of a meeting."""
    return Heard(
        event.kind,
        meeting.state,
        meeting.seated_outcome,
        meeting.moving_outcome,
        meeting.moving.who,
        meeting.set_aside_at is not None,
    )


def _meetings(event_id: UUID) -> Select[Any]:
    query = select(Meeting).join(Slot, Slot.id == Meeting.slot_id).where(Slot.event_id == event_id)
    return query.where(Meeting.state.in_(HAPPENED))


def afterwards_of(event: Event, actor: Actor, tasks: Sequence[PartnershipTask]) -> list[After]:
    """Every meeting that took place, agreements first, strongest first: four statements."""
    query = _meetings(event.id).options(*WITH_BOTH).order_by(Meeting.round, Meeting.table_number, Meeting.id)
    meetings = db.session.scalars(query).unique().all()
    of_meeting = {task.meeting_id: task for task in tasks if task.meeting_id is not None}
    made = _applications([meeting.application_id for meeting in meetings if meeting.application_id])
    readable = _readable(actor, [row.moving.candidate_id for row in meetings if row.moving.candidate_id])
    reasons = _reasons([meeting.id for meeting in meetings if meeting.set_aside_at is not None])
    rows = [
        After(
            meeting,
            heard_of(event, meeting),
            name_of(meeting.seated),
            name_of(meeting.moving),
            of_meeting.get(meeting.id),
            made.get(meeting.application_id) if meeting.application_id else None,
            meeting.moving.candidate_id in readable,
            reasons.get(meeting.id, ""),
        )
        for meeting in meetings
    ]
    strength = list(Outcome)
    ranks = list(Rank)
    return sorted(
        rows, key=lambda row: (ranks.index(row.rank), -strength.index(row.heard.agreed) if row.heard.agreed else 0)
    )


def tasks_of(event_id: UUID) -> Sequence[PartnershipTask]:
    """All that was promised at an event, with who does it."""
    query = select(PartnershipTask).where(PartnershipTask.event_id == event_id)
    around = (joinedload(PartnershipTask.owner), joinedload(PartnershipTask.owner_organisation))
    return db.session.scalars(query.options(*around).order_by(PartnershipTask.due_on, PartnershipTask.id)).all()


def _applications(ids: Collection[UUID]) -> Mapping[UUID, Application]:
    if not ids:
        return {}
    query = select(Application).where(Application.id.in_(ids)).options(joinedload(Application.offer))
    return {row.id: row for row in db.session.scalars(query)}


def _readable(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    if not ids or actor.role not in ACCOMPANIMENT | {Role.DEPARTMENT}:
        return set()
    query = candidates_visible_to(actor).where(Candidate.id.in_(ids)).order_by(None)
    return set(db.session.scalars(query.with_only_columns(Candidate.id)))


def _reasons(ids: Collection[UUID]) -> Mapping[UUID, str]:
    if not ids:
        return {}
    query = select(EventTransition.subject_id, EventTransition.words).where(
        EventTransition.subject_id.in_(ids), EventTransition.action == "set_aside"
    )
    return {row.subject_id: row.words for row in db.session.execute(query.order_by(EventTransition.at))}


# --- for the acts ---------------------------------------------------------------------------------------


def to_make(event_id: UUID) -> Sequence[UUID]:
    """The meetings of which something may follow and nothing was made yet, in a lasting order."""
    made = select(PartnershipTask.meeting_id).where(PartnershipTask.meeting_id.is_not(None))
    query = _meetings(event_id).where(
        Meeting.seated_outcome != Outcome.NO,
        Meeting.moving_outcome != Outcome.NO,
        Meeting.set_aside_at.is_(None),
        Meeting.application_id.is_(None),
        Meeting.placement_id.is_(None),
        Meeting.id.not_in(made),
    )
    return db.session.scalars(query.with_only_columns(Meeting.id).order_by(Meeting.round, Meeting.id)).all()


def the_meeting(event_id: UUID, meeting_id: UUID) -> Meeting:
    """One of an event that the reader runs, with both sides. Raises NotFound."""
    query = select(Meeting).join(Slot, Slot.id == Meeting.slot_id)
    query = query.where(Slot.event_id == event_id, Meeting.id == meeting_id).options(*WITH_BOTH)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def the_meeting_held(event_id: UUID, meeting_id: UUID) -> Meeting | None:
    """One of an event, locked until the act ends."""
    query = select(Meeting).join(Slot, Slot.id == Meeting.slot_id)
    query = query.where(Slot.event_id == event_id, Meeting.id == meeting_id).options(*WITH_BOTH)
    return db.session.scalars(query.with_for_update(of=Meeting).execution_options(populate_existing=True)).one_or_none()


def task_of_meeting(meeting_id: UUID) -> PartnershipTask | None:
    """What was made to be done of it."""
    query = select(PartnershipTask).where(PartnershipTask.meeting_id == meeting_id)
    return db.session.scalars(query.order_by(PartnershipTask.created_at).limit(1)).one_or_none()


def accompanied(actor: Actor, candidate_id: UUID) -> bool:
    """Does the actor accompany this person?"""
    if actor.role not in ACCOMPANIMENT:
        return False
    query = candidates_visible_to(actor).where(Candidate.id == candidate_id).order_by(None)
    return db.session.scalar(query.with_only_columns(Candidate.id)) is not None


def said_by_themselves(meeting: Meeting) -> UUID | None:
    """The account with which the person said the outcome that holds now; None when somebody said it for them.

    The line of the journal that wrote it is the first one from then on; a recruiter only speaks for their own side.
    """
    if meeting.moving_at is None:
        return None
    query = (
        select(EventTransition.by_user_id, EventTransition.by_role)
        .where(
            EventTransition.subject == "meeting",
            EventTransition.subject_id == meeting.id,
            EventTransition.action.in_(("say", "type")),
            EventTransition.at >= meeting.moving_at,
            not_(and_(EventTransition.action == "say", EventTransition.by_role == Role.EMPLOYER)),
        )
        .order_by(EventTransition.at, EventTransition.id)
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return row.by_user_id if row is not None and row.by_role is Role.CANDIDATE else None


def members_now(organisation_id: UUID) -> Collection[UUID]:
    """The accounts of those who are in an organisation now."""
    query = members_of(organisation_id).with_only_columns(Membership.user_id).order_by(None)
    return set(db.session.scalars(query))


MOST_OFFERS: Final = 10


def best_offer(organisation_id: UUID, moving: Booking, today: date) -> Offer | None:
    """The open job of a recruiter that suits a person best; without a file to compare, one of a job they named."""
    query = whole(public_offers()).where(
        Offer.organisation_id == organisation_id,
        Offer.kind != OfferKind.PLACEMENT,
        Offer.posts_filled < Offer.posts,
    )
    offers = db.session.scalars(query.order_by(Offer.published_at.desc(), Offer.id).limit(MOST_OFFERS)).all()
    if moving.candidate is None or not offers:
        return None
    lines = [judged(moving.candidate, offer, today) for offer in offers]
    fitting = [line for line in lines if line is not None and not why_excluded(line.pair, line.words)]
    if fitting:
        return max(fitting, key=lambda line: line.score).offer
    if any(line is not None for line in lines):
        return None
    return _of_a_named_job(offers, moving.trade_slugs)


def _of_a_named_job(offers: Sequence[Offer], slugs: Collection[str]) -> Offer | None:
    same = next((offer for offer in offers if offer.trade_slug in slugs), None)
    if same is not None or not slugs:
        return same
    families = set(db.session.scalars(select(Trade.family_slug).where(Trade.slug.in_(slugs))))
    return next((offer for offer in offers if offer.trade.family_slug in families), None)


def open_pair(offer_organisation: UUID, candidate_id: UUID) -> UUID | None:
    """The open application, if any, of a person for a job of this recruiter: the newest."""
    query = (
        select(Application.id)
        .join(Offer, Offer.id == Application.offer_id)
        .where(
            Offer.organisation_id == offer_organisation,
            Offer.kind != OfferKind.PLACEMENT,
            Application.candidate_id == candidate_id,
            Application.state.in_(OPEN_STATES | WON_STATES),
        )
    )
    return db.session.scalar(query.order_by(Application.created_at.desc(), Application.id).limit(1))
