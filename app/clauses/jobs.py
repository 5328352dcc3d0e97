"""What the scheduler runs for clauses; each is safe to run twice."""

from datetime import date

from app.clauses.service import check_reminders, reminders, staffing, upkeep, validation
from app.messages.queries.reminders import reminder
from app.messages.rules import ReminderKind


def chase(today: date) -> int:
    """Draft reminders for late hour reports. How many."""
    if not reminder(ReminderKind.HOURS_NOT_REPORTED).active:
        return 0
    return reminders.chase(today)


def lock_settled(today: date) -> int:
    """Close the periods whose hours were all validated long enough ago. How many."""
    return validation.lock_settled(today)


def staff(today: date) -> int:
    """Ask for the people that lots lack, and close what is met or over. How many were opened or closed."""
    return staffing.work_out(today)


def check_sums(today: date) -> int:
    """Compare the sums of hours with their entries. How many lots differ: 0 is expected."""
    return upkeep.check_sums(today)


def tell_ending_checks(today: date) -> int:
    """Tell those who steer a contract that a proof ends soon for somebody at work. How many messages."""
    return check_reminders.tell_ending_checks(today)
