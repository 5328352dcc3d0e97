"""What the scheduler does for accounts, every night."""

from datetime import date

from app.accounts import service


def forget_expired(today: date) -> None:
    """Remove what can serve no more: counts, spent codes and links, sessions ended long ago."""
    service.forget_expired()
