"""What does a clause add to an application? Listeners: until when the person counts, the days a firm has to answer."""

from app.applications.models import Application
from app.applications.queries import hire_of
from app.applications.rules import OPEN_STATES, ApplicationState
from app.clauses.labels.eligibility import checked_words
from app.clauses.queries.applications import counts_for, terms_for_offer
from app.core import clock
from app.offers.models import Offer

_SAYS = OPEN_STATES | {ApplicationState.HIRED}


def say_eligibility(application: Application, found: list[str]) -> None:
    """« Éligible à la clause jusqu'au 31/05/2028, vérifié par le PLIE Nord », while the application runs.

    Nothing for an ordinary offer, nor for somebody who does not count: why never shows.
    """
    if application.state not in _SAYS:
        return
    hire = hire_of(application) if application.state is ApplicationState.HIRED else None
    counts = counts_for(application.offer, application.candidate_id, hire.id if hire else None)
    if counts is not None:
        found.append(checked_words(*counts))


def answer_days(offer: Offer, found: list[int]) -> None:
    """The days that the terms of the contract give to a firm, as they stand today."""
    terms = terms_for_offer(offer.id, clock.today())
    if terms is not None:
        found.append(terms.answer_days)
