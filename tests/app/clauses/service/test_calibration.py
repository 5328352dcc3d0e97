"""An objective is worked out by each method, kept as it was said, and applied to a lot from a day."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.clauses.models import Billing, Calibration, LotVersion
from app.clauses.queries.standing import lots_standing
from app.clauses.rules.calibration import (
    BilledRate,
    CalibrationRefusal,
    CleaningTakeover,
    HoursShare,
    Inputs,
    LabourShare,
    method_of,
)
from app.clauses.rules.kinds import Lever, ObjectiveMethod
from app.clauses.rules.states import ContractState
from app.clauses.service import calibration as service
from app.clauses.service.calibration import Asked
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor, Role
from app.organisations.models import OrganisationTrade
from app.organisations.rules import OrganisationKind
from tests.factories.clauses import NOTIFIED, a_site
from tests.factories.people import an_organisation, somebody

pytestmark = pytest.mark.usefixtures("session", "today")
D = Decimal
SHARE = LabourShare(D(1_000_000), D(50), D(5), D(30))
CLEANING = CleaningTakeover(D(600_000), D(36), D(620), D(7))


def asked(*inputs: Inputs, **values: Any) -> Asked:
    return Asked("Collèges du nord", {method_of(one): one for one in inputs}, **values)


def kept(by: Actor, *inputs: Inputs, **values: Any) -> Calibration:
    return service.keep(asked(*inputs or (SHARE,), **values), row_id=uuid4(), by=by)


@pytest.mark.parametrize(
    ("inputs", "exact", "hours"),
    [
        (SHARE, "833.33", "833"),
        (HoursShare(D(10), D(12_500)), "1250", "1250"),
        (BilledRate(D(3_100_000), D(2_700_000), D(2_000)), "200", "200"),
        (BilledRate(D(2_701_999), D(2_700_000), D(2_000)), "1.00", "0"),
        (CleaningTakeover(D(600_000), D(36), D(400), D(7)), "672", "672"),
        (CLEANING, "117.6", "0"),
    ],
)
def test_the_worked_figures_are_kept_exact_and_rounded(inputs: Inputs, exact: str, hours: str) -> None:
    row = kept(somebody(Role.FACILITATOR).actor, inputs)
    said = row.results["computed"][method_of(inputs).value]
    assert round(D(said["exact"]), 2) == D(exact)
    assert row.hours == D(said["hours"]) == D(hours)


def test_a_method_without_a_clause_is_not_the_one_kept_when_another_gives_hours() -> None:
    found = service.study(asked(CLEANING, HoursShare(D(10), D(12_500))))
    assert found.method is ObjectiveMethod.HOURS_SHARE


def test_the_method_chosen_is_kept_even_without_a_clause_and_drafts_nothing() -> None:
    found = service.study(asked(CLEANING, SHARE, method=ObjectiveMethod.CLEANING_TAKEOVER))
    assert (found.method, found.paragraph) == (ObjectiveMethod.CLEANING_TAKEOVER, "")


def test_figures_that_make_no_sense_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        service.study(asked(LabourShare(D(1), D(101), D(5), D(0))))
    assert set(refused.value.reasons) == {
        CalibrationRefusal.LABOUR_PERCENT_OUT_OF_RANGE,
        CalibrationRefusal.HOURLY_COST_NOT_POSITIVE,
    }


def test_the_paragraph_takes_its_penalties_and_dates_from_the_template() -> None:
    text = service.study(asked(SHARE, template="works_quarterly")).paragraph.replace("\u00a0", " ")
    assert "833 h de travail au moins" in text
    assert "1 000 000 € × 50 % × 5 % ÷ 30,00 € = 833,33 h" in text
    assert "chaque trimestre un rapport" in text
    assert "avant le 15 du mois qui suit" in text
    assert "200,00 €" in text


def test_the_siae_near_that_do_the_trade_decide_of_the_lever() -> None:
    for kind, commune in (
        (OrganisationKind.EI, "91377"),
        (OrganisationKind.ACI, "91377"),
        (OrganisationKind.AI, "91345"),
        (OrganisationKind.GEIQ, "91377"),
        (OrganisationKind.EI, "91223"),
    ):
        place = an_organisation(kind, commune_insee=commune)
        db.session.add(OrganisationTrade(organisation_id=place.id, trade_slug="peintre", people=4))
    db.session.flush()
    ground = {"trade_slug": "peintre", "commune_insee": "91377", "months": 12}
    found = service.study(asked(SHARE, **ground))
    assert found.near
    assert found.advice
    assert (found.near.count, found.near.people) == (3, 12)  # neither the GEIQ nor the firm of Étampes
    assert found.advice.lever is Lever.RESERVE


def test_without_a_trade_or_a_commune_there_is_no_advice() -> None:
    assert service.study(asked(SHARE, months=12)).advice is None


def test_what_was_kept_can_be_taken_up_again() -> None:
    by = somebody(Role.FACILITATOR).actor
    given = asked(SHARE, CLEANING, months=36, in_lots=True, amount=D(1_000_000), template="cleaning")
    again = service.asked_of(service.keep(given, row_id=uuid4(), by=by))
    assert (again.inputs, again.months, again.in_lots) == (given.inputs, 36, True)
    assert (again.amount, again.template) == (D(1_000_000), "cleaning")


def test_a_second_sending_keeps_nothing_more() -> None:
    by, row_id = somebody(Role.FACILITATOR).actor, uuid4()
    for _ in range(2):
        service.keep(asked(SHARE), row_id=row_id, by=by)
    assert db.session.scalar(select(func.count()).select_from(Calibration)) == 1


def test_a_lot_owes_the_hours_from_the_day_it_is_applied() -> None:
    site = a_site(hours=250)
    row = kept(site.facilitator.actor)
    service.apply_to_lot(row.id, site.lot.id, valid_from=date(2026, 12, 1), by=site.facilitator.actor)
    before, after = (
        lots_standing([site.lot.id], day)[site.lot.id].objective for day in (date(2026, 11, 30), date(2026, 12, 1))
    )
    assert (before, after) == (D(250), D(833))
    version = db.session.scalars(select(LotVersion).where(LotVersion.hours == 833)).one()
    assert version.method is ObjectiveMethod.LABOUR_SHARE
    assert version.exact == D("833.333333")
    assert row.lot_id == site.lot.id


def test_an_objective_by_billed_amount_follows_the_bills() -> None:
    site = a_site(hours=250)
    db.session.add(Billing(lot_id=site.lot.id, on=date(2026, 10, 1), cumulative=D(2_900_000)))
    row = kept(site.facilitator.actor, BilledRate(D(3_100_000), D(2_700_000), D(2_000)))
    service.apply_to_lot(row.id, site.lot.id, valid_from=date(2026, 11, 5), by=site.facilitator.actor)
    assert lots_standing([site.lot.id], date(2026, 11, 5))[site.lot.id].objective == 100


def test_before_the_start_the_objective_itself_is_written() -> None:
    site = a_site(hours=250, state=ContractState.PREPARED)
    row = kept(site.facilitator.actor)
    service.apply_to_lot(row.id, site.lot.id, valid_from=date(2026, 12, 1), by=site.facilitator.actor)
    (version,) = db.session.scalars(select(LotVersion).where(LotVersion.lot_id == site.lot.id))
    assert (version.hours, version.valid_from) == (D(833), NOTIFIED)


def test_the_lot_of_a_closed_contract_stays() -> None:
    site = a_site(state=ContractState.CLOSED)
    row = kept(site.facilitator.actor)
    with pytest.raises(Refused):
        service.apply_to_lot(row.id, site.lot.id, valid_from=date(2026, 12, 1), by=site.facilitator.actor)


def test_a_calibration_is_not_applied_to_the_lot_of_others() -> None:
    stranger = somebody(Role.FACILITATOR, territory=None).actor
    with pytest.raises(NotFound):
        service.apply_to_lot(kept(stranger).id, a_site().lot.id, valid_from=date(2026, 12, 1), by=stranger)


def test_a_firm_keeps_no_calibration() -> None:
    with pytest.raises(Refused):
        kept(somebody(Role.EMPLOYER).actor)
