"""Which reports wait for a facilitator, and what speaks for and against each line?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from app.candidates.models import Candidate
from app.clauses.labels.hours import period_words
from app.clauses.labels.kinds import HOUR_KINDS, MODES, OVER_REASONS
from app.clauses.labels.reports import fault_words
from app.clauses.models import (
    Buyer,
    ClauseEmployment,
    Holder,
    HourDocument,
    HourLine,
    HourReminder,
    HourReport,
    Lot,
    PublicContract,
)
from app.clauses.queries.hour_facts import ZERO, Facts
from app.clauses.queries.visible import contracts_visible_to, lots_visible_to, reports_visible_to
from app.clauses.rules.hours import covered_days, is_whole_month
from app.clauses.rules.periods import Period
from app.clauses.rules.reporting import CellKey, Fault
from app.clauses.rules.states import ReportState
from app.core.db import db
from app.core.french import plural
from app.core.paging import PAGE_SIZE, Page
from app.core.quantities import format_date_short
from app.core.roles import Actor, Role
from app.core.todo import TodoItem
from app.offers.labels import EMPLOYMENTS

_S = ReportState


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for."""

    states: frozenset[ReportState] | None = None
    buyer_id: UUID | None = None
    contract_id: UUID | None = None
    lot: int | None = None
    late: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of « Heures à valider »."""

    report_id: UUID
    holder: str
    lot_number: int
    lot_title: str
    contract: str
    buyer: str
    first_month: date
    months: int
    state: ReportState
    declared_on: date | None
    due_on: date
    hours: Decimal
    people: int
    nothing: bool

    @property
    def period(self) -> str:
        return period_words(Period(self.first_month, self.months))

    @property
    def late(self) -> bool:
        """Sent on the day before which it was due, or after it."""
        return self.declared_on is not None and self.declared_on >= self.due_on


SORTS: Final[Mapping[str, Any]] = {
    "date": HourReport.declared_on,
    "entreprise": func.lower(Holder.name),
    "periode": HourReport.first_month,
    "marche": PublicContract.title,
}


def _narrowed(actor: Actor, asked: Asked) -> Select[Any]:
    query = (
        reports_visible_to(actor)
        .join(Lot, Lot.id == HourReport.lot_id)
        .join(PublicContract, PublicContract.id == Lot.contract_id)
        .join(Buyer, Buyer.id == PublicContract.buyer_id)
    )
    if asked.states is not None:
        query = query.where(HourReport.state.in_(asked.states))
    if asked.buyer_id is not None:
        query = query.where(PublicContract.buyer_id == asked.buyer_id)
    if asked.contract_id is not None:
        query = query.where(PublicContract.id == asked.contract_id)
    if asked.lot is not None:
        query = query.where(Lot.number == asked.lot)
    return query.where(HourReport.declared_on >= HourReport.due_on) if asked.late else query


def waiting(actor: Actor, asked: Asked, number: int, size: int = PAGE_SIZE) -> Page[Waiting]:
    """One page; the oldest sending first unless asked otherwise. Two statements."""
    narrowed = _narrowed(actor, asked)
    total = db.session.scalar(select(func.count()).select_from(narrowed.with_only_columns(HourReport.id).subquery()))
    number = min(number, max(1, -(-(total or 0) // size)))
    column = SORTS.get(asked.sort.removeprefix("-"), HourReport.declared_on)
    order = column.desc().nulls_last() if asked.sort.startswith("-") else column.asc().nulls_last()
    sums = (
        select(
            HourLine.report_id,
            func.sum(HourLine.hours).label("hours"),
            func.count(HourLine.candidate_id.distinct()).label("people"),
        )
        .group_by(HourLine.report_id)
        .where(HourLine.hours != 0)
    )
    rows_of = narrowed.with_only_columns(
        HourReport.id, Holder.name, Lot.number, Lot.title, PublicContract.title, Buyer.name, HourReport.first_month,
        HourReport.months, HourReport.state, HourReport.declared_on, HourReport.due_on, HourReport.nothing_to_report,
    )  # fmt: skip
    rows = db.session.execute(rows_of.order_by(order, HourReport.id).limit(size).offset((number - 1) * size)).all()
    totals = {
        row.report_id: row for row in db.session.execute(sums.where(HourLine.report_id.in_([row[0] for row in rows])))
    }
    items = []
    for row in rows:
        found = totals.get(row[0])
        hours, people = (found.hours, found.people) if found else (ZERO, 0)
        said: list[Any] = [*row[:11], hours, people, row[11]]
        items.append(Waiting(*said))
    return Page(items, number, size, total or 0)


def counts(actor: Actor) -> Mapping[ReportState, int]:
    """How many reports in each state."""
    query = reports_visible_to(actor).with_only_columns(HourReport.state, func.count())
    return dict(db.session.execute(query.group_by(HourReport.state)).all())


def choices(actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(buyers, contracts) of the filters."""
    query = contracts_visible_to(actor).join(Buyer, Buyer.id == PublicContract.buyer_id)
    rows = db.session.execute(
        query.with_only_columns(PublicContract.id, PublicContract.number, Buyer.id, Buyer.name).order_by(
            PublicContract.number, PublicContract.id
        )
    ).all()
    buyers = sorted({(row[3], str(row[2])) for row in rows})
    return [(value, name) for name, value in buyers], [(str(row[0]), f"Marché {row[1]}") for row in rows]


