"""A child computes what the function would: its answer, its error, and nothing left here."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.core import apart as module
from app.core.apart import Died, apart
from matching.rotation import plan
from tests.app.core.apart_acts import gone, odd, shouted, surroundings
from tests.matching.rotation.events import event, wish

LONG = 120


def test_the_child_knows_the_solver_and_neither_the_portal_nor_its_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("SECRET_KEY", "secret")
    problem = event(3, 2, 3, 3, [wish(1, 1)])
    made, packages, variables = apart(surroundings, seconds=LONG)(problem)
    assert made == plan(problem)
    assert packages >= {"matching", "scipy"}
    assert packages.isdisjoint({"flask", "sqlalchemy", "psycopg", "werkzeug", "jinja2"})
    assert variables.isdisjoint({"DATABASE_URL", "SECRET_KEY"})


def test_children_of_several_threads_each_answer_their_own_whatever_a_library_prints() -> None:
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(apart(shouted, seconds=LONG), text, times=2) for text in ("a", "b", "c", "d")]
        assert [one.result() for one in asked] == ["AA", "BB", "CC", "DD"]


@pytest.mark.parametrize(
    ("function", "arguments", "error", "words"),
    [
        (int, ("twelve",), ValueError, "twelve"),
        (odd, (), RuntimeError, "Odd: never again"),
        (gone, (9,), Died, "exit 9"),
        (gone, (0,), Died, "exit 0"),
        (open, ("/dev/null",), TypeError, "TextIOWrapper"),
    ],
    ids=["raised", "raised and not to be sent", "dead", "gone without a word", "answer not to be sent"],
)
def test_what_goes_wrong_in_the_child_is_raised_here(
    function: Callable[..., Any], arguments: tuple[Any, ...], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        apart(function, seconds=LONG)(*arguments)


def test_an_error_says_where_it_was_raised() -> None:
    with pytest.raises(ValueError) as raised:
        apart(int, seconds=LONG)("twelve")
    assert "_answer" in raised.value.__notes__[0]


def test_a_child_that_takes_too_long_is_ended() -> None:
    with pytest.raises(TimeoutError):
        apart(time.sleep, seconds=0.2)(LONG)


def test_here_starts_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(module, "_child")
    assert apart(shouted, seconds=LONG, here=True)("a") == "A"
