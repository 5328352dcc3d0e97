"""What happens by itself: agreed ones are sent, silence is noticed, an offer that ends answers everybody."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, update

from app.applications.models import Application, Hire
from app.applications.queries import AROUND
from app.applications.rules import (
    DELAYS,
    OPEN_STATES,
    WAITS_FOR_EMPLOYER,
    WON_STATES,
    ApplicationState,
    furthest,
)
from app.applications.service.answering import deliver
from app.applications.service.moving import end, open_ones
from app.applications.service.telling import tell_employer, tell_person, tell_proposer
from app.candidates.models import Candidate
from app.core import clock
from app.core.clock import civil_day
from app.core.db import db
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.messages.models import Message
from app.messages.queries.reminders import reminder
from app.messages.rules import ReminderKind
from app.offers.models import Offer, OfferTransition
from app.offers.rules import OfferState

_S = ApplicationState


@transaction
def send_agreed(today: date) -> int:
    """Send what people agreed to two days ago and nobody sent; how many left. A second run finds nothing."""
    latest = clock.now() - timedelta(days=DELAYS.portal_sends)
    query = select(Application).where(Application.state == _S.AGREED, Application.state_since <= latest)
    query = query.options(*AROUND).order_by(Application.id).with_for_update(of=Application, skip_locked=True)
    sent = list(db.session.scalars(query.execution_options(populate_existing=True)))
    for application in sent:
        deliver(application, SYSTEM, today)
    return len(sent)


# --- silence ----------------------------------------------------------------------------------------------


@transaction
def remind(today: date) -> int:
    """Remind on the day the answer is due, tell the proposer the day after; each once a state. How many left."""
    person, employer = Application.state == _S.PROPOSED, Application.state.in_(WAITS_FOR_EMPLOYER)
    due, late = Application.answer_due_on <= today, Application.answer_due_on < today
    left = 0
    if reminder(ReminderKind.PROPOSAL_UNANSWERED).active:
        ask = lambda kind, one: tell_person(kind, one, through_others=False)  # noqa: E731
        left += _once("application_proposal_late", ask, person, due)
        left += _once("application_no_answer", tell_proposer, person, late)
    if reminder(ReminderKind.APPLICATION_UNANSWERED).active:
        left += _once("application_employer_late", tell_employer, employer, due)
        left += _once("application_silence", tell_proposer, employer, late)
    return left


def _once(kind: str, tell: Callable[[str, Application], bool], *which: ColumnElement[bool]) -> int:
    """Write to those of these applications about which no such message left since their state changed."""
    told = exists().where(
        Message.kind == kind, Message.about_id == Application.id, Message.created_at >= Application.state_since
    )
    query = select(Application).where(*which, ~told).options(*AROUND).order_by(Application.id)
    return sum(tell(kind, application) for application in db.session.scalars(query).unique().all())


# --- the offer ends ---------------------------------------------------------------------------------------


def offer_ended(offer: Offer, by: Actor) -> None:
    """A listener: the offer takes nobody any more, so its open applications end, and people are told kindly."""
    _end_all(open_ones(offer_id=offer.id), clock.today())


def _end_all(waiting: list[Application], today: date) -> int:
    for application in waiting:
        end(application, today)
        tell_person("application_obsolete", application)
    return len(waiting)


def closing_effects(offer: Offer, effects: list[str]) -> None:
    """A listener: says how many people a closing answers."""
    query = select(func.count()).where(Application.offer_id == offer.id, Application.state.in_(OPEN_STATES))
    count = db.session.scalar(query) or 0
    if count == 1:
        effects.append("La personne qui attend une réponse reçoit un message.")
    elif count:
        effects.append(f"Les {count}\u00a0personnes qui attendent une réponse reçoivent un message.")


@transaction
def end_of_dead_offers(today: date) -> int:
    """An expired offer is proposed to nobody any more; after an employer's delay it answers all who wait."""
    expired_at = (
        select(func.max(OfferTransition.at))
        .where(OfferTransition.offer_id == Offer.id, OfferTransition.to_state == OfferState.EXPIRED)
        .scalar_subquery()
    )
    waits = exists().where(Application.offer_id == Offer.id, Application.state.in_(OPEN_STATES))
    query = select(Offer.id, expired_at.label("since")).where(Offer.state == OfferState.EXPIRED, waits)
    ended, oldest = 0, today - timedelta(days=reminder(ReminderKind.APPLICATION_UNANSWERED).days)
    for row in db.session.execute(query.order_by(Offer.id)).all():
        over = row.since is None or civil_day(row.since) < oldest
        ended += _end_all([one for one in open_ones(offer_id=row.id) if over or one.state is _S.PROPOSED], today)
    return ended


# --- the person's file ------------------------------------------------------------------------------------


def candidate_merged(kept_id: UUID, merged_id: UUID, by: Actor) -> None:
    """A listener: applications and hires follow the file that is kept.

    Of two open ones for an offer, the one that went further stays. Two hires for one offer stay where they are, and
    so do two stages.
    """
    today = clock.today()
    query = select(Application).where(Application.candidate_id.in_((kept_id, merged_id)))
    query = query.options(*AROUND).order_by(Application.id).with_for_update(of=Application)
    every = list(db.session.scalars(query.execution_options(populate_existing=True)))
    running = OPEN_STATES | WON_STATES
    mine = {one.offer_id: one for one in every if one.candidate_id == kept_id and one.state in running}
    for application in every:
        if application.candidate_id == kept_id:
            continue
        twin = mine.get(application.offer_id) if application.state in running else None
        if twin is not None and not _settle(twin, application, today):
            continue
        application.candidate = db.session.get_one(Candidate, kept_id)
        db.session.execute(update(Hire).where(Hire.application_id == application.id).values(candidate_id=kept_id))


def _settle(twin: Application, application: Application, today: date) -> bool:
    """Leave one of two that run for one offer; False when both led to a hire or a stage."""
    if {twin.state, application.state} <= WON_STATES:
        return False
    best = furthest((twin.state, application.state))
    end(application if twin.state is best else twin, today)
    db.session.flush()
    return True


def candidate_withdrawn(candidate: Candidate, by: Actor) -> None:
    """A listener: the person takes back their consent; proposals that wait end, sent ones stay theirs to take back."""
    for application in open_ones(candidate_id=candidate.id):
        if application.state in {_S.PROPOSED, _S.AGREED}:
            end(application, clock.today())
