"""How gunicorn serves the portal on one small machine: two workers, four threads each, code loaded once."""

import ctypes
import gc
from contextlib import suppress

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
with suppress(OSError, AttributeError):  # glibc only: a worker that gives back what it took
    # The 19 MB of a password's hash stay outside the heap, and go when it is computed.
    ctypes.CDLL("libc.so.6").mallopt(_M_MMAP_THRESHOLD, 1024 * 1024)
    ctypes.CDLL("libc.so.6").mallopt(_M_ARENA_MAX, 2)

workers = 2
threads = 4
worker_class = "gthread"
preload_app = True
keepalive = 5
timeout = 60
graceful_timeout = 10
accesslog = None
errorlog = "-"


def when_ready(server: object) -> None:
    """Before the workers are made: what they all keep is read once, and its memory is shared."""
    from app.core import clock
    from app.core.logs import log
    from app.matches.queries import snapshot
    from app.search.service import vocabulary
    from wsgi import app

    with app.app_context():
        try:
            snapshot(clock.today())
            vocabulary()
        except Exception:  # noqa: BLE001 - the edge of the process: the first page will read them
            log().exception("warm-up failed")
    gc.collect()
    gc.freeze()


def post_fork(server: object, worker: object) -> None:
    """A worker opens its own connections to the database."""
    from app.core.db import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)
