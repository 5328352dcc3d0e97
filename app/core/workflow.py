"""Which act leads from which state to which, and who may do it? One table answers service, page and docs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any, Generic, Protocol, TypeVar

from app.core.errors import Refused

A = TypeVar("A", bound=Enum)
S = TypeVar("S", bound=Enum)
R = TypeVar("R", bound=Enum)


class Stateful(Protocol):
    """A row with a state."""

    id: Any
    state: Any


class WorkflowRefusal(StrEnum):
    """Why an act is not possible now."""

    WRONG_STATE = "wrong_state"
    NOT_YOUR_ROLE = "not_your_role"


@dataclass(frozen=True, slots=True)
class Row(Generic[A, S, R]):
    """One line of the table: ``action`` leads from any of ``sources`` to ``target`` and ``who`` may do it."""

    action: A
    sources: frozenset[S]
    target: S
    who: frozenset[R]


def row(action: A, sources: Iterable[S], target: S, who: Iterable[R]) -> Row[A, S, R]:
    """A line written with sets, as it reads in the table."""
    return Row(action, frozenset(sources), target, frozenset(who))


class Workflow(Generic[A, S, R]):
    """The whole table of one kind of row."""

    def __init__(self, *rows: Row[A, S, R]) -> None:
        self.rows = rows
        self._by_key = {(line.action, source): line for line in rows for source in line.sources}
        if len(self._by_key) != sum(len(line.sources) for line in rows):
            raise ValueError("two lines share an action and a source state")

    def __iter__(self) -> Iterator[Row[A, S, R]]:
        return iter(self.rows)

    def target(self, action: A, state: S, role: R) -> S:
        """The next state. Raises Refused: wrong state first, then wrong role."""
        line = self._by_key.get((action, state))
        if line is None:
            raise Refused(WorkflowRefusal.WRONG_STATE)
        if role not in line.who:
            raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
        return line.target

    def allows(self, action: A, state: S, role: R) -> bool:
        """May this role do this act in this state?"""
        line = self._by_key.get((action, state))
        return line is not None and role in line.who

    def actions(self, state: S, role: R) -> tuple[A, ...]:
        """The acts open to a role in a state, in the order of the table: the buttons of the page."""
        return tuple(line.action for line in self.rows if state in line.sources and role in line.who)

    def mermaid(self) -> str:
        """A state drawing for the docs."""
        lines = [
            f"    {source.value} --> {line.target.value}: {line.action.value}"
            for line in self.rows
            for source in sorted(line.sources, key=lambda state: str(state.value))
        ]
        return "\n".join(["stateDiagram-v2", *lines, ""])
