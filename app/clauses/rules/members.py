"""Who of a lot's firms owes which hours, and how many of them are done? A subcontractor's count for its principal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Protocol
from uuid import UUID

from app.clauses.rules.objective import shares

_ZERO: Final = Decimal(0)


class Firm(Protocol):
    """What is asked of a holder."""

    id: Any
    principal_id: Any
    share: Any


class Done(Protocol):
    """Hours that a firm has declared, and of which some are validated."""

    holder_id: Any
    declared: Any
    validated: Any


@dataclass(frozen=True, slots=True)
class Member:
    """A firm's part. ``due`` and ``left`` are None for a subcontractor, whose hours its principal's count as well.

    ``through``: of the validated hours, those that its subcontractors did.
    """

    holder_id: UUID
    due: Decimal | None
    declared: Decimal
    validated: Decimal
    through: Decimal = _ZERO

    @property
    def left(self) -> Decimal | None:
        return None if self.due is None else max(self.due - self.validated, _ZERO)

    @property
    def ratio(self) -> Decimal | None:
        """Of its part; None when it owes nothing."""
        return self.validated / self.due if self.due else None

    @property
    def to_validate(self) -> Decimal:
        return max(self.declared - self.validated, _ZERO)


def parts_of(objective: Decimal, firms: Sequence[Firm], days: Iterable[Done]) -> list[Member]:
    """One line a firm, each subcontractor after its principal. Shares of firms that are there make the objective."""
    declared: dict[UUID, Decimal] = {}
    validated: dict[UUID, Decimal] = {}
    for row in days:
        declared[row.holder_id] = declared.get(row.holder_id, _ZERO) + row.declared
        validated[row.holder_id] = validated.get(row.holder_id, _ZERO) + row.validated
    owners = [firm for firm in firms if firm.principal_id is None]
    due = shares(objective, [(firm.id, firm.share) for firm in owners])
    found = []
    for firm in owners:
        helpers = [one for one in firms if one.principal_id == firm.id]
        through = sum((validated.get(one.id, _ZERO) for one in helpers), _ZERO)
        sent = sum((declared.get(one.id, _ZERO) for one in helpers), declared.get(firm.id, _ZERO))
        found.append(Member(firm.id, due[firm.id], sent, validated.get(firm.id, _ZERO) + through, through))
        found += [Member(one.id, None, declared.get(one.id, _ZERO), validated.get(one.id, _ZERO)) for one in helpers]
    known = {one.holder_id for one in found}
    alone = (firm for firm in firms if firm.id not in known)
    return found + [Member(o.id, None, declared.get(o.id, _ZERO), validated.get(o.id, _ZERO)) for o in alone]
