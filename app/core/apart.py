"""How does a heavy computation leave no trace in the process that serves pages? A child makes it, and ends with it.

A process that imports a solver keeps its memory for ever. ``apart(plan, seconds=40)(problem)`` answers, or raises, what
``plan(problem)`` would, and this process is as it was. The function is pure: it is found in the child by its module and
name, which sees neither the application, nor the database, nor a secret. Parent and child are the same code on the same
machine and speak in pickles over their own pipes; nothing that somebody sent is ever unpickled.

A fresh interpreter is started rather than forked: threads and open connections of the parent are nothing to it. This
module is what the child runs, so it imports nothing but the standard library.
"""

import os
import pickle
import re
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_ROOT: Final = Path(__file__).resolve().parents[2]
_KEPT_ENVIRONMENT: Final = re.compile(r"(?:PYTHON|LD_LIBRARY_|DYLD_LIBRARY_)?PATH|HOME|LANG|LC_\w+|TMPDIR")
_ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Died(RuntimeError):
    """The child ended without an answer: killed, out of memory, or what it answered cannot be sent."""


def apart(function: Callable[P, R], *, seconds: float, here: bool = False) -> Callable[P, R]:
    """The same function, computed by a child process; ``here``: by this one after all, as tests do.

    Raises what the function raises, with the child's traceback as a note; TimeoutError after so many seconds; Died.
    """
    if here:
        return function

    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        done = _child(pickle.dumps((function, args, kwargs)), seconds)
        if done.returncode != 0 or not done.stdout:
            raise Died(f"exit {done.returncode}: {done.stderr[-400:].decode(errors='replace')}")
        answered, value = pickle.loads(done.stdout)  # noqa: S301 - our own child wrote it
        if answered:
            return value  # type: ignore[no-any-return]
        raise value

    return ask


def _child(question: bytes, seconds: float) -> "subprocess.CompletedProcess[bytes]":
    kept = {key: value for key, value in os.environ.items() if _KEPT_ENVIRONMENT.fullmatch(key)}
    try:
        return subprocess.run(
            [sys.executable, "-m", "app.core.apart"],
            input=question,
            capture_output=True,
            cwd=_ROOT,
            env={**kept, **_ONE_THREAD},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"no answer within {seconds:g} s") from None


def main() -> None:
    """The child: one question on standard input, one answer on standard output."""
    with os.fdopen(os.dup(1), "wb") as output:
        os.dup2(2, 1)  # what a library prints is no part of the answer
        output.write(_answer(sys.stdin.buffer.read()))


def _answer(question: bytes) -> bytes:
    try:
        function, args, kwargs = pickle.loads(question)  # noqa: S301 - our own parent wrote it
        return pickle.dumps((True, function(*args, **kwargs)))
    except Exception as error:  # noqa: BLE001 - the edge of a process: the parent raises it
        error.add_note(traceback.format_exc())
        return pickle.dumps((False, _sendable(error)))


def _sendable(error: Exception) -> Any:
    """The error itself when it survives the journey, else what it said."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made on the line itself
    except Exception:  # noqa: BLE001 - whatever its own class does wrong
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


if __name__ == "__main__":
    main()
