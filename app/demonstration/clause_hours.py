"""Invented hours: who works on which lot, what was reported each period, and what is still to be sent or validated."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.clauses.rules.eligibility import CATEGORIES, counts_until, judge
from app.clauses.rules.kinds import EntryStage, HourKind, Mode
from app.clauses.rules.periods import Period, due_on, month_of, periods_between
from app.clauses.rules.states import ContractState, ReportState
from app.core import clock
from app.core.quantities import add_months
from app.demonstration.clause_contracts import ClauseRows, SiteRows, instant, objectives_of
from app.demonstration.ground import Ground
from app.demonstration.organisations import People
from app.offers.rules import EmploymentKind

_R = ReportState
_SENT = {_R.DECLARED, _R.VALIDATED, _R.LOCKED}
_SETTLED = {_R.VALIDATED, _R.LOCKED}
_KINDS = ((EmploymentKind.CDD, 50), (EmploymentKind.CDI, 20), (EmploymentKind.INTERIM, 20), (EmploymentKind.CDDI, 10))
_USUAL = ("rsa", "rsa", "rsa", "deld", "deld", "senior", "youth", "qpv", "plie", "rqth", "iae")
_WEEK = Decimal(35)
_OVER = {ContractState.DELIVERED, ContractState.CLOSED}


@dataclass(slots=True)
class Crew:
    """People who may work on a lot: those who do not look for work just now, each at one place at a time."""

    people: list[dict[str, Any]]
    busy: dict[UUID, list[tuple[date, date]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, first: date, last: date, count: int) -> list[dict[str, Any]]:
        """Up to ``count`` people who are free between the two days."""
        free = [one for one in self.people if all(last < a or first > b for a, b in self.busy[one["id"]])]
        for one in free[:count]:
            self.busy[one["id"]].append((first, last))
            self.people.remove(one)
            self.people.append(one)
        return free[:count]


def add_hours(ground: Ground, people: People, rows: ClauseRows, candidates: list[dict[str, Any]]) -> None:
    """Employments, reports and lines of every lot, then the objective that makes them late, on time or early."""
    crew = Crew([row for row in candidates[2:] if row["ready_on"] is None])
    persona = candidates[0]
    for site in rows.sites:
        if site.contract["state"] is not ContractState.PREPARED:
            _work(ground, people, rows, site, crew, persona)
        rows.lot_versions.extend(objectives_of(ground, rows, site, _objective(ground, rows, site)))


def _work(
    ground: Ground, people: People, rows: ClauseRows, site: SiteRows, crew: Crew, persona: dict[str, Any]
) -> None:
    random, today = ground.random, clock.today()
    notified, delivered = site.contract["notified_on"], site.contract["delivered_on"]
    count = {420: 6, 100: 1, 150: 3}.get(site.validated or 0) or (8 if site.objective else random.randint(1, 3))
    started = notified + timedelta(days=random.randint(5, 40))
    crewed = crew.take(started, min(delivered, today + timedelta(days=3650)), count)
    is_cleaning = site.lot["trade_slug"] == "agent-entretien" and site.contract["state"] is ContractState.CLOSED
    if is_cleaning and not any(row["candidate_id"] == persona["id"] for row in rows.employments):
        crewed.append(persona)
    hired = [_employ(ground, people, rows, site, person, started, rank) for rank, person in enumerate(crewed)]
    if site.objective and site.validated:
        _known_hours(ground, rows, site, hired)
        return
    for period in _ended_periods(site, today):
        _report(ground, rows, site, period, hired, today)


def _employ(
    ground: Ground,
    people: People,
    rows: ClauseRows,
    site: SiteRows,
    person: dict[str, Any],
    started: date,
    rank: int,
) -> dict[str, Any]:
    random, delivered = ground.random, site.contract["delivered_on"]
    day = started + timedelta(days=rank * 9)
    kind = random.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])[0]
    ended = None if kind is EmploymentKind.CDI else min(add_months(day, random.choice((8, 12, 14))), delivered)
    lent = kind is EmploymentKind.INTERIM
    firm = next(row for row in people.organisations if row["id"] == site.employer.organisation_id)
    lender = next((row for row in people.organisations if row["kind"].value == "etti"), firm) if lent else firm
    check = _check(ground, rows, site, person, day)
    row = {
        "id": ground.uuid(), "check_id": check, "candidate_id": person["id"], "lot_id": site.lot["id"],
        "holder_id": site.holder["id"], "hire_id": None, "mode": Mode.MADE_AVAILABLE if lent else Mode.DIRECT,
        "employer_name": lender["name"], "employer_key": lender["siret"] or lender["name"].lower(),
        "employment_kind": kind, "started_on": day, "ended_on": ended and max(ended, day), "hours_week": _WEEK,
        "tutor_name": "", "payroll_number": f"{len(rows.employments) + 1001}", "counts_from": day,
        "counts_until": counts_until(day, kind, ended, site.terms), "version": 1,
    }  # fmt: skip
    rows.employments.append(row)
    return row


def _check(ground: Ground, rows: ClauseRows, site: SiteRows, person: dict[str, Any], day: date) -> UUID:
    known: UUID | None = next(
        (
            row["id"]
            for row in rows.checks
            if row["candidate_id"] == person["id"] and row["contract_id"] == site.contract["id"]
        ),
        None,
    )
    if known:
        return known
    slug = ground.random.choice(_USUAL)
    category = next(one for one in CATEGORIES if one.slug == slug)
    proof = day - timedelta(days=20)
    identifier = ground.uuid()
    row = {
        "id": identifier, "candidate_id": person["id"], "contract_id": site.contract["id"], "category_slug": slug,
        "proof_dated_on": proof, "judged_on": day, "good_until": judge(category, proof, day, site.terms).good_until,
        "note": "", "checked_on": day - timedelta(days=6), "checked_by": site.contract["facilitator_id"],
        "checked_by_organisation_id": site.contract["facilitator_organisation_id"], "ended_on": None,
        "ended_reason": "",
    }  # fmt: skip
    rows.checks.append(row)
    return identifier


def _ended_periods(site: SiteRows, today: date) -> Iterator[Period]:
    last = min(site.contract["delivered_on"], add_months(month_of(today), 0) - timedelta(days=1))
    if last < site.contract["notified_on"]:
        return
    for period in periods_between(site.contract["notified_on"], last, site.terms.frequency):
        if period.last_month < month_of(today):
            yield period


def _state(ground: Ground, site: SiteRows, period: Period, today: date) -> ReportState | None:
    """What became of the report: the older, the more closed. None: not begun, so late."""
    if site.contract["state"] in _OVER:
        return _R.LOCKED
    age = (month_of(today).year - period.last_month.year) * 12 + month_of(today).month - period.last_month.month
    if site.objective and not site.validated:  # the persona's firm
        return {1: None, 2: _R.RETURNED}.get(age, _R.LOCKED)
    if age == 1:
        return ground.random.choices((_R.DECLARED, _R.VALIDATED, None, _R.RETURNED, _R.DRAFT), (40, 25, 20, 8, 7))[0]
    return _R.VALIDATED if age == 2 else _R.LOCKED


def _report(
    ground: Ground, rows: ClauseRows, site: SiteRows, period: Period, hired: list[dict[str, Any]], today: date
) -> None:
    state = _state(ground, site, period, today)
    if state is None:
        return
    cells = [(one, month) for one in hired for month in period.months() if _at_work(one, month)]
    report = _report_row(ground, rows, site, period, state if cells else _R.LOCKED, today)
    report["nothing_to_report"] = not cells
    for rank, (one, month) in enumerate(cells):
        line_state = state
        if state is _R.RETURNED and rank:
            line_state = _R.VALIDATED
        whole = one["started_on"] < month and (one["ended_on"] is None or one["ended_on"] >= add_months(month, 1))
        hours = Decimal(ground.random.randint(206, 302) if whole else ground.random.randint(60, 130)) / 2
        _line(ground, rows, report, one, month, hours, line_state, today)


def _at_work(employment: dict[str, Any], month: date) -> bool:
    last = min(day for day in (employment["ended_on"], employment["counts_until"], date.max) if day)
    return employment["started_on"] < add_months(month, 1) and last >= month


def _report_row(
    ground: Ground, rows: ClauseRows, site: SiteRows, period: Period, state: ReportState, today: date
) -> dict[str, Any]:
    due = due_on(period, site.terms.due_day)
    declared = min(due - timedelta(days=3), today)
    row = {
        "id": ground.uuid(), "holder_id": site.holder["id"], "lot_id": site.lot["id"],
        "first_month": period.first_month, "months": period.length, "due_on": due, "state": state,
        "declared_on": None if state is _R.DRAFT else declared,
        "declared_by": None if state is _R.DRAFT else site.employer.user_id,
        "locked_on": min(due + timedelta(days=30), today) if state is _R.LOCKED else None,
        "nothing_to_report": False, "version": 1,
        "created_at": instant(declared), "updated_at": instant(declared),
    }  # fmt: skip
    rows.reports.append(row)
    return row


def _line(
    ground: Ground,
    rows: ClauseRows,
    report: dict[str, Any],
    employment: dict[str, Any],
    month: date,
    hours: Decimal,
    state: ReportState,
    today: date,
) -> None:
    declared = report["declared_on"]
    validated = min(declared + timedelta(days=8), today) if state in _SETTLED else None
    line = {
        "id": ground.uuid(), "report_id": report["id"], "lot_id": report["lot_id"], "holder_id": report["holder_id"],
        "employment_id": employment["id"], "candidate_id": employment["candidate_id"],
        "employer_key": employment["employer_key"], "mode": employment["mode"], "month": month,
        "kind": HourKind.WORK, "hours": hours, "state": state, "over_reason": None, "over_text": "",
        "return_text": "Joindre la paie du mois." if state is _R.RETURNED else "", "confirmed": True,
        "declared_on": declared if state is not _R.DRAFT else None, "validated_on": validated, "validated_by": None,
        "import_id": None, "corrects_id": None, "correction_text": "",
    }  # fmt: skip
    rows.lines.append(line)
    for stage, day in ((EntryStage.DECLARED, declared if state in _SENT else None), (EntryStage.VALIDATED, validated)):
        if day:
            rows.entries.append(
                {
                    "line_id": line["id"], "lot_id": line["lot_id"], "holder_id": line["holder_id"],
                    "candidate_id": line["candidate_id"], "month": month, "on": day, "stage": stage, "hours": hours,
                    "at": instant(day), "by_user_id": None,
                }
            )  # fmt: skip


def _known_hours(ground: Ground, rows: ClauseRows, site: SiteRows, hired: list[dict[str, Any]]) -> None:
    """Hours that sum to what the drawing shows, spread over the months that have ended."""
    today = clock.today()
    periods = list(_ended_periods(site, today))
    cells = [(period, one) for period in periods for one in hired if _at_work(one, period.first_month)]
    each = (Decimal(site.validated or 0) / len(cells)).quantize(Decimal("0.5"))
    rest = Decimal(site.validated or 0) - each * (len(cells) - 1)
    reports = {period.first_month: _report_row(ground, rows, site, period, _R.LOCKED, today) for period in periods}
    for first, report in reports.items():
        report["nothing_to_report"] = all(period.first_month != first for period, _ in cells)
    for rank, (period, one) in enumerate(cells):
        first = period.first_month
        _line(ground, rows, reports[first], one, first, each if rank else rest, _R.LOCKED, today)


def _objective(ground: Ground, rows: ClauseRows, site: SiteRows) -> int:
    """Hours owed, so that what is validated is the part of them that time and pace say."""
    if site.objective:
        return site.objective
    done = sum(
        (row["hours"] for row in rows.lines if row["lot_id"] == site.lot["id"] and row["state"] in _SETTLED), Decimal()
    )
    if not done:
        return ground.random.randint(4, 30) * 50
    share = 1.0
    if site.contract["state"] is ContractState.RUNNING:
        begun, end = site.contract["notified_on"], site.contract["delivered_on"]
        share = max(0.15, min(1.0, (clock.today() - begun).days / (end - begun).days))
    return max(50, round(float(done) / share / site.pace / 10) * 10)
