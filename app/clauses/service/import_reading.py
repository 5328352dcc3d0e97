"""What becomes of each line of a file of hours? Judged as the page judges what is typed, and nothing is written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.clauses.labels.imports import LINE_FAULTS
from app.clauses.labels.reports import REPORT_REFUSALS, fault_words
from app.clauses.labels.sheet_hours import SHEET_FAULT_WORDS
from app.clauses.models import Holder, HourImport, HourReport
from app.clauses.queries import imports as queries
from app.clauses.queries.hour_facts import Facts, facts_for
from app.clauses.queries.reports import periods_of_holder
from app.clauses.rules.hour_import import ASKED, LineFault, Post, Resolver, Wrong, name_column, reason_of
from app.clauses.rules.hours import HourRefusal
from app.clauses.rules.periods import Period, months_between
from app.clauses.rules.reporting import Cell, Fault, ReportRefusal
from app.clauses.rules.sheet_hours import CellFault, Column, Defaults, Layout, ReadLine, match_people, read_lines
from app.clauses.rules.states import EDITABLE, ReportState
from app.clauses.service.lines import check_lines
from app.core.quantities import format_hours
from app.core.roles import Actor
from app.core.sheets import SheetRow

_AT: Mapping[Any, Column] = {
    HourRefusal.FUTURE_MONTH: Column.MONTH,
    HourRefusal.BEFORE_NOTIFICATION: Column.MONTH,
    HourRefusal.AFTER_DELIVERY: Column.MONTH,
    HourRefusal.OUTSIDE_ELIGIBILITY: Column.MONTH,
    HourRefusal.OUTSIDE_EMPLOYMENT: Column.MONTH,
    HourRefusal.NO_DAY_COUNTS: Column.MONTH,
    HourRefusal.KIND_NOT_COUNTED: Column.KIND,
    ReportRefusal.PERIOD_LOCKED: Column.MONTH,
    ReportRefusal.NO_PERIOD: Column.MONTH,
}
"""Where a refusal is said; the hours otherwise."""
_OUTSIDE = {HourRefusal.BEFORE_NOTIFICATION, HourRefusal.AFTER_DELIVERY}


def layout_of(made: HourImport) -> Layout:
    """The mapping in use."""
    mapping = {Column(name): int(index) for name, index in made.columns.get("mapping", {}).items()}
    months = {int(index): date.fromisoformat(day) for index, day in made.columns.get("months", {}).items()}
    return Layout(SheetRow(made.header_row, tuple(made.header)), mapping, months)


@dataclass
class Judged:
    """One line and all that is to be said of it."""

    line: ReadLine
    state: str = "good"
    faults: list[dict[str, Any]] = field(default_factory=list)
    understood: dict[str, Any] = field(default_factory=dict)
    post: Post | None = None
    cell: Cell | None = None

    def say(self, column: Column, says: str, *, note: bool = False) -> None:
        """At the cell of that column, or at the one of the name when the sheet has no such column."""
        columns = self.line.columns
        index = columns.get(column, columns.get(name_column(self.line), -1))
        self.faults.append({"c": index, "says": says, "written": self._written(column), "note": note})
        if not note:
            self.state = "faulty"

    def _written(self, column: Column) -> str:
        line = self.line
        hours = format_hours(line.hours) if line.hours is not None else ""
        month = f"{line.month:%m/%Y}" if line.month else ""
        texts = {
            Column.MONTH: month, Column.HOURS: hours, Column.LOT: line.lot, Column.CONTRACT: line.contract,
            Column.EMPLOYER: line.employer, Column.PAYROLL_ID: line.payroll_id, Column.KIND: "",
        }  # fmt: skip
        return texts.get(column, line.name)[:60]

    def say_cell(self, fault: CellFault) -> None:
        """Unreadable as it is."""
        self.faults.append(
            {
                "c": fault.column_index,
                "says": SHEET_FAULT_WORDS[fault.kind],
                "written": fault.written,
                "note": fault.is_note,
            }
        )
        self.state = "faulty"

    def row(self, import_id: UUID, number: int) -> dict[str, Any]:
        """As the table keeps it."""
        line = self.line
        return {
            "import_id": import_id,
            "number": number,
            "row": line.number,
            "state": self.state,
            "cells": [line.name or line.payroll_id, " ".join(filter(None, (line.contract, line.lot)))],
            "employment_id": self.post.employment_id if self.post else None,
            "month": line.month,
            "kind": line.kind.value if line.kind else "",
            "hours": line.hours,
            "understood": self.understood,
            "faults": self.faults,
        }


def judge(made: HourImport, rows: Sequence[SheetRow], by: Actor, today: date) -> list[dict[str, Any]]:
    """Every line of the file, in order."""
    layout = layout_of(made)
    judged = [Judged(line) for line in read_lines(rows, layout, Defaults(month=made.month), today)]
    for one in judged:
        for fault in one.line.faults:
            one.say_cell(fault)
        if one.line.is_passed_over:
            one.state = "empty"
    _resolve(judged, made, layout, by)
    by_holder: dict[UUID, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.state == "good" and one.post is not None:
            by_holder[one.post.holder_id].append(one)
    reports: dict[UUID, list[HourReport]] = defaultdict(list)
    for report in queries.reports_of(by_holder):
        reports[report.holder_id].append(report)
    for holder in queries.holders_with_contracts(by_holder):
        _check(by_holder[holder.id], holder, reports[holder.id], made.id, today)
    return [one.row(made.id, number) for number, one in enumerate(judged, 1)]


def _resolve(judged: Sequence[Judged], made: HourImport, layout: Layout, by: Actor) -> None:
    """Who and where, for every line that has a name; the same person and month twice is said."""
    places = queries.places_of(by)
    posts = queries.posts_of([place.holder_id for place in places])
    people = {post.person: (post.person, post.first_name, post.last_name) for post in posts}
    matches = match_people([one.line for one in judged], people.values())
    kept = queries.mapping_of(made.organisation_id, layout.signature)
    said = {name: UUID(person) if person else None for name, person in (kept.people if kept else {}).items()}
    resolver = Resolver(places, posts, said, made.holder_id)
    seen: dict[tuple[Any, ...], int] = {}
    for one in judged:
        line = one.line
        if one.state == "empty" or not (line.name or line.payroll_id):
            continue
        name = line.name_key
        person = resolver.person(line, name, matches.get(name))
        post = person if isinstance(person, Wrong) else resolver.post(line, person)
        if isinstance(post, Wrong):
            _say_wrong(one, post, people)
            continue
        one.post = post
        if line.month is None or line.kind is None or one.state != "good":
            continue
        key = (post.person, post.holder_id, post.employer_key, line.month, line.kind)
        if key in seen:
            one.say(name_column(line), f"{LINE_FAULTS[LineFault.TWICE]} La première est à la ligne {seen[key]}.")
        else:
            seen[key] = line.number


def _say_wrong(one: Judged, wrong: Wrong, people: Mapping[UUID, tuple[UUID, str, str]]) -> None:
    near = [f"{people[person][2]} {people[person][1]}".strip() for person in wrong.people]
    more = f" Peut-être\u00a0: {', '.join(dict.fromkeys(near))}." if near else ""
    one.say(wrong.column, LINE_FAULTS[wrong.kind] + more)
    if near and wrong.kind in ASKED:
        one.understood |= {
            "key": one.line.name_key,
            "name": one.line.name,
            "people": [str(person) for person in wrong.people],
        }


def _check(
    judged: Sequence[Judged], holder: Holder, reports: Sequence[HourReport], import_id: UUID, today: date
) -> None:
    """The lines of one lot, as if they were typed in one report that covers all their months."""
    months = {one.line.month for one in judged if one.line.month}
    every = months_between(min(months), max(months))
    facts = facts_for(holder, holder.lot.contract, months)
    wide = HourReport(holder_id=holder.id, lot_id=holder.lot_id, first_month=min(months), months=len(every))
    for one in judged:
        line, post = one.line, one.post
        assert post is not None
        assert line.month is not None
        assert line.kind is not None
        one.cell = Cell(post.employment_id, line.month, line.kind, line.hours, import_id=import_id)
    faults = check_lines(wide, [one.cell for one in judged if one.cell], today, facts)
    states = {month: report.state for report in reports for month in Period(report.first_month, report.months).months()}
    owed = {month for period in periods_of_holder(holder, holder.lot.contract, today) for month in period.months()}
    for one in judged:
        assert one.cell is not None
        _settle(one, one.cell, faults.get(one.cell.key, ()), facts)
        if one.state != "good":
            continue
        if states.get(one.cell.month) is ReportState.LOCKED:
            one.say(Column.MONTH, REPORT_REFUSALS[ReportRefusal.PERIOD_LOCKED])
        elif one.cell.month not in states and one.cell.month not in owed:
            one.say(Column.MONTH, REPORT_REFUSALS[ReportRefusal.NO_PERIOD])


def _settle(one: Judged, cell: Cell, faults: Sequence[Fault], facts: Facts) -> None:
    """Already there, wrong, right, or right with a reason to give later."""
    employment = facts.employments[cell.employment_id]
    line = facts.lines.get((employment.candidate_id, employment.employer_key, cell.month, cell.kind))
    if line is not None and line.holder_id == facts.holder.id:
        sent = line.state not in EDITABLE
        if sent or (line.hours == cell.hours and line.confirmed):
            one.state = "same"
            words = LINE_FAULTS[LineFault.SENT_ALREADY if sent else LineFault.THERE_ALREADY]
            if line.hours != cell.hours:
                words = f"{words} La déclaration dit {format_hours(line.hours)}."
            one.say(Column.HOURS, words, note=True)
            return
    reason, text = reason_of(one.line.reason)
    for fault in _telling(faults):
        says = fault_words(fault, facts.terms(cell.month))
        if not fault.asks:
            one.say(_column_of(fault), says)
        elif reason is None:
            one.say(Column.HOURS, f"{says} {LINE_FAULTS[LineFault.REASON_LATER]}", note=True)
        else:
            one.understood |= {"reason": reason.value, "text": text}


def _telling(faults: Sequence[Fault]) -> Sequence[Fault]:
    """A month outside the works is outside all the rest: said once."""
    outside = [fault for fault in faults if fault.reason in _OUTSIDE]
    return outside[:1] or faults


def _column_of(fault: Fault) -> Column:
    if fault.reason in (HourRefusal.NOT_ELIGIBLE, ReportRefusal.NOT_ON_LOT, ReportRefusal.DUPLICATE):
        return Column.FULL_NAME
    return _AT.get(fault.reason, Column.HOURS)
