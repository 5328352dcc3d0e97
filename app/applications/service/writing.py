"""Messages between the employer and the person, inside the application: no address is shown. Openings are noted."""

from datetime import date
from uuid import UUID

from sqlalchemy import update

from app.applications.models import Application, ApplicationNote
from app.applications.queries import from_the_other_side, may_act_for, the_application
from app.applications.rules import ApplicationRefusal, may_write
from app.applications.service.telling import tell_employer, tell_person
from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction


@transaction
def open_application(application_id: UUID, *, by: Actor, today: date) -> Application:
    """Read one as it is opened: what the other side wrote is now read, and a professional's opening is noted.

    Raises NotFound.
    """
    application = the_application(by, application_id)
    if by.role is not Role.CANDIDATE:
        audit.note(by, "application.opened", "application", application.id)
    if by.role in {Role.CANDIDATE, Role.EMPLOYER} or may_act_for(by, application.candidate_id, today):
        _mark_read(application, by)
    return application


@transaction
def write_note(
    application_id: UUID, *, text: str, by: Actor, today: date, row_id: UUID | None = None
) -> ApplicationNote:
    """Write to the other side; a professional writes for the person under a mandate. Sent twice, it is one message.

    Raises NotFound, Refused.
    """
    application = the_application(by, application_id)
    known = db.session.get(ApplicationNote, row_id) if row_id else None
    if known is not None:
        if known.application_id != application.id:
            raise NotFound
        return known
    sent = application.sent_at is not None
    if not may_write(application.state, sent):
        raise Refused(ApplicationRefusal.CONVERSATION_OVER if sent else ApplicationRefusal.NOT_SENT_YET)
    if by.role is not Role.EMPLOYER and not may_act_for(by, application.candidate_id, today):
        raise Refused(ApplicationRefusal.NO_MANDATE)
    note = ApplicationNote(
        id=row_id, application_id=application.id, by_user_id=by.user_id, by_name=by.name, by_role=by.role, text=text
    )
    db.session.add(note)
    db.session.flush()
    on_behalf_of = None if by.role in {Role.EMPLOYER, Role.CANDIDATE} else application.candidate_id
    audit.note(by, "application.written_to", "application", application.id, on_behalf_of=on_behalf_of)
    if by.role is Role.EMPLOYER:
        tell_person("application_note", application)
    else:
        tell_employer("application_note", application)
    return note


def _mark_read(application: Application, by: Actor) -> None:
    db.session.execute(
        update(ApplicationNote)
        .where(
            ApplicationNote.application_id == application.id,
            ApplicationNote.read_at.is_(None),
            from_the_other_side(by),
        )
        .values(read_at=clock.now())
    )
