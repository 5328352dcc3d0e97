"""May a job be said to have ended so, and what lacks before the person is proposed again?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.follow_up.rules.kinds import BreakCause, BreakDecider

AHEAD: Final = timedelta(days=31)
"""A last day may be known so long before it comes."""


class BreakRefusal(StrEnum):
    """Why a break cannot be recorded as it was said."""

    NO_JOB = "follow_up_break_no_job"
    BEFORE_START = "follow_up_break_before_start"
    TOO_FAR = "follow_up_break_too_far"
    NO_TERM = "follow_up_break_no_term"
    BEFORE_TERM = "follow_up_break_before_term"
    AFTER_TERM = "follow_up_break_after_term"
    TRIAL_OVER = "follow_up_break_trial_over"
    OTHER_DECIDER = "follow_up_break_other_decider"
    TERM_ONLY = "follow_up_break_term_only"


class SearchLack(StrEnum):
    """Why the person is not proposed to employers yet."""

    FILE_CLOSED = "follow_up_search_file_closed"
    NO_CONSENT = "follow_up_search_no_consent"
    NO_TRADE = "follow_up_search_no_trade"
    NO_COMMUNE = "follow_up_search_no_commune"
    NEVER_READY = "follow_up_search_never_ready"


@dataclass(frozen=True, slots=True)
class Term:
    """The dates of a job: its end foreseen (None: open-ended), and the end of its trial when it is known."""

    start_on: date
    end_on: date | None = None
    trial_ends_on: date | None = None


_DECIDERS: Final = {
    BreakCause.TRIAL_EMPLOYER: frozenset({BreakDecider.EMPLOYER}),
    BreakCause.TRIAL_PERSON: frozenset({BreakDecider.PERSON}),
    BreakCause.END_OF_TERM: frozenset(BreakDecider),
    BreakCause.BUSINESS_CLOSED: frozenset({BreakDecider.EMPLOYER, BreakDecider.NOBODY}),
}
"""Who may have decided, by cause; elsewhere anybody but nobody."""
_SOMEBODY: Final = frozenset(BreakDecider) - {BreakDecider.NOBODY}


def break_refusals(
    term: Term, last_day: date, cause: BreakCause, decided_by: BreakDecider, today: date
) -> tuple[BreakRefusal, ...]:
    """Every reason at once; empty: it may be recorded."""
    reasons = []
    if last_day < term.start_on:
        reasons.append(BreakRefusal.BEFORE_START)
    elif last_day > today + AHEAD:
        reasons.append(BreakRefusal.TOO_FAR)
    elif term.end_on is not None and last_day > term.end_on:
        reasons.append(BreakRefusal.AFTER_TERM)
    if cause is BreakCause.END_OF_TERM:
        if term.end_on is None:
            reasons.append(BreakRefusal.NO_TERM)
        elif last_day < term.end_on:
            reasons.append(BreakRefusal.BEFORE_TERM)
    in_trial = cause in {BreakCause.TRIAL_EMPLOYER, BreakCause.TRIAL_PERSON}
    if in_trial and term.trial_ends_on is not None and last_day > term.trial_ends_on:
        reasons.append(BreakRefusal.TRIAL_OVER)
    if decided_by not in _DECIDERS.get(cause, _SOMEBODY):
        reasons.append(BreakRefusal.TERM_ONLY if decided_by is BreakDecider.NOBODY else BreakRefusal.OTHER_DECIDER)
    return tuple(reasons)


@dataclass(frozen=True, slots=True)
class Spell:
    """Another job of the follow-up: until when it runs as far as is known (None: no end)."""

    start_on: date
    last_day: date | None


def still_works(others: Collection[Spell], last_day: date, today: date) -> bool:
    """Does another job go on after that day?"""
    after = max(last_day, today)
    return any(one.last_day is None or one.last_day > after for one in others)


def searches_again(cause: BreakCause, works: bool) -> bool:
    """Who left for a better job, or has another one, is not proposed: the new job is to be recorded."""
    return not works and cause is not BreakCause.BETTER_JOB


def search_lacks(
    *, active: bool, consents: bool, trades: int, commune: bool, was_ready: bool
) -> tuple[SearchLack, ...]:
    """What must be completed in the file first; a closed file lacks nothing else."""
    if not active:
        return (SearchLack.FILE_CLOSED,)
    lacks = {
        SearchLack.NO_CONSENT: not consents,
        SearchLack.NO_TRADE: not trades,
        SearchLack.NO_COMMUNE: not commune,
        SearchLack.NEVER_READY: not was_ready,
    }
    return tuple(lack for lack, is_so in lacks.items() if is_so)
