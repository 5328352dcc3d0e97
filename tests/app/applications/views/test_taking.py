"""« Accueillir en stage » in the employer's browser, and what each reads of a stage afterwards."""

import html
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.applications import service
from app.applications.models import Application
from app.applications.rules import ApplicationState
from tests.conftest import Statements
from tests.factories.applications import Market, a_market, sent, taken

SignIn = Callable[..., None]
S = ApplicationState


@pytest.fixture
def market(session: scoped_session, today: date, sign_in: SignIn) -> Market:
    """A stage, its employer signed in."""
    made = a_market(stage=True, posts=2, tutor_name="Sandrine Leroy", end_on=today + timedelta(days=20))
    sign_in(made.employer)
    return made


def _page(application: Application, end: str = "") -> str:
    return f"/candidatures/{application.id}{end}"


def _read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.text).replace("\u00a0", " ")


def _typed(application: Application, **changes: str) -> dict[str, str]:
    said = {
        "version": str(application.version),
        "start_on": "16/11/2026",
        "end_on": "27/11/2026",
        "hours_week": "28",
        "tutor_name": "Sandrine Leroy",
        "tutor_phone": "06 12 34 56 78",
    }
    return {**said, **changes}


def test_the_main_act_is_to_welcome_and_nobody_is_hired(client: FlaskClient, market: Market, today: date) -> None:
    page = _read(client, _page(sent(market, today)))
    assert 'class="btn btn-main" href="' in page
    assert page.index("Accueillir en stage") < page.index("Proposer un entretien")
    assert "Embaucher" not in page


def test_the_form_begins_with_what_the_offer_says_within_its_days(
    client: FlaskClient, market: Market, today: date
) -> None:
    page = _read(client, _page(sent(market, today), "/stage"))
    for value in ("16/11/2026", "25/11/2026", "28", "Sandrine Leroy"):
        assert f'value="{value}"' in page
    assert "la convention" in page


def test_a_person_is_welcomed(client: FlaskClient, session: scoped_session, market: Market, today: date) -> None:
    application = sent(market, today)
    answer = client.post(_page(application, "/stage"), data=_typed(application))
    assert answer.location == _page(application)
    session.refresh(application)
    assert application.state is S.PLACED
    page = _read(client, answer.location)
    assert "Le stage est noté." in page
    assert "quand la convention est signée et validée" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"end_on": "16/12/2026"}, "un stage dure un mois au plus"),
        ({"start_on": "04/11/2026"}, "Cette date est passée."),
        ({"end_on": "15/11/2026"}, "La fin est avant le début."),
        ({"hours_week": "49"}, "48 h par semaine"),
        ({"tutor_name": ""}, "Dites qui accueille la personne."),
        ({"tutor_phone": "12"}, "Ce numéro n’existe pas."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    client: FlaskClient, session: scoped_session, market: Market, today: date, changes: dict[str, str], said: str
) -> None:
    application = sent(market, today)
    session.commit()
    answer = client.post(_page(application, "/stage"), data=_typed(application, tasks="Servir en salle.", **changes))
    page = html.unescape(answer.text).replace("\u00a0", " ")
    assert said in page
    assert "Servir en salle." in page
    session.refresh(application)
    assert application.state is S.SENT


@pytest.mark.parametrize("stage", [True, False])
def test_the_other_act_typed_in_the_address_is_refused_in_words(
    client: FlaskClient, session: scoped_session, sign_in: SignIn, today: date, stage: bool
) -> None:
    market = a_market(stage=True) if stage else a_market()
    sign_in(market.employer)
    application = sent(market, today)
    answer = client.get(_page(application, "/embauche" if stage else "/stage"), follow_redirects=True)
    words = "Cette offre est un stage" if stage else "Cette offre est un emploi, pas un stage."
    assert words in html.unescape(answer.text).replace("\u00a0", " ")


def test_the_person_reads_that_they_have_the_stage_and_waits_for_the_paper(
    client: FlaskClient, sign_in: SignIn, market: Market, today: date
) -> None:
    application = taken(market, today, sent(market, today))
    sign_in(market.person)
    page = _read(client, _page(application))
    assert "Vous avez le stage !" in page
    assert "La convention doit être signée avant le premier jour." in page
    assert "Ce stage n’est pas payé. Vous gardez vos revenus." in page
    assert "Vous avez le stage !" in _read(client, "/mes-reponses")


def test_pages_that_go_on_elsewhere_are_linked_once_it_is_a_stage(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    application = sent(market, today)
    listener = lambda one, reader, found: found.append(("La convention", f"/stages/{one.id}"))  # noqa: E731
    service.AFTER.connect(listener)
    try:
        before = _read(client, _page(application))
        taken(market, today, application)
        after = _read(client, _page(application))
    finally:
        service.AFTER._listeners.remove(listener)
    assert "La convention" not in before
    assert f'href="/stages/{application.id}"' in after


def test_those_who_accompany_see_it_on_their_board(
    client: FlaskClient, sign_in: SignIn, market: Market, today: date
) -> None:
    application = taken(market, today, sent(market, today))
    sign_in(market.facilitator)
    board = _read(client, "/propositions?vue=colonnes")
    assert "Accueillie en stage" in board
    assert _page(application) in board
    assert _page(application) in _read(client, "/propositions?etat=placed")
    assert "Accueillie en stage" in _read(client, "/propositions?export=csv")
    assert "quand la convention est signée" in _read(client, _page(application))


def test_the_page_of_a_stage_asks_the_database_a_dozen_times_at_most(
    client: FlaskClient, session: scoped_session, market: Market, today: date, statements: Statements
) -> None:
    application = sent(market, today)
    for end in ("", "/stage"):
        client.get(_page(application, end))
        session.expire_all()
        statements.clear()
        client.get(_page(application, end))
        assert len(statements) <= 12
