"""The person answers a proposal, takes an application back; the facilitator sends what was agreed."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.applications.models import Application
from app.applications.rules import ApplicationAction, ApplicationRefusal, ApplicationState
from app.applications.service.moving import begin, locked, move
from app.applications.service.telling import tell_employer, tell_person, tell_proposer
from app.core.errors import Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.offers.rules import TAKING, OfferState


@transaction
def agree(application_id: UUID, *, by: Actor, version: int | None = None, today: date) -> Application:
    """« Oui, cette offre m'intéresse »: the facilitator sends it next. Raises Refused."""
    application, done = begin(application_id, ApplicationAction.AGREE, by=by, version=version)
    if done:
        return application
    if application.offer.state not in TAKING - {OfferState.EXPIRED}:
        raise Refused(ApplicationRefusal.OFFER_NOT_OPEN)
    move(application, ApplicationAction.AGREE, by, today)
    tell_proposer("application_agreed", application)
    return application


@transaction
def decline(application_id: UUID, *, by: Actor, version: int | None = None, today: date) -> Application:
    """« Non merci »: no reason is asked, nothing changes for the person."""
    application, done = begin(application_id, ApplicationAction.DECLINE, by=by, version=version)
    if not done:
        move(application, ApplicationAction.DECLINE, by, today)
        tell_proposer("application_declined", application)
    return application


@transaction
def withdraw(application_id: UUID, *, by: Actor, version: int | None = None, today: date) -> Application:
    """Take an application back. The employer is told when they had it."""
    application, done = begin(application_id, ApplicationAction.WITHDRAW, by=by, version=version)
    if not done:
        move(application, ApplicationAction.WITHDRAW, by, today)
        tell_proposer("application_withdrawn_for", application)
        if application.sent_at is not None:
            tell_employer("application_withdrawn", application)
    return application


@transaction
def send(application_ids: Sequence[UUID], *, by: Actor, today: date) -> int:
    """Send agreed applications to their employers; how many left. Those that are not agreed any more are passed."""
    sent = 0
    for application_id in sorted(set(application_ids)):
        application = locked(application_id, by=by)
        if application.state is ApplicationState.AGREED:
            deliver(application, by, today)
            sent += 1
    return sent


def deliver(application: Application, by: Actor, today: date) -> None:
    """Send one, and tell both sides."""
    move(application, ApplicationAction.SEND, by, today)
    tell_employer("application_received", application)
    tell_person("application_sent", application)
