"""Who was already proposed for an offer, or applied, and what came of it?"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy.orm import joinedload

from app.applications.models import Application
from app.applications.queries import applications_visible_to
from app.candidates.models import Candidate
from app.core.db import db
from app.core.roles import Actor
from app.offers.models import Offer

NAMED = 8


@dataclass(frozen=True, slots=True)
class EngagedPeople:
    """The newest few of those whom the reader may see, and how many there are."""

    rows: Sequence[Application]
    total: int


def engaged_people(offer: Offer, actor: Actor) -> EngagedPeople:
    """One statement; applications come with their person and commune."""
    visible = applications_visible_to(actor).where(Application.offer_id == offer.id)
    query = (
        visible.add_columns(func.count().over())
        .options(joinedload(Application.candidate).joinedload(Candidate.commune))
        .order_by(Application.state_since.desc(), Application.id)
    )
    rows = db.session.execute(query.limit(NAMED)).all()
    return EngagedPeople([row[0] for row in rows], rows[0][1] if rows else 0)


def engaged_offers(candidate: Candidate, actor: Actor) -> int:
    """How many applications of a person the reader may see."""
    visible = applications_visible_to(actor).where(Application.candidate_id == candidate.id)
    return db.session.scalar(visible.with_only_columns(func.count())) or 0
