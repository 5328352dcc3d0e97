"""How is an application found for a change, and how does its state move? Shared by every act on applications.

Locks are taken in one order, so that nobody waits in a ring: the person, then the offer, then applications by id.
"""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from app.applications.models import Application, ApplicationTransition, Hire
from app.applications.queries import AROUND, OF_THE_PERSON, applications_visible_to, may_act_for, step_into
from app.applications.rules import (
    APPLICATION,
    OPEN_STATES,
    WAITS_FOR_EMPLOYER,
    ApplicationAction,
    ApplicationRefusal,
    ApplicationState,
    TakenTerms,
    suits,
)
from app.applications.service.above import employer_due
from app.audit import service as audit
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.hooks import Hook
from app.core.roles import ACCOMPANIMENT, SYSTEM, Actor, Role
from app.core.transaction import refuse_on
from app.offers.models import Offer

HIRED: Final[Hook[[Hire, Application, Actor]]] = Hook("applications.hired")
TAKEN: Final[Hook[[Application, TakenTerms, Actor]]] = Hook("applications.taken")
"""A host takes a person for a stage. A listener that refuses (dates, limits) undoes the whole act: the field of each of
its reasons is a name of ``TakenTerms``."""

refuse_on("uq_applications_open", ApplicationRefusal.ALREADY_APPLIED)


def locked(application_id: UUID, *, by: Actor) -> Application:
    """The reader's application, locked for this transaction. Raises NotFound."""
    query = applications_visible_to(by).where(Application.id == application_id).with_for_update(of=Application)
    found = db.session.scalars(query.options(*AROUND).execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def begin(
    application_id: UUID, action: ApplicationAction, *, by: Actor, version: int | None
) -> tuple[Application, bool]:
    """The application, locked, and whether this person has just done this act: a form sent twice is one act.

    Raises NotFound; Refused when somebody else made the act impossible; StaleVersion when it is possible still.
    """
    found = locked(application_id, by=by)
    stale = version is not None and found.version != version
    if stale or not APPLICATION.allows(action, found.state, by.role):
        last = step_into(found)
        if last is not None and last.action is action and by.user_id is not None and last.by_user_id == by.user_id:
            return found, True
        APPLICATION.target(action, found.state, by.role)
        raise StaleVersion({"version": found.version})
    return found, False


def must_suit(application: Application, action: ApplicationAction) -> None:
    """One is hired for a job, and taken for a stage. Raises Refused."""
    if not suits(action, placement=application.offer.is_placement):
        hiring = action is ApplicationAction.HIRE
        raise Refused(ApplicationRefusal.NOT_A_JOB if hiring else ApplicationRefusal.NOT_A_PLACEMENT)


def lock_for_hire(application_id: UUID, *, by: Actor) -> None:
    """Lock all that a hire or a stage may change. Raises NotFound."""
    visible = applications_visible_to(by).where(Application.id == application_id)
    row = db.session.execute(
        visible.with_only_columns(Application.candidate_id, Application.offer_id).order_by(None)
    ).one_or_none()
    if row is None:
        raise NotFound
    db.session.execute(select(Candidate.id).where(Candidate.id == row.candidate_id).with_for_update())
    db.session.execute(select(Offer.id).where(Offer.id == row.offer_id).with_for_update())
    touched = or_(Application.candidate_id == row.candidate_id, Application.offer_id == row.offer_id)
    around = select(Application.id).where(touched, Application.state.in_(OPEN_STATES)).order_by(Application.id)
    db.session.execute(around.with_for_update())


def move(application: Application, action: ApplicationAction, by: Actor, today: date) -> None:
    """Change the state, set the next deadline, log it. Raises Refused: state, role, or a mandate that is missing."""
    target = APPLICATION.target(action, application.state, by.role)
    on_behalf = action in OF_THE_PERSON and by.role in ACCOMPANIMENT
    own = by.role is not Role.SYSTEM and action in OF_THE_PERSON
    if own and not may_act_for(by, application.candidate_id, today):
        raise Refused(ApplicationRefusal.NO_MANDATE)
    log(application, target, by, action=action, on_behalf=on_behalf)
    application.state, application.state_since = target, clock.now()
    if target is ApplicationState.SENT:
        application.sent_at = clock.now()
        application.answer_due_on = employer_due(application.offer, today)
    elif target not in WAITS_FOR_EMPLOYER:
        application.answer_due_on = None


def end(application: Application, today: date) -> None:
    """The offer or the person is no longer free: the portal ends the application."""
    move(application, ApplicationAction.OBSOLETE, SYSTEM, today)


def log(
    application: Application,
    target: ApplicationState,
    by: Actor,
    *,
    action: ApplicationAction | None = None,
    on_behalf: bool = False,
) -> None:
    """One line of the timeline, and one of the trail."""
    db.session.add(
        ApplicationTransition(
            application_id=application.id,
            action=action,
            from_state=application.state if action else None,
            to_state=target,
            by_user_id=by.user_id,
            by_name=by.name,
            by_role=by.role,
            on_behalf=on_behalf,
        )
    )
    audit.note(
        by,
        f"application.{action.value if action else 'made'}",
        "application",
        application.id,
        on_behalf_of=application.candidate_id if on_behalf else None,
        state=target.value,
    )


def open_ones(*, candidate_id: UUID | None = None, offer_id: UUID | None = None) -> list[Application]:
    """Open applications of a person or of an offer, locked in the order of their ids."""
    query = select(Application).where(Application.state.in_(OPEN_STATES))
    if candidate_id is not None:
        query = query.where(Application.candidate_id == candidate_id)
    if offer_id is not None:
        query = query.where(Application.offer_id == offer_id)
    query = query.options(*AROUND).order_by(Application.id).with_for_update(of=Application)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
