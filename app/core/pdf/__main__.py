"""The child that draws one PDF: JSON in, PDF out, on the standard streams; no network, little memory and time."""

import json
import logging
import resource
import sys
import traceback
from typing import Any

from app.core.pdf import NO_PANGO

MEMORY_BYTES = 900 * 1024 * 1024
CPU_SECONDS = 20
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "http.", "ftplib.")


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    """Second lock behind the fetcher: whatever the page says, no address is reached and no program started."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is forbidden here")


def main() -> int:
    """0 with a PDF, 3 when the drawing failed, NO_PANGO where a library is missing; a signal past a limit."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)  # it names what it could not fetch: people's data
    try:
        from app.core.pdf.drawing import draw
    except (ImportError, OSError):
        return NO_PANGO
    sys.addaudithook(_refuse)
    if "--check" in sys.argv:
        return 0
    try:
        data = draw(**json.load(sys.stdin.buffer))
    except BaseException as defect:  # noqa: BLE001 - the edge of a process
        frames = traceback.extract_tb(defect.__traceback__)[-3:]
        where = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
        print(type(defect).__name__, where, file=sys.stderr)
        return 3
    sys.stdout.buffer.write(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
