"""Those concerned hear of a visit to come, a late one, a job that ends: once, and never of why."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.roles import Role
from app.follow_up.models import Cover, FollowUp
from app.follow_up.queries import to_remind
from app.follow_up.rules.kinds import JobPlan, StopReason, VisitKind
from app.follow_up.rules.states import FollowUpState, VisitState
from app.follow_up.service.reminders import remind_all
from app.messages.models import Message
from app.messages.rules import Channel, ReminderKind
from app.messages.service.reminders import set_reminder
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import somebody

TRIAL_ENDS = date(2026, 11, 30)
VISIT = date(2026, 11, 23)


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """At work since 1 September; the next visit is Monday 23 November."""
    one = a_follow_up(trial_ends_on=TRIAL_ENDS)
    one.follow_up.candidate.phone = "+33639980142"
    for kind in (VisitKind.FIRST_CALL, VisitKind.MONTH_1):
        one.visits[kind].state, one.visits[kind].met_on = VisitState.HELD, one.visits[kind].planned_on
    session.flush()
    return one


def _told() -> dict[str, Message]:
    return {one.kind: one for one in db.session.scalars(select(Message).order_by(Message.created_at))}


def test_two_days_before_person_tutor_and_referent_are_told_once(followed: Followed) -> None:
    followed.visits[VisitKind.MONTH_3].planned_at = time(14)
    db.session.flush()

    assert remind_all(VISIT - timedelta(days=3))["visits_due"] == 0
    assert remind_all(VISIT - timedelta(days=2))["visits_due"] == 3
    assert remind_all(VISIT - timedelta(days=1))["visits_due"] == 0

    told = _told()
    assert set(told) == {"visit_due_person", "visit_due_tutor", "visit_due_referent"}
    person = told["visit_due_person"]
    assert (person.channel, person.to_address) == (Channel.SMS, "+33639980142")
    assert "lundi 23 novembre à 14\u00a0h" in person.body.replace(" 2026", "")
    assert told["visit_due_tutor"].to_address == "tutrice@exemple.fr"
    assert followed.follow_up.candidate.last_name not in told["visit_due_tutor"].body
    assert told["visit_due_referent"].to_user_id == followed.referent.user.id


def test_a_visit_moved_is_told_again(followed: Followed) -> None:
    remind_all(VISIT - timedelta(days=2))
    followed.visits[VisitKind.MONTH_3].planned_on = VISIT + timedelta(days=1)
    db.session.flush()

    assert remind_all(VISIT - timedelta(days=1))["visits_due"] == 3


def test_the_colleague_who_covers_is_told_instead(followed: Followed) -> None:
    cover = a_colleague(followed)
    db.session.add(
        Cover(
            organisation_id=followed.follow_up.referent_organisation_id,
            absent_id=followed.referent.user.id,
            cover_id=cover.user.id,
            first_day=VISIT - timedelta(days=2),
            last_day=VISIT,
        )
    )
    db.session.flush()

    remind_all(VISIT - timedelta(days=2))

    assert _told()["visit_due_referent"].to_user_id == cover.user.id


@pytest.mark.parametrize(("days", "told"), [(2, 0), (3, 1), (30, 1)])
def test_a_visit_three_days_late_is_recalled_to_the_referent(followed: Followed, days: int, told: int) -> None:
    assert remind_all(VISIT + timedelta(days=days))["visits_late"] == told
    assert remind_all(VISIT + timedelta(days=days))["visits_late"] == 0


def test_the_end_of_a_job_is_told_thirty_days_before(session: scoped_session, today: date) -> None:
    end = date(2027, 4, 30)
    one = a_follow_up(date(2026, 11, 2), end_on=end)

    assert remind_all(end - timedelta(days=31))["jobs_end"] == 0
    assert remind_all(end - timedelta(days=30))["jobs_end"] == 2
    assert remind_all(end - timedelta(days=29))["jobs_end"] == 0
    told = {m.kind: m.to_user_id for m in session.scalars(select(Message).where(Message.kind.startswith("job_ends")))}
    assert told == {"job_ends_referent": one.referent.user.id, "job_ends_employer": one.employer.user.id}


def test_a_job_with_a_plan_asks_nothing(session: scoped_session, today: date) -> None:
    end = date(2027, 4, 30)
    a_follow_up(date(2026, 11, 2), end_on=end, job={"plan": JobPlan.RENEWED, "planned_on": today})

    assert remind_all(end - timedelta(days=10))["jobs_end"] == 0


def test_a_stopped_follow_up_reminds_nobody(followed: Followed) -> None:
    followed.follow_up.state, followed.follow_up.stop_reason = FollowUpState.STOPPED, StopReason.DEATH
    followed.follow_up.settled_on = VISIT
    db.session.flush()

    assert set(remind_all(VISIT + timedelta(days=5)).values()) == {0}


def test_a_reminder_turned_off_does_not_leave(followed: Followed) -> None:
    set_reminder(ReminderKind.VISIT_DUE, days=None, active=False, by=somebody(Role.DEPARTMENT).actor)

    assert remind_all(VISIT - timedelta(days=1))["visits_due"] == 0


def test_without_a_referent_the_managers_of_the_place_are_told(followed: Followed) -> None:
    manager = a_colleague(followed, manager=True)
    followed.follow_up.referent_id = None
    db.session.flush()
    db.session.expire(followed.follow_up)

    remind_all(VISIT - timedelta(days=2))

    assert _told()["visit_due_referent"].to_user_id == manager.user.id


def test_a_follow_up_stopped_while_the_reminders_are_read_reminds_nobody(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = to_remind.visits_due

    def then_stopped(*asked: Any) -> Any:
        rows = find(*asked)
        db.session.execute(
            update(FollowUp).values(
                state=FollowUpState.STOPPED, stop_reason=StopReason.DEATH, settled_on=VISIT - timedelta(days=2)
            )
        )
        return rows

    monkeypatch.setattr(to_remind, "visits_due", then_stopped)
    remind_all(VISIT - timedelta(days=2))

    assert _told() == {}


@pytest.mark.parametrize(("last_day", "told"), [(VISIT, 3), (VISIT - timedelta(days=1), 2)])
def test_the_tutor_of_a_job_whose_end_is_known_is_told_until_its_last_day(
    followed: Followed, last_day: date, told: int
) -> None:
    followed.job.ended_on = last_day
    db.session.flush()

    assert remind_all(VISIT - timedelta(days=2))["visits_due"] == told
    assert ("visit_due_tutor" in _told()) is (told == 3)
