"""Two members report at once, two facilitators validate at once, a firm sends during a validation: all is kept."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.clauses.models import HourEntry, HourLine, LotDay
from app.clauses.rules.kinds import EntryStage, HolderRole
from app.clauses.rules.reporting import Cell
from app.clauses.rules.states import ReportState
from app.clauses.service import reports, validation
from app.core import clock
from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.roles import Role
from tests.factories.clauses import a_contract, a_holder, a_line, a_lot, a_person, a_report, a_site, an_employment
from tests.factories.people import somebody

OCTOBER, TODAY = date(2026, 10, 1), date(2026, 11, 5)


@pytest.fixture
def at_once(own_app: Flask) -> Iterator[Callable[..., list[Any]]]:
    """Run acts each in a thread of its own; an act that is refused answers its refusal."""

    def one(act: Callable[[], Any]) -> Any:
        with own_app.app_context():
            try:
                return act()
            except (Refused, StaleVersion) as refused:
                return refused
            finally:
                db.session.remove()

    def run(*acts: Callable[[], Any]) -> list[Any]:
        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    with own_app.app_context(), clock.frozen(TODAY):
        yield run
        db.session.remove()


def _sums(lot_id: Any) -> tuple[Decimal, ...]:
    """Declared as the ledger, the days and the lines say it; then validated."""
    db.session.rollback()
    entries = select(func.coalesce(func.sum(HourEntry.hours), 0)).where(HourEntry.lot_id == lot_id)
    days = db.session.execute(
        select(func.sum(LotDay.declared), func.sum(LotDay.validated)).where(LotDay.lot_id == lot_id)
    ).one()
    lines = select(func.coalesce(func.sum(HourLine.hours), 0)).where(HourLine.lot_id == lot_id)
    settled = (ReportState.VALIDATED, ReportState.LOCKED)
    found = (
        db.session.scalar(entries.where(HourEntry.stage == EntryStage.DECLARED)),
        days[0],
        db.session.scalar(lines.where(HourLine.state.in_((*settled, ReportState.DECLARED)))),
        db.session.scalar(entries.where(HourEntry.stage == EntryStage.VALIDATED)),
        days[1],
        db.session.scalar(lines.where(HourLine.state.in_(settled))),
    )
    return tuple(Decimal(one or 0) for one in found)


def test_two_members_report_at_once_and_both_are_kept(at_once: Callable[..., list[Any]]) -> None:
    site = a_site()
    other = somebody(Role.EMPLOYER)
    second = a_holder(site.lot, other, role=HolderRole.CO_CONTRACTOR, share=Decimal(40))
    pairs = []
    for holder, who in ((site.holder, site.employer), (second, other)):
        report = a_report(holder, OCTOBER)
        for _ in range(5):
            a_line(report, an_employment(holder), 20)
        pairs.append((report.id, who.actor))
    db.session.commit()
    acts = [lambda pair=pair: reports.declare(pair[0], pair[1], TODAY).state for pair in pairs]
    assert at_once(*acts) == [ReportState.DECLARED, ReportState.DECLARED]
    assert _sums(site.lot.id) == (200, 200, 200, 0, 0, 0)


def test_two_facilitators_validate_at_once_and_it_counts_once(at_once: Callable[..., list[Any]]) -> None:
    site = a_site()
    colleague = somebody(Role.FACILITATOR, site.facilitator.organisation)
    report = a_report(site.holder, OCTOBER, ReportState.DECLARED)
    for _ in range(5):
        a_line(report, an_employment(site.holder), 20)
    db.session.commit()
    report_id, lot_id = report.id, site.lot.id
    actors = (site.facilitator.actor, colleague.actor)
    acts = [lambda actor=actor: validation.validate(report_id, actor, TODAY).state for actor in actors]
    answers = at_once(*acts)
    assert sorted(isinstance(one, Refused) for one in answers) == [False, True]
    assert _sums(lot_id) == (100, 100, 100, 100, 100, 100)


def test_sending_during_a_validation_loses_nothing(at_once: Callable[..., list[Any]]) -> None:
    site = a_site()
    sent = a_report(site.holder, date(2026, 9, 1), ReportState.DECLARED)
    a_line(sent, an_employment(site.holder), 100)
    draft = a_report(site.holder, OCTOBER)
    a_line(draft, an_employment(site.holder), 30)
    db.session.commit()
    sent_id, draft_id, lot_id = sent.id, draft.id, site.lot.id
    firm, facilitator = site.employer.actor, site.facilitator.actor
    answers = at_once(
        lambda: reports.declare(draft_id, firm, TODAY).state,
        lambda: validation.validate(sent_id, facilitator, TODAY).state,
    )
    assert answers == [ReportState.DECLARED, ReportState.VALIDATED]
    assert _sums(lot_id) == (130, 130, 130, 100, 100, 100)


def test_two_contracts_cannot_fill_the_month_of_one_person_at_once(at_once: Callable[..., list[Any]]) -> None:
    site, person = a_site(), a_person()
    other = somebody(Role.EMPLOYER)
    second = a_holder(a_lot(a_contract(site.facilitator)), other)
    pairs = []
    for holder, who in ((site.holder, site.employer), (second, other)):
        report = a_report(holder, OCTOBER)
        a_line(report, an_employment(holder, person), 120)
        pairs.append((report.id, who.actor))
    db.session.commit()
    acts = [lambda pair=pair: reports.declare(pair[0], pair[1], TODAY).state for pair in pairs]
    answers = at_once(*acts)
    assert sorted(isinstance(one, Refused) for one in answers) == [False, True]


def test_two_pages_of_one_report_keep_the_first_and_tell_the_second(at_once: Callable[..., list[Any]]) -> None:
    site = a_site()
    person, report = an_employment(site.holder), a_report(site.holder, OCTOBER)
    db.session.commit()
    report_id, version, person_id, firm = report.id, report.version, person.id, site.employer.actor

    def save(hours: int) -> Decimal:
        cell = Cell(person_id, OCTOBER, hours=Decimal(hours))
        reports.save_cells(report_id, [cell], firm, TODAY, version=version)
        return Decimal(hours)

    answers = at_once(lambda: save(70), lambda: save(80))
    kept = [one for one in answers if isinstance(one, Decimal)]
    assert len(kept) == 1
    assert db.session.scalars(select(HourLine.hours).where(HourLine.report_id == report_id)).all() == kept
