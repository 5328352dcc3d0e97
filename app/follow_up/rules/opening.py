"""May a follow-up be opened on this job, or a job change, and what is wrong with what was typed? Every reason."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.follow_up.rules.calendar import six_months_end
from app.follow_up.rules.states import FollowUpState
from app.offers.rules import LEGAL_WEEK, EmploymentKind

AHEAD: Final = timedelta(days=90)
"""How far in the future a job found elsewhere may begin; a hire through the portal has rules of its own."""
BETWEEN_JOBS: Final = timedelta(days=30)
"""A new job begun within this time goes on from the one before (fiche 4-2)."""


class OpeningRefusal(StrEnum):
    """Why a follow-up is not opened, or a job not kept as typed."""

    TOO_FAR = "follow_up_start_too_far"
    SIX_MONTHS_OVER = "follow_up_six_months_over"
    END_BEFORE_START = "follow_up_end_before_start"
    CDI_WITH_END = "follow_up_cdi_with_end"
    HOURS = "follow_up_hours_week"
    TRIAL_OUTSIDE = "follow_up_trial_outside"
    NO_EMPLOYER = "follow_up_no_employer"
    NO_TITLE = "follow_up_no_title"
    SAME_JOB = "follow_up_same_job"
    NOT_BEFORE_NEXT = "follow_up_job_not_before_next"
    NOT_AFTER_LAST = "follow_up_job_not_after_last"
    NOT_OPEN = "follow_up_not_open"


class JobChange(StrEnum):
    """What changes when a new row of job is written."""

    RENEWAL = "renewal"
    OPEN_ENDED = "open_ended"
    OTHER_EMPLOYER = "other_employer"
    HOURS = "hours"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class JobTerms:
    """What is said of a job. The employer is an organisation of the portal, or a name."""

    title: str
    employment_kind: EmploymentKind
    start_on: date
    hours_week: Decimal
    end_on: date | None = None
    trial_ends_on: date | None = None
    organisation_id: UUID | None = None
    employer_name: str = ""
    trade_slug: str | None = None
    commune_insee: str | None = None
    tutor_name: str = ""
    tutor_phone: str | None = None
    tutor_email: str | None = None


def job_refusals(terms: JobTerms) -> tuple[OpeningRefusal, ...]:
    """What is wrong with a job in itself."""
    reasons = []
    if terms.organisation_id is None and not terms.employer_name.strip():
        reasons.append(OpeningRefusal.NO_EMPLOYER)
    if not terms.title.strip():
        reasons.append(OpeningRefusal.NO_TITLE)
    if terms.end_on is not None and terms.end_on < terms.start_on:
        reasons.append(OpeningRefusal.END_BEFORE_START)
    if terms.end_on is not None and terms.employment_kind is EmploymentKind.CDI:
        reasons.append(OpeningRefusal.CDI_WITH_END)
    if not 0 < terms.hours_week <= LEGAL_WEEK:
        reasons.append(OpeningRefusal.HOURS)
    trial, last = terms.trial_ends_on, terms.end_on or date.max
    if trial is not None and not terms.start_on <= trial <= last:
        reasons.append(OpeningRefusal.TRIAL_OUTSIDE)
    return tuple(reasons)


def opening_refusals(terms: JobTerms, today: date) -> tuple[OpeningRefusal, ...]:
    """What is wrong with a job typed by hand: the six months must not be over, nor begin too late."""
    reasons = list(job_refusals(terms))
    if terms.start_on > today + AHEAD:
        reasons.append(OpeningRefusal.TOO_FAR)
    if six_months_end(terms.start_on) < today:
        reasons.append(OpeningRefusal.SIX_MONTHS_OVER)
    return tuple(reasons)


def change_refusals(terms: JobTerms, state: FollowUpState, last_start: date, today: date) -> tuple[OpeningRefusal, ...]:
    """What is wrong with one more job in a follow-up: it comes after the one before, in an open follow-up."""
    reasons = list(job_refusals(terms))
    if state not in {FollowUpState.ACTIVE, FollowUpState.BROKEN}:
        reasons.append(OpeningRefusal.NOT_OPEN)
    if terms.start_on <= last_start:
        reasons.append(OpeningRefusal.NOT_AFTER_LAST)
    if terms.start_on > today + AHEAD:
        reasons.append(OpeningRefusal.TOO_FAR)
    return tuple(reasons)


def correction_refusals(
    terms: JobTerms, state: FollowUpState, *, after: date | None, before: date | None
) -> tuple[OpeningRefusal, ...]:
    """What is wrong with a correction. The job lies after the start of the one before it (``after``) and before the
    start of the next one (``before``); the first day of the hire's job (``after`` None) is that of the six months."""
    reasons = list(job_refusals(terms))
    if state is FollowUpState.STOPPED:
        reasons.append(OpeningRefusal.NOT_OPEN)
    if after is not None and terms.start_on <= after:
        reasons.append(OpeningRefusal.NOT_AFTER_LAST)
    if before is not None and terms.start_on >= before:
        reasons.append(OpeningRefusal.NOT_BEFORE_NEXT)
    return tuple(reasons)


def goes_on(state: FollowUpState, ended_on: date | None, start_on: date) -> bool:
    """Does a job that begins on ``start_on`` continue a follow-up whose last job ended on ``ended_on``?

    A broken one is searching: any new job ends the search. Otherwise the job ended, 30 days before at most.
    """
    if state is FollowUpState.STOPPED:
        return False
    near = ended_on is not None and timedelta(0) <= start_on - ended_on <= BETWEEN_JOBS
    return state is FollowUpState.BROKEN or near


def day_number(starts_on: date, today: date) -> int:
    """« 66e jour »: the first day of work is the first; zero or less before it."""
    return (today - starts_on).days + 1
