"""May a lot, its objective, holders, tranches and billing be written like this? Values typed, and reasons why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from app.clauses.rules.calibration import (
    MOST_HOURS,
    BilledRate,
    Inputs,
    calibration_refusals,
    compute,
    method_of,
    to_json,
)
from app.clauses.rules.kinds import HolderRole, ObjectiveMethod, TrancheKind

LEADERS: Final = frozenset({HolderRole.SOLE, HolderRole.MANDATARY})
HUNDRED: Final = Decimal(100)


class LotRefusal(StrEnum):
    """Why a lot or what is under it is not kept. The prefix keeps the words apart from others."""

    NUMBER_TAKEN = "lot_number_taken"
    HOURS_OUT_OF_RANGE = "lot_hours_out_of_range"
    OBJECTIVE_NEEDS_AMENDMENT = "lot_objective_needs_amendment"
    LOT_IN_USE = "lot_lot_in_use"
    NAME_MISSING = "lot_name_missing"
    SHARE_MISSING = "lot_share_missing"
    SHARE_OUT_OF_RANGE = "lot_share_out_of_range"
    SHARES_ABOVE_A_HUNDRED = "lot_shares_above_a_hundred"
    SHARES_NOT_A_HUNDRED = "lot_shares_not_a_hundred"
    TWO_LEADERS = "lot_two_leaders"
    SOLE_WITH_OTHERS = "lot_sole_with_others"
    PRINCIPAL_MISSING = "lot_principal_missing"
    PRINCIPAL_IS_NOT_ONE = "lot_principal_is_not_one"
    FIRM_TWICE = "lot_firm_twice"
    ENDS_BEFORE_IT_STARTS = "lot_ends_before_it_starts"
    HOLDER_IN_USE = "lot_holder_in_use"
    TRANCHE_HOURS = "lot_tranche_hours"
    TRANCHE_LABEL = "lot_tranche_label"
    TRANCHE_AFFIRMED = "lot_tranche_affirmed"
    BEFORE_NOTIFICATION = "lot_before_notification"
    FUTURE_DAY = "lot_future_day"
    BILLED_LESS = "lot_billed_less"


FIELDS: Final[Mapping[LotRefusal, str]] = {
    LotRefusal.NUMBER_TAKEN: "number",
    LotRefusal.HOURS_OUT_OF_RANGE: "hours",
    LotRefusal.NAME_MISSING: "name",
    LotRefusal.SHARE_MISSING: "share",
    LotRefusal.SHARE_OUT_OF_RANGE: "share",
    LotRefusal.SHARES_ABOVE_A_HUNDRED: "share",
    LotRefusal.TWO_LEADERS: "role",
    LotRefusal.SOLE_WITH_OTHERS: "role",
    LotRefusal.PRINCIPAL_MISSING: "principal",
    LotRefusal.PRINCIPAL_IS_NOT_ONE: "principal",
    LotRefusal.FIRM_TWICE: "siret",
    LotRefusal.ENDS_BEFORE_IT_STARTS: "until",
    LotRefusal.TRANCHE_HOURS: "hours",
    LotRefusal.TRANCHE_LABEL: "label",
    LotRefusal.BEFORE_NOTIFICATION: "on",
    LotRefusal.FUTURE_DAY: "on",
    LotRefusal.BILLED_LESS: "cumulative",
}


@dataclass(frozen=True, slots=True)
class ObjectiveValues:
    """Hours that the contract states, or the inputs of one of the four methods (rules.calibration)."""

    hours: Decimal = Decimal(0)
    inputs: Inputs | None = None

    @property
    def method(self) -> ObjectiveMethod:
        return method_of(self.inputs) if self.inputs else ObjectiveMethod.STATED

    def refusals(self) -> tuple[StrEnum, ...]:
        """Reasons of this module and of the calibration."""
        if self.inputs is not None:
            return calibration_refusals(self.inputs)
        return () if 0 <= self.hours <= MOST_HOURS else (LotRefusal.HOURS_OUT_OF_RANGE,)

    def kept(self) -> tuple[Decimal, Decimal | None, dict[str, Any]]:
        """Hours of the version, the exact result, the inputs as kept. At the billed rate, hours come with billing."""
        if self.inputs is None:
            return self.hours, None, {}
        if isinstance(self.inputs, BilledRate):
            return Decimal(0), None, to_json(self.inputs)
        done = compute(self.inputs)
        return done.hours, done.exact, to_json(self.inputs)

    @property
    def owes(self) -> bool:
        return isinstance(self.inputs, BilledRate) or self.kept()[0] > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LotValues:
    """A lot as typed or read."""

    number: int
    title: str
    objective: ObjectiveValues = field(default_factory=ObjectiveValues)
    trade_slug: str | None = None
    cpv: str = ""
    amount: Decimal | None = None
    commune_insee: str | None = None
    reserved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderValues:
    """A firm on a lot as typed or read; ``share`` in percent, none for a subcontractor."""

    name: str
    role: HolderRole = HolderRole.SOLE
    siret: str | None = None
    share: Decimal | None = None
    principal_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True)
class HolderSeen:
    """A firm that is on the lot besides the one that is written."""

    id: UUID
    role: HolderRole
    name: str = ""
    siret: str | None = None
    share: Decimal | None = None
    until: date | None = None


def holder_refusals(values: HolderValues, others: Sequence[HolderSeen]) -> tuple[LotRefusal, ...]:
    """All reasons. The parts of those who are there to stay make 100 at most; the start asks that they make it."""
    subcontracts = values.role is HolderRole.SUBCONTRACTOR
    present = [other for other in others if other.until is None and other.role is not HolderRole.SUBCONTRACTOR]
    stays = values.until is None and not subcontracts
    total = sum((other.share or Decimal(0) for other in present), values.share or Decimal(0))
    principals = {other.id for other in others if other.role is not HolderRole.SUBCONTRACTOR}
    sole = values.role is HolderRole.SOLE or any(other.role is HolderRole.SOLE for other in present)
    wrong = {
        LotRefusal.NAME_MISSING: not values.name.strip(),
        LotRefusal.SHARE_MISSING: not subcontracts and values.share is None,
        LotRefusal.SHARE_OUT_OF_RANGE: values.share is not None and not 0 < values.share <= HUNDRED,
        LotRefusal.SHARES_ABOVE_A_HUNDRED: stays and total > HUNDRED,
        LotRefusal.TWO_LEADERS: stays and values.role in LEADERS and any(one.role in LEADERS for one in present),
        LotRefusal.SOLE_WITH_OTHERS: stays and sole and bool(present),
        LotRefusal.PRINCIPAL_MISSING: subcontracts and values.principal_id is None,
        LotRefusal.PRINCIPAL_IS_NOT_ONE: values.principal_id is not None
        and (not subcontracts or values.principal_id not in principals),
        LotRefusal.FIRM_TWICE: stays and _same_firm(values, present),
        LotRefusal.ENDS_BEFORE_IT_STARTS: bool(values.since and values.until and values.until < values.since),
    }
    if wrong[LotRefusal.TWO_LEADERS]:
        wrong[LotRefusal.SOLE_WITH_OTHERS] = False
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


def _same_firm(values: HolderValues, present: Sequence[HolderSeen]) -> bool:
    if values.siret:
        return any(other.siret == values.siret for other in present)
    name = values.name.strip().casefold()
    return any(not other.siret and other.name.casefold() == name for other in present)


@dataclass(frozen=True, slots=True)
class TrancheValues:
    """A tranche as typed: the firm one's hours are in the objective already, an optional one's add when affirmed."""

    label: str
    kind: TrancheKind
    hours: Decimal


def tranche_refusals(values: TrancheValues) -> tuple[LotRefusal, ...]:
    """All reasons."""
    wrong = {
        LotRefusal.TRANCHE_LABEL: not values.label.strip(),
        LotRefusal.TRANCHE_HOURS: not 0 <= values.hours <= MOST_HOURS,
    }
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


def act_refusals(on: date, *, notified_on: date | None, today: date) -> tuple[LotRefusal, ...]:
    """A tranche is affirmed and a bill is sent after the notification, and not in the future."""
    wrong = {
        LotRefusal.BEFORE_NOTIFICATION: notified_on is None or on < notified_on,
        LotRefusal.FUTURE_DAY: on > today,
    }
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


def billing_refusals(on: date, cumulative: Decimal, others: Mapping[date, Decimal]) -> tuple[LotRefusal, ...]:
    """What was billed in all never goes down from one day to a later one."""
    less = any(amount > cumulative for day, amount in others.items() if day < on)
    more = any(amount < cumulative for day, amount in others.items() if day > on)
    return (LotRefusal.BILLED_LESS,) if less or more else ()
