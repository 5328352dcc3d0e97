"""What does a contract of the official file become in the portal: buyer, dates, lot, firms, avenants?"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Final
from uuid import UUID, uuid5

from app.clauses.rules.decp.contract import DecpChange, DecpContract, DecpFirm, DecpKey
from app.clauses.rules.decp.kinds import clause_kind_of
from app.clauses.rules.decp.reading import read_decp
from app.clauses.rules.decp.writing import to_decp
from app.clauses.rules.kinds import BuyerKind, ClauseKind, HolderRole, LegalBase
from app.core.quantities import add_months

_SPACE: Final = UUID("6f0a4a2e-50a4-5c8e-9a53-9f3d1f9b1c11")
_BASES: Final[Mapping[ClauseKind, LegalBase]] = {
    ClauseKind.RESERVED_LOT: LegalBase.RESERVED_SIAE,
    ClauseKind.CRITERION: LegalBase.CRITERION,
    ClauseKind.NONE: LegalBase.NONE,
}
_KINDS: Final = (
    ("1", BuyerKind.STATE),
    ("200", BuyerKind.INTERCOMMUNALITY),
    ("21", BuyerKind.COMMUNE),
    ("22", BuyerKind.DEPARTMENT),
    ("23", BuyerKind.REGION),
    ("24", BuyerKind.INTERCOMMUNALITY),
    ("26", BuyerKind.HOSPITAL),
)
"""The first figures of the SIREN of public bodies (INSEE)."""


def as_json(contract: DecpContract) -> dict[str, Any]:
    """What is kept of a contract: its official JSON, numbers as they are written there."""
    written = json.loads(to_decp([contract]))["marches"]
    found: dict[str, Any] = {"form": contract.form.value, **written[contract.form.value][0]}
    return found


def from_json(kept: Iterable[Mapping[str, Any]]) -> dict[DecpKey, DecpContract]:
    """The contracts that were kept, by key, in order."""
    lists: dict[str, list[Any]] = {}
    for one in kept:
        lists.setdefault(one["form"], []).append({name: value for name, value in one.items() if name != "form"})
    if not lists:
        return {}
    read = read_decp(json.dumps({"marches": lists}).encode())
    return {contract.key: contract for contract in read.contracts}


def row_id(contract: DecpContract, *parts: object) -> UUID:
    """The id of the row that something of a contract makes: the same file taken twice finds the rows of the first."""
    return uuid5(_SPACE, "|".join(map(str, (*contract.key, *parts))))


def change_id(contract: DecpContract, change: DecpChange) -> UUID:
    """As ``row_id``, for a modification."""
    return row_id(contract, "change", change.id, change.notified_on, change.amount, change.months)


def buyer_kind_of(siret: str) -> BuyerKind:
    """What the SIREN tells of a buyer."""
    return next((kind for start, kind in _KINDS if siret.startswith(start)), BuyerKind.PUBLIC_BODY)


def clause_of(contract: DecpContract) -> tuple[ClauseKind, LegalBase]:
    """The kind of clause, and the article that it usually stands on; a person corrects it."""
    kind = clause_kind_of(contract.social)
    return kind, _BASES.get(kind, LegalBase.EXECUTION)


def last_day(contract: DecpContract, months: int | None) -> date | None:
    """The last day of a duration, included."""
    first = contract.starts_on or contract.notified_on
    return add_months(first, months) - timedelta(days=1) if months else None


@dataclass(frozen=True, slots=True)
class Place:
    """A firm on the lot: its role and its part."""

    firm: DecpFirm
    role: HolderRole
    share: Decimal | None


def siret_of(firm: DecpFirm) -> str | None:
    """Only a SIRET of 14 digits is one."""
    return firm.id if firm.id_kind == "SIRET" and len(firm.id) == 14 and firm.id.isdigit() else None


def places(firms: Sequence[DecpFirm]) -> list[Place]:
    """Equal parts that make 100, the first one the mandataire; a firm named twice has one place."""
    once = list({siret_of(firm) or (firm.name or firm.id).casefold(): firm for firm in firms}.values())
    if not once:
        return []
    part = (Decimal(100) / len(once)).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)
    first = HolderRole.SOLE if len(once) == 1 else HolderRole.MANDATARY
    head = Place(once[0], first, Decimal(100) - part * (len(once) - 1))
    return [head, *(Place(firm, HolderRole.CO_CONTRACTOR, part) for firm in once[1:])]
