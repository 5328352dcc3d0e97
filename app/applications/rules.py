"""How does an application go from a proposal or a click to a hire or a stage, and who may move it?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.accounts.rules.throttles import Limit
from app.core.months import last_day_of_a_month
from app.core.roles import Role
from app.core.workflow import Workflow, row


class Origin(StrEnum):
    """Who began it: the person, or a facilitator's or referent's proposal."""

    DIRECT = "direct"
    PROPOSAL = "proposal"


class ApplicationState(StrEnum):
    """Where an application is. A direct one starts at SENT."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    SENT = "sent"
    IN_REVIEW = "in_review"
    POSTPONED = "postponed"
    INTERVIEW = "interview"
    HIRED = "hired"
    PLACED = "placed"
    """Taken for a stage: the offer was one."""
    REFUSED = "refused"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OBSOLETE = "obsolete"


class ApplicationAction(StrEnum):
    """What may be done with an application."""

    AGREE = "agree"
    DECLINE = "decline"
    SEND = "send"
    REVIEW = "review"
    POSTPONE = "postpone"
    INVITE = "invite"
    HIRE = "hire"
    TAKE = "take"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    OBSOLETE = "obsolete"


class RefusalReason(StrEnum):
    """Why an employer says no; each has a text that the person will read."""

    UNREACHABLE = "unreachable"
    ABSENT = "absent"
    HIRED_ELSEWHERE = "hired_elsewhere"
    IN_TRAINING = "in_training"
    NOT_ELIGIBLE = "not_eligible"
    NOT_MOBILE = "not_mobile"
    NOT_INTERESTED = "not_interested"
    LACKS_SKILLS = "lacks_skills"
    BARRIER = "barrier"
    OBJECTIVES = "objectives"
    NO_POSITION = "no_position"
    DUPLICATE = "duplicate"
    OTHER = "other"


class ApplicationRefusal(StrEnum):
    """Why an act on an application is refused."""

    OFFER_NOT_OPEN = "offer_not_open"
    NO_POST_LEFT = "no_post_left"
    ALREADY_APPLIED = "already_applied"
    NO_MANDATE = "no_mandate"
    START_TOO_OLD = "start_too_old"
    START_BEFORE_OFFER = "start_before_offer"
    END_BEFORE_START = "end_before_start"
    CDI_WITH_END = "cdi_with_end"
    HOURS_ABOVE_LEGAL = "hours_above_legal"
    INTERVIEW_PAST = "interview_past"
    NOT_SENT_YET = "not_sent_yet"
    CONVERSATION_OVER = "conversation_over"
    NOT_A_JOB = "application_not_a_job"
    NOT_A_PLACEMENT = "application_not_a_placement"
    TAKE_START_PAST = "application_take_start_past"
    TAKE_ABOVE_A_MONTH = "application_take_above_a_month"


class ProposalResult(StrEnum):
    """What came of proposing one person."""

    PROPOSED = "proposed"
    ALREADY = "already"
    DECLINED_BEFORE = "declined_before"
    REFUSED_BEFORE = "refused_before"
    NOT_READY = "not_ready"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class TakenTerms:
    """What a host proposes when they take somebody for a stage: the convention is made from it."""

    start_on: date
    end_on: date
    hours_week: Decimal
    tutor_name: str = ""
    tutor_phone: str = ""
    tasks: str = ""


@dataclass(frozen=True, slots=True)
class Delays:
    """In days; defaults of the département (domain: applications)."""

    person_answers: int = 7
    portal_sends: int = 2
    employer_answers: int = 15
    hire_recorded_late: int = 60


DELAYS: Final = Delays()
LEGAL_WEEK: Final = 48
"""Hours of the longest working week (Code du travail, art. L3121-20)."""
WORDS_MOST, NOTE_MOST, REFUSAL_MOST, TASKS_MOST = 1000, 2000, 600, 1000
"""Characters: what a person writes with an application, a message, the text of a refusal, the tasks of a stage."""
DRAFT_PER_ADDRESS: Final = Limit("apply.draft.address", 120, timedelta(hours=1))
FIRST_TIME_PER_ADDRESS: Final = Limit("apply.first_time.address", 30, timedelta(hours=1))
"""What somebody may do before saying who they are; an address may be the one of a whole MDS."""

_S = ApplicationState
_OPEN_TO_EMPLOYER = {_S.SENT, _S.IN_REVIEW, _S.POSTPONED, _S.INTERVIEW}
WAITS_FOR_EMPLOYER = frozenset({_S.SENT, _S.IN_REVIEW, _S.POSTPONED})
OPEN_STATES = frozenset({_S.PROPOSED, _S.AGREED}) | _OPEN_TO_EMPLOYER
EMPLOYER_SEES = frozenset(_OPEN_TO_EMPLOYER | {_S.HIRED, _S.PLACED, _S.REFUSED, _S.WITHDRAWN, _S.OBSOLETE})
FINAL_STATES = frozenset(_S) - OPEN_STATES
WON_STATES = frozenset({_S.HIRED, _S.PLACED})
"""The employer said yes: the person has the post, or the stage."""
CONTACT_TAKEN_BACK = frozenset({_S.WITHDRAWN, _S.OBSOLETE})
"""The person is no longer in contact with this employer: only a first name and an initial are left."""

_PERSON = {Role.CANDIDATE, Role.FACILITATOR, Role.REFERENT}  # a professional acts under a mandate
_ACCOMPANIMENT = {Role.FACILITATOR, Role.REFERENT}
_EMPLOYER = {Role.EMPLOYER}

