"""Who opened or changed a file, who said the person ready, and which barriers does the referent read?"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import User
from app.audit.models import AuditEntry
from app.candidates.models import Candidate, CandidateBarrier, ReadinessEntry
from app.core.db import db
from app.core.roles import Actor, Role

CANDIDATE = "candidate"
SHOWN = 60


def history_of(candidate_id: UUID, limit: int = SHOWN) -> Sequence[AuditEntry]:
    """The last acts and openings of a file, the newest first. The reader has been checked."""
    query = select(AuditEntry).where(AuditEntry.object_type == CANDIDATE, AuditEntry.object_id == candidate_id)
    return db.session.scalars(query.order_by(AuditEntry.id.desc()).limit(limit)).all()


def reads_barriers(actor: Actor, candidate: Candidate) -> bool:
    """The referent of the person, and nobody else of their organisation."""
    return actor.role is Role.REFERENT and actor.user_id is not None and actor.user_id == candidate.referent_id


def barriers_of(actor: Actor, candidate: Candidate) -> Sequence[CandidateBarrier]:
    """The barriers that are not lifted, for the person's referent; nothing for anybody else."""
    if not reads_barriers(actor, candidate):
        return ()
    query = select(CandidateBarrier).where(
        CandidateBarrier.candidate_id == candidate.id, CandidateBarrier.lifted_on.is_(None)
    )
    return db.session.scalars(
        query.order_by(CandidateBarrier.created_at, CandidateBarrier.barrier, CandidateBarrier.id)
    ).all()


def last_readiness(candidate_id: UUID) -> tuple[ReadinessEntry, str] | None:
    """The last time that the person was said ready or not, and by whom."""
    row = db.session.execute(
        select(ReadinessEntry, User.first_name, User.last_name)
        .join(User, User.id == ReadinessEntry.by)
        .where(ReadinessEntry.candidate_id == candidate_id)
        .order_by(ReadinessEntry.on.desc(), ReadinessEntry.id)
        .limit(1)
    ).one_or_none()
    return (row[0], f"{row.first_name} {row.last_name}".strip()) if row else None
