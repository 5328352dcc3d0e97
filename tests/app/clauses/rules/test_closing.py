"""When a document may be issued, and how its code is written and read."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.closing import (
    ALPHABET,
    ClosingRefusal,
    code_of,
    issue_refusals,
    late_refusals,
    read_code,
    shown_code,
)
from app.clauses.rules.kinds import StatementKind
from app.clauses.rules.states import ContractState

R = ClosingRefusal
TODAY = date(2026, 11, 5)


def refusals(**values: object) -> tuple[ClosingRefusal, ...]:
    said: dict[str, object] = {
        "kind": StatementKind.ATTESTATION,
        "state": ContractState.DELIVERED,
        "notified_on": date(2026, 3, 2),
        "as_of": TODAY,
        "waiting": Decimal(0),
        "signatory": "Samia Benali",
        "today": TODAY,
        **values,
    }
    return issue_refusals(said.pop("kind"), **said)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", [ContractState.DELIVERED, ContractState.CLOSED])
def test_an_attestation_is_issued_once_the_contract_is_delivered(state: ContractState) -> None:
    assert refusals(state=state) == ()


@pytest.mark.parametrize("state", [ContractState.PREPARED, ContractState.RUNNING, ContractState.CANCELLED])
def test_before_that_only_a_statement_is(state: ContractState) -> None:
    assert refusals(state=state) == (R.NOT_DELIVERED,)
    assert refusals(state=state, kind=StatementKind.STATEMENT) == ()


def test_no_attestation_while_a_hundredth_of_an_hour_waits() -> None:
    assert refusals(waiting=Decimal("0.01")) == (R.HOURS_WAITING,)
    assert refusals(waiting=Decimal("0.01"), kind=StatementKind.STATEMENT) == ()


def test_every_reason_comes_at_once() -> None:
    found = refusals(
        as_of=date(2026, 11, 6), notified_on=None, state=ContractState.RUNNING, waiting=Decimal(1), signatory=" "
    )
    assert set(found) == {R.AS_OF_LATER, R.BEFORE_NOTIFICATION, R.NOT_DELIVERED, R.HOURS_WAITING, R.NO_SIGNATORY}


def test_the_day_of_notification_is_the_first_that_a_statement_may_tell() -> None:
    assert refusals(as_of=date(2026, 3, 2)) == ()
    assert refusals(as_of=date(2026, 3, 1)) == (R.BEFORE_NOTIFICATION,)


@given(st.integers(0, 2**60 - 1))
def test_a_code_is_read_as_it_was_written(number: int) -> None:
    code = code_of(number)
    assert len(code) == 12
    assert set(code) <= set(ALPHABET)
    assert read_code(shown_code(code)) == code
    assert read_code(f"  {shown_code(code).lower().replace('-', ' ')} ") == code


def test_letters_that_look_like_figures_are_read_as_them() -> None:
    assert read_code("OIL0-1111-2222") == "011011112222"


@pytest.mark.parametrize("text", ["", "7KQ2", "7KQ2M9XD4RT", "7KQ2M9XD4RTAA", "7KQ2M9XD4RTU", "é" * 12])
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_code(text) is None


def test_days_late_need_a_notice_that_has_fallen_due() -> None:
    assert late_refusals(date(2026, 11, 4), None, TODAY) == ()
    assert late_refusals(TODAY, None, TODAY) == (R.NOTICE_LATER,)
    assert late_refusals(date(2026, 11, 4), date(2026, 11, 6), TODAY) == (R.AS_OF_LATER,)
