"""The French words of the tabs of the team's agenda."""

from collections.abc import Mapping

from app.follow_up.rules.team import AgendaTab

TABS: Mapping[AgendaTab, str] = {
    AgendaTab.TODAY: "Aujourd’hui",
    AgendaTab.WEEK: "Cette semaine",
    AgendaTab.LATE: "En retard",
    AgendaTab.MONTH: "30\u00a0jours",
}
