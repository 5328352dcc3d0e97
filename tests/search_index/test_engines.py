"""Every engine passes the contract, and answers as the brute force does on anything."""

import pytest
from sqlalchemy import Connection

from search_index.engine import Engine
from search_index.engines.postgres import PostgresEngine
from tests.search_index.brute_force import BruteForceEngine
from tests.search_index.contract import EngineContract


class TestBruteForce(EngineContract):
    @pytest.fixture
    def engine(self) -> Engine:
        engine = BruteForceEngine()
        engine.prepare()
        return engine


class TestPostgres(EngineContract):
    @pytest.fixture
    def engine(self, connection: Connection) -> Engine:
        return PostgresEngine(connection)
