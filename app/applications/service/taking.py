"""The employer takes somebody for a stage: a place is taken, the convention is prepared by whoever listens."""

from datetime import date
from uuid import UUID

from app.applications.models import Application
from app.applications.rules import (
    ApplicationAction,
    ApplicationRefusal,
    ApplicationState,
    TakenTerms,
    take_refusals,
)
from app.applications.service.moving import TAKEN, begin, lock_for_hire, locked, move, must_suit
from app.applications.service.telling import tell_person, tell_proposer
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.offers.service import take_post

TAKE_FIELDS = {
    ApplicationRefusal.TAKE_START_PAST: "start_on",
    ApplicationRefusal.END_BEFORE_START: "end_on",
    ApplicationRefusal.TAKE_ABOVE_A_MONTH: "end_on",
    ApplicationRefusal.HOURS_ABOVE_LEGAL: "hours_week",
}


@transaction
def take(application_id: UUID, terms: TakenTerms, *, by: Actor, version: int | None = None, today: date) -> Application:
    """Take somebody for a stage: takes a place, the last one fills the offer; whoever makes the convention listens.

    Unlike a hire, the person's other applications and their search go on. Raises Refused (all reasons, those of the
    listeners too), NotFound, StaleVersion.
    """
    lock_for_hire(application_id, by=by)
    application, done = begin(application_id, ApplicationAction.TAKE, by=by, version=version)
    must_suit(application, ApplicationAction.TAKE)
    if done:
        return application
    if reasons := take_refusals(terms, today):
        raise Refused(reasons, TAKE_FIELDS)
    move(application, ApplicationAction.TAKE, by, today)
    take_post(application.offer_id, by=by)
    db.session.flush()
    tell_person("application_taken", application, terms=terms)
    tell_proposer("application_taken_for", application, terms=terms)
    TAKEN(application, terms, by)
    return application


@transaction
def untake(application_id: UUID, *, by_person: bool, today: date) -> None:
    """The stage does not take place: its application ends. Whoever made the stage tells people, and gives the place
    back. Done twice, it is once."""
    application = locked(application_id, by=SYSTEM)
    if application.state is ApplicationState.PLACED:
        action = ApplicationAction.WITHDRAW if by_person else ApplicationAction.OBSOLETE
        move(application, action, SYSTEM, today)
        db.session.flush()
