"""For how long is an offer open, and when is the employer asked whether it still is?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.core.quantities import add_months


@dataclass(frozen=True, slots=True)
class Delays:
    """The département's choices. Days, but ``longest_months``."""

    life_days: int = 60
    longest_months: int = 6
    ask_after_days: int = 30
    close_after_days: int = 15

    def default_expiry(self, today: date) -> date:
        """Last day on which one may apply, when the employer names none."""
        return today + timedelta(days=self.life_days)

    def latest_expiry(self, today: date) -> date:
        """Civil months, clamped."""
        return add_months(today, self.longest_months)

    def must_ask(self, confirmed_on: date, asked_on: date | None, today: date) -> bool:
        """Has nobody confirmed for so long that the employer is to be asked?"""
        return asked_on is None and today >= confirmed_on + timedelta(days=self.ask_after_days)

    def closes_on(self, asked_on: date) -> date:
        """The day on which an offer asked about goes out when nobody answers."""
        return asked_on + timedelta(days=self.close_after_days)

    def expiry_after_confirmation(self, expires_on: date, today: date) -> date:
        """« Toujours ouverte » keeps a last day that is far enough, and pushes a near one as if just published."""
        near = today + timedelta(days=self.ask_after_days)
        return expires_on if expires_on >= near else self.default_expiry(today)


DELAYS: Final = Delays()
