"""« Candidater » in a browser: words, who one is, a code, one button; nothing twice, nothing lost."""

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.applications.models import Application, ApplicationDraft
from app.applications.rules import ApplicationState, Origin
from app.candidates.models import Candidate
from app.core.roles import Role
from app.messages.models import Message
from app.offers.models import Offer
from tests.factories.applications import Market, a_market, proposed
from tests.factories.offers import OfferFactory
from tests.factories.people import somebody

SignIn = Callable[..., None]
WORDS = "J’habite tout près, je peux commencer lundi."


@pytest.fixture
def market(session: scoped_session, today: date) -> Market:
    """An open offer, and a ready person."""
    return a_market()


def _address(offer: Offer, end: str = "") -> str:
    return f"/offres/{offer.id}/candidater{end}"


def _who(**changes: str) -> dict[str, str]:
    said = {
        "row_id": str(uuid4()),
        "first_name": "Aïcha",
        "last_name": "N’Diaye",
        "contact": "06 39 98 12 34",
        "commune": "Massy",
    }
    return {**said, **changes}


def _applications(session: scoped_session) -> list[Application]:
    return list(session.scalars(select(Application)))


def _code(session: scoped_session) -> str:
    texts = session.scalars(select(Message.body).where(Message.kind == "sign_in_code").order_by(Message.created_at))
    return re.findall(r"\b\d{6}\b", list(texts)[-1])[0]


def test_a_candidate_who_is_signed_in_applies_in_one_page(
    client: FlaskClient, session: scoped_session, market: Market, sign_in: SignIn
) -> None:
    sign_in(market.person)
    page = client.get(_address(market.offer)).text
    assert "Étampes Propreté" in page
    assert "Envoyer ma demande" in page

    answer = client.post(_address(market.offer), data={"words": WORDS})

    (application,) = _applications(session)
    assert answer.location == f"/candidatures/{application.id}"
    assert (application.origin, application.state, application.person_words) == (
        Origin.DIRECT,
        ApplicationState.SENT,
        WORDS,
    )
    assert "Votre demande est partie" in client.get(answer.location).text


def test_sending_twice_is_one_application(
    client: FlaskClient, session: scoped_session, market: Market, sign_in: SignIn
) -> None:
    sign_in(market.person)
    first = client.post(_address(market.offer), data={"words": WORDS})
    second = client.post(_address(market.offer), data={"words": WORDS})

    assert len(_applications(session)) == 1
    assert first.location == second.location


def test_an_offer_already_proposed_leads_to_the_proposal(
    client: FlaskClient, session: scoped_session, market: Market, sign_in: SignIn, today: date
) -> None:
    waiting = proposed(market, today)
    sign_in(market.person)

    answer = client.get(_address(market.offer))

    assert answer.location == f"/candidatures/{waiting.id}"


def test_too_many_words_are_kept_on_the_page(
    client: FlaskClient, session: scoped_session, market: Market, sign_in: SignIn
) -> None:
    sign_in(market.person)
    long = "mot " * 2500

    page = client.post(_address(market.offer), data={"words": long}).text

    assert "C’est trop long" in page
    assert long.strip() in page
    assert not _applications(session)


def test_somebody_new_writes_says_who_they_are_types_the_code_and_sends(
    client: FlaskClient, session: scoped_session, market: Market
) -> None:
    answer = client.post(_address(market.offer), data={"words": WORDS})
    assert "/qui-etes-vous?brouillon=" in answer.location
    assert "J’ai déjà un profil" in client.get(answer.location).text

    answer = client.post(answer.location, data=_who())
    assert answer.location.startswith("/connexion/code?suite=")
    answer = client.post(answer.location, data={"code": _code(session), "suite": _suite(answer.location)})
    assert answer.location.startswith(_address(market.offer, "/envoyer?brouillon="))
    last = client.get(answer.location).text
    assert WORDS in last
    assert "Envoyer ma demande" in last

    answer = client.post(answer.location, data={"words": WORDS})

    (application,) = _applications(session)
    person = session.get(Candidate, application.candidate_id)
    assert person is not None
    assert (person.full_name, person.phone, person.commune_insee) == ("Aïcha N’Diaye", "+33639981234", "91377")
    assert application.person_words == WORDS
    assert session.scalar(select(func.count()).select_from(ApplicationDraft)) == 0
    page = client.get(answer.location).text
    assert "Votre profil n’est pas complet" in page


