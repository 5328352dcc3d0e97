"""By which channel does a message leave, and in which states may it be?"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.messages.rules.letters import postal_refusals


class Channel(StrEnum):
    """How a message reaches somebody."""

    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"


class MessageState(StrEnum):
    """Where a message of the outbox is."""

    QUEUED = "queued"
    WAITING = "waiting"
    """It leaves in the daily digest of its reader."""
    GATHERED = "gathered"
    """It left in a digest."""
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    """Its sender died in the middle: nobody knows whether it left, so a human decides."""
    UNWANTED = "unwanted"
    """Its reader said that they do not want this kind."""


class Category(StrEnum):
    """What a message is about, for the wishes of its reader."""

    SIGN_IN = "sign_in"
    ORGANISATION = "organisation"
    APPLICATIONS = "applications"
    OFFERS = "offers"
    CLAUSES = "clauses"
    FOLLOW_UP = "follow_up"
    ALERTS = "alerts"
    SAVED_SEARCH = "saved_search"
    EVENTS = "events"
    PLACEMENTS = "placements"
    DIGEST = "digest"


class Wish(StrEnum):
    """When somebody wants the messages of a category."""

    NOW = "now"
    DAILY = "daily"
    NEVER = "never"


class ReminderKind(StrEnum):
    """The reminders of the whole portal: one row each."""

    PROPOSAL_UNANSWERED = "proposal_unanswered"
    APPLICATION_UNANSWERED = "application_unanswered"
    HOURS_NOT_REPORTED = "hours_not_reported"
    VISIT_DUE = "visit_due"
    VISIT_LATE = "visit_late"
    JOB_ENDS = "job_ends"
    ELIGIBILITY_ENDS = "eligibility_ends"
    APPROVAL_ENDS = "approval_ends"
    OFFER_STALE = "offer_stale"
    SAVED_SEARCH = "saved_search"
    EVENT_SOON = "event_soon"
    EVENT_TASK = "event_task"
    PLACEMENT_CONVENTION = "placement_convention"
    PLACEMENT_ASSESSMENT = "placement_assessment"
    TRIPARTITE_SOON = "tripartite_soon"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to write to: at least one of ``email`` and ``phone`` (E.164), or nothing is sent.

    ``postal`` are the lines of the envelope, the name first: for a letter, which leaves only where the caller says so.
    """

    name: str
    user_id: UUID | None = None
    email: str | None = None
    phone: str | None = None
    prefers: Channel = Channel.EMAIL
    postal: tuple[str, ...] = ()


def channel_for(recipient: Recipient, *, letters: bool = False) -> tuple[Channel, str] | None:
    """The preferred channel when its address is known, else the other; None when the person has neither.

    With ``letters`` a person without phone and e-mail is written to on paper, at an address that a postman finds.
    """
    addresses = {Channel.EMAIL: recipient.email, Channel.SMS: recipient.phone}
    order = sorted(addresses, key=lambda channel: channel is not recipient.prefers)
    sent = next(((channel, address) for channel in order if (address := addresses[channel])), None)
    if sent is None and letters and not postal_refusals(recipient.postal):
        return Channel.LETTER, "\n".join(recipient.postal)
    return sent
