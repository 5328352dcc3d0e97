"""Every weak signal opens one alert, once, and the manager learns of it on its day; their neighbours open nothing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses.rules.states import ReportState
from app.core.db import db
from app.follow_up.models import Alert, FollowUpTransition
from app.follow_up.rules.kinds import (
    AlertKind,
    AlertLevel,
    AlertOutcome,
    CloseOutcome,
    JobPlan,
    StopReason,
    VisitKind,
    VoiceSide,
)
from app.follow_up.rules.states import AlertState, FollowUpState, VisitState
from app.follow_up.service import alerts
from app.follow_up.service.alert_noticing import Noticed
from app.messages.models import Message
from tests.factories.alerts import TODAY, a_quiet_one, absent, called, covered
from tests.factories.clauses import a_line, a_report, a_site, an_employment
from tests.factories.follow_up import Followed, a_colleague
from tests.factories.people import Somebody

DAY = timedelta(days=1)


def _refreshed(followed: Followed, today: date = TODAY) -> list[AlertKind]:
    """The kinds of the alerts there are, after a look at the facts."""
    db.session.commit()
    alerts.refresh([followed.follow_up.id], today)
    return list(db.session.scalars(select(Alert.kind).where(Alert.follow_up_id == followed.follow_up.id)))


def _letters(kind: str) -> list[str]:
    return list(db.session.scalars(select(Message.to_name).where(Message.kind == kind)))


@pytest.fixture
def quiet(session: scoped_session, today: date) -> Followed:
    return a_quiet_one()


def test_a_follow_up_that_goes_well_has_no_alert(quiet: Followed) -> None:
    assert _refreshed(quiet) == []


@pytest.mark.parametrize(("second", "kinds"), [(10, [AlertKind.TWO_ABSENCES]), (11, [])])
def test_two_absences_within_ten_days_are_one_alert(quiet: Followed, second: int, kinds: list[AlertKind]) -> None:
    absent(quiet, date(2026, 10, 1), date(2026, 10, second), side=VoiceSide.PERSON)
    assert _refreshed(quiet) == kinds


@pytest.mark.parametrize(
    ("late", "level"), [(8, None), (9, AlertLevel.REFERENT), (15, AlertLevel.REFERENT), (16, AlertLevel.MANAGER)]
)
def test_a_visit_late_is_for_the_referent_then_for_the_manager(
    quiet: Followed, late: int, level: AlertLevel | None
) -> None:
    visit = quiet.visits[VisitKind.MONTH_1]
    visit.state, visit.met_on, visit.planned_on = VisitState.PLANNED, None, TODAY - late * DAY
    kinds = _refreshed(quiet)
    assert kinds == ([] if level is None else [AlertKind.VISIT_LATE])
    assert db.session.scalar(select(Alert.level)) is level


def _two_calls(followed: Followed, *answered: bool) -> None:
    for rank, one in enumerate(answered):
        called(followed, date(2026, 11, 2) + rank * DAY, answered=one)


@pytest.mark.parametrize(
    ("answers", "kinds"),
    [
        ((False,), []),
        ((False, False), [AlertKind.NO_ANSWER]),
        ((False, True, False), []),
        ((False, False, True), []),
    ],
)
def test_two_contacts_without_answer_in_a_row_are_an_alert(
    quiet: Followed, answers: tuple[bool, ...], kinds: list[AlertKind]
) -> None:
    _two_calls(quiet, *answers)
    assert _refreshed(quiet) == kinds


def test_a_missed_visit_is_a_contact_without_answer(quiet: Followed) -> None:
    visit = quiet.visits[VisitKind.MONTH_1]
    visit.state, visit.met_on = VisitState.ABSENT, date(2026, 11, 3)
    called(quiet, date(2026, 11, 4))
    assert _refreshed(quiet) == [AlertKind.NO_ANSWER]


@pytest.mark.parametrize(("days", "kinds"), [(9, []), (8, [AlertKind.TRIAL_WITHOUT_VISIT]), (-1, [])])
def test_a_trial_that_ends_in_eight_days_without_a_visit_is_an_alert(
    quiet: Followed, days: int, kinds: list[AlertKind]
) -> None:
    quiet.job.trial_ends_on = TODAY + days * DAY
    visit = quiet.visits[VisitKind.MONTH_1]
    visit.state, visit.met_on, visit.planned_on = VisitState.PLANNED, None, TODAY
    assert _refreshed(quiet) == kinds


def test_a_visit_held_is_enough_before_the_end_of_a_trial(quiet: Followed) -> None:
    quiet.job.trial_ends_on = TODAY + 3 * DAY
    assert _refreshed(quiet) == []


@pytest.mark.parametrize(
    ("days", "plan", "kinds"),
    [
        (31, None, []),
        (30, None, [AlertKind.END_WITHOUT_PLAN]),
        (30, JobPlan.RENEWED, []),
        (0, None, [AlertKind.END_WITHOUT_PLAN]),
    ],
)
def test_a_job_that_ends_in_thirty_days_without_a_plan_is_an_alert(
    quiet: Followed, days: int, plan: JobPlan | None, kinds: list[AlertKind]
) -> None:
    quiet.job.end_on = TODAY + days * DAY
    quiet.job.plan, quiet.job.planned_on = plan, plan and TODAY
    assert _refreshed(quiet) == kinds


def _hours(
    followed: Followed, september: str | None, october: str | None, *, week: int = 35, state: Any = ReportState.DECLARED
) -> None:
    """What the firm of the job declared for the clauses."""
    site = a_site()
    firm = followed.employer.organisation
    assert firm is not None
    work = an_employment(
        site.holder, followed.person.candidate, employer_name=firm.name, employer_key=firm.name.lower(),
        started_on=date(2026, 9, 1), hours_week=Decimal(week),
    )  # fmt: skip
    for month, hours in ((date(2026, 9, 1), september), (date(2026, 10, 1), october)):
        if hours is not None:
            a_line(a_report(site.holder, month, state), work, hours)


@pytest.mark.parametrize(
    ("september", "october", "kinds"),
    [
        ("100", "100", [AlertKind.LOW_HOURS]),
        ("100", "121.34", []),
        ("140", "100", []),
        ("100", None, []),
    ],
)
def test_hours_below_four_fifths_two_months_running_are_an_alert(
    quiet: Followed, september: str | None, october: str | None, kinds: list[AlertKind]
) -> None:
    _hours(quiet, september, october)
    assert _refreshed(quiet) == kinds


def test_hours_that_nobody_declared_yet_say_nothing(quiet: Followed) -> None:
    _hours(quiet, "100", "100", state=ReportState.DRAFT)
    assert _refreshed(quiet) == []


def test_hours_of_which_the_clauses_follow_a_part_of_the_week_say_nothing(quiet: Followed) -> None:
    _hours(quiet, "60", "60", week=20)
    assert _refreshed(quiet) == []


def test_hours_of_another_employer_say_nothing(quiet: Followed) -> None:
    _hours(quiet, "100", "100")
    quiet.job.organisation_id, quiet.job.employer_name = None, "Une autre maison"
    assert _refreshed(quiet) == []


# --- once, and never again for the same facts ---------------------------------------------------------------------


def test_a_second_look_the_same_day_or_later_opens_and_tells_nothing_more(quiet: Followed) -> None:
    absent(quiet, date(2026, 10, 24), date(2026, 10, 31))
    _refreshed(quiet)
    assert alerts.refresh([quiet.follow_up.id], TODAY) == Noticed()
    assert alerts.refresh([quiet.follow_up.id], TODAY + DAY) == Noticed()
    assert len(_letters("alert_opened")) == 1


def test_what_was_closed_never_opens_again_for_the_same_facts(quiet: Followed) -> None:
    absent(quiet, date(2026, 10, 24), date(2026, 10, 31))
    _refreshed(quiet)
    alert = db.session.scalars(select(Alert)).one()
    alerts.close(alert.id, AlertOutcome.SOLVED, "", by=quiet.referent.actor, version=1, today=TODAY)
    assert len(_refreshed(quiet, TODAY + DAY)) == 1
    assert db.session.scalars(select(Alert)).one().state is AlertState.CLOSED


def test_a_day_declared_late_joins_the_open_alert_that_it_touches(quiet: Followed) -> None:
    absent(quiet, date(2026, 10, 24), date(2026, 10, 31))
    _refreshed(quiet)
    absent(quiet, date(2026, 10, 22))
    assert _refreshed(quiet) == [AlertKind.TWO_ABSENCES]
    days = db.session.scalars(select(Alert)).one().facts["days"]
    assert days == ["2026-10-22", "2026-10-24", "2026-10-31"]


def test_a_new_absence_after_the_window_is_another_alert(quiet: Followed) -> None:
    absent(quiet, date(2026, 10, 1), date(2026, 10, 2))
    _refreshed(quiet)
    absent(quiet, date(2026, 10, 20), date(2026, 10, 21))
    assert _refreshed(quiet) == [AlertKind.TWO_ABSENCES] * 2


@pytest.mark.parametrize("state", [FollowUpState.BROKEN, FollowUpState.CLOSED, FollowUpState.STOPPED])
def test_a_follow_up_that_does_not_go_on_opens_nothing(quiet: Followed, state: FollowUpState) -> None:
    absent(quiet, date(2026, 10, 24), date(2026, 10, 31))
    quiet.follow_up.state, quiet.follow_up.settled_on = state, TODAY
    quiet.follow_up.close_outcome = CloseOutcome.KEPT if state is FollowUpState.CLOSED else None
    quiet.follow_up.stop_reason = StopReason.DEATH if state is FollowUpState.STOPPED else None
    assert _refreshed(quiet) == []


# --- who is told, and when the manager learns ---------------------------------------------------------------------


def _manager(followed: Followed) -> Somebody:
    return a_colleague(followed, manager=True)


def test_the_referent_alone_is_told_when_an_alert_opens(quiet: Followed) -> None:
    _manager(quiet)
    absent(quiet, date(2026, 10, 24), date(2026, 10, 31))
    _refreshed(quiet)
    assert _letters("alert_opened") == [quiet.referent.user.full_name]
    assert _letters("alert_escalated") == []


@pytest.mark.parametrize(("ends", "told"), [(TODAY, True), (TODAY - DAY, False)])
def test_who_covers_the_referent_today_is_told_instead(quiet: Followed, ends: date, told: bool) -> None:
    colleague = covered(quiet, TODAY - 7 * DAY, ends)
    absent(quiet, date(2026, 10, 24), date(2026, 10, 31))
    _refreshed(quiet)
    assert _letters("alert_opened") == [(colleague if told else quiet.referent).user.full_name]


def test_without_a_referent_the_managers_of_the_team_are_told(quiet: Followed) -> None:
    manager = _manager(quiet)
    quiet.follow_up.referent_id = None
    absent(quiet, date(2026, 10, 24), date(2026, 10, 31))
    _refreshed(quiet)
    assert _letters("alert_opened") == [manager.user.full_name]


def test_the_letter_names_the_person_shortly_and_says_nothing_of_what_happened(quiet: Followed) -> None:
    absent(quiet, date(2026, 10, 24), date(2026, 10, 31))
    _refreshed(quiet)
    letter = db.session.scalars(select(Message).where(Message.kind == "alert_opened")).one()
    person = quiet.person.candidate
    assert person is not None
    text = f"{letter.subject}\n{letter.body}"
    assert f"{person.first_name} {person.last_name[0]}." in text
    assert person.last_name not in text
    assert not [word for word in ("absence", "octobre", "samedi", "Logistique") if word in text]
    assert "/suivis/alertes/" in letter.body


@pytest.mark.parametrize(("days", "level"), [(6, AlertLevel.REFERENT), (7, AlertLevel.MANAGER)])
def test_an_alert_left_unread_for_seven_days_goes_to_the_manager(quiet: Followed, days: int, level: AlertLevel) -> None:
    manager = _manager(quiet)
    absent(quiet, date(2026, 10, 24), date(2026, 10, 31))
    _refreshed(quiet)
    _refreshed(quiet, TODAY + days * DAY)
    alert = db.session.scalars(select(Alert)).one()
    assert alert.level is level
    assert _letters("alert_escalated") == ([manager.user.full_name] if level is AlertLevel.MANAGER else [])


def test_an_alert_that_was_read_in_time_stays_with_the_referent(quiet: Followed) -> None:
    absent(quiet, date(2026, 10, 24), date(2026, 10, 31))
    _refreshed(quiet)
    alert = db.session.scalars(select(Alert)).one()
    alerts.acknowledge(alert.id, by=quiet.referent.actor, version=1, today=TODAY)
    _refreshed(quiet, TODAY + 20 * DAY)
    assert db.session.scalars(select(Alert.level)).one() is AlertLevel.REFERENT


def test_a_late_visit_rises_though_it_was_read_but_not_once_it_is_held(quiet: Followed) -> None:
    visit = quiet.visits[VisitKind.MONTH_1]
    visit.state, visit.met_on, visit.planned_on = VisitState.PLANNED, None, TODAY - 9 * DAY
    _refreshed(quiet)
    alert = db.session.scalars(select(Alert)).one()
    alerts.acknowledge(alert.id, by=quiet.referent.actor, version=1, today=TODAY)
    _refreshed(quiet, TODAY + 6 * DAY)
    assert db.session.scalars(select(Alert.level)).one() is AlertLevel.REFERENT
    visit.state, visit.met_on = VisitState.HELD, TODAY
    _refreshed(quiet, TODAY + 7 * DAY)
    assert db.session.scalars(select(Alert.level)).one() is AlertLevel.REFERENT
    visit.state, visit.met_on = VisitState.PLANNED, None
    _refreshed(quiet, TODAY + 7 * DAY)
    assert db.session.scalars(select(Alert.level)).one() is AlertLevel.MANAGER


def test_the_journal_says_that_an_alert_opened_and_rose(quiet: Followed) -> None:
    absent(quiet, date(2026, 10, 24), date(2026, 10, 31))
    _refreshed(quiet)
    _refreshed(quiet, TODAY + 7 * DAY)
    said = select(FollowUpTransition.action).where(FollowUpTransition.subject == "alert")
    assert sorted(db.session.scalars(said)) == ["escalate", "open"]
