"""What waits after events: tasks late or due this week, results to complete; one statement."""

from datetime import date

import pytest
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.events.queries.todo import to_do_for
from app.events.rules.kinds import EventKind, ReviewMonth
from app.events.rules.states import EventState, TaskState
from app.events.service import reviews
from tests.app.events.service.test_reviews import HELD
from tests.app.events.service.test_tasks import a_task
from tests.conftest import Statements
from tests.factories.events import an_event
from tests.factories.people import Somebody, somebody


@pytest.fixture
def owner(session: scoped_session, today: date) -> Somebody:
    return somebody(Role.EMPLOYER)


def _lines(who: Somebody, today: date) -> list[tuple[str, str]]:
    return [(item.title.replace("\u00a0", " "), item.endpoint) for item in to_do_for(who.actor, today)]


def test_mine_and_those_that_nobody_has_are_grouped_by_their_day(
    owner: Somebody, session: scoped_session, today: date, statements: Statements
) -> None:
    staged = an_event(EventKind.SPEED_DATING)
    colleague = somebody(Role.EMPLOYER, owner.organisation)
    a_task(staged, owner, days=-3)
    a_task(staged, owner, days=-1, owner_id=None)
    a_task(staged, owner, days=0)
    a_task(staged, owner, days=8)
    a_task(staged, colleague, days=-1)
    a_task(staged, owner, days=-1, state=TaskState.DROPPED)
    session.commit()
    statements.clear()
    assert _lines(owner, today) == [
        ("2 actions en retard après une rencontre", "events.tasks"),
        ("1 action à mener cette semaine", "events.tasks"),
    ]
    assert len(statements) == 1
    assert _lines(somebody(Role.EMPLOYER), today) == []


def test_results_are_asked_of_the_organisation_of_the_event_until_they_are_completed(
    session: scoped_session, today: date
) -> None:
    staged = an_event(EventKind.FORUM, state=EventState.CLOSED, starts_at=HELD)
    department = somebody(Role.DEPARTMENT)
    session.commit()
    reviews.count_reviews(today)
    assert _lines(staged.organiser, today) == [("1 bilan d’événement à compléter", "events.review")]
    assert _lines(department, today) == []
    said = {"hires": 0, "placements": 0, "partnerships": 0}
    reviews.say(staged.event.id, ReviewMonth.MONTH_3, **said, words="", by=staged.organiser.actor)
    assert _lines(staged.organiser, today) == []


def test_a_person_and_an_administrator_have_none(session: scoped_session, today: date) -> None:
    assert _lines(somebody(Role.CANDIDATE), today) == []
    assert _lines(somebody(Role.ADMINISTRATOR), today) == []
