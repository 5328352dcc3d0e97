"""When may a follow-up be closed, with which outcome, and when does the portal close one that everybody left alone?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.follow_up.rules.kinds import CloseOutcome, JobPlan
from app.follow_up.rules.states import FollowUpState

WARNED_AFTER: Final = timedelta(days=30)
"""So long after the six months, whoever holds a follow-up that nobody closed is told."""
CLOSED_AFTER: Final = timedelta(days=60)
WARNED_BEFORE: Final = timedelta(days=14)
"""And never closed by the portal sooner than so long after they were told."""
NEWS_WITHIN: Final = timedelta(days=45)
"""A word older than that does not say that the person is still at work."""


class CloseRefusal(StrEnum):
    """Why a follow-up cannot be closed so, or not yet."""

    NO_OUTCOME = "follow_up_close_without_outcome"
    TOO_EARLY = "follow_up_close_too_early"
    NOT_KEPT = "follow_up_close_not_kept"
    STILL_AT_WORK = "follow_up_close_still_at_work"


@dataclass(frozen=True, slots=True)
class Work:
    """A job as the closing sees it: does it still run, with the employer of the hire, and what was decided next?"""

    runs: bool
    same_employer: bool
    plan: JobPlan | None = None


_OF_PLAN: Final = {
    JobPlan.OTHER_JOB: CloseOutcome.OTHER_JOB,
    JobPlan.TRAINING: CloseOutcome.TRAINING,
    JobPlan.SEARCH: CloseOutcome.SEARCH,
}


def runs(end_on: date | None, ended_on: date | None, today: date) -> bool:
    """Is a job going on, as far as is known?"""
    last_day = ended_on if ended_on is not None else end_on
    return last_day is None or last_day >= today


def may_close(state: FollowUpState, closing_on: date | None, ends_on: date, today: date) -> bool:
    """A job lost may be closed at any time; one that goes on, from the day of the closing visit (``closing_on``: agreed
    or held) or once the six months are over."""
    if state is FollowUpState.BROKEN:
        return True
    return today > ends_on or (closing_on is not None and today >= closing_on)


def close_refusals(outcome: CloseOutcome | None, works: Sequence[Work], *, allowed: bool) -> tuple[CloseRefusal, ...]:
    """Every reason at once; empty: it may be closed so."""
    at_work = [work for work in works if work.runs]
    kept = any(work.same_employer for work in at_work)
    wrong = {
        CloseRefusal.TOO_EARLY: not allowed,
        CloseRefusal.NO_OUTCOME: outcome is None,
        CloseRefusal.NOT_KEPT: outcome is CloseOutcome.KEPT and not kept,
        CloseRefusal.STILL_AT_WORK: outcome is CloseOutcome.SEARCH and bool(at_work),
    }
    return tuple(reason for reason, is_so in wrong.items() if is_so)


def suggested(state: FollowUpState, works: Sequence[Work], last_news: date | None, today: date) -> CloseOutcome | None:
    """What the facts say, for the form; None when nobody said anything lately: it is for a human to say."""
    if state is FollowUpState.BROKEN:
        return CloseOutcome.SEARCH
    at_work = [work for work in works if work.runs]
    if at_work:
        if last_news is None or last_news < today - NEWS_WITHIN:
            return None
        return CloseOutcome.KEPT if any(work.same_employer for work in at_work) else CloseOutcome.OTHER_JOB
    plan = next((work.plan for work in reversed(works) if work.plan is not None), None)
    return _OF_PLAN.get(plan) if plan is not None else None


def warned_today(ends_on: date, warned_on: date | None, today: date) -> bool:
    """Is whoever holds it told today that it waits to be closed?"""
    return warned_on is None and today > ends_on + WARNED_AFTER


def closed_today(ends_on: date, warned_on: date | None, today: date) -> bool:
    """Does the portal close it today, without news?"""
    return warned_on is not None and today > ends_on + CLOSED_AFTER and today >= warned_on + WARNED_BEFORE
