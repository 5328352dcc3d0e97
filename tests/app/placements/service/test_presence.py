"""Presence by half-days: a week in one act, never ahead of time, and nobody loses what another said."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor, Role
from app.core.workflow import WorkflowRefusal
from app.placements.models import PlacementTransition, PresenceHalf
from app.placements.queries.presence import expected_of, said_of
from app.placements.rules.kinds import Half, Presence
from app.placements.rules.presence import PresenceRefusal, SaidHalf
from app.placements.rules.states import ATTENDED, PlacementState
from app.placements.rules.weeks import WeekRefusal, as_shown, shown_in
from app.placements.service import presence as service
from tests.factories.people import somebody
from tests.factories.placements import Placed, a_placement, a_presence

_S = PlacementState
AM, PM = Half.AM, Half.PM
MON, TUE = date(2026, 11, 2), date(2026, 11, 3)
HERE, AWAY, TOLD = Presence.PRESENT, Presence.ABSENT, Presence.ABSENT_EXCUSED


def shown(placed: Placed) -> dict[str, str]:
    """What a form shows now."""
    said = {key: service.as_said(row) for key, row in said_of(placed.placement.id).items()}
    return shown_in(as_shown(said, [half.key for half in expected_of(placed.placement)]))


def statuses(placed: Placed) -> dict[tuple[date, Half], tuple[Presence, Decimal | None]]:
    return {key: (row.status, row.hours) for key, row in said_of(placed.placement.id).items()}


@pytest.fixture
def running(session: scoped_session, today: date) -> Placed:
    placed = a_placement(_S.RUNNING, starts_on=MON)
    session.commit()
    return placed


@pytest.mark.parametrize("who", ["host", "referent"])
def test_a_week_is_said_in_one_act_and_once(session: scoped_session, running: Placed, today: date, who: str) -> None:
    by, before = getattr(running, who), shown(running)
    said = [SaidHalf(MON, AM, HERE), SaidHalf(MON, PM, TOLD), SaidHalf(TUE, AM, HERE, Decimal("1.5"))]
    counts = [service.say_week(running.placement.id, said, before, by=by.actor, today=today) for _ in range(2)]
    assert counts == [3, 0]
    assert statuses(running) == {
        (MON, AM): (HERE, None), (MON, PM): (TOLD, None), (TUE, AM): (HERE, Decimal("1.50")),
    }  # fmt: skip
    assert {row.recorded_by for row in said_of(running.placement.id).values()} == {by.user.id}
    line = session.scalars(select(PlacementTransition)).one()
    assert (line.subject, line.words) == ("presence", "Semaine du lundi 2 novembre 2026")


def test_hours_that_are_those_expected_are_not_written(running: Placed, today: date) -> None:
    service.say_week(
        running.placement.id, [SaidHalf(MON, AM, HERE, Decimal(3))], {}, by=running.host.actor, today=today
    )
    assert statuses(running) == {(MON, AM): (HERE, None)}


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        (SaidHalf(date(2026, 11, 6), AM, HERE), {PresenceRefusal.IN_FUTURE}),
        (SaidHalf(date(2026, 11, 6), AM, Presence.NOT_EXPECTED), {PresenceRefusal.IN_FUTURE}),
        (SaidHalf(date(2026, 11, 1), AM, HERE), {PresenceRefusal.OUTSIDE}),
        (SaidHalf(date(2026, 11, 14), AM, HERE), {PresenceRefusal.OUTSIDE, PresenceRefusal.IN_FUTURE}),
        (SaidHalf(MON, PM, HERE, Decimal("11.01")), {PresenceRefusal.HOURS}),
        (SaidHalf(MON, PM, AWAY, Decimal(2)), {WeekRefusal.HOURS_WHILE_AWAY, PresenceRefusal.HOURS}),
    ],
)
def test_a_half_day_is_refused_with_all_reasons(
    running: Placed, today: date, said: SaidHalf, reasons: set[Any]
) -> None:
    with pytest.raises(Refused) as no:
        service.say_week(running.placement.id, [said], {}, by=running.host.actor, today=today)
    assert set(no.value.reasons) == reasons
    assert statuses(running) == {}


def test_today_may_be_said_today(running: Placed, today: date) -> None:
    assert service.say_week(running.placement.id, [SaidHalf(today, PM, HERE)], {}, by=running.host.actor, today=today)


def test_what_another_said_meanwhile_is_kept_where_one_changed_nothing(running: Placed, today: date) -> None:
    before = shown(running)
    service.say_week(running.placement.id, [SaidHalf(MON, AM, AWAY)], before, by=running.host.actor, today=today)
    week = [SaidHalf(MON, AM, HERE), SaidHalf(MON, PM, TOLD)]  # the first as it was shown, the second typed
    service.say_week(running.placement.id, week, before, by=running.referent.actor, today=today)
    assert statuses(running) == {(MON, AM): (AWAY, None), (MON, PM): (TOLD, None)}


def test_two_who_say_the_same_half_day_otherwise_read_both_and_nothing_is_written(running: Placed, today: date) -> None:
    before, id_ = shown(running), running.placement.id
    service.say_week(id_, [SaidHalf(MON, AM, AWAY)], before, by=running.host.actor, today=today)
    week = [SaidHalf(MON, AM, TOLD), SaidHalf(MON, PM, TOLD)]
    with pytest.raises(StaleVersion) as stale:
        service.say_week(id_, week, before, by=running.referent.actor, today=today)
    assert stale.value.theirs["s_2026-11-02am"] == "absent"
    assert statuses(running) == {(MON, AM): (AWAY, None)}
    again = shown_in(str(stale.value.theirs["version"]))
    assert service.say_week(id_, week, again, by=running.referent.actor, today=today) == 2


def test_two_at_the_same_instant_lose_nothing(own_app: Flask, today: date) -> None:
    with own_app.app_context():
        placed = a_placement(_S.RUNNING, starts_on=MON)
        id_, actors = placed.placement.id, (placed.host.actor, placed.referent.actor)
        from app.core.db import db

        db.session.commit()
    together = Barrier(2)

    def say(by: Actor, said: SaidHalf) -> int:
        with own_app.app_context(), clock.frozen(today):
            together.wait(timeout=60)
            return service.say_week(id_, [said], {}, by=by, today=today)

    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(say, actors[0], SaidHalf(MON, AM, AWAY)),
            pool.submit(say, actors[1], SaidHalf(TUE, AM, TOLD)),
        ]
        assert [job.result(timeout=120) for job in jobs] == [1, 1]
    with own_app.app_context():
        assert {key: row.status for key, row in said_of(id_).items()} == {(MON, AM): AWAY, (TUE, AM): TOLD}


@pytest.mark.parametrize("state", sorted(set(PlacementState) - ATTENDED))
def test_presence_is_said_while_it_runs_and_until_it_is_closed(
    session: scoped_session, today: date, state: PlacementState
) -> None:
    placed = a_placement(state)
    session.commit()
    day = placed.placement.starts_on
    with pytest.raises(Refused) as no:
        service.say_week(placed.placement.id, [SaidHalf(day, AM, HERE)], {}, by=placed.host.actor, today=today)
    assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_the_person_and_strangers_say_nothing(session: scoped_session, running: Placed, today: date) -> None:
    stranger = somebody(Role.EMPLOYER)
    session.commit()
    said = [SaidHalf(MON, AM, HERE)]
    with pytest.raises(Refused) as no:
        service.say_week(running.placement.id, said, {}, by=running.person.actor, today=today)
    assert no.value.reasons == (WorkflowRefusal.NOT_YOUR_ROLE,)
    with pytest.raises(NotFound):
        service.say_week(running.placement.id, said, {}, by=stranger.actor, today=today)


def test_after_a_stop_only_the_days_before_it_are_said(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.STOPPED)
    after = placed.placement.last_day + timedelta(days=1)
    a_presence(placed.placement, placed.placement.starts_on)
    session.commit()
    with pytest.raises(Refused) as no:
        service.say_week(placed.placement.id, [SaidHalf(after, AM, HERE)], {}, by=placed.host.actor, today=today)
    assert no.value.reasons == (PresenceRefusal.OUTSIDE,)
    assert session.scalars(select(PresenceHalf.status)).all() == [HERE]
