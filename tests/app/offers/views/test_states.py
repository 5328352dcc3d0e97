"""« Mon offre »: the buttons follow the state, closing asks first, an old page changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.offers import service
from app.offers.models import Offer
from app.offers.rules import OfferState
from tests.app.offers.service.test_states import TRAITS
from tests.factories.offers import OfferFactory
from tests.factories.people import Somebody, somebody

SignIn = Callable[..., None]
BUTTONS = {
    OfferState.DRAFT: {"Relire et publier", "Fermer l’offre"},
    OfferState.PUBLISHED: {"Mettre en pause", "Déclarer pourvue", "Fermer l’offre"},
    OfferState.PAUSED: {"Reprendre", "Déclarer pourvue", "Fermer l’offre"},
    OfferState.FILLED: {"Rouvrir", "Fermer l’offre"},
    OfferState.EXPIRED: {"Rouvrir", "Déclarer pourvue", "Fermer l’offre"},
    OfferState.CLOSED: set(),
}
EVERY_BUTTON = set().union(*BUTTONS.values())


@pytest.fixture
def employer(client: FlaskClient, sign_in: SignIn, today: date) -> Somebody:
    """Somebody of a firm, signed in."""
    person = somebody(Role.EMPLOYER)
    sign_in(person)
    return person


@pytest.mark.parametrize("state", list(OfferState))
def test_an_employer_sees_the_buttons_of_the_state(
    client: FlaskClient, session: scoped_session, employer: Somebody, state: OfferState
) -> None:
    offer = OfferFactory(organisation=employer.organisation, **TRAITS[state])

    page = client.get(f"/mes-offres/{offer.id}").text

    assert {label for label in EVERY_BUTTON if f">{label}<" in page} == BUTTONS[state]
    assert ("Modifier" in page) is (state is not OfferState.CLOSED)
    assert "Dupliquer" in page


def test_those_who_accompany_people_read_an_offer_without_its_address(
    client: FlaskClient, session: scoped_session, sign_in: SignIn, today: date
) -> None:
    offer = OfferFactory(published=True, address="3 rue du Clos", tutor_name="Nadia O’Hara")
    sign_in(somebody(Role.FACILITATOR))

    page = client.get(f"/mes-offres/{offer.id}").text

    assert offer.title in page
    assert "3 rue du Clos" not in page
    assert "Nadia" not in page
    assert not any(f">{label}<" in page for label in EVERY_BUTTON)
    assert f"/offres/{offer.id}/candidats" in page


def test_a_facilitator_never_sees_a_draft(
    client: FlaskClient, session: scoped_session, sign_in: SignIn, today: date
) -> None:
    offer = OfferFactory()
    sign_in(somebody(Role.FACILITATOR))

    assert client.get(f"/mes-offres/{offer.id}").status_code == 404


def test_a_pause_and_its_end_are_two_clicks(client: FlaskClient, session: scoped_session, employer: Somebody) -> None:
    offer = OfferFactory(organisation=employer.organisation, published=True)

    client.post(f"/mes-offres/{offer.id}/etat/pause", data={"version": offer.version})
    session.refresh(offer)
    assert offer.state is OfferState.PAUSED
    page = client.post(
        f"/mes-offres/{offer.id}/etat/reprendre", data={"version": offer.version}, follow_redirects=True
    ).text

    session.refresh(offer)
    assert offer.state is OfferState.PUBLISHED
    assert "Reprise." in page


def test_a_button_of_an_old_page_answers_409(client: FlaskClient, session: scoped_session, employer: Somebody) -> None:
    offer = OfferFactory(organisation=employer.organisation, published=True)

    answer = client.post(f"/mes-offres/{offer.id}/etat/pause", data={"version": offer.version - 1})

    session.refresh(offer)
    assert answer.status_code == 409
    assert offer.state is OfferState.PUBLISHED


def test_an_unknown_verb_is_not_found(client: FlaskClient, session: scoped_session, employer: Somebody) -> None:
    offer = OfferFactory(organisation=employer.organisation, published=True)

    assert client.post(f"/mes-offres/{offer.id}/etat/detruire", data={"version": 1}).status_code == 404


def test_closing_lists_what_will_happen_before_it_does(
    client: FlaskClient, session: scoped_session, employer: Somebody
) -> None:
    offer = OfferFactory(organisation=employer.organisation, published=True)

    def told(_offer: Offer, effects: list[str]) -> None:
        effects.append("5 candidatures reçoivent un message.")

    service.CLOSING_EFFECTS.connect(told)
    try:
        asked = client.get(f"/mes-offres/{offer.id}/fermer").text
    finally:
        service.CLOSING_EFFECTS._listeners.remove(told)
    answer = client.post(f"/mes-offres/{offer.id}/fermer", data={"version": offer.version, "reason": "Projet annulé"})

    session.refresh(offer)
    assert "5 candidatures reçoivent un message." in asked
    assert "Garder l’offre ouverte" in asked
    assert answer.status_code == 303
    assert offer.state is OfferState.CLOSED
    assert "Projet annulé" in client.get(f"/mes-offres/{offer.id}/historique").text


def test_an_offer_is_declared_filled_with_a_word(
    client: FlaskClient, session: scoped_session, employer: Somebody
) -> None:
    offer = OfferFactory(organisation=employer.organisation, published=True)

    client.post(f"/mes-offres/{offer.id}/pourvue", data={"version": offer.version})

    session.refresh(offer)
    assert offer.state is OfferState.FILLED


def test_a_stale_offer_asks_on_its_page_and_a_click_answers(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    offer = OfferFactory(organisation=employer.organisation, published=True, stale_asked_on=today - timedelta(days=3))

    page = client.get(f"/mes-offres/{offer.id}").text
    client.post(f"/mes-offres/{offer.id}/etat/confirmer", data={"version": offer.version})

    session.refresh(offer)
    assert "Est-elle toujours ouverte" in page
    assert "mardi 17 novembre" in page
    assert offer.stale_asked_on is None
    assert "Est-elle toujours ouverte" not in client.get(f"/mes-offres/{offer.id}").text


def test_an_offer_about_to_end_can_be_prolonged(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    offer = OfferFactory(organisation=employer.organisation, published=True, expires_on=today + timedelta(days=3))

    assert "Prolonger l’offre" in client.get(f"/mes-offres/{offer.id}").text


def test_the_history_says_who_did_what(client: FlaskClient, session: scoped_session, employer: Somebody) -> None:
    offer = OfferFactory(organisation=employer.organisation)
    service.save_offer(offer.id, replace(offer.content, posts=3), by=employer.actor, version=offer.version)
    service.publish(offer.id, by=employer.actor)

    page = client.get(f"/mes-offres/{offer.id}/historique").text

    assert "Publiée" in page
    assert "Modifiée" in page
    assert "Postes" in page
    assert employer.actor.name in page
