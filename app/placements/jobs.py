"""What the scheduler runs for stages; each is safe to run twice."""

from datetime import date

from app.placements.service import turning


def turn(today: date) -> dict[str, int]:
    """What is validated begins, what is over ends, what was not validated in time is cancelled. How many of each."""
    return turning.turn(today)
