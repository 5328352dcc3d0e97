"""Who runs this job now? One process at a time, by a lock that dies with its holder."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from flask import current_app

from app.core import postgres


@contextmanager
def lock(name: str) -> Iterator[bool]:
    """Take the advisory lock of a job on a connection of its own; False when another has it.

    A session lock: PostgreSQL frees it when the connection ends, however the process dies. Not for a pooler that
    shares connections between transactions.
    """
    address = postgres.libpq_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    with psycopg.connect(address, autocommit=True) as connection:
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", [_key(name)]).fetchone()
        yield bool(row and row[0])


def _key(name: str) -> int:
    """A stable number for a name, in the 64 bits of a lock."""
    return int.from_bytes(hashlib.blake2b(f"job:{name}".encode(), digest_size=8).digest(), "big", signed=True)
