"""« Bilan »: both months, how the portal counted, and what the organiser adds."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.events.models import EventReview
from app.events.rules.kinds import EventKind, TaskResult
from app.events.rules.states import BookingState, EventState
from app.events.service.reviews import count_reviews
from app.follow_up.rules.kinds import FollowUpOrigin
from tests.app.events.service.test_reviews import HELD, a_done_task, a_hire_after
from tests.conftest import Statements
from tests.factories.applications import a_ready_person
from tests.factories.events import Staged, a_booking, an_event
from tests.factories.follow_up import a_follow_up
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Somebody], FlaskClient]


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


@pytest.fixture
def staged(session: scoped_session, today: date) -> Staged:
    return an_event(EventKind.JOB_DATING, state=EventState.CLOSED, starts_at=HELD)


def test_the_figure_and_who_is_behind_it(staged: Staged, session: scoped_session, today: date, sign_in: SignIn) -> None:
    mine, elsewhere = a_ready_person(), a_ready_person()
    a_hire_after(staged, mine)
    a_hire_after(staged, elsewhere, table=2)
    assert mine.candidate is not None
    assert elsewhere.candidate is not None
    elsewhere.candidate.commune_insee = "91223"
    a_done_task(staged, TaskResult.PARTNERSHIP)
    session.commit()
    count_reviews(today)
    page = text(sign_in(staged.organiser).get(f"/evenements/{staged.event.id}/bilan/3"))
    assert mine.candidate.full_name in page
    assert elsewhere.candidate.full_name not in page
    assert "Une personne que vous n’accompagnez pas" in page
    assert "Compté le 5 novembre 2026" in page


def test_what_is_added_is_kept_and_shown_apart(
    staged: Staged, session: scoped_session, today: date, sign_in: SignIn
) -> None:
    a_hire_after(staged, a_ready_person())
    session.commit()
    count_reviews(today)
    client, address = sign_in(staged.organiser), f"/evenements/{staged.event.id}/bilan/3"
    wrong = text(client.post(address, data={"hires": "deux", "placements": "0", "partnerships": "0"}))
    assert "Écrivez un nombre" in wrong
    said = {"hires": "2", "placements": "1", "partnerships": "0", "words": "Deux firmes contentes"}
    assert client.post(address, data=said).status_code == 303
    row = session.scalars(select(EventReview)).one()
    assert (row.hires, row.other_hires, row.other_placements, row.words) == (1, 2, 1, "Deux firmes contentes")
    page = text(client.get(address))
    assert "1 + 2" in page
    assert "Deux firmes contentes" in page


def test_before_the_day_it_says_when(staged: Staged, session: scoped_session, sign_in: SignIn) -> None:
    session.commit()
    client = sign_in(staged.organiser)
    page = text(client.get(f"/evenements/{staged.event.id}/bilan/6"))
    assert "à partir du 5 février 2027" in page
    assert "Enregistrer le bilan" not in page
    too_soon = client.post(
        f"/evenements/{staged.event.id}/bilan/6", data={"hires": "1", "placements": "0", "partnerships": "0"}
    )
    assert "le jour n’est pas venu" in text(too_soon)
    assert client.get(f"/evenements/{staged.event.id}/bilan/4").status_code == 404


def test_an_employer_who_opened_its_doors_recognises_nobody(
    session: scoped_session, today: date, sign_in: SignIn
) -> None:
    employer, person = somebody(Role.EMPLOYER), a_ready_person()
    staged = an_event(EventKind.OPEN_DAY, organiser=employer, state=EventState.CLOSED, starts_at=HELD)
    a_booking(staged, person, BookingState.SEEN)
    a_follow_up(date(2026, 9, 1), person=person, origin=FollowUpOrigin.EVENT)
    session.commit()
    count_reviews(today)
    page = text(sign_in(employer).get(f"/evenements/{staged.event.id}/bilan/3"))
    assert "< 5" in page
    assert "Suivi ouvert" not in page
    assert person.candidate is not None
    assert person.candidate.last_name not in page


def test_strangers_do_not_read_it(staged: Staged, session: scoped_session, sign_in: SignIn) -> None:
    strangers = [somebody(Role.FACILITATOR), somebody(Role.EMPLOYER)]
    session.commit()
    for who in strangers:
        assert sign_in(who).get(f"/evenements/{staged.event.id}/bilan/3").status_code == 404


def test_the_page_costs_few_statements(
    staged: Staged, session: scoped_session, today: date, sign_in: SignIn, statements: Statements
) -> None:
    for rank in range(6):
        a_hire_after(staged, a_ready_person(), table=rank + 1)
    session.commit()
    count_reviews(today)
    client = sign_in(staged.organiser)
    statements.clear()
    client.get(f"/evenements/{staged.event.id}/bilan/3")
    assert len(statements) <= 12
