"""On which side does somebody sit, what must they give, and what does a paper code let them answer?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.accounts.rules.throttles import Limit
from app.core.roles import ACCOMPANIMENT, Role
from app.events.rules.kinds import Audience, EventKind, Side, Who, people_on, sides_of, who_sits
from app.events.rules.seats import SeatRefusal
from app.events.rules.states import HOLDS_SEAT, OUT, BookingState
from app.organisations.rules import OrganisationKind

REGISTER_PER_ADDRESS: Final = Limit("event.register.address", 100, timedelta(hours=1))
"""A MDS registers its visitors from one address, on the evening before a forum."""
REGISTER_PER_CONTACT: Final = Limit("event.register.contact", 10, timedelta(days=1))
WRONG_CODES_TYPED: Final = Limit("event.code.typed", 10, timedelta(minutes=15))
"""Of « Mon inscription ». Right codes are free: a family, or a desk, types many of them from one address."""
WRONG_CODES_PER_ADDRESS: Final = Limit("event.code.wrong", 60, timedelta(minutes=15))
"""Of the page of meetings, which a whole room opens through one network: one who types wrong never stops them all."""
WITH_CODE_NAME: Final = "Avec le code de l’inscription"
"""How the journal names who answers with the code of their paper."""
VISITOR_NAME: Final = "Visiteur"
"""What is left of the name of somebody without an account, a year after."""


class RegisterRefusal(StrEnum):
    """Why somebody is not registered, beside the reasons of the seats."""

    SIAE_SIDE = "event_siae_side"
    FIRM_SIDE = "event_firm_side"
    EMPLOYERS_ONLY = "event_employers_only"
    INVITED_ONLY = "event_invited_only"
    SIRET_WRONG = "event_siret_wrong"
    NO_CONTACT = "event_no_contact"
    NO_NAME = "event_no_name"
    NOBODY_CHOSEN = "event_nobody_chosen"
    TOO_MANY_CHOSEN = "event_too_many_chosen"
    FILE_CLOSED = "event_file_closed"
    TAKEN_OUT = "event_taken_out"
    NO_LONGER_SHOWN = "event_no_longer_shown"


class Answer(StrEnum):
    """What somebody says with the code of their paper."""

    COMING = "coming"
    NOT_COMING = "not_coming"


class Way(StrEnum):
    """As whom somebody registers on the public page."""

    PERSON = "personne"
    ORGANISATION = "organisation"
    PROFESSIONAL = "professionnel"
    VISITOR = "sans-compte"
    FIRM = "entreprise"


@dataclass(frozen=True, slots=True)
class Sits:
    """Who wants a seat: an organisation says of which kind it is (one that is not on the portal is a firm)."""

    who: Who
    organisation_kind: OrganisationKind | None = None


def side_for(kind: EventKind, audience: Audience, sits: Sits) -> Side | None:
    """The side that suits them; None when none does."""
    return next((side for side in sides_of(kind) if not side_refusals(kind, audience, side, sits)), None)


def side_refusals(kind: EventKind, audience: Audience, side: Side, sits: Sits) -> tuple[StrEnum, ...]:
    """Why they may not sit there. A firm on the side of the SIAE is told so in so many words."""
    if side not in sides_of(kind) or sits.who not in people_on(kind, audience, side):
        return (SeatRefusal.NOT_FOR_YOU,)
    allowed = who_sits(kind, side)
    if not allowed or sits.organisation_kind in allowed:
        return ()
    if kind is EventKind.SPEED_DATING:
        return (RegisterRefusal.SIAE_SIDE if side is Side.SEATED else RegisterRefusal.FIRM_SIDE,)
    return (RegisterRefusal.EMPLOYERS_ONLY,)


def ways_for(
    kind: EventKind, audience: Audience, role: Role | None, organisation_kind: OrganisationKind | None
) -> tuple[Way, ...]:
    """As whom somebody of this role (None: nobody signed in) may register; the first is proposed."""
    if role is None:
        offered = {Way.VISITOR: Sits(Who.VISITOR), Way.FIRM: Sits(Who.ORGANISATION, OrganisationKind.FIRM)}
    elif role is Role.CANDIDATE:
        offered = {Way.PERSON: Sits(Who.PERSON)}
    else:
        whole, alone = Sits(Who.ORGANISATION, organisation_kind), Sits(Who.PROFESSIONAL)
        offered = {Way.ORGANISATION: whole, Way.PROFESSIONAL: alone}
        if role is not Role.EMPLOYER:
            offered = {Way.PROFESSIONAL: alone, Way.ORGANISATION: whole}
    return tuple(way for way, sits in offered.items() if side_for(kind, audience, sits) is not None)


def may_register_on(role: Role | None, *, is_public: bool, staff: bool, invited: bool) -> bool:
    """An event that is not public is for those invited, for who runs it, and for the people of those who accompany."""
    return is_public or staff or invited or role in ACCOMPANIMENT


def overlaps(starts_at: datetime, ends_at: datetime, others: Collection[tuple[datetime, datetime]]) -> bool:
    """Does one of the other times share a moment with this one? Half-open: one may follow the other at once."""
    return any(starts_at < end and begin < ends_at for begin, end in others)


def answers_for(state: BookingState, *, open_now: bool) -> tuple[Answer, ...]:
    """What the page of a code offers."""
    if not open_now:
        return ()
    match state:
        case BookingState.INVITED:
            return Answer.COMING, Answer.NOT_COMING
        case BookingState.BOOKED | BookingState.WAITING:
            return (Answer.NOT_COMING,)
        case BookingState.CANCELLED | BookingState.EXCUSED:
            return (Answer.COMING,)
    return ()


def said(answer: Answer, state: BookingState) -> bool:
    """Was this answer given already? A second press changes nothing."""
    if answer is Answer.COMING:
        return state in HOLDS_SEAT or state is BookingState.WAITING
    return state in {BookingState.CANCELLED, BookingState.EXCUSED}


def return_refusals(state: BookingState, kind: EventKind, *, left: bool, shown: bool) -> tuple[RegisterRefusal, ...]:
    """Why who is out does not come back by themselves: they call who organises.

    ``left``: they cancelled themselves, and nobody else since. ``shown``: they may still be shown to employers. An
    excuse is their own word, whoever wrote it down.
    """
    wrong = {
        RegisterRefusal.TAKEN_OUT: state is BookingState.CANCELLED and not left,
        RegisterRefusal.NO_LONGER_SHOWN: state in OUT and kind is EventKind.JOB_DATING and not shown,
    }
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


def contact_refusals(name: str, phone: str, email: str) -> tuple[RegisterRefusal, ...]:
    """Somebody without an account is named and can be reached."""
    wrong = {
        RegisterRefusal.NO_NAME: not name.strip(),
        RegisterRefusal.NO_CONTACT: not (phone.strip() or email.strip()),
    }
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


def forget_before(now: datetime) -> datetime:
    """Visitors of slots that ended before this instant are forgotten: a year of 365 days."""
    return now - timedelta(days=365)
