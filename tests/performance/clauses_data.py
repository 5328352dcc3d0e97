"""Two thousand contracts, five thousand lots and a million lines of hours, made by the database itself and kept.

The base is the small demonstration; the rows are counted out with generate_series, in the order in which life would
have written them (month by month), so that a lot's rows lie apart from each other as they would.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import psycopg

from app.core import postgres
from app.core.quantities import add_months
from app.core.settings import ROOT

CONTRACTS, PEOPLE_A_LOT, MONTHS, PEOPLE = 2_000, 17, 12, 20_000
_PREFIX = "portail_clauses_"
_NAMED = """
CREATE FUNCTION pg_temp.named(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT (lpad(to_hex(kind), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$
"""
_CONTRACTS = """
INSERT INTO clause_buyers (id, name, kind, contact_name, contact_email, created_at, updated_at, version)
SELECT pg_temp.named(1, b), 'Acheteur ' || b, (ARRAY['department', 'commune', 'landlord'])[1 + b %% 3], '', '',
       now(), now(), 1 FROM generate_series(1, 60) b;
INSERT INTO public_contracts (id, buyer_id, number, title, nature, cpv, framework, amount, notified_on, delivered_on,
       legal_base, clause_kind, obligation_reason, territory_code, facilitator_organisation_id, state, source,
       created_at, updated_at, version)
SELECT pg_temp.named(2, c), pg_temp.named(1, 1 + c %% 60), 'B-' || c, 'Marché numéro ' || c,
       (ARRAY['works', 'services', 'supplies'])[1 + c %% 3], '45210000', false, 1000000 + c * 100,
       %(first)s::date + c %% 20, %(today)s::date + (c %% 600) - 60, 'l2112_2', 'execution_clause', '',
       (SELECT code FROM reference_territory ORDER BY md5(code || c) LIMIT 1),
       (SELECT id FROM organisations WHERE kind = 'plie' ORDER BY id LIMIT 1),
       CASE WHEN c %% 600 < 60 THEN 'delivered' ELSE 'running' END, 'typed', now(), now(), 1
FROM generate_series(1, %(contracts)s) c;
INSERT INTO contract_versions (id, contract_id, number, valid_from, known_from, label, delivered_on, recorded_at)
SELECT pg_temp.named(3, c), pg_temp.named(2, c), 0, notified_on, notified_on, '', delivered_on, now()
FROM generate_series(1, %(contracts)s) c JOIN public_contracts p ON p.id = pg_temp.named(2, c);
INSERT INTO clause_terms (id, contract_id, valid_from, known_from, said, note, recorded_at)
SELECT pg_temp.named(4, c), pg_temp.named(2, c), %(first)s, %(first)s,
       jsonb_build_object('pooling', c %% 5 = 0, 'penalty_per_hour', '30'), '', now()
FROM generate_series(1, %(contracts)s) c;
CREATE TEMP TABLE l AS SELECT row_number() OVER (ORDER BY c, k) AS n, c, k
FROM generate_series(1, %(contracts)s) c, generate_series(1, 1 + c %% 4) k;
INSERT INTO clause_lots (id, contract_id, number, title, cpv, reserved, created_at, updated_at, version)
SELECT pg_temp.named(5, n), pg_temp.named(2, c), k, 'Lot de peinture', '', false, now(), now(), 1 FROM l;
INSERT INTO lot_objectives (lot_id, from_day, hours)
SELECT pg_temp.named(5, n), %(first)s, 9000 + (n %% 10) * 1500 FROM l;
INSERT INTO clause_holders (id, lot_id, role, name, share, contact_name, contact_email, contact_phone, created_at,
       updated_at, version)
SELECT pg_temp.named(6, n), pg_temp.named(5, n), 'sole', 'Entreprise ' || n %% 900, 100, '', '', '', now(),
       now(), 1 FROM l;
"""
_PEOPLE = """
CREATE TEMP TABLE one AS SELECT * FROM candidates ORDER BY id LIMIT 1;
INSERT INTO candidates SELECT (jsonb_populate_record(one, jsonb_build_object('id', pg_temp.named(7, n),
       'number', 9000000 + n, 'email', NULL, 'phone', NULL, 'last_name', 'Nom' || n))).*
FROM one, generate_series(1, %(people)s) n;
CREATE TEMP TABLE w AS
SELECT (n - 1) * %(a_lot)s + p AS n, n AS lot, c, ((n - 1) * %(a_lot)s + p) %% %(people)s + 1 AS who
FROM l, generate_series(1, %(a_lot)s) p;
INSERT INTO eligibility_checks (id, candidate_id, contract_id, category_slug, judged_on, note, checked_on,
       ended_reason, created_at, updated_at)
SELECT pg_temp.named(8, n), pg_temp.named(7, who), pg_temp.named(2, c), (SELECT min(slug) FROM clause_categories),
       %(first)s, '', %(first)s, '', now(), now() FROM w;
INSERT INTO clause_employments (id, check_id, candidate_id, lot_id, holder_id, mode, employer_name, employer_key,
       employment_kind, started_on, hours_week, tutor_name, payroll_number, counts_from, counts_until, created_at,
       updated_at, version)
SELECT pg_temp.named(9, n), pg_temp.named(8, n), pg_temp.named(7, who), pg_temp.named(5, lot), pg_temp.named(6, lot),
       'direct', 'Entreprise', 'entreprise', 'cdd', %(first)s, 20 + n %% 16, '', '', %(first)s,
       %(first)s::date + 729, now(), now(), 1 FROM w;
"""
_HOURS = """
CREATE TEMP TABLE m AS SELECT r, (%(first)s::date + make_interval(months => r))::date AS month,
       (%(first)s::date + make_interval(months => r + 1, days => 9))::date AS sent,
       (%(first)s::date + make_interval(months => r + 1, days => 19))::date AS seen,
       CASE WHEN r = %(months)s - 1 THEN 'declared' ELSE 'locked' END AS state
FROM generate_series(0, %(months)s - 1) r;
INSERT INTO hour_reports (id, holder_id, lot_id, first_month, months, due_on, state, declared_on, locked_on,
       nothing_to_report, created_at, updated_at, version)
SELECT pg_temp.named(10, n * 100 + r), pg_temp.named(6, n), pg_temp.named(5, n), month, 1, sent, state, sent,
       CASE state WHEN 'locked' THEN seen END, false, now(), now(), 1 FROM m, l ORDER BY r, n;
INSERT INTO hour_lines (id, report_id, lot_id, holder_id, employment_id, candidate_id, employer_key, mode, month, kind,
       hours, state, over_text, return_text, confirmed, declared_on, validated_on, correction_text, created_at,
       updated_at)
SELECT pg_temp.named(11, n * 100 + r), pg_temp.named(10, lot * 100 + r), pg_temp.named(5, lot), pg_temp.named(6, lot),
       pg_temp.named(9, n), pg_temp.named(7, who), 'entreprise', 'direct', month, 'work', 20 + (n + r * 7) %% 120,
       state, '', '', true, sent, CASE state WHEN 'locked' THEN seen END, '', now(), now() FROM m, w ORDER BY r, n;
INSERT INTO hour_entries (line_id, lot_id, holder_id, candidate_id, month, "on", stage, hours, at)
SELECT id, lot_id, holder_id, candidate_id, month, CASE stage WHEN 'declared' THEN declared_on ELSE validated_on END,
       stage, hours, now()
FROM hour_lines, (VALUES ('declared'), ('validated')) stages (stage)
WHERE id >= pg_temp.named(11, 0) AND id < pg_temp.named(12, 0) AND (stage = 'declared' OR validated_on IS NOT NULL)
ORDER BY month, stage, lot_id;
INSERT INTO lot_days (lot_id, holder_id, "on", month, declared, validated)
SELECT lot_id, holder_id, "on", month, coalesce(sum(hours) FILTER (WHERE stage = 'declared'), 0),
       coalesce(sum(hours) FILTER (WHERE stage = 'validated'), 0)
FROM hour_entries WHERE lot_id >= pg_temp.named(5, 0) AND lot_id < pg_temp.named(6, 0) GROUP BY 1, 2, 3, 4;
INSERT INTO lot_totals (lot_id, declared, validated) SELECT lot_id, sum(declared), sum(validated) FROM lot_days
WHERE lot_id >= pg_temp.named(5, 0) AND lot_id < pg_temp.named(6, 0) GROUP BY 1;
"""


def database_name() -> str:
    """Another one when the tables or these rows change: what was kept would not fit."""
    digest = hashlib.sha256()
    for path in (*sorted((ROOT / "migrations" / "versions").glob("*.py")), ROOT / "tests/performance/clauses_data.py"):
        digest.update(path.read_bytes())
    return _PREFIX + digest.hexdigest()[:8]


def prepared(environment: Mapping[str, str], today: date) -> Mapping[str, str]:
    """The environment of a portal on that database, filled when it was not."""
    name = database_name()
    found = {**environment, "PORTAL_DATABASE": name}
    if given := environment.get("DATABASE_URL"):
        found["DATABASE_URL"] = postgres.ensure_database(given, name)
    start = time.perf_counter()
    command = [sys.executable, "-m", "app.demonstration", "--size", "small", "--prepare-only"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, **found})
    server = given or postgres.start(Path(environment["PORTAL_VAR"]) / "postgres")
    with psycopg.connect(postgres.libpq_url(postgres.ensure_database(server, name))) as connection:
        if _contracts(connection) < CONTRACTS:
            _forget_others(server, name)
            _fill(connection, today)
    print(f"# un million de lignes d’heures prêtes en {time.perf_counter() - start:.0f} s", flush=True)
    return found


def _contracts(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT count(*) FROM public_contracts").fetchone()
    return row[0] if row else 0


def _forget_others(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_PREFIX}%"]).fetchall()
    for (old,) in rows:
        if old != name:
            postgres.drop_database(server, old)


def _fill(connection: psycopg.Connection, today: date) -> None:
    first = add_months(today.replace(day=1), -MONTHS)
    values = {
        "contracts": CONTRACTS, "first": first, "today": today, "people": PEOPLE, "a_lot": PEOPLE_A_LOT,
        "months": MONTHS,
    }  # fmt: skip
    connection.execute("SET session_replication_role = replica")  # the rows refer to each other by construction
    connection.execute("SET synchronous_commit = off")
    connection.execute("SET work_mem = '256MB'")
    connection.execute(_NAMED)
    for part in (_CONTRACTS, _PEOPLE, _HOURS):
        for statement in part.split(";\n"):
            if statement.strip():
                connection.execute(statement.encode(), values)
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")
