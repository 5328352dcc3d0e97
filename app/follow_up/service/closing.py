"""The six months end: somebody concludes. What everybody left alone is told, then closed without news."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

import structlog

from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.follow_up.labels.kinds import CLOSE_OUTCOMES
from app.follow_up.models import FollowUp
from app.follow_up.queries.alert_readers import readers_of
from app.follow_up.queries.endings import WARNED, ending_of, forgotten, works_of
from app.follow_up.queries.visible import the_one_to_act_on
from app.follow_up.rules.closing import CloseRefusal, close_refusals, closed_today, may_close, warned_today
from app.follow_up.rules.kinds import CloseOutcome
from app.follow_up.rules.states import FOLLOW_UP, FollowUpAction, FollowUpState
from app.follow_up.service import journal
from app.follow_up.service.endings import end_plans
from app.messages import service as messages

FIELDS: Final = {
    CloseRefusal.NO_OUTCOME: "outcome",
    CloseRefusal.NOT_KEPT: "outcome",
    CloseRefusal.STILL_AT_WORK: "outcome",
}
OPEN: Final = (FollowUpState.ACTIVE, FollowUpState.BROKEN)
FORGOTTEN: Final = "Clos par le portail : personne n’a donné de nouvelles depuis la fin des six mois"
TOLD: Final = "Les six mois sont passés : le suivi attend sa clôture"


@transaction
def close_follow_up(
    follow_up_id: UUID, outcome: CloseOutcome | None, words: str, *, by: Actor, version: int, today: date
) -> FollowUp:
    """Conclude. Visits left are called off, open alerts and links close. Sent twice, it is once.

    Raises NotFound, Refused (all reasons), StaleVersion.
    """
    follow_up = the_one_to_act_on(by, follow_up_id)
    if follow_up.version != version:
        said = (follow_up.state, follow_up.close_outcome, follow_up.close_words)
        if said == (FollowUpState.CLOSED, outcome, words.strip()):
            return follow_up
        raise StaleVersion({"version": follow_up.version})
    FOLLOW_UP.target(FollowUpAction.CLOSE, follow_up.state, by.role)
    allowed = may_close(follow_up.state, ending_of(follow_up).closing_on, follow_up.ends_on, today)
    reasons = close_refusals(outcome, works_of(follow_up, today), allowed=allowed)
    if outcome is None or reasons:
        raise Refused(reasons, FIELDS)
    _close(follow_up, outcome, words.strip(), by, today)
    return follow_up


def _close(follow_up: FollowUp, outcome: CloseOutcome, words: str, by: Actor, today: date, told: str = "") -> None:
    said = told or f"Suivi clos : {CLOSE_OUTCOMES[outcome].lower()}"
    journal.move(
        follow_up, FOLLOW_UP, FollowUpAction.CLOSE, by, follow_up_id=follow_up.id, subject="follow_up", words=said
    )
    follow_up.settled_on, follow_up.close_outcome, follow_up.close_words = today, outcome, words
    end_plans(follow_up, by)
    db.session.flush()


def close_forgotten(today: date) -> dict[str, int]:
    """The job of the day: tell whoever holds a follow-up that waits to be closed since 30 days; close it without news
    after 60, never sooner than 14 days after they were told. One that fails does not hold the others."""
    counts = {"warned": 0, "closed_without_news": 0, "failed": 0}
    for one in forgotten(today):
        if warned_today(one.ends_on, one.warned_on, today):
            counts[_surely(warn, one.id, "warned", today=today)] += 1
        elif closed_today(one.ends_on, one.warned_on, today):
            counts[_surely(close_without_news, one.id, "closed_without_news", today=today)] += 1
    return counts


def _surely(act: Callable[..., Any], follow_up_id: UUID, name: str, **options: Any) -> str:
    try:
        act(follow_up_id, **options)
    except Exception:  # noqa: BLE001 - the edge of a batch: one follow-up must not hold the others
        structlog.get_logger().exception("follow-up neither told nor closed", follow_up=str(follow_up_id))
        return "failed"
    return name


@transaction
def warn(follow_up_id: UUID, *, today: date) -> None:
    """A line of the journal, and a message to whoever holds it, once."""
    follow_up = _still_open(follow_up_id)
    journal.log(follow_up.id, "follow_up", follow_up.id, WARNED, SYSTEM, words=TOLD)
    held = (follow_up.referent_id, follow_up.referent_organisation_id)
    for to in readers_of([follow_up], today).to_open(*held):
        messages.queue(
            "follow_up_to_close",
            to,
            about=("follow_up", follow_up.id),
            key=f"follow_up_to_close:{follow_up.id}:{to.user_id}",
            person=follow_up.candidate.short_name,
            ends_on=follow_up.ends_on,
            url=messages.link_to("follow_up.closing", follow_up_id=follow_up.id),
        )


@transaction
def close_without_news(follow_up_id: UUID, *, today: date) -> None:
    """Nobody said how it ended: neither does the portal."""
    _close(_still_open(follow_up_id), CloseOutcome.NO_NEWS, "", SYSTEM, today, told=FORGOTTEN)


def _still_open(follow_up_id: UUID) -> FollowUp:
    follow_up = the_one_to_act_on(SYSTEM, follow_up_id)
    if follow_up.state not in OPEN:
        raise NotFound
    return follow_up
