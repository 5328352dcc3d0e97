"""How do typed or imported hours become lines of a report? Judged all at once, kept as drafts, never lost.

Call ``put_lines`` within an act that has locked the lot (ledger.lock_lots).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from app.candidates.models import Candidate
from app.clauses.models import ClauseEmployment, HourLine, HourReport
from app.clauses.queries.hour_facts import ZERO, Facts, LineKey, facts_for
from app.clauses.rules.hours import (
    Duplicate,
    HourRefusal,
    MemberLine,
    ReportedLine,
    covered_days,
    duplicates,
    line_refusals,
)
from app.clauses.rules.kinds import EntryStage, HourKind
from app.clauses.rules.periods import Period
from app.clauses.rules.reporting import Cell, CellKey, Fault, ReportRefusal, may_be_kept
from app.clauses.rules.states import EDITABLE, ReportState
from app.clauses.service.ledger import Entry, post
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor

Faults = Mapping[CellKey, tuple[Fault, ...]]
_DRAFT: Final = ReportState.DRAFT


class Faulty(Refused):
    """Cells that cannot be sent as they are, each with all that is to be said."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        super().__init__(ReportRefusal.FAULTY)


def lock_people(candidate_ids: Collection[UUID]) -> None:
    """The month of a person is shared by all contracts: whoever sends hours for them waits, in the same order."""
    query = select(Candidate.id).where(Candidate.id.in_(candidate_ids)).order_by(Candidate.id)
    db.session.execute(query.with_for_update(key_share=True)).all()


def report_facts(report: HourReport, months: Collection[date] = ()) -> Facts:
    """What is needed to judge the hours of a report (its holder, lot and contract are read with it)."""
    every = {*Period(report.first_month, report.months).months(), *months}
    return facts_for(report.holder, report.lot.contract, every)


def check_lines(report: HourReport, cells: Sequence[Cell], today: date, facts: Facts | None = None) -> Faults:
    """Every fault of every cell; a cell without hours has none. Writes nothing."""
    facts = facts or report_facts(report)
    period = set(Period(report.first_month, report.months).months())
    known: dict[CellKey, tuple[Fault, ...]] = {}
    right: list[tuple[Cell, ClauseEmployment]] = []
    for cell in cells:
        employment = facts.employments.get(cell.employment_id)
        refusal = _misplaced(cell, employment, report, facts, period)
        if refusal is not None:
            known[cell.key] = (refusal,)
        elif employment is not None and cell.hours:
            right.append((cell, employment))
    sums = _Sums(facts, report.holder_id, right)
    for cell, employment in right:
        if found := _faults(cell, employment, facts, sums, today):
            known[cell.key] = found
    return known


def _misplaced(
    cell: Cell, employment: ClauseEmployment | None, report: HourReport, facts: Facts, period: Collection[date]
) -> Fault | None:
    """Not of this lot or period, already sent, or another member's."""
    if employment is None:
        return Fault(ReportRefusal.NOT_ON_LOT)
    if cell.month not in period:
        return Fault(ReportRefusal.NOT_IN_PERIOD)
    line = facts.lines.get(_key(cell, employment))
    if line is not None and line.holder_id == report.holder_id and line.state not in EDITABLE:
        same = cell.hours == line.hours
        return None if same else Fault(ReportRefusal.SETTLED)
    if not cell.hours:
        return None
    duplicate = _duplicate(employment.candidate_id, cell, line, report, facts)
    return Fault(ReportRefusal.DUPLICATE, duplicate=duplicate) if duplicate else None


def _duplicate(person: UUID, cell: Cell, same: HourLine | None, report: HourReport, facts: Facts) -> Duplicate | None:
    """Another member's line counts once sent; the very same line, even as a draft."""
    others = [
        line
        for line in facts.by_month.get((person, cell.month), ())
        if line.holder_id != report.holder_id and line.hours and (line.state is not _DRAFT or line is same)
    ]
    if not others:
        return None
    members = [MemberLine(person, cell.month, line.holder_id, facts.members[line.holder_id]) for line in others]
    ours = MemberLine(person, cell.month, report.holder_id, facts.members[report.holder_id])
    return duplicates([*members, ours])[0]


def _key(cell: Cell, employment: ClauseEmployment) -> LineKey:
    return employment.candidate_id, employment.employer_key, cell.month, cell.kind


class _Sums:
    """A person's hours: of the month on all contracts and on the lot, and of training on the lot."""

    def __init__(self, facts: Facts, holder_id: UUID, cells: Iterable[tuple[Cell, ClauseEmployment]]) -> None:
        self.month: dict[tuple[UUID, date], Decimal] = defaultdict(Decimal, facts.elsewhere)
        self.here: dict[tuple[UUID, date], Decimal] = defaultdict(Decimal)
        self.training: dict[UUID, Decimal] = defaultdict(Decimal)
        self.all: dict[UUID, Decimal] = defaultdict(Decimal)
        for person, (trained, hours) in facts.before.items():
            self.training[person], self.all[person] = trained, hours
        typed = {_key(cell, employment): (cell, employment) for cell, employment in cells}
        for cell, employment in typed.values():
            self._add(employment.candidate_id, cell.month, cell.kind, cell.hours or ZERO)
        for key, line in facts.lines.items():
            if key not in typed and (line.state is not _DRAFT or line.holder_id == holder_id):
                self._add(line.candidate_id, line.month, line.kind, line.hours)
        for line in facts.corrections:
            self._add(line.candidate_id, line.month, line.kind, line.hours)

    def _add(self, person: UUID, month: date, kind: HourKind, hours: Decimal) -> None:
        if not hours.is_finite():
            return
        self.month[person, month] += hours
        self.here[person, month] += hours
        self.all[person] += hours
        if kind is HourKind.TRAINING:
            self.training[person] += hours


