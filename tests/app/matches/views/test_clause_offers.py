"""An offer that serves a clause: only people eligible on the first day are proposed, and it is said who is not."""

import html
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications import service as applications
from app.applications.models import Application
from app.clauses.models import ClauseEmployment, ClauseOffer, Lot, PublicContract
from app.clauses.rules.offers import ClauseOfferRefusal
from app.clauses.service import offers as service
from app.core.errors import Refused
from app.core.roles import Role
from app.offers.rules import EmploymentKind
from app.organisations.rules import OrganisationKind
from tests.conftest import Statements
from tests.factories.applications import Market, a_market, agreed, hired
from tests.factories.clauses import a_check, a_contract, a_holder, a_lot
from tests.factories.matches import named, page_of
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


@pytest.fixture
def market(session: scoped_session, today: date) -> Market:
    """An offer of the firm that holds the lot, linked to it; one ready person, not checked yet."""
    made = a_market(start_on=today + timedelta(days=11))
    named(made.person, "Aïcha", "Ndiaye")
    contract = a_contract(made.facilitator)
    holder = a_holder(a_lot(contract), made.employer)
    service.link_offer(made.offer.id, holder.id, by=made.facilitator.actor)
    session.commit()
    return made


def _checked(market: Market, session: scoped_session, until: date) -> None:
    lot = session.get_one(Lot, session.scalars(select(ClauseOffer.lot_id)).one())
    a_check(session.get_one(PublicContract, lot.contract_id), market.person.candidate, good_until=until)
    session.commit()


def test_whoever_is_not_checked_is_left_out_and_counted(client: FlaskClient, market: Market, sign_in: SignIn) -> None:
    sign_in(market.facilitator)
    page = page_of(client, market)
    assert "Personne ne correspond" in page
    assert "1 personne correspond sauf pour l’éligibilité" in page
    assert "sans éligibilité" in page
    assert f"personne={market.person.candidate.id}" in page


@pytest.mark.parametrize(("days", "counts"), [(11, True), (10, False)])
def test_a_check_holds_on_its_last_day_and_not_the_day_after(
    client: FlaskClient,
    market: Market,
    sign_in: SignIn,
    session: scoped_session,
    today: date,
    days: int,
    counts: bool,
) -> None:
    _checked(market, session, today + timedelta(days=days))
    sign_in(market.facilitator)
    page = page_of(client, market)
    assert ("1 personne correspond<" in page or "1 personne correspond</h2>" in page) is counts
    assert ("Éligible à la clause jusqu" in page) is counts


def test_another_contract_is_another_matter(
    client: FlaskClient, market: Market, sign_in: SignIn, session: scoped_session
) -> None:
    a_check(a_contract(market.facilitator), market.person.candidate, good_until=None)
    session.commit()
    sign_in(market.facilitator)
    assert "Personne ne correspond" in page_of(client, market)


