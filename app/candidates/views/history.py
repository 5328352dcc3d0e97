"""How does the history of a file read? What was done, in words; openings of one day by one person on one line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from app.audit.models import AuditEntry
from app.candidates.labels import ACTIONS, SECTIONS
from app.candidates.rules import Section
from app.core.clock import civil_day
from app.core.french import plural
from app.core.roles import Role

OPENED = "candidate.opened"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history; ``times`` counts the openings that it stands for."""

    words: str
    at: datetime
    by: str
    organisation: str
    by_the_person: bool
    for_the_person: bool
    opening: bool
    times: int = 1

    @property
    def title(self) -> str:
        """« Fiche consultée, 3 fois »."""
        return self.words if self.times == 1 else f"{self.words}, {plural(self.times, 'fois')}"


def history_lines(entries: Iterable[AuditEntry]) -> list[Line]:
    """The lines of the page, in the order of the entries."""
    lines: list[Line] = []
    for entry in entries:
        line = _line(entry)
        last = lines[-1] if lines else None
        if last is not None and line.opening and last.opening and _same_day(last, line):
            lines[-1] = replace(last, times=last.times + 1)
        else:
            lines.append(line)
    return lines


def _same_day(one: Line, other: Line) -> bool:
    return (one.by, one.organisation, civil_day(one.at)) == (other.by, other.organisation, civil_day(other.at))


def _line(entry: AuditEntry) -> Line:
    words = ACTIONS.get(entry.action, entry.action)
    section = entry.details.get("section")
    if section in set(Section):
        words = f"{words}\u00a0: {SECTIONS[Section(section)]}"
    return Line(
        words=words,
        at=entry.at,
        by=entry.actor_name,
        organisation=entry.actor_organisation,
        by_the_person=entry.actor_role == Role.CANDIDATE,
        for_the_person=entry.on_behalf_of is not None,
        opening=entry.action == OPENED,
    )
