"""The acts of the index: register what is indexed, note what changed, drain, rebuild, compare, and search.

``app/wiring`` calls ``register`` for every table that a document reads, and ``register_vocabulary`` once.
"""

from app.search.queries import Lag, lag
from app.search.service.finding import SearchUnavailable, find
from app.search.service.listener import note
from app.search.service.registry import register, register_vocabulary, rows_with, vocabulary
from app.search.service.upkeep import (
    Compared,
    RebuildFailed,
    Rebuilt,
    compare,
    compare_all,
    drain,
    drain_all,
    prepare,
    rebuild,
    rebuild_all,
    rebuild_missing,
)
from app.search.service.watch import drain_forever

__all__ = [
    "Compared",
    "Lag",
    "RebuildFailed",
    "Rebuilt",
    "SearchUnavailable",
    "compare",
    "compare_all",
    "drain",
    "drain_all",
    "drain_forever",
    "find",
    "lag",
    "note",
    "prepare",
    "rebuild",
    "rebuild_all",
    "rebuild_missing",
    "register",
    "register_vocabulary",
    "rows_with",
    "vocabulary",
]
