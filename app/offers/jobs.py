"""What the scheduler runs each morning for offers."""

from datetime import date

from app.messages.queries.reminders import reminder
from app.messages.rules import ReminderKind
from app.offers import service
from app.offers.forms import search_from
from app.offers.queries import saved as kept


def ask_employers(today: date) -> int:
    """Ask whether old offers are still open; the number asked about. A second run the same day asks nobody."""
    return service.ask_stale(today)


def expire_offers(today: date) -> int:
    """Expire what is past its last day or had no answer; the number expired. A second run finds nothing."""
    return service.expire_due(today)


def tell_saved_searches(today: date) -> int:
    """Tell people of the offers that opened since, search by search; how many messages left.

    A second run finds nothing new. While the index does not answer nothing is said to be told.
    """
    if not reminder(ReminderKind.SAVED_SEARCH).active:
        return 0
    left = 0
    for saved in kept.running_searches():
        lines = kept.new_lines(search_from(saved.query), saved.told_until)
        if lines is not None:
            left += service.tell_saved(saved.id, lines)
    return left