@dataclass(frozen=True, slots=True)
class Judged:
    """A line with what speaks for and against it, and its corrections under it."""

    line: HourLine
    person: str
    work: str
    good: Sequence[str]
    doubts: Sequence[str]
    corrections: Sequence[HourLine]
    documents: int

    @property
    def serious(self) -> bool:
        """More than a paper is missing."""
        return len(self.doubts) > (0 if self.documents else 1)

    @property
    def hours(self) -> Decimal:
        """With its corrections."""
        return self.line.hours + sum((row.hours for row in self.corrections), ZERO)


def lines_to_judge(report: HourReport) -> Sequence[HourLine]:
    """The lines that were sent, with their people. One statement."""
    query = (
        select(HourLine)
        .join(Candidate, Candidate.id == HourLine.candidate_id)
        .where(HourLine.report_id == report.id, HourLine.state != _S.DRAFT)
        .options(joinedload(HourLine.candidate), joinedload(HourLine.employment), joinedload(HourLine.imported))
        .order_by(Candidate.last_name, Candidate.first_name, HourLine.month, HourLine.kind, HourLine.created_at)
    )
    return db.session.scalars(query).all()


def the_line(line_id: UUID) -> HourLine | None:
    """A first line with its person; whether its report may be read is asked of the report."""
    query = select(HourLine).where(HourLine.id == line_id, HourLine.corrects_id.is_(None))
    return db.session.scalar(query.options(joinedload(HourLine.candidate), joinedload(HourLine.employment)))


def holder_in(lot_ids: Sequence[UUID]) -> ColumnElement[bool]:
    """On one of these lots."""
    return Holder.lot_id.in_(lot_ids)


def documents_of(report_id: UUID) -> Sequence[HourDocument]:
    """Without their content."""
    query = select(HourDocument).where(HourDocument.report_id == report_id).order_by(HourDocument.at, HourDocument.id)
    return db.session.scalars(query).all()


def judged(
    lines: Sequence[HourLine],
    facts: Facts,
    faults: Mapping[CellKey, tuple[Fault, ...]],
    documents: Sequence[HourDocument],
) -> list[Judged]:
    """The two controls of each line: the person's eligibility that month; dates, hours and papers."""
    found = []
    for line in lines:
        if line.corrects_id is not None:
            continue
        papers = [one for one in documents if one.employment_id in {None, line.employment_id}]
        found.append(
            Judged(
                line,
                line.candidate.full_name,
                _work(line.employment, line),
                _good(line, facts, len(papers)),
                _doubts(line, facts, faults.get((line.employment_id, line.month, line.kind), ()), len(papers)),
                [row for row in lines if row.corrects_id == line.id],
                len(papers),
            )
        )
    return found


def _work(row: ClauseEmployment, line: HourLine) -> str:
    words = f"{EMPLOYMENTS[row.employment_kind]}, {HOUR_KINDS[line.kind].lower()}"
    return f"{words}. {MODES[line.mode]}, {row.employer_name}"


