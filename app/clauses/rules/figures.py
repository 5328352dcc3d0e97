"""How many full-time posts do hours make, and does a contract lack the clause that the law asks for since 2026?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from app.clauses.rules.kinds import BuyerKind, ClauseKind, Nature
from app.core.quantities import round_half_up

ETP_DIVISORS: Final = (Decimal(1607), Decimal(1820))
"""Hours of a full-time year, the default first; the divisor is printed beside the figure."""


@dataclass(frozen=True, slots=True)
class Etp:
    """Full-time equivalents with one decimal, and the hours of a year by which they were counted."""

    value: Decimal
    divisor: Decimal


def etp(hours: Decimal, divisor: Decimal = ETP_DIVISORS[0]) -> Etp:
    """48 210 h → 30.0 by 1 607 h, 26.5 by 1 820 h. Raises ValueError for a divisor that is not above 0."""
    if divisor <= 0:
        raise ValueError(f"not the hours of a year: {divisor}")
    return Etp(round_half_up(hours / divisor, 1), divisor)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """EU thresholds in euros without tax, from a day until the next row.

    ``central`` is for services and supplies of the State. ``reached_counts`` says whether an amount equal to the
    threshold is concerned: our source says « above », hence no.
    """

    valid_from: date
    local: Decimal
    central: Decimal
    works: Decimal
    reached_counts: bool = False

    def concerns(self, nature: Nature, buyer: BuyerKind, amount: Decimal) -> bool:
        """The amount passes the threshold of this nature and buyer."""
        bought = self.central if buyer == BuyerKind.STATE else self.local
        bound = self.works if nature == Nature.WORKS else bought
        return amount >= bound if self.reached_counts else amount > bound


OBLIGATION: Final = (Thresholds(date(2026, 8, 22), Decimal(216_000), Decimal(140_000), Decimal(5_404_000)),)
"""Code de la commande publique, art. L2112-2-1, in force from the first row on; thresholds published for 2026-2027."""
MEETS_THE_OBLIGATION: Final = frozenset(
    {
        ClauseKind.EXECUTION_CLAUSE,
        ClauseKind.CLAUSE_AND_CRITERION,
        ClauseKind.RESERVED_LOT,
        ClauseKind.INSERTION_SERVICE,
    }
)
"""A criterion alone says how the firm is chosen, not how the contract is carried out."""


def obligation_flag(
    notified_on: date | None,
    nature: Nature,
    buyer_kind: BuyerKind,
    amount: Decimal | None,
    clause_kind: ClauseKind,
    reason: str,
    *,
    thresholds: Sequence[Thresholds] = OBLIGATION,
) -> bool:
    """« obligation sociale : clause ou motif »: neither a social clause in execution nor the reason why there is none.

    The law asks it of public buyers, of contracts from the first row of ``thresholds`` on; the day of notification
    stands for the day of the call, which the portal does not know. Never for a contract notified before.
    """
    if buyer_kind == BuyerKind.PRIVATE or clause_kind in MEETS_THE_OBLIGATION or reason.strip():
        return False
    if notified_on is None or amount is None:
        return False
    rows = [row for row in thresholds if row.valid_from <= notified_on]
    return bool(rows) and max(rows, key=lambda row: row.valid_from).concerns(nature, buyer_kind, amount)
