"""Writing a programme: several events under one name, with an address of its own."""

from dataclasses import fields
from uuid import UUID

from sqlalchemy import func, select

from app.audit import service as audit
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor
from app.core.transaction import refuse_on, transaction
from app.events.models import Programme
from app.events.queries.programmes import slug_is_free, the_programme_to_run
from app.events.rules.content import FIELDS, EventRefusal, ProgrammeContent, programme_refusals

refuse_on("uq_event_programmes_slug", EventRefusal.SLUG_TAKEN)


@transaction
def create_programme(content: ProgrammeContent, *, by: Actor, row_id: UUID) -> Programme:
    """A new one of the actor's organisation; sent twice, it is made once. Raises Refused, NotFound."""
    if by.organisation_id is None:
        raise NotFound
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(row_id), 0))))
    if db.session.get(Programme, row_id) is not None:
        return the_programme_to_run(by, row_id)
    _refuse(content, row_id)
    programme = Programme(id=row_id, organisation_id=by.organisation_id)
    _write(programme, content)
    db.session.add(programme)
    db.session.flush()
    audit.note(by, "event.programme.create", "programme", programme.id)
    return programme


@transaction
def save_programme(programme_id: UUID, content: ProgrammeContent, *, by: Actor, version: int) -> Programme:
    """Write over the version that the person saw. Raises NotFound, StaleVersion, Refused."""
    programme = the_programme_to_run(by, programme_id, lock=True)
    if programme.version != version:
        said = {part.name: getattr(programme, part.name) for part in fields(ProgrammeContent)}
        raise StaleVersion({**said, "version": programme.version})
    _refuse(content, programme_id)
    _write(programme, content)
    audit.note(by, "event.programme.edit", "programme", programme.id)
    return programme


def _refuse(content: ProgrammeContent, programme_id: UUID) -> None:
    if reasons := programme_refusals(content, slug_free=slug_is_free(content.slug, programme_id)):
        raise Refused(reasons, FIELDS)


def _write(programme: Programme, content: ProgrammeContent) -> None:
    for part in fields(ProgrammeContent):
        setattr(programme, part.name, getattr(content, part.name))
