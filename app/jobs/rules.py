"""What is a job of the portal, and which of its runs are due?"""

from enum import StrEnum


class RunOutcome(StrEnum):
    """How a run went."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    ABANDONED = "abandoned"
    """Its process died in the middle."""


class RunTrigger(StrEnum):
    """Why a run began."""

    SCHEDULE = "schedule"
    CATCH_UP = "catch_up"
    REPLAY = "replay"
