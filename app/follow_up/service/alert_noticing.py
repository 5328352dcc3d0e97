"""Look at the facts of follow-ups, one or thousands: open alerts by their key, tell managers of those left alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

import structlog
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import db
from app.core.roles import SYSTEM
from app.core.transaction import transaction
from app.follow_up.labels.kinds import ALERTS
from app.follow_up.models import Alert, FollowUp
from app.follow_up.queries.alert_facts import among, facts_of
from app.follow_up.rules.alert_acts import Known, same_as
from app.follow_up.rules.alerts import Signal, escalation_due, late_days, signals
from app.follow_up.rules.facts import Facts
from app.follow_up.rules.kinds import AlertKind, AlertLevel
from app.follow_up.rules.states import AlertState, FollowUpState, VisitState
from app.follow_up.service import journal
from app.follow_up.service.alert_messages import News, tell

CHUNK: Final = 500
"""So many follow-ups a transaction: a run that is killed has lost one of them at most, and begins again there."""
ESCALATED: Final = "Alerte transmise au responsable"


@dataclass(frozen=True, slots=True)
class Noticed:
    """How many alerts were opened and made known to managers, and how many follow-ups could not be looked at."""

    opened: int = 0
    escalated: int = 0
    failed: int = 0

    def __add__(self, other: "Noticed") -> "Noticed":
        return Noticed(self.opened + other.opened, self.escalated + other.escalated, self.failed + other.failed)


@dataclass(frozen=True, slots=True)
class _Row(Known):
    """An alert already there, with what its rise to the manager depends on."""

    id: UUID
    follow_up_id: UUID
    state: AlertState
    level: AlertLevel
    opened_on: date


def refresh_all(today: date) -> Noticed:
    """The job of the day: every follow-up that goes on. Those that somebody is changing wait for the next run.

    One that fails does not hold the others of its chunk: they are looked at one by one, and it is counted.
    """
    query = select(FollowUp.id).where(FollowUp.state == FollowUpState.ACTIVE).order_by(FollowUp.id)
    ids = list(db.session.scalars(query))
    total = Noticed()
    for start in range(0, len(ids), CHUNK):
        total += _surely(ids[start : start + CHUNK], today)
    return total


def _surely(ids: Sequence[UUID], today: date) -> Noticed:
    try:
        return refresh(ids, today, wait=False)
    except Exception:  # noqa: BLE001 - the edge of a batch: one follow-up must not hide the others
        structlog.get_logger().exception("alerts not refreshed", follow_ups=len(ids))
    if len(ids) == 1:
        return Noticed(failed=1)
    return sum((_surely([one], today) for one in ids), Noticed())


@transaction
def refresh(follow_up_ids: Collection[UUID], today: date, *, wait: bool = True) -> Noticed:
    """Open what is new and escalate what is due, for any number of follow-ups: the statements are counted by kind, not
    by follow-up. Twice the same day does nothing more; two at once open an alert once."""
    ids = _held(follow_up_ids, wait)
    if not ids:
        return Noticed()
    facts, known = facts_of(ids), _known(ids)
    new, grown = _compared(facts, known, today)
    opened = _open(new, today)
    _learn(grown)
    risen = _escalate([row for rows in known.values() for row in _due(rows, facts, today)], today)
    _tell(opened, risen, today)
    return Noticed(len(opened), len(risen))


def _held(ids: Collection[UUID], wait: bool) -> list[UUID]:
    """Those that go on, kept from stopping or closing meanwhile."""
    query = (
        select(FollowUp.id)
        .where(among(FollowUp.id, sorted(set(ids))), FollowUp.state == FollowUpState.ACTIVE)
        .order_by(FollowUp.id)
        .with_for_update(key_share=True, skip_locked=not wait)
    )
    return list(db.session.scalars(query))


def _known(ids: Sequence[UUID]) -> Mapping[UUID, list[_Row]]:
    query = select(
        Alert.id, Alert.follow_up_id, Alert.kind, Alert.key, Alert.state, Alert.level, Alert.opened_on, Alert.facts
    ).where(among(Alert.follow_up_id, ids))
    found: dict[UUID, list[_Row]] = defaultdict(list)
    for row in db.session.execute(query.order_by(Alert.opened_on, Alert.id)):
        said = _Row(
            kind=row.kind,
            key=row.key,
            closed=row.state is AlertState.CLOSED,
            facts=row.facts,
            id=row.id,
            follow_up_id=row.follow_up_id,
            state=row.state,
            level=row.level,
            opened_on=row.opened_on,
        )
        found[row.follow_up_id].append(said)
    return found


def _compared(
    facts: Mapping[UUID, Facts], known: Mapping[UUID, Sequence[_Row]], today: date
) -> tuple[list[tuple[UUID, Signal]], dict[UUID, dict[str, Any]]]:
    """The signals that no alert says yet, and what open alerts have to learn (days declared since)."""
    new, grown = [], {}
    for follow_up_id, told in facts.items():
        for signal in signals(told, today):
            mine = known.get(follow_up_id, ())
            same = same_as(signal, mine)
            if same is None:
                new.append((follow_up_id, signal))
                continue
            row = next(row for row in mine if row is same)
            if not row.closed and (learnt := _with_days(row, signal)) is not None:
                grown[row.id] = learnt
    return new, grown


def _with_days(row: _Row, signal: Signal) -> dict[str, Any] | None:
    """The facts of the alert with the days of the signal; None when it has them already."""
    days = signal.facts.get("days")
    if signal.kind is not AlertKind.TWO_ABSENCES or not isinstance(days, list):
        return None
    wanted = days if row.key == signal.key else sorted({*row.days, *days})
    return None if wanted == row.facts.get("days") else {**row.facts, **signal.facts, "days": wanted}


def _open(new: Iterable[tuple[UUID, Signal]], today: date) -> Sequence[Any]:
    """One statement; an alert of that key that another run opened meanwhile is its own."""
    values = [
        {
            "id": uuid4(),
            "version": 1,
            "follow_up_id": follow_up_id,
            "kind": signal.kind,
            "key": signal.key,
            "state": AlertState.OPEN,
            "level": signal.level,
            "opened_on": today,
            "opened_at": clock.now(),
            "facts": dict(signal.facts),
            "escalated_on": today if signal.level is AlertLevel.MANAGER else None,
            "outcome_words": "",
        }
        for follow_up_id, signal in sorted(new, key=lambda one: (one[0], one[1].key))
    ]
    if not values:
        return ()
    made = insert(Alert).on_conflict_do_nothing(index_elements=["follow_up_id", "key"])
    rows = db.session.execute(made.returning(Alert.id, Alert.follow_up_id, Alert.kind, Alert.level), values).all()
    for row in rows:
        words = ALERTS[row.kind]
        journal.log(row.follow_up_id, "alert", row.id, "open", SYSTEM, to_state=AlertState.OPEN.value, words=words)
    return rows


def _learn(grown: Mapping[UUID, Mapping[str, Any]]) -> None:
    for alert_id, facts in grown.items():
        db.session.execute(
            update(Alert)
            .where(Alert.id == alert_id, Alert.state != AlertState.CLOSED)
            .values(facts=facts, version=Alert.version + 1)
        )


def _due(rows: Iterable[_Row], facts: Mapping[UUID, Facts], today: date) -> Iterator[_Row]:
    """Those of which the manager learns today. A visit held or moved since is late no more."""
    for row in rows:
        if row.closed or row.level is AlertLevel.MANAGER:
            continue
        late = _late_days(row, facts[row.follow_up_id], today)
        if escalation_due(row.kind, row.opened_on, row.state is not AlertState.OPEN, late, today):
            yield row


def _late_days(row: _Row, facts: Facts, today: date) -> int:
    told = (row.facts.get("visit"), row.facts.get("planned_on"))
    planned = [visit for visit in facts.visits if visit.state is VisitState.PLANNED]
    return max(
        (late_days(v.planned_on, today) for v in planned if (v.ref, v.planned_on.isoformat()) == told), default=0
    )


def _escalate(due: Sequence[_Row], today: date) -> Sequence[Any]:
    if not due:
        return ()
    raised = (
        update(Alert)
        .where(
            among(Alert.id, sorted(row.id for row in due)),
            Alert.level == AlertLevel.REFERENT,
            Alert.state != AlertState.CLOSED,
        )
        .values(level=AlertLevel.MANAGER, escalated_on=today, version=Alert.version + 1)
        .returning(Alert.id, Alert.follow_up_id, Alert.state)
        .execution_options(synchronize_session=False)
    )
    rows = db.session.execute(raised).all()
    for row in rows:
        state = row.state.value
        journal.log(
            row.follow_up_id, "alert", row.id, "escalate", SYSTEM, from_state=state, to_state=state, words=ESCALATED
        )  # fmt: skip
    return rows


def _tell(opened: Sequence[Any], risen: Sequence[Any], today: date) -> None:
    ids = sorted({row.follow_up_id for row in (*opened, *risen)})
    if not ids:
        return
    query = select(FollowUp).where(among(FollowUp.id, ids)).options(joinedload(FollowUp.candidate))
    follow_ups = {one.id: one for one in db.session.scalars(query)}
    news = [
        News(row.id, follow_ups[row.follow_up_id], opened=True, escalated=row.level is AlertLevel.MANAGER)
        for row in opened
    ]
    news += [News(row.id, follow_ups[row.follow_up_id], opened=False, escalated=True) for row in risen]
    tell(news, today)
