"""The employer's inbox: scoped, filtered, sorted, paged, exported, as cheap with many rows as with few."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import url_for
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import scoped_session

from app.applications import queries, service
from app.applications.models import Application
from app.applications.rules import ApplicationState
from app.core import clock
from app.core.grid import Grid, Preset
from tests.conftest import Statements
from tests.factories.applications import Market, a_market, a_ready_person, agreed, invited, proposed, sent
from tests.factories.offers import OfferFactory
from tests.factories.people import Somebody

SignIn = Callable[..., None]
INBOX = "/candidatures"


@pytest.fixture
def market(session: scoped_session, today: date, sign_in: SignIn) -> Market:
    """The employer is signed in."""
    made = a_market(posts=2, grid=Grid.from_presets([Preset.EARLY]))
    sign_in(made.employer)
    return made


def _page(application: Application, end: str = "") -> str:
    return f"/candidatures/{application.id}{end}"


def _named(first_name: str, last_name: str) -> Somebody:
    return a_ready_person(first_name=first_name, last_name=last_name)


def test_an_empty_inbox_says_what_to_do(client: FlaskClient, market: Market) -> None:
    page = client.get(INBOX).text
    assert "Aucune candidature pour l’instant" in page
    assert "/mes-offres" in page


def test_only_what_was_sent_to_the_organisation_is_there(client: FlaskClient, market: Market, today: date) -> None:
    sent(market, today, _named("Aline", "Envoyée"))
    proposed(market, today, _named("Boris", "Proposé"))
    agreed(market, today, _named("Chloé", "Dacor"))
    sent(a_market(), today, _named("Denis", "Ailleurs"))

    page = client.get(INBOX).text

    assert "Aline Envoyée" in page
    assert "1\u00a0candidature attend votre réponse" in page
    for name in ("Boris", "Chloé", "Denis"):
        assert name not in page


def test_filters_by_offer_state_and_deadline(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    other = OfferFactory(published=True, organisation=market.offer.organisation, title="Plongeuse")
    late, meeting = sent(market, today, _named("Aline", "Tard")), invited(market, today, _named("Boris", "Rendez"))
    elsewhere = service.apply(
        other.id, candidate_id=market.person.candidate.id, words="", by=market.person.actor, today=today
    )
    late.answer_due_on = today - timedelta(days=2)
    session.commit()
    names = {late: "Aline Tard", meeting: "Boris Rendez", elsewhere: market.person.candidate.full_name}

    def shown(query: str) -> set[Application]:
        page = client.get(f"{INBOX}?{query}").text
        return {one for one, name in names.items() if f">{name}</a>" in page}

    assert shown("") == set(names)
    assert shown(f"offre={other.id}") == {elsewhere}
    assert shown("etat=interview") == {meeting}
    assert shown("etat=a-traiter") == {late, elsewhere}
    assert shown("delai=depasse") == {late}
    assert shown("offre=nonsense&etat=nonsense&delai=nonsense&tri=nonsense&page=nonsense") == set(names)
    assert "Aucune candidature ne correspond" in client.get(f"{INBOX}?etat=hired").text


def test_deadlines_are_said_in_words(client: FlaskClient, session: scoped_session, market: Market, today: date) -> None:
    for days in (-2, 0, 3, 10):
        sent(market, today, a_ready_person()).answer_due_on = today + timedelta(days=days)
    session.commit()
    page = client.get(INBOX).text.replace("\u00a0", " ")
    places = [
        page.index(words) for words in ("dépassé de 2 jours", "aujourd’hui</span>", "dans 3 jours", "avant le 15 n")
    ]
    assert places == sorted(places)  # the most pressing first


def test_unread_messages_are_counted(client: FlaskClient, market: Market, today: date) -> None:
    application = sent(market, today)
    service.write_note(application.id, text="Bonjour ?", by=market.person.actor, today=today)
    assert "1\u00a0message non lu" in client.get(INBOX).text
    client.get(_page(application))
    assert "message non lu" not in client.get(INBOX).text


def test_the_list_is_sorted_by_name_both_ways(client: FlaskClient, market: Market, today: date) -> None:
    for last in ("Abel", "Zola", "Martin"):
        sent(market, today, _named("Alix", last))
    up, down = client.get(f"{INBOX}?tri=personne").text, client.get(f"{INBOX}?tri=-personne").text
    assert up.index("Alix Abel") < up.index("Alix Martin") < up.index("Alix Zola")
    assert down.index("Alix Zola") < down.index("Alix Martin") < down.index("Alix Abel")


def test_the_file_holds_what_the_employer_may_read_and_nothing_more(
    client: FlaskClient, market: Market, today: date
) -> None:
    sent(market, today, a_ready_person(first_name="=cmd", last_name="Ruse", email="ruse@exemple.fr"))
    text = client.get(f"{INBOX}?export=csv").text
    assert text.splitlines()[0].lstrip("\ufeff") == (
        "Offre;Numéro de l’offre;Personne;Commune;Reçue le;État;Depuis le;Répondre avant le;Entretien;Messages non lus"
    )
    assert "'=cmd Ruse;Massy;05/11/2026;Envoyée;05/11/2026;20/11/2026" in text
    assert "exemple.fr" not in text
    assert "+336" not in text
    answer = client.get(f"{INBOX}?export=xlsx")
    assert "candidatures-2026-11-05.xlsx" in answer.headers["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert client.get(f"{INBOX}?export=pdf").status_code == 404


def test_sixty_applications_cost_no_more_than_thirty(
    client: FlaskClient, session: scoped_session, market: Market, today: date, statements: Statements
) -> None:
    counts = []
    for _ in range(2):
        for _ in range(30):
            sent(market, today, a_ready_person())
        statements.clear()
        assert "1 à 20 sur" in client.get(INBOX).text
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


def test_a_thing_to_do_leads_to_the_list_of_just_those_who_wait(
    client: FlaskClient, market: Market, today: date
) -> None:
    waiting, met = sent(market, today, _named("Aline", "Attend")), invited(market, today, _named("Boris", "Vu"))
    wrote = a_ready_person(first_name="Chloé", last_name="Écrit")
    met_too = invited(market, today, wrote)
    service.write_note(met_too.id, text="Bonjour", by=wrote.actor, today=today)
    after = today + timedelta(days=4)
    with clock.frozen(after), client.application.test_request_context():
        items = queries.to_do_for(market.employer.actor, after)
        links = {item.kind: url_for(item.endpoint, **item.arguments) for item in items}
    assert {waiting.state, met.state} == {ApplicationState.SENT, ApplicationState.INTERVIEW}
    shown = {
        kind: [name for name in ("Aline Attend", "Boris Vu", "Chloé Écrit") if name in client.get(link).text]
        for kind, link in links.items()
    }
    assert shown == {
        "application.to_answer": ["Aline Attend"],
        "application.to_decide": ["Boris Vu", "Chloé Écrit"],
        "application.to_read": ["Chloé Écrit"],
    }
