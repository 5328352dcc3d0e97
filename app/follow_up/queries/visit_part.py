"""What the page of a follow-up says of what comes next and of the last words; two statements."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor
from app.follow_up.models import FollowUp, TutorLink, Visit
from app.follow_up.queries.visits import job_at, last_reported, next_planned
from app.follow_up.queries.voices import last_voices
from app.follow_up.rules.kinds import VoiceSide


def part(follow_up: FollowUp, actor: Actor, today: date) -> dict[str, Any]:
    """For ``_next.html`` and ``_voices.html``. Words are for those who accompany: the département gets none."""
    reads = actor.role in ACCOMPANIMENT
    sent = (
        select(func.max(TutorLink.created_at))
        .where(
            TutorLink.follow_up_id == follow_up.id,
            TutorLink.used_at.is_(None),
            TutorLink.revoked_at.is_(None),
            TutorLink.expires_at > clock.now(),
        )
        .scalar_subquery()
    )
    query = select(Visit, sent).where(Visit.follow_up_id == follow_up.id).options(joinedload(Visit.reporter))
    rows = db.session.execute(query.order_by(Visit.planned_on, Visit.due_on, Visit.id)).all()
    visits = [row[0] for row in rows]
    waiting = rows[0][1] if rows else None
    return {
        "Side": VoiceSide,
        "reads_words": reads,
        "next_visit": next_planned(visits),
        "last_visit": last_reported(visits) if reads else None,
        "asked_tutor_on": clock.civil_day(waiting) if waiting and reads else None,
        "voices": last_voices(actor, follow_up.id) if reads else {},
        "job_now": job_at(follow_up, today),
    }
