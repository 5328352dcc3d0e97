"""What the scheduler runs each morning for offers."""

from datetime import date

import structlog

from app.core.db import db
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

    A second run finds nothing new. While the index does not answer nothing is said to be told. A search that fails
    does not hold the others: they are told, then the run fails. Raises RuntimeError.
    """
    if not reminder(ReminderKind.SAVED_SEARCH).active:
        return 0
    left, failed = 0, 0
    for saved_id, query, told_until in [(one.id, one.query, one.told_until) for one in kept.running_searches()]:
        try:
            lines = kept.new_lines(search_from(query), told_until)
            if lines is not None:
                left += service.tell_saved(saved_id, lines)
        except Exception:  # noqa: BLE001 - the edge of a batch: one search must not hold the others
            db.session.rollback()
            structlog.get_logger().exception("search not told", search=str(saved_id))
            failed += 1
    if failed:
        raise RuntimeError(f"searches not told: {failed}")
    return left
