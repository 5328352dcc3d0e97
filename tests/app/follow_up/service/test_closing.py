"""A human concludes the six months; what everybody forgot is told first, and closed without news long after."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.follow_up.models import Alert, FollowUpTransition, Visit
from app.follow_up.queries.endings import ending_of, works_of
from app.follow_up.rules.closing import CloseRefusal, suggested
from app.follow_up.rules.kinds import AlertOutcome, CloseOutcome, JobPlan, VisitKind
from app.follow_up.rules.states import FollowUpState, VisitState
from app.follow_up.service import closing
from app.follow_up.service.closing import close_follow_up, close_forgotten
from app.messages.models import Message
from tests.factories.alerts import a_quiet_one, an_alert
from tests.factories.follow_up import Followed, a_colleague, a_follow_up

START = date(2026, 5, 5)
"""Six months until 4 November 2026: over since yesterday."""
TODAY = date(2026, 11, 5)
DAY = timedelta(days=1)


@pytest.fixture
def over(session: scoped_session, today: date) -> Followed:
    made = a_quiet_one(START)
    session.commit()
    return made


def _close(followed: Followed, outcome: CloseOutcome = CloseOutcome.KEPT, **options: Any) -> Any:
    said = {"by": followed.referent.actor, "version": followed.follow_up.version, "today": clock.today(), **options}
    return close_follow_up(followed.follow_up.id, outcome, "Un bon bilan", **said)


def test_a_closing_concludes_and_calls_off_what_is_left(over: Followed) -> None:
    over.visits[VisitKind.CLOSING].state, over.visits[VisitKind.CLOSING].met_on = VisitState.PLANNED, None
    an_alert(over)
    db.session.commit()
    found = _close(over)
    assert (found.state, found.settled_on, found.close_outcome) == (FollowUpState.CLOSED, TODAY, CloseOutcome.KEPT)
    assert found.close_words == "Un bon bilan"
    assert over.visits[VisitKind.CLOSING].state is VisitState.CANCELLED
    assert db.session.scalars(select(Alert.outcome)).all() == [AlertOutcome.ENDED]


def test_a_closing_sent_twice_is_one_and_another_answer_is_stale(over: Followed) -> None:
    version = over.follow_up.version
    _close(over)
    assert _close(over, version=version).state is FollowUpState.CLOSED
    with pytest.raises(StaleVersion):
        _close(over, CloseOutcome.NO_NEWS, version=version)
    lines = select(func.count()).where(FollowUpTransition.action == "close", FollowUpTransition.subject == "follow_up")
    assert db.session.scalar(lines) == 1


@pytest.mark.parametrize(("closing_on", "refused"), [(TODAY + DAY, True), (TODAY, False), (TODAY - DAY, False)])
def test_before_the_end_it_waits_for_the_closing_visit(
    session: scoped_session, today: date, closing_on: date, refused: bool
) -> None:
    followed = a_quiet_one(date(2026, 5, 20))
    followed.visits[VisitKind.CLOSING].planned_on = closing_on
    session.commit()
    if not refused:
        assert _close(followed).state is FollowUpState.CLOSED
        return
    with pytest.raises(Refused) as error:
        _close(followed)
    assert error.value.reasons == (CloseRefusal.TOO_EARLY,)


def test_a_lost_job_may_be_closed_at_any_time_but_not_as_kept(session: scoped_session, today: date) -> None:
    followed = a_quiet_one()
    followed.follow_up.state, followed.follow_up.settled_on = FollowUpState.BROKEN, TODAY
    followed.job.ended_on = TODAY - DAY
    session.commit()
    with pytest.raises(Refused) as error:
        _close(followed)
    assert error.value.reasons == (CloseRefusal.NOT_KEPT,)
    assert _close(followed, CloseOutcome.TRAINING).close_outcome is CloseOutcome.TRAINING


def test_who_still_works_does_not_search(over: Followed) -> None:
    with pytest.raises(Refused) as error:
        _close(over, CloseOutcome.SEARCH)
    assert error.value.reasons == (CloseRefusal.STILL_AT_WORK,)


def test_a_colleague_does_not_close(over: Followed) -> None:
    colleague = a_colleague(over)
    db.session.commit()
    with pytest.raises(NotFound):
        _close(over, by=colleague.actor)


# --- what the facts suggest ---------------------------------------------------------------------------------------


def _suggested(followed: Followed) -> CloseOutcome | None:
    follow_up = followed.follow_up
    db.session.refresh(follow_up, ["jobs"])
    return suggested(follow_up.state, works_of(follow_up, TODAY), ending_of(follow_up).last_news, TODAY)


def test_who_was_seen_lately_in_the_same_job_is_suggested_kept(over: Followed) -> None:
    assert _suggested(over) is CloseOutcome.KEPT


def test_without_news_for_forty_five_days_nothing_is_suggested(over: Followed) -> None:
    for visit in over.visits.values():
        if visit.met_on and visit.met_on > TODAY - 46 * DAY:
            visit.state, visit.met_on = VisitState.CANCELLED, None
    assert _suggested(over) is None


def test_a_job_that_ended_with_a_plan_suggests_the_plan(over: Followed) -> None:
    over.job.end_on, over.job.plan, over.job.planned_on = TODAY - DAY, JobPlan.TRAINING, TODAY
    assert _suggested(over) is CloseOutcome.TRAINING


# --- what everybody forgot ----------------------------------------------------------------------------------------


def _forgotten(days_over: int) -> Followed:
    """A follow-up whose six months ended so many days ago, with nothing planned any more."""
    followed = a_follow_up(START)
    for visit in followed.visits.values():
        visit.state, visit.met_on = VisitState.HELD, visit.planned_on
    followed.follow_up.ends_on = TODAY - days_over * DAY
    db.session.commit()
    return followed


def _run(day: date) -> tuple[int, int]:
    counts = close_forgotten(day)
    assert counts["failed"] == 0
    return counts["warned"], counts["closed_without_news"]


@pytest.mark.parametrize(("days", "warned"), [(30, 0), (31, 1)])
def test_thirty_days_after_the_end_the_referent_is_told_once(
    session: scoped_session, today: date, days: int, warned: int
) -> None:
    followed = _forgotten(days)
    assert _run(TODAY) == (warned, 0)
    assert _run(TODAY) == (0, 0)
    told = db.session.scalars(select(Message.to_name).where(Message.kind == "follow_up_to_close")).all()
    assert told == [followed.referent.user.full_name] * warned


def test_sixty_days_after_the_end_it_closes_without_news(session: scoped_session, today: date) -> None:
    followed = _forgotten(31)
    _run(TODAY)
    assert _run(TODAY + 29 * DAY) == (0, 0)
    assert _run(TODAY + 30 * DAY) == (0, 1)
    assert (followed.follow_up.state, followed.follow_up.close_outcome) == (
        FollowUpState.CLOSED,
        CloseOutcome.NO_NEWS,
    )
    assert closing.FORGOTTEN in db.session.scalars(select(FollowUpTransition.words)).all()
    assert _run(TODAY + 31 * DAY) == (0, 0)


def test_it_never_closes_sooner_than_a_fortnight_after_somebody_was_told(session: scoped_session, today: date) -> None:
    _forgotten(150)
    assert _run(TODAY) == (1, 0)
    assert _run(TODAY + 13 * DAY) == (0, 0)
    assert _run(TODAY + 14 * DAY) == (0, 1)


def test_a_visit_still_to_come_keeps_it_open(session: scoped_session, today: date) -> None:
    followed = _forgotten(150)
    db.session.add(
        Visit(follow_up_id=followed.follow_up.id, kind=VisitKind.EXTRA, due_on=TODAY + DAY, planned_on=TODAY + DAY)
    )
    db.session.commit()
    assert _run(TODAY) == (0, 0)


def test_one_that_fails_does_not_hold_the_others(
    session: scoped_session, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = _forgotten(90), _forgotten(80)
    sound = closing.the_one_to_act_on

    def the_one(by: Any, follow_up_id: Any) -> Any:
        if follow_up_id == bad.follow_up.id:
            raise ArithmeticError("a datum that no rule foresaw")
        return sound(by, follow_up_id)

    bad_id, good_name = bad.follow_up.id, good.referent.user.full_name
    monkeypatch.setattr(closing, "the_one_to_act_on", the_one)
    assert bad_id
    assert close_forgotten(TODAY) == {"warned": 1, "closed_without_news": 0, "failed": 1}
    assert db.session.scalars(select(Message.to_name)).all() == [good_name]
