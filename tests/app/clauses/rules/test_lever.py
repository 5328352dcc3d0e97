"""Is the lever advised from the SIAE near: reserve, one lot, a clause, or nothing?"""

from decimal import Decimal

import pytest

from app.clauses.rules.kinds import Lever
from app.clauses.rules.lever import LeverDefaults, LeverReason, lever

R = LeverReason
HOURS = Decimal(1400)  # over 10 weeks of 35 h: four people


@pytest.mark.parametrize(
    ("siae", "people", "has_lots", "advised", "reasons"),
    [
        (3, 4, True, Lever.RESERVE, (R.SEVERAL_CAN_DO_ALL,)),
        (3, 4, False, Lever.RESERVE, (R.SEVERAL_CAN_DO_ALL,)),
        (3, 3, True, Lever.LOT, (R.SOME_CAN_DO_A_PART, R.CAPACITY_SHORT)),
        (3, 3, False, Lever.CLAUSE, (R.CAPACITY_SHORT, R.NO_LOTS)),
        (2, 4, True, Lever.LOT, (R.SOME_CAN_DO_A_PART, R.FEW_NEAR)),
        (1, 1, True, Lever.LOT, (R.SOME_CAN_DO_A_PART, R.FEW_NEAR, R.CAPACITY_SHORT)),
        (1, 0, True, Lever.CLAUSE, (R.FEW_NEAR, R.CAPACITY_SHORT)),
        (0, 0, True, Lever.CLAUSE, (R.NONE_NEAR,)),
    ],
)
def test_the_lever_follows_the_siae_near(
    siae: int, people: int, has_lots: bool, advised: Lever, reasons: tuple[LeverReason, ...]
) -> None:
    found = lever(siae, people, HOURS, 10, has_lots=has_lots)
    assert (found.lever, found.reasons) == (advised, reasons)


def test_no_objective_means_no_lever() -> None:
    assert lever(5, 50, Decimal(0), 10, has_lots=True).lever == Lever.NONE
    assert lever(5, 50, HOURS, 10, has_lots=True, retained=False).reasons == (R.NOT_RETAINED,)


def test_without_weeks_nobody_can_do_all_the_hours() -> None:
    assert lever(5, 50, HOURS, 0, has_lots=True).lever == Lever.LOT


def test_what_several_means_can_be_changed() -> None:
    assert lever(2, 4, HOURS, 10, has_lots=True, defaults=LeverDefaults(several=2)).lever == Lever.RESERVE
