"""How do an event, a booking, a meeting and a task move, and who may move them? One table each."""

from enum import StrEnum
from typing import Final

from app.core.roles import ACCOMPANIMENT, Role
from app.core.workflow import Workflow, row


class EventState(StrEnum):
    """Being prepared; open to all it is for; over and its results written; called off."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class EventAction(StrEnum):
    """What happens to an event."""

    PUBLISH = "publish"
    CLOSE = "close"
    CANCEL = "cancel"
    REOPEN = "reopen"


class BookingState(StrEnum):
    """From the invitation to who was there."""

    INVITED = "invited"
    BOOKED = "booked"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    SEEN = "seen"
    EXCUSED = "excused"
    ABSENT = "absent"


class BookingAction(StrEnum):
    """What happens to a booking."""

    BOOK = "book"
    WAIT = "wait"
    PROMOTE = "promote"
    CANCEL = "cancel"
    CHECK_IN = "check_in"
    EXCUSE = "excuse"
    MARK_ABSENT = "mark_absent"
    UNDO = "undo"


class MeetingState(StrEnum):
    """A meeting of the plan; one that a new plan leaves out is dropped, one that somebody missed is missed."""

    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"
    DROPPED = "dropped"


class MeetingAction(StrEnum):
    """What happens to a meeting."""

    HOLD = "hold"
    MISS = "miss"
    DROP = "drop"
    RESTORE = "restore"


class TaskState(StrEnum):
    """A partnership task."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class TaskAction(StrEnum):
    """What happens to a task."""

    FINISH = "finish"
    DROP = "drop"
    REOPEN = "reopen"


_STAFF: Final = ACCOMPANIMENT | {Role.DEPARTMENT, Role.EMPLOYER}
"""Those who may organise something; which events, queries.visible says."""
_ANYBODY: Final = _STAFF | {Role.CANDIDATE, Role.ADMINISTRATOR, Role.SYSTEM}
"""SYSTEM: somebody without an account, with the code of their paper; or a job."""
_E, _B, _M, _T = EventState, BookingState, MeetingState, TaskState

EVENT = Workflow(
    row(EventAction.PUBLISH, {_E.DRAFT}, _E.PUBLISHED, _STAFF),
    row(EventAction.CLOSE, {_E.PUBLISHED}, _E.CLOSED, _STAFF | {Role.SYSTEM}),
    row(EventAction.REOPEN, {_E.CLOSED}, _E.PUBLISHED, _STAFF),
    row(EventAction.CANCEL, {_E.DRAFT, _E.PUBLISHED}, _E.CANCELLED, _STAFF),
)
BOOKING = Workflow(
    row(BookingAction.BOOK, {_B.INVITED, _B.CANCELLED, _B.EXCUSED}, _B.BOOKED, _ANYBODY),
    row(BookingAction.WAIT, {_B.INVITED, _B.CANCELLED}, _B.WAITING, _ANYBODY),
    row(BookingAction.PROMOTE, {_B.WAITING}, _B.BOOKED, _STAFF | {Role.SYSTEM}),
    row(BookingAction.CANCEL, {_B.INVITED, _B.BOOKED, _B.WAITING}, _B.CANCELLED, _ANYBODY),
    row(BookingAction.CHECK_IN, {_B.BOOKED, _B.ABSENT}, _B.SEEN, _STAFF),
    row(BookingAction.EXCUSE, {_B.BOOKED, _B.ABSENT}, _B.EXCUSED, _STAFF),
    row(BookingAction.MARK_ABSENT, {_B.BOOKED}, _B.ABSENT, _STAFF | {Role.SYSTEM}),
    row(BookingAction.UNDO, {_B.SEEN, _B.ABSENT}, _B.BOOKED, _STAFF),
)
MEETING = Workflow(
    row(MeetingAction.HOLD, {_M.PLANNED, _M.MISSED}, _M.HELD, _STAFF | {Role.SYSTEM, Role.CANDIDATE}),
    row(MeetingAction.MISS, {_M.PLANNED, _M.HELD}, _M.MISSED, _STAFF),
    row(MeetingAction.DROP, {_M.PLANNED}, _M.DROPPED, _STAFF),
    row(MeetingAction.RESTORE, {_M.MISSED}, _M.PLANNED, _STAFF),
)
TASK = Workflow(
    row(TaskAction.FINISH, {_T.OPEN}, _T.DONE, _STAFF),
    row(TaskAction.DROP, {_T.OPEN}, _T.DROPPED, _STAFF),
    row(TaskAction.REOPEN, {_T.DONE, _T.DROPPED}, _T.OPEN, _STAFF),
)

HOLDS_SEAT: Final = frozenset({_B.BOOKED, _B.SEEN, _B.ABSENT})
"""Whoever is here holds one of the side's seats: ``SlotSide.taken`` counts them."""
LIVE: Final = frozenset({_B.INVITED, _B.BOOKED, _B.WAITING, _B.SEEN, _B.ABSENT})
OUT: Final = frozenset({_B.CANCELLED, _B.EXCUSED})
"""Whoever is here does not come: they read nothing more of the other side, and say nothing of it."""
EXPECTED: Final = frozenset({_B.BOOKED, _B.SEEN})
"""Those for whom a plan of meetings is made: present, or not yet said to be absent."""
IN_THE_PLAN: Final = frozenset({_M.PLANNED, _M.HELD})
