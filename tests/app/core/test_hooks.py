"""A hook tells its listeners once, in order, and one that refuses is heard."""

import pytest

from app.core.hooks import Hook


def test_listeners_are_told_in_order_and_once() -> None:
    heard: list[str] = []
    happened: Hook[[str]] = Hook("something")
    first, second = (lambda word: heard.append(f"1 {word}")), (lambda word: heard.append(f"2 {word}"))
    happened.connect(first)
    happened.connect(second)
    happened.connect(first)
    happened("x")
    assert heard == ["1 x", "2 x"]


def test_a_listener_that_refuses_is_heard_by_the_act() -> None:
    happened: Hook[[]] = Hook("something")

    def refuse() -> None:
        raise ValueError("no")

    happened.connect(refuse)
    with pytest.raises(ValueError, match="no"):
        happened()
