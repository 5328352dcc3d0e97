"""The process that follows every change: it sleeps until the database tells it, then drains."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import OperationalError

from app.core import postgres
from app.core.db import db
from app.core.logs import log
from app.core.transaction import transaction
from app.search.queries import Outbox
from app.search.service.listener import CHANNEL
from app.search.service.upkeep import BATCH, drain
from search_index.engine import EngineFailure

LOOK_ANYWAY_SECONDS = 30.0  # should a word be lost
WAIT_AFTER_FAILURE_SECONDS = 5.0


@contextmanager
def _listening() -> Iterator[Callable[[], None]]:
    """A function that returns when something changed, or after a while."""
    address = db.engine.url.render_as_string(hide_password=False)
    with psycopg.connect(postgres.libpq_url(address), autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}")

        def wait() -> None:
            for _ in connection.notifies(timeout=LOOK_ANYWAY_SECONDS, stop_after=1):
                pass

        yield wait


@transaction
def _postpone() -> None:
    """The first change of the queue cannot be treated: let the others pass."""
    outbox = Outbox()
    outbox.postpone(outbox.take(1))


def follow(limit: int) -> int:
    """Drain until nothing waits; return how many changes to take next time.

    A document that cannot be made must not hold the others: after a failure changes are taken one by one, and the
    one that fails goes to the end of the queue.
    """
    while True:
        try:
            changes = drain(limit).changes
        except (EngineFailure, OperationalError):
            raise
        except Exception:  # noqa: BLE001 - the edge of the process
            log().exception("drain failed", changes=limit)
            if limit == 1:
                _postpone()
            limit = 1
        else:
            if not changes:
                return BATCH
            limit = min(BATCH, limit * 2)
        finally:
            db.session.remove()


def drain_forever(stop: Callable[[], bool] = lambda: False) -> None:
    """Never returns, but for a test; the database may come and go."""
    limit = BATCH
    while not stop():
        try:
            with _listening() as wait:
                while not stop():
                    limit = follow(limit)
                    wait()
        except (EngineFailure, OperationalError, psycopg.OperationalError) as failure:
            log().warning("drain waits", failure=type(failure).__name__)
            time.sleep(WAIT_AFTER_FAILURE_SECONDS)
