"""How do a follow-up, a visit and an alert move, and who may move them? One table each."""

from enum import StrEnum

from app.core.roles import ACCOMPANIMENT, Role
from app.core.workflow import Workflow, row


class FollowUpState(StrEnum):
    """The person works; the job is lost; the six months are over; everything stopped."""

    ACTIVE = "active"
    BROKEN = "broken"
    CLOSED = "closed"
    STOPPED = "stopped"


class FollowUpAction(StrEnum):
    """What happens to a follow-up."""

    BREAK = "break"
    RESUME = "resume"
    CLOSE = "close"
    STOP = "stop"


class VisitState(StrEnum):
    """Planned, what came of it, or not to be held: cancelled, or due before the follow-up was opened."""

    PLANNED = "planned"
    HELD = "held"
    ABSENT = "absent"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


class VisitAction(StrEnum):
    """What is reported of a visit."""

    HOLD = "hold"
    NOTE_ABSENCE = "note_absence"
    NOTE_NO_ANSWER = "note_no_answer"
    NOTE_REFUSAL = "note_refusal"
    CANCEL = "cancel"


class AlertState(StrEnum):
    """From the signal to its outcome."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    ACTED = "acted"
    CLOSED = "closed"


class AlertAction(StrEnum):
    """What is done about an alert."""

    ACKNOWLEDGE = "acknowledge"
    ACT = "act"
    CLOSE = "close"


_SIDE = ACCOMPANIMENT
_AND_PORTAL = ACCOMPANIMENT | {Role.SYSTEM}
_F, _V, _A = FollowUpState, VisitState, AlertState

FOLLOW_UP = Workflow(
    row(FollowUpAction.BREAK, {_F.ACTIVE}, _F.BROKEN, _SIDE),
    row(FollowUpAction.RESUME, {_F.BROKEN}, _F.ACTIVE, _AND_PORTAL | {Role.EMPLOYER}),
    row(FollowUpAction.CLOSE, {_F.ACTIVE, _F.BROKEN}, _F.CLOSED, _AND_PORTAL | {Role.EMPLOYER}),
    row(FollowUpAction.STOP, {_F.ACTIVE, _F.BROKEN}, _F.STOPPED, _AND_PORTAL | {Role.CANDIDATE, Role.DEPARTMENT}),
)
"""An employer resumes or closes only by hiring: a new hire ends the search that an earlier break began."""

VISIT = Workflow(
    row(VisitAction.HOLD, {_V.PLANNED}, _V.HELD, _SIDE),
    row(VisitAction.NOTE_ABSENCE, {_V.PLANNED}, _V.ABSENT, _SIDE),
    row(VisitAction.NOTE_NO_ANSWER, {_V.PLANNED}, _V.NO_ANSWER, _SIDE),
    row(VisitAction.NOTE_REFUSAL, {_V.PLANNED}, _V.REFUSED, _SIDE),
    row(VisitAction.CANCEL, {_V.PLANNED}, _V.CANCELLED, _AND_PORTAL | {Role.CANDIDATE, Role.EMPLOYER}),
)

"""A visit missed stays as it was: to try again is one more visit of its kind."""

ALERT = Workflow(
    row(AlertAction.ACKNOWLEDGE, {_A.OPEN}, _A.ACKNOWLEDGED, _SIDE),
    row(AlertAction.ACT, {_A.OPEN, _A.ACKNOWLEDGED, _A.ACTED}, _A.ACTED, _SIDE),
    row(AlertAction.CLOSE, {_A.OPEN, _A.ACKNOWLEDGED, _A.ACTED}, _A.CLOSED, _AND_PORTAL),
)
"""The portal closes an alert only when its follow-up stops or closes."""
