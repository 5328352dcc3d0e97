"""How does an application go from a proposal or a click to a hire, and who may move it?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

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
    FILE_NOT_SHOWN = "file_not_shown"
    START_BEFORE_TODAY = "start_before_today"
    END_BEFORE_START = "end_before_start"
    CDI_WITH_END = "cdi_with_end"
    HOURS_ABOVE_LEGAL = "hours_above_legal"
    INTERVIEW_PAST = "interview_past"
    NOT_SENT_YET = "not_sent_yet"


class ProposalResult(StrEnum):
    """What came of proposing one person."""

    PROPOSED = "proposed"
    ALREADY = "already"
    NOT_READY = "not_ready"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Delays:
    """In days; defaults of the département (domain: applications)."""

    person_answers: int = 7
    portal_sends: int = 2
    employer_answers: int = 15
    hire_recorded_late: int = 60


DELAYS: Final = Delays()

_S = ApplicationState
_OPEN_TO_EMPLOYER = {_S.SENT, _S.IN_REVIEW, _S.POSTPONED, _S.INTERVIEW}
OPEN_STATES = frozenset({_S.PROPOSED, _S.AGREED}) | _OPEN_TO_EMPLOYER
EMPLOYER_SEES = frozenset(_OPEN_TO_EMPLOYER | {_S.HIRED, _S.REFUSED, _S.WITHDRAWN, _S.OBSOLETE})
FINAL_STATES = frozenset(_S) - OPEN_STATES

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
    row(ApplicationAction.REFUSE, _OPEN_TO_EMPLOYER, _S.REFUSED, _EMPLOYER),
    row(ApplicationAction.WITHDRAW, {_S.AGREED} | _OPEN_TO_EMPLOYER, _S.WITHDRAWN, _PERSON),
    row(ApplicationAction.OBSOLETE, OPEN_STATES, _S.OBSOLETE, {Role.SYSTEM}),
)


def hire_refusals(
    *, start_on: date, end_on: date | None, hours_week: float, open_ended: bool, today: date
) -> tuple[ApplicationRefusal, ...]:
    """All reasons against a hire as typed: the start may be past by the delay of recording, never more."""
    reasons = []
    if (today - start_on).days > DELAYS.hire_recorded_late:
        reasons.append(ApplicationRefusal.START_BEFORE_TODAY)
    if end_on is not None and end_on < start_on:
        reasons.append(ApplicationRefusal.END_BEFORE_START)
    if open_ended and end_on is not None:
        reasons.append(ApplicationRefusal.CDI_WITH_END)
    if hours_week > 48:
        reasons.append(ApplicationRefusal.HOURS_ABOVE_LEGAL)
    return tuple(reasons)


def may_write(state: ApplicationState, seen_by_employer: bool) -> bool:
    """Messages go between the employer and the person once the application is sent, until it ends without a hire."""
    return seen_by_employer and (state in _OPEN_TO_EMPLOYER or state is _S.HIRED)
