"""The morning of the follow-ups: what it did is counted, and a second run finds nothing."""

from datetime import date

from sqlalchemy.orm import scoped_session

from app.follow_up import jobs
from tests.factories.alerts import TODAY, a_quiet_one, absent


def test_the_day_is_planned_once(session: scoped_session, today: date) -> None:
    loud, forgotten = a_quiet_one(), a_quiet_one(date(2026, 3, 2))
    absent(loud, date(2026, 10, 24), date(2026, 10, 31))
    session.commit()
    nothing = {"opened": 0, "escalated": 0, "warned": 0, "closed_without_news": 0, "failed": 0}
    assert forgotten.follow_up.ends_on < TODAY
    assert jobs.plan_day(TODAY) == {**nothing, "opened": 1, "warned": 1}
    assert jobs.plan_day(TODAY) == nothing
