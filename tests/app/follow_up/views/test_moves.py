"""The page that moves a visit, the one that adds one, the one that calls one off."""

from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.models import Visit
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.states import VisitState
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """A visit of the third month on Monday 23 November."""
    made = a_follow_up(trial_ends_on=date(2026, 11, 30))
    session.commit()
    return made


def address(followed: Followed, view: str = "deplacer", kind: VisitKind = VisitKind.MONTH_3) -> str:
    return f"/suivis/visites/{followed.visits[kind].id}/{view}"


def typed(followed: Followed, **values: str) -> dict[str, str]:
    version = str(followed.visits[VisitKind.MONTH_3].version)
    return {
        "on": "24/11/2026", "at": "14h", "minutes": "30", "mode": "place", "place": "", "with_tutor": "y",
        "reason": "Le tuteur est en congé", "agreed_with": "both", "version": version, **values,
    }  # fmt: skip


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True)).replace("\u00a0", " ")


def test_the_page_shows_the_other_dates_and_costs_few_statements(
    followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(followed.referent)
    statements.clear()
    page = client.get(address(followed))
    assert len(statements) <= 12
    text = text_of(page)
    assert "Fin d’essai : lundi 30 novembre" in text
    assert address(followed, kind=VisitKind.CLOSING) in text
    assert 'value="23/11/2026"' in text


def test_a_moved_visit_says_who_is_told_and_shows_why_on_its_page(followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.referent)
    answer = client.post(address(followed), data=typed(followed))
    assert answer.status_code == 303
    assert answer.location == f"/suivis/{followed.follow_up.id}"
    text = text_of(client.get(address(followed)))
    assert "Du lundi 23 novembre au mardi 24 novembre" in text
    assert "Le tuteur est en congé" in text
    assert "à 14 h" in text


def test_what_is_refused_stands_beside_its_field_and_input_is_kept(followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.referent)
    page = client.post(address(followed), data=typed(followed, on="11/11/2026", reason="", agreed_with=""))
    text = text_of(page)
    assert page.status_code == 200
    assert "Erreur" in text
    assert 'value="11/11/2026"' in text
    assert 'id="on-error"' in text
    assert 'id="reason-error"' in text
    assert 'id="agreed_with-error"' in text


def test_two_editors_meet_on_a_page(followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.referent)
    client.post(address(followed), data=typed(followed))
    page = client.post(address(followed), data=typed(followed, on="26/11/2026", version="1"))
    assert page.status_code == 409
    assert "24/11/2026" in text_of(page)
    assert "26/11/2026" in text_of(page)


def test_only_those_who_act_on_it_open_the_page(followed: Followed, sign_in: SignIn, session: scoped_session) -> None:
    colleague, manager = a_colleague(followed), a_colleague(followed, manager=True)
    department, stranger = somebody(Role.DEPARTMENT), somebody(Role.REFERENT)
    session.commit()
    expected = [
        (colleague, 404), (manager, 200), (department, 403), (stranger, 404), (followed.person, 403),
        (followed.employer, 403),
    ]  # fmt: skip
    for who, status in expected:
        assert sign_in(who).get(address(followed)).status_code == status


def test_a_visit_is_called_off_after_a_question(followed: Followed, sign_in: SignIn, session: scoped_session) -> None:
    client = sign_in(followed.referent)
    assert "Annuler la visite du lundi 23 novembre" in text_of(client.get(address(followed, "annuler")))
    version = str(followed.visits[VisitKind.MONTH_3].version)
    empty = client.post(address(followed, "annuler"), data={"version": version, "reason": " "})
    assert "Dites pourquoi." in text_of(empty)
    done = client.post(address(followed, "annuler"), data={"version": version, "reason": "Chantier fermé"})
    assert done.status_code == 303
    key = followed.visits[VisitKind.MONTH_3].id
    assert session.scalar(select(Visit.state).where(Visit.id == key)) is VisitState.CANCELLED
    assert "n’est plus à venir" in text_of(client.get(address(followed)))
    assert client.get(address(followed, "annuler")).status_code == 303


def test_an_extra_visit_is_added_with_its_hour(followed: Followed, sign_in: SignIn, session: scoped_session) -> None:
    client, row_id = sign_in(followed.referent), uuid4()
    url = f"/suivis/{followed.follow_up.id}/visite"
    assert 'value="extra"' in text_of(client.get(url))
    data = typed(followed, kind="extra", on="12/11/2026", row_id=str(row_id))
    for _ in range(2):
        assert client.post(url, data=data).status_code == 303
    visit = session.get_one(Visit, row_id)
    assert (visit.planned_on, visit.planned_at) == (date(2026, 11, 12), time(14))


def test_a_step_that_stands_is_not_offered_again(followed: Followed, sign_in: SignIn) -> None:
    page = sign_in(followed.referent).post(
        f"/suivis/{followed.follow_up.id}/visite", data=typed(followed, kind="closing", row_id=str(uuid4()))
    )
    assert "Choisissez une réponse de la liste." in text_of(page)
