"""Which kinds of visits, voices, causes and answers does a follow-up know? The lists that every part shares."""

from enum import StrEnum


class FollowUpOrigin(StrEnum):
    """What opened the follow-up."""

    APPLICATION = "application"
    EVENT = "event"
    PLACEMENT = "placement"
    ELSEWHERE = "elsewhere"
    """A job that the person found without the portal, recorded by hand."""


class VisitKind(StrEnum):
    """A row of the calendar, in the order of the six months; ``extra`` is one more, at any time."""

    FIRST_CALL = "first_call"
    MONTH_1 = "month_1"
    MONTH_3 = "month_3"
    MONTH_5 = "month_5"
    CLOSING = "closing"
    EXTRA = "extra"


class MeetingMode(StrEnum):
    """How people meet."""

    PLACE = "place"
    PHONE = "phone"
    VIDEO = "video"


class VoiceSide(StrEnum):
    """Whose words: the tutor's in the firm, or the person's. Neither reads the other's."""

    TUTOR = "tutor"
    PERSON = "person"


class AnnexSide(StrEnum):
    """Who signs the annex."""

    PERSON = "person"
    REFERENT = "referent"


class SignatureMeans(StrEnum):
    """A simple electronic signature, or paper recorded by the referent."""

    ELECTRONIC = "electronic"
    PAPER = "paper"


class AlertKind(StrEnum):
    """The weak signals of the plan's fiche 4-2."""

    TWO_ABSENCES = "two_absences"
    VISIT_LATE = "visit_late"
    NO_ANSWER = "no_answer"
    TRIAL_WITHOUT_VISIT = "trial_without_visit"
    END_WITHOUT_PLAN = "end_without_plan"
    LOW_HOURS = "low_hours"


class AlertLevel(StrEnum):
    """Who sees an alert: the referent, then their manager too."""

    REFERENT = "referent"
    MANAGER = "manager"


class AlertOutcome(StrEnum):
    """How an alert ended."""

    SOLVED = "solved"
    WATCHED = "watched"
    MISTAKEN = "mistaken"
    BROKEN = "broken"
    ENDED = "ended"
    """The follow-up closed or stopped while it was open: nobody concluded."""


class BreakCause(StrEnum):
    """Why a job ended (fiche 4-2). Health is one code, never a detail."""

    TRIAL_EMPLOYER = "trial_employer"
    TRIAL_PERSON = "trial_person"
    ABSENCE = "absence"
    CHILDCARE = "childcare"
    TRANSPORT = "transport"
    HOUSING = "housing"
    HEALTH = "health"
    NOT_AS_ANNOUNCED = "not_as_announced"
    CONFLICT = "conflict"
    PAY = "pay"
    ADMINISTRATIVE = "administrative"
    BETTER_JOB = "better_job"
    END_OF_TERM = "end_of_term"
    BUSINESS_CLOSED = "business_closed"


class BreakDecider(StrEnum):
    """Who decided that the job ends."""

    EMPLOYER = "employer"
    PERSON = "person"
    BOTH = "both"
    NOBODY = "nobody"


class JobPlan(StrEnum):
    """What follows a job that ends: the decision of the fifth month."""

    RENEWED = "renewed"
    OPEN_ENDED = "open_ended"
    OTHER_JOB = "other_job"
    TRAINING = "training"
    SEARCH = "search"


class Standing(StrEnum):
    """Where the person is at a given day after the hire."""

    SAME = "same"
    NEW_JOB = "new_job"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class StopReason(StrEnum):
    """Why everything stops, quietly."""

    DEATH = "death"
    REMOVED = "removed"
    REFUSED = "refused"
    """The person no longer wants to be followed."""


class CloseOutcome(StrEnum):
    """What the closing concludes."""

    KEPT = "kept"
    OTHER_JOB = "other_job"
    TRAINING = "training"
    BUSINESS = "business"
    """The person created their own."""
    SEARCH = "search"
    NO_NEWS = "no_news"
