"""A contract is written once, starts only when whole, and then changes only by dated acts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.audit.models import AuditEntry
from app.clauses.models import Buyer, ClauseTransition, ContractVersion, PublicContract
from app.clauses.queries.standing import lots_standing
from app.clauses.rules.contracts import BuyerValues, ContractRefusal, ContractValues
from app.clauses.rules.kinds import BuyerKind, HolderRole, Nature
from app.clauses.rules.lots import HolderValues, LotValues, ObjectiveValues
from app.clauses.rules.states import ContractAction, ContractState
from app.clauses.service import contracts
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor, Role
from app.core.workflow import WorkflowRefusal
from tests.factories.clauses import a_buyer, a_contract, a_site
from tests.factories.people import somebody

TODAY, NOTIFIED = date(2026, 11, 5), date(2026, 3, 2)


def values(**said: Any) -> ContractValues:
    plain: dict[str, Any] = {
        "buyer": BuyerValues("Ville de Massy", BuyerKind.COMMUNE),
        "number": "2026-0117",
        "title": "Rénovation d’un collège",
        "nature": Nature.WORKS,
        "notified_on": NOTIFIED,
        "commune_insee": "91377",
    }
    return ContractValues(**{**plain, **said})


def made(by: Actor, **said: Any) -> PublicContract:
    return contracts.create_contract(uuid4(), values(**said), by=by, today=TODAY)


def test_a_contract_is_prepared_for_the_plie_of_who_writes_it(session: scoped_session) -> None:
    facilitator = somebody(Role.FACILITATOR)

    contract = made(facilitator.actor)

    assert contract.state is ContractState.PREPARED
    assert contract.facilitator_organisation_id == facilitator.actor.organisation_id
    assert contract.facilitator_id == facilitator.user.id
    assert contract.territory_code == "nord-ouest"
    assert session.get(Buyer, contract.buyer_id).kind is BuyerKind.COMMUNE
    versions = session.scalars(select(ContractVersion).where(ContractVersion.contract_id == contract.id)).all()
    assert [(one.number, one.valid_from, one.known_from) for one in versions] == [(0, NOTIFIED, NOTIFIED)]


def test_the_same_form_sent_twice_makes_one_contract(session: scoped_session) -> None:
    by, row_id = somebody(Role.FACILITATOR).actor, uuid4()

    first = contracts.create_contract(row_id, values(), by=by, today=TODAY)
    second = contracts.create_contract(row_id, values(title="Autre"), by=by, today=TODAY)

    assert first.id == second.id
    assert second.title == "Rénovation d’un collège"
    assert session.scalar(select(func.count()).select_from(Buyer)) == 1


def test_a_buyer_already_known_is_found_by_name_or_siret_and_not_made_again(session: scoped_session) -> None:
    by = somebody(Role.FACILITATOR).actor
    buyer = a_buyer(name="Ville d’Évry", siret="21910228200019")

    named = made(by, number="1", buyer=BuyerValues("ville d’evry"))
    numbered = made(by, number="2", buyer=BuyerValues("Mairie", siret="21910228200019"))

    assert {named.buyer_id, numbered.buyer_id} == {buyer.id}


def test_two_contracts_of_one_buyer_never_share_a_number(session: scoped_session) -> None:
    by = somebody(Role.FACILITATOR).actor
    made(by)

    with pytest.raises(Refused) as refused:
        made(by, title="Un autre")

    assert refused.value.reasons == (ContractRefusal.NUMBER_TAKEN,)
    assert refused.value.fields[ContractRefusal.NUMBER_TAKEN] == "number"
    assert made(by, buyer=BuyerValues("Ville de Palaiseau")).number == "2026-0117"


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.REFERENT, Role.ADMINISTRATOR])
def test_only_who_steers_may_write(session: scoped_session, role: Role) -> None:
    with pytest.raises(NotFound):
        made(somebody(role).actor)


def test_a_facilitator_of_elsewhere_finds_no_contract_to_change(session: scoped_session) -> None:
    contract = a_site().contract
    other = somebody(Role.FACILITATOR, territory=None).actor

    with pytest.raises(NotFound):
        contracts.move_contract(contract.id, ContractAction.DELIVER, by=other, today=TODAY)


def test_saving_over_somebody_elses_words_is_stale(session: scoped_session) -> None:
    by = somebody(Role.FACILITATOR).actor
    contract = made(by)
    seen = contract.version
    contracts.save_contract(contract.id, values(title="Le premier"), by=by, today=TODAY, version=seen)

    with pytest.raises(StaleVersion) as stale:
        contracts.save_contract(contract.id, values(title="Le second"), by=by, today=TODAY, version=seen)

    assert stale.value.theirs["title"] == "Le premier"
    assert session.get(PublicContract, contract.id).title == "Le premier"


def test_once_started_amount_and_dates_only_change_by_an_avenant(session: scoped_session) -> None:
    site = a_site()
    row, by = site.contract, site.facilitator.actor
    same = values(
        buyer=row.buyer_id, number=row.number, amount=row.amount, delivered_on=row.delivered_on, title="Mieux dit"
    )

    assert contracts.save_contract(row.id, same, by=by, today=TODAY).title == "Mieux dit"
    for change in ({"amount": Decimal(1)}, {"delivered_on": date(2027, 3, 1)}, {"notified_on": date(2026, 3, 3)}):
        with pytest.raises(Refused) as refused:
            contracts.save_contract(row.id, replace(same, **change), by=by, today=TODAY)
        assert refused.value.reasons == (ContractRefusal.NEEDS_AMENDMENT,)


def test_the_start_says_all_that_lacks_at_once(session: scoped_session) -> None:
    by = somebody(Role.FACILITATOR).actor
    contract = made(by, notified_on=None)

    with pytest.raises(Refused) as refused:
        contracts.move_contract(contract.id, ContractAction.START, by=by, today=TODAY)

    assert refused.value.reasons == (ContractRefusal.NOT_NOTIFIED, ContractRefusal.NO_LOT)


def _lot(contract: PublicContract, by: Actor, *shares: int) -> UUID:
    objective = ObjectiveValues(hours=Decimal(800))
    said = LotValues(number=1, title="Gros œuvre", objective=objective)
    lot = contracts.add_lot(contract.id, said, by=by, today=TODAY)
    for rank, share in enumerate(shares):
        role = HolderRole.CO_CONTRACTOR if rank else HolderRole.MANDATARY
        contracts.add_holder(lot.id, HolderValues(name=f"F{rank}", role=role, share=Decimal(share)), by=by, today=TODAY)
    return lot.id


def test_a_contract_starts_with_a_lot_whose_shares_make_a_hundred(session: scoped_session) -> None:
    by = somebody(Role.FACILITATOR).actor
    contract = made(by)
    lot_id = _lot(contract, by, 60)
    with pytest.raises(Refused) as refused:
        contracts.move_contract(contract.id, ContractAction.START, by=by, today=TODAY)
    assert refused.value.reasons == (ContractRefusal.SHARES_NOT_A_HUNDRED,)

    rest = HolderValues(name="Autre", role=HolderRole.CO_CONTRACTOR, share=Decimal(40))
    contracts.add_holder(lot_id, rest, by=by, today=TODAY)
    contracts.move_contract(contract.id, ContractAction.START, by=by, today=TODAY)

    assert contract.state is ContractState.RUNNING
    log = session.scalars(select(ClauseTransition).where(ClauseTransition.subject_id == contract.id)).one()
    assert (log.subject, log.action, log.from_state, log.to_state) == ("contract", "start", "prepared", "running")
    assert session.scalar(select(AuditEntry.action).where(AuditEntry.action == "clause.contract.start"))


def test_what_is_due_follows_the_notification_while_the_contract_is_prepared(session: scoped_session) -> None:
    by = somebody(Role.FACILITATOR).actor
    contract = made(by, notified_on=None)
    lot_id = _lot(contract, by, 100)

    contracts.save_contract(contract.id, values(), by=by, today=TODAY)

    assert lots_standing([lot_id], date(2026, 3, 1))[lot_id].objective == 0
    assert lots_standing([lot_id], NOTIFIED)[lot_id].objective == 800


def test_the_same_button_sent_twice_is_one_act(session: scoped_session) -> None:
    site = a_site()
    by, seen = site.facilitator.actor, site.contract.version

    for _ in range(2):
        contracts.move_contract(site.contract.id, ContractAction.DELIVER, by=by, today=TODAY, version=seen)

    assert session.scalar(select(func.count()).select_from(ClauseTransition)) == 1
    with pytest.raises(StaleVersion):
        contracts.move_contract(site.contract.id, ContractAction.CLOSE, by=by, today=TODAY, version=seen)


def test_a_delivery_that_was_never_planned_is_today_in_a_version_of_its_own(session: scoped_session) -> None:
    site = a_site(delivered_on=None)

    contracts.move_contract(site.contract.id, ContractAction.DELIVER, by=site.facilitator.actor, today=TODAY)

    assert site.contract.delivered_on == TODAY
    versions = session.scalars(
        select(ContractVersion).where(ContractVersion.contract_id == site.contract.id).order_by(ContractVersion.number)
    ).all()
    assert [one.delivered_on for one in versions] == [None, TODAY]


def test_a_contract_given_up_before_it_was_whole_does_not_reopen_as_it_is(session: scoped_session) -> None:
    by = somebody(Role.FACILITATOR).actor
    contract = made(by, notified_on=None)
    contracts.move_contract(contract.id, ContractAction.CANCEL, by=by, today=TODAY, reason="Sans suite")

    with pytest.raises(Refused) as refused:
        contracts.move_contract(contract.id, ContractAction.REOPEN, by=by, today=TODAY)

    assert ContractRefusal.NOT_NOTIFIED in refused.value.reasons


def test_a_closed_contract_is_neither_started_nor_written(session: scoped_session) -> None:
    facilitator = somebody(Role.FACILITATOR)
    contract = a_contract(facilitator, state=ContractState.CLOSED)
    session.commit()

    with pytest.raises(Refused) as refused:
        contracts.move_contract(contract.id, ContractAction.START, by=facilitator.actor, today=TODAY)
    assert refused.value.reasons == (WorkflowRefusal.WRONG_STATE,)
    with pytest.raises(Refused) as refused:
        contracts.add_lot(contract.id, LotValues(number=1, title="Lot"), by=facilitator.actor, today=TODAY)
    assert refused.value.reasons == (ContractRefusal.NOT_OPEN,)