def _good(line: HourLine, facts: Facts, papers: int) -> list[str]:
    row = line.employment
    stint = facts.stint(row, line.month) if row.id in facts.employments else None
    said = []
    if stint is not None and covered_days(line.month, stint.counts):
        until = stint.counts[1]
        said.append(
            f"Éligible, embauche du {format_date_short(stint.counts[0])}"
            + (f", compte jusqu’au {format_date_short(until)}" if until else "")
        )
    covered = covered_days(line.month, facts.works, stint.employed) if stint else None
    if covered and is_whole_month(covered):
        said.append("En poste tout le mois, dans les dates du marché")
    elif covered:
        said.append(f"En poste du {format_date_short(covered[0])} au {format_date_short(covered[1])}")
    if papers:
        said.append(f"{plural(papers, 'pièce jointe', 'pièces jointes')}")
    return said


def _doubts(line: HourLine, facts: Facts, faults: Sequence[Fault], papers: int) -> list[str]:
    terms = facts.terms(line.month)
    said = [fault_words(fault, terms) for fault in faults]
    if line.over_reason is not None:
        text = f" ({line.over_text})" if line.over_text else ""
        said.append(f"Motif donné\u00a0: {OVER_REASONS[line.over_reason].lower()}{text}")
    if line.return_text and line.state is _S.DECLARED:
        said.append(f"Renvoyée avant\u00a0: {line.return_text}")
    return said if papers else [*said, "Aucune pièce jointe"]


@dataclass(frozen=True, slots=True)
class Exported:
    """A line as the file of a contract gives it."""

    line: HourLine
    person: str
    holder: str
    lot: str
    employer: str


def contract_lines(actor: Actor, contract_id: UUID, most: int) -> Sequence[Exported]:
    """Every line of the contract that the reader may see, corrections included."""
    reports = reports_visible_to(actor).with_only_columns(HourReport.id)
    query = (
        select(HourLine, Candidate.first_name, Candidate.last_name, Holder.name, Lot.number, Lot.title,
               ClauseEmployment.employer_name)
        .join(Candidate, Candidate.id == HourLine.candidate_id)
        .join(Holder, Holder.id == HourLine.holder_id)
        .join(Lot, Lot.id == HourLine.lot_id)
        .join(ClauseEmployment, ClauseEmployment.id == HourLine.employment_id)
        .where(Lot.contract_id == contract_id, HourLine.report_id.in_(reports), HourLine.hours != 0)
        .order_by(HourLine.month, Lot.number, Candidate.last_name, Candidate.first_name, HourLine.created_at)
        .limit(most)
    )  # fmt: skip
    return [
        Exported(line, f"{first} {last}".strip(), holder, f"{number} {title}", employer)
        for line, first, last, holder, number, title, employer in db.session.execute(query)
    ]


def drafts_of(actor: Actor) -> Select[HourReminder]:
    """Reminders neither sent nor dropped, on the lots that the reader steers."""
    lots = lots_visible_to(actor).with_only_columns(Lot.id)
    return (
        select(HourReminder)
        .join(Holder, Holder.id == HourReminder.holder_id)
        .where(Holder.lot_id.in_(lots), HourReminder.sent_on.is_(None), HourReminder.dropped_on.is_(None))
    )


def steering_to_do(actor: Actor) -> list[TodoItem]:
    """« 3 déclarations à valider », « 2 relances prêtes ». Two statements."""
    found = []
    declared = reports_visible_to(actor).where(HourReport.state == _S.DECLARED).with_only_columns(HourReport.id)
    count = db.session.scalar(select(func.count()).select_from(declared.subquery())) or 0
    if count and actor.role is Role.FACILITATOR:
        found.append(
            TodoItem(
                kind="clause.hours_to_validate",
                title=f"{plural(count, 'déclaration')} d’heures à valider",
                text="Éligibilité des personnes, dates, heures et pièces\u00a0: tout est sur une page.",
                endpoint="clauses.to_validate",
                action="Valider",
                icon="clock",
                urgency=2,
            )
        )
    ready = drafts_of(actor).with_only_columns(HourReminder.id)
    count = db.session.scalar(select(func.count()).select_from(ready.subquery())) or 0
    if count:
        found.append(
            TodoItem(
                kind="clause.reminders",
                title=plural(count, "relance prête"),
                text="Des heures manquent. Relisez chaque message avant de l’envoyer.",
                endpoint="clauses.reminders",
                action="Relire",
                icon="file",
                urgency=2,
            )
        )
    return found
