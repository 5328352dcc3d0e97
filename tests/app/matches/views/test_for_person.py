"""« Offres pour cette personne » and « Offres pour moi »."""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import scoped_session

from app.applications.models import Application
from app.candidates.models import WantedTrade
from app.core.grid import Grid, Preset
from app.core.roles import Role
from app.offers import service as offers
from tests.factories.applications import a_market, a_ready_person, proposed, sent
from tests.factories.matches import named, rows_of
from tests.factories.offers import OfferFactory
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]
pytestmark = pytest.mark.usefixtures("session", "today")


def _read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.text).replace("\u00a0", " ")


def _mine(client: FlaskClient) -> str:
    return _read(client, "/offres-pour-moi")


# --- for those who accompany ------------------------------------------------------------------------------


def test_a_professional_reads_the_offers_for_a_person_and_proposes_from_there(
    client: FlaskClient, sign_in: SignIn
) -> None:
    market = a_market(title="Ménage de bureaux")
    sign_in(market.facilitator)
    page = _read(client, f"/candidats/{market.person.candidate.id}/offres")
    assert "1 offre correspond" in page
    row = rows_of(page, "Offres")[0]
    assert "Ménage de bureaux" in row
    assert "Même métier" in row
    assert f'action="/offres/{market.offer.id}/candidats/relire"' in row


