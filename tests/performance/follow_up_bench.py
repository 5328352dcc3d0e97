"""How long does the morning of 3 000 follow-ups take: weak signals, managers, forgotten ones, every reminder?

The people and their hours are those of the clauses' measure: a million lines of hours are in the way of those of each
follow-up. One in ten has two absences, one in ten a visit long late, and so on: it is the first morning, the longest.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from uuid import UUID

from flask import Flask
from sqlalchemy import event, func, select, text

from app.core import clock
from app.core.db import db
from app.core.settings import from_environment
from app.factory import create_app
from app.follow_up import jobs
from app.follow_up.models import Alert, FollowUp
from app.follow_up.service import alert_noticing, alerts
from tests.performance import clauses_data
from tests.performance.match_bench import Figure

MANY, SOME = 3_000, 300
_KINDS = ("first_call", 7), ("month_1", 31), ("month_3", 92), ("month_5", 153), ("closing", 180)


def _named(kind: int, number: str = "n") -> str:
    """The id of the row of that number, in SQL; 7 are the people of the clauses' measure."""
    return f"('{kind:08x}-0000-4000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"


_MINE = f"follow_ups.id BETWEEN {_named(32, '0')} AND {_named(32, str(MANY))}"


def _rows() -> Iterator[str]:
    """The statements that make them: 40 to 169 days after the hire, most of it as it should be."""
    referent = (
        "SELECT m.user_id, m.organisation_id FROM memberships m"
        " WHERE m.role = 'referent' AND m.left_at IS NULL ORDER BY m.user_id LIMIT 1 OFFSET {}"
    )
    yield (
        "CREATE TEMP TABLE f AS SELECT n, CAST(:today AS date) - 40 - (n % 130)::int AS starts_on"
        f" FROM generate_series(1, {MANY}) n"
    )
    yield f"CREATE TEMP TABLE r AS {referent.format(0)}"
    yield (
        "INSERT INTO follow_ups (id, candidate_id, origin, state, starts_on, ends_on, opened_on, referent_id,"
        " referent_organisation_id, close_words, created_at, updated_at, version)"
        f" SELECT {_named(32)}, {_named(7)}, 'elsewhere', 'active', starts_on, starts_on + 181, starts_on, user_id,"
        " organisation_id, '', now(), now(), 1 FROM f, r"
    )
    yield (
        "INSERT INTO held_jobs (id, follow_up_id, rank, employer_name, title, employment_kind, start_on, end_on,"
        " hours_week, tutor_name, plan_words, change_words, created_at, updated_at, version)"
        f" SELECT {_named(33)}, {_named(32)}, 1, 'Entreprise', 'Peintre',"
        " CASE WHEN n % 3 = 0 THEN 'cdd' ELSE 'cdi' END, starts_on,"
        " CASE WHEN n % 3 = 0 THEN starts_on + 240 END, 35, '', '', '', now(), now(), 1 FROM f"
    )
    for rank, (kind, days) in enumerate(_KINDS):
        late = "n % 10 = 0" if kind == "month_1" else "false"
        yield (
            "INSERT INTO visits (id, follow_up_id, kind, state, due_on, planned_on, minutes, mode, place, with_tutor,"
            " by_hand, sequence, met_on, report, next_words, created_at, updated_at, version)"
            f" SELECT {_named(34 + rank)}, {_named(32)}, '{kind}',"
            f" CASE WHEN held THEN 'held' ELSE 'planned' END, day, day, 30, 'place', '', true, false, 0,"
            " CASE WHEN held THEN day END, '', '', now(), now(), 1"
            f" FROM (SELECT n, starts_on + {days} AS day, starts_on + {days} <= CAST(:today AS date) AND NOT ({late})"
            " AS held FROM f) v"
        )
    yield (
        'INSERT INTO work_absences (id, follow_up_id, "on", side, created_at, updated_at)'
        f" SELECT gen_random_uuid(), {_named(32)}, CAST(:today AS date) - d, 'tutor', now(), now()"
        " FROM f, (VALUES (5), (12)) days (d) WHERE n % 10 = 1"
    )
    yield (
        'INSERT INTO follow_up_exchanges (id, follow_up_id, "on", at, side, mode, answered, words, by_name, created_at,'
        f" updated_at) SELECT gen_random_uuid(), {_named(32)}, CAST(:today AS date) - d, now(), 'person', 'phone',"
        " n % 20 <> 2, '', '', now(), now() FROM f, (VALUES (3), (6)) days (d) WHERE n % 5 = 2"
    )


def _fill(today: date) -> list[UUID]:
    """Made anew, with nothing of an earlier measure."""
    _forget()
    for statement in _rows():
        db.session.execute(text(statement), {"today": today} if ":today" in statement else {})
    for name in ("f", "r"):
        db.session.execute(text(f"DROP TABLE {name}"))
    db.session.commit()
    for table in ("follow_ups", "held_jobs", "visits", "work_absences", "follow_up_exchanges", "hour_lines"):
        db.session.execute(text(f"ANALYZE {table}"))
    db.session.commit()
    return list(db.session.scalars(select(FollowUp.id).where(text(_MINE)).order_by(FollowUp.id)))


def _forget() -> None:
    """A measure leaves nothing behind."""
    about = "('alert', 'visit', 'follow_up', 'job', 'held_job')"
    db.session.execute(text(f"DELETE FROM messages WHERE about_type IN {about}"))
    db.session.execute(text(f"DELETE FROM follow_ups WHERE {_MINE}"))
    db.session.commit()


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    db.session.remove()
    return time.perf_counter() - start


def _one_by_one(ids: list[UUID], today: date) -> None:
    """A loop: each follow-up read, judged and written by itself."""
    for one in ids:
        alerts.refresh([one], today)


def _morning(today: date) -> None:
    jobs.remind(today)
    jobs.plan_day(today)


def _statements(today: date) -> int:
    """How many a morning without news sends: so many a chunk, whatever is in it."""
    seen: list[str] = []
    note = lambda _c, _cursor, statement, *_rest: seen.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    alerts.refresh_all(today)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def plan(today: date) -> Iterator[Figure]:
    """The first morning, and the same by a loop."""
    ids = _fill(today)
    assert len(ids) == MANY
    loop = _seconds(lambda: _one_by_one(ids[:SOME], today)) * MANY / SOME
    _fill(today)
    taken = _seconds(lambda: _morning(today))
    opened = db.session.scalar(select(func.count()).select_from(Alert).join(FollowUp).where(text(_MINE))) or 0
    assert opened >= MANY // 5, "a morning without news measures nothing"
    chunks = -(-MANY // alert_noticing.CHUNK)
    assert _statements(today) <= 10 * (chunks + 1), "statements grow with the follow-ups"
    print(f"# {opened} alertes ouvertes ce matin-là", flush=True)
    _forget()
    yield Figure("follow_up.plan_3000_s", taken, "s", 10, loop)


def measure(environment: Mapping[str, str]) -> Iterator[Figure]:
    """On the database of the clauses' measure, which is left as it was found."""
    today = clock.today()
    os.environ.update(clauses_data.prepared(environment, today))
    app: Flask = create_app(from_environment())
    with app.app_context():
        yield from plan(today)


if __name__ == "__main__":
    from tests.performance.__main__ import ENVIRONMENT, quiet

    os.environ.update(ENVIRONMENT)
    quiet()
    for line in measure(ENVIRONMENT):
        print(line, flush=True)
