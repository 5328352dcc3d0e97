"""« Propositions »: the pipeline of those who accompany people, and their page of an application."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import url_for
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.applications import queries, service
from app.applications.models import Application
from app.applications.rules import ApplicationState
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.applications import Market, a_market, a_ready_person, agreed, invited, proposed, refused, sent
from tests.factories.candidates import mandate_for
from tests.factories.people import Somebody, somebody

SignIn = Callable[..., None]
S = ApplicationState
PIPELINE = "/propositions"


@pytest.fixture
def market(session: scoped_session, today: date, sign_in: SignIn) -> Market:
    """The facilitator is signed in."""
    made = a_market(posts=5)
    sign_in(made.facilitator)
    return made


def _page(application: Application, end: str = "") -> str:
    return f"/candidatures/{application.id}{end}"


def _state(session: scoped_session, application: Application) -> ApplicationState:
    session.refresh(application)
    return application.state


def _named(last_name: str) -> Somebody:
    return a_ready_person(first_name="Alix", last_name=last_name)


# --- the list ---------------------------------------------------------------------------------------------


def test_an_empty_pipeline_says_what_to_do(client: FlaskClient, market: Market) -> None:
    page = client.get(PIPELINE).text
    assert "Aucune proposition pour l’instant" in page
    assert "/offres-du-territoire" in page


def test_the_table_says_whose_turn_it_is(client: FlaskClient, market: Market, today: date) -> None:
    agreed(market, today, _named("Doui"))
    proposed(market, today, _named("Attend"))
    sent(market, today, _named("Partie"))
    page = client.get(PIPELINE).text
    for said in (
        "1\u00a0candidature à envoyer",
        "1\u00a0personne doit répondre",
        "1\u00a0candidature chez l’employeur",
        "A dit oui, à envoyer",
        "Score 88 sur 100",
        "Étampes Propreté",
    ):
        assert said in page
    assert page.index("Alix Doui") < page.index("Alix Attend")  # what waits for the reader first
    assert page.count('name="candidature"') == 1


def test_filters_by_offer_state_mine_and_late(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    other = a_market()
    late, mine, theirs = (
        proposed(market, today, _named("Tard")),
        agreed(market, today, _named("Moi")),
        sent(other, today, _named("Autre")),
    )
    late.answer_due_on = today - timedelta(days=1)
    session.commit()
    names = {late: "Alix Tard", mine: "Alix Moi", theirs: "Alix Autre"}

    def shown(query: str) -> set[Application]:
        page = client.get(f"{PIPELINE}?{query}").text
        return {one for one, name in names.items() if name in page}

    for view in ("", "&vue=colonnes"):
        assert shown(view) == set(names)
        assert shown(f"offre={other.offer.id}{view}") == {theirs}
        assert shown(f"miennes=oui{view}") == {late, mine}
        assert shown(f"retard=oui{view}") == {late}
        assert shown(f"offre=nonsense&retard=nonsense&page=nonsense{view}") == set(names)
    assert shown("etat=agreed") == {mine}
    assert "Aucune candidature ne correspond" in client.get(f"{PIPELINE}?etat=hired").text
    chip = client.get(f"{PIPELINE}?offre={other.offer.id}").text
    assert f"n° {other.offer.number}" in chip.replace("\u00a0", " ")


def test_columns_show_each_state_with_its_number(client: FlaskClient, market: Market, today: date) -> None:
    for _ in range(2):
        proposed(market, today, a_ready_person())
    invited(market, today, _named("Vue"))
    page = client.get(f"{PIPELINE}?vue=colonnes").text
    assert 'Proposée à la personne <span class="count">2</span>' in page
    assert 'Entretien <span class="count">1</span>' in page
    assert 'Embauchée <span class="count">0</span>' in page
    assert "dimanche 8 novembre" in page


def test_a_column_shows_the_first_and_links_to_the_rest(client: FlaskClient, market: Market, today: date) -> None:
    for _ in range(17):
        proposed(market, today, a_ready_person())
    page = client.get(f"{PIPELINE}?vue=colonnes&miennes=oui").text
    assert page.count("dans 7") + page.count("avant le 12 novembre") == 15
    assert "/propositions?miennes=oui&amp;etat=proposed" in page


def test_several_are_sent_at_once(client: FlaskClient, session: scoped_session, market: Market, today: date) -> None:
    one, two, other = (agreed(market, today, a_ready_person()) for _ in range(3))
    back = f"{PIPELINE}?etat=agreed"
    typed = {"candidature": [str(one.id), str(two.id), "nonsense"], "retour": back}

    answer = client.post(f"{PIPELINE}/envoyer", data=typed)

    assert answer.location == back
    assert [_state(session, row) for row in (one, two, other)] == [S.SENT, S.SENT, S.AGREED]
    assert "2\u00a0candidatures sont chez l’employeur" in client.get(back).text
    again = client.post(f"{PIPELINE}/envoyer", data=typed, follow_redirects=True).text
    assert "Rien n’est parti" in again


def test_sending_nothing_says_so_and_never_leaves_the_portal(client: FlaskClient, market: Market, today: date) -> None:
    answer = client.post(f"{PIPELINE}/envoyer", data={"retour": "//evil.example"})
    assert answer.location == PIPELINE
    assert "Cochez au moins une candidature" in client.get(PIPELINE).text


def test_somebody_else_s_people_cannot_be_sent(
    client: FlaskClient, session: scoped_session, market: Market, today: date, sign_in: SignIn
) -> None:
    application = agreed(market, today)
    sign_in(somebody(Role.FACILITATOR, territory="sud-essonne"))
    assert client.post(f"{PIPELINE}/envoyer", data={"candidature": str(application.id)}).status_code == 404
    assert _state(session, application) is S.AGREED
    assert client.get(_page(application)).status_code == 404
    assert market.person.candidate.full_name not in client.get(PIPELINE).text


def test_the_department_reads_and_does_not_act(
    client: FlaskClient, session: scoped_session, market: Market, today: date, sign_in: SignIn
) -> None:
    application = agreed(market, today)
    sign_in(somebody(Role.DEPARTMENT))
    page = client.get(PIPELINE).text
    assert market.person.candidate.full_name in page
    assert "Envoyer à l’employeur" not in page
    assert "<button" not in client.get(_page(application)).text.partition("<main")[2]
    assert client.post(f"{PIPELINE}/envoyer", data={"candidature": str(application.id)}).status_code == 403


def test_the_file_says_all_that_the_table_says(client: FlaskClient, market: Market, today: date) -> None:
    proposed(market, today, _named("Doui"))
    text = client.get(f"{PIPELINE}?export=csv").text
    assert "Alix Doui;Massy;Agent d’entretien (H/F);" in text
    assert ";Étampes Propreté;Massy;Proposition;Proposée à la personne;05/11/2026;12/11/2026;;88;0" in text
    assert client.get(f"{PIPELINE}?export=xlsx").data[:2] == b"PK"


@pytest.mark.parametrize("view", ["", "?vue=colonnes"])
def test_sixty_applications_cost_no_more_than_thirty(
    client: FlaskClient, market: Market, today: date, statements: Statements, view: str
) -> None:
    counts = []
    for _ in range(2):
        for _ in range(30):
            proposed(market, today, a_ready_person())
        statements.clear()
        client.get(PIPELINE + view)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


# --- the page ---------------------------------------------------------------------------------------------


def test_the_page_shows_both_sides_the_score_and_who_did_what(client: FlaskClient, market: Market, today: date) -> None:
    application = sent(market, today)
    service.write_note(application.id, text="Venez lundi.", by=market.employer.actor, today=today)
    page = client.get(_page(application)).text
    for said in (
        market.person.candidate.full_name,
        "Étampes Propreté",
        "Candidature directe",
        "Venez lundi.",
        f"par {market.person.actor.name}",
        f"/candidats/{application.candidate_id}",
        f"/mes-offres/{application.offer_id}",
    ):
        assert said in page
    assert "Votre message" not in page  # nobody writes for the person without a mandate


def test_without_a_mandate_nobody_answers_for_the_person(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    application = proposed(market, today)
    page = client.get(_page(application)).text
    assert "Dire oui" not in page
    assert "il faut un mandat" in page
    assert "Score 88 sur 100" in page

    client.post(_page(application, "/etat/oui"), data={"version": application.version})

    assert _state(session, application) is S.PROPOSED
    assert "Il faut un mandat de la personne" in client.get(PIPELINE).text


def test_under_a_mandate_every_act_says_for_whom(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    application = proposed(market, today)
    mandate_for(market.facilitator, market.person.candidate)
    name = market.person.candidate.full_name
    page = client.get(_page(application)).text
    assert f"Pour le compte de {name}" in page
    assert "Dire oui" in page

    client.post(_page(application, "/etat/oui"), data={"version": application.version})
    assert _state(session, application) is S.AGREED
    page = client.get(_page(application)).text
    assert f"par {market.facilitator.actor.name}" in page
    assert f"Pour le compte de {name}" in page
    assert f"Retirer pour le compte de {name}" in client.get(_page(application, "/retirer")).text

    client.post(_page(application, "/etat/envoyer"), data={"version": application.version})
    assert _state(session, application) is S.SENT
    client.post(_page(application, "/messages"), data={"text": "Elle est libre lundi."})
    assert f"{market.facilitator.actor.name}, pour le compte de {name}" not in client.get(_page(application)).text
    assert "Elle est libre lundi." in client.get(_page(application)).text


def test_a_colleague_reads_for_whom_the_message_was_written(
    client: FlaskClient, market: Market, today: date, sign_in: SignIn
) -> None:
    application = sent(market, today)
    mandate_for(market.facilitator, market.person.candidate)
    service.write_note(application.id, text="Libre lundi.", by=market.facilitator.actor, today=today)
    sign_in(somebody(Role.FACILITATOR))
    name = market.person.candidate.full_name
    assert f"{market.facilitator.actor.name}, pour le compte de {name}" in client.get(_page(application)).text


def test_the_departement_reads_no_message(client: FlaskClient, market: Market, today: date, sign_in: SignIn) -> None:
    application = sent(market, today)
    service.write_note(application.id, text="Entre nous.", by=market.person.actor, today=today)
    assert "Entre nous." in client.get(_page(application)).text
    sign_in(somebody(Role.DEPARTMENT))
    page = client.get(_page(application)).text
    assert market.person.candidate.full_name in page
    assert "Entre nous." not in page
    assert "Messages" not in page


def test_taking_back_without_a_mandate_is_refused_before_it_is_asked(
    client: FlaskClient, market: Market, today: date
) -> None:
    answer = client.get(_page(sent(market, today), "/retirer"))
    assert answer.status_code == 303
    assert "Il faut un mandat de la personne" in client.get(answer.location).text


def test_a_refusal_is_read_with_its_reason(client: FlaskClient, market: Market, today: date) -> None:
    page = client.get(_page(refused(market, today))).text
    assert "plus de poste libre" in page
    assert "Plus de place." in page


def test_one_page_costs_few_statements(
    client: FlaskClient, market: Market, today: date, statements: Statements
) -> None:
    application = sent(market, today)
    mandate_for(market.facilitator, market.person.candidate)
    for number in range(10):
        service.write_note(application.id, text=f"Message {number}", by=market.employer.actor, today=today)
    statements.clear()
    client.get(_page(application))
    assert len(statements) <= 12


def test_a_thing_to_do_leads_to_the_list_of_just_those_who_wait(
    client: FlaskClient, market: Market, today: date
) -> None:
    other = a_market(posts=5)
    late, elsewhere = sent(market, today, _named("Tard")), sent(other, today, _named("Ailleurs"))
    sent(market, today, _named("Lent")).answer_due_on = today
    late.answer_due_on = elsewhere.answer_due_on = today - timedelta(days=2)
    with client.application.test_request_context():
        links = [
            url_for(item.endpoint, **item.arguments) for item in queries.to_do_for(market.facilitator.actor, today)
        ]
    pages = [client.get(link).text for link in links]
    shown = [{name for name in ("Tard", "Ailleurs", "Lent") if f"Alix {name}" in page} for page in pages]
    assert sorted(shown, key=sorted) == [{"Ailleurs"}, {"Tard"}]
    assert all("Étampes Propreté" in page for page in pages)
