"""What the scheduler runs for the follow-up; each is safe to run twice."""

from datetime import date

from app.follow_up.service import alerts, closing, reminders


def remind(today: date) -> dict[str, int]:
    """Remind people of visits to come, of late ones, of jobs that end. How many messages of each."""
    return reminders.remind_all(today)


def plan_day(today: date) -> dict[str, int]:
    """Notice the weak signals, let managers know of those left alone, close what everybody forgot. How many of each.

    A second run the same day finds nothing.
    """
    noticed = alerts.refresh_all(today)
    ended = closing.close_forgotten(today)
    return {
        "opened": noticed.opened,
        "escalated": noticed.escalated,
        "warned": ended["warned"],
        "closed_without_news": ended["closed_without_news"],
        "failed": noticed.failed + ended["failed"],
    }
