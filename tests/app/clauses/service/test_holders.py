"""Firms hold a lot with parts that never pass 100, and find their lots by SIRET once they are in the portal."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses.models import Holder
from app.clauses.rules.kinds import HolderRole
from app.clauses.rules.lots import HolderValues, LotRefusal
from app.clauses.service import holders
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.organisations import service as organisations
from app.organisations.rules import OrganisationKind, OrganisationState
from tests.factories.clauses import a_contract, a_lot, a_site, an_employment
from tests.factories.people import Somebody, an_organisation, somebody

TODAY, SIRET = date(2026, 11, 5), "55210055400013"
_CO, _LEADS, _SUB = HolderRole.CO_CONTRACTOR, HolderRole.MANDATARY, HolderRole.SUBCONTRACTOR


@pytest.fixture
def facilitator(session: scoped_session) -> Somebody:
    return somebody(Role.FACILITATOR)


def _lot_id(facilitator: Somebody):  # type: ignore[no-untyped-def]
    return a_lot(a_contract(facilitator)).id


def test_a_group_has_one_mandatary_and_parts_up_to_a_hundred(facilitator: Somebody) -> None:
    lot_id, by = _lot_id(facilitator), facilitator.actor
    holders.add_holder(lot_id, HolderValues(name="A", role=_LEADS, share=Decimal(60)), by=by, today=TODAY)

    for said, reasons in (
        (HolderValues(name="B", role=_LEADS, share=Decimal(40)), {LotRefusal.TWO_LEADERS}),
        (HolderValues(name="B", role=_CO, share=Decimal("40.01")), {LotRefusal.SHARES_ABOVE_A_HUNDRED}),
        (HolderValues(name="a", role=_CO, share=Decimal(40)), {LotRefusal.FIRM_TWICE}),
        (HolderValues(name=" ", role=_CO), {LotRefusal.NAME_MISSING, LotRefusal.SHARE_MISSING}),
        (HolderValues(name="S", role=_SUB), {LotRefusal.PRINCIPAL_MISSING}),
        (HolderValues(name="S", role=_SUB, principal_id=uuid4()), {LotRefusal.PRINCIPAL_IS_NOT_ONE}),
    ):
        with pytest.raises(Refused) as refused:
            holders.add_holder(lot_id, said, by=by, today=TODAY)
        assert set(refused.value.reasons) == reasons
    holders.add_holder(lot_id, HolderValues(name="B", role=_CO, share=Decimal(40)), by=by, today=TODAY)


def test_a_firm_that_leaves_gives_its_part_to_the_next(facilitator: Somebody) -> None:
    lot_id, by = _lot_id(facilitator), facilitator.actor
    first = holders.add_holder(lot_id, HolderValues(name="A", share=Decimal(100)), by=by, today=TODAY)

    ended = HolderValues(name="A", share=Decimal(100), until=date(2026, 10, 31))
    holders.save_holder(first.id, ended, by=by, version=first.version)
    second = holders.add_holder(lot_id, HolderValues(name="B", share=Decimal(100)), by=by, today=TODAY)

    assert (first.until, second.until) == (date(2026, 10, 31), None)


def test_parts_are_changed_together_and_make_a_hundred(session: scoped_session, facilitator: Somebody) -> None:
    lot_id, by = _lot_id(facilitator), facilitator.actor
    one = holders.add_holder(lot_id, HolderValues(name="A", role=_LEADS, share=Decimal(60)), by=by, today=TODAY)
    two = holders.add_holder(lot_id, HolderValues(name="B", role=_CO, share=Decimal(40)), by=by, today=TODAY)

    holders.set_shares(lot_id, {one.id: Decimal(30), two.id: Decimal(70)}, by=by)

    assert (one.share, two.share) == (30, 70)
    with pytest.raises(Refused) as refused:
        holders.set_shares(lot_id, {one.id: Decimal(30), two.id: Decimal(69)}, by=by)
    assert refused.value.reasons == (LotRefusal.SHARES_NOT_A_HUNDRED,)
    with pytest.raises(NotFound):
        holders.set_shares(lot_id, {one.id: Decimal(100)}, by=by)


def test_a_holder_is_joined_to_the_employer_of_its_siret(facilitator: Somebody) -> None:
    firm = an_organisation(siret=SIRET)

    said = HolderValues(name="Morel", siret=SIRET, share=Decimal(100))
    holder = holders.add_holder(_lot_id(facilitator), said, by=facilitator.actor, today=TODAY)

    assert holder.organisation_id == firm.id


def test_a_firm_that_waits_to_be_let_in_gets_its_lots_that_day(session: scoped_session, facilitator: Somebody) -> None:
    firm = an_organisation(siret=SIRET, state=OrganisationState.PENDING, approved_at=None)
    said = HolderValues(name="Morel", siret=SIRET, share=Decimal(100))
    holder = holders.add_holder(_lot_id(facilitator), said, by=facilitator.actor, today=TODAY)
    assert holder.organisation_id is None

    organisations.approve(firm.id, by=somebody(Role.DEPARTMENT).actor, version=firm.version)

    assert session.scalar(select(Holder.organisation_id).where(Holder.id == holder.id)) == firm.id


def test_a_siret_of_somebody_who_is_no_employer_joins_nobody(facilitator: Somebody) -> None:
    an_organisation(OrganisationKind.PLIE, siret=SIRET)

    said = HolderValues(name="PLIE", siret=SIRET, share=Decimal(100))

    assert holders.add_holder(_lot_id(facilitator), said, by=facilitator.actor, today=TODAY).organisation_id is None


def test_a_corrected_siret_changes_who_reads_the_lot(facilitator: Somebody) -> None:
    an_organisation(siret=SIRET)
    lot_id = _lot_id(facilitator)
    said = HolderValues(name="Morel", siret=SIRET, share=Decimal(100))
    holder = holders.add_holder(lot_id, said, by=facilitator.actor, today=TODAY)

    holders.save_holder(holder.id, HolderValues(name="Morel", share=Decimal(100)), by=facilitator.actor)

    assert holder.organisation_id is None


def test_a_holder_typed_without_siret_keeps_the_organisation_it_has(session: scoped_session) -> None:
    site = a_site()

    said = HolderValues(name="Morel", share=Decimal(100), contact_name="Mme Morel")
    holders.save_holder(site.holder.id, said, by=site.facilitator.actor)

    assert site.holder.organisation_id == site.employer.actor.organisation_id


def test_a_holder_with_people_stays_and_another_goes(session: scoped_session, facilitator: Somebody) -> None:
    site = a_site()
    an_employment(site.holder)
    with pytest.raises(Refused) as refused:
        holders.remove_holder(site.holder.id, by=site.facilitator.actor)
    assert refused.value.reasons == (LotRefusal.HOLDER_IN_USE,)

    free = a_site()
    holders.remove_holder(free.holder.id, by=free.facilitator.actor)

    assert session.scalar(select(Holder).where(Holder.id == free.holder.id)) is None


def test_a_stale_holder_is_not_written_over_and_an_employer_never_writes_one(session: scoped_session) -> None:
    site = a_site()
    said = HolderValues(name="Morel", share=Decimal(100))

    with pytest.raises(StaleVersion):
        holders.save_holder(site.holder.id, said, by=site.facilitator.actor, version=site.holder.version + 1)
    with pytest.raises(NotFound):
        holders.save_holder(site.holder.id, said, by=site.employer.actor)
