"""Weak signals become alerts, once; managers learn of those left alone; people look, act and conclude."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor
from app.core.transaction import transaction
from app.follow_up.labels.kinds import ALERT_OUTCOMES
from app.follow_up.models import Alert, AlertStep, FollowUp
from app.follow_up.queries.visible import alerts_visible_to, the_one_to_act_on
from app.follow_up.rules.alert_acts import AlertRefusal, act_refusals
from app.follow_up.rules.kinds import AlertOutcome
from app.follow_up.rules.states import ALERT, AlertAction, AlertState
from app.follow_up.service import journal
from app.follow_up.service.alert_noticing import Noticed, refresh, refresh_all

__all__ = ["Noticed", "acknowledge", "act", "close", "close_all", "refresh", "refresh_all"]

FIELDS = {
    AlertRefusal.NO_WORDS: "words",
    AlertRefusal.NO_OUTCOME: "outcome",
    AlertRefusal.WATCHED_NO_WORDS: "words",
    AlertRefusal.BREAK_FIRST: "outcome",
}


@transaction
def acknowledge(alert_id: UUID, *, by: Actor, version: int, today: date) -> Alert:
    """« J'ai vu ». Sent twice, it is once. Raises NotFound, Refused, StaleVersion."""
    alert, done = _to_act_on(alert_id, AlertAction.ACKNOWLEDGE, "", by, version)
    if not done:
        _step(alert, AlertAction.ACKNOWLEDGE, "", by, "Alerte vue")
        alert.acknowledged_on = alert.acknowledged_on or today
    return alert


@transaction
def act(alert_id: UUID, words: str, *, by: Actor, version: int, today: date) -> Alert:
    """Something was done, said in words. Sent twice, it is once. Raises NotFound, Refused, StaleVersion."""
    alert, done = _to_act_on(alert_id, AlertAction.ACT, words, by, version)
    if not done:
        _refuse(AlertAction.ACT, words, None, alert)
        _step(alert, AlertAction.ACT, words, by, "Alerte : une action est notée")
        alert.acknowledged_on = alert.acknowledged_on or today
    return alert


@transaction
def close(alert_id: UUID, outcome: AlertOutcome | None, words: str, *, by: Actor, version: int, today: date) -> Alert:
    """How it ended. That the job is lost is recorded as a break, which closes the alert itself.

    Raises NotFound, Refused (all reasons), StaleVersion.
    """
    alert, done = _to_act_on(alert_id, AlertAction.CLOSE, words, by, version)
    if done and alert.outcome is outcome:
        return alert
    if done:
        raise StaleVersion(theirs_of(alert))
    _refuse(AlertAction.CLOSE, words, outcome, alert)
    if outcome is not None:
        _conclude(alert, outcome, words, by, today)
    return alert


def close_all(
    follow_up: FollowUp,
    by: Actor,
    outcome: AlertOutcome = AlertOutcome.ENDED,
    *,
    which: Callable[[Alert], bool] = lambda _: True,
) -> Sequence[Alert]:
    """The follow-up stops, closes or breaks: what is open of it closes in the same act. Joins the caller's."""
    query = (
        select(Alert)
        .where(Alert.follow_up_id == follow_up.id, Alert.state != AlertState.CLOSED)
        .order_by(Alert.opened_on, Alert.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    closed = [alert for alert in db.session.scalars(query) if which(alert)]
    for alert in closed:
        _conclude(alert, outcome, "", by, clock.today())
    return closed


def theirs_of(alert: Alert) -> dict[str, object]:
    """What the row says now, for the page of two editors."""
    return {"version": alert.version, "outcome": alert.outcome.value if alert.outcome else None}


def _conclude(alert: Alert, outcome: AlertOutcome, words: str, by: Actor, today: date) -> None:
    alert.outcome, alert.outcome_words, alert.closed_on = outcome, words.strip(), today
    _step(alert, AlertAction.CLOSE, words, by, f"Alerte close : {ALERT_OUTCOMES[outcome].lower()}")


def _to_act_on(alert_id: UUID, action: AlertAction, words: str, by: Actor, version: int) -> tuple[Alert, bool]:
    """The alert that the actor sees, held with its follow-up until the act ends; and is this act there already?"""
    query = alerts_visible_to(by).where(Alert.id == alert_id)
    alert = db.session.scalars(query).one_or_none()
    if alert is None:
        raise NotFound
    follow_up = the_one_to_act_on(by, alert.follow_up_id)
    held = select(Alert).where(Alert.id == alert_id).with_for_update(of=Alert)
    db.session.scalars(held.execution_options(populate_existing=True)).one()
    alert.follow_up = follow_up
    if alert.version == version:
        return alert, False
    last = db.session.scalar(
        select(AlertStep).where(AlertStep.alert_id == alert.id).order_by(AlertStep.at.desc(), AlertStep.id).limit(1)
    )
    said = (action, words.strip(), by.user_id)
    if last is None or (last.action, last.words, last.by_user_id) != said:
        raise StaleVersion(theirs_of(alert))
    return alert, True


def _refuse(action: AlertAction, words: str, outcome: AlertOutcome | None, alert: Alert) -> None:
    if reasons := act_refusals(action, words, outcome, alert.follow_up.state):
        raise Refused(reasons, FIELDS)


def _step(alert: Alert, action: AlertAction, words: str, by: Actor, told: str) -> None:
    """The words stay with the alert: the journal only says that something was done."""
    journal.move(alert, ALERT, action, by, follow_up_id=alert.follow_up_id, subject="alert", words=told)
    db.session.add(
        AlertStep(alert_id=alert.id, action=action, words=words.strip(), by_user_id=by.user_id, by_name=by.name)
    )
