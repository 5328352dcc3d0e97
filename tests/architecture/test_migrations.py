"""Models and migrations say the same, and every step goes down and up again."""

from collections.abc import Iterator

import psycopg
import pytest
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app.core import postgres
from app.core.db import db
from tests.conftest import make_app

# What a schema is made of, as text that two databases can be compared by.
_SCHEMA = {
    "columns": """
        SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
               || coalesce(identity_generation, '') || coalesce(numeric_precision::text, '')
               || coalesce(numeric_scale::text, '')
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """
        SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}


def _schema_of(app: Flask) -> dict[str, set[str]]:
    with app.app_context(), db.engine.connect() as connection:
        return {
            part: {row for row in connection.scalars(text(query)) if row and "alembic_version" not in row}
            for part, query in _SCHEMA.items()
        }


@pytest.fixture
def empty_app(server: str) -> Iterator[Flask]:
    """The portal on a database without a table."""
    name = f"empty_{id(object())}"
    app = make_app(postgres.ensure_database(server, name))
    yield app
    with app.app_context():
        db.engine.dispose()
    postgres.drop_database(server, name)


def test_migrations_make_what_the_models_say(own_app: Flask, empty_app: Flask) -> None:
    with empty_app.app_context():
        for extension in ("pg_trgm", "unaccent", "btree_gist"):
            db.session.execute(text(f"CREATE EXTENSION IF NOT EXISTS {extension}"))
        db.session.commit()
        db.create_all()
    migrated, declared = _schema_of(own_app), _schema_of(empty_app)
    for part in _SCHEMA:
        ours = {line for line in migrated[part] if "search_offers_v" not in line and "search_candidates_v" not in line}
        assert ours == declared[part], part
    assert len(declared["columns"]) > 200


def test_every_step_goes_down_and_up(empty_app: Flask, server: str) -> None:
    with empty_app.app_context():
        upgrade()
        top = _schema_of(empty_app)
        while _revision() is not None:
            downgrade(revision="-1")
        with psycopg.connect(postgres.libpq_url(empty_app.config["SQLALCHEMY_DATABASE_URI"])) as connection:
            left = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert left == [("alembic_version",)]
        upgrade()
    assert _schema_of(empty_app) == top


def _revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
