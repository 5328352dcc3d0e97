"""Two files of one person become one: what was checked, done and counted follows the file that is kept."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from app.clauses.models import ClauseEmployment, EligibilityCheck, HourEntry, HourLine
from app.core import clock
from app.core.db import db
from app.core.roles import Actor


def candidate_merged(kept_id: UUID, merged_id: UUID, by: Actor) -> None:
    """A listener. Where both files hold the very same work or the very same month, the merged one keeps its own."""
    _end_twins(kept_id, merged_id)
    db.session.execute(
        update(EligibilityCheck).where(EligibilityCheck.candidate_id == merged_id).values(candidate_id=kept_id)
    )
    moved = _works_to_move(kept_id, merged_id)
    ours = ClauseEmployment.id.in_(moved)
    db.session.execute(update(ClauseEmployment).where(ours).values(candidate_id=kept_id))
    lines = select(HourLine.id).where(HourLine.employment_id.in_(moved))
    db.session.execute(update(HourEntry).where(HourEntry.line_id.in_(lines)).values(candidate_id=kept_id))
    db.session.execute(update(HourLine).where(HourLine.employment_id.in_(moved)).values(candidate_id=kept_id))
    for row in list(db.session):
        if isinstance(row, EligibilityCheck | ClauseEmployment | HourLine | HourEntry):
            db.session.expire(row)


def _end_twins(kept_id: UUID, merged_id: UUID) -> None:
    """One current check a contract: the one of the kept file stays."""
    twin = aliased(EligibilityCheck)
    same = exists().where(
        twin.candidate_id == kept_id, twin.contract_id == EligibilityCheck.contract_id, twin.ended_on.is_(None)
    )
    current = (EligibilityCheck.candidate_id == merged_id, EligibilityCheck.ended_on.is_(None), same)
    db.session.execute(update(EligibilityCheck).where(*current).values(ended_on=clock.today()))


def _works_to_move(kept_id: UUID, merged_id: UUID) -> Sequence[UUID]:
    """Those whose move meets neither the same work nor the same month, lot, employer and kind of the kept file."""
    twin, line, other = aliased(ClauseEmployment), aliased(HourLine), aliased(HourLine)
    same_work = exists().where(
        twin.candidate_id == kept_id,
        twin.lot_id == ClauseEmployment.lot_id,
        twin.employer_key == ClauseEmployment.employer_key,
        twin.started_on == ClauseEmployment.started_on,
    )
    same_month = (
        select(line.id)
        .join(
            other,
            (other.candidate_id == kept_id)
            & (other.lot_id == line.lot_id)
            & (other.employer_key == line.employer_key)
            & (other.month == line.month)
            & (other.kind == line.kind),
        )
        .where(line.employment_id == ClauseEmployment.id)
    )
    query = select(ClauseEmployment.id).where(
        ClauseEmployment.candidate_id == merged_id, ~same_work, ~same_month.exists()
    )
    return db.session.scalars(query).all()
