"""The pages of a visit: prepared, reported on a phone, corrected; who may open them and at what cost."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.models import Alert, Visit, Voice
from app.follow_up.rules.kinds import AlertKind, VisitKind, VoiceSide
from app.follow_up.rules.states import VisitState
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody, somebody

TUTOR, PERSON, NOTES = "tuteur-planté", "personne-planté", "note-plantée"
SENT = {
    "version": "1",
    "action": "hold",
    "met_on": "05/11/2026",
    "mode": "place",
    "fits_offer": "oui",
    "tutor_words": TUTOR,
    "absences": "oui",
    "days": "24/10 et 31/10",
    "person_words": PERSON,
    "notes": NOTES,
    "next_words": "Le samedi",
}


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    session.commit()
    return made


@pytest.fixture
def as_referent(followed: Followed, sign_in: Callable[[Somebody], FlaskClient]) -> FlaskClient:
    return sign_in(followed.referent)


def address(followed: Followed, tail: str = "", kind: VisitKind = VisitKind.MONTH_3) -> str:
    return f"/suivis/visites/{followed.visits[kind].id}{tail}"


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def send(client: FlaskClient, followed: Followed, **values: str) -> Any:
    return client.post(address(followed, "/compte-rendu"), data={**SENT, **values})


def test_a_visit_is_prepared_with_what_was_said_last_time(
    session: scoped_session, followed: Followed, as_referent: FlaskClient
) -> None:
    as_referent.post(address(followed, "/compte-rendu", VisitKind.MONTH_1), data={**SENT, "met_on": "01/10/2026"})

    page = text(as_referent.get(address(followed)))

    for words in (TUTOR, PERSON, NOTES, "Le samedi", "samedi 31 octobre", "Sandrine Leroy", "01 99 00 44 55", "35 h"):
        assert words in page
    assert 'href="tel:+33199004455"' in page
    assert "L’essai se termine-t-il bientôt" in page
    assert "Noter la visite" in page


def test_what_a_visit_is_for_depends_on_its_kind(followed: Followed, as_referent: FlaskClient) -> None:
    pages = {kind: text(as_referent.get(address(followed, kind=kind))) for kind in sorted(followed.visits)}
    assert "Qui décide, et avant quelle date" in pages[VisitKind.MONTH_5]
    assert "Qui décide, et avant quelle date" not in pages[VisitKind.MONTH_1]


def test_a_report_is_typed_on_one_page_and_read_on_the_next(
    session: scoped_session, followed: Followed, as_referent: FlaskClient
) -> None:
    answer = send(as_referent, followed)
    assert answer.status_code == 303
    page = text(as_referent.get(answer.headers["Location"]))
    assert "Le compte rendu est enregistré." in page
    assert f'data-kept="{followed.referent.user.id} {address(followed, "/compte-rendu")}"' in page
    for words in (TUTOR, PERSON, NOTES, "Corriger le compte rendu"):
        assert words in page
    assert "data-kept" not in text(as_referent.get(answer.headers["Location"]))


def test_the_report_opens_on_today_and_the_next_working_day(followed: Followed, as_referent: FlaskClient) -> None:
    page = text(as_referent.get(address(followed, "/compte-rendu")))
    assert 'value="05/11/2026"' in page
    assert 'value="06/11/2026"' in page
    assert "data-keep=" in page
    assert "Et après ce contrat" not in page


def test_the_decision_is_asked_in_the_fifth_month_only(followed: Followed, as_referent: FlaskClient) -> None:
    assert "Et après ce contrat" in text(as_referent.get(address(followed, "/compte-rendu", VisitKind.MONTH_5)))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"action": ""}, "Dites si vous vous êtes parlé."),
        ({"met_on": "06/11/2026"}, "Ce jour n’est pas encore passé."),
        ({"met_on": "31/02/2026"}, "Cette date n’existe pas."),
        ({"days": "samedi dernier"}, "« samedi dernier » n’est pas une date."),
        ({"days": "24/10/2025"}, "Une date est avant le début du travail."),
        ({"action": "dance"}, "Choisissez une réponse de la liste."),
        ({"tutor_words": "x" * 4001}, "C’est trop long"),
    ],
)
def test_a_report_that_is_refused_keeps_what_was_typed(
    session: scoped_session, followed: Followed, as_referent: FlaskClient, wrong: dict[str, str], words: str
) -> None:
    answer = send(as_referent, followed, **wrong)
    page = text(answer)
    assert answer.status_code == 200
    assert words in page
    assert PERSON in page
    assert session.scalar(select(func.count()).select_from(Voice)) == 0


def test_a_report_sent_twice_is_one_and_a_different_one_shows_both(
    session: scoped_session, followed: Followed, as_referent: FlaskClient
) -> None:
    assert send(as_referent, followed).status_code == 303
    assert send(as_referent, followed).status_code == 303
    other = send(as_referent, followed, person_words="autres mots", action="hold")
    assert other.status_code == 409
    assert PERSON in text(other)
    assert "autres mots" in text(other)
    assert session.scalar(select(func.count()).select_from(Voice)) == 2


def test_what_the_page_of_two_reports_sends_again_is_a_correction(
    session: scoped_session, followed: Followed, as_referent: FlaskClient
) -> None:
    send(as_referent, followed)
    assert send(as_referent, followed, version="2", person_words="autres mots").status_code == 303
    words = session.scalars(select(Voice.words).where(Voice.side == VoiceSide.PERSON)).one()
    assert words == "autres mots"


def test_a_visit_reported_by_a_colleague_shows_its_report_instead_of_the_form(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    manager = a_colleague(followed, manager=True)
    session.commit()
    send(sign_in(followed.referent), followed)
    client = sign_in(manager)
    answer = client.get(address(followed, "/compte-rendu"))
    assert answer.status_code == 303
    page = text(client.get(answer.headers["Location"]))
    assert PERSON in page
    assert "Corriger le compte rendu" not in page


def test_a_visit_that_nobody_answered_asks_nothing_more(
    session: scoped_session, followed: Followed, as_referent: FlaskClient
) -> None:
    data = {"version": "1", "action": "note_no_answer", "met_on": "05/11/2026", "again_on": "06/11/2026"}
    answer = as_referent.post(address(followed, "/compte-rendu"), data=data)
    assert answer.status_code == 303
    planned = select(Visit.planned_on).where(Visit.kind == VisitKind.MONTH_3, Visit.state == VisitState.PLANNED)
    assert session.scalars(planned).all() == [date(2026, 11, 6)]


@pytest.mark.parametrize("tail", ["", "/compte-rendu"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("nobody", 302), ("referent elsewhere", 404), ("person", 403), ("employer", 403), ("department", 403)],
)
def test_the_pages_of_a_visit_are_for_those_who_accompany(
    client: FlaskClient,
    session: scoped_session,
    followed: Followed,
    sign_in: Callable[[Somebody], FlaskClient],
    who: str,
    status: int,
    tail: str,
) -> None:
    people = {
        "referent elsewhere": lambda: somebody(Role.REFERENT),
        "person": lambda: followed.person,
        "employer": lambda: followed.employer,
        "department": lambda: somebody(Role.DEPARTMENT),
    }
    if who in people:
        someone = people[who]()
        session.commit()
        sign_in(someone)
    assert client.get(address(followed, tail)).status_code == status


def test_a_colleague_reads_a_visit_and_is_offered_no_act(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    colleague = a_colleague(followed)
    session.commit()
    client = sign_in(colleague)
    page = text(client.get(address(followed)))
    assert "Noter la visite" not in page
    assert client.get(address(followed, "/compte-rendu")).status_code == 404


def test_an_alert_is_shown_to_the_referent_and_not_to_a_colleague(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    session.add(
        Alert(follow_up_id=followed.follow_up.id, kind=AlertKind.TWO_ABSENCES, key="k", opened_on=date(2026, 11, 3))
    )
    colleague = a_colleague(followed)
    session.commit()
    assert "Deux absences en 10 jours" in text(sign_in(followed.referent).get(address(followed)))
    assert "Deux absences en 10 jours" not in text(sign_in(colleague).get(address(followed)))


def test_pages_of_a_visit_cost_few_statements_however_long_its_story(
    session: scoped_session, followed: Followed, as_referent: FlaskClient, statements: Statements
) -> None:
    send(as_referent, followed)
    for tail in ("", "/compte-rendu"):
        statements.clear()
        assert as_referent.get(address(followed, tail)).status_code == 200
        assert len(statements) <= 12, tail
    statements.clear()
    as_referent.get(address(followed, "", VisitKind.MONTH_5))
    assert len(statements) <= 12
