"""« Vérifier l'éligibilité » answers at once; the list of « Éligibilités » says what to renew."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.candidates.models import Candidate
from app.clauses.models import EligibilityCheck
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.clauses import Site, a_check, a_person, a_site, an_employment
from tests.factories.people import somebody

SignIn = Callable[..., FlaskClient]
LIST = "/clauses/eligibilites"


@pytest.fixture
def site(session: scoped_session, today: date, sign_in: SignIn) -> Site:
    """The facilitator of a running contract is signed in."""
    made = a_site()
    sign_in(made.facilitator)
    return made


@pytest.fixture
def person(site: Site, session: scoped_session) -> Candidate:
    """Somebody of the territory."""
    known = a_person(first_name="Fatou", last_name="Sylla")
    session.commit()
    return known


def _url(site: Site, person: Candidate | None = None) -> str:
    end = f"?personne={person.id}" if person else ""
    return f"/clauses/marches/{site.contract.id}/eligibilite{end}"


SEEN = {"category": "rsa", "proof_dated_on": "01/10/2026", "hire_on": "09/11/2026", "note": ""}


def test_the_answer_comes_at_once_with_its_last_day(client: FlaskClient, site: Site, person: Candidate) -> None:
    page = client.post(_url(site, person), data=SEEN, follow_redirects=True).text
    assert "Fatou Sylla\u00a0: éligible jusqu’au 31/12/2026." in page
    assert "Vu le 5 novembre 2026 par" in page
    assert "Renouveler" in page


def test_refusals_are_said_in_french_beside_their_field(client: FlaskClient, site: Site, person: Candidate) -> None:
    page = client.post(_url(site, person), data={**SEEN, "proof_dated_on": "01/08/2026"}).text
    assert "Le justificatif est trop ancien le jour de l’embauche." in page
    assert 'value="01/08/2026"' in page
    page = client.post(_url(site, person), data={**SEEN, "category": "other", "proof_dated_on": ""}).text
    assert "Écrivez votre avis motivé" in page


def test_a_person_is_found_by_name_and_the_name_stays_out_of_addresses(
    client: FlaskClient, site: Site, person: Candidate
) -> None:
    page = client.post(_url(site), data={"mots": "sylla"}).text
    assert "Fatou Sylla" in page
    assert f"personne={person.id}" in page
    assert "mots=" not in page
    assert "Personne ne porte ce nom" in client.post(_url(site), data={"mots": "Zzyzx"}).text


def test_only_people_whom_one_accompanies_are_checked(client: FlaskClient, site: Site, session: scoped_session) -> None:
    far = a_person(commune_insee="91223")
    session.commit()
    assert client.get(_url(site, far)).status_code == 404


def test_withdrawing_asks_for_a_reason(
    client: FlaskClient, site: Site, person: Candidate, session: scoped_session
) -> None:
    client.post(_url(site, person), data=SEEN)
    row = session.scalars(select(EligibilityCheck)).one()
    url = f"{LIST}/{row.id}/retirer"
    assert "Dites pourquoi vous la retirez." in client.post(url, data={"reason": ""}).text
    assert "éligibilité est retirée" in client.post(url, data={"reason": "Erreur"}, follow_redirects=True).text
    session.refresh(row)
    assert row.ended_reason == "Erreur"


@pytest.fixture
def four(site: Site, session: scoped_session) -> dict[str, str]:
    """One check good for long, one that ends soon, one too old, one withdrawn, one acquired by work."""
    names = {"long": "Aline Longtemps", "soon": "Boris Bientôt", "old": "Chloé Vieille", "out": "Denis Retiré"}
    names["works"] = "Eva Travaille"
    people = {key: a_person(first_name=name.split()[0], last_name=name.split()[1]) for key, name in names.items()}
    a_check(site.contract, people["long"], good_until=date(2027, 6, 1), category_slug="qpv")
    a_check(site.contract, people["soon"], good_until=date(2026, 12, 5))
    a_check(site.contract, people["old"], good_until=date(2026, 11, 4))
    a_check(site.contract, people["out"], ended_on=date(2026, 9, 1), ended_reason="Erreur")
    a_check(site.contract, people["works"], good_until=date(2026, 6, 1))
    an_employment(site.holder, people["works"])
    session.commit()
    return names


def test_the_list_is_filtered(client: FlaskClient, site: Site, four: dict[str, str]) -> None:
    def shown(query: str) -> set[str]:
        page = client.get(f"{LIST}?{query}").text
        return {key for key, name in four.items() if f">{name}<" in page}

    assert shown("") == {"long", "soon", "old", "works"}
    assert shown("situation=finit") == {"soon"}
    assert shown("situation=a-renouveler") == {"old"}
    assert shown("situation=retirees") == {"out"}
    assert shown("situation=toutes") == set(four)
    assert shown("categorie=qpv") == {"long"}
    assert shown(f"marche={site.contract.id}&tri=-vu") == {"long", "soon", "old", "works"}
    assert shown("situation=nonsense&marche=nonsense&tri=nonsense") == {"long", "soon", "old", "works"}


def test_the_list_is_exported(client: FlaskClient, four: dict[str, str]) -> None:
    lines = client.get(f"{LIST}?situation=toutes&export=csv").text.splitlines()
    assert len(lines) == 6
    assert client.get(f"{LIST}?export=xlsx").status_code == 200


def test_another_facilitator_reads_none_of_it_and_a_firm_may_not(
    client: FlaskClient, site: Site, four: dict[str, str], sign_in: SignIn
) -> None:
    sign_in(somebody(Role.FACILITATOR, territory="nord-est"))
    assert "Aucune éligibilité vérifiée" in client.get(LIST).text
    for role in (Role.EMPLOYER, Role.REFERENT, Role.CANDIDATE):
        sign_in(somebody(role))
        assert client.get(LIST).status_code == 403
        assert client.get(_url(site)).status_code == 403


@pytest.mark.parametrize("more", [0, 22])
def test_pages_cost_as_much_with_many_rows(
    client: FlaskClient, site: Site, four: dict[str, str], statements: Statements, session: scoped_session, more: int
) -> None:
    for _ in range(more):
        a_check(site.contract, a_person())
    session.commit()
    client.get(LIST)
    person = session.scalars(select(EligibilityCheck.candidate_id).limit(1)).one()
    for url in (LIST, _url(site), f"{_url(site)}?personne={person}"):
        statements.clear()
        assert client.get(url).status_code == 200
        assert len(statements) <= 12, url
