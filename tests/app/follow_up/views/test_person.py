"""The person's two pages: how things go, a day away. Nothing of what the tutor said is on them."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.models import Absence, Voice
from app.follow_up.rules.kinds import VoiceSide
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_follow_up
from tests.factories.people import Somebody, somebody

PAGES = ("/mon-travail/dire", "/mon-travail/absence")


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    session.add(
        Voice(follow_up_id=made.follow_up.id, side=VoiceSide.TUTOR, said_on=today, speaker="X", words="tuteur-planté")
    )
    session.commit()
    return made


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_plain_show_a_human_and_no_word_of_the_tutor(
    followed: Followed, sign_in: Callable[[Somebody], FlaskClient], statements: Statements, page: str
) -> None:
    client = sign_in(followed.person)
    statements.clear()
    shown = text(client.get(page))
    assert len(statements) <= 12
    assert 'href="tel:' in shown
    assert 'class="plain' in shown
    assert "tuteur-planté" not in shown


def test_the_person_says_how_things_go(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    client = sign_in(followed.person)
    missing = client.post("/mon-travail/dire", data={"words": "Le bus du samedi"})
    assert "Choisissez une réponse." in text(missing)
    assert "Le bus du samedi" in text(missing)

    answer = client.post("/mon-travail/dire", data={"mood": "hard", "words": "Le bus du samedi"})

    assert answer.status_code == 303
    voice = session.scalars(select(Voice).where(Voice.side == VoiceSide.PERSON)).one()
    assert voice.words == "C’est difficile.\nLe bus du samedi"


def test_the_person_says_a_day_and_nothing_else_is_asked(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    client = sign_in(followed.person)
    shown = text(client.get("/mon-travail/absence"))
    assert "textarea" not in shown
    assert 'value="05/11/2026"' in shown
    assert client.post("/mon-travail/absence", data={"day": "06/11/2026"}).status_code == 303
    absence = session.scalars(select(Absence)).one()
    assert (absence.on, absence.side) == (date(2026, 11, 6), VoiceSide.PERSON)


def test_a_day_that_is_too_far_is_refused_beside_its_field(
    followed: Followed, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    shown = text(sign_in(followed.person).post("/mon-travail/absence", data={"day": "06/12/2026"}))
    assert "Une date est trop loin : 30 jours à l’avance au plus." in shown
    assert 'value="06/12/2026"' in shown


@pytest.mark.parametrize("page", PAGES)
def test_somebody_with_two_jobs_chooses_one(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient], page: str
) -> None:
    a_follow_up(date(2026, 10, 1), person=followed.person, job={"title": "Cariste"})
    session.commit()
    shown = text(sign_in(followed.person).get(page))
    assert "Quel travail ?" in shown
    assert "Cariste" in shown


@pytest.mark.parametrize("page", PAGES)
def test_somebody_who_is_not_followed_finds_nothing(
    session: scoped_session, today: date, sign_in: Callable[[Somebody], FlaskClient], page: str
) -> None:
    person = somebody(Role.CANDIDATE)
    session.commit()
    assert sign_in(person).get(page).status_code == 404
