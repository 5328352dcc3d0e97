"""How does a lower domain cause something above it? It raises a hook; app/wiring says who listens."""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Hook(Generic[P]):
    """Something that happened. Listeners run in the same transaction, in the order of the wiring."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._listeners: list[Callable[P, None]] = []

    def connect(self, listener: Callable[P, None]) -> None:
        """Add a listener once; wiring an app twice changes nothing."""
        if listener not in self._listeners:
            self._listeners.append(listener)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Tell every listener. A listener that refuses undoes the whole act."""
        for listener in self._listeners:
            listener(*args, **kwargs)
