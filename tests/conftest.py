"""What every test may ask for: a PostgreSQL of their own, a portal on it, a browser without a window."""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text
from sqlalchemy.orm import scoped_session

from app.core import clock, postgres
from app.core.db import db
from app.core.settings import ROOT, Settings

VAR = Path(os.environ.get("PORTAL_TEST_VAR") or ROOT / "var" / "tests")
DATA = VAR / "postgres"
USERS = VAR / "users"


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time counts who uses the server."""
    USERS.mkdir(parents=True, exist_ok=True)
    with (VAR / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI nothing may be skipped: what a newcomer's machine may miss is there."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and CI skips nothing: {report.longrepr}"


def _join_server() -> str:
    with _alone():
        (USERS / str(os.getpid())).touch()
        fresh = not (DATA / "PG_VERSION").exists()
        uri = postgres.start(DATA)
        if fresh:  # tests may lose everything at a power cut, and are quicker for it
            with psycopg.connect(uri, autocommit=True) as connection:
                for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                    connection.execute(f"ALTER SYSTEM SET {setting}")
                connection.execute("ALTER SYSTEM SET max_connections = 200")
            postgres.stop(DATA)
            uri = postgres.start(DATA)
        return uri


def _leave_server() -> None:
    """The last one out stops the server; the dead do not count."""
    with _alone():
        for mark in USERS.iterdir():
            with suppress(ProcessLookupError):
                if int(mark.name) != os.getpid():
                    os.kill(int(mark.name), 0)
                    continue
            mark.unlink()
        if not any(USERS.iterdir()):
            postgres.stop(DATA)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL that test runs share while they last."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    uri = _join_server()
    yield uri
    _leave_server()


def _fingerprint() -> str:
    """Changes when tables or reference data change: a new template is made then."""
    digest = hashlib.sha256()
    files = [
        *ROOT.glob("app/*/models.py"),
        *ROOT.glob("app/*/models/*.py"),
        *ROOT.glob("app/core/db.py"),
        *ROOT.glob("app/reference/**/*"),
        ROOT / "app/clauses/rules/eligibility.py",
        ROOT / "app/clauses/rules/terms.py",
        *ROOT.glob("migrations/versions/*.py"),
    ]
    for path in sorted(files):
        if path.is_file() and path.suffix in {".py", ".csv"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _fill_template(uri: str, name: str) -> None:
    from flask_migrate import upgrade

    from app.clauses.service.categories import load_categories
    from app.clauses.service.terms import load_templates
    from app.factory import create_app
    from app.reference.service import load_reference

    app = create_app(_settings(postgres.ensure_database(uri, name)), TESTING=True)
    with app.app_context():
        if any((ROOT / "migrations" / "versions").glob("*.py")):
            upgrade()
        else:
            for extension in ("pg_trgm", "unaccent", "btree_gist"):
                db.session.execute(text(f"CREATE EXTENSION IF NOT EXISTS {extension}"))
            db.session.commit()
            db.create_all()
        load_reference()
        load_categories()
        load_templates()
        db.session.remove()
        db.engine.dispose()


def _settings(url: str) -> Settings:
    return Settings(var=VAR, secret_key="a key for tests only", database_url=url, demonstration=True, apart=False)


@pytest.fixture(scope="session")
def template(server: str) -> str:
    """A database with every table and the reference data, copied by each process."""
    name = f"template_{_fingerprint()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4711)")
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            for (old,) in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'"):
                with suppress(psycopg.errors.ObjectInUse):
                    connection.execute(f'DROP DATABASE IF EXISTS "{old}"')
            _fill_template(server, f"{name}_new")
            connection.execute(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')
    return name


@contextmanager
def copy_of(server: str, template: str) -> Iterator[str]:
    name = f"test_{os.getpid()}_{secrets.token_hex(3)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4712)")
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield postgres.ensure_database(server, name)
    finally:
        postgres.drop_database(server, name)


class PortalClient(FlaskClient):
    """A browser without a window. Each request has its own application context, as in life."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        with self.application.app_context():
            return super().open(*args, **kwargs)


def make_app(url: str, **overrides: Any) -> Flask:
    """The portal for tests on a given database."""
    from app.factory import create_app

    app = create_app(_settings(url), TESTING=True, WTF_CSRF_ENABLED=False, **overrides)
    app.test_client_class = PortalClient
    return app


@pytest.fixture(scope="session")
def app(server: str, template: str) -> Iterator[Flask]:
    """The portal on a database of this process."""
    with copy_of(server, template) as url:
        app = make_app(url)
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def own_app(server: str, template: str) -> Iterator[Flask]:
    """The portal on a database of this test alone, where commits are real: for tests of concurrency."""
    with copy_of(server, template) as url:
        app = make_app(url)
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session]:
    """A database session whose every commit is a savepoint, undone at the end of the test."""
    with app.app_context():
        engines = db.engines
        engine = engines[None]
        with engine.connect() as connection:
            outer = connection.begin()
            engines[None] = connection  # type: ignore[assignment]
            app.extensions.pop("matches", None)  # what it kept of another test is undone
            try:
                yield db.session
            finally:
                db.session.remove()
                engines[None] = engine
                outer.rollback()


@pytest.fixture
def client(app: Flask, session: scoped_session) -> FlaskClient:
    """A browser of nobody yet."""
    return app.test_client()


@pytest.fixture
def sign_in(client: FlaskClient) -> Callable[[Any], FlaskClient]:
    """``sign_in(somebody(Role.EMPLOYER))``: the browser is now theirs."""

    def enter(who: Any) -> FlaskClient:
        from app.accounts import service

        token = service.enter(who.user.id, who.membership.id if who.membership else None)
        with client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"], cookie["_fresh"] = token, True
        return client

    return enter


@pytest.fixture
def today() -> Iterator[date]:
    """Thursday 5 November 2026, as on the drawings; the clock stands still."""
    day = date(2026, 11, 5)
    with clock.frozen(day):
        yield day


@pytest.fixture(scope="session")
def pdf_machine() -> None:
    """A machine that draws PDFs; one without Pango skips these tests, CI does not."""
    from app.core.pdf import pdf_available

    if not pdf_available():
        pytest.skip("no Pango on this machine (apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)")


class Statements(list[str]):
    """The SQL statements sent since the fixture began, savepoints left out."""


@pytest.fixture
def statements(app: Flask, session: scoped_session) -> Iterator[Statements]:
    """Every SQL statement; ``statements.clear()`` before what is to be counted."""
    seen = Statements()

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    connection = db.engines[None]
    event.listen(connection, "before_cursor_execute", note)
    yield seen
    event.remove(connection, "before_cursor_execute", note)