def _suite(location: str) -> str:
    return parse_qs(urlsplit(location).query)["suite"][0]


def test_a_person_known_by_that_phone_gets_a_code_and_no_second_file(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    market.person.user.phone = "+33639981234"
    session.commit()
    before = session.scalar(select(func.count()).select_from(Candidate))
    draft = client.post(_address(market.offer), data={"words": WORDS}).location

    answer = client.post(draft, data=_who())
    answer = client.post(answer.location, data={"code": _code(session), "suite": _suite(answer.location)})
    client.post(answer.location, data={"words": WORDS})

    assert session.scalar(select(func.count()).select_from(Candidate)) == before
    (application,) = _applications(session)
    assert application.candidate_id == market.person.actor.candidate_id


def test_what_was_typed_stays_beside_what_is_wrong(
    client: FlaskClient, session: scoped_session, market: Market
) -> None:
    draft = client.post(_address(market.offer), data={"words": WORDS}).location

    page = client.post(draft, data=_who(first_name="محمد", last_name="", contact="0612", commune="Masi")).text

    assert "Écrivez votre nom." in page
    assert "Ce numéro n’existe pas" in page
    assert "Nous ne connaissons pas cette ville" in page
    for kept in ("محمد", 'value="0612"', 'value="Masi"'):
        assert kept in page
    assert "<title>Erreur" in page


def test_the_way_through_the_sign_in_page_keeps_the_words(
    client: FlaskClient, session: scoped_session, market: Market, sign_in: SignIn
) -> None:
    draft = client.post(_address(market.offer), data={"words": WORDS}).location
    assert f"suite=/offres/{market.offer.id}/candidater/envoyer?brouillon%3D" in client.get(draft).text
    waiting = client.get(draft.replace("qui-etes-vous", "envoyer"))
    assert waiting.location.startswith("/connexion?suite=")

    sign_in(market.person)

    assert WORDS in client.get(draft.replace("qui-etes-vous", "envoyer")).text


def test_the_words_can_be_changed_before_they_leave(client: FlaskClient, market: Market) -> None:
    draft = client.post(_address(market.offer), data={"words": WORDS}).location
    back = draft.replace("/qui-etes-vous", "")
    assert WORDS in client.get(back).text


def test_words_of_another_offer_are_not_shown(client: FlaskClient, session: scoped_session, market: Market) -> None:
    other = OfferFactory(published=True)
    draft = client.post(_address(market.offer), data={"words": WORDS}).location
    page = client.get(_address(other, f"?{draft.partition('?')[2]}")).text
    assert WORDS not in page
    assert client.get(_address(other, "?brouillon=nonsense")).status_code == 200


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.FACILITATOR, Role.DEPARTMENT])
def test_a_professional_is_told_that_the_page_is_not_for_them(
    client: FlaskClient, session: scoped_session, market: Market, sign_in: SignIn, role: Role
) -> None:
    sign_in(somebody(role))
    for end in ("", "/envoyer"):
        answer = client.get(_address(market.offer, end))
        assert answer.status_code == 200
        assert "Cette page est pour les personnes qui cherchent un travail" in answer.text
        client.post(_address(market.offer, end), data={"words": WORDS})
    assert not _applications(session)


@pytest.mark.parametrize("trait", ["expired", "filled", "closed"])
def test_an_offer_that_is_over_is_gone(client: FlaskClient, session: scoped_session, today: date, trait: str) -> None:
    offer = OfferFactory(**{trait: True})
    for answer in (client.get(_address(offer)), client.post(_address(offer), data={"words": WORDS})):
        assert answer.status_code == 410
        assert "n’est plus ouverte" in answer.text
        assert offer.title in answer.text


def test_a_draft_offer_does_not_exist(client: FlaskClient, session: scoped_session, today: date) -> None:
    assert client.get(_address(OfferFactory())).status_code == 404


def test_an_offer_that_closes_while_one_writes_is_said_gone(
    client: FlaskClient, session: scoped_session, market: Market, sign_in: SignIn
) -> None:
    sign_in(market.person)
    assert client.get(_address(market.offer)).status_code == 200
    market.offer.expires_on = date(2026, 11, 4)
    session.commit()

    assert client.post(_address(market.offer), data={"words": WORDS}).status_code == 410
    assert not _applications(session)
