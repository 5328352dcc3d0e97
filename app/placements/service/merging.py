"""Two files of one person become one: their stages and meetings of three go with the file that is kept."""

from uuid import UUID

from sqlalchemy import update

from app.core.db import db
from app.core.roles import Actor
from app.placements.models import Placement, TripartiteMeeting


def candidate_merged(kept_id: UUID, merged_id: UUID, by: Actor) -> None:
    """A listener. Stages that now lie on one another stay as they are: those who accompany see them and choose."""
    for table in (Placement, TripartiteMeeting):
        db.session.execute(
            update(table).where(table.candidate_id == merged_id).values(candidate_id=kept_id),
            execution_options={"synchronize_session": False},
        )
    for row in list(db.session):
        if isinstance(row, Placement | TripartiteMeeting):
            db.session.expire(row)