def test_a_stranger_s_person_is_not_found(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market()
    sign_in(somebody(Role.FACILITATOR, territory="sud-essonne"))
    assert client.get(f"/candidats/{market.person.candidate.id}/offres").status_code == 404
    sign_in(market.employer)
    assert client.get(f"/candidats/{market.person.candidate.id}/offres").status_code == 403


def test_a_person_not_ready_has_offers_but_is_not_proposed(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    candidate = market.person.candidate
    candidate.ready_on = candidate.ready_by = None
    session.flush()
    sign_in(market.facilitator)
    page = _read(client, f"/candidats/{candidate.id}/offres")
    assert len(rows_of(page, "Offres")) == 1
    assert "Il manque « prête à l’emploi »." in page
    assert "relire" not in page


def test_a_file_without_trade_or_commune_says_what_to_complete(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    candidate = market.person.candidate
    candidate.facilitator_organisation_id, candidate.commune_insee = market.facilitator.organisation.id, None
    session.execute(delete(WantedTrade).where(WantedTrade.candidate_id == candidate.id))
    session.flush()
    sign_in(market.facilitator)
    page = _read(client, f"/candidats/{candidate.id}/offres")
    assert "Sa commune manque" in page
    assert "Son dossier ne dit aucun métier" in page
    assert len(rows_of(_read(client, f"/candidats/{candidate.id}/offres?metier=tous"), "Offres")) == 1


def test_offers_already_answered_leave_and_those_left_out_are_counted(
    client: FlaskClient, sign_in: SignIn, today: date
) -> None:
    market = a_market()
    proposed(market, today)
    OfferFactory(published=True, start_on=today + timedelta(days=1))
    late = named(market.person, "Libre", "Tard", available_from=today + timedelta(days=3))
    sign_in(market.facilitator)
    page = _read(client, f"/candidats/{late.id}/offres")
    assert rows_of(page, "Offres") == []
    assert "Offres de ses métiers écartées : 1 sans disponibilité au début." in page
    assert "1 candidature ou proposition déjà" in page


@pytest.mark.parametrize("count", [2, 30])
def test_many_offers_need_as_few_statements(
    client: FlaskClient, sign_in: SignIn, statements: list[str], count: int
) -> None:
    market = a_market()
    for _ in range(count - 1):
        OfferFactory(published=True)
    sign_in(market.facilitator)
    address = f"/candidats/{market.person.candidate.id}/offres"
    _read(client, address)
    statements.clear()
    assert len(rows_of(_read(client, address), "Offres")) == min(count, 20)
    assert len(statements) <= 11
    assert len(rows_of(_read(client, f"{address}?page=99"), "Offres")) == (10 if count > 20 else count)


# --- for the person ---------------------------------------------------------------------------------------


def _sentences(page: str) -> list[str]:
    return re.findall(r"</svg><span>([^<]+)</span></li>", page)


def test_a_person_reads_three_short_reasons_and_no_figure_of_score(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market(title="Ménage de bureaux", grid=Grid.from_presets([Preset.DAY]))
    named(market.person, "Aïcha", "Ndiaye", grid=Grid.from_presets([Preset.DAY]))
    sign_in(market.person)
    page = _mine(client)
    assert "Bonjour Aïcha." in page
    reasons = _sentences(page)
    assert len(reasons) == 3
    assert all(len(reason.split()) <= 15 for reason in reasons)
    assert "sur 100" not in page
    assert "score" not in page.lower()
    assert 'class="ring' not in page
    assert "tel:" in page


def test_every_sentence_of_the_page_is_short(client: FlaskClient, sign_in: SignIn, session: scoped_session) -> None:
    market = a_market()
    for _ in range(5):
        OfferFactory(published=True)
    market.person.candidate.ready_on = market.person.candidate.ready_by = None
    market.person.candidate.consent_at = None
    session.flush()
    sign_in(market.person)
    page = _mine(client)
    paragraphs = re.findall(r"<(?:p|li|h\d)[^>]*>(.*?)</", page.partition("<main")[2].partition("</main>")[0], re.S)
    said = [re.sub(r"<[^>]+>", " ", text) for text in paragraphs]
    sentences = [one for text in said for one in re.split(r"(?<=[.!?:])\s", text)]
    assert [one for one in sentences if len(one.split()) > 15] == []


def test_an_offer_that_closes_leaves_the_persons_list(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market(title="Ménage de bureaux")
    sign_in(market.person)
    assert "Ménage de bureaux" in _mine(client)
    session.commit()
    offers.close(market.offer.id, by=market.employer.actor)
    page = _mine(client)
    assert "Ménage de bureaux" not in page
    assert "Pas encore d’offre pour vous" in page


def test_a_proposal_comes_first_with_its_reasons_and_both_answers(
    client: FlaskClient, sign_in: SignIn, today: date
) -> None:
    market = a_market(title="Ménage de bureaux")
    OfferFactory(published=True, title="Entretien de gymnases")
    application: Application = proposed(market, today)
    sign_in(market.person)
    page = _mine(client)
    assert "Une offre attend votre réponse." in page
    assert page.index("Ménage de bureaux") < page.index("Entretien de gymnases")
    assert "Alex Martin" in page.partition("Entretien de gymnases")[0]
    assert application.reasons["person"][0] in page
    assert f'action="/candidatures/{application.id}/etat/oui"' in page
    assert f'action="/candidatures/{application.id}/etat/non"' in page
    assert page.count("btn-main") == 1
    client.post(f"/candidatures/{application.id}/etat/oui", data={"version": application.version})
    after = _mine(client)
    assert "attend votre réponse" not in after
    assert "Ménage de bureaux" not in after


def test_many_proposals_lead_to_the_page_of_answers(client: FlaskClient, sign_in: SignIn, today: date) -> None:
    market = a_market()
    proposed(market, today)
    for _ in range(3):
        other = a_market()
        proposed(other, today, market.person)
    sign_in(market.person)
    page = _mine(client)
    assert page.count("Oui, cette offre m’intéresse") == 3
    assert "Voir toutes les offres à répondre" in page


def test_what_is_missing_is_said_kindly_and_the_offers_are_there(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market(title="Ménage de bureaux")
    person = somebody(Role.CANDIDATE)
    sign_in(person)
    page = _mine(client)
    assert "Dire quel travail vous cherchez" in page
    assert "/mon-profil" in page
    assert "appelez-la" in page
    session.add(WantedTrade(candidate_id=person.candidate.id, trade_slug="agent-entretien", rank=1))
    person.candidate.updated_at = market.offer.updated_at
    session.flush()
    page = _mine(client)
    assert "Dire quel travail vous cherchez" not in page
    assert "Accepter que les entreprises voient votre profil" in page
    assert "Ménage de bureaux" in page
    sign_in(market.person)
    assert "il manque encore" not in _mine(client)


def test_an_offer_already_applied_to_is_not_offered_again(client: FlaskClient, sign_in: SignIn, today: date) -> None:
    market = a_market(title="Ménage de bureaux")
    sent(market, today)
    sign_in(market.person)
    assert "Ménage de bureaux" not in _mine(client)


def test_the_persons_page_needs_few_statements(
    client: FlaskClient, sign_in: SignIn, today: date, statements: list[str]
) -> None:
    market = a_market()
    for _ in range(12):
        OfferFactory(published=True)
    proposed(market, today)
    a_ready_person()
    sign_in(market.person)
    _mine(client)
    statements.clear()
    _mine(client)
    assert len(statements) <= 12


# --- stages -----------------------------------------------------------------------------------------------


def test_a_stage_is_marked_for_those_who_accompany_and_is_proposed_like_a_job(
    client: FlaskClient, sign_in: SignIn
) -> None:
    market = a_market(stage=True, title="Découvrir le ménage")
    OfferFactory(published=True, title="Ménage de bureaux")
    sign_in(market.facilitator)
    page = _read(client, f"/candidats/{market.person.candidate.id}/offres")
    rows = {("Découvrir" in row): row for row in rows_of(page, "Offres")}
    assert "Stage en immersion" in rows[True]
    assert "Stage en immersion" not in rows[False]
    assert "Proposer" in rows[True]
    of_offer = _read(client, f"/offres/{market.offer.id}/candidats")
    assert "Stage en immersion" in of_offer
    assert "non payé" in of_offer
    assert "salaire non dit" not in of_offer
    assert "Clause sociale" not in of_offer


def test_a_person_reads_that_a_stage_is_not_paid_and_that_income_is_kept(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market(stage=True, title="Découvrir le ménage")
    sign_in(market.person)
    page = _mine(client)
    assert "Stage en immersion" in page
    assert "Ce stage n’est pas payé. Vous gardez vos revenus." in page
    assert "Salaire" not in page


def test_a_proposed_stage_says_the_same_on_its_card(client: FlaskClient, sign_in: SignIn, today: date) -> None:
    market = a_market(stage=True)
    proposed(market, today)
    sign_in(market.person)
    page = _mine(client)
    assert "Ce stage n’est pas payé. Vous gardez vos revenus." in page
    assert "Oui, cette offre m’intéresse" in page
