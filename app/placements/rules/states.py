"""How do a placement and a tripartite meeting move, and who may move them? One table each."""

from datetime import date
from enum import StrEnum
from typing import Final

from app.core.roles import ACCOMPANIMENT, Role
from app.core.workflow import Workflow, row


class PlacementState(StrEnum):
    """From the wish to what was learnt. The convention lives from ``prepared`` to ``validated`` with the State."""

    WISHED = "wished"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PREPARED = "prepared"
    DEPOSITED = "deposited"
    VALIDATED = "validated"
    RUNNING = "running"
    ENDED = "ended"
    STOPPED = "stopped"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class PlacementAction(StrEnum):
    """What happens to a placement."""

    ACCEPT = "accept"
    DECLINE = "decline"
    PREPARE = "prepare"
    DEPOSIT = "deposit"
    VALIDATE = "validate"
    CORRECT = "correct"
    """Back to ``accepted``: dates, hours or tasks change, and all is signed and deposited again."""
    CANCEL = "cancel"
    START = "start"
    STOP = "stop"
    END = "end"
    CLOSE = "close"


class TripartiteState(StrEnum):
    """Dates are proposed; one suits the three; it took place, or does not."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    HELD = "held"
    CANCELLED = "cancelled"


class TripartiteAction(StrEnum):
    """What happens to a tripartite meeting."""

    AGREE = "agree"
    REOPEN = "reopen"
    """The date agreed on suits no more: new ones are proposed."""
    HOLD = "hold"
    CANCEL = "cancel"


_SIDE: Final = ACCOMPANIMENT
_HOST: Final = ACCOMPANIMENT | {Role.EMPLOYER}
_PARTIES: Final = _HOST | {Role.CANDIDATE}
_AND_PORTAL: Final = _PARTIES | {Role.SYSTEM}
_P, _T = PlacementState, TripartiteState

PLACEMENT = Workflow(
    row(PlacementAction.ACCEPT, {_P.WISHED}, _P.ACCEPTED, _HOST),
    row(PlacementAction.DECLINE, {_P.WISHED}, _P.DECLINED, _HOST),
    row(PlacementAction.PREPARE, {_P.ACCEPTED}, _P.PREPARED, _SIDE),
    row(PlacementAction.DEPOSIT, {_P.PREPARED}, _P.DEPOSITED, _SIDE),
    row(PlacementAction.VALIDATE, {_P.DEPOSITED}, _P.VALIDATED, _SIDE),
    row(PlacementAction.CORRECT, {_P.PREPARED, _P.DEPOSITED}, _P.ACCEPTED, _SIDE),
    row(
        PlacementAction.CANCEL,
        {_P.WISHED, _P.ACCEPTED, _P.PREPARED, _P.DEPOSITED, _P.VALIDATED},
        _P.CANCELLED,
        _AND_PORTAL,
    ),
    row(PlacementAction.START, {_P.VALIDATED}, _P.RUNNING, {Role.SYSTEM}),
    row(PlacementAction.STOP, {_P.RUNNING}, _P.STOPPED, _AND_PORTAL),
    row(PlacementAction.END, {_P.RUNNING}, _P.ENDED, {Role.SYSTEM}),
    row(PlacementAction.CLOSE, {_P.ENDED, _P.STOPPED}, _P.CLOSED, _SIDE | {Role.SYSTEM}),
)
"""Who accompanies accepts or declines for a host that is not on the portal. One validated is never corrected:
it is cancelled, and another is asked."""

TRIPARTITE = Workflow(
    row(TripartiteAction.AGREE, {_T.PROPOSED}, _T.AGREED, _PARTIES),
    row(TripartiteAction.REOPEN, {_T.AGREED}, _T.PROPOSED, _PARTIES),
    row(TripartiteAction.HOLD, {_T.AGREED}, _T.HELD, _SIDE),
    row(TripartiteAction.CANCEL, {_T.PROPOSED, _T.AGREED}, _T.CANCELLED, _AND_PORTAL),
)

VALIDATED_ONES: Final = frozenset({_P.VALIDATED, _P.RUNNING, _P.ENDED, _P.STOPPED, _P.CLOSED})
"""The State's service has said yes."""
DEPOSITED_ONES: Final = VALIDATED_ONES | {_P.DEPOSITED}
PREPARED_ONES: Final = DEPOSITED_ONES | {_P.PREPARED}
COUNTED: Final = PREPARED_ONES | {_P.ACCEPTED}
"""Agreed by person and host: its days count, and no other may lie on them. A wish counts for nothing yet."""
DEAD: Final = frozenset({_P.DECLINED, _P.CANCELLED})
CANCELLABLE: Final = frozenset({_P.WISHED, _P.ACCEPTED, _P.PREPARED, _P.DEPOSITED, _P.VALIDATED})
EDITABLE: Final = frozenset({_P.WISHED, _P.ACCEPTED})
"""Dates, hours and tasks may still change."""
ATTENDED: Final = frozenset({_P.RUNNING, _P.ENDED, _P.STOPPED})
"""Presence may be said or corrected."""
ASSESSABLE: Final = frozenset({_P.ENDED, _P.STOPPED, _P.CLOSED})


def due_action(state: PlacementState, starts_on: date, ends_on: date, today: date) -> PlacementAction | None:
    """What the portal does by itself today: begin what is validated, end what is over the day after its last day."""
    if state is _P.VALIDATED and starts_on <= today:
        return PlacementAction.START
    if state is _P.RUNNING and ends_on < today:
        return PlacementAction.END
    return None


def waits_in_vain(state: PlacementState, starts_on: date, today: date) -> bool:
    """The first day is past without a validation: it cannot begin any more."""
    return state in CANCELLABLE - {_P.VALIDATED} and starts_on < today
