"""What is refused of a contract, with the neighbours of each bound."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.contracts import (
    AmendmentValues,
    ContractRefusal,
    ContractValues,
    Dated,
    LotReadiness,
    amendment_refusals,
    contract_refusals,
    cpv_key,
    known_from,
    read_cpv,
    start_refusals,
)
from app.clauses.rules.kinds import ClauseKind, LegalBase, Nature
from app.clauses.rules.states import ContractState

_R = ContractRefusal
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("code", "key"), [("45214220", 8), ("45000000", 7), ("90910000", 9), ("03000000", 1), ("33000000", 0)]
)
def test_the_control_figure_of_official_codes(code: str, key: int) -> None:
    assert cpv_key(code) == key
    assert read_cpv(f" {code}-{key} ") == (code, None)
    assert read_cpv(code) == (code, None)
    assert read_cpv(f"{code}-{(key + 1) % 10}")[1] is _R.CPV_KEY


@pytest.mark.parametrize("text", ["4521422", "452142200-8x", "4521422a", "45214220-88", "٤٥٢١٤٢٢٠"])
def test_what_is_no_cpv_is_malformed_and_stays_as_typed(text: str) -> None:
    assert read_cpv(text) == (text, _R.CPV_MALFORMED)


def test_no_code_is_no_fault() -> None:
    assert read_cpv("  ") == ("", None)


@given(st.integers(0, 99_999_999), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_figure_is_always_seen(number: int, place: int, shift: int) -> None:
    code = f"{number:08}"
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]

    assert read_cpv(f"{wrong}-{cpv_key(code)}")[1] is _R.CPV_KEY


def _values(**said: object) -> ContractValues:
    plain: dict[str, object] = {"buyer": uuid4(), "number": "1", "title": "Travaux", "nature": Nature.WORKS}
    return ContractValues(**{**plain, **said})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        ({}, ()),
        ({"notified_on": DAY, "delivered_on": DAY}, ()),
        ({"notified_on": DAY, "delivered_on": date(2026, 3, 1)}, (_R.DELIVERY_BEFORE_NOTIFICATION,)),
        ({"delivered_on": DAY}, ()),
        ({"amount": Decimal(0)}, ()),
        ({"amount": Decimal("-0.01")}, (_R.AMOUNT_NEGATIVE,)),
        ({"clause_kind": ClauseKind.NONE}, (_R.BASE_WITHOUT_CLAUSE,)),
        ({"clause_kind": ClauseKind.NONE, "legal_base": LegalBase.NONE}, ()),
        ({"number": " ", "title": "", "cpv": "12"}, (_R.NUMBER_MISSING, _R.TITLE_MISSING, _R.CPV_MALFORMED)),
    ],
)
def test_a_contract_says_all_its_faults(said: dict[str, object], reasons: tuple[ContractRefusal, ...]) -> None:
    assert contract_refusals(_values(**said)) == reasons


def test_a_contract_that_runs_keeps_its_amount_and_dates() -> None:
    now = Dated(Decimal(10), DAY, None)
    same = _values(amount=Decimal("10.00"), notified_on=DAY)

    assert contract_refusals(same, state=ContractState.RUNNING, now=now) == ()
    other = _values(amount=Decimal(11), notified_on=DAY)
    assert contract_refusals(other, state=ContractState.RUNNING, now=now) == (_R.NEEDS_AMENDMENT,)
    assert contract_refusals(other, state=ContractState.PREPARED, now=now) == ()
    assert contract_refusals(same, state=ContractState.CLOSED, now=now) == (_R.NOT_OPEN,)


def _ready(owes: bool, *shares: str) -> LotReadiness:
    return LotReadiness(owes, [Decimal(share) for share in shares])


@pytest.mark.parametrize(
    ("day", "lots", "reasons"),
    [
        (DAY, [_ready(True, "100")], ()),
        (DAY, [_ready(True, "33.33", "33.33", "33.34")], ()),
        (DAY, [_ready(True, "33.33", "33.33", "33.33")], (_R.SHARES_NOT_A_HUNDRED,)),
        (DAY, [_ready(True, "100"), _ready(False)], ()),
        (DAY, [_ready(False, "100")], (_R.NO_OBJECTIVE,)),
        (None, [], (_R.NOT_NOTIFIED, _R.NO_LOT)),
        (None, [_ready(True), _ready(True, "60")], (_R.NOT_NOTIFIED, _R.NO_HOLDER, _R.SHARES_NOT_A_HUNDRED)),
    ],
)
def test_what_the_start_asks(day: date | None, lots: list[LotReadiness], reasons: tuple[ContractRefusal, ...]) -> None:
    assert start_refusals(day, lots) == reasons


def test_an_avenant_of_the_notification_day_is_fine_and_of_the_day_before_is_not() -> None:
    lot = uuid4()

    def refused(day: date) -> tuple[ContractRefusal, ...]:
        said = AmendmentValues(day, "Plus", {lot: Decimal(960)})
        return amendment_refusals(
            said, state=ContractState.RUNNING, notified_on=DAY, lots={lot: Decimal(800)}, now=Dated(None, DAY, None)
        )

    assert refused(DAY) == ()
    assert refused(date(2026, 3, 1)) == (_R.AMENDMENT_BEFORE_NOTIFICATION,)


@given(st.dates(), st.dates())
def test_nothing_is_known_before_it_is_valid_nor_before_it_is_recorded(valid: date, today: date) -> None:
    known = known_from(valid, today)

    assert known >= valid
    assert known >= today
    assert known in (valid, today)
