"""Lots owe by their method, their tranches and what was billed; what was acted on stays."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses.models import Lot, LotVersion
from app.clauses.queries.standing import lots_standing
from app.clauses.rules.calibration import BilledRate, CalibrationRefusal, LabourShare
from app.clauses.rules.kinds import ObjectiveMethod, TrancheKind
from app.clauses.rules.lots import LotRefusal, LotValues, ObjectiveValues, TrancheValues
from app.clauses.rules.states import ContractState
from app.clauses.service import lots
from app.core.errors import NotFound, Refused, StaleVersion
from tests.factories.clauses import NOTIFIED, Site, a_contract, a_site, an_employment
from tests.factories.people import Role, somebody

TODAY = date(2026, 11, 5)


def _prepared() -> tuple[Site, Lot]:
    site = a_site(250, state=ContractState.PREPARED)
    return site, site.lot


def _due(lot: Lot, day: date) -> Decimal:
    return lots_standing([lot.id], day)[lot.id].objective


def test_a_method_keeps_its_inputs_and_its_exact_result(session: scoped_session) -> None:
    facilitator = somebody(Role.FACILITATOR)
    contract = a_contract(facilitator, state=ContractState.PREPARED)
    objective = ObjectiveValues(inputs=LabourShare(Decimal(1_000_000), Decimal(50), Decimal(5), Decimal(30)))

    said = LotValues(number=1, title="Gros œuvre", objective=objective)
    lot = lots.add_lot(contract.id, said, by=facilitator.actor, today=TODAY)

    version = session.scalars(select(LotVersion).where(LotVersion.lot_id == lot.id)).one()
    assert (version.method, version.hours) == (ObjectiveMethod.LABOUR_SHARE, 833)
    assert version.exact == Decimal("833.333333")
    assert version.inputs["insertion_percent"] == "5"
    assert _due(lot, NOTIFIED) == 833


def test_at_the_billed_rate_the_objective_moves_with_billing(session: scoped_session) -> None:
    site, lot = _prepared()
    rate = ObjectiveValues(inputs=BilledRate(Decimal(0), Decimal(2_700_000), Decimal(2_000)))
    by = site.facilitator.actor
    lots.save_lot(lot.id, LotValues(number=1, title="Voirie", objective=rate), by=by, today=TODAY)

    lots.record_billing(lot.id, date(2026, 6, 30), Decimal(2_702_000), by=by, today=TODAY)
    lots.record_billing(lot.id, date(2026, 9, 30), Decimal(3_100_000), by=by, today=TODAY)

    assert [_due(lot, day) for day in (date(2026, 6, 29), date(2026, 6, 30), date(2026, 9, 30))] == [0, 1, 200]


def test_billing_is_a_total_that_never_goes_down(session: scoped_session) -> None:
    site = a_site()
    by = site.facilitator.actor
    lots.record_billing(site.lot.id, date(2026, 6, 30), Decimal(1000), by=by, today=TODAY)

    for day, amount, reason in (
        (date(2026, 7, 31), 999, LotRefusal.BILLED_LESS),
        (date(2026, 5, 31), 1001, LotRefusal.BILLED_LESS),
        (date(2026, 3, 1), 10, LotRefusal.BEFORE_NOTIFICATION),
        (date(2026, 11, 6), 2000, LotRefusal.FUTURE_DAY),
    ):
        with pytest.raises(Refused) as refused:
            lots.record_billing(site.lot.id, day, Decimal(amount), by=by, today=TODAY)
        assert refused.value.reasons == (reason,)
    again = lots.record_billing(site.lot.id, date(2026, 6, 30), Decimal(1200), by=by, today=TODAY)
    assert again.cumulative == 1200


def test_an_optional_tranche_counts_from_the_day_it_is_affirmed_and_only_once(session: scoped_session) -> None:
    site, by = (one := a_site(800)), one.facilitator.actor
    said = TrancheValues("Tranche optionnelle 1", TrancheKind.OPTIONAL, Decimal(200))
    tranche = lots.add_tranche(site.lot.id, said, by=by, today=TODAY)
    assert _due(site.lot, TODAY) == 800

    lots.affirm_tranche(tranche.id, date(2026, 9, 1), by=by, today=TODAY)
    lots.affirm_tranche(tranche.id, date(2026, 9, 1), by=by, today=TODAY)

    assert [_due(site.lot, day) for day in (date(2026, 8, 31), date(2026, 9, 1))] == [800, 1000]
    with pytest.raises(Refused) as refused:
        lots.affirm_tranche(tranche.id, date(2026, 10, 1), by=by, today=TODAY)
    assert refused.value.reasons == (LotRefusal.TRANCHE_AFFIRMED,)


def test_a_firm_tranche_is_in_the_objective_already(session: scoped_session) -> None:
    site = a_site(800)

    said = TrancheValues("Tranche ferme", TrancheKind.FIRM, Decimal(600))
    lots.add_tranche(site.lot.id, said, by=site.facilitator.actor, today=TODAY)

    assert _due(site.lot, TODAY) == 800


def test_a_lot_added_to_a_contract_that_runs_was_not_known_before_today(session: scoped_session) -> None:
    site = a_site(800)
    said = LotValues(number=2, title="Peinture", objective=ObjectiveValues(hours=Decimal(100)))

    lot = lots.add_lot(site.contract.id, said, by=site.facilitator.actor, today=TODAY, row_id=(row_id := uuid4()))

    assert [_due(lot, day) for day in (date(2026, 11, 4), TODAY)] == [0, 100]
    assert lots.add_lot(site.contract.id, said, by=site.facilitator.actor, today=TODAY, row_id=row_id).id == lot.id


def test_once_started_the_form_of_a_lot_leaves_its_objective_alone(session: scoped_session) -> None:
    site = a_site(800)
    said = LotValues(number=1, title="Autre nom", objective=ObjectiveValues(hours=Decimal(5)))

    lots.save_lot(site.lot.id, said, by=site.facilitator.actor, today=TODAY)

    assert site.lot.title == "Autre nom"
    assert _due(site.lot, TODAY) == 800


def test_faults_of_a_lot_are_said_together(session: scoped_session) -> None:
    site, _ = _prepared()
    wrong = ObjectiveValues(inputs=LabourShare(Decimal(0), Decimal(50), Decimal(5)))

    said = LotValues(number=1, title="Double", cpv="123", objective=wrong)
    with pytest.raises(Refused) as refused:
        lots.add_lot(site.contract.id, said, by=site.facilitator.actor, today=TODAY)

    assert LotRefusal.NUMBER_TAKEN in refused.value.reasons
    assert CalibrationRefusal.AMOUNT_NOT_POSITIVE in refused.value.reasons
    assert len(refused.value.reasons) == 3


def test_a_stale_lot_is_not_written_over(session: scoped_session) -> None:
    site = a_site()
    seen = site.lot.version
    by = site.facilitator.actor
    lots.save_lot(site.lot.id, LotValues(number=1, title="Premier"), by=by, today=TODAY, version=seen)

    with pytest.raises(StaleVersion):
        lots.save_lot(site.lot.id, LotValues(number=1, title="Second"), by=by, today=TODAY, version=seen)


def test_a_lot_goes_only_while_nothing_hangs_on_it(session: scoped_session) -> None:
    free, lot = _prepared()
    used, used_lot = _prepared()
    an_employment(used.holder)

    assert lots.remove_lot(lot.id, by=free.facilitator.actor) == free.contract.id
    assert session.scalar(select(Lot).where(Lot.id == lot.id)) is None
    running = a_site()
    session.commit()
    for site, kept in ((used, used_lot), (running, running.lot)):
        with pytest.raises(Refused) as refused:
            lots.remove_lot(kept.id, by=site.facilitator.actor)
        assert refused.value.reasons == (LotRefusal.LOT_IN_USE,)


def test_an_employer_changes_nothing_of_its_lot(session: scoped_session) -> None:
    site = a_site()

    with pytest.raises(NotFound):
        lots.record_billing(site.lot.id, TODAY, Decimal(1), by=site.employer.actor, today=TODAY)
