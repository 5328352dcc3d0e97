"""What happens by itself: agreed ones are sent, silence is noticed, an offer that ends answers everybody."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update

from app.applications.models import Application, Hire
from app.applications.queries import AROUND
from app.applications.rules import (
    APPLICATION,
    DELAYS,
    OPEN_STATES,
    ApplicationAction,
    ApplicationState,
)
from app.applications.service.moving import move, open_ones
from app.applications.service.telling import tell_employer, tell_person, tell_proposer
from app.core import clock
from app.core.db import db
from app.core.roles import SYSTEM, Actor, Role
from app.core.transaction import transaction
from app.messages.models import Message
from app.offers.models import Offer
from app.offers.rules import OfferState

_S = ApplicationState
_WAITS_FOR_EMPLOYER = (_S.SENT, _S.IN_REVIEW, _S.POSTPONED)


@transaction
def send_agreed(today: date) -> int:
    """Send what people agreed to two days ago and nobody sent; how many left. A second run finds nothing."""
    latest = clock.now() - timedelta(days=DELAYS.portal_sends)
    query = select(Application).where(Application.state == _S.AGREED, Application.state_since <= latest)
    query = query.options(*AROUND).order_by(Application.id).with_for_update(of=Application, skip_locked=True)
    sent = list(db.session.scalars(query))
    for application in sent:
        move(application, ApplicationAction.SEND, SYSTEM, today)
        tell_employer("application_received", application)
        tell_person("application_sent", application)
    return len(sent)


@transaction
def remind(today: date) -> int:
    """Remind the employer on the day the answer is due, tell the proposer the day after; each once."""
    query = select(Application).where(
        Application.state.in_((_S.PROPOSED, *_WAITS_FOR_EMPLOYER)), Application.answer_due_on <= today
    )
    told = 0
    for application in db.session.scalars(query.options(*AROUND).order_by(Application.id)):
        told += _remind(application, today)
    return told


def _remind(application: Application, today: date) -> int:
    if application.state is _S.PROPOSED:
        return _once("application_proposal_late", application, tell_person)
    due = application.answer_due_on or today
    told = _once("application_employer_late", application, tell_employer)
    if due < today:
        told += _once("application_silence", application, tell_proposer)
    return told


def _once(kind: str, application: Application, tell: object) -> int:
    """Send a reminder of a kind about an application, unless one left since the deadline was set."""
    known = db.session.scalar(
        select(Message.id).where(
            Message.kind == kind, Message.about_id == application.id, Message.created_at >= application.state_since
        )
    )
    if known is not None:
        return 0
    tell(kind, application)  # type: ignore[operator]
    return 1


def offer_ended(offer: Offer, by: Actor) -> None:
    """A listener: the offer takes nobody any more, so its open applications end, and people are told kindly."""
    today = clock.today()
    for application in open_ones(offer_id=offer.id):
        known = application.state is not _S.PROPOSED
        move(application, ApplicationAction.OBSOLETE, SYSTEM, today)
        if known:
            tell_person("application_obsolete", application)


def closing_effects(offer: Offer, effects: list[str]) -> None:
    """A listener: says how many people a closing answers."""
    count = len(open_ones(offer_id=offer.id))
    if count == 1:
        effects.append("Une candidature en cours reçoit un message.")
    elif count:
        effects.append(f"{count}\u00a0candidatures en cours reçoivent un message.")


def candidate_merged(kept_id: UUID, merged_id: UUID, by: Actor) -> None:
    """A listener: applications and hires follow the file that is kept; a second open one for an offer ends."""
    running_there = select(Application.offer_id).where(
        Application.candidate_id == kept_id, Application.state.in_(OPEN_STATES | {_S.HIRED})
    )
    mine = set(db.session.scalars(running_there))
    for application in db.session.scalars(select(Application).where(Application.candidate_id == merged_id)):
        running = application.state in OPEN_STATES
        if running and application.offer_id in mine and APPLICATION.actions(application.state, Role.SYSTEM):
            move(application, ApplicationAction.OBSOLETE, SYSTEM, clock.today())
            db.session.flush()
        application.candidate_id = kept_id
    db.session.execute(update(Hire).where(Hire.candidate_id == merged_id).values(candidate_id=kept_id))


def candidate_withdrawn(candidate: object, by: Actor) -> None:
    """A listener: the person takes back their consent; proposals that wait end, sent ones stay theirs to take back."""
    for application in open_ones(candidate_id=candidate.id):  # type: ignore[attr-defined]
        if application.state in {_S.PROPOSED, _S.AGREED}:
            move(application, ApplicationAction.OBSOLETE, SYSTEM, clock.today())


@transaction
def end_of_dead_offers(today: date) -> int:
    """Offers expired for longer than an employer's delay answer those who still wait; how many ended."""
    oldest = today - timedelta(days=DELAYS.employer_answers)
    query = select(Offer).where(Offer.state == OfferState.EXPIRED, Offer.expires_on < oldest)
    ended = 0
    for offer in db.session.scalars(query):
        waiting = open_ones(offer_id=offer.id)
        for application in waiting:
            move(application, ApplicationAction.OBSOLETE, SYSTEM, today)
            tell_person("application_obsolete", application)
        ended += len(waiting)
    return ended
