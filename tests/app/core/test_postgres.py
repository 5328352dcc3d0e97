"""The portal's own PostgreSQL: started once, joined by others, stopped on demand."""

import subprocess
import sys
from pathlib import Path

import psycopg

from app.core import postgres
from app.core.settings import ROOT

_JOIN = (
    "import sys; from pathlib import Path; from app.core import postgres; print(postgres.own_url(Path(sys.argv[1])))"
)


def test_a_second_process_joins_the_same_server_and_stop_ends_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    url = postgres.own_url(tmp_path)
    first = postgres.running(tmp_path / "postgres")
    assert first is not None
    try:
        other = subprocess.run(
            [sys.executable, "-c", _JOIN, str(tmp_path)], cwd=ROOT, check=True, capture_output=True, text=True
        )
        assert other.stdout.strip() == url
        again = postgres.running(tmp_path / "postgres")
        assert again is not None
        assert again.pid == first.pid
        with psycopg.connect(postgres.libpq_url(url)) as connection:
            extensions = "SELECT count(*) FROM pg_available_extensions WHERE name = ANY(%s)"
            wanted = [["pg_trgm", "unaccent", "btree_gist"]]
            assert connection.execute(extensions, wanted).fetchone() == (3,)
    finally:
        assert postgres.stop(tmp_path / "postgres")
    assert postgres.running(tmp_path / "postgres") is None
    assert not postgres.stop(tmp_path / "postgres")


def test_a_database_is_made_once_and_its_data_stay(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    url = postgres.own_url(tmp_path)
    try:
        with psycopg.connect(postgres.libpq_url(url)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
        postgres.stop(tmp_path / "postgres")
        assert postgres.own_url(tmp_path) == url
        with psycopg.connect(postgres.libpq_url(url)) as connection:
            assert connection.execute("SELECT seven FROM kept").fetchone() == (7,)
    finally:
        postgres.reset(tmp_path / "postgres")
    assert not (tmp_path / "postgres").exists()
