"""After a job is lost: what lacks in the file before the person is proposed, where they live, who may read it?"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select

from app.accounts.models import User
from app.candidates.models import Candidate, ReadinessEntry, WantedTrade
from app.candidates.queries import candidates_visible_to
from app.candidates.rules import CandidateState
from app.core.db import db
from app.core.roles import Actor
from app.follow_up.rules.breaks import SearchLack, search_lacks
from app.reference.models import Commune


@dataclass(frozen=True, slots=True)
class Search:
    """``ready``: employers may be proposed the person now; ``reads``: the reader may open the file."""

    ready: bool
    lacks: tuple[SearchLack, ...]
    reads: bool
    town: str = ""


def search_of(candidate: Candidate, actor: Actor) -> Search:
    """One statement."""
    trades = select(func.count()).where(WantedTrade.candidate_id == candidate.id).scalar_subquery()
    readied = exists().where(ReadinessEntry.candidate_id == candidate.id, ReadinessEntry.ready)
    visible = candidates_visible_to(actor).order_by(None).with_only_columns(Candidate.id)
    reads = exists(visible.where(Candidate.id == candidate.id).subquery().select())
    town = select(Commune.name).where(Commune.insee == candidate.commune_insee).scalar_subquery()
    wanted, was_ready, may_read, lives_in = db.session.execute(select(trades, readied, reads, town)).one()
    if candidate.is_matchable and candidate.commune_insee:
        return Search(ready=True, lacks=(), reads=may_read, town=lives_in or "")
    lacks = search_lacks(
        active=candidate.state is CandidateState.ACTIVE,
        consents=candidate.consent_at is not None,
        trades=wanted,
        commune=candidate.commune_insee is not None,
        was_ready=was_ready,
    )
    return Search(ready=False, lacks=lacks, reads=may_read, town=lives_in or "")


def account_of(candidate_id: UUID) -> UUID | None:
    """The account with which the person signs in."""
    return db.session.scalar(select(User.id).where(User.candidate_id == candidate_id, User.disabled_at.is_(None)))
