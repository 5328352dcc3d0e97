"""What the scheduler runs for applications; each is safe to run twice."""

from datetime import date

from app.applications import service


def send_agreed(today: date) -> int:
    """Send what people agreed to and nobody sent for two days."""
    return service.send_agreed(today)


def remind(today: date) -> int:
    """Remind those whose answer is due, then tell those who accompany."""
    return service.remind(today)


def end_of_dead_offers(today: date) -> int:
    """Answer those who still wait for an offer that expired long ago."""
    return service.end_of_dead_offers(today)
