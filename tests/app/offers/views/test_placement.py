"""Offers of stage in a browser: written without employment nor pay, found, and plain about what a stage is."""

import html
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.offers.models import Offer
from app.offers.queries import lines_by_id
from app.offers.rules import OfferKind, OfferState
from app.organisations.rules import OrganisationKind
from app.search import service as index
from search_index.documents import Kind
from tests.conftest import Statements
from tests.factories.offers import DESCRIPTION, OfferFactory
from tests.factories.people import Somebody, an_organisation, somebody

SignIn = Callable[..., None]
NEW = "/mes-offres/nouveau-stage"


@pytest.fixture
def employer(client: FlaskClient, sign_in: SignIn, today: date) -> Somebody:
    """Somebody of a firm, signed in."""
    person = somebody(Role.EMPLOYER)
    sign_in(person)
    return person


def typed(today: date, **changes: Any) -> dict[str, Any]:
    """What an employer types for a stage."""
    said = {
        "row_id": str(uuid4()),
        "job": "Agent d’entretien",
        "title": "",
        "posts": "2",
        "commune": "Massy",
        "start_on": f"{today + timedelta(days=11):%d/%m/%Y}",
        "hours_week": "15",
        "grid-preset": ["early"],
        "description": DESCRIPTION,
        "tutor_name": "Sandrine Leroy",
        "french": "0",
    }
    return {**said, **changes}


def _only(session: scoped_session) -> Offer:
    return session.scalars(select(Offer)).one()


def _read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.text).replace("\u00a0", " ")


@pytest.mark.parametrize("kind", sorted((OrganisationKind.FIRM, OrganisationKind.ACI, OrganisationKind.GEIQ)))
def test_any_employer_publishes_a_stage(
    client: FlaskClient, session: scoped_session, sign_in: SignIn, today: date, kind: OrganisationKind
) -> None:
    sign_in(somebody(Role.EMPLOYER, an_organisation(kind)))
    answer = client.post(NEW, data=typed(today, publier="1"))
    offer = _only(session)
    assert answer.location == f"/mes-offres/{offer.id}"
    assert (offer.kind, offer.state, offer.employment_kind, offer.pay_min) == (
        OfferKind.PLACEMENT, OfferState.PUBLISHED, None, None,
    )  # fmt: skip
    assert offer.title == "Découvrir le métier\u00a0: Agent d’entretien (H/F)"
    assert offer.posts == 2


def test_the_form_asks_neither_employment_nor_pay_and_does_not_read_them(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    page = _read(client, NEW)
    assert "Ce que la personne va découvrir" in page
    assert "Nombre de places" in page
    for name in ("employment_kind", "pay_min", "pay_max", "pay_period", "required_skills", "kind"):
        assert f'name="{name}"' not in page
    client.post(NEW, data=typed(today, employment_kind="cdi", pay_min="12", kind="job"))
    offer = _only(session)
    assert (offer.kind, offer.employment_kind, offer.pay_min) == (OfferKind.PLACEMENT, None, None)


def test_too_many_hours_are_refused_beside_the_field(client: FlaskClient, employer: Somebody, today: date) -> None:
    answer = client.post(NEW, data=typed(today, hours_week="49"))
    assert "48\u00a0h par semaine" in html.unescape(answer.text)


def test_a_stage_is_corrected_on_its_own_form_and_stays_a_stage(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    offer = OfferFactory(published=True, stage=True, organisation=employer.organisation)
    address = f"/mes-offres/{offer.id}/modifier"
    assert "Modifier le stage" in _read(client, address)
    client.post(
        address, data=typed(today, version=str(offer.version), title="Découvrir le ménage", employment_kind="cdi")
    )
    session.refresh(offer)
    assert (offer.title, offer.kind, offer.employment_kind) == ("Découvrir le ménage", OfferKind.PLACEMENT, None)


def test_a_law_title_is_asked_of_who_practises_not_of_who_discovers(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    client.post(NEW, data=typed(today, job="Auxiliaire ambulancier"))
    assert _only(session).required_titles == []


def test_a_structure_that_posts_a_job_is_not_offered_the_stage_there(
    client: FlaskClient, sign_in: SignIn, today: date
) -> None:
    sign_in(somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI)))
    page = _read(client, "/mes-offres/nouvelle")
    assert 'value="siae_post"' in page
    assert 'value="placement"' not in page
    assert f'href="{NEW}"' in page


def test_a_copy_of_a_stage_is_a_stage(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    offer = OfferFactory(published=True, stage=True, organisation=employer.organisation)
    copy = uuid4()
    client.post(f"/mes-offres/{offer.id}/dupliquer", data={"row_id": str(copy)})
    assert session.get_one(Offer, copy).kind is OfferKind.PLACEMENT


def test_the_preview_of_a_good_stage_has_nothing_to_correct(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    client.post(NEW, data=typed(today))
    page = _read(client, f"/mes-offres/{_only(session).id}/apercu")
    assert "Rien à corriger" in page
    assert "Salaire" not in page


def test_the_public_page_says_plainly_what_a_stage_is(
    client: FlaskClient, session: scoped_session, today: date, statements: Statements
) -> None:
    offer = OfferFactory(published=True, stage=True, posts=3)
    statements.clear()
    page = _read(client, f"/offres/{offer.id}")
    assert len(statements) <= 12
    for words in (
        "Stage en immersion",
        "Ce n’est pas un emploi.",
        "L’entreprise ne vous paie pas.",
        "Vous gardez vos revenus et votre statut.",
        "Le stage dure un mois au plus.",
        "la convention. Le portail vous aide.",
        "Demander ce stage",
        "À partir du",
    ):
        assert words in page
    for words in ("Salaire", "à voir avec l’employeur", "Contrat", "application/ld+json"):
        assert words not in page


def test_the_list_marks_a_stage_and_its_filter_is_in_the_address(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    stage, job = OfferFactory(published=True, stage=True), OfferFactory(published=True)
    index.rebuild(Kind.OFFERS)
    page = _read(client, "/offres")
    assert '<span class="tag is-brand">Stage en immersion</span>' in page
    assert "Non payé, 28 h par semaine" in page
    assert "type=placement" in page
    only = _read(client, "/offres?type=placement")
    assert str(stage.id) in only
    assert str(job.id) not in only
    without = _read(client, "/offres?type=job")
    assert str(job.id) in without
    assert str(stage.id) not in without
    assert lines_by_id([stage.id])[0].employment_kind is None


def test_the_employer_filters_stages_and_reads_what_they_are(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    stage = OfferFactory(published=True, stage=True, organisation=employer.organisation)
    job = OfferFactory(published=True, organisation=employer.organisation)
    page = _read(client, "/mes-offres?type=placement")
    assert str(stage.id) in page
    assert str(job.id) not in page
    assert "Stage en immersion" in page
    assert f'href="{NEW}"' in page
    shown = _read(client, f"/mes-offres/{stage.id}")
    assert "Places" in shown
    assert "Clause sociale" not in shown


def test_the_territory_filters_stages_and_the_file_says_their_type(
    client: FlaskClient, session: scoped_session, sign_in: SignIn, today: date
) -> None:
    sign_in(somebody(Role.FACILITATOR))
    stage, job = OfferFactory(published=True, stage=True), OfferFactory(published=True)
    page = _read(client, "/offres-du-territoire?type=placement&territoire=")
    assert str(stage.id) in page
    assert str(job.id) not in page
    file = client.get("/offres-du-territoire?type=placement&territoire=&export=csv").text
    assert "Stage en immersion" in file
    assert "CDD" not in file
