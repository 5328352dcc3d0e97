"""The lists: filtered, sorted, exported, and as cheap with many rows as with few."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.roles import Role
from app.reference.models import Commune, Trade
from tests.conftest import Statements
from tests.factories.offers import FirmFactory, OfferFactory
from tests.factories.people import Somebody, somebody

SignIn = Callable[..., None]
MINE, ALL = "/mes-offres", "/offres-du-territoire"


@pytest.fixture
def employer(client: FlaskClient, sign_in: SignIn, today: date) -> Somebody:
    """Somebody of a firm, signed in."""
    person = somebody(Role.EMPLOYER)
    sign_in(person)
    return person


@pytest.fixture
def facilitator(client: FlaskClient, sign_in: SignIn, today: date) -> Somebody:
    """A facilitator of the north-west, where Massy is."""
    person = somebody(Role.FACILITATOR)
    sign_in(person)
    return person


def test_an_employer_without_an_offer_is_told_what_to_do(client: FlaskClient, employer: Somebody) -> None:
    page = client.get(MINE).text

    assert "Aucune offre pour l’instant" in page
    assert "Publier une offre" in page


def test_an_employer_reads_only_the_offers_of_the_organisation(
    client: FlaskClient, session: scoped_session, employer: Somebody
) -> None:
    OfferFactory(organisation=employer.organisation, title="Maçonne")
    OfferFactory(published=True, title="Serveur ailleurs")

    page = client.get(MINE).text

    assert "Maçonne" in page
    assert "Serveur ailleurs" not in page


def test_filters_narrow_and_say_when_nothing_is_left(
    client: FlaskClient, session: scoped_session, employer: Somebody
) -> None:
    OfferFactory(organisation=employer.organisation, title="Maçonne")
    OfferFactory(organisation=employer.organisation, title="Élagueur", published=True)

    assert "Élagueur" not in client.get(f"{MINE}?mots=macon").text
    assert "Maçonne" not in client.get(f"{MINE}?etat=published").text
    assert "Aucune offre ne correspond" in client.get(f"{MINE}?mots=zzz%25_").text
    assert "Maçonne" in client.get(f"{MINE}?etat=nonsense&tri=nonsense&page=nonsense").text


def test_a_number_finds_its_offer(client: FlaskClient, session: scoped_session, employer: Somebody) -> None:
    one, other = (OfferFactory(organisation=employer.organisation, title=title) for title in ("Maçonne", "Élagueur"))

    page = client.get(f"{MINE}?mots={one.number}").text

    assert "Maçonne" in page
    assert other.title not in page


def test_the_list_is_sorted_both_ways(client: FlaskClient, session: scoped_session, employer: Somebody) -> None:
    for title in ("Abeille", "Zèbre", "Maçonne"):
        OfferFactory(organisation=employer.organisation, title=title)

    up, down = client.get(f"{MINE}?tri=titre").text, client.get(f"{MINE}?tri=-titre").text

    assert up.index("Abeille") < up.index("Maçonne") < up.index("Zèbre")
    assert down.index("Zèbre") < down.index("Maçonne") < down.index("Abeille")


def test_pages_never_share_a_row(client: FlaskClient, session: scoped_session, employer: Somebody) -> None:
    for number in range(25):
        OfferFactory(organisation=employer.organisation, title=f"Offre-{number:02}-")

    first, second = client.get(f"{MINE}?tri=debut").text, client.get(f"{MINE}?tri=debut&page=2").text

    titles = [f"Offre-{number:02}-" for number in range(25)]
    assert [title for title in titles if title in first and title in second] == []
    assert all(title in first or title in second for title in titles)


def test_the_export_holds_the_filtered_rows_and_no_formula(
    client: FlaskClient, session: scoped_session, employer: Somebody
) -> None:
    OfferFactory(organisation=employer.organisation, title="=2+2", published=True, address="3 rue du Clos")
    OfferFactory(organisation=employer.organisation, title="Brouillon caché")

    text = client.get(f"{MINE}?etat=published&export=csv")
    book = client.get(f"{MINE}?etat=published&export=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(book.data)).get_sheet_by_index(0).to_python()

    assert "'=2+2" in text.text
    assert "Brouillon caché" not in text.text
    assert "3 rue du Clos" not in text.text
    assert len(rows) == 2
    assert rows[1][1] == "'=2+2"
    assert client.get(f"{MINE}?export=pdf").status_code == 404


def test_a_facilitator_reads_the_open_offers_of_the_territory_first(
    client: FlaskClient, session: scoped_session, facilitator: Somebody
) -> None:
    far = db.session.get(Commune, "91223")  # Étampes, in the south
    OfferFactory(published=True, title="Près")
    OfferFactory(published=True, title="Loin d’ici", commune=far)
    OfferFactory(paused=True, title="Arrêtée")
    OfferFactory(title="Brouillon")

    near, everywhere = client.get(ALL).text, client.get(f"{ALL}?territoire=&etat=").text

    assert "Près" in near
    assert not any(title in near for title in ("Loin d’ici", "Arrêtée", "Brouillon"))
    assert all(title in everywhere for title in ("Près", "Loin d’ici", "Arrêtée"))
    assert "Brouillon<" not in everywhere


def test_a_family_of_jobs_narrows_the_list(client: FlaskClient, session: scoped_session, facilitator: Somebody) -> None:
    OfferFactory(published=True, title="Propreté")
    OfferFactory(published=True, title="Chantier", trade=db.session.get(Trade, "macon"))

    page = client.get(f"{ALL}?famille=gros-oeuvre").text

    assert "Chantier" in page
    assert "Propreté<" not in page


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.FACILITATOR])
def test_the_statements_of_a_list_do_not_grow_with_its_rows(
    client: FlaskClient, session: scoped_session, sign_in: SignIn, statements: Statements, today: date, role: Role
) -> None:
    person = somebody(role)
    sign_in(person)
    path = MINE if role is Role.EMPLOYER else ALL
    firm = person.organisation if role is Role.EMPLOYER else FirmFactory()
    OfferFactory(organisation=firm, published=True)
    statements.clear()
    assert client.get(path).status_code == 200
    few = len(statements)
    for number in range(19):
        OfferFactory(organisation=firm, published=True, start_on=today + timedelta(days=number))
    statements.clear()

    page = client.get(path).text

    assert "20\u00a0offres" in page
    assert len(statements) == few <= 12
