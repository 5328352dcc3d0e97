"""What the scheduler runs for the follow-up; each is safe to run twice."""

from datetime import date

from app.follow_up.service import reminders


def remind(today: date) -> dict[str, int]:
    """Remind people of visits to come, of late ones, of jobs that end. How many messages of each."""
    return reminders.remind_all(today)
