"""A database for the engine alone, without the portal's tables."""

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, create_engine

from app.core import postgres
from search_index.engines.postgres import PostgresEngine


@pytest.fixture(scope="session")
def index_database(server: str) -> Iterator[Engine]:
    """Prepared once; tests undo what they write."""
    name = f"search_index_{os.getpid()}"
    database = create_engine(postgres.ensure_database(server, name))
    with database.begin() as connection:
        PostgresEngine(connection).prepare()
    yield database
    database.dispose()
    postgres.drop_database(server, name)


@pytest.fixture
def connection(index_database: Engine) -> Iterator[Connection]:
    with index_database.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()
