"""How does a firm report its hours: begin from last month, keep as a draft, send, or say that nobody worked?"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from app.clauses.models import ClauseTransition, Holder, HourLine, HourReport, PublicContract
from app.clauses.queries.hour_facts import Facts, last_hours, term_versions
from app.clauses.queries.reports import may_fill, periods_of_holder, terms_at, the_report
from app.clauses.queries.visible import the_holder
from app.clauses.rules.hours import covered_days, report_state
from app.clauses.rules.kinds import EntryStage, HourKind
from app.clauses.rules.periods import Period, due_on, month_of
from app.clauses.rules.reporting import Cell, CellKey, Fault, ReportRefusal, taken_over
from app.clauses.rules.states import EDITABLE, HOUR_REPORT, ReportAction, ReportState
from app.clauses.service.ledger import Entry, lock_lots, post
from app.clauses.service.lines import (
    Faults,
    Faulty,
    check_lines,
    lock_people,
    put_lines,
    remove_lines,
    report_facts,
)
from app.clauses.service.moving import log
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor, Role
from app.core.transaction import transaction

TYPED: Final = "type"
AUTHORS: Final = (TYPED, ReportAction.DECLARE.value)


@transaction
def begin(holder_id: UUID, month: date, by: Actor, today: date) -> HourReport:
    """The report of the holder for the period that holds the month; made and filled in from the last one if new."""
    holder = the_holder(by, holder_id)
    if not may_fill(by, holder):
        raise NotFound
    lock_lots([holder.lot_id])
    found = begun(holder_id, month_of(month))
    if found is not None:
        return found
    contract = holder.lot.contract
    periods = periods_of_holder(holder, contract, today)
    period = next((one for one in periods if month_of(month) in one.months()), None)
    if period is None:
        raise Refused(ReportRefusal.NO_PERIOD)
    report = the_report(by, made_report(holder, contract, period))
    put_lines(report, prefilled(report, report_facts(report), today), by, today)
    remember_author(report, by)
    return report


def begun(holder_id: UUID, month: date) -> HourReport | None:
    query = select(HourReport).where(HourReport.holder_id == holder_id, HourReport.first_month <= month)
    last = db.session.scalar(query.order_by(HourReport.first_month.desc()).limit(1))
    return last if last is not None and month in Period(last.first_month, last.months).months() else None


def made_report(holder: Holder, contract: PublicContract, period: Period) -> UUID:
    terms = terms_at(term_versions([contract.id]).get(contract.id, ()), period.last_day)
    report = HourReport(
        holder_id=holder.id,
        lot_id=holder.lot_id,
        first_month=period.first_month,
        months=period.length,
        due_on=due_on(period, terms.due_day),
        state=ReportState.DRAFT,
    )
    db.session.add(report)
    db.session.flush()
    return report.id


def prefilled(report: HourReport, facts: Facts, today: date) -> list[Cell]:
    """Last month's hours for those still at work, usual ones for those who begin; each waits to be confirmed."""
    last = last_hours(report.holder_id, report.first_month)
    cells: list[Cell] = []
    for month in Period(report.first_month, report.months).months():
        if month > today:
            continue
        for (person, employer), rows in facts.by_person.items():
            stint = facts.stint(rows[-1], month)
            covered = stint and covered_days(month, facts.works, stint.counts, stint.employed)
            if not stint or not covered:
                continue
            is_new = not last or stint.employed[0] >= report.first_month
            for kind in HourKind:
                had = last.get((person, employer, kind))
                hours = taken_over(had, stint.employment.hours_week, covered, is_new and kind is HourKind.WORK)
                if hours and facts.terms(month).counts(kind):
                    cells.append(Cell(stint.employment.id, month, kind, hours, confirmed=False))
    return cells


def remember_author(report: HourReport, by: Actor) -> None:
    """Who typed hours for somebody else's firm may not validate them. Employers never validate: no need."""
    if by.role is Role.FACILITATOR and by.user_id not in authors_of([report.id]).get(report.id, set()):
        log("report", report.id, TYPED, report.state.value, report.state.value, by)