APPLICATION: Workflow[ApplicationAction, ApplicationState, Role] = Workflow(
    row(ApplicationAction.AGREE, {_S.PROPOSED}, _S.AGREED, _PERSON),
    row(ApplicationAction.DECLINE, {_S.PROPOSED}, _S.DECLINED, _PERSON),
    row(ApplicationAction.SEND, {_S.AGREED}, _S.SENT, _ACCOMPANIMENT | {Role.SYSTEM}),
    row(ApplicationAction.REVIEW, {_S.SENT, _S.POSTPONED}, _S.IN_REVIEW, _EMPLOYER),
    row(ApplicationAction.POSTPONE, {_S.SENT, _S.IN_REVIEW}, _S.POSTPONED, _EMPLOYER),
    row(ApplicationAction.INVITE, {_S.SENT, _S.IN_REVIEW, _S.POSTPONED}, _S.INTERVIEW, _EMPLOYER),
    row(ApplicationAction.HIRE, _OPEN_TO_EMPLOYER, _S.HIRED, _EMPLOYER),
    row(ApplicationAction.TAKE, _OPEN_TO_EMPLOYER, _S.PLACED, _EMPLOYER),
    row(ApplicationAction.REFUSE, _OPEN_TO_EMPLOYER, _S.REFUSED, _EMPLOYER),
    row(ApplicationAction.WITHDRAW, {_S.AGREED} | _OPEN_TO_EMPLOYER, _S.WITHDRAWN, _PERSON),
    row(ApplicationAction.WITHDRAW, {_S.PLACED}, _S.WITHDRAWN, {Role.SYSTEM}),
    row(ApplicationAction.OBSOLETE, OPEN_STATES | {_S.PLACED}, _S.OBSOLETE, {Role.SYSTEM}),
)
"""A stage that does not take place ends its application: withdrawn when the person gives it up, else without object."""


def hire_refusals(
    *,
    start_on: date,
    end_on: date | None,
    hours_week: Decimal,
    open_ended: bool,
    offered_on: date | None,
    today: date,
) -> tuple[ApplicationRefusal, ...]:
    """All reasons against a hire as typed: it may be recorded late, but nobody starts before the offer was there."""
    reasons = []
    if (today - start_on).days > DELAYS.hire_recorded_late:
        reasons.append(ApplicationRefusal.START_TOO_OLD)
    if offered_on is not None and start_on < offered_on:
        reasons.append(ApplicationRefusal.START_BEFORE_OFFER)
    if end_on is not None and end_on < start_on:
        reasons.append(ApplicationRefusal.END_BEFORE_START)
    if open_ended and end_on is not None:
        reasons.append(ApplicationRefusal.CDI_WITH_END)
    if hours_week > LEGAL_WEEK:
        reasons.append(ApplicationRefusal.HOURS_ABOVE_LEGAL)
    return tuple(reasons)


def take_refusals(terms: TakenTerms, today: date) -> tuple[ApplicationRefusal, ...]:
    """All reasons against a stage as typed (Code du travail, D5135 and L3121-20): never backdated, one month date to
    date, the longest working week. What earlier stages of the person and the host leave is known above."""
    reasons = []
    if terms.start_on < today:
        reasons.append(ApplicationRefusal.TAKE_START_PAST)
    if terms.end_on < terms.start_on:
        reasons.append(ApplicationRefusal.END_BEFORE_START)
    elif terms.end_on > last_day_of_a_month(terms.start_on):
        reasons.append(ApplicationRefusal.TAKE_ABOVE_A_MONTH)
    if terms.hours_week > LEGAL_WEEK:
        reasons.append(ApplicationRefusal.HOURS_ABOVE_LEGAL)
    return tuple(reasons)


def suits(action: ApplicationAction, *, placement: bool) -> bool:
    """Does the act fit the offer? One is taken for a stage, and hired for a job; every other act fits both."""
    return action is not (ApplicationAction.HIRE if placement else ApplicationAction.TAKE)


def may_write(state: ApplicationState, seen_by_employer: bool) -> bool:
    """Messages go between the employer and the person once the application is sent, until it ends without a hire
    or a stage."""
    return seen_by_employer and (state in _OPEN_TO_EMPLOYER or state in WON_STATES)


def days_late(due_on: date | None, today: date) -> int:
    """How many days the answer is late: 0 on the last day, negative before, 0 without a deadline."""
    return (today - due_on).days if due_on else 0


def proposal_result(matchable: bool, before: Collection[ApplicationState]) -> ProposalResult:
    """May an offer be proposed to a person whose earlier applications for it were in these states?"""
    if not matchable:
        return ProposalResult.NOT_READY
    if (OPEN_STATES | WON_STATES).intersection(before):
        return ProposalResult.ALREADY
    if _S.DECLINED in before:
        return ProposalResult.DECLINED_BEFORE
    return ProposalResult.REFUSED_BEFORE if _S.REFUSED in before else ProposalResult.PROPOSED


def furthest(states: Iterable[ApplicationState]) -> ApplicationState:
    """The one of several applications of a person for one offer that has gone the furthest."""
    return max(states, key=_WAY.index)


_WAY = (
    _S.OBSOLETE, _S.DECLINED, _S.WITHDRAWN, _S.REFUSED, _S.PROPOSED, _S.AGREED, _S.SENT, _S.POSTPONED, _S.IN_REVIEW,
    _S.INTERVIEW, _S.PLACED, _S.HIRED,
)  # fmt: skip
