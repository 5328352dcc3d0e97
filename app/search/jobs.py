"""What the scheduler runs for the index."""

from datetime import date

from app.search import service


def compare_index(today: date) -> str:
    """Every night: count what differs between rows and index, and mend it."""
    return "; ".join(str(compared) for compared in service.compare_all(repair=True))