def _faults(cell: Cell, employment: ClauseEmployment, facts: Facts, sums: _Sums, today: date) -> tuple[Fault, ...]:
    person, terms, hours = employment.candidate_id, facts.terms(cell.month), cell.hours or ZERO
    stint = facts.stint(employment, cell.month)
    employed = stint.employed if stint else (employment.started_on, employment.ended_on)
    counts = stint.counts if stint else (employment.counts_from, employment.counts_until)
    line = ReportedLine(person, employment.employer_key, cell.month, cell.kind, hours, cell.over_reason, cell.over_text)
    reasons: tuple[HourRefusal, ...] = line_refusals(
        line,
        works=facts.works,
        counts=counts,
        employed=employed,
        month_total=sums.month[person, cell.month],
        lot_month_total=sums.here[person, cell.month],
        training=(sums.training[person], sums.all[person]),
        terms=terms,
        today=today,
    )
    covered = covered_days(cell.month, facts.works, counts, employed)
    return tuple(Fault(reason, covered, counts[1]) for reason in reasons)


def put_lines(
    report: HourReport,
    cells: Sequence[Cell],
    by: Actor,
    today: date,
    *,
    keep_faulty: bool = True,
    facts: Facts | None = None,
) -> Faults:
    """Write the cells as draft lines of the report, and answer what is wrong with each.

    ``keep_faulty``: hours that break a rule are kept too (a draft loses nothing), as long as they are a number of
    this person, period and member; False leaves them out. Nobody else's line, nor one already sent, is touched.
    """
    facts = facts or report_facts(report)
    faults = check_lines(report, cells, today, facts)
    gone: list[HourLine] = []
    for cell in cells:
        found = faults.get(cell.key, ())
        if not all(may_be_kept(fault) for fault in found) or (found and not keep_faulty):
            continue
        employment = facts.employments[cell.employment_id]
        key = _key(cell, employment)
        line = facts.lines.get(key)
        if line is not None and (line.holder_id != report.holder_id or line.state not in EDITABLE):
            continue
        if not cell.hours:
            if line is not None:
                gone.append(line)
        elif line is None:
            facts.lines[key] = _new_line(report, cell, employment, facts)  # type: ignore[index]
        else:
            _change(line, cell)
    remove_lines(gone, by, today)
    report.updated_at = clock.now()
    flag_modified(report, "updated_at")  # another version, even within one tick of the clock
    db.session.flush()
    return faults


def _new_line(report: HourReport, cell: Cell, employment: ClauseEmployment, facts: Facts) -> HourLine:
    stint = facts.stint(employment, cell.month)
    row = stint.employment if stint else employment
    line = HourLine(
        report_id=report.id,
        lot_id=report.lot_id,
        holder_id=report.holder_id,
        employment_id=row.id,
        candidate_id=row.candidate_id,
        employer_key=row.employer_key,
        mode=row.mode,
        month=cell.month,
        kind=cell.kind,
        hours=cell.hours,
        over_reason=cell.over_reason,
        over_text=cell.over_text,
        confirmed=cell.confirmed,
        import_id=cell.import_id,
        state=_DRAFT,
    )
    db.session.add(line)
    return line


def _change(line: HourLine, cell: Cell) -> None:
    """Hours taken over from last month and left as they are still wait to be confirmed in a draft."""
    same = line.hours == cell.hours
    line.confirmed = cell.confirmed or line.confirmed or not same
    if not same or cell.import_id is not None:
        line.import_id = cell.import_id
    line.hours = cell.hours if cell.hours is not None else ZERO
    line.over_reason, line.over_text = cell.over_reason, cell.over_text


def remove_lines(lines: Sequence[HourLine], by: Actor, today: date) -> None:
    """Take lines back: what was declared is posted back; a line that the ledger knows stays, without hours.

    Raises Refused when one is validated: only a correction changes it. Call it with the lot locked.
    """
    if any(line.state not in {*EDITABLE, ReportState.DECLARED} for line in lines):
        raise Refused(ReportRefusal.SETTLED)
    post(
        [Entry(line, EntryStage.DECLARED, -line.hours) for line in lines if line.state is ReportState.DECLARED],
        by=by,
        on=today,
    )
    fresh = [line for line in lines if line.declared_on is None]
    for line in lines:
        if line.declared_on is not None:
            line.hours, line.state, line.import_id = ZERO, _DRAFT, None
    if fresh:
        db.session.flush()
        for line in fresh:
            db.session.expunge(line)
        db.session.execute(delete(HourLine).where(HourLine.id.in_([line.id for line in fresh])))
