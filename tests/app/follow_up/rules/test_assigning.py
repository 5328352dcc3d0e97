"""A follow-up is given to somebody who is there, with a reason."""

from app.follow_up.rules.assigning import AssignRefusal, assign_refusals
from app.follow_up.rules.states import FollowUpState


def test_somebody_else_who_is_there_may_have_it() -> None:
    assert assign_refusals(FollowUpState.BROKEN, named=True, there=True, same=False, reason="Départ") == ()


def test_every_reason_against_it_is_said() -> None:
    none = assign_refusals(FollowUpState.CLOSED, named=False, there=False, same=False, reason=" ")
    assert none == (AssignRefusal.NOT_OPEN, AssignRefusal.NOBODY, AssignRefusal.NO_REASON)
    gone = assign_refusals(FollowUpState.ACTIVE, named=True, there=False, same=True, reason="Départ")
    assert gone == (AssignRefusal.NOT_THERE,)
    same = assign_refusals(FollowUpState.ACTIVE, named=True, there=True, same=True, reason="Départ")
    assert same == (AssignRefusal.SAME,)
