"""What anybody reads without an account: never an address, and the right answer for each state."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.grid import Grid, Preset
from app.core.roles import Role
from app.offers.rules import EmploymentKind, OfferState, PayPeriod
from app.reference.models import Commune, Trade
from tests.app.offers.service.test_states import TRAITS
from tests.conftest import Statements
from tests.factories.offers import OfferFactory
from tests.factories.people import somebody

SignIn = Callable[..., None]
STATUS = {
    OfferState.DRAFT: 404,
    OfferState.PUBLISHED: 200,
    OfferState.PAUSED: 404,
    OfferState.FILLED: 410,
    OfferState.EXPIRED: 410,
    OfferState.CLOSED: 410,
}


def posting_of(page: str) -> dict[str, Any]:
    """The JSON-LD of a page, read as a search engine reads it."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found is not None
    said: dict[str, Any] = json.loads(found[1])
    return said


@pytest.mark.parametrize("state", list(OfferState))
def test_each_state_answers_as_it_should(
    client: FlaskClient, session: scoped_session, today: date, state: OfferState
) -> None:
    offer = OfferFactory(**TRAITS[state])

    assert client.get(f"/offres/{offer.id}").status_code == STATUS[state]


def test_an_unknown_offer_is_not_found(client: FlaskClient, session: scoped_session) -> None:
    assert client.get(f"/offres/{uuid4()}").status_code == 404


def test_a_draft_that_was_closed_was_never_public(client: FlaskClient, session: scoped_session, today: date) -> None:
    offer = OfferFactory(closed=True, published_at=None)

    assert client.get(f"/offres/{offer.id}").status_code == 404


