"""What the scheduler runs for people's files; safe to run twice."""

from datetime import date

from app.candidates.service import approvals


def tell_ending_approvals(today: date) -> int:
    """Tell those who accompany somebody whose approval ends soon. How many messages."""
    return approvals.tell_ending_approvals(today)
