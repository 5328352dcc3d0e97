"""How did a run go, and what may be written of it?"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

OLDEST_REPLAY: Final = timedelta(days=366)
_MOST = 300
# What a message of an error may hold of people: what is quoted, addresses, long numbers.
_PERSONAL = re.compile(r"'[^']*'|\"[^\"]*\"|«[^»]*»|\S+@\S+|\+?\d(?:[ .]?\d){5,}")


class RunOutcome(StrEnum):
    """How a run went."""

    ASKED = "asked"
    """By an administrator; the scheduler begins it within seconds."""
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


class JobRefusal(StrEnum):
    """Why a replay asked for from the page is refused."""

    DAY_AHEAD = "job_day_ahead"
    DAY_TOO_OLD = "job_day_too_old"


def replay_refusals(day: date, today: date) -> tuple[JobRefusal, ...]:
    """A replay from the page goes back a year at most, and never ahead: it would expire what still lives."""
    if day > today:
        return (JobRefusal.DAY_AHEAD,)
    return (JobRefusal.DAY_TOO_OLD,) if today - day > OLDEST_REPLAY else ()


def counts_of(result: object) -> dict[str, Any]:
    """What a job answered, as the run log keeps it: a number is « count », words are « note »."""
    match result:
        case None:
            return {}
        case int():
            return {"count": int(result)}
        case Mapping():
            return {str(name): value if isinstance(value, int) else str(value) for name, value in result.items()}
    return {"note": str(result)[:_MOST]}


def error_words(error: BaseException) -> str:
    """The class and the message of an error, without what may be somebody's: the log has the rest.

    Of a database error only its code and its constraint are kept: its message quotes the row.
    """
    cause = getattr(error, "orig", None) or error
    diagnosis = getattr(cause, "diag", None)
    if diagnosis is not None:
        message = " ".join(filter(None, (diagnosis.sqlstate, diagnosis.table_name, diagnosis.constraint_name)))
    else:
        message = _PERSONAL.sub("…", str(cause).strip().partition("\n")[0])
    return f"{type(cause).__name__}: {message}"[:_MOST].rstrip(": ")
