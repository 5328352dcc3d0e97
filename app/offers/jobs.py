"""What the scheduler runs each morning for offers."""

from datetime import date

from app.offers import service


def ask_employers(today: date) -> int:
    """Ask whether old offers are still open; the number asked about. A second run the same day asks nobody."""
    return service.ask_stale(today)


def expire_offers(today: date) -> int:
    """Expire what is past its last day or had no answer; the number expired. A second run finds nothing."""
    return service.expire_due(today)
