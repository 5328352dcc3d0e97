"""How does a facilitator settle reported hours: validate, return with a reason, close the period, correct after it?"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from app.clauses.models import HourImport, HourLine, HourReport
from app.clauses.queries.hour_facts import SENT, Facts
from app.clauses.queries.reports import the_report
from app.clauses.rules.hours import CorrectionRefusal, ReportedLine, correction_refusals, may_validate
from app.clauses.rules.kinds import EntryStage
from app.clauses.rules.reporting import LOCK_AFTER_DAYS, ReportRefusal
from app.clauses.rules.states import HOUR_REPORT, ReportAction, ReportState
from app.clauses.service.ledger import Entry, lock_lots, post
from app.clauses.service.lines import lock_people, report_facts
from app.clauses.service.moving import log
from app.clauses.service.reports import authors_of, lines_of, settle
from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal

_R: Final = ReportState


def may_settle(report: HourReport, by: Actor) -> bool:
    """Nobody validates their own report: who sent it, typed it, or brought a file for it."""
    imports = select(HourLine.import_id).where(HourLine.report_id == report.id, HourLine.import_id.is_not(None))
    brought = db.session.scalars(select(HourImport.by).where(HourImport.id.in_(imports))).all()
    authors = authors_of([report.id]).get(report.id, set())
    return by.user_id is not None and may_validate(by.user_id, report.declared_by, *brought, *authors)


def _opened(report_id: UUID, by: Actor, version: int | None) -> HourReport:
    """The report with its lot locked, read anew. Raises NotFound, StaleVersion, Refused for one's own."""
    lock_lots([the_report(by, report_id).lot_id])
    report = the_report(by, report_id, anew=True)
    if version is not None and version != report.version:
        raise StaleVersion({"version": report.version})
    if not may_settle(report, by):
        raise Refused(ReportRefusal.OWN_REPORT)
    return report


def _chosen(report: HourReport, line_ids: Collection[UUID] | None) -> list[HourLine]:
    """Lines that wait for a decision, all of them or those asked. Raises Refused when one is already settled."""
    waiting = [line for line in lines_of(report.id) if line.state is _R.DECLARED]
    if line_ids is None:
        return waiting
    if not line_ids:
        raise Refused(ReportRefusal.NO_LINE_CHOSEN)
    chosen = [line for line in waiting if line.id in line_ids]
    if len(chosen) != len(set(line_ids)):
        raise Refused(WorkflowRefusal.WRONG_STATE)
    return chosen


@transaction
def validate(
    report_id: UUID, by: Actor, today: date, *, line_ids: Collection[UUID] | None = None, version: int | None = None
) -> HourReport:
    """Both controls are right: the hours count from today. ``line_ids`` None: every line that waits."""
    report = _opened(report_id, by, version)
    lines = _chosen(report, line_ids)
    if not lines and not report.nothing_to_report:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    if not lines:
        return _validate_nothing(report, by)
    for line in lines:
        line.state = HOUR_REPORT.target(ReportAction.VALIDATE, line.state, by.role)
        line.validated_on, line.validated_by = today, by.user_id
    post([Entry(line, EntryStage.VALIDATED, line.hours) for line in lines], by=by, on=today)
    settle(report, ReportAction.VALIDATE, by)
    return report


def _validate_nothing(report: HourReport, by: Actor) -> HourReport:
    """« Personne ce mois-ci » is read and taken."""
    before = report.state
    report.state = HOUR_REPORT.target(ReportAction.VALIDATE, before, by.role)
    log("report", report.id, ReportAction.VALIDATE.value, before.value, report.state.value, by)
    return report


@transaction
def return_(
    report_id: UUID, reasons: Mapping[UUID, str] | str, by: Actor, today: date, *, version: int | None = None
) -> HourReport:
    """Send lines back, each with its reason; one text: all the lines that wait. The hours are no longer declared."""
    report = _opened(report_id, by, version)
    whole = reasons if isinstance(reasons, str) else ""
    lines = _chosen(report, None if isinstance(reasons, str) else set(reasons))
    texts = {line.id: (whole if isinstance(reasons, str) else reasons[line.id]).strip() for line in lines}
    if not all(texts.values()) or (not lines and not whole.strip()):
        raise Refused(ReportRefusal.RETURN_TEXT)
    if not lines:
        return _return_nothing(report, by, whole.strip())
    for line in lines:
        line.state = HOUR_REPORT.target(ReportAction.RETURN, line.state, by.role)
        line.return_text = texts[line.id]
    post([Entry(line, EntryStage.DECLARED, -line.hours) for line in lines], by=by, on=today)
    settle(report, ReportAction.RETURN, by, " / ".join(dict.fromkeys(texts.values())))
    return report