def authors_of(report_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Who typed or sent each report, as its history says."""
    log_row = ClauseTransition
    query = select(log_row.subject_id, log_row.by_user_id).where(
        log_row.subject == "report", log_row.subject_id.in_(report_ids), log_row.action.in_(AUTHORS)
    )
    found: dict[UUID, set[UUID]] = {}
    for report_id, user_id in db.session.execute(query):
        if user_id is not None:
            found.setdefault(report_id, set()).add(user_id)
    return found


def opened(report_id: UUID, by: Actor, version: int | None) -> HourReport:
    """The report to write in, its lot locked and read anew. Raises NotFound, StaleVersion, Refused when closed."""
    report = the_report(by, report_id)
    if not may_fill(by, report.holder):
        raise NotFound
    lock_lots([report.lot_id])
    report = the_report(by, report_id, anew=True)
    if version is not None and version != report.version:
        raise StaleVersion({"version": report.version})
    if report.state is ReportState.LOCKED:
        raise Refused(ReportRefusal.PERIOD_LOCKED)
    return report


@transaction
def save_cells(
    report_id: UUID, cells: Sequence[Cell], by: Actor, today: date, *, version: int | None = None
) -> tuple[HourReport, Faults]:
    """Keep what was typed as a draft, in this report and in earlier ones that came back; answers all that is wrong."""
    report = opened(report_id, by, version)
    faults: dict[CellKey, tuple[Fault, ...]] = {}
    for one, mine in _by_report(report, cells, by):
        faults.update(put_lines(one, mine, by, today))
        if any(cell.hours for cell in mine):
            one.nothing_to_report = one.nothing_to_report and one.state is not ReportState.DRAFT
        remember_author(one, by)
    return report, faults


def _by_report(report: HourReport, cells: Sequence[Cell], by: Actor) -> Iterable[tuple[HourReport, list[Cell]]]:
    """The report itself first, then those of the same holder in which a line was sent back."""
    months = set(Period(report.first_month, report.months).months())
    yield report, [cell for cell in cells if cell.month in months]
    earlier = [cell for cell in cells if cell.month not in months]
    for month in sorted({cell.month for cell in earlier}):
        other = begun(report.holder_id, month)
        if other is not None and other.state is ReportState.RETURNED:
            yield the_report(by, other.id, anew=True), [cell for cell in earlier if cell.month == month]


@transaction
def declare(
    report_id: UUID, by: Actor, today: date, *, version: int | None = None, also: Collection[UUID] = ()
) -> HourReport:
    """Send every line that is a draft or came back; ``also``: earlier reports corrected with it. Raises Faulty."""
    report = opened(report_id, by, version)
    reports = [report, *(opened(other, by, None) for other in also if other != report_id)]
    found: dict[CellKey, tuple[Fault, ...]] = {}
    sent: list[HourLine] = []
    for one in reports:
        facts = _locked_facts(one)
        lines = sendable(one, facts)
        if not lines:
            raise Refused(ReportRefusal.NOTHING_TYPED)
        found.update(check_lines(one, [as_cell(line) for line in lines], today, facts))
        sent += lines
        one.nothing_to_report = False
    if found:
        raise Faulty(found)
    _send(sent, by, today)
    for one in reports:
        one.declared_on, one.declared_by = today, by.user_id
        settle(one, ReportAction.DECLARE, by)
    return report


def _locked_facts(report: HourReport) -> Facts:
    """The people's months are locked before the sums over all contracts are read."""
    lock_people({line.candidate_id for line in lines_of(report.id)})
    return report_facts(report)


def lines_of(report_id: UUID) -> Sequence[HourLine]:
    """Every line of the report as the database has it now."""
    query = select(HourLine).where(HourLine.report_id == report_id).order_by(HourLine.month, HourLine.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def sendable(report: HourReport, facts: Facts) -> list[HourLine]:
    """Drafts and returned lines with hours."""
    own = [line for line in facts.lines.values() if line.report_id == report.id]
    return [line for line in own if line.state in EDITABLE and line.hours]


def confirmed_cells(report: HourReport, facts: Facts) -> list[Cell]:
    """What is in the report and was typed by somebody: the page judges it as soon as it opens."""
    return [as_cell(line) for line in sendable(report, facts) if line.confirmed]


def returned_reports(report: HourReport, months: Collection[date]) -> list[UUID]:
    """Earlier reports of the same firm and lot in which lines of these months came back."""
    earlier = [month for month in months if month < report.first_month]
    query = select(HourLine.report_id).where(
        HourLine.holder_id == report.holder_id, HourLine.month.in_(earlier), HourLine.state == ReportState.RETURNED
    )
    return list(db.session.scalars(query.distinct().order_by(HourLine.report_id)))


def as_cell(line: HourLine) -> Cell:
    """A line as it would be typed."""
    return Cell(line.employment_id, line.month, line.kind, line.hours, line.over_reason, line.over_text)


def _send(lines: Sequence[HourLine], by: Actor, today: date) -> None:
    for line in lines:
        line.state = HOUR_REPORT.target(ReportAction.DECLARE, line.state, by.role)
        line.declared_on, line.confirmed = today, True
    post([Entry(line, EntryStage.DECLARED, line.hours) for line in lines], by=by, on=today)


def settle(report: HourReport, action: ReportAction, by: Actor, reason: str = "") -> None:
    """The report follows its lines; lines still in draft in a report that was sent do not take it back."""
    db.session.flush()
    states = [line.state for line in lines_of(report.id) if line.hours or line.state is not ReportState.DRAFT]
    sent = [state for state in states if state is not ReportState.DRAFT]
    before, report.state = report.state, report_state(sent or states)
    log("report", report.id, action.value, before.value, report.state.value, by, reason)
    db.session.flush()


@transaction
def nothing_to_report(report_id: UUID, by: Actor, today: date) -> HourReport:
    """« Personne ce mois-ci »: sent at once, unless hours were typed. Hours only taken over from last month go."""
    report = opened(report_id, by, None)
    HOUR_REPORT.target(ReportAction.DECLARE, report.state, by.role)
    lines = [line for line in lines_of(report.id) if line.hours]
    if any(line.confirmed for line in lines):
        raise Refused(ReportRefusal.HOURS_TYPED)
    remove_lines(lines, by, today)
    before = report.state
    report.state, report.nothing_to_report = ReportState.DECLARED, True
    report.declared_on, report.declared_by = today, by.user_id
    log("report", report.id, ReportAction.DECLARE.value, before.value, report.state.value, by)
    return report
