"""What the scheduler runs for the index."""

from datetime import date

from app.search import service


def compare_index(today: date) -> dict[str, int]:
    """Every night: count what differs between rows and index, and mend it."""
    found = [one.drift for one in service.compare_all(repair=True)]
    return {"compared": sum(drift.compared for drift in found), "drift": sum(len(drift) for drift in found)}