def _return_nothing(report: HourReport, by: Actor, text: str) -> HourReport:
    """Somebody did work: the firm fills the report in after all."""
    if not report.nothing_to_report:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    before = report.state
    report.state = HOUR_REPORT.target(ReportAction.RETURN, before, by.role)
    report.nothing_to_report = False
    log("report", report.id, ReportAction.RETURN.value, before.value, report.state.value, by, text)
    return report


@transaction
def lock(report_id: UUID, by: Actor, today: date, *, version: int | None = None) -> HourReport:
    """« Clore la période »: from then on only a correction changes a line. Everything must be settled."""
    lock_lots([the_report(by, report_id).lot_id])
    report = the_report(by, report_id, anew=True)
    if version is not None and version != report.version:
        raise StaleVersion({"version": report.version})
    _lock(report, by, today)
    return report


def _lock(report: HourReport, by: Actor, today: date) -> None:
    lines = lines_of(report.id)
    if any(line.state not in {_R.VALIDATED, _R.LOCKED} for line in lines if line.hours):
        raise Refused(ReportRefusal.NOT_SETTLED)
    before = report.state
    report.state = HOUR_REPORT.target(ReportAction.LOCK, before, by.role)
    report.locked_on = today
    for line in lines:
        if line.state is _R.VALIDATED:
            line.state = _R.LOCKED
    log("report", report.id, ReportAction.LOCK.value, before.value, report.state.value, by)


@transaction
def lock_settled(today: date) -> int:
    """Close the periods whose last line was validated LOCK_AFTER_DAYS days ago. How many. Safe to run twice."""
    last = func.coalesce(func.max(HourLine.validated_on), HourReport.declared_on)
    query = (
        select(HourReport.id, HourReport.lot_id)
        .outerjoin(HourLine, HourLine.report_id == HourReport.id)
        .where(HourReport.state == _R.VALIDATED)
        .group_by(HourReport.id)
        .having(today - last >= LOCK_AFTER_DAYS)
    )
    rows = db.session.execute(query).all()
    lock_lots({lot_id for _, lot_id in rows})
    closed = 0
    for report_id, _ in rows:
        report = the_report(SYSTEM, report_id, anew=True)
        if report.state is _R.VALIDATED:
            _lock(report, SYSTEM, today)
            closed += 1
    return closed


@transaction
def correct(line_id: UUID, delta: Decimal, text: str, by: Actor, today: date, *, row_id: UUID) -> HourLine:
    """A locked line is corrected by a new line of today that says the difference. Sent twice, it is one."""
    made = db.session.get(HourLine, row_id)
    line = db.session.get_one(HourLine, line_id)
    report = the_report(by, line.report_id)
    if made is not None:
        return made
    lock_lots([report.lot_id])
    if not may_settle(report, by):
        raise Refused(ReportRefusal.OWN_REPORT)
    lock_people([line.candidate_id])
    db.session.refresh(line)
    facts = report_facts(report)
    _refuse_correction(line, delta, text, facts)
    new = _correction(line, delta, text.strip(), by, today, row_id)
    db.session.add(new)
    stages = (EntryStage.DECLARED, EntryStage.VALIDATED)
    post([Entry(new, stage, delta) for stage in stages], by=by, on=today)
    log("report", report.id, "correct", report.state.value, report.state.value, by, text.strip())
    return new


def _refuse_correction(line: HourLine, delta: Decimal, text: str, facts: Facts) -> None:
    said = ReportedLine(line.candidate_id, line.employer_key, line.month, line.kind, line.hours)
    reasons = correction_refusals(
        said,
        _corrections_of(line.id),
        delta,
        state=line.state if line.corrects_id is None else _R.DRAFT,
        month_total=_month_total(line),
        terms=facts.terms(line.month),
        text=text,
    )
    if reasons:
        beside = {reason: "text" if reason is CorrectionRefusal.TEXT_COMPULSORY else "delta" for reason in reasons}
        raise Refused(reasons, beside)


def _corrections_of(line_id: UUID) -> Sequence[Decimal]:
    return db.session.scalars(select(HourLine.hours).where(HourLine.corrects_id == line_id)).all()


def _month_total(line: HourLine) -> Decimal:
    """All that was sent for the person and month, on all contracts."""
    query = select(func.coalesce(func.sum(HourLine.hours), 0)).where(
        HourLine.candidate_id == line.candidate_id, HourLine.month == line.month, HourLine.state.in_(SENT)
    )
    return db.session.scalars(query).one()


def _correction(line: HourLine, delta: Decimal, text: str, by: Actor, today: date, row_id: UUID) -> HourLine:
    return HourLine(
        id=row_id,
        report_id=line.report_id,
        lot_id=line.lot_id,
        holder_id=line.holder_id,
        employment_id=line.employment_id,
        candidate_id=line.candidate_id,
        employer_key=line.employer_key,
        mode=line.mode,
        month=line.month,
        kind=line.kind,
        hours=delta,
        state=_R.LOCKED,
        declared_on=today,
        validated_on=today,
        validated_by=by.user_id,
        corrects_id=line.id,
        correction_text=text,
    )
