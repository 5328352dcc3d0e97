"""What does a lot owe in penalties? The portal computes and keeps the computation, the buyer decides."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.clauses.rules.kinds import PenaltyKind
from app.core.quantities import round_half_up

_ZERO: Final = Decimal(0)


class PenaltyRefusal(StrEnum):
    """Why a decision on a penalty cannot be noted."""

    REASON_MISSING = "reason_missing"


@dataclass(frozen=True, slots=True)
class ComputedPenalty:
    """``quantity`` (missing hours or days late) × ``unit`` in euros = ``amount``; ``inputs``: where it comes from."""

    kind: PenaltyKind
    quantity: Decimal
    unit: Decimal
    amount: Decimal
    inputs: dict[str, str]

    @property
    def is_due(self) -> bool:
        """There is something to decide."""
        return self.amount > 0


def missing_hours(due: Decimal, validated: Decimal, unit: Decimal) -> ComputedPenalty:
    """800 h due, 650 h validated at 200 € → 30 000 €. More hours than due never give anything back."""
    inputs = {"due": str(due), "validated": str(validated)}
    return _computed(PenaltyKind.MISSING_HOURS, due - validated, unit, inputs)


def late_proof(notice_due_on: date, received_on: date | None, unit: Decimal, *, today: date) -> ComputedPenalty:
    """Days from the day after the last day given by the formal notice to the day of receipt, or today without proof.

    A proof received on the last day is not late; the next day is one day late. What is not yet received is counted
    up to today, never beyond.
    """
    until = min(received_on, today) if received_on else today
    inputs = {
        "notice_due_on": notice_due_on.isoformat(),
        "received_on": received_on.isoformat() if received_on else "",
        "counted_until": until.isoformat(),
    }
    return _computed(PenaltyKind.LATE_PROOF, Decimal((until - notice_due_on).days), unit, inputs)


def _computed(kind: PenaltyKind, quantity: Decimal, unit: Decimal, inputs: dict[str, str]) -> ComputedPenalty:
    count, price = max(quantity, _ZERO), max(unit, _ZERO)
    return ComputedPenalty(kind, count, price, round_half_up(count * price), inputs)


def waiver_refusals(reason: str) -> tuple[PenaltyRefusal, ...]:
    """A penalty is waived with a reason, never in silence."""
    return () if reason.strip() else (PenaltyRefusal.REASON_MISSING,)
