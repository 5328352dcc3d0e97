"""« Mes réponses » and the page of an application, as the person reads them."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.applications import service
from app.applications.models import Application, ApplicationNote
from app.applications.rules import ApplicationState, RefusalReason
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.applications import Market, a_market, agreed, hired, invited, proposed, sent
from tests.factories.candidates import mandate_for
from tests.factories.people import somebody

SignIn = Callable[..., None]
S = ApplicationState
MINE = "/mes-reponses"


@pytest.fixture
def market(session: scoped_session, today: date, sign_in: SignIn) -> Market:
    """The person is signed in."""
    made = a_market(posts=3)
    sign_in(made.person)
    return made


def _page(application: Application, end: str = "") -> str:
    return f"/candidatures/{application.id}{end}"


def _state(session: scoped_session, application: Application) -> ApplicationState:
    session.refresh(application)
    return application.state


def test_nothing_yet_says_what_to_do(client: FlaskClient, market: Market) -> None:
    page = client.get(MINE).text
    assert "Pas encore de réponse" in page
    assert "/offres-pour-moi" in page


def test_a_proposal_comes_first_with_its_reasons_and_its_last_day(
    client: FlaskClient, market: Market, today: date
) -> None:
    elsewhere = a_market()
    sent(elsewhere, today, market.person)
    proposed(market, today)

    page = client.get(MINE).text

    assert "Une offre attend votre réponse" in page
    assert "Vous avez déjà fait ce travail." in page
    assert f"{market.facilitator.user.full_name} a choisi cette offre pour vous" in page
    assert "Répondez avant le jeudi 12 novembre" in page
    assert "Dire non ne change rien pour vous" in page
    assert page.index("Oui, cette offre m’intéresse") < page.index("Envoyée à l’entreprise")
    assert ">88<" not in page  # never a score
    assert "Score" not in page


def test_yes_and_what_happens_next(client: FlaskClient, session: scoped_session, market: Market, today: date) -> None:
    application = proposed(market, today)

    answer = client.post(_page(application, "/etat/oui"), data={"version": application.version}, follow_redirects=True)

    assert _state(session, application) is S.AGREED
    assert "Vous avez dit oui" in answer.text
    assert "Votre demande part bientôt" in answer.text


def test_no_asks_nothing_more(client: FlaskClient, session: scoped_session, market: Market, today: date) -> None:
    application = proposed(market, today)

    answer = client.post(_page(application, "/etat/non"), data={"version": application.version}, follow_redirects=True)

    assert _state(session, application) is S.DECLINED
    assert "Cela ne change rien" in answer.text
    assert "Oui, cette offre m’intéresse" not in answer.text


def test_an_answer_sent_twice_is_one_answer(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    application = proposed(market, today)
    for _ in range(2):
        answer = client.post(_page(application, "/etat/oui"), data={"version": application.version})
        assert answer.status_code == 303
    assert _state(session, application) is S.AGREED


def test_the_meeting_is_said_with_day_hour_and_place(client: FlaskClient, market: Market, today: date) -> None:
    page = client.get(_page(invited(market, today))).text
    assert "Vous avez un rendez-vous" in page
    for said in ("dimanche 8 novembre", "10 h", "Au dépôt"):
        assert said in page.replace("\u00a0", " ")
    assert "Dimanche 8 novembre à 10\u00a0h, Au dépôt." in client.get(MINE).text


def test_a_refusal_shows_the_words_and_not_the_reason(client: FlaskClient, market: Market, today: date) -> None:
    application = sent(market, today)
    service.refuse(
        application.id, reason=RefusalReason.NOT_ELIGIBLE, text="Pas cette fois.", by=market.employer.actor, today=today
    )
    page = client.get(_page(application)).text
    assert "Pas cette fois." in page
    assert "conditions" not in page
    assert "Voir les offres pour moi" in page


def test_the_address_of_the_work_is_shown_once_hired(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    market.offer.address, market.offer.tutor_name = "12, rue du Dépôt, Massy", "Sandrine Leroy"
    session.commit()
    application = sent(market, today)
    assert "rue du Dépôt" not in client.get(_page(application)).text

    hired(market, today, application)

    page = client.get(_page(application)).text
    assert "rue du Dépôt" in page
    assert "Sandrine Leroy" in page


def test_messages_are_written_and_read(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    application = sent(market, today)
    service.write_note(application.id, text="Êtes-vous libre lundi ?", by=market.employer.actor, today=today)
    page = client.get(_page(application)).text
    assert "Êtes-vous libre lundi ?" in page
    assert f"{market.employer.user.full_name}, Étampes Propreté" in page

    typed = {"text": "Oui, <b>lundi</b> à 9 h.", "row_id": str(uuid4())}
    for _ in range(2):
        answer = client.post(_page(application, "/messages"), data=typed)
        assert answer.location == f"{_page(application)}#messages"

    assert session.scalar(select(func.count()).select_from(ApplicationNote)) == 2
    assert "&lt;b&gt;lundi" in client.get(_page(application)).text
    read = session.scalars(select(ApplicationNote.read_at).where(ApplicationNote.by_role == Role.EMPLOYER)).one()
    assert read is not None


@pytest.mark.parametrize(("text", "said"), [("  ", "Écrivez votre message."), ("a" * 2001, "C’est trop long")])
def test_a_message_that_cannot_leave_stays_typed(
    client: FlaskClient, session: scoped_session, market: Market, today: date, text: str, said: str
) -> None:
    page = client.post(_page(sent(market, today), "/messages"), data={"text": text}).text
    assert said in page
    assert text.strip() in page
    assert not session.scalar(select(func.count()).select_from(ApplicationNote))


def test_nobody_writes_before_the_application_is_sent(client: FlaskClient, market: Market, today: date) -> None:
    application = agreed(market, today)
    assert "Votre message" not in client.get(_page(application)).text
    answer = client.post(_page(application, "/messages"), data={"text": "Bonjour"})
    assert "Les messages commencent quand la candidature est envoyée" in answer.text
    assert "Bonjour" in answer.text


def test_taking_back_asks_first(client: FlaskClient, session: scoped_session, market: Market, today: date) -> None:
    application = sent(market, today)
    ask = client.get(_page(application, "/retirer")).text
    assert "Non, je la garde" in ask
    assert _state(session, application) is S.SENT

    answer = client.post(_page(application, "/retirer"), data={"version": application.version}, follow_redirects=True)

    assert _state(session, application) is S.WITHDRAWN
    assert "Vous avez retiré votre demande" in answer.text
    assert "Retirer ma demande" not in answer.text


def test_the_timeline_says_who_acted_for_the_person(client: FlaskClient, market: Market, today: date) -> None:
    application = proposed(market, today)
    mandate_for(market.facilitator, market.person.candidate)
    service.agree(application.id, by=market.facilitator.actor, today=today)
    assert f"{market.facilitator.user.full_name} l’a fait pour vous." in client.get(_page(application)).text


def test_somebody_else_s_application_does_not_exist(
    client: FlaskClient, market: Market, today: date, sign_in: SignIn
) -> None:
    application = sent(market, today)
    sign_in(somebody(Role.CANDIDATE))
    assert client.get(_page(application)).status_code == 404
    assert client.get(_page(application, "/retirer")).status_code == 404
    assert client.post(_page(application, "/messages"), data={"text": "Bonjour"}).status_code == 404
    assert client.post(_page(application, "/etat/oui"), data={"version": "1"}).status_code == 404


def test_an_unknown_verb_does_not_exist(client: FlaskClient, market: Market, today: date) -> None:
    assert client.post(_page(sent(market, today), "/etat/rire"), data={"version": "1"}).status_code == 404


def test_the_person_cannot_do_what_is_the_employer_s(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    application = sent(market, today)
    client.post(_page(application, "/etat/examiner"), data={"version": application.version})
    assert _state(session, application) is S.SENT
    for end in ("/entretien", "/embauche", "/refus"):
        assert client.get(_page(application, end)).status_code == 403


def test_ten_answers_cost_no_more_than_two(
    client: FlaskClient, market: Market, today: date, statements: Statements
) -> None:
    counts = []
    for number in (2, 8):
        for _ in range(number):
            proposed(a_market(), today, market.person)
        statements.clear()
        client.get(MINE)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


def test_a_page_costs_few_statements(client: FlaskClient, market: Market, today: date, statements: Statements) -> None:
    application = proposed(market, today)
    statements.clear()
    client.get(_page(application))
    assert len(statements) <= 12


def test_a_message_to_read_is_said_in_the_list(client: FlaskClient, market: Market, today: date) -> None:
    application = sent(market, today)
    service.write_note(application.id, text="Venez lundi.", by=market.employer.actor, today=today)
    assert "Message à lire" in client.get(MINE).text
    assert "Venez lundi." in client.get(_page(application)).text
    assert "Message à lire" not in client.get(MINE).text
