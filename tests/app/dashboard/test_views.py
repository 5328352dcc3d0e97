"""The first page of each role."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import PROFESSIONALS, Role
from app.dashboard.queries import public_counts
from tests.factories.offers import OfferFactory
from tests.factories.people import somebody


@pytest.mark.parametrize("role", sorted(PROFESSIONALS))
def test_a_professional_reads_what_waits_for_them_first(
    client: FlaskClient, sign_in: Callable[[Any], FlaskClient], statements: list[str], role: Role
) -> None:
    sign_in(somebody(role))
    statements.clear()
    page = client.get("/accueil")
    assert page.status_code == 200
    assert page.text.index("À faire aujourd’hui") < page.text.index("Où en êtes-vous")
    assert "Bonjour Alex" in page.text
    assert len(statements) <= 12, statements


def test_a_candidate_goes_straight_to_their_offers(client: FlaskClient, sign_in: Callable[[Any], FlaskClient]) -> None:
    sign_in(somebody(Role.CANDIDATE))
    answer = client.get("/accueil")
    assert (answer.status_code, answer.location) == (302, "/offres-pour-moi")


@pytest.mark.parametrize("path", ["/", "/accessibilite", "/donnees-personnelles", "/mentions-legales"])
def test_anybody_reads_the_public_pages_with_a_phone_number(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "tel:" in page.text


def test_somebody_not_signed_in_is_sent_to_the_door_and_back(client: FlaskClient) -> None:
    answer = client.get("/accueil")
    assert answer.status_code == 302
    assert answer.location == "/connexion?suite=/accueil"


def test_the_places_of_a_stage_are_no_posts_to_fill(session: scoped_session, today: date) -> None:
    OfferFactory(published=True, posts=2)
    OfferFactory(published=True, stage=True, posts=5)
    assert public_counts() == (2, 2)
