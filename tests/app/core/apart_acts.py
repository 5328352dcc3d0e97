"""What the tests of ``core.apart`` have computed: a fresh interpreter finds it by its name, so it imports little."""

import os
import sys

from matching.rotation import Plan, Problem, plan


class Odd(Exception):
    """Cannot be made again from what it holds."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def surroundings(problem: Problem) -> tuple[Plan, frozenset[str], frozenset[str]]:
    """A plan, the packages and the environment of the process that made it."""
    made = plan(problem)
    return made, frozenset(name.partition(".")[0] for name in sys.modules), frozenset(os.environ)


def shouted(text: str, *, times: int = 1) -> str:
    print("a library speaks")
    os.write(1, b"and again")
    return text.upper() * times


def odd() -> None:
    raise Odd("never", "again")


def gone(status: int) -> None:
    os._exit(status)
