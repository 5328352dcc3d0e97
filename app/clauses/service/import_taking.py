"""How do the good lines of a file become drafts, and how is a whole import taken back? Nothing sent ever changes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

from app.audit import service as audit
from app.clauses.models import Holder, HourDocument, HourImport, HourImportLine, HourLine, HourReport
from app.clauses.queries import imports as queries
from app.clauses.queries.hour_facts import Facts, facts_for
from app.clauses.queries.reports import periods_of_holder
from app.clauses.rules.hour_import import ImportRefusal, may_be_undone
from app.clauses.rules.kinds import HourKind, OverReason
from app.clauses.rules.periods import Period
from app.clauses.rules.reporting import Cell
from app.clauses.rules.states import EDITABLE, ImportState, ReportState
from app.clauses.service.ledger import lock_lots
from app.clauses.service.lines import put_lines, remove_lines
from app.clauses.service.reports import made_report
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor
from app.core.transaction import transaction


@transaction
def accept(import_id: UUID, by: Actor, today: date, *, partly: bool = False) -> HourImport:
    """Put the good lines in the drafts of their reports. A second sending takes nothing more.

    Raises Refused: lines are still wrong and ``partly`` was not asked, or there is none to take.
    """
    made = queries.the_import(by, import_id, locked=True)
    if made.state is ImportState.ACCEPTED:
        return made
    if made.state is not ImportState.PREVIEWED:
        raise Refused(ImportRefusal.NOT_READ_YET)
    good = queries.lines_in(import_id, "good")
    if not good:
        raise Refused(ImportRefusal.NOTHING_GOOD)
    if not partly and queries.counts_of([import_id])[import_id]["faulty"]:
        raise Refused(ImportRefusal.FAULTY_LEFT, {ImportRefusal.FAULTY_LEFT: "partly"})
    reports: list[str] = made.columns.get("reports", [])
    for holder, lines in _by_holder(good, by):
        reports = [*reports, *_put(made, holder, lines, by, today)]
    made.state, made.accepted_at = ImportState.ACCEPTED, clock.now()
    made.columns = {**made.columns, "reports": reports}
    db.session.flush()
    made.added = db.session.scalar(select(func.count()).where(HourLine.import_id == import_id)) or 0
    audit.note(by, "hours.import_accepted", "hour_import", import_id, lines=made.added)
    return made


def _by_holder(good: Sequence[HourImportLine], by: Actor) -> list[tuple[Holder, list[HourImportLine]]]:
    """The firm's own lots, all locked at once and in order."""
    places = {place.holder_id for place in queries.places_of(by)}
    posts = {post.employment_id: post.holder_id for post in queries.posts_of(places)}
    found: dict[UUID, list[HourImportLine]] = defaultdict(list)
    for line in good:
        holder_id = posts.get(line.employment_id) if line.employment_id else None
        if holder_id is not None:
            found[holder_id].append(line)
    holders = queries.holders_with_contracts(found)
    lock_lots([holder.lot_id for holder in holders])
    return [(holder, found[holder.id]) for holder in holders]


def _put(made: HourImport, holder: Holder, lines: Sequence[HourImportLine], by: Actor, today: date) -> list[str]:
    """Into the report of each period, made when there is none; answers those made. A closed period takes nothing."""
    months = {line.month for line in lines if line.month}
    facts = facts_for(holder, holder.lot.contract, months)
    known = list(queries.reports_of([holder.id]))
    fresh: list[str] = []
    for month in sorted(months):
        if any(month in Period(report.first_month, report.months).months() for report in known):
            continue
        periods = periods_of_holder(holder, holder.lot.contract, today)
        period = next((one for one in periods if month in one.months()), None)
        if period is not None:
            fresh.append(str(made_report(holder, holder.lot.contract, period)))
            known = list(queries.reports_of([holder.id]))
    for report in known:
        covered = set(Period(report.first_month, report.months).months())
        mine = [line for line in lines if line.month in covered]
        if mine and report.state is not ReportState.LOCKED:
            _put_in(made, report, mine, facts, by, today)
    return fresh


def _put_in(
    made: HourImport, report: HourReport, lines: Sequence[HourImportLine], facts: Facts, by: Actor, today: date
) -> None:
    before = dict(_replaced(lines, facts))
    made.columns = {**made.columns, "before": {**before, **made.columns.get("before", {})}}
    put_lines(report, [_cell(line, made.id) for line in lines], by, today, facts=facts)
    report.nothing_to_report = report.nothing_to_report and report.state is not ReportState.DRAFT


def _replaced(lines: Sequence[HourImportLine], facts: Facts) -> Iterator[tuple[str, dict[str, Any]]]:
    """Drafts that the file replaces come back when the import is undone."""
    for line in lines:
        employment = facts.employments.get(line.employment_id) if line.employment_id else None
        if employment is None or line.month is None:
            continue
        held = facts.lines.get((employment.candidate_id, employment.employer_key, line.month, HourKind(line.kind)))
        if held is not None and held.hours:
            yield str(held.id), {"hours": str(held.hours), "confirmed": held.confirmed}


def _cell(line: HourImportLine, import_id: UUID) -> Cell:
    assert line.employment_id is not None
    assert line.month is not None
    reason = line.understood.get("reason")
    return Cell(
        line.employment_id,
        line.month,
        HourKind(line.kind),
        line.hours,
        OverReason(reason) if reason else None,
        line.understood.get("text", "") if reason else "",
        import_id=import_id,
    )


@transaction
def undo(import_id: UUID, by: Actor, now: datetime) -> HourImport:
    """Take the whole import back within seven days, as long as none of its hours was sent. Raises Refused."""
    today = clock.civil_day(now)
    made = queries.the_import(by, import_id, locked=True)
    if made.state is ImportState.UNDONE:
        return made
    if made.accepted_at is None:
        raise Refused(ImportRefusal.NEVER_TAKEN)
    if not may_be_undone(clock.civil_day(made.accepted_at), today):
        raise Refused(ImportRefusal.TOO_LATE)
    query = select(HourLine).where(HourLine.import_id == import_id).order_by(HourLine.id)
    lock_lots(set(db.session.scalars(select(HourLine.lot_id).where(HourLine.import_id == import_id))))
    lines = db.session.scalars(query.execution_options(populate_existing=True)).all()
    if any(line.state not in EDITABLE for line in lines):
        raise Refused(ImportRefusal.SENT_SINCE)
    before = made.columns.get("before", {})
    remove_lines([line for line in lines if str(line.id) not in before], by, today)
    for line in lines:
        if held := before.get(str(line.id)):
            line.hours, line.confirmed, line.import_id = Decimal(held["hours"]), held["confirmed"], None
    db.session.flush()
    _remove_empty(made.columns.get("reports", []))
    made.state, made.undone_at = ImportState.UNDONE, now
    audit.note(by, "hours.import_undone", "hour_import", import_id, lines=len(lines))
    return made


def _remove_empty(report_ids: Sequence[str]) -> None:
    """Reports that the import had begun, if nothing else was put in them."""
    ids = [UUID(one) for one in report_ids]
    lines = select(HourLine.id).where(HourLine.report_id == HourReport.id).exists()
    papers = select(HourDocument.id).where(HourDocument.report_id == HourReport.id).exists()
    db.session.execute(
        delete(HourReport)
        .where(HourReport.id.in_(ids), HourReport.state == ReportState.DRAFT, ~lines, ~papers)
        .execution_options(synchronize_session=False)
    )
