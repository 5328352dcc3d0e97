"""What waits for somebody today? One shape for the things to do of every domain, merged on the home page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One line of « À faire aujourd'hui ».

    ``urgency`` orders the lines: 0 is late, 1 is due today, 2 this week, 3 can wait. ``tag`` is the deadline in
    words and ``tag_state`` one of "", "info", "warn", "bad". ``endpoint`` and ``arguments`` make the address.
    """

    kind: str
    title: str
    text: str
    endpoint: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    action: str = "Voir"
    tag: str = ""
    tag_state: str = ""
    icon: str = "next"
    urgency: int = 3


def in_order(*lists: list[TodoItem]) -> list[TodoItem]:
    """The most urgent first; within one urgency, the order in which the domains gave them."""
    return sorted((item for items in lists for item in items), key=lambda item: item.urgency)
