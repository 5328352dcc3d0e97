"""How much memory and time may a child take that opens somebody's spreadsheet?"""

import resource
from typing import Final

MEMORY_BYTES: Final = 900 * 1024 * 1024


def limit(cpu_seconds: int) -> None:
    """Beyond this the system ends the process; no core file is left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
