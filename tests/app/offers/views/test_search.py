"""The public search: what was typed is understood, said, and undone in one click; a dead index never shows."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.grid import Grid, Preset
from app.offers import service
from app.offers.models import Offer
from app.offers.queries import search as searching
from app.offers.rules import EmploymentKind, OfferKind
from app.reference.models import Commune, Trade
from app.search import service as index
from search_index.documents import Kind
from search_index.engine import EngineFailure
from tests.conftest import Statements
from tests.factories.offers import OfferFactory, employer_of

MASSY, PALAISEAU, ETAMPES = "91377", "91477", "91223"


def _offer(title: str, trade: str = "agent-entretien", commune: str = MASSY, **changes: Any) -> Offer:
    return OfferFactory(
        published=True,
        title=title,
        trade=db.session.get(Trade, trade),
        commune=db.session.get(Commune, commune),
        **changes,
    )


@pytest.fixture
def some_offers(session: scoped_session, today: date) -> None:
    """A small market, indexed."""
    _offer("Nettoyage à Massy", description="Bureaux et halls.")
    _offer("Ménage à Étampes", "employe-menage", ETAMPES, hours_week=15, grid=Grid.from_presets([Preset.EARLY]))
    _offer("Maçonne à Massy", "macon", employment_kind=EmploymentKind.CDI, end_on=None, hours_week=35)
    _offer("Livreur à Palaiseau", "chauffeur-livreur", PALAISEAU, required_licences=["b"], kind=OfferKind.SIAE_POST)
    index.rebuild(Kind.OFFERS)


def titles(page: str) -> list[str]:
    """The titles of the list, in order."""
    return re.findall(r'<h3><a href="/offres/[0-9a-f-]{36}">(.*?)</a></h3>', page)


def test_without_words_every_open_offer_is_there(client: FlaskClient, some_offers: None) -> None:
    page = client.get("/offres").text

    assert len(titles(page)) == 4
    assert "4\u00a0offres ouvertes" in page


def test_everyday_words_and_a_commune_without_accents_find_near_offers(client: FlaskClient, some_offers: None) -> None:
    page = client.get("/offres?mots=menage+etampe").text

    assert titles(page) == ["Ménage à Étampes"]
    assert "Autour d’Étampes" in page
    assert "sur place" in page


def test_the_commune_read_in_the_words_is_removed_in_one_click(client: FlaskClient, some_offers: None) -> None:
    page = client.get("/offres?mots=menage+etampe").text
    link = re.search(r'href="(/offres[^"]*)">Chercher partout', page)
    assert link is not None

    wider = client.get(link[1].replace("&amp;", "&")).text

    assert set(titles(wider)) == {"Ménage à Étampes", "Nettoyage à Massy"}
    assert "Autour" not in wider


def test_a_misspelling_is_read_and_said(client: FlaskClient, some_offers: None) -> None:
    page = client.get("/offres?mots=maconn").text
    wrong = client.get("/offres?mots=netoyage").text

    assert titles(page) == ["Maçonne à Massy"]
    assert "Nous avons lu «\u00a0nettoyage\u00a0» au lieu de «\u00a0netoyage\u00a0»" in wrong
    assert "Nettoyage à Massy" in titles(wrong)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("contrat=cdi", {"Maçonne à Massy"}),
        ("contrat=cdi&contrat=nonsense", {"Maçonne à Massy"}),
        ("heures=moins-de-20", {"Ménage à Étampes"}),
        ("heures=35-et-plus", {"Maçonne à Massy"}),
        ("horaires=early", {"Ménage à Étampes"}),
        ("famille=gros-oeuvre", {"Maçonne à Massy"}),
        ("metier=employe-menage&metier=macon", {"Ménage à Étampes", "Maçonne à Massy"}),
        ("type=siae_post", {"Livreur à Palaiseau"}),
        ("permis=sans", {"Nettoyage à Massy", "Ménage à Étampes", "Maçonne à Massy"}),
        ("lieu=Massy&distance=5", {"Nettoyage à Massy", "Maçonne à Massy", "Livreur à Palaiseau"}),
        ("lieu=etampes", {"Ménage à Étampes"}),
    ],
)
def test_each_filter_keeps_what_it_says(client: FlaskClient, some_offers: None, query: str, expected: set[str]) -> None:
    assert set(titles(client.get(f"/offres?{query}").text)) == expected


def test_a_facet_counts_what_it_would_leave_and_undoes_itself(client: FlaskClient, some_offers: None) -> None:
    page = client.get("/offres?contrat=cdi&mots=").text
    chosen = re.search(r'href="([^"]*)" aria-current="true"[^>]*>.{0,200}?CDI</a> <span class="soft">(\d+)', page, re.S)
    assert chosen is not None

    assert chosen[2] == "1"
    assert "contrat" not in chosen[1]
    assert "Effacer les filtres" in page


def test_jobs_are_offered_once_a_family_is_chosen(client: FlaskClient, some_offers: None) -> None:
    assert "metier=macon" not in client.get("/offres").text
    assert "metier=macon" in client.get("/offres?famille=gros-oeuvre").text


def test_the_nearest_come_first_when_asked(client: FlaskClient, some_offers: None) -> None:
    page = client.get("/offres?lieu=Palaiseau&distance=50&tri=distance").text

    assert titles(page)[0] == "Livreur à Palaiseau"
    assert titles(page)[-1] == "Ménage à Étampes"


def test_distance_is_no_order_without_a_place(client: FlaskClient, some_offers: None) -> None:
    assert "Les plus proches" not in client.get("/offres").text
    assert "Les plus proches" in client.get("/offres?lieu=Massy").text


def test_an_unknown_place_is_said_and_kept(client: FlaskClient, some_offers: None) -> None:
    page = client.get("/offres?lieu=Masy").text

    assert "Nous ne connaissons pas «\u00a0Masy\u00a0»" in page
    assert 'value="Masy"' in page
    assert ">Massy</a>" in page
    assert len(titles(page)) == 4


def test_nothing_found_says_what_to_try(client: FlaskClient, some_offers: None) -> None:
    page = client.get("/offres?mots=astronaute").text

    assert "Aucune offre pour cette recherche" in page


def test_a_stale_index_never_shows_an_offer_that_closed(
    client: FlaskClient, session: scoped_session, some_offers: None
) -> None:
    offer = session.query(Offer).filter_by(title="Maçonne à Massy").one()
    session.refresh(offer, ["organisation"])
    service.close(offer.id, by=employer_of(offer.organisation))

    assert "Maçonne à Massy" not in titles(client.get("/offres?mots=macon").text)


def test_the_index_follows_what_is_published_and_closed(
    client: FlaskClient, session: scoped_session, some_offers: None
) -> None:
    draft = OfferFactory(title="Agent tout neuf")
    by = employer_of(draft.organisation)
    service.publish(draft.id, by=by)
    index.drain_all()
    assert "Agent tout neuf" in titles(client.get("/offres?mots=neuf").text)

    service.pause(draft.id, by=by)
    index.drain_all()
    assert "Agent tout neuf" not in client.get("/offres?mots=neuf").text


@pytest.mark.parametrize(
    "query", ["page=0", "page=-3", "page=abc", "page=99999999", "distance=abc", "tri=zz", "mots=%00%27%22%3Cscript%3E"]
)
def test_nonsense_in_the_address_is_never_an_error(client: FlaskClient, some_offers: None, query: str) -> None:
    answer = client.get(f"/offres?{query}")

    assert answer.status_code == 200
    assert "<script>" not in answer.text.split("</head>")[1]


def test_a_pasted_letter_is_searched_without_breaking(client: FlaskClient, some_offers: None) -> None:
    assert client.get("/offres", query_string={"mots": "ménage " * 2_000}).status_code == 200


def test_the_last_page_answers_for_those_after_it(client: FlaskClient, session: scoped_session, today: date) -> None:
    for number in range(21):
        _offer(f"Offre {number:02}")
    index.rebuild(Kind.OFFERS)

    first, second, beyond = (client.get(f"/offres?page={page}").text for page in (1, 2, 9))

    assert len(titles(first)) == 20
    assert set(titles(first)) | set(titles(second)) == {f"Offre {number:02}" for number in range(21)}
    assert titles(beyond) == titles(second)


@pytest.mark.parametrize("query", ["", "?mots=nettoyage", "?lieu=Massy&contrat=cdd&page=2"])
def test_without_an_index_the_list_still_comes(
    client: FlaskClient, some_offers: None, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    def dead(*_: Any, **__: Any) -> None:
        raise EngineFailure("down")

    monkeypatch.setattr(searching.index, "find", dead)
    page = client.get(f"/offres{query}").text

    assert "La recherche est simplifiée pour le moment" in page
    assert "Nettoyage à Massy" in titles(page)


def test_without_an_index_words_still_count(
    client: FlaskClient, some_offers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(*_: Any, **__: Any) -> None:
        raise EngineFailure("down")

    monkeypatch.setattr(searching.index, "find", dead)

    assert titles(client.get("/offres?mots=macon").text) == ["Maçonne à Massy"]
    assert titles(client.get("/offres?mots=zzz").text) == []


def test_the_statements_of_a_search_do_not_grow_with_its_results(
    client: FlaskClient, session: scoped_session, statements: Statements, today: date
) -> None:
    count: Callable[[], int] = lambda: _statements_of(client, statements)  # noqa: E731
    _offer("Agent 0")
    index.rebuild(Kind.OFFERS)
    count()  # the words are read once
    few = count()
    for number in range(1, 20):
        _offer(f"Agent {number}", start_on=today + timedelta(days=number))
    index.drain_all()

    assert count() == few <= 4


def _statements_of(client: FlaskClient, statements: Statements) -> int:
    statements.clear()
    assert client.get("/offres?mots=agent&lieu=Massy").status_code == 200
    return len(statements)