def test_an_offer_past_its_last_day_is_gone_before_the_job_has_run(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    offer = OfferFactory(published=True, expires_on=today - timedelta(days=1))

    assert client.get(f"/offres/{offer.id}").status_code == 410
    assert offer.title not in client.get("/offres").text


def test_a_gone_offer_leads_to_the_nearest_open_ones(client: FlaskClient, session: scoped_session, today: date) -> None:
    gone = OfferFactory(filled=True)
    etampes = db.session.get(Commune, "91223")
    OfferFactory(published=True, title="Même métier, loin", commune=etampes)
    OfferFactory(published=True, title="Même métier, ici")
    OfferFactory(published=True, title="Même famille", trade=db.session.get(Trade, "laveur-vitres"))
    OfferFactory(published=True, title="Tout autre", trade=db.session.get(Trade, "macon"))

    page = client.get(f"/offres/{gone.id}").text

    assert page.index("Même métier, ici") < page.index("Même métier, loin") < page.index("Même famille")
    assert "Tout autre" not in page


def test_the_page_never_says_the_address_nor_the_name_of_the_tutor(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    offer = OfferFactory(published=True, address="3 rue du Clos", tutor_name="Nadia O’Hara")

    page = client.get(f"/offres/{offer.id}").text

    assert "3 rue du Clos" not in page
    assert "Nadia" not in page
    assert "Une personne vous accompagne" in page


def test_the_page_says_what_the_offer_asks(client: FlaskClient, session: scoped_session, today: date) -> None:
    offer = OfferFactory(
        published=True,
        trade=db.session.get(Trade, "agent-securite"),
        required_titles=["carte-securite"],
        required_skills=["entretien-locaux"],
        wished_skills=["lavage-vitres"],
        required_licences=["b"],
        conditions=["nuit", "telephone"],
        french=2,
        french_reason="Lire les consignes.",
        grid=Grid.from_presets([Preset.NIGHT]),
        posts=3,
    )

    page = client.get(f"/offres/{offer.id}").text

    for words in ("Carte professionnelle de sécurité privée", "Nettoyer des bureaux et des locaux", "Permis B"):
        assert words in page
    for words in ("Laver des vitres", "Travail de nuit", "Beaucoup de téléphone", "Lire les consignes.", "La nuit"):
        assert words in page


def test_the_posting_is_valid_json_whatever_the_title(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    title = "</script><script>alert('x')</script> & <!-- \"Chef\" d’équipe مرحبا"
    offer = OfferFactory(published=True, title=title, description="</script>\n\u2028 fin")

    page = client.get(f"/offres/{offer.id}").text
    posting = posting_of(page)

    assert posting["title"] == title
    assert posting["description"] == "</script>\n\u2028 fin"
    assert "<script>alert" not in page
    assert page.count("<script") == page.count("</script>")  # no end of one in the title or the text


def test_the_posting_says_the_terms_of_the_job_and_no_street(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    offer = OfferFactory(
        published=True,
        address="3 rue du Clos",
        posts=4,
        posts_filled=1,
        pay_max=None,
        employment_kind=EmploymentKind.CDD,
    )

    posting = posting_of(client.get(f"/offres/{offer.id}").text)

    assert posting["@type"] == "JobPosting"
    assert posting["datePosted"] == "2026-11-05"
    assert posting["validThrough"] == "2027-01-04T23:59:59"
    assert posting["employmentType"] == ["PART_TIME", "TEMPORARY"]
    assert posting["hiringOrganization"]["name"] == offer.organisation.name
    assert posting["jobLocation"]["address"]["addressLocality"] == "Massy"
    assert "streetAddress" not in posting["jobLocation"]["address"]
    assert posting["baseSalary"]["value"] == {"@type": "QuantitativeValue", "unitText": "HOUR", "value": 12.4}
    assert posting["totalJobOpenings"] == 3
    assert posting["url"].endswith(f"/offres/{offer.id}")


def test_a_posting_without_pay_says_none(client: FlaskClient, session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True, pay_min=None, hours_week=35, employment_kind=EmploymentKind.CDI, end_on=None)

    posting = posting_of(client.get(f"/offres/{offer.id}").text)

    assert "baseSalary" not in posting
    assert posting["employmentType"] == ["FULL_TIME"]


def test_a_range_of_pay_is_a_range(client: FlaskClient, session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True, pay_min=1900, pay_max=2100, pay_period=PayPeriod.MONTH)

    page = client.get(f"/offres/{offer.id}").text

    assert posting_of(page)["baseSalary"]["value"]["minValue"] == 1900
    assert "de 1\u00a0900\u00a0€ à 2\u00a0100\u00a0€ brut par mois" in page


@pytest.mark.parametrize("role", [None, Role.CANDIDATE])
def test_the_public_and_candidates_may_apply(
    client: FlaskClient, session: scoped_session, sign_in: SignIn, today: date, role: Role | None
) -> None:
    offer = OfferFactory(published=True)
    if role:
        sign_in(somebody(role))

    assert f"/offres/{offer.id}/candidater" in client.get(f"/offres/{offer.id}").text


def test_a_professional_reads_the_page_and_does_not_apply(
    client: FlaskClient, session: scoped_session, sign_in: SignIn, today: date
) -> None:
    offer = OfferFactory(published=True)
    sign_in(somebody(Role.REFERENT))

    page = client.get(f"/offres/{offer.id}").text

    assert offer.title in page
    assert "/candidater" not in page


def test_the_map_of_the_site_holds_the_open_offers_only(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    shown = OfferFactory(published=True)
    for state in set(OfferState) - {OfferState.PUBLISHED}:
        OfferFactory(**TRAITS[state])

    answer = client.get("/sitemap.xml")
    places = [node.text for node in ElementTree.fromstring(answer.data).iter() if node.tag.endswith("}loc")]

    assert answer.mimetype == "application/xml"
    assert [place.split("//", 1)[1].split("/", 1)[1] for place in places] == ["offres", f"offres/{shown.id}"]


def test_robots_are_told_where_the_map_is(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")

    assert answer.mimetype == "text/plain"
    assert "Sitemap: http" in answer.text
    assert "Disallow: /mes-offres" in answer.text
    assert "Disallow: /offres\n" not in answer.text


def test_one_offer_costs_few_statements(
    client: FlaskClient, session: scoped_session, statements: Statements, today: date
) -> None:
    offer = OfferFactory(published=True, conditions=["debout"], required_skills=["entretien-locaux"])
    statements.clear()

    client.get(f"/offres/{offer.id}")

    assert len(statements) == 2
