"""A person's hours across contracts: one parcours, one total, the next contract before this one ends."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.candidates.models import Candidate
from app.clauses.models import ClauseOffer
from app.clauses.rules.states import ReportState
from app.core.roles import Role
from app.reference.models import Commune
from tests.conftest import Statements
from tests.factories.clauses import Site, a_check, a_line, a_report, a_site, an_employment
from tests.factories.offers import OfferFactory
from tests.factories.people import Somebody, somebody

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def person(session: scoped_session, today: date) -> Somebody:
    """A candidate with their own account."""
    return somebody(Role.CANDIDATE)


@pytest.fixture
def sites(person: Somebody, session: scoped_session) -> tuple[Site, Site]:
    """Two contracts: 500 h validated on the first, which is over, 103.50 h sent on the second, which ends on 30/11."""
    first, second = a_site(title="Collège"), a_site(title="Gymnase")
    candidate = person.candidate
    old = an_employment(first.holder, candidate, ended_on=date(2026, 6, 30), employer_name="Peinture Un")
    for month in (3, 4, 5, 6):
        a_line(a_report(first.holder, date(2026, month, 1), ReportState.VALIDATED), old, 125)
    new = an_employment(
        second.holder, candidate, started_on=date(2026, 9, 1), ended_on=date(2026, 11, 30), employer_name="Bâtir Deux"
    )
    a_line(a_report(second.holder, date(2026, 10, 1), ReportState.DECLARED), new, "103.5")
    a_line(a_report(second.holder, date(2026, 11, 1), ReportState.DRAFT), new, 77)
    session.commit()
    return first, second


def _url(candidate: Candidate | None) -> str:
    assert candidate is not None
    return f"/candidats/{candidate.id}/heures"


def test_one_total_across_contracts_with_the_divisor_of_the_full_time_year(
    client: FlaskClient, person: Somebody, sites: tuple[Site, Site], sign_in: SignIn
) -> None:
    sign_in(sites[1].facilitator)
    page = client.get(_url(person.candidate)).text.replace("\u00a0", " ")
    assert "<b>500 h</b>validées" in page
    assert "<b>103,50 h</b>à valider" in page
    assert "603,50 h" in page  # the total of the table
    assert "77 h" not in page  # a draft is nobody's hours yet
    assert "<b>0,3</b>ETP" in page  # 500 ÷ 1607
    assert "1 607 h" in page
    assert page.index("Collège</strong>") < page.index("Gymnase</strong>")


def test_the_end_is_said_before_it_comes_with_the_nearest_offers(
    client: FlaskClient, person: Somebody, sites: tuple[Site, Site], sign_in: SignIn, session: scoped_session
) -> None:
    for title, commune in (("Peintre à Étampes", "91223"), ("Peintre à Massy", "91377")):
        offer = OfferFactory(published=True, title=title, commune=session.get(Commune, commune))
        session.add(ClauseOffer(offer_id=offer.id, lot_id=sites[0].lot.id, holder_id=sites[0].holder.id))
    OfferFactory(published=True, title="Sans clause")
    session.commit()
    sign_in(sites[1].facilitator)
    page = client.get(_url(person.candidate)).text
    assert "Son contrat finit le 30 novembre 2026" in page
    assert page.index("Peintre à Massy") < page.index("Peintre à Étampes")
    assert "Sans clause" not in page
    assert f"/candidats/{person.candidate.id}/offres" in page


def test_a_next_contract_silences_the_alert(
    client: FlaskClient, person: Somebody, sites: tuple[Site, Site], sign_in: SignIn, session: scoped_session
) -> None:
    an_employment(sites[0].holder, person.candidate, started_on=date(2026, 12, 1))
    session.commit()
    sign_in(sites[1].facilitator)
    page = client.get(_url(person.candidate)).text
    assert "Son contrat finit" not in page
    assert "Un autre contrat commence le 1er décembre 2026" in page


def test_a_referent_reads_the_hours_of_their_people_without_the_checks(
    client: FlaskClient, person: Somebody, sites: tuple[Site, Site], sign_in: SignIn, session: scoped_session
) -> None:
    referent = somebody(Role.REFERENT)
    person.candidate.referent_id = referent.user.id
    session.commit()
    sign_in(referent)
    page = client.get(_url(person.candidate)).text
    assert "603,50" in page
    assert "Vérifier l’éligibilité" not in page
    sign_in(somebody(Role.REFERENT))
    assert client.get(_url(person.candidate)).status_code == 404


def test_who_steers_one_contract_of_somebody_they_do_not_accompany_reads_that_one(
    client: FlaskClient, person: Somebody, sites: tuple[Site, Site], sign_in: SignIn, session: scoped_session
) -> None:
    person.candidate.commune_insee = "91223"
    for site in sites:
        site.contract.territory_code = None
    session.commit()
    sign_in(sites[1].facilitator)
    page = client.get(_url(person.candidate)).text
    assert "Gymnase" in page
    assert "Collège" not in page
    assert "500 h" not in page
    sign_in(somebody(Role.FACILITATOR, territory="nord-est"))
    assert client.get(_url(person.candidate)).status_code == 404


def test_firms_may_not(client: FlaskClient, person: Somebody, sites: tuple[Site, Site], sign_in: SignIn) -> None:
    sign_in(sites[0].employer)
    assert client.get(_url(person.candidate)).status_code == 403


def test_a_contract_is_chosen_from_the_persons_page(
    client: FlaskClient, person: Somebody, sites: tuple[Site, Site], sign_in: SignIn
) -> None:
    sign_in(sites[1].facilitator)
    answer = client.get(f"{_url(person.candidate)}?marche={sites[1].contract.id}")
    assert answer.location.endswith(
        f"/clauses/marches/{sites[1].contract.id}/eligibilite?personne={person.candidate.id}"
    )


def test_the_person_reads_their_own_hours_in_plain_words(
    client: FlaskClient, person: Somebody, sites: tuple[Site, Site], sign_in: SignIn, session: scoped_session
) -> None:
    a_check(sites[0].contract, somebody(Role.CANDIDATE).candidate)
    session.commit()
    sign_in(person)
    page = client.get("/mes-heures-de-travail").text.replace("\u00a0", " ")
    assert "En tout : <strong>603,50 h</strong>" in page
    assert "Votre contrat va jusqu’au 30 novembre 2026." in page
    assert "Octobre 2026" in page
    for words in ("RSA", "éligib", "catégorie", "insertion, sur avis"):
        assert words not in page


def test_somebody_without_hours_is_told_what_happens(client: FlaskClient, person: Somebody, sign_in: SignIn) -> None:
    sign_in(person)
    assert "Pas encore d’heures" in client.get("/mes-heures-de-travail").text


def test_the_pages_cost_twelve_statements_at_most(
    client: FlaskClient, person: Somebody, sites: tuple[Site, Site], sign_in: SignIn, statements: Statements
) -> None:
    for who, url in ((sites[0].facilitator, _url(person.candidate)), (person, "/mes-heures-de-travail")):
        sign_in(who)
        client.get(url)
        statements.clear()
        assert client.get(url).status_code == 200
        assert len(statements) <= 12
