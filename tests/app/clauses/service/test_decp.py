"""An official file is previewed, taken once, and read again without a change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.clauses.models import Buyer, DecpImportLine, Holder, Lot, PublicContract
from app.clauses.queries import decp as queries
from app.clauses.rules.contracts import AmendmentValues
from app.clauses.rules.decp import (
    DecpChange,
    DecpContract,
    DecpFaultKind,
    DecpFirm,
    DecpOutcome,
    DecpSubcontract,
    read_decp,
    to_decp,
)
from app.clauses.rules.kinds import BuyerKind, ClauseKind, HolderRole, LegalBase, Nature
from app.clauses.rules.states import ContractState
from app.clauses.service import contracts
from app.clauses.service import decp as service
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor, Role
from tests.factories.clauses import a_buyer, a_contract
from tests.factories.people import an_organisation, somebody

pytestmark = pytest.mark.usefixtures("session", "today")
D = Decimal
BUYER, FIRM, OTHER, THIRD = "22910228000018", "55204599900869", "35600000000048", "35600082800017"
ONE = DecpContract(
    id="2026-117",
    buyer_siret=BUYER,
    buyer_name="Département",
    subject="Collège : peinture",
    notified_on=date(2026, 3, 2),
    months=12,
    cpv="45442100",
    nature="Marché",
    amount=D(600_000),
    place_code="91377",
    place_kind="Code commune",
    holders=(DecpFirm("SIRET", FIRM, "Peintures Morel"),),
    social=("Clause sociale",),
)


def read(by: Actor, *wanted: DecpContract) -> UUID:
    return service.start_import(uuid4(), to_decp(wanted), file_name="decp.json", by=by).id


def taken(by: Actor, *wanted: DecpContract, social: bool = True) -> UUID:
    import_id = read(by, *wanted)
    service.accept(import_id, None, by=by, social=social)
    return import_id


def lines(import_id: UUID) -> list[DecpImportLine]:
    query = select(DecpImportLine).where(DecpImportLine.import_id == import_id).order_by(DecpImportLine.number)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def states(import_id: UUID) -> list[str]:
    return [line.state for line in lines(import_id)]


def the_row(number: str = ONE.id) -> PublicContract:
    query = select(PublicContract).where(PublicContract.number == number)
    around = (
        selectinload(PublicContract.versions),
        selectinload(PublicContract.buyer),
        selectinload(PublicContract.lots).selectinload(Lot.holders),
    )
    return db.session.scalars(query.options(*around).execution_options(populate_existing=True)).one()


def holders_of(row: PublicContract) -> Sequence[Holder]:
    (lot,) = row.lots
    return lot.holders


@pytest.fixture
def plie() -> Actor:
    return somebody(Role.FACILITATOR).actor


def test_a_contract_of_the_file_becomes_a_contract_with_its_lot_and_its_firm(plie: Actor) -> None:
    firm = an_organisation(siret=FIRM, name="Morel et fils")
    taken(plie, ONE)
    row = the_row()
    assert (row.title, row.nature, row.cpv) == ("Collège : peinture", Nature.WORKS, "45442100")
    assert (row.amount, row.notified_on, row.delivered_on) == (D(600_000), date(2026, 3, 2), date(2027, 3, 1))
    assert (row.clause_kind, row.legal_base) == (ClauseKind.EXECUTION_CLAUSE, LegalBase.EXECUTION)
    assert (row.state, row.facilitator_organisation_id) == (ContractState.RUNNING, plie.organisation_id)
    assert (row.buyer.siret, row.buyer.kind) == (BUYER, BuyerKind.DEPARTMENT)
    (holder,) = holders_of(row)
    assert (holder.name, holder.organisation_id, holder.role) == ("Morel et fils", firm.id, HolderRole.SOLE)
    assert holder.share == 100


def test_a_contract_notified_later_waits_in_preparation(plie: Actor) -> None:
    taken(plie, replace(ONE, notified_on=date(2026, 11, 6)))
    assert the_row().state is ContractState.PREPARED


def test_the_buyer_takes_the_name_of_the_organisation_of_its_siret_or_of_the_file(plie: Actor) -> None:
    an_organisation(siret=BUYER, name="Département de l’Essonne")
    taken(plie, ONE, replace(ONE, id="2", buyer_siret=OTHER, buyer_name=""))
    assert the_row().buyer.name == "Département de l’Essonne"
    assert the_row("2").buyer.name == f"Acheteur {OTHER}"


def test_several_holders_have_equal_parts_that_make_a_hundred_and_the_first_leads(plie: Actor) -> None:
    firms = (*ONE.holders, DecpFirm("SIRET", OTHER), DecpFirm("TVA", "DE1", "Maler GmbH"))
    act = DecpSubcontract(id=1, firm=DecpFirm("SIRET", THIRD, "Échafaudages"), notified_on=date(2026, 4, 1))
    taken(plie, replace(ONE, holders=firms, subcontracts=(act,)))
    rows = {row.name: row for row in holders_of(the_row())}
    assert {row.name: (row.role, row.share) for row in rows.values()} == {
        "Peintures Morel": (HolderRole.MANDATARY, D("33.34")),
        f"Entreprise {OTHER}": (HolderRole.CO_CONTRACTOR, D("33.33")),
        "Maler GmbH": (HolderRole.CO_CONTRACTOR, D("33.33")),
        "Échafaudages": (HolderRole.SUBCONTRACTOR, None),
    }
    assert rows["Échafaudages"].principal_id == rows["Peintures Morel"].id


def test_modifications_become_dated_avenants_and_the_first_version_stays(plie: Actor) -> None:
    changes = (
        DecpChange(id=2, notified_on=date(2026, 9, 1), months=18),
        DecpChange(id=1, notified_on=date(2026, 6, 1), amount=D(720_000), subject="Travaux en plus"),
    )
    taken(plie, replace(ONE, changes=changes))
    row = the_row()
    versions = [(one.number, one.valid_from, one.amount, one.delivered_on) for one in row.versions]
    assert versions == [
        (0, date(2026, 3, 2), D(600_000), date(2027, 3, 1)),
        (1, date(2026, 6, 1), D(720_000), date(2027, 3, 1)),
        (2, date(2026, 9, 1), D(720_000), date(2027, 9, 1)),
    ]
    assert row.versions[1].label == "Avenant 1 Travaux en plus"
    assert row.versions[1].known_from == date(2026, 11, 5)


def test_the_same_file_again_changes_nothing(plie: Actor) -> None:
    changes = (DecpChange(id=1, notified_on=date(2026, 6, 1), amount=D(720_000)),)
    wanted = (replace(ONE, changes=changes), replace(ONE, id="2", holders=(), cpv="", amount=None))
    taken(plie, *wanted)
    again = read(plie, *wanted)
    assert states(again) == ["same", "same"]
    assert service.accept(again, None, by=plie) == (0, 0, 0)


def test_taking_twice_adds_nothing(plie: Actor) -> None:
    import_id, other = read(plie, ONE), read(plie, ONE)
    assert service.accept(import_id, None, by=plie) == (1, 0, 0)
    assert service.accept(import_id, None, by=plie) == (0, 0, 0)
    assert states(other) == ["new"]
    service.accept(other, None, by=plie)
    count = select(func.count()).select_from(PublicContract).where(PublicContract.number == ONE.id)
    assert db.session.scalar(count) == 1
    assert len(holders_of(the_row())) == 1


def test_a_second_sending_of_the_form_reads_nothing_more(plie: Actor) -> None:
    row_id = uuid4()
    for _ in range(2):
        service.start_import(row_id, to_decp([ONE]), file_name="decp.json", by=plie)
    assert len(lines(row_id)) == 1


def test_a_change_is_shown_field_by_field_and_written(plie: Actor) -> None:
    taken(plie, ONE)
    after = replace(ONE, subject="Collège : peinture et sols", months=14)
    import_id = read(plie, after)
    (line,) = lines(import_id)
    assert line.state == "changed"
    assert [(one["field"], one["before"], one["after"].replace("\u00a0", " ")) for one in line.changes] == [
        ("subject", "Collège : peinture", "Collège : peinture et sols"),
        ("months", "12\u00a0mois", "14 mois"),
    ]
    assert service.accept(import_id, None, by=plie) == (0, 1, 0)
    row = the_row()
    assert (row.title, row.delivered_on) == ("Collège : peinture et sols", date(2027, 5, 1))
    assert row.versions[-1].label == "Correction des données essentielles"
    assert states(read(plie, after)) == ["same"]


def test_what_a_person_corrected_stays_when_the_official_data_changes_something_else(plie: Actor) -> None:
    taken(plie, ONE)
    the_row().title = "Pyramides"
    db.session.flush()
    taken(plie, replace(ONE, cpv="45443000"))
    assert (the_row().title, the_row().cpv) == ("Pyramides", "45443000")


def test_a_new_modification_is_one_more_avenant(plie: Actor) -> None:
    first = DecpChange(id=1, notified_on=date(2026, 6, 1), amount=D(720_000))
    taken(plie, replace(ONE, changes=(first,)))
    second = DecpChange(id=2, notified_on=date(2026, 10, 1), amount=D(800_000))
    taken(plie, replace(ONE, changes=(first, second)))
    assert [one.amount for one in the_row().versions] == [D(600_000), D(720_000), D(800_000)]


def test_a_firm_that_replaces_another_takes_its_place_and_its_part(plie: Actor) -> None:
    taken(plie, ONE)
    new = DecpFirm("SIRET", OTHER, "Peintures Nord")
    taken(plie, replace(ONE, changes=(DecpChange(id=1, notified_on=date(2026, 10, 1), holders=(new,)),)))
    found = {row.name: (row.until, row.share, row.role) for row in holders_of(the_row())}
    assert found == {
        "Peintures Morel": (date(2026, 11, 5), D(100), HolderRole.SOLE),
        "Peintures Nord": (None, D(100), HolderRole.SOLE),
    }


def test_a_firm_that_joins_is_left_to_a_person_who_knows_the_parts(plie: Actor) -> None:
    taken(plie, ONE)
    import_id = taken(plie, replace(ONE, holders=(*ONE.holders, DecpFirm("SIRET", OTHER))))
    (line,) = lines(import_id)
    assert "mettez à jour le lot et les parts" in line.faults[0]["written"]
    assert len(holders_of(the_row())) == 1


def test_a_closed_contract_is_not_changed_and_says_why(plie: Actor) -> None:
    taken(plie, ONE)
    the_row().state = ContractState.CLOSED
    db.session.flush()
    import_id = taken(plie, replace(ONE, subject="Autre"), replace(ONE, id="2"))
    assert states(import_id) == ["error", "same"]
    assert lines(import_id)[0].faults[0]["kind"] == "refused"
    assert the_row().title == ONE.subject


def test_a_contract_that_another_team_steers_is_told_and_left(plie: Actor) -> None:
    taken(plie, replace(ONE, place_code="91223"))
    stranger = somebody(Role.FACILITATOR, territory=None).actor
    import_id = read(stranger, replace(ONE, subject="Le mien"))
    (line,) = lines(import_id)
    assert (line.state, line.faults[0]["kind"], line.contract_id) == ("error", "others", None)
    assert service.accept(import_id, None, by=stranger) == (0, 0, 0)


def test_the_departement_takes_what_any_plie_steers(plie: Actor) -> None:
    taken(plie, ONE)
    department = somebody(Role.DEPARTMENT).actor
    taken(department, replace(ONE, subject="Corrigé"))
    assert the_row().title == "Corrigé"
    assert the_row().facilitator_organisation_id == plie.organisation_id


def test_a_contract_typed_by_hand_is_recognised_by_its_buyer_and_number(plie: Actor) -> None:
    buyer = a_buyer(siret=BUYER)
    row = a_contract(None, buyer_id=buyer.id, number=ONE.id, facilitator_organisation_id=plie.organisation_id)
    import_id = taken(plie, ONE)
    assert lines(import_id)[0].contract_id == row.id
    assert states(read(plie, ONE)) == ["same"]


def test_only_contracts_with_a_social_consideration_are_taken_unless_all_are_asked(plie: Actor) -> None:
    plain = replace(ONE, id="2", social=("Pas de considération sociale",))
    import_id = taken(plie, ONE, plain)
    assert states(import_id) == ["same", "new"]
    assert service.accept(import_id, None, by=plie, social=False) == (1, 0, 0)
    assert the_row("2").clause_kind is ClauseKind.NONE


def test_some_lines_may_be_chosen(plie: Actor) -> None:
    import_id = read(plie, ONE, replace(ONE, id="2"), replace(ONE, id="3"))
    assert service.accept(import_id, [2], by=plie) == (1, 0, 0)
    assert states(import_id) == ["new", "same", "new"]


def test_a_contract_in_error_says_why_per_field(plie: Actor) -> None:
    data = to_decp([ONE]).replace(b'"2026-03-02"', b'"demain"').replace(b'"45442100"', b'"45"')
    import_id = service.start_import(uuid4(), data, file_name="decp.json", by=plie).id
    (line,) = lines(import_id)
    assert line.state == "error"
    assert {(one["field"], one["kind"]) for one in line.faults} == {
        ("dateNotification", DecpFaultKind.NOT_A_DATE.value),
        ("codeCPV", DecpFaultKind.NOT_A_CPV.value),
    }


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4", DecpFaultKind.NOT_JSON),
        (b"", DecpFaultKind.NOT_JSON),
        (b'{"marches": {}}', DecpFaultKind.NO_CONTRACT),
        (b"[" * 900_000 + b"]" * 900_000, DecpFaultKind.TOO_DEEP),
        (b"[" + b"{}," * 1_500_000 + b"{}]", DecpFaultKind.TOO_MANY),
        (b" " * (20 * 1024 * 1024 + 1), DecpFaultKind.TOO_BIG),
    ],
)
def test_a_file_that_cannot_be_read_is_a_message(plie: Actor, data: bytes, reason: DecpFaultKind) -> None:
    with pytest.raises(Refused) as refused:
        service.start_import(uuid4(), data, file_name="decp.json", by=plie)
    assert refused.value.reasons == (reason,)


def test_the_imports_of_another_organisation_are_not_found(plie: Actor) -> None:
    import_id = read(plie, ONE)
    with pytest.raises(NotFound):
        service.accept(import_id, None, by=somebody(Role.FACILITATOR).actor)


def test_what_is_exported_reads_back_as_the_same_contracts(plie: Actor) -> None:
    changes = (DecpChange(id=1, notified_on=date(2026, 6, 1), amount=D(720_000), subject="Sols"),)
    taken(plie, replace(ONE, changes=changes))
    a_contract(None, buyer_id=a_buyer(siret=OTHER).id, facilitator_organisation_id=plie.organisation_id)
    data = to_decp(queries.to_export(plie))
    read_again = read_decp(data)
    assert not read_again.faults
    assert read_again.contracts == tuple(queries.to_export(plie))
    import_id = service.start_import(uuid4(), data, file_name="decp.json", by=plie).id
    assert states(import_id) == ["same", "same"]


def test_an_avenant_written_in_the_portal_is_exported(plie: Actor) -> None:
    taken(plie, ONE)
    contracts.record_amendment(
        the_row().id,
        AmendmentValues(valid_from=date(2026, 10, 1), label="Avenant n° 1", amount=D(650_000)),
        by=plie,
        today=date(2026, 11, 5),
    )
    (exported,) = queries.to_export(plie)
    assert exported.amount_now == 650_000


def test_buyers_are_made_once(plie: Actor) -> None:
    taken(plie, ONE, replace(ONE, id="2"))
    assert db.session.scalar(select(func.count()).select_from(Buyer).where(Buyer.siret == BUYER)) == 1


def test_each_outcome_is_counted(plie: Actor) -> None:
    taken(plie, ONE)
    import_id = read(plie, replace(ONE, subject="Autre"), replace(ONE, id="2"))
    counts = queries.counts_of(import_id)
    assert (counts[DecpOutcome.CHANGED], counts[DecpOutcome.NEW], counts[DecpOutcome.SAME]) == (1, 1, 0)
