"""What the scheduler runs for events; each is safe to run twice."""

from datetime import date

from app.events.service import reviews, tasks


def count_reviews(today: date) -> int:
    """Count what came of events on the day of their third and sixth month. How many were counted."""
    return reviews.count_reviews(today)


def remind_tasks(today: date) -> int:
    """Remind people of what they promised, before the day and once it is late. How many messages."""
    return tasks.remind(today)
