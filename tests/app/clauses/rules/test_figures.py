"""Are posts counted by the hours of a year, and is a contract without its clause flagged since the law asks for one?"""

from datetime import date
from decimal import Decimal

import pytest

from app.clauses.rules.figures import OBLIGATION, Thresholds, etp, obligation_flag
from app.clauses.rules.kinds import BuyerKind, ClauseKind, Nature

D = Decimal
IN_FORCE = date(2026, 9, 1)
LARGE = D(250_000)
B, K, N = BuyerKind, ClauseKind, Nature


@pytest.mark.parametrize(
    ("hours", "divisor", "posts"),
    [("48210", 1607, "30.0"), ("48210", 1820, "26.5"), ("1607", 1607, "1.0"), ("80.35", 1607, "0.1"), ("0", 1607, "0")],
)
def test_posts_are_hours_by_the_hours_of_a_year(hours: str, divisor: int, posts: str) -> None:
    found = etp(D(hours), D(divisor))
    assert (found.value, found.divisor) == (D(posts), divisor)


def test_the_default_year_is_1607_hours() -> None:
    assert etp(D(48_210)).divisor == 1607


@pytest.mark.parametrize("divisor", [0, -1607])
def test_a_year_without_hours_is_a_mistake(divisor: int) -> None:
    with pytest.raises(ValueError):
        etp(D(1), D(divisor))


def flag(
    *,
    on: date | None = IN_FORCE,
    nature: Nature = N.SERVICES,
    buyer: BuyerKind = B.DEPARTMENT,
    amount: Decimal | None = LARGE,
    clause: ClauseKind = K.NONE,
    reason: str = "",
    thresholds: tuple[Thresholds, ...] = OBLIGATION,
) -> bool:
    return obligation_flag(on, nature, buyer, amount, clause, reason, thresholds=thresholds)


@pytest.mark.parametrize(
    ("nature", "buyer", "amount", "flagged"),
    [
        (N.SERVICES, B.DEPARTMENT, "250000", True),
        (N.SERVICES, B.DEPARTMENT, "210000", False),
        (N.WORKS, B.DEPARTMENT, "5000000", False),
        (N.SERVICES, B.COMMUNE, "216000", False),
        (N.SERVICES, B.COMMUNE, "216000.01", True),
        (N.SUPPLIES, B.LANDLORD, "216001", True),
        (N.WORKS, B.COMMUNE, "5404000", False),
        (N.WORKS, B.COMMUNE, "5404000.01", True),
        (N.SUPPLIES, B.STATE, "140000", False),
        (N.SUPPLIES, B.STATE, "140000.01", True),
        (N.SERVICES, B.HOSPITAL, "150000", False),
        (N.WORKS, B.STATE, "5000000", False),
        (N.SERVICES, B.PRIVATE, "9000000", False),
    ],
)
def test_above_the_threshold_of_nature_and_buyer_a_clause_is_due(
    nature: Nature, buyer: BuyerKind, amount: str, flagged: bool
) -> None:
    assert flag(nature=nature, buyer=buyer, amount=D(amount)) is flagged


@pytest.mark.parametrize(
    ("on", "flagged"), [(date(2026, 8, 21), False), (date(2026, 8, 22), True), (date(2030, 1, 1), True), (None, False)]
)
def test_contracts_notified_before_the_law_are_never_flagged(on: date | None, flagged: bool) -> None:
    assert flag(on=on) is flagged


@pytest.mark.parametrize(
    ("clause", "flagged"),
    [
        (K.NONE, True),
        (K.CRITERION, True),
        (K.EXECUTION_CLAUSE, False),
        (K.CLAUSE_AND_CRITERION, False),
        (K.RESERVED_LOT, False),
        (K.INSERTION_SERVICE, False),
    ],
)
def test_a_clause_in_execution_lifts_the_flag_a_criterion_alone_does_not(clause: ClauseKind, flagged: bool) -> None:
    assert flag(clause=clause) is flagged


def test_a_reason_lifts_the_flag_and_a_blank_one_does_not() -> None:
    assert not flag(reason="Besoin satisfait par une solution immédiatement disponible")
    assert flag(reason="  ")


def test_without_an_amount_nothing_can_be_said() -> None:
    assert not flag(amount=None)


def test_thresholds_change_by_a_new_row_that_leaves_the_past() -> None:
    later = Thresholds(date(2028, 1, 1), D(300_000), D(150_000), D(6_000_000), reached_counts=True)
    rows = (later, *OBLIGATION)
    assert flag(on=date(2027, 12, 31), thresholds=rows)
    assert not flag(on=date(2028, 1, 1), thresholds=rows)
    assert flag(on=date(2028, 1, 1), amount=D(300_000), thresholds=rows)
