"""Whose applications may somebody read?"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import joinedload

from app.applications.models import Application, ApplicationNote, ApplicationTransition, Hire
from app.applications.rules import EMPLOYER_SEES
from app.candidates.models import Candidate
from app.candidates.queries import candidates_visible_to
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role
from app.offers.models import Offer


def _mine(actor: Actor) -> ColumnElement[bool]:
    match actor.role:
        case Role.CANDIDATE:
            return Application.candidate_id == actor.candidate_id
        case Role.EMPLOYER:
            ours = select(Offer.id).where(Offer.organisation_id == actor.organisation_id)
            return (
                Application.offer_id.in_(ours) & Application.state.in_(EMPLOYER_SEES) & Application.sent_at.is_not(None)
            )
        case Role.FACILITATOR | Role.REFERENT:
            people = candidates_visible_to(actor).order_by(None).with_only_columns(Candidate.id)
            # Asked person by person when the applications are few: the planner chooses, as it cannot with IN.
            theirs = people.where(Candidate.id == Application.candidate_id).correlate(Application).exists()
            return or_(theirs, Application.proposed_by_organisation_id == actor.organisation_id)
        case Role.DEPARTMENT | Role.SYSTEM:
            return true()
    return false()


def applications_visible_to(actor: Actor) -> Select[Application]:
    """An employer reads those sent to their organisation; a professional, those of their people and their own."""
    return select(Application).where(_mine(actor))


AROUND = (
    joinedload(Application.offer).joinedload(Offer.organisation),
    joinedload(Application.offer).joinedload(Offer.commune),
    joinedload(Application.offer).joinedload(Offer.trade),
    joinedload(Application.candidate).joinedload(Candidate.commune),
)
"""Options that load an application with its offer and its person in one statement."""


def the_application(actor: Actor, application_id: UUID) -> Application:
    """One of them, with its offer and person. Raises NotFound, for a stranger's too."""
    query = applications_visible_to(actor).where(Application.id == application_id).options(*AROUND)
    found = db.session.scalars(query.execution_options(populate_existing=True)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def transitions_of(application: Application) -> Sequence[ApplicationTransition]:
    """Every step, the newest first."""
    query = select(ApplicationTransition).where(ApplicationTransition.application_id == application.id)
    return db.session.scalars(query.order_by(ApplicationTransition.at.desc(), ApplicationTransition.id)).all()


def step_into(application: Application) -> ApplicationTransition | None:
    """The step that led to the state in which the application is."""
    query = select(ApplicationTransition).where(
        ApplicationTransition.application_id == application.id, ApplicationTransition.to_state == application.state
    )
    return db.session.scalar(query.order_by(ApplicationTransition.at.desc(), ApplicationTransition.id).limit(1))


def notes_of(application: Application) -> Sequence[ApplicationNote]:
    """The messages, the oldest first."""
    query = select(ApplicationNote).where(ApplicationNote.application_id == application.id)
    return db.session.scalars(query.order_by(ApplicationNote.at, ApplicationNote.id)).all()


def from_the_other_side(actor: Actor) -> ColumnElement[bool]:
    """Messages that the actor's side did not write: the employer is one side, everybody else the person's."""
    if actor.role is Role.EMPLOYER:
        return ApplicationNote.by_role != Role.EMPLOYER
    return ApplicationNote.by_role == Role.EMPLOYER


def hire_of(application: Application) -> Hire | None:
    """What was agreed when the person was hired."""
    return db.session.scalar(select(Hire).where(Hire.application_id == application.id))
