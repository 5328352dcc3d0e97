"""Messages between the employer and the person, inside the application: no address is shown."""

from datetime import date
from uuid import UUID

from sqlalchemy import update

from app.applications.models import Application, ApplicationNote
from app.applications.queries import may_act_for, the_application
from app.applications.rules import ApplicationRefusal, may_write
from app.applications.service.telling import tell_employer, tell_person
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction


@transaction
def write_note(application_id: UUID, *, text: str, by: Actor, today: date | None = None) -> ApplicationNote:
    """Write to the other side; a professional writes for the person under a mandate. Raises Refused."""
    application = the_application(by, application_id)
    if not may_write(application.state, application.sent_at is not None):
        raise Refused(ApplicationRefusal.NOT_SENT_YET)
    if by.role is not Role.EMPLOYER and not may_act_for(by, application.candidate_id, today or clock.today()):
        raise Refused(ApplicationRefusal.NO_MANDATE)
    note = ApplicationNote(
        application_id=application.id, by_user_id=by.user_id, by_name=_name(by, application), by_role=by.role, text=text
    )
    db.session.add(note)
    db.session.flush()
    if by.role is Role.EMPLOYER:
        tell_person("application_note", application)
    else:
        tell_employer("application_note", application)
    return note


def _name(by: Actor, application: Application) -> str:
    """An employer writes in the name of the organisation too; a mandate holder, for the person."""
    if by.role is Role.EMPLOYER:
        return f"{by.name}, {by.organisation_name}"
    return by.name if by.role is Role.CANDIDATE else f"{by.name} pour {application.candidate.full_name}"


@transaction
def mark_read(application_id: UUID, *, by: Actor) -> None:
    """What the other side wrote has now been read. Those who only look on mark nothing."""
    if by.role not in {Role.EMPLOYER, Role.CANDIDATE}:
        return
    application = the_application(by, application_id)
    theirs = (
        ApplicationNote.by_role == Role.EMPLOYER
        if by.role is Role.CANDIDATE
        else (ApplicationNote.by_role != Role.EMPLOYER)
    )
    db.session.execute(
        update(ApplicationNote)
        .where(ApplicationNote.application_id == application.id, ApplicationNote.read_at.is_(None), theirs)
        .values(read_at=clock.now())
    )
