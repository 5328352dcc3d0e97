"""What the scheduler runs for events; each is safe to run twice."""

from datetime import date

from app.events.service import reviews, tasks, upkeep


def count_reviews(today: date) -> int:
    """Count what came of events on the day of their third and sixth month. How many were counted."""
    return reviews.count_reviews(today)


def remind_tasks(today: date) -> int:
    """Remind people of what they promised, before the day and once it is late. How many messages."""
    return tasks.remind(today)


def remind(today: date) -> int:
    """Recall to who has a seat that the day comes: some days before, and the day before. How many messages."""
    return upkeep.remind(today)


def close_past(today: date) -> int:
    """Close the events that are over and noted. How many."""
    return upkeep.close_past(today)


def forget_visitors(today: date) -> int:
    """Forget the names of those without an account, a year after. How many were forgotten."""
    return upkeep.forget_visitors(today)
