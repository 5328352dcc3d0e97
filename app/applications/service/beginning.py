"""An application begins: a facilitator proposes people, or a person applies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select, update

from app.applications.models import Application, ApplicationDraft
from app.applications.queries import may_act_for, open_application, states_for_offer
from app.applications.rules import (
    ApplicationRefusal,
    ApplicationState,
    Origin,
    ProposalResult,
    proposal_result,
)
from app.applications.service.above import employer_due, person_due
from app.applications.service.moving import log
from app.applications.service.telling import tell_employer, tell_person
from app.candidates.models import Candidate
from app.candidates.queries import candidates_visible_to
from app.core import clock
from app.core.db import db
from app.core.errors import Gone, NotFound, Refused
from app.core.hooks import Hook
from app.core.roles import Actor
from app.core.transaction import transaction
from app.offers.models import Offer
from app.offers.queries import public_offers, whole

APPLYING: Final[Hook[[Application]]] = Hook("applications.applying")
"""A direct application begins: whoever knows how to compare the person and the offer fills its score and reasons."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody to propose, with the score and the sentences of the moment: person, facilitator, employer."""

    candidate_id: UUID
    score: int | None = None
    reasons: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one proposal; ``name`` is empty for somebody the actor may not see."""

    candidate_id: UUID
    name: str
    result: ProposalResult


def open_offer(offer_id: UUID, *, held: bool = False) -> Offer:
    """An offer that takes applications. Raises Gone when it did, NotFound otherwise.

    ``held`` keeps it from being closed before the end of the transaction. Lock the person first.
    """
    query = whole(public_offers()).where(Offer.id == offer_id)
    if held:
        query = query.with_for_update(read=True, key_share=True, of=Offer).execution_options(populate_existing=True)
    offer: Offer | None = db.session.scalar(query)
    if offer is not None:
        return offer
    published_at = db.session.scalar(select(Offer.published_at).where(Offer.id == offer_id))
    raise Gone if published_at is not None else NotFound


@transaction
def propose(offer_id: UUID, people: Sequence[Proposed], *, note: str = "", by: Actor, today: date) -> list[Outcome]:
    """Propose several people at once; each has its outcome, in the order given. Raises Gone, NotFound, Refused."""
    query = candidates_visible_to(by).where(Candidate.id.in_([one.candidate_id for one in people]))
    query = query.order_by(None).order_by(Candidate.id).with_for_update(of=Candidate)
    seen = {row.id: row for row in db.session.scalars(query.execution_options(populate_existing=True))}
    offer = open_offer(offer_id, held=True)
    if offer.posts_left < 1:
        raise Refused(ApplicationRefusal.NO_POST_LEFT)
    before = states_for_offer(offer.id, seen)
    outcomes, due = [], person_due(today)
    for one in {one.candidate_id: one for one in people}.values():
        candidate = seen.get(one.candidate_id)
        if candidate is None:
            outcomes.append(Outcome(one.candidate_id, "", ProposalResult.NOT_SEEN))
            continue
        result = proposal_result(candidate.is_matchable, before.get(candidate.id, ()))
        if result is ProposalResult.PROPOSED:
            _propose(offer, candidate, one, note, by, due)
        outcomes.append(Outcome(candidate.id, candidate.full_name, result))
    return outcomes


def _propose(offer: Offer, candidate: Candidate, one: Proposed, note: str, by: Actor, due: date) -> None:
    application = Application(
        offer=offer,
        candidate=candidate,
        origin=Origin.PROPOSAL,
        state=ApplicationState.PROPOSED,
        state_since=clock.now(),
        proposed_at=clock.now(),
        proposed_by=by.user_id,
        proposed_by_organisation_id=by.organisation_id,
        proposal_note=note,
        score=one.score,
        reasons={key: list(value) for key, value in one.reasons.items()},
        answer_due_on=due,
    )
    db.session.add(application)
    db.session.flush()
    log(application, ApplicationState.PROPOSED, by)
    tell_person("application_proposed", application)
    # Not through the row: an editor of the file is not told of a conflict because of a proposal.
    waiting = (
        update(Candidate)
        .where(Candidate.id == candidate.id)
        .values(waiting_since=clock.today(), updated_at=clock.now())
    )
    db.session.execute(waiting.execution_options(synchronize_session=False))


@transaction
def apply(
    offer_id: UUID,
    *,
    candidate_id: UUID,
    words: str,
    by: Actor,
    today: date,
    draft_id: UUID | None = None,
) -> Application:
    """Send one's own application, or somebody's under a mandate. Raises Gone, NotFound, Refused.

    Listeners of APPLYING may add the score and the sentences of the moment.
    """
    if not may_act_for(by, candidate_id, today):
        raise Refused(ApplicationRefusal.NO_MANDATE)
    query = candidates_visible_to(by).where(Candidate.id == candidate_id)
    candidate = db.session.scalar(query.with_for_update(read=True, key_share=True, of=Candidate))
    if candidate is None:
        raise NotFound
    offer = open_offer(offer_id, held=True)
    if open_application(offer.id, candidate.id) is not None:
        raise Refused(ApplicationRefusal.ALREADY_APPLIED)
    application = Application(
        offer=offer,
        candidate=candidate,
        origin=Origin.DIRECT,
        state=ApplicationState.SENT,
        state_since=clock.now(),
        sent_at=clock.now(),
        person_words=words,
        reasons={},
        answer_due_on=employer_due(offer, today),
    )
    APPLYING(application)
    db.session.add(application)
    db.session.flush()
    log(application, ApplicationState.SENT, by, on_behalf=by.candidate_id != candidate.id)
    tell_employer("application_received", application)
    if draft_id is not None:
        db.session.execute(delete(ApplicationDraft).where(ApplicationDraft.id == draft_id))
    return application
