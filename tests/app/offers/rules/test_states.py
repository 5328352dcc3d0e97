"""Every state, every act, every role: the whole table."""

from itertools import product

import pytest

from app.core.errors import Refused
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.offers.rules import OFFER, OfferAction, OfferState

A, S, E = OfferAction, OfferState, Role.EMPLOYER
EXPECTED: dict[tuple[OfferAction, OfferState], tuple[OfferState, set[Role]]] = {
    (A.PUBLISH, S.DRAFT): (S.PUBLISHED, {E}),
    (A.CONFIRM, S.PUBLISHED): (S.PUBLISHED, {E}),
    (A.PAUSE, S.PUBLISHED): (S.PAUSED, {E}),
    (A.RESUME, S.PAUSED): (S.PUBLISHED, {E}),
    (A.FILL, S.PUBLISHED): (S.FILLED, {E, Role.SYSTEM}),
    (A.FILL, S.PAUSED): (S.FILLED, {E, Role.SYSTEM}),
    (A.FILL, S.EXPIRED): (S.FILLED, {E, Role.SYSTEM}),
    (A.EXPIRE, S.PUBLISHED): (S.EXPIRED, {Role.SYSTEM}),
    (A.EXPIRE, S.PAUSED): (S.EXPIRED, {Role.SYSTEM}),
    (A.REOPEN, S.FILLED): (S.PUBLISHED, {E, Role.SYSTEM}),
    (A.REOPEN, S.EXPIRED): (S.PUBLISHED, {E, Role.SYSTEM}),
    (A.CLOSE, S.DRAFT): (S.CLOSED, {E, Role.SYSTEM, Role.ADMINISTRATOR}),
    (A.CLOSE, S.PUBLISHED): (S.CLOSED, {E, Role.SYSTEM, Role.ADMINISTRATOR}),
    (A.CLOSE, S.PAUSED): (S.CLOSED, {E, Role.SYSTEM, Role.ADMINISTRATOR}),
    (A.CLOSE, S.FILLED): (S.CLOSED, {E, Role.SYSTEM, Role.ADMINISTRATOR}),
    (A.CLOSE, S.EXPIRED): (S.CLOSED, {E, Role.SYSTEM, Role.ADMINISTRATOR}),
}


@pytest.mark.parametrize(("action", "state", "role"), list(product(OfferAction, OfferState, Role)))
def test_each_act_is_open_to_its_roles_in_its_states_only(action: A, state: S, role: Role) -> None:
    target, who = EXPECTED.get((action, state), (None, set()))
    if role in who:
        assert OFFER.target(action, state, role) is target
        assert action in OFFER.actions(state, role)
        return
    with pytest.raises(Refused) as refused:
        OFFER.target(action, state, role)
    assert refused.value.reasons == (WorkflowRefusal.NOT_YOUR_ROLE if target else WorkflowRefusal.WRONG_STATE,)
    assert action not in OFFER.actions(state, role)


def test_nothing_leaves_a_closed_offer() -> None:
    assert all(OFFER.actions(OfferState.CLOSED, role) == () for role in Role)
