"""An official file is read in a child process with little memory and time: whatever it holds, only the child may die.

``python -m app.clauses.service.decp_reading``: bytes on standard input, JSON on standard output.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from app.clauses.rules.decp import DecpFault, DecpFaultKind, DecpForm, DecpRead, read_decp
from app.clauses.rules.decp.reading import MOST_BYTES
from app.clauses.rules.decp.taking import as_json, from_json
from app.core.errors import Refused

MEMORY_BYTES: Final = 1_500 * 1024 * 1024
CPU_SECONDS: Final = 30
TIMEOUT_SECONDS: Final = 45
_ROOT: Final = Path(__file__).resolve().parents[3]


def read_safely(data: bytes) -> DecpRead:
    """The contracts of a file and what is wrong in it. Raises Refused when nothing of it can be read."""
    if len(data) > MOST_BYTES:
        raise Refused(DecpFaultKind.TOO_BIG)
    try:
        child = subprocess.run(
            [sys.executable, "-m", "app.clauses.service.decp_reading"],
            input=data,
            capture_output=True,
            cwd=_ROOT,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(DecpFaultKind.TOO_MANY) from None
    if child.returncode != 0:
        raise Refused(DecpFaultKind.TOO_MANY if child.returncode < 0 else DecpFaultKind.NOT_JSON)
    answer: dict[str, Any] = json.loads(child.stdout)
    faults = tuple(
        DecpFault(**{**one, "kind": DecpFaultKind(one["kind"]), "form": DecpForm(one["form"])})
        for one in answer["faults"]
    )
    whole = [fault.kind for fault in faults if fault.index < 0]
    if whole:
        raise Refused(whole)
    return DecpRead(tuple(from_json(answer["contracts"]).values()), faults)


def main() -> int:
    """0 with an answer, 3 when the reader gave up; a signal when a limit was passed."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        read = read_decp(sys.stdin.buffer.read())
        answer = {
            "contracts": [as_json(contract) for contract in read.contracts],
            "faults": [asdict(fault) for fault in read.faults],
        }
        json.dump(answer, sys.stdout, ensure_ascii=True, separators=(",", ":"))
    except BaseException:  # noqa: BLE001 - the edge of a process
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
