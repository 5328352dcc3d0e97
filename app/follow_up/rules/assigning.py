"""May a follow-up be given to somebody else?"""

from enum import StrEnum

from app.follow_up.rules.states import FollowUpState


class AssignRefusal(StrEnum):
    """Why it stays where it is."""

    NOT_OPEN = "follow_up_assign_not_open"
    NOBODY = "follow_up_assign_nobody"
    NOT_THERE = "follow_up_assign_not_there"
    SAME = "follow_up_assign_same"
    NO_REASON = "follow_up_assign_no_reason"


def assign_refusals(
    state: FollowUpState, *, named: bool, there: bool, same: bool, reason: str
) -> tuple[AssignRefusal, ...]:
    """All reasons. ``named``: somebody was chosen; ``there``: they accompany people in that organisation now."""
    found = []
    if state not in {FollowUpState.ACTIVE, FollowUpState.BROKEN}:
        found.append(AssignRefusal.NOT_OPEN)
    if not named:
        found.append(AssignRefusal.NOBODY)
    elif not there:
        found.append(AssignRefusal.NOT_THERE)
    elif same:
        found.append(AssignRefusal.SAME)
    if not reason.strip():
        found.append(AssignRefusal.NO_REASON)
    return tuple(found)
