"""What lots owe and have done on a day, and whether the sums still say what the ledger says."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, update

from app.clauses.models import LotDay, LotTotal
from app.clauses.queries.standing import drift, lots_standing, months_of
from app.clauses.rules.kinds import EntryStage
from app.clauses.rules.progress import MonthHours
from app.clauses.rules.states import ReportState
from app.clauses.service import ledger
from app.clauses.service.upkeep import check_sums
from app.core.roles import SYSTEM
from tests.factories import clauses as make

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def site(session: Any, today: date) -> make.Site:
    site = make.a_site(250)
    work = make.an_employment(site.holder)
    line = make.a_line(make.a_report(site.holder, APRIL, ReportState.VALIDATED), work, 40)
    make.a_line(make.a_report(site.holder, MAY, ReportState.DECLARED), work, 30)
    ledger.post([ledger.Entry(line, EntryStage.VALIDATED, Decimal(-5))], by=SYSTEM, on=date(2026, 7, 2))
    return site


def test_a_lot_stands_as_its_ledger_said_on_the_day(site: make.Site) -> None:
    stands = [
        lots_standing([site.lot.id], day)[site.lot.id] for day in (date(2026, 5, 9), date(2026, 7, 1), date(2026, 7, 2))
    ]
    assert [(one.declared, one.validated) for one in stands] == [(0, 0), (70, 40), (70, 35)]
    assert [one.left for one in stands] == [250, 210, 215]
    assert stands[0].objective == 250
    assert lots_standing([site.lot.id], date(2026, 3, 1))[site.lot.id].objective == 0


def test_hours_are_known_by_month_worked(site: make.Site) -> None:
    found = months_of([site.lot.id], date(2026, 7, 2))[site.lot.id]
    assert sorted(found, key=lambda row: row.month) == [
        MonthHours(APRIL, Decimal(40), Decimal(35)),
        MonthHours(MAY, Decimal(30), Decimal(0)),
    ]


def test_sums_follow_the_ledger(site: make.Site, session: Any, today: date) -> None:
    assert drift() == 0
    assert check_sums(today) == 0
    total = session.get(LotTotal, site.lot.id)
    assert (total.declared, total.validated) == (70, 35)


@pytest.mark.parametrize(
    "spoil",
    [
        update(LotDay).values(validated=LotDay.validated + 1),
        update(LotDay).values(month=date(2026, 9, 1)).where(LotDay.month == APRIL, LotDay.on == date(2026, 7, 2)),
        delete(LotDay),
        update(LotTotal).values(declared=LotTotal.declared - 1),
        delete(LotTotal),
    ],
)
def test_sums_that_drifted_are_counted(site: make.Site, session: Any, today: date, spoil: Any) -> None:
    session.execute(spoil)
    assert drift() == 1
    assert check_sums(today) == 1
