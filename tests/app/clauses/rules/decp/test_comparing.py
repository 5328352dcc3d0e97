"""The preview of an import says what is new, changed, the same or in error; the same file twice changes nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.clauses.rules.decp import (
    DecpContract,
    DecpFault,
    DecpFaultKind,
    DecpFirm,
    DecpOutcome,
    DecpRead,
    compare,
    read_decp,
    to_decp,
)

ONE = DecpContract(
    id="1",
    buyer_siret="35600000000048",
    subject="Voirie",
    notified_on=date(2026, 9, 1),
    cpv="45233140",
    amount=Decimal("575000.00"),
    holders=(DecpFirm("SIRET", "55204599900869"), DecpFirm("TVA", "DE1")),
)


def test_the_same_file_twice_changes_nothing() -> None:
    read = read_decp(to_decp([ONE, replace(ONE, id="2")]))
    known = {contract.key: contract for contract in read.contracts}
    assert {line.outcome for line in compare({}, read)} == {DecpOutcome.NEW}
    assert [line.outcome for line in compare(known, read)] == [DecpOutcome.SAME, DecpOutcome.SAME]


def test_a_change_names_its_fields() -> None:
    changed = replace(ONE, amount=Decimal(600000), subject="Voirie et réseaux")
    (line,) = compare({ONE.key: ONE}, DecpRead((changed,)))
    assert (line.outcome, line.changed) == (DecpOutcome.CHANGED, ("subject", "amount"))


def test_the_order_of_holders_is_no_change() -> None:
    turned = replace(ONE, holders=ONE.holders[::-1])
    assert compare({ONE.key: ONE}, DecpRead((turned,)))[0].outcome is DecpOutcome.SAME


def test_the_same_number_at_another_buyer_is_another_contract() -> None:
    other = replace(ONE, buyer_siret="35600082800017")
    assert compare({ONE.key: ONE}, DecpRead((other,)))[0].outcome is DecpOutcome.NEW


def test_contracts_in_error_come_last_with_all_their_faults() -> None:
    missing = DecpFault(3, "9", "objet", DecpFaultKind.MISSING, "", blocking=True)
    lesser = DecpFault(3, "9", "codeCPV", DecpFaultKind.NOT_A_CPV, "45", blocking=False)
    lines = compare({}, DecpRead((ONE,), (lesser, missing)))
    assert [line.outcome for line in lines] == [DecpOutcome.NEW, DecpOutcome.ERROR]
    assert (lines[1].contract, lines[1].contract_id, lines[1].faults) == (None, "9", (lesser, missing))


def test_faults_of_two_buyers_with_one_number_are_not_mixed() -> None:
    data = to_decp([ONE, replace(ONE, buyer_siret="55204599900869")]).replace(b'"45233140"', b'"4"', 1)
    assert [len(line.faults) for line in compare({}, read_decp(data))] == [1, 0]


def test_a_lesser_fault_stands_beside_its_contract() -> None:
    lesser = DecpFault(0, "1", "codeCPV", DecpFaultKind.NOT_A_CPV, "45", blocking=False, buyer_siret=ONE.buyer_siret)
    (line,) = compare({}, DecpRead((ONE,), (lesser,)))
    assert (line.outcome, line.faults) == (DecpOutcome.NEW, (lesser,))
