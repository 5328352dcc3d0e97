"""What would an import change? New, changed, the same or in error, contract by contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from app.clauses.rules.decp.contract import DecpContract, DecpFault, DecpKey, DecpRead


class DecpOutcome(StrEnum):
    """What an import does with a contract."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class DecpLine:
    """One contract of the preview. ``changed`` names fields of DecpContract; in error there is no contract."""

    outcome: DecpOutcome
    contract: DecpContract | None
    contract_id: str
    changed: tuple[str, ...] = ()
    faults: tuple[DecpFault, ...] = ()


def compare(known: Mapping[DecpKey, DecpContract], read: DecpRead) -> tuple[DecpLine, ...]:
    """One line a contract, in the order of the file, then those in error; the same file twice is all SAME."""
    by_place: dict[tuple[str, int], list[DecpFault]] = {}
    for fault in read.faults:
        by_place.setdefault((fault.form.value, fault.index), []).append(fault)
    warnings: dict[DecpKey, list[DecpFault]] = {}
    errors: list[DecpLine] = []
    for faults in by_place.values():
        if any(fault.blocking for fault in faults):
            errors.append(DecpLine(DecpOutcome.ERROR, None, faults[0].contract_id, (), tuple(faults)))
        else:
            warnings.setdefault((faults[0].buyer_siret, faults[0].contract_id), []).extend(faults)
    lines = [_line(known.get(contract.key), contract, warnings.get(contract.key, ())) for contract in read.contracts]
    return (*lines, *errors)


def _line(known: DecpContract | None, contract: DecpContract, faults: Sequence[DecpFault]) -> DecpLine:
    if known is None:
        return DecpLine(DecpOutcome.NEW, contract, contract.id, (), tuple(faults))
    changed = changed_fields(known, contract)
    outcome = DecpOutcome.CHANGED if changed else DecpOutcome.SAME
    return DecpLine(outcome, contract, contract.id, changed, tuple(faults))


def changed_fields(known: DecpContract, read: DecpContract) -> tuple[str, ...]:
    """Names of the fields that differ; the order of holders, modifications and acts does not count."""
    if known == read:
        return ()
    names = (field.name for field in fields(DecpContract))
    return tuple(name for name in names if _loose(getattr(known, name)) != _loose(getattr(read, name)))


def _loose(value: Any) -> Any:
    return frozenset(value) if isinstance(value, tuple) else value
