"""May an offer serve the clause of a lot?"""

from enum import StrEnum

from app.clauses.rules.states import ContractState
from app.offers.rules import OfferKind, OfferState


class ClauseOfferRefusal(StrEnum):
    """Why an offer is not linked to a lot."""

    OFFER_OVER = "clause_offer_over"
    CONTRACT_NOT_OPEN = "clause_offer_contract_not_open"
    NOT_YOUR_LOT = "clause_offer_not_your_lot"
    HIRED_ALREADY = "clause_offer_hired_already"
    ANOTHER_STEERS = "clause_offer_another_steers"
    IS_PLACEMENT = "clause_offer_is_placement"


def link_refusals(
    *, kind: OfferKind = OfferKind.JOB, offer: OfferState, contract: ContractState, own: bool
) -> tuple[ClauseOfferRefusal, ...]:
    """All reasons at once. A contract being prepared may already look for people. A stage makes no clause hours."""
    reasons = []
    if kind is OfferKind.PLACEMENT:
        reasons.append(ClauseOfferRefusal.IS_PLACEMENT)
    if offer is OfferState.CLOSED:
        reasons.append(ClauseOfferRefusal.OFFER_OVER)
    if contract not in {ContractState.PREPARED, ContractState.RUNNING}:
        reasons.append(ClauseOfferRefusal.CONTRACT_NOT_OPEN)
    if not own:
        reasons.append(ClauseOfferRefusal.NOT_YOUR_LOT)
    return tuple(reasons)
