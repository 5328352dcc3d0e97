"""An avenant is a version more, known from the day it is recorded; the past still says what it said."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.clauses.models import ContractVersion, LotVersion
from app.clauses.queries.standing import lots_standing
from app.clauses.rules.contracts import AmendmentValues, ContractRefusal
from app.clauses.rules.states import ContractState, ReportState
from app.clauses.service.amendments import record_amendment
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from tests.factories.clauses import Site, a_line, a_report, a_site, an_employment

JUNE, TODAY = date(2026, 6, 1), date(2026, 11, 5)


def amended(site: Site, hours: int, *, on: date = JUNE, today: date = JUNE, **more: object) -> ContractVersion:
    said = AmendmentValues(on, "Logements en plus", {site.lot.id: Decimal(hours)})
    return record_amendment(site.contract.id, said, by=site.facilitator.actor, today=today, **more)  # type: ignore[arg-type]


def _done(site: Site, hours: int) -> None:
    report = a_report(site.holder, date(2026, 4, 1), ReportState.VALIDATED)
    a_line(report, an_employment(site.holder), hours)


def test_four_hundred_and_eighty_of_eight_hundred_is_60_percent_then_50_after_the_avenant(
    session: scoped_session,
) -> None:
    site = a_site(800)
    _done(site, 480)

    amended(site, 960)

    before = lots_standing([site.lot.id], date(2026, 5, 31))[site.lot.id]
    after = lots_standing([site.lot.id], JUNE)[site.lot.id]
    assert (before.validated, before.objective) == (480, 800)
    assert before.validated / before.objective == Decimal("0.6")
    assert (after.validated, after.objective) == (480, 960)
    assert after.validated / after.objective == Decimal("0.5")


def test_an_avenant_recorded_late_changes_nothing_of_the_days_before(session: scoped_session) -> None:
    site = a_site(800)

    version = amended(site, 960, today=TODAY)

    assert (version.valid_from, version.known_from) == (JUNE, TODAY)
    assert lots_standing([site.lot.id], date(2026, 11, 4))[site.lot.id].objective == 800
    assert lots_standing([site.lot.id], TODAY)[site.lot.id].objective == 960


def test_an_avenant_to_come_counts_from_its_day(session: scoped_session) -> None:
    site = a_site(800)

    amended(site, 960, on=date(2026, 12, 1), today=TODAY)

    assert lots_standing([site.lot.id], date(2026, 11, 30))[site.lot.id].objective == 800
    assert lots_standing([site.lot.id], date(2026, 12, 1))[site.lot.id].objective == 960


def test_amount_and_delivery_are_those_of_the_latest_and_older_versions_stay(session: scoped_session) -> None:
    site = a_site(800)
    said = AmendmentValues(JUNE, "Délai", amount=Decimal(7_000_000), delivered_on=date(2027, 3, 31))

    record_amendment(site.contract.id, said, by=site.facilitator.actor, today=JUNE)

    assert (site.contract.amount, site.contract.delivered_on) == (7_000_000, date(2027, 3, 31))
    rows = session.scalars(
        select(ContractVersion).where(ContractVersion.contract_id == site.contract.id).order_by(ContractVersion.number)
    ).all()
    assert [(row.number, row.amount, row.delivered_on) for row in rows] == [
        (0, 6_180_000, date(2027, 1, 15)),
        (1, 7_000_000, date(2027, 3, 31)),
    ]
    assert session.scalar(select(func.count()).select_from(LotVersion)) == 1


def test_of_two_avenants_for_one_day_the_later_one_is_right(session: scoped_session) -> None:
    site = a_site(800)

    amended(site, 960)
    amended(site, 900)

    assert lots_standing([site.lot.id], JUNE)[site.lot.id].objective == 900


def test_the_same_form_sent_twice_is_one_avenant(session: scoped_session) -> None:
    site, row_id = a_site(800), uuid4()
    seen = site.contract.version

    first = amended(site, 960, row_id=row_id, version=seen)
    second = amended(site, 960, row_id=row_id, version=seen)

    assert first.id == second.id == row_id


def test_who_saw_the_contract_before_another_avenant_is_asked_again_and_loses_nothing(
    session: scoped_session,
) -> None:
    site = a_site(800)
    seen = site.contract.version
    amended(site, 960, row_id=uuid4(), version=seen)

    with pytest.raises(StaleVersion):
        amended(site, 1000, row_id=uuid4(), version=seen)
    amended(site, 1000, row_id=uuid4(), version=site.contract.version)

    numbers = select(ContractVersion.number).where(ContractVersion.contract_id == site.contract.id)
    assert set(session.scalars(numbers)) == {0, 1, 2}


def test_an_avenant_says_all_that_is_wrong_at_once(session: scoped_session) -> None:
    site, other = a_site(800), a_site(100)
    said = AmendmentValues(date(2026, 3, 1), " ", {other.lot.id: Decimal(5)}, delivered_on=date(2026, 1, 1))

    with pytest.raises(Refused) as refused:
        record_amendment(site.contract.id, said, by=site.facilitator.actor, today=JUNE)

    assert set(refused.value.reasons) == {
        ContractRefusal.LABEL_MISSING,
        ContractRefusal.AMENDMENT_OTHER_LOT,
        ContractRefusal.AMENDMENT_BEFORE_NOTIFICATION,
        ContractRefusal.DELIVERY_BEFORE_NOTIFICATION,
    }


@pytest.mark.parametrize(
    ("state", "reason"),
    [(ContractState.PREPARED, ContractRefusal.NOT_STARTED), (ContractState.CLOSED, ContractRefusal.NOT_OPEN)],
)
def test_only_a_contract_that_runs_is_amended(
    session: scoped_session, state: ContractState, reason: ContractRefusal
) -> None:
    with pytest.raises(Refused) as refused:
        amended(a_site(800, state=state), 960)

    assert refused.value.reasons == (reason,)


def test_an_avenant_that_changes_nothing_is_refused(session: scoped_session) -> None:
    with pytest.raises(Refused) as refused:
        amended(a_site(800), 800)

    assert refused.value.reasons == (ContractRefusal.AMENDMENT_EMPTY,)


def test_a_holder_never_amends(session: scoped_session) -> None:
    site = a_site(800)

    with pytest.raises(NotFound):
        record_amendment(site.contract.id, AmendmentValues(JUNE, "x"), by=site.employer.actor, today=JUNE)


def _at_once(*acts: Callable[[], None]) -> None:
    barrier = Barrier(len(acts))

    def run(act: Callable[[], None]) -> None:
        barrier.wait()
        act()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_avenants_at_once_are_two_versions(own_app: Flask) -> None:
    with own_app.app_context():
        site = a_site(800)
        db.session.commit()
        contract_id, lot_id, by = site.contract.id, site.lot.id, site.facilitator.actor
        db.session.remove()

    def act(day: date, hours: int) -> Callable[[], None]:
        def record() -> None:
            with own_app.app_context():
                said = AmendmentValues(day, f"{hours} h", {lot_id: Decimal(hours)})
                record_amendment(contract_id, said, by=by, today=JUNE)
                db.session.remove()

        return record

    _at_once(act(JUNE, 960), act(date(2026, 9, 1), 1000))

    with own_app.app_context():
        numbers = select(ContractVersion.number).where(ContractVersion.contract_id == contract_id)
        assert sorted(db.session.scalars(numbers)) == [0, 1, 2]
        assert lots_standing([lot_id], date(2026, 8, 31))[lot_id].objective == 960
        assert lots_standing([lot_id], date(2026, 9, 1))[lot_id].objective == 1000
