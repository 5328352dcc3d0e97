"""Which origins, purposes, parties, presences and answers does a placement know? The lists that every part shares."""

from enum import StrEnum


class PlacementOrigin(StrEnum):
    """What began it."""

    OFFER = "offer"
    """An offer of stage of the portal."""
    DIRECT = "direct"
    """The person asked a host of the portal, without an offer."""
    PROPOSAL = "proposal"
    """Those who accompany asked a host for the person."""
    OWN_HOST = "own_host"
    """The person found a host, on the portal or not."""
    EVENT = "event"
    """A meeting of an event ended with it."""


class PlacementPurpose(StrEnum):
    """The three legal objects (Code du travail, art. L5135-1)."""

    DISCOVER = "discover"
    CONFIRM = "confirm"
    RECRUIT = "recruit"


class Party(StrEnum):
    """Who signs the convention. The prescriber is the body that accompanies the person."""

    PERSON = "person"
    HOST = "host"
    PRESCRIBER = "prescriber"


class SignatureMeans(StrEnum):
    """Where it was signed."""

    OFFICIAL_SITE = "official_site"
    PAPER = "paper"
    PORTAL = "portal"
    """The draft was agreed here: the convention itself is signed elsewhere."""


class Half(StrEnum):
    """A half-day: before and after 13:00."""

    AM = "am"
    PM = "pm"


class Presence(StrEnum):
    """What is said of a half-day. Never why somebody was away."""

    PRESENT = "present"
    ABSENT_EXCUSED = "absent_excused"
    ABSENT = "absent"
    NOT_EXPECTED = "not_expected"
    """The host was closed, or the hours were moved."""


class IncidentKind(StrEnum):
    """What happened. An accident is declared by the prescriber's side; no medical detail is kept."""

    ACCIDENT = "accident"
    OTHER = "other"


class StopReason(StrEnum):
    """Who or what ended it before its last day. Never why in the person's life."""

    PERSON = "person"
    HOST = "host"
    AGREED = "agreed"
    HIRED = "hired"
    TRAINING = "training"
    NEVER_CAME = "never_came"


class CancelReason(StrEnum):
    """Why it does not take place."""

    PERSON = "person"
    HOST = "host"
    PRESCRIBER = "prescriber"
    NOT_VALIDATED = "not_validated"
    """The State's service said no, or had not answered on the first day."""
    DUPLICATE = "duplicate"
    REMOVED = "removed"
    """The person has left the portal."""


class Completion(StrEnum):
    """Did the person do all of it?"""

    COMPLETED = "completed"
    PARTLY = "partly"
    DID_NOT_COME = "did_not_come"


class AssessmentSide(StrEnum):
    """Whose assessment."""

    HOST = "host"
    PERSON = "person"


class Answer(StrEnum):
    """The answer to a plain question."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class NextKind(StrEnum):
    """What follows a placement."""

    OFFER = "offer"
    HIRE = "hire"
    TRAINING = "training"
    OTHER_PLACEMENT = "other_placement"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class TripartiteParty(StrEnum):
    """The three who meet: the person, who accompanies, the structure."""

    PERSON = "person"
    REFERENT = "referent"
    STRUCTURE = "structure"
