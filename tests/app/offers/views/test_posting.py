"""Writing an offer in a browser: one page, everything kept, nothing twice."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.offers.models import Offer
from app.offers.rules import EmploymentKind, OfferKind, OfferState
from app.organisations.rules import OrganisationKind
from tests.factories.offers import DESCRIPTION, OfferFactory
from tests.factories.people import Somebody, an_organisation, somebody

SignIn = Callable[..., None]
NEW = "/mes-offres/nouvelle"


@pytest.fixture
def employer(client: FlaskClient, sign_in: SignIn, today: date) -> Somebody:
    """Somebody of a firm, signed in."""
    person = somebody(Role.EMPLOYER)
    sign_in(person)
    return person


def typed(today: date, **changes: Any) -> dict[str, Any]:
    """What an employer types for a complete offer."""
    said = {
        "row_id": str(uuid4()),
        "job": "Agent d’entretien",
        "title": "",
        "posts": "2",
        "commune": "Massy",
        "start_on": f"{today + timedelta(days=11):%d/%m/%Y}",
        "employment_kind": "cdd",
        "hours_week": "15",
        "grid-preset": ["early"],
        "pay_min": "12,40",
        "pay_period": "hour",
        "description": DESCRIPTION,
        "end_on": f"{today + timedelta(days=250):%d/%m/%Y}",
        "french": "0",
    }
    return {**said, **changes}


def _only(session: scoped_session) -> Offer:
    return session.scalars(select(Offer)).one()


def test_the_essentials_are_enough_to_publish(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    answer = client.post(NEW, data=typed(today, publier="1"))

    offer = _only(session)
    assert answer.status_code == 303
    assert answer.location == f"/mes-offres/{offer.id}"
    assert offer.state is OfferState.PUBLISHED
    assert (offer.title, offer.trade_slug) == ("Agent d’entretien (H/F)", "agent-entretien")
    assert (offer.commune_insee, offer.employment_kind, offer.posts) == ("91377", EmploymentKind.CDD, 2)
    assert offer.kind is OfferKind.JOB


def test_everyday_words_find_the_job(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    client.post(NEW, data=typed(today, job="plonge"))

    assert _only(session).trade_slug == "plongeur"


def test_words_of_several_jobs_give_a_list_to_choose_from(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    asked = client.post(NEW, data=typed(today, job="ménag")).text

    assert "Choisissez le plus proche" in asked
    assert 'name="job-choice"' in asked
    assert 'value="ménag"' in asked
    assert session.scalar(select(func.count()).select_from(Offer)) == 0

    client.post(NEW, data=typed(today, **{"job": "ménag", "job-choice": "employe-menage"}))

    assert _only(session).trade_slug == "employe-menage"


def test_a_draft_may_be_saved_with_nothing_but_a_job(
    client: FlaskClient, session: scoped_session, employer: Somebody
) -> None:
    answer = client.post(NEW, data={"row_id": str(uuid4()), "job": "maçon", "posts": "1", "brouillon": "1"})

    assert answer.status_code == 303
    assert _only(session).state is OfferState.DRAFT
    assert "à préciser" in client.get(answer.location).text


def test_a_form_sent_twice_makes_one_offer(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    form = typed(today, publier="1")

    first, second = client.post(NEW, data=form), client.post(NEW, data=form)

    assert first.location == second.location
    assert session.scalar(select(func.count()).select_from(Offer)) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"commune": "Paris"}, "Nous ne connaissons pas cette commune de l’Essonne"),
        ({"job": "zzzzqq"}, "Nous ne connaissons pas ce métier"),
        ({"hours_week": "60"}, "le maximum légal est de 48\u00a0h par semaine"),
        ({"end_on": "06/11/2026", "start_on": "16/11/2026"}, "La fin est avant le début"),
        ({"start_on": "04/11/2026", "publier": "1"}, "Cette date est passée"),
        ({"start_on": "31/02/2027"}, "Cette date n’existe pas"),
        ({"description": "é" * 10_000}, "10\u00a0000 caractères"),
        ({"french": "2", "publier": "1"}, "Dites pourquoi ce niveau de français"),
        ({"employment_kind": "cddi"}, "Choisissez une réponse de la liste."),
        ({"posts": "0"}, "1 au moins"),
        ({"pay_min": "douze"}, "Écrivez un nombre."),
        ({"pay_min": "14", "pay_max": "12"}, "Le maximum est plus petit que le minimum"),
        ({"job": "", "publier": "1"}, "Dites le métier"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_the_input_is_kept(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date, changes: dict[str, Any], message: str
) -> None:
    page = client.post(NEW, data=typed(today, tutor_name="Zoé N’Guessan", **changes)).text

    assert message in page
    assert "Erreur" in page.split("</title>")[0]
    assert 'value="Zoé N’Guessan"' in page
    assert session.scalar(select(func.count()).select_from(Offer)) == 0


def test_other_scripts_and_apostrophes_are_kept_as_typed(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    title, words = "Chef d'équipe <b>لغات</b>", "Travail à l'atelier.\nفريق صغير & sympa"

    client.post(NEW, data=typed(today, title=title, description=words))

    offer = _only(session)
    assert (offer.title, offer.description) == (title, words)
    page = client.get(f"/mes-offres/{offer.id}").text
    assert "Chef d&#39;équipe &lt;b&gt;لغات&lt;/b&gt;" in page
    assert "<b>لغات</b>" not in page


def test_what_is_to_be_read_again_is_shown_and_may_be_passed_over(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    faulty = typed(today, title="Femme de ménage", pay_min="11,50", required_licences=["b"], publier="1")
    review = client.post(NEW, data=faulty, follow_redirects=True).text
    offer = _only(session)

    assert offer.state is OfferState.DRAFT
    assert "«\u00a0Femme de ménage\u00a0» peut écarter des personnes selon le sexe" in review
    assert "agent d’entretien (H/F)" in review
    assert "sous le SMIC (12,02\u00a0€ brut par heure)" in review
    assert "Le permis est-il vraiment utile" in review
    assert "Publier quand même" in review

    client.post(f"/mes-offres/{offer.id}/etat/publier", data={"version": offer.version})

    session.refresh(offer)
    assert offer.state is OfferState.PUBLISHED


def test_what_blocks_publishing_hides_the_button(
    client: FlaskClient, session: scoped_session, employer: Somebody
) -> None:
    offer = OfferFactory(organisation=employer.organisation, french=2, french_reason="")

    page = client.get(f"/mes-offres/{offer.id}/apercu").text

    assert "Dites pourquoi ce niveau de français" in page
    assert "/etat/publier" not in page


def test_two_editors_are_shown_both_versions(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    offer = OfferFactory(organisation=employer.organisation)
    seen = offer.version
    first = typed(today, title="Agente de propreté", version=seen)
    second = typed(today, title="Agent polyvalent", version=seen)

    saved = client.post(f"/mes-offres/{offer.id}/modifier", data=first)
    refused = client.post(f"/mes-offres/{offer.id}/modifier", data=second)

    assert saved.status_code == 303
    assert refused.status_code == 409
    assert "Agente de propreté" in refused.text
    assert "Agent polyvalent" in refused.text
    session.refresh(offer)
    assert offer.title == "Agente de propreté"


def test_the_form_shows_an_offer_as_it_is(client: FlaskClient, session: scoped_session, employer: Somebody) -> None:
    offer = OfferFactory(organisation=employer.organisation, published=True, required_skills=["entretien-locaux"])

    page = client.get(f"/mes-offres/{offer.id}/modifier").text

    assert 'value="Agent d’entretien"' in page
    assert 'value="Massy"' in page
    assert 'value="16/11/2026"' in page
    assert 'value="28"' in page
    assert 'value="entretien-locaux" checked' in page
    assert "Nettoyer des bureaux et des locaux" in page


def test_skills_of_the_job_appear_on_request_and_nothing_is_saved(
    client: FlaskClient, session: scoped_session, employer: Somebody, today: date
) -> None:
    page = client.post(NEW, data=typed(today, tutor_name="Nadia", competences="1")).text

    assert "Nettoyer des bureaux et des locaux" in page
    assert 'value="Nadia"' in page
    assert session.scalar(select(func.count()).select_from(Offer)) == 0


def test_a_siae_offers_an_insertion_post_with_a_cddi(
    client: FlaskClient, session: scoped_session, sign_in: SignIn, today: date
) -> None:
    sign_in(somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI)))

    client.post(NEW, data=typed(today, kind="siae_post", employment_kind="cddi", publier="1"))

    offer = _only(session)
    assert (offer.kind, offer.employment_kind) == (OfferKind.SIAE_POST, EmploymentKind.CDDI)
    assert offer.state is OfferState.PUBLISHED


def test_a_copy_opens_in_the_form(client: FlaskClient, session: scoped_session, employer: Somebody) -> None:
    offer = OfferFactory(organisation=employer.organisation, closed=True)
    row_id = str(uuid4())

    answer = client.post(f"/mes-offres/{offer.id}/dupliquer", data={"row_id": row_id})
    again = client.post(f"/mes-offres/{offer.id}/dupliquer", data={"row_id": row_id})

    assert answer.location == again.location == f"/mes-offres/{row_id}/modifier"
    assert client.get(answer.location).status_code == 200
    assert session.scalar(select(func.count()).select_from(Offer)) == 2


@pytest.mark.parametrize("path", ["", "/modifier", "/apercu", "/historique", "/fermer", "/pourvue"])
def test_the_offer_of_another_employer_does_not_exist(
    client: FlaskClient, session: scoped_session, employer: Somebody, path: str
) -> None:
    offer = OfferFactory(published=True)

    assert client.get(f"/mes-offres/{offer.id}{path}").status_code == 404