def test_the_person_does_not_find_it_among_her_offers_until_she_is_checked(
    client: FlaskClient, market: Market, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    sign_in(market.person)
    assert str(market.offer.id) not in client.get("/offres-pour-moi").text
    _checked(market, session, today + timedelta(days=30))
    page = client.get("/offres-pour-moi").text
    assert str(market.offer.id) in page


def test_nobody_is_proposed_without_a_check(
    client: FlaskClient, market: Market, sign_in: SignIn, session: scoped_session
) -> None:
    sign_in(market.facilitator)
    token = page_of(client, market).split('name="csrf_token" value="')[1].split('"')[0]
    said = {"csrf_token": token, "personne": str(market.person.candidate.id)}
    client.post(f"/offres/{market.offer.id}/candidats/proposer", data=said)
    assert session.scalars(select(Application)).all() == []


def test_the_employer_reads_until_when_and_never_why(
    client: FlaskClient, market: Market, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    _checked(market, session, today + timedelta(days=30))
    sign_in(market.facilitator)
    token = page_of(client, market).split('name="csrf_token" value="')[1].split('"')[0]
    said = {"csrf_token": token, "personne": str(market.person.candidate.id)}
    client.post(f"/offres/{market.offer.id}/candidats/proposer", data=said)
    row = session.scalars(select(Application)).one()
    applications.agree(row.id, by=market.person.actor, today=today)
    applications.send([row.id], by=market.facilitator.actor, today=today)
    sign_in(market.employer)
    page = client.get(f"/candidatures/{row.id}").text
    assert "Éligible à la clause jusqu" in page
    assert "RSA" not in page
    assert "CAF" not in page


def test_a_hire_by_the_offer_is_work_on_the_lot(market: Market, session: scoped_session, today: date) -> None:
    _checked(market, session, today + timedelta(days=30))
    application = agreed(market, today)
    applications.send([application.id], by=market.facilitator.actor, today=today)
    hired(
        market, today, application, start_on=market.offer.start_on,
        end_on=market.offer.start_on + timedelta(days=200), employment_kind=EmploymentKind.CDD,
    )  # fmt: skip
    row = session.scalars(select(ClauseEmployment)).one()
    assert (row.candidate_id, row.started_on) == (market.person.candidate.id, market.offer.start_on)
    with pytest.raises(Refused):
        service.unlink_offer(market.offer.id, by=market.employer.actor)


def test_an_employer_links_its_own_offer_to_its_own_lots_only(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    made = a_market()
    contract = a_contract(made.facilitator)
    own = a_holder(a_lot(contract, title="Nettoyage"), made.employer)
    other = a_holder(a_lot(contract, title="Gros œuvre"))
    session.commit()
    sign_in(made.employer)
    url = f"/mes-offres/{made.offer.id}/clause"
    page = client.get(url).text
    assert "Nettoyage" in page
    assert "Gros œuvre" not in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    refused = client.post(url, data={"csrf_token": token, "holder": str(other.id)}).text
    assert "Il y a un problème" in refused
    assert session.scalars(select(ClauseOffer)).all() == []
    client.post(url, data={"csrf_token": token, "holder": str(own.id)})
    assert session.scalars(select(ClauseOffer.holder_id)).one() == own.id
    sign_in(somebody(Role.EMPLOYER))
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("offers", [1, 6])
def test_the_pages_need_as_few_statements_however_many_offers_serve_a_clause(
    client: FlaskClient,
    market: Market,
    sign_in: SignIn,
    session: scoped_session,
    today: date,
    statements: Statements,
    offers: int,
) -> None:
    _checked(market, session, today + timedelta(days=30))
    for number in range(offers):
        other = a_market(start_on=today + timedelta(days=20 + number))
        contract = a_contract(market.facilitator)
        holder = a_holder(a_lot(contract), other.employer)
        service.link_offer(other.offer.id, holder.id, by=market.facilitator.actor)
        a_check(contract, market.person.candidate, good_until=None)
    session.commit()
    sign_in(market.facilitator)
    for url in (f"/offres/{market.offer.id}/candidats", f"/candidats/{market.person.candidate.id}/offres"):
        client.get(url)
        statements.clear()
        assert client.get(url).status_code == 200
        assert len(statements) <= 15


def test_professionals_see_the_tag_in_their_lists_and_the_public_sees_nothing(
    client: FlaskClient, market: Market, sign_in: SignIn, session: scoped_session
) -> None:
    assert "lause" not in client.get(f"/offres/{market.offer.id}").text
    a_market()
    session.commit()
    for who, url in ((market.employer, "/mes-offres"), (market.facilitator, "/offres-du-territoire")):
        sign_in(who)
        assert client.get(url).text.count("Clause sociale") == 1


def test_the_offer_of_a_firm_serves_its_own_lots_only_and_that_of_a_structure_any(
    market: Market, session: scoped_session
) -> None:
    stranger = a_market()
    own = session.scalars(select(ClauseOffer.holder_id)).one()
    with pytest.raises(Refused):
        service.link_offer(stranger.offer.id, own, by=market.facilitator.actor)
    stranger.offer.organisation.kind = OrganisationKind.ETTI
    session.commit()
    assert service.link_offer(stranger.offer.id, own, by=market.facilitator.actor).holder_id == own


def test_a_stage_serves_no_clause(session: scoped_session, client: FlaskClient, sign_in: SignIn) -> None:
    made = a_market(stage=True)
    holder = a_holder(a_lot(a_contract(made.facilitator)), made.employer)
    session.commit()
    with pytest.raises(Refused) as no:
        service.link_offer(made.offer.id, holder.id, by=made.facilitator.actor)
    assert no.value.reasons == (ClauseOfferRefusal.IS_PLACEMENT,)
    sign_in(made.facilitator)
    answer = client.post(f"/mes-offres/{made.offer.id}/clause", data={"holder": str(holder.id)})
    assert "Un stage n’est pas une embauche" in html.unescape(answer.text)
    assert session.scalars(select(ClauseOffer)).all() == []
