"""The child that parses one spreadsheet: bytes on standard input, JSON on standard output, little memory and time."""

import json
import sys

from app.core.sheets.limits import limit
from app.core.sheets.parsing import Unreadable, parse

CPU_SECONDS = 25


def main() -> int:
    """0 with an answer, 3 when the parser gave up; a signal when a limit was passed."""
    limit(CPU_SECONDS)
    suffix = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        answer = parse(sys.stdin.buffer.read(), suffix)
    except Unreadable as refused:
        answer = {"problem": refused.problem.value}
    except MemoryError:
        answer = {"problem": "too_heavy"}
    except BaseException:  # noqa: BLE001 - the edge of a process: a parser's panic is one too
        return 3
    json.dump(answer, sys.stdout, ensure_ascii=True, separators=(",", ":"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
