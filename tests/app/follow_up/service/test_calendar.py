"""The calendar is written once, computed again without touching what was agreed, called off as a whole."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import scoped_session

from app.follow_up.models import Visit
from app.follow_up.queries.visible import AROUND, the_follow_up
from app.follow_up.rules.calendar import ORDER, is_working_day, six_months_end
from app.follow_up.rules.kinds import MeetingMode, VisitKind
from app.follow_up.rules.states import VisitState
from app.follow_up.service import calendar
from tests.factories.follow_up import Followed, a_follow_up

A_YEAR = [date(2026, 1, 1) + timedelta(days=day) for day in range(0, 365, 9)]


def without_visits(starts_on: date, **values: object) -> Followed:
    followed = a_follow_up(starts_on, **values)  # type: ignore[arg-type]
    calendar.db.session.execute(delete(Visit).where(Visit.follow_up_id == followed.follow_up.id))
    calendar.db.session.expire_all()
    return followed


def planned(followed: Followed, today: date) -> dict[VisitKind, Visit]:
    found = the_follow_up(followed.referent.actor, followed.follow_up.id)
    return {visit.kind: visit for visit in calendar.plan_visits(found, today, followed.referent.actor)}


@pytest.mark.parametrize(
    ("start", "trial", "days"),
    [
        (date(2026, 1, 15), None, ["2026-01-22", "2026-02-16", "2026-04-15", "2026-06-15", "2026-07-13"]),
        (date(2026, 9, 1), date(2026, 11, 30), ["2026-09-08", "2026-10-01", "2026-11-23", "2027-02-01", "2027-02-26"]),
        (date(2027, 8, 31), None, ["2027-09-07", "2027-09-30", "2027-11-30", "2028-01-31", "2028-02-28"]),
        (date(2028, 2, 29), None, ["2028-03-07", "2028-03-29", "2028-05-29", "2028-07-31", "2028-08-28"]),
    ],
)
def test_worked_hires_have_their_dates(
    session: scoped_session, today: date, start: date, trial: date | None, days: list[str]
) -> None:
    visits = planned(without_visits(start, trial_ends_on=trial), start)
    assert [visits[kind].planned_on.isoformat() for kind in ORDER] == days
    assert all(visit.state is VisitState.PLANNED for visit in visits.values())


def test_hires_all_over_a_year_have_working_days_in_order_inside_the_six_months(
    session: scoped_session, today: date
) -> None:
    followed = without_visits(A_YEAR[0])
    for start in A_YEAR:
        follow_up = followed.follow_up
        follow_up.starts_on, follow_up.ends_on, follow_up.opened_on = start, six_months_end(start), start
        followed.job.start_on = start
        session.execute(delete(Visit).where(Visit.follow_up_id == follow_up.id))
        session.flush()
        session.expire_all()
        days = [visit.planned_on for visit in planned(followed, start).values()]
        assert len(days) == len(ORDER)
        assert days == sorted(set(days))
        assert all(is_working_day(day) for day in days)
        assert days[-1] <= six_months_end(start)


def test_steps_due_before_the_follow_up_was_opened_are_skipped(session: scoped_session, today: date) -> None:
    visits = planned(without_visits(date(2026, 9, 1), opened_on=today), today)
    states = [visits[kind].state for kind in ORDER]
    assert states == [VisitState.SKIPPED, VisitState.SKIPPED, *[VisitState.PLANNED] * 3]


def test_the_first_step_is_a_call_and_a_second_planning_writes_nothing(session: scoped_session, today: date) -> None:
    followed = without_visits(date(2026, 11, 2))
    first = planned(followed, today)
    again = planned(followed, today)
    assert first[VisitKind.FIRST_CALL].mode is MeetingMode.PHONE
    assert {visit.id for visit in first.values()} == {visit.id for visit in again.values()}


def recomputed(followed: Followed, today: date) -> list[Visit]:
    query = select(type(followed.follow_up)).where(type(followed.follow_up).id == followed.follow_up.id)
    found = calendar.db.session.scalars(query.options(*AROUND).execution_options(populate_existing=True)).one()
    return list(calendar.recompute(found, today, followed.referent.actor))


def test_another_end_of_trial_moves_only_its_step_and_calendars_see_it(session: scoped_session, today: date) -> None:
    followed = a_follow_up(date(2026, 10, 5))
    followed.job.trial_ends_on = date(2026, 12, 4)
    session.flush()
    moved = recomputed(followed, today)
    assert [(visit.kind, visit.planned_on, visit.sequence) for visit in moved] == [
        (VisitKind.MONTH_3, date(2026, 11, 26), 1)
    ]
    assert recomputed(followed, today) == []


def test_computing_again_leaves_what_was_agreed_held_or_missed(session: scoped_session, today: date) -> None:
    followed = a_follow_up(date(2026, 10, 5))
    visits = followed.visits
    visits[VisitKind.FIRST_CALL].state, visits[VisitKind.FIRST_CALL].met_on = VisitState.HELD, date(2026, 10, 12)
    visits[VisitKind.MONTH_1].planned_on, visits[VisitKind.MONTH_1].by_hand = date(2026, 11, 10), True
    followed.follow_up.starts_on, followed.follow_up.ends_on = date(2026, 10, 8), date(2027, 4, 7)
    followed.job.start_on = date(2026, 10, 8)
    session.flush()
    moved = {visit.kind: visit.planned_on for visit in recomputed(followed, today)}
    assert moved == {
        VisitKind.MONTH_3: date(2027, 1, 8),
        VisitKind.MONTH_5: date(2027, 3, 8),
        VisitKind.CLOSING: date(2027, 4, 7),
    }
    assert visits[VisitKind.MONTH_1].planned_on == date(2026, 11, 10)


def test_what_is_left_is_called_off_and_what_was_held_stays(session: scoped_session, today: date) -> None:
    followed = a_follow_up()
    held = followed.visits[VisitKind.FIRST_CALL]
    held.state, held.met_on = VisitState.HELD, held.planned_on
    session.flush()
    calendar.cancel_left(followed.follow_up, followed.referent.actor)
    states = {kind: visit.state for kind, visit in followed.visits.items()}
    assert states.pop(VisitKind.FIRST_CALL) is VisitState.HELD
    assert set(states.values()) == {VisitState.CANCELLED}
    assert {visit.sequence for kind, visit in followed.visits.items() if kind in states} == {1}


def test_a_missed_visit_is_tried_again_and_stays_as_it_was(session: scoped_session, today: date) -> None:
    followed = a_follow_up()
    missed = followed.visits[VisitKind.MONTH_1]
    missed.state, missed.met_on, missed.place = VisitState.ABSENT, missed.planned_on, "Atelier"
    session.flush()
    again = calendar.visit_again(missed, date(2026, 11, 9), followed.referent.actor)
    assert (again.kind, again.planned_on, again.place, again.by_hand) == (
        VisitKind.MONTH_1,
        date(2026, 11, 9),
        "Atelier",
        True,
    )
    assert missed.state is VisitState.ABSENT
