"""Reminders are rows: declared, changed by the département, obeyed by the jobs."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications import jobs as application_jobs
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Role
from app.messages import service as messages
from app.messages.models import Message, ReminderSetting
from app.messages.queries.reminders import MESSAGES_OF, reminder
from app.messages.rules import Recipient, ReminderKind
from app.messages.rules.reminders import REMINDERS
from app.messages.service.reminders import set_reminder
from app.offers import jobs as offer_jobs
from tests.factories.applications import a_market, kinds_of_messages, proposed, sent
from tests.factories.offers import OfferFactory
from tests.factories.people import somebody


def test_every_reminder_has_its_row_and_its_messages() -> None:
    assert set(REMINDERS) == set(ReminderKind) == set(MESSAGES_OF)


def test_as_declared_a_person_has_seven_days_and_an_employer_fifteen(session: scoped_session, today: date) -> None:
    market = a_market()
    assert proposed(market, today).answer_due_on == today + timedelta(days=7)
    other = a_market()
    assert sent(other, today).answer_due_on == today + timedelta(days=15)


def test_the_departement_changes_the_days(session: scoped_session, today: date) -> None:
    by = somebody(Role.DEPARTMENT).actor
    set_reminder(ReminderKind.PROPOSAL_UNANSWERED, days=10, active=True, by=by)
    set_reminder(ReminderKind.APPLICATION_UNANSWERED, days=21, active=True, by=by)

    assert proposed(a_market(), today).answer_due_on == today + timedelta(days=10)
    assert sent(a_market(), today).answer_due_on == today + timedelta(days=21)


def test_a_reminder_that_is_off_does_not_leave(session: scoped_session, today: date) -> None:
    application = proposed(a_market(), today)
    by = somebody(Role.DEPARTMENT).actor
    set_reminder(ReminderKind.PROPOSAL_UNANSWERED, days=None, active=False, by=by)
    due = today + timedelta(days=7)
    with clock.frozen(due):
        assert application_jobs.remind(due) == 0
        set_reminder(ReminderKind.PROPOSAL_UNANSWERED, days=None, active=True, by=by)
        assert application_jobs.remind(due) == 1
    assert "application_proposal_late" in kinds_of_messages(application)


@pytest.mark.parametrize(("days", "age", "asked"), [(30, 29, 0), (30, 30, 1), (45, 44, 0), (45, 45, 1)])
def test_old_offers_are_asked_about_after_the_days_set(
    session: scoped_session, today: date, days: int, age: int, asked: int
) -> None:
    set_reminder(ReminderKind.OFFER_STALE, days=days, active=True, by=somebody(Role.ADMINISTRATOR).actor)
    OfferFactory(published=True, confirmed_on=today - timedelta(days=age))

    assert offer_jobs.ask_employers(today) == asked


def test_a_row_whose_days_come_from_elsewhere_keeps_them(session: scoped_session) -> None:
    by = somebody(Role.DEPARTMENT).actor
    set_reminder(ReminderKind.HOURS_NOT_REPORTED, days=99, active=False, by=by)

    row = reminder(ReminderKind.HOURS_NOT_REPORTED)
    assert (row.days, row.active) == (REMINDERS[ReminderKind.HOURS_NOT_REPORTED].days, False)


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT])
def test_nobody_else_changes_them(session: scoped_session, sign_in: Any, role: Role) -> None:
    who = somebody(role)
    session.commit()
    with pytest.raises(NotFound):
        set_reminder(ReminderKind.VISIT_DUE, days=3, active=True, by=who.actor)
    assert sign_in(who).get("/rappels").status_code == 403


def test_the_page_shows_the_table_and_changes_a_row(session: scoped_session, sign_in: Any) -> None:
    browser = sign_in(somebody(Role.DEPARTMENT))
    page = browser.get("/rappels").text.replace("\u00a0", " ")
    assert page.count("<tr>") == len(REMINDERS) + 1
    assert "2 jours avant le rendez-vous" in page

    wrong = browser.post("/rappels/visit_due", data={"days": "4000", "active": "y"}).text
    assert "365" in wrong
    assert 'value="4000"' in wrong
    right = browser.post("/rappels/visit_due", data={"days": "3", "active": "y"}, follow_redirects=True)

    assert "3 jours avant le rendez-vous" in right.text.replace("\u00a0", " ")
    assert db.session.scalars(select(ReminderSetting)).one().days == 3
    assert browser.get("/rappels/rien").status_code == 404


def test_a_key_is_written_once(session: scoped_session) -> None:
    to = Recipient("A", email="a@b.fr")

    first = messages.queue("offer_stale", to, key="k", title="x", link="y", closes_on=date(2026, 1, 1))
    session.flush()
    again = messages.queue("offer_stale", to, key="k", title="x", link="y", closes_on=date(2026, 1, 1))

    assert first is not None
    assert again is None
    assert len(session.scalars(select(Message)).all()) == 1
