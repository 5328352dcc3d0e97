"""Which days does each tab of the team's agenda show?"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

AHEAD: Final = timedelta(days=30)


class AgendaTab(StrEnum):
    """The tabs; the values are words of the address."""

    TODAY = "aujourdhui"
    WEEK = "semaine"
    LATE = "retard"
    MONTH = "30-jours"


def tab_of(raw: str | None) -> AgendaTab | None:
    """The tab asked in the address; nonsense asks none."""
    return next((tab for tab in AgendaTab if tab.value == raw), None)


def week_end(today: date) -> date:
    """The Sunday of this week."""
    return today + timedelta(days=6 - today.weekday())


def days_of(tab: AgendaTab, today: date) -> tuple[date, date]:
    """First and last day, both included. Late: everything before today."""
    match tab:
        case AgendaTab.TODAY:
            return today, today
        case AgendaTab.WEEK:
            return today, week_end(today)
        case AgendaTab.LATE:
            return date.min, today - timedelta(days=1)
        case AgendaTab.MONTH:
            return today, today + AHEAD


def first_tab(counts: dict[AgendaTab, int]) -> AgendaTab:
    """Where the page opens: what is due today, else what is late, else the week, else the month."""
    order = (AgendaTab.TODAY, AgendaTab.LATE, AgendaTab.WEEK)
    return next((tab for tab in order if counts.get(tab)), AgendaTab.MONTH)
