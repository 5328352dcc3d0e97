"""The person leaves the portal: their file closes quietly, and nobody is proposed, reminded or signed in any more."""

from app.accounts import service as accounts
from app.candidates.models import Candidate
from app.candidates.rules import CandidateState
from app.candidates.service.changing import move_on, note
from app.candidates.service.standing import end_search
from app.core.hooks import Hook
from app.core.roles import Actor
from app.core.transaction import transaction

CANDIDATE_CLOSED: Hook[[Candidate, Actor]] = Hook("candidate closed")
"""The person has left the portal: what was to come for them ends, without a word."""


@transaction
def close_file(candidate: Candidate, *, by: Actor, why: str) -> None:
    """Close the file of somebody who died or leaves the portal. Tells nobody; done twice, it is once."""
    if candidate.state is not CandidateState.ACTIVE:
        return
    end_search(candidate, by=by, why=why)
    candidate.state, candidate.consent_at, candidate.consent_by = CandidateState.CLOSED, None, None
    accounts.close_candidate_access(candidate.id)
    move_on(candidate)
    note(by, "candidate.closed", candidate)
    CANDIDATE_CLOSED(candidate, by)
