"""What the scheduler runs for stages; each is safe to run twice."""

from datetime import date

from app.placements.service import reminding, turning


def turn(today: date) -> dict[str, int]:
    """What is validated begins, what is over ends, what was not validated in time is cancelled. How many of each."""
    return turning.turn(today)


def remind(today: date) -> dict[str, int]:
    """Conventions to be validated, assessments to be made, meetings of the next day. How many messages of each."""
    return reminding.remind(today)
