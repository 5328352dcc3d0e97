"""What each reader sees of a match, and what they may do with it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications.models import Application
from app.candidates import service as candidates
from app.candidates.models import Candidate, CandidateTravel
from app.core import clock
from app.core.db import db
from app.core.grid import Grid, Preset
from app.core.roles import Role
from app.matches import service
from app.offers import service as offers
from tests.factories.applications import Market, a_market, a_ready_person, proposed
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Any], FlaskClient]


def _named(person: Somebody, first: str, last: str, **values: Any) -> Somebody:
    assert person.candidate is not None
    person.candidate.first_name, person.candidate.last_name = first, last
    for name, value in values.items():
        setattr(person.candidate, name, value)
    db.session.flush()
    return person


def _page(client: FlaskClient, market: Market, query: str = "") -> str:
    answer = client.get(f"/offres/{market.offer.id}/candidats{query}")
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ")


def _rows(page: str) -> list[str]:
    """The table rows of people, in order."""
    body = page.partition("Tableau des candidats")[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return body.split("<tr>")[1:]


def test_a_facilitator_reads_the_score_and_why(client: FlaskClient, sign_in: SignIn, session: scoped_session) -> None:
    market = a_market()
    _named(market.person, "Aïcha", "Ndiaye")
    sign_in(market.facilitator)
    page = _page(client, market)
    assert "1 personne correspond" in page
    row = _rows(page)[0]
    assert "Aïcha Ndiaye" in row
    assert "Même métier : agent d’entretien" in row
    assert re.search(r"Score \d+ sur 100", row)
    assert "Jamais l’âge, le sexe, l’origine" in page


def test_somebody_of_another_territory_is_not_seen(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    _named(a_ready_person(commune_insee="91223"), "Lointaine", "Personne")
    sign_in(market.facilitator)
    assert "Lointaine" not in _page(client, market, "?metier=tous")
    sign_in(somebody(Role.FACILITATOR, territory="sud-essonne"))
    page = _page(client, market, "?metier=tous")
    assert market.person.candidate.last_name not in page


def test_the_same_profile_under_another_name_has_the_same_score_and_the_next_place(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    _named(market.person, "Mohamed", "Diallo", birth_date=date(1968, 1, 1))
    _named(a_ready_person(), "Claire", "Dupont", birth_date=date(2001, 5, 5))
    sign_in(market.facilitator)
    rows = _rows(_page(client, market))
    scores = [re.search(r"Score (\d+) sur 100", row)[1] for row in rows]  # type: ignore[index]
    assert len(rows) == 2
    assert scores[0] == scores[1]


def test_who_has_waited_longest_comes_first_among_equals(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    _named(market.person, "Peu", "Patiente", waiting_since=clock.today() - timedelta(days=2))
    _named(a_ready_person(), "Longue", "Attente", waiting_since=clock.today() - timedelta(days=90))
    sign_in(market.facilitator)
    assert "Longue Attente" in _rows(_page(client, market))[0]
    assert "Peu Patiente" not in _page(client, market, "?attend=60").partition("</tbody>")[0]


def test_those_left_out_are_named_with_the_reason_and_what_can_change(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market(conditions=["hauteur"])
    _named(market.person, "Refuse", "Hauteur", refusals=["hauteur"])
    late = market.offer.start_on + timedelta(days=1)
    _named(a_ready_person(), "Pas", "Libre", available_from=late)
    _named(a_ready_person(), "Libre", "Lejour", available_from=market.offer.start_on)
    sign_in(market.facilitator)
    page = _page(client, market)
    assert "Libre Lejour" in _rows(page)[0]
    left_out = page.partition("écartées")[2]
    assert "Refuse Hauteur" in left_out
    assert "Son choix : à respecter" in left_out
    assert "Pas Libre" in left_out


def test_a_person_too_far_for_their_means_is_left_out(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    near = market.person.candidate
    far = _named(a_ready_person(commune_insee="91200"), "Dourdan", "Àpied")
    far.candidate.facilitator_organisation_id = market.facilitator.organisation.id
    session.add(CandidateTravel(candidate_id=near.id, means="foot", max_minutes=30))
    session.add(CandidateTravel(candidate_id=far.candidate.id, means="foot", max_minutes=30))
    session.flush()
    sign_in(market.facilitator)
    page = _page(client, market)
    assert len(_rows(page)) == 1
    assert "Trajet au-delà de son maximum" in page


def test_proposing_goes_through_a_page_that_shows_what_each_will_read(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    key = market.person.candidate.id
    sign_in(market.facilitator)
    review = client.post(f"/offres/{market.offer.id}/candidats/relire", data={"personne": [str(key), "n’importe quoi"]})
    assert market.person.candidate.full_name in review.text
    assert session.scalars(select(Application)).all() == []
    sent = client.post(f"/offres/{market.offer.id}/candidats/proposer", data={"personne": str(key), "note": "Bonjour"})
    assert sent.status_code == 303
    application = session.scalars(select(Application)).one()
    assert application.proposal_note == "Bonjour"
    assert application.score is not None
    assert 1 <= len(application.reasons["person"]) <= 3
    again = client.post(f"/offres/{market.offer.id}/candidats/proposer", data={"personne": str(key)})
    assert again.status_code == 303
    assert len(session.scalars(select(Application)).all()) == 1
    page = _page(client, market)
    assert "déjà en cours" in page
    assert _rows(page) == []


def test_nobody_ticked_says_so(client: FlaskClient, sign_in: SignIn, session: scoped_session) -> None:
    market = a_market()
    sign_in(market.facilitator)
    answer = client.post(f"/offres/{market.offer.id}/candidats/relire", data={}, follow_redirects=True)
    assert "Cochez au moins une personne" in answer.text


def test_a_person_who_takes_back_their_consent_is_gone_at_once(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    sign_in(market.facilitator)
    assert len(_rows(_page(client, market))) == 1
    session.commit()
    candidates.withdraw_consent(market.person.candidate.id, by=market.person.actor)
    assert _rows(_page(client, market)) == []


def test_an_offer_that_closes_leaves_the_persons_list(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market(title="Ménage de bureaux")
    sign_in(market.person)
    assert "Ménage de bureaux" in client.get("/offres-pour-moi").text
    offers.close(market.offer.id, by=market.employer.actor)
    assert "Ménage de bureaux" not in client.get("/offres-pour-moi").text


def test_a_person_reads_three_short_reasons_and_no_figure_of_score(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market(title="Ménage de bureaux")
    _named(market.person, "Aïcha", "Ndiaye", grid=Grid.from_presets([Preset.DAY]))
    sign_in(market.person)
    page = client.get("/offres-pour-moi").text
    reasons = re.findall(r"<span>([^<]+)</span></li>", page.partition("Pourquoi cette offre")[2].partition("</ul>")[0])
    assert 1 <= len(reasons) <= 3
    assert all(len(reason.split()) <= 15 for reason in reasons)
    assert "sur 100" not in page
    assert "score" not in page.lower()
    assert "tel:" in page


def test_a_proposal_comes_before_the_other_offers(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    proposed(market, clock.today())
    sign_in(market.person)
    assert "Une offre attend votre réponse" in client.get("/offres-pour-moi").text


def test_a_professional_reads_the_offers_for_a_person(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market(title="Ménage de bureaux")
    sign_in(market.facilitator)
    page = client.get(f"/candidats/{market.person.candidate.id}/offres")
    assert page.status_code == 200
    assert "Ménage de bureaux" in page.text
    sign_in(somebody(Role.FACILITATOR, territory="sud-essonne"))
    assert client.get(f"/candidats/{market.person.candidate.id}/offres").status_code == 404


def test_the_list_leaves_as_a_sheet_without_what_is_not_asked(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    sign_in(market.facilitator)
    text = client.get(f"/offres/{market.offer.id}/candidats?export=csv").get_data().decode("utf-8-sig")
    assert text.startswith("Score;Nom;Commune;")
    assert market.person.candidate.full_name in text


@pytest.mark.parametrize("count", [2, 12])
def test_the_page_sends_as_many_statements_for_two_people_as_for_twelve(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, statements: list[str], count: int
) -> None:
    market = a_market()
    for _ in range(count - 1):
        a_ready_person()
    sign_in(market.facilitator)
    _page(client, market)
    statements.clear()
    assert len(_rows(_page(client, market))) == count
    assert len(statements) <= 12


def test_the_departement_sets_dated_weights_and_the_score_follows(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    person: Candidate = market.person.candidate
    person.french, market.offer.french, market.offer.french_reason = 0, 3, "Lire des consignes"
    session.flush()
    sign_in(market.facilitator)
    before = int(re.search(r"Score (\d+) sur 100", _page(client, market))[1])  # type: ignore[index]
    agent = somebody(Role.DEPARTMENT)
    values = {
        **service.starting_values(None, clock.today()),
        "valid_from": clock.today(),
        "trade": 30, "same_rome": 25, "travel": 20, "grid": 20, "skills": 10, "french": 20,
    }  # fmt: skip
    service.set_weights(values, by=agent.actor, today=clock.today())
    after = int(re.search(r"Score (\d+) sur 100", _page(client, market))[1])  # type: ignore[index]
    assert after == before - 15
    sign_in(agent)
    wrong = client.post("/reglages/score", data={**{k: str(v) for k, v in values.items()}, "trade": "50"})
    assert "100 points en tout" in wrong.text
    assert 'value="50"' in wrong.text
