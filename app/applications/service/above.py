"""What do domains above know that an application must say or respect: facts about the person, days to answer?"""

from datetime import date, timedelta
from typing import Final

from app.applications.models import Application
from app.applications.rules import CONTACT_TAKEN_BACK, WON_STATES
from app.core.hooks import Hook
from app.core.roles import Actor
from app.messages.queries.reminders import reminder
from app.messages.rules import ReminderKind
from app.offers.models import Offer

FACTS: Final[Hook[[Application, list[str]]]] = Hook("applications.facts")
"""A page of an application: listeners append sentences that its employer may read."""
ANSWER_DAYS: Final[Hook[[Offer, list[int]]]] = Hook("applications.answer_days")
"""An employer's turn begins: a listener that has its own number of days for this offer appends it."""

AFTER: Final[Hook[[Application, Actor, list[tuple[str, str]]]]] = Hook("applications.after")
"""A page of an application that the employer accepted: listeners append (label, address) of what goes on elsewhere."""


def pages_after(application: Application, reader: Actor) -> list[tuple[str, str]]:
    """Where the stage or the job goes on, for this reader."""
    found: list[tuple[str, str]] = []
    given_up = application.offer.is_placement and application.state in CONTACT_TAKEN_BACK
    if given_up or application.state in WON_STATES:
        AFTER(application, reader, found)
    return found


def facts_of(application: Application) -> list[str]:
    """The sentences that domains above add, each fit for the employer's eyes."""
    found: list[str] = []
    FACTS(application, found)
    return found


def employer_days(offer: Offer) -> int:
    """How many days an employer has to answer about this offer: the shortest that somebody asks, else the usual."""
    found: list[int] = []
    ANSWER_DAYS(offer, found)
    return min(found) if found else usual_days()


def usual_days() -> int:
    """Days an employer has when nobody asks for fewer, as the département set them."""
    return reminder(ReminderKind.APPLICATION_UNANSWERED).days


def employer_due(offer: Offer, today: date) -> date:
    """The last day of an employer's answer when its turn begins today."""
    return today + timedelta(days=employer_days(offer))


def person_due(today: date) -> date:
    """The last day of a person's answer to a proposal made today."""
    return today + timedelta(days=reminder(ReminderKind.PROPOSAL_UNANSWERED).days)
