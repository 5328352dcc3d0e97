"""How does an application go from a proposal or a click to a hire, and who may move it?"""

from enum import StrEnum

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
