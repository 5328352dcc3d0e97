"""How is an application found for a change, and how does its state move? Shared by every act on applications."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from app.applications.labels import STATES
from app.applications.models import Application, ApplicationTransition, Hire
from app.applications.queries import AROUND, OF_THE_PERSON, applications_visible_to, may_act_for
from app.applications.rules import (
    APPLICATION,
    DELAYS,
    ApplicationAction,
    ApplicationRefusal,
    ApplicationState,
)
from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.hooks import Hook
from app.core.roles import Actor, Role
from app.core.transaction import refuse_on

HIRED: Final[Hook[[Hire, Application, Actor]]] = Hook("applications.hired")

refuse_on("uq_applications_open", ApplicationRefusal.ALREADY_APPLIED)

_WAITS_FOR_EMPLOYER = frozenset({ApplicationState.SENT, ApplicationState.IN_REVIEW, ApplicationState.POSTPONED})


def locked(application_id: UUID, *, by: Actor, version: int | None = None) -> Application:
    """The reader's application, locked for this transaction. Raises NotFound, StaleVersion."""
    query = applications_visible_to(by).where(Application.id == application_id).with_for_update(of=Application)
    found = db.session.scalars(query.options(*AROUND).execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    if version is not None and found.version != version:
        raise StaleVersion({"État": STATES[found.state], "version": found.version})
    return found


def move(application: Application, action: ApplicationAction, by: Actor, today: date) -> None:
    """Change the state, set the next deadline, log it. Raises Refused: state, role, or a mandate that is missing."""
    target = APPLICATION.target(action, application.state, by.role)
    on_behalf = action in OF_THE_PERSON and by.role in {Role.FACILITATOR, Role.REFERENT}
    if action in OF_THE_PERSON and not may_act_for(by, application.candidate_id, today):
        raise Refused(ApplicationRefusal.NO_MANDATE)
    log(application, target, by, action=action, on_behalf=on_behalf)
    application.state, application.state_since = target, clock.now()
    if target is ApplicationState.SENT:
        application.sent_at = clock.now()
        application.answer_due_on = today + timedelta(days=DELAYS.employer_answers)
    elif target not in _WAITS_FOR_EMPLOYER:
        application.answer_due_on = None


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


def open_ones(**which: UUID) -> list[Application]:
    """Open applications of an offer or a person, locked, in the order of their ids so that nobody waits in a ring."""
    query = select(Application).where(
        Application.state.in_([state for state in ApplicationState if APPLICATION.actions(state, Role.SYSTEM)]),
        *(getattr(Application, name) == value for name, value in which.items()),
    )
    query = query.options(*AROUND).order_by(Application.id).with_for_update(of=Application)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
