"""The grid of a report: a row for each person and kind of hours, a column for each month; what may be typed where?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from app.clauses.labels.kinds import HOUR_KINDS, MODES
from app.clauses.labels.reports import fault_words, of_month
from app.clauses.models import ClauseEmployment, ClauseTransition, HourDocument, HourLine, HourReport
from app.clauses.queries.hour_facts import ZERO, Facts, LineKey, Stint
from app.clauses.rules.hours import covered_days
from app.clauses.rules.kinds import HourKind, Mode
from app.clauses.rules.periods import Period
from app.clauses.rules.reporting import CellKey, Fault
from app.clauses.rules.states import EDITABLE, ReportState
from app.core.db import db
from app.core.quantities import MONTHS, add_months, format_day, format_number
from app.offers.labels import EMPLOYMENTS
from app.offers.rules import EmploymentKind

PAST_MONTHS: Final = 2
TRAINED: Final = frozenset({EmploymentKind.APPRENTICESHIP, EmploymentKind.PROFESSIONNALISATION})
_S = ReportState


@dataclass(frozen=True, slots=True)
class Typed:
    """What the page sent for a cell, as it was typed; ``problem``: what makes it no number of hours."""

    name: str
    key: CellKey
    raw: str
    hours: Decimal | None = None
    problem: Fault | None = None
    reason: str = ""
    reason_text: str = ""


@dataclass(slots=True)
class GridCell:
    """One cell. ``text`` is what stands in the box, or instead of it."""

    name: str
    month: date
    text: str
    editable: bool = False
    hours: Decimal = ZERO
    in_period: bool = False
    errors: list[str] = field(default_factory=list)
    tips: list[str] = field(default_factory=list)
    asks: bool = False
    reason: str = ""
    reason_text: str = ""


@dataclass(slots=True)
class GridRow:
    """One person, for one employer of record and one kind of hours."""

    person: str
    note: str
    until: date | None
    in_post: bool
    employment_id: UUID
    kind: HourKind
    cells: list[GridCell]
    documents: int = 0

    @property
    def total(self) -> Decimal:
        """Over the months shown."""
        return sum((cell.hours for cell in self.cells), ZERO)

    @property
    def said(self) -> str:
        """For those who hear the page."""
        return self.person if self.kind is HourKind.WORK else f"{HOUR_KINDS[self.kind]}, {self.person}"


@dataclass(frozen=True, slots=True)
class Column:
    """A month: its name, what stands under it, whether it is closed."""

    month: date
    name: str
    state: str
    locked: bool
    in_period: bool


@dataclass(slots=True)
class Grid:
    """All that the table shows."""

    columns: Sequence[Column]
    rows: Sequence[GridRow]
    addable: Sequence[tuple[str, str]]
    """(value, words) of the rows that may be added."""

    def total(self, month: date) -> Decimal:
        return sum((cell.hours for row in self.rows for cell in row.cells if cell.month == month), ZERO)

    @property
    def grand_total(self) -> Decimal:
        return sum((row.total for row in self.rows), ZERO)

    @property
    def typed(self) -> Decimal:
        """In the months to fill in."""
        return sum((cell.hours for row in self.rows for cell in row.cells if cell.in_period), ZERO)

    @property
    def people(self) -> int:
        """Who has hours in the months to fill in."""
        return len({row.person for row in self.rows if any(cell.in_period and cell.hours for cell in row.cells)})

    @property
    def editable(self) -> bool:
        return any(cell.editable for row in self.rows for cell in row.cells)

    def wrong(self) -> tuple[int, int]:
        """How many cells are to correct, how many only to explain."""
        bad = [cell for row in self.rows for cell in row.cells if cell.errors]
        asking = sum(cell.asks for cell in bad)
        return len(bad) - asking, asking

    def problems(self) -> Iterator[tuple[str, str]]:
        """(id of the cell, sentence) of everything to correct or explain, in the order of the page."""
        for row in self.rows:
            for cell in row.cells:
                for message in cell.errors:
                    yield cell.name, f"{row.said}, {MONTHS[cell.month.month - 1]}\u00a0: {message}"


def shown_months(report: HourReport) -> tuple[date, ...]:
    """The months to fill in, and those just before."""
    before = PAST_MONTHS if report.months == 1 else 1
    past = tuple(add_months(report.first_month, -rank) for rank in range(before, 0, -1))
    return (*past, *Period(report.first_month, report.months).months())


def cell_name(employment_id: UUID, kind: HourKind, month: date) -> str:
    """The name and the id of the box."""
    return f"h-{employment_id.hex}-{kind.value}-{month:%Y%m}"


class GridMaker:
    """Makes the grid of one report from its facts."""

    def __init__(
        self,
        report: HourReport,
        facts: Facts,
        today: date,
        *,
        may_fill: bool,
        typed: Mapping[str, Typed],
        faults: Mapping[CellKey, tuple[Fault, ...]],
        added: Collection[str] = (),
    ) -> None:
        self.report, self.facts, self.today, self.may_fill = report, facts, today, may_fill
        self.typed, self.added = typed, set(added)
        self.period = set(Period(report.first_month, report.months).months())
        self.months = shown_months(report)
        self.faults = {self._key(*key): found for key, found in faults.items() if key[0] in facts.employments}
        self.corrected: dict[UUID, Decimal] = {}
        for row in facts.corrections:
            if row.corrects_id is not None:
                self.corrected[row.corrects_id] = self.corrected.get(row.corrects_id, ZERO) + row.hours
        self.returned_by = _returned_by(self._own_lines())

    def _key(self, employment_id: UUID, month: date, kind: HourKind) -> LineKey:
        row = self.facts.employments[employment_id]
        return row.candidate_id, row.employer_key, month, kind

    def _own_lines(self) -> list[HourLine]:
        mine = self.report.holder_id
        return [line for line in self.facts.lines.values() if line.holder_id == mine and line.hours]

    def grid(self) -> Grid:
        """Rows in the order of names, then of kinds."""
        documents = _document_counts(self.report.id)
        rows, addable = [], []
        for key, rows_of in self.facts.by_person.items():
            employment = self._shown_employment(rows_of)
            stints = {month: self.facts.stint(employment, month) for month in self.months}
            for kind in HourKind:
                value = f"{employment.id.hex}-{kind.value}"
                if self._is_shown(key, kind, employment, stints) or value in self.added:
                    rows.append(self._row(employment, kind, stints, documents))
                elif self._may_add(kind, stints):
                    addable.append((value, f"{employment.candidate.full_name}, {HOUR_KINDS[kind].lower()}"))
        return Grid([self._column(month) for month in self.months], rows, addable)

    def _shown_employment(self, rows: Sequence[ClauseEmployment]) -> ClauseEmployment:
        last = max(self.period)
        begun = [row for row in rows if row.started_on <= add_months(last, 1)]
        return max(begun or rows, key=lambda row: row.started_on)

    def _is_shown(
        self, key: tuple[UUID, str], kind: HourKind, employment: ClauseEmployment, stints: Mapping[date, Stint | None]
    ) -> bool:
        for month in self.months:
            line = self.facts.lines.get((*key, month, kind))
            if line is not None and line.holder_id == self.report.holder_id and line.hours:
                return True
        if not any(stints[month] for month in self.period):
            return False
        trained = employment.employment_kind in TRAINED and self.facts.terms(max(self.period)).training_counts
        return kind is HourKind.WORK or (kind is HourKind.TRAINING and trained)

    def _may_add(self, kind: HourKind, stints: Mapping[date, Stint | None]) -> bool:
        counted = self.facts.terms(max(self.period)).counts(kind)
        return self.may_fill and counted and any(stints[month] for month in self.period)

    def _row(
        self,
        employment: ClauseEmployment,
        kind: HourKind,
        stints: Mapping[date, Stint | None],
        documents: Mapping[UUID | None, int],
    ) -> GridRow:
        cells = [self._cell(employment, kind, month, stints[month]) for month in self.months]
        stint = next((stints[month] for month in reversed(self.months) if stints[month]), None)
        shared = self.facts.by_person[employment.candidate_id, employment.employer_key]
        return GridRow(
            employment.candidate.full_name,
            employment_note(employment, kind, self.report.first_month),
            stint.counts[1] if stint else employment.counts_until,
            any(stints[month] for month in self.period),
            employment.id,
            kind,
            cells,
            sum(documents.get(row.id, 0) for row in shared),
        )

    def _cell(self, employment: ClauseEmployment, kind: HourKind, month: date, stint: Stint | None) -> GridCell:
        key = self._key(employment.id, month, kind)
        line = self.facts.lines.get(key)
        line = line if line is not None and line.holder_id == self.report.holder_id and line.hours else None
        hours = line.hours + self.corrected.get(line.id, ZERO) if line else ZERO
        name = cell_name(employment.id, kind, month)
        cell = GridCell(name, month, format_number(hours, 2), hours=hours, in_period=month in self.period)
        cell.editable = self._may_type(line, month, employment, stint)
        if not cell.editable:
            cell.text = cell.text if line else self._instead(month, employment, stint)
            return cell
        cell.text = cell.text.replace("\u00a0", "") if line else ""
        self._say(cell, key, line, stint)
        return cell

    def _may_type(self, line: HourLine | None, month: date, employment: ClauseEmployment, stint: Stint | None) -> bool:
        if not self.may_fill or self.report.state is _S.LOCKED:
            return False
        if line is not None:
            return line.state is _S.RETURNED or (line.state in EDITABLE and month in self.period)
        return month in self.period and month <= self.today and self._covered(month, stint) is not None

    def _covered(self, month: date, stint: Stint | None) -> tuple[date, date] | None:
        return covered_days(month, self.facts.works, stint.counts, stint.employed) if stint else None

    def _instead(self, month: date, employment: ClauseEmployment, stint: Stint | None) -> str:
        if month not in self.period:
            return "–"
        if month > self.today:
            return "À venir"
        if stint is None:
            return "Pas encore en poste" if employment.started_on > month else "Plus en poste"
        if stint.counts[1] is not None and stint.counts[1] < month:
            return "Plus éligible"
        return "–" if self._covered(month, stint) else "Ne compte pas"

    def _say(self, cell: GridCell, key: LineKey, line: HourLine | None, stint: Stint | None) -> None:
        typed = self.typed.get(cell.name)
        if line is not None:
            cell.reason, cell.reason_text = line.over_reason or "", line.over_text
        if typed is not None:
            cell.text, cell.reason, cell.reason_text = typed.raw, typed.reason, typed.reason_text
            cell.hours = typed.hours or ZERO
        faults = [typed.problem] if typed and typed.problem else list(self.faults.get(key, ()))
        terms = self.facts.terms(cell.month)
        stops = [fault for fault in faults if not fault.asks]  # what asks for a reason waits for better hours
        cell.errors = [fault_words(fault, terms) for fault in stops or faults]
        cell.asks = not stops
        if line is not None and line.state is _S.RETURNED:
            who = self.returned_by.get(line.report_id)
            cell.tips.append(f"Renvoyée{f' par {who}' if who else ''}\u00a0: {line.return_text}")
        elif line is not None and not line.confirmed and not cell.errors and self._is_new(line, stint):
            cell.tips.append("Nouvelle ce mois-ci\u00a0: heures à confirmer.")

    def _is_new(self, line: HourLine, stint: Stint | None) -> bool:
        before = [(line.candidate_id, line.employer_key, month, line.kind) for month in self.months]
        had = any(key[2] < line.month and key in self.facts.lines for key in before)
        return not had and stint is not None

    def _column(self, month: date) -> Column:
        states = [line.state for line in self._own_lines() if line.month == month]
        returned = states.count(_S.RETURNED)
        inside = month in self.period
        if returned:
            said = f"{returned}\u00a0renvoi{'s' if returned > 1 else ''}"
        elif states and all(state in {_S.VALIDATED, _S.LOCKED} for state in states):
            said = "validé"
        elif states and _S.DRAFT not in states:
            said = "envoyé"
        else:
            said = "à envoyer" if inside and month <= self.today else ""
        return Column(month, MONTHS[month.month - 1].capitalize(), said, said == "validé", inside)


def employment_note(row: ClauseEmployment, kind: HourKind, first_month: date) -> str:
    """« CDD, embauche directe », « Mise à disposition, ETTI Sud-Essonne », « CDD depuis le 19 octobre »."""
    words = EMPLOYMENTS[row.employment_kind]
    if kind is not HourKind.WORK or row.employment_kind in TRAINED:
        return f"{words}, {HOUR_KINDS[kind].lower()}"
    if row.ended_on is not None and row.ended_on < add_months(first_month, 1):
        return f"{words} fini le {_day(row.ended_on)}"
    if row.started_on >= first_month:
        return f"{words} depuis le {_day(row.started_on)}"
    if row.mode is Mode.DIRECT:
        return f"{words}, embauche directe"
    return f"{MODES[row.mode]}, {row.employer_name}"


def _day(day: date) -> str:
    return format_day(day).removesuffix(f" {day.year}")


def _document_counts(report_id: UUID) -> Mapping[UUID | None, int]:
    query = select(HourDocument.employment_id, func.count()).where(HourDocument.report_id == report_id)
    return dict(db.session.execute(query.group_by(HourDocument.employment_id)).all())


def _returned_by(lines: Sequence[HourLine]) -> Mapping[UUID, str]:
    """« S. Benali », by report, for those in which a line came back."""
    ids = {line.report_id for line in lines if line.state is _S.RETURNED}
    if not ids:
        return {}
    log = ClauseTransition
    query = select(log.subject_id, log.by_name).where(
        log.subject == "report", log.subject_id.in_(ids), log.action == "return"
    )
    return {report_id: _short(name) for report_id, name in db.session.execute(query.order_by(log.at))}


def _short(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first[:1]}. {rest}" if rest else name


def cell_label(row: GridRow, cell: GridCell) -> str:
    """« Heures d’octobre, Formation, Aminata Camara »."""
    return f"Heures {of_month(MONTHS[cell.month.month - 1])}, {row.said}"
