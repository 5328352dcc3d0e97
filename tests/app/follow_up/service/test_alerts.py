"""An alert is seen, acted on and concluded by those who may, each act once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.follow_up.models import Alert, AlertStep, FollowUpTransition
from app.follow_up.queries.visible import the_one_to_act_on
from app.follow_up.rules.alert_acts import AlertRefusal
from app.follow_up.rules.kinds import AlertLevel, AlertOutcome, StopReason
from app.follow_up.rules.states import AlertAction, AlertState
from app.follow_up.service import alerts
from app.follow_up.service.stopping import stop
from tests.factories.alerts import TODAY, a_quiet_one, an_alert, covered
from tests.factories.follow_up import Followed, a_colleague
from tests.factories.people import somebody


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_quiet_one()
    session.commit()
    return made


@pytest.fixture
def alert(followed: Followed) -> Alert:
    made = an_alert(followed)
    db.session.commit()
    return made


Act = Callable[..., Alert]


@pytest.fixture
def do(followed: Followed, alert: Alert) -> Act:
    """An act on the alert as the referent, on the version it has now."""

    def done(act: Any, *args: Any, **options: Any) -> Alert:
        said = {"by": followed.referent.actor, "version": alert.version, "today": clock.today(), **options}
        found: Alert = act(alert.id, *args, **said)
        return found

    return done


def _steps() -> list[AlertAction]:
    return list(db.session.scalars(select(AlertStep.action).order_by(AlertStep.at)))


def test_an_alert_is_seen_acted_on_and_closed(do: Act, alert: Alert) -> None:
    assert do(alerts.acknowledge).state is AlertState.ACKNOWLEDGED
    assert do(alerts.act, "Appelé, il viendra samedi").state is AlertState.ACTED
    closed = do(alerts.close, AlertOutcome.SOLVED, "Un scooter prêté")
    assert (closed.state, closed.outcome, closed.closed_on) == (AlertState.CLOSED, AlertOutcome.SOLVED, TODAY)
    assert closed.acknowledged_on == TODAY
    assert _steps() == [AlertAction.ACKNOWLEDGE, AlertAction.ACT, AlertAction.CLOSE]


def test_an_act_on_an_unread_alert_reads_it(do: Act) -> None:
    assert do(alerts.act, "Appelé").acknowledged_on == TODAY


@pytest.mark.parametrize(
    ("act", "args"),
    [
        (alerts.acknowledge, ()),
        (alerts.act, ("Appelé",)),
        (alerts.close, (AlertOutcome.SOLVED, "")),
    ],
)
def test_an_act_sent_twice_is_one(do: Act, alert: Alert, act: Any, args: tuple[Any, ...]) -> None:
    do(act, *args, version=1)
    do(act, *args, version=1)
    assert len(_steps()) == 1


def test_another_act_over_an_old_page_is_stale(do: Act) -> None:
    do(alerts.acknowledge, version=1)
    with pytest.raises(StaleVersion):
        do(alerts.act, "Appelé", version=1)
    do(alerts.close, AlertOutcome.SOLVED, "")
    with pytest.raises(StaleVersion):
        do(alerts.close, AlertOutcome.MISTAKEN, "", version=2)


@pytest.mark.parametrize(
    ("act", "args", "reason", "field"),
    [
        (alerts.act, ("  ",), AlertRefusal.NO_WORDS, "words"),
        (alerts.close, (None, "Réglé"), AlertRefusal.NO_OUTCOME, "outcome"),
        (alerts.close, (AlertOutcome.WATCHED, ""), AlertRefusal.WATCHED_NO_WORDS, "words"),
        (alerts.close, (AlertOutcome.BROKEN, "Parti"), AlertRefusal.BREAK_FIRST, "outcome"),
    ],
)
def test_what_lacks_is_said_beside_its_field(
    do: Act, act: Any, args: tuple[Any, ...], reason: AlertRefusal, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        do(act, *args)
    assert refused.value.reasons == (reason,)
    assert refused.value.fields[reason] == field
    assert _steps() == []


def test_a_closed_alert_takes_no_more_acts(do: Act) -> None:
    do(alerts.close, AlertOutcome.MISTAKEN, "")
    with pytest.raises(Refused) as refused:
        do(alerts.act, "Appelé")
    assert refused.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_a_stop_closes_alerts_in_the_name_of_the_portal(followed: Followed, alert: Alert) -> None:
    stop(followed.follow_up.id, StopReason.REMOVED, by=followed.referent.actor, today=TODAY)
    db.session.refresh(alert)
    assert (alert.state, alert.outcome, alert.outcome_words) == (AlertState.CLOSED, AlertOutcome.ENDED, "")
    assert db.session.scalars(select(AlertStep.by_name)).all() == ["Le portail"]


def test_words_stay_with_the_alert(do: Act) -> None:
    do(alerts.act, "Un mot secret")
    do(alerts.close, AlertOutcome.WATCHED, "Un autre mot secret")
    assert "secret" not in " ".join(db.session.scalars(select(FollowUpTransition.words)))


def test_who_may_act_is_who_may_see(followed: Followed, alert: Alert, do: Act) -> None:
    manager, colleague = a_colleague(followed, manager=True), a_colleague(followed)
    cover, before = covered(followed, TODAY, TODAY), covered(followed, date(2026, 10, 1), date(2026, 11, 4))
    others = [followed.employer, followed.person, *(somebody(role) for role in Role if role is not Role.SYSTEM)]
    db.session.commit()
    for one in [manager, colleague, before, *others]:
        with pytest.raises(NotFound):
            do(alerts.acknowledge, by=one.actor)
    assert do(alerts.acknowledge, by=cover.actor).state is AlertState.ACKNOWLEDGED


def test_a_manager_acts_once_the_alert_rose(followed: Followed, do: Act, alert: Alert) -> None:
    manager = a_colleague(followed, manager=True)
    alert.level, alert.escalated_on = AlertLevel.MANAGER, TODAY
    db.session.commit()
    assert do(alerts.act, "Vu avec Claire", by=manager.actor).state is AlertState.ACTED


def test_only_the_alerts_asked_for_are_closed_with_a_job(followed: Followed, alert: Alert) -> None:
    other = an_alert(followed)
    db.session.commit()
    held = the_one_to_act_on(followed.referent.actor, followed.follow_up.id)
    alerts.close_all(held, followed.referent.actor, AlertOutcome.BROKEN, which=lambda one: one.id == other.id)
    assert (alert.state, other.state) == (AlertState.OPEN, AlertState.CLOSED)
