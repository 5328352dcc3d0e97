"""Which lever suits the need, given the SIAE near: reserve the contract, reserve a lot, or put a clause?"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.clauses.rules.kinds import Lever


class LeverReason(StrEnum):
    """What speaks for the lever advised."""

    NOT_RETAINED = "not_retained"
    SEVERAL_CAN_DO_ALL = "several_can_do_all"
    SOME_CAN_DO_A_PART = "some_can_do_a_part"
    FEW_NEAR = "few_near"
    NONE_NEAR = "none_near"
    CAPACITY_SHORT = "capacity_short"
    NO_LOTS = "no_lots"


@dataclass(frozen=True, slots=True)
class LeverDefaults:
    """Our judgement, to be changed as data: enough SIAE to compete, and a full week of one person."""

    several: int = 3
    weekly_hours: Decimal = Decimal(35)


DEFAULTS: Final = LeverDefaults()


@dataclass(frozen=True, slots=True)
class LeverAdvice:
    """The lever, and why."""

    lever: Lever
    reasons: tuple[LeverReason, ...]


def lever(
    siae_near: int,
    siae_capacity_people: int,
    hours: Decimal,
    weeks: int,
    *,
    has_lots: bool,
    retained: bool = True,
    defaults: LeverDefaults = DEFAULTS,
) -> LeverAdvice:
    """Reserve when several SIAE near have the people for all the hours in the weeks there are; one lot when some have
    people for a part and the contract is in lots; else a clause; nothing when no objective is retained.
    """
    if not retained or hours <= 0:
        return LeverAdvice(Lever.NONE, (LeverReason.NOT_RETAINED,))
    enough = siae_capacity_people * defaults.weekly_hours * max(weeks, 0) >= hours
    if siae_near >= defaults.several and enough:
        return LeverAdvice(Lever.RESERVE, (LeverReason.SEVERAL_CAN_DO_ALL,))
    if siae_near < 1:
        return LeverAdvice(Lever.CLAUSE, (LeverReason.NONE_NEAR,))
    against = () if siae_near >= defaults.several else (LeverReason.FEW_NEAR,)
    if not enough:
        against = (*against, LeverReason.CAPACITY_SHORT)
    if siae_capacity_people < 1:
        return LeverAdvice(Lever.CLAUSE, against)
    if not has_lots:
        return LeverAdvice(Lever.CLAUSE, (*against, LeverReason.NO_LOTS))
    return LeverAdvice(Lever.LOT, (LeverReason.SOME_CAN_DO_A_PART, *against))
