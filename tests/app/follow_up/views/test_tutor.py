"""The tutor's page, opened by anybody who holds the secret; the firm's pages, by those who are signed in."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.roles import Role
from app.follow_up.models import Absence, TutorLink, Voice
from app.follow_up.rules.kinds import VisitKind
from app.messages.models import Message
from tests.factories.follow_up import Followed, a_follow_up
from tests.factories.people import Somebody, somebody

ANSWERS = {"absences": "oui", "days": "31/10", "work_well_done": "oui", "see_again": "non", "words": "Je le garde"}
NEVER = ("personne-planté", "note-plantée", "Nomplanté", "RSA", "CAF de planté", "06 39 98 01 42")


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    candidate, place = made.follow_up.candidate, made.referent.organisation
    assert place is not None
    candidate.last_name, candidate.phone, candidate.own_words = "Nomplanté", "+33639980142", "personne-planté"
    place.name, place.phone = "CAF de planté", "+33199004400"
    visit = made.visits[VisitKind.MONTH_1]
    visit.report = "note-plantée"
    session.add(
        Voice(follow_up_id=made.follow_up.id, side="person", said_on=today, speaker="X", words="personne-planté")
    )
    session.commit()
    return made


@pytest.fixture
def secret(session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient]) -> str:
    """A link that was sent; nobody is signed in any more."""
    client = sign_in(followed.referent)
    assert client.post(f"/suivis/{followed.follow_up.id}/lien-tuteur", data={"channel": "email"}).status_code == 303
    with client.session_transaction() as cookie:
        cookie.clear()
    body = session.scalars(select(Message.body).where(Message.kind == "tutor_questions")).one()
    found = re.search(r"/tuteur/([\w-]+)", body)
    assert found is not None
    return found[1]


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def test_the_message_is_shown_before_it_leaves(
    followed: Followed, sign_in: Callable[[Somebody], FlaskClient], session: scoped_session
) -> None:
    client, address = sign_in(followed.referent), f"/suivis/{followed.follow_up.id}/lien-tuteur"
    person = f"{followed.follow_up.candidate.first_name} N."
    assert f"Trois questions sur le travail de {person}" in text(client.get(address))
    assert f"trois questions sur le travail de {person}, une minute" in text(client.get(f"{address}?voie=sms"))
    assert session.scalar(select(func.count()).select_from(TutorLink)) == 0


def test_a_tutor_without_any_address_is_not_asked_by_link(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    followed.job.tutor_email = followed.job.tutor_phone = None
    session.commit()
    client = sign_in(followed.referent)
    assert "Aucune adresse côté entreprise" in text(client.get(f"/suivis/{followed.follow_up.id}/lien-tuteur"))
    client.post(f"/suivis/{followed.follow_up.id}/lien-tuteur", data={"channel": "email"})
    assert session.scalar(select(func.count()).select_from(TutorLink)) == 0


def test_the_page_asks_three_questions_and_says_nothing_more_of_the_person(client: FlaskClient, secret: str) -> None:
    answer = client.get(f"/tuteur/{secret}")
    page = text(answer)
    assert answer.status_code == 200
    assert page.count("<legend>") == 3
    assert [words for words in NEVER if words in page] == []
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"  # over https a form without Referer is refused


def test_what_scans_mails_uses_nothing_up(client: FlaskClient, secret: str, session: scoped_session) -> None:
    for _ in range(5):
        assert client.head(f"/tuteur/{secret}").status_code == 200
        assert client.get(f"/tuteur/{secret}").status_code == 200
    assert session.scalars(select(TutorLink.used_at)).one() is None


def test_an_answer_is_thanked_and_the_link_is_used(client: FlaskClient, secret: str, session: scoped_session) -> None:
    answer = client.post(f"/tuteur/{secret}", data=ANSWERS)
    assert answer.status_code == 303
    assert "Vos réponses sont arrivées" in text(client.get(answer.headers["Location"]))
    for again in (client.get(f"/tuteur/{secret}"), client.post(f"/tuteur/{secret}", data=ANSWERS)):
        assert again.status_code == 410
        assert "Vous avez déjà répondu, merci" in text(again)
    assert session.scalars(select(Absence.on)).all() == [date(2026, 10, 31)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"work_well_done": ""}, "Répondez oui ou non."),
        ({"days": "bientôt"}, "« bientôt » n’est pas une date."),
        ({"days": "01/08/2026"}, "Une date est avant le début du travail."),
        ({"absences": "non"}, "Vous avez répondu « non » aux absences."),
        ({"days": "1/10, 2/10, 5/10, 6/10, 7/10, 8/10, 9/10"}, "Six dates au plus à la fois."),
        ({"words": "x" * 2001}, "C’est trop long"),
    ],
)
def test_a_form_that_is_wrong_keeps_the_words_and_the_link(
    client: FlaskClient, secret: str, session: scoped_session, wrong: dict[str, str], words: str
) -> None:
    answer = client.post(f"/tuteur/{secret}", data={**ANSWERS, **wrong})
    assert answer.status_code == 200
    assert words in text(answer)
    assert wrong.get("words", "Je le garde") in text(answer)
    assert client.post(f"/tuteur/{secret}", data=ANSWERS).status_code == 303


def test_a_link_that_has_expired_gives_the_phone_of_a_human(client: FlaskClient, secret: str) -> None:
    with clock.frozen(date(2026, 11, 20)):
        answer = client.get(f"/tuteur/{secret}")
    page = text(answer)
    assert answer.status_code == 410
    assert "Ce lien a expiré" in page
    assert 'href="tel:+33199004400"' in page
    assert [words for words in NEVER if words in page] == []


def test_a_secret_that_nobody_sent_is_not_found(client: FlaskClient, session: scoped_session, today: date) -> None:
    assert client.get("/tuteur/inconnu").status_code == 404
    assert client.post("/tuteur/inconnu", data=ANSWERS).status_code == 404


def test_a_firm_that_is_signed_in_answers_without_a_link(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    client = sign_in(followed.employer)
    page = text(client.get(f"/salaries-suivis/{followed.job.id}/questions"))
    assert [words for words in NEVER if words in page] == []
    assert client.post(f"/salaries-suivis/{followed.job.id}/questions", data=ANSWERS).status_code == 303
    assert session.scalars(select(Voice.words).where(Voice.side == "tutor")).all() == ["Je le garde"]


def test_a_firm_says_an_absence_and_is_never_asked_why(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    client = sign_in(followed.employer)
    page = text(client.get(f"/salaries-suivis/{followed.job.id}/absence"))
    assert [words for words in NEVER if words in page] == []
    assert "textarea" not in page
    for _ in range(2):
        assert client.post(f"/salaries-suivis/{followed.job.id}/absence", data={"days": "31/10"}).status_code == 303
    assert session.scalars(select(Absence.on)).all() == [date(2026, 10, 31)]


@pytest.mark.parametrize("page", ["questions", "absence"])
def test_another_firm_finds_nothing(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient], page: str
) -> None:
    other = somebody(Role.EMPLOYER)
    session.commit()
    assert sign_in(other).get(f"/salaries-suivis/{followed.job.id}/{page}").status_code == 404
