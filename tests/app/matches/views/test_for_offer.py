"""« Candidats pour cette offre »: who is listed, in which order, who is not and why."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import scoped_session

from app.applications.models import Application
from app.applications.rules import ApplicationState, RefusalReason
from app.candidates import service as candidates
from app.candidates.models import CandidateTravel
from app.core import clock
from app.core.grid import Grid, Preset
from app.core.roles import Role
from app.offers.rules import OfferState
from tests.factories.applications import a_market, a_ready_person, proposed, sent
from tests.factories.matches import address, driver, named, names_of, page_of, part, rows_of, scores_of, wants
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]
pytestmark = pytest.mark.usefixtures("session", "today")


def test_a_facilitator_reads_the_score_and_why(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market()
    named(market.person, "Aïcha", "Ndiaye")
    sign_in(market.facilitator)
    page = page_of(client, market)
    assert "1 personne correspond" in page
    row = rows_of(page)[0]
    assert "Aïcha Ndiaye" in row
    assert "Même métier : agent d’entretien" in row
    assert re.search(r"Score \d+ sur 100", row)
    assert "sur place" in row
    assert "Jamais l’âge, le sexe, l’origine" in page


def test_somebody_of_another_territory_is_not_seen(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market()
    here, far = market.person.candidate, named(driver(commune_insee="91223"), "Lointaine", "Personne")
    sign_in(market.facilitator)
    assert "Lointaine" not in page_of(client, market, "?metier=tous")
    sign_in(somebody(Role.FACILITATOR, territory="sud-essonne"))
    page = page_of(client, market, "?metier=tous")
    assert names_of(page) == [far.full_name]
    assert here.last_name not in page


def test_the_departement_sees_everybody_and_proposes_nobody(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market()
    named(driver(commune_insee="91223"), "Lointaine", "Personne")
    sign_in(somebody(Role.DEPARTMENT))
    page = page_of(client, market)
    assert len(rows_of(page)) == 2
    assert "Relire et proposer" not in page
    assert 'name="personne"' not in page
    assert client.post(address(market, "/relire"), data={}).status_code == 403
    assert client.post(address(market, "/proposer"), data={}).status_code == 403


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_nobody_else_reads_the_list(client: FlaskClient, sign_in: SignIn, role: Role) -> None:
    market = a_market()
    sign_in({Role.EMPLOYER: market.employer, Role.CANDIDATE: market.person}.get(role) or somebody(role))
    assert client.get(address(market)).status_code == 403
    assert client.get(address(market, "?export=csv")).status_code == 403


@pytest.mark.parametrize(
    ("first", "last", "born"),
    [("Mohamed", "Diallo", date(1968, 1, 1)), ("Claire", "Dupont", date(2005, 5, 5)), ("فاطمة", "بن علي", None)],
)
def test_another_name_sex_or_birth_date_changes_neither_score_nor_place(
    client: FlaskClient, sign_in: SignIn, first: str, last: str, born: date | None
) -> None:
    market = a_market()
    before = named(market.person, "Avant", "Elle")
    twin = named(a_ready_person(), first, last, birth_date=born)
    after = named(a_ready_person(french=0), "Après", "Elle")
    market.offer.french, market.offer.french_reason = 3, "Lire les consignes"
    before.french = twin.french = 3
    sign_in(market.facilitator)
    page = page_of(client, market)
    assert set(names_of(page)[:2]) == {before.full_name, twin.full_name}
    assert names_of(page)[2] == after.full_name
    assert scores_of(page)[0] == scores_of(page)[1] > scores_of(page)[2]


def test_who_has_waited_longest_comes_first_among_equals(client: FlaskClient, sign_in: SignIn, today: date) -> None:
    market = a_market()
    named(market.person, "Peu", "Patiente", waiting_since=today - timedelta(days=2))
    named(a_ready_person(), "Longue", "Attente", waiting_since=today - timedelta(days=90))
    sign_in(market.facilitator)
    assert names_of(page_of(client, market)) == ["Longue Attente", "Peu Patiente"]
    assert names_of(page_of(client, market, "?attend=60")) == ["Longue Attente"]


def _three(today: date) -> Any:
    """Best score, shortest way and longest wait are three people."""
    market = a_market(grid=Grid.from_presets([Preset.DAY]))
    day = Grid.from_presets([Preset.DAY])
    evening = Grid.from_presets([Preset.EVENING])
    named(market.person, "Près", "A", grid=evening, waiting_since=today)
    far = {"commune_insee": "91477", "waiting_since": today - timedelta(days=5)}  # Palaiseau
    named(a_ready_person(), "Bonne", "B", grid=day, **far)
    named(a_ready_person(), "Patiente", "C", grid=evening, **{**far, "waiting_since": today - timedelta(days=50)})
    return market


@pytest.mark.parametrize(
    ("sort", "order", "column", "said"),
    [
        ("", ["Bonne B", "Près A", "Patiente C"], "Score", "descending"),
        ("?tri=score", ["Patiente C", "Près A", "Bonne B"], "Score", "ascending"),
        ("?tri=trajet", ["Près A", "Bonne B", "Patiente C"], "Trajet", "ascending"),
        ("?tri=-trajet", ["Bonne B", "Patiente C", "Près A"], "Trajet", "descending"),
        ("?tri=-attente", ["Patiente C", "Bonne B", "Près A"], "Attend", "descending"),
        ("?tri=attente", ["Près A", "Bonne B", "Patiente C"], "Attend", "ascending"),
        ("?tri=n’importe", ["Bonne B", "Près A", "Patiente C"], "Score", "descending"),
    ],
)
def test_each_sort_says_its_direction_and_keeps_the_best_first_among_equals(
    client: FlaskClient, sign_in: SignIn, today: date, sort: str, order: list[str], column: str, said: str
) -> None:
    market = _three(today)
    sign_in(market.facilitator)
    page = page_of(client, market, sort)
    assert names_of(page) == order
    assert re.findall(r'aria-sort="(\w+)"><a[^>]*>(\w+)<', page) == [(said, column)]


def test_a_first_click_shows_the_most_useful_end(client: FlaskClient, sign_in: SignIn, today: date) -> None:
    market = a_market()
    sign_in(market.facilitator)
    page = page_of(client, market)
    assert "?tri=trajet" in page  # the shortest way first
    assert "?tri=-attente" in page  # the longest wait first
    assert "?tri=-score" in page_of(client, market, "?tri=trajet")


def test_filters_narrow_by_trade_and_commune_and_nonsense_does_not(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market()
    person = named(market.person, "Même", "Métier")
    wants(named(a_ready_person(commune_insee="91477"), "Autre", "Commune"), "employe-menage")
    sign_in(market.facilitator)
    everybody = [person.full_name, "Autre Commune"]
    assert names_of(page_of(client, market)) == everybody
    assert names_of(page_of(client, market, "?metier=meme")) == [person.full_name]
    assert names_of(page_of(client, market, "?commune=91477")) == ["Autre Commune"]
    assert "Palaiseau (1)" in page_of(client, market)
    for nonsense in ("?commune=00000", "?attend=-3", "?metier=rien", "?page=zut", "?commune=" + "9" * 3000):
        assert names_of(page_of(client, market, nonsense)) == everybody


def test_an_empty_list_says_what_to_do(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market()
    sign_in(market.facilitator)
    filtered = page_of(client, market, "?attend=60")
    assert "Personne avec ces filtres" in filtered
    assert "1 personne correspond sans eux" in filtered
    stranger = somebody(Role.FACILITATOR, territory="sud-essonne")
    sign_in(stranger)
    assert "Voir tous les métiers" in page_of(client, market)
    assert "Personne ne correspond aujourd’hui" in page_of(client, market, "?metier=tous")


def test_a_page_past_the_last_is_the_last(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market()
    for _ in range(21):
        a_ready_person()
    sign_in(market.facilitator)
    assert len(rows_of(page_of(client, market))) == 20
    assert len(rows_of(page_of(client, market, "?page=2"))) == 2
    assert len(rows_of(page_of(client, market, "?page=99"))) == 2
    assert "page=2" in page_of(client, market)


def test_those_left_out_are_named_with_the_reason_and_what_can_change(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market(conditions=["hauteur"])
    named(market.person, "Refuse", "Hauteur", refusals=["hauteur"])
    late = market.offer.start_on + timedelta(days=1)
    named(a_ready_person(), "Pas", "Libre", available_from=late)
    named(a_ready_person(), "Libre", "Lejour", available_from=market.offer.start_on)
    other = named(a_ready_person(available_from=late), "Autre", "Trade")
    wants(other, "macon")
    sign_in(market.facilitator)
    page = page_of(client, market)
    assert names_of(page) == ["Libre Lejour"]
    assert re.search(r"<summary>2 personnes de ce métier écartées", page)
    left_out = part(page, "Personnes écartées")
    assert "Refuse Hauteur" in left_out
    assert "Son choix : à respecter" in left_out
    assert re.search(r"Pas Libre</a> <span class=\"soft\">libre le 17 novembre 2026<", left_out)
    assert "Autre Trade" not in left_out
    assert "Autre Trade" not in part(page_of(client, market, "?metier=tous"), "Personnes écartées")


def test_a_person_too_far_for_their_means_is_left_out_with_the_figures(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    near = market.person.candidate
    far = named(a_ready_person(commune_insee="91200"), "Dourdan", "Àpied")
    far.facilitator_organisation_id = market.facilitator.organisation.id
    session.add(CandidateTravel(candidate_id=near.id, means="foot", max_minutes=30))
    session.add(CandidateTravel(candidate_id=far.id, means="foot", max_minutes=30))
    session.flush()
    sign_in(market.facilitator)
    page = page_of(client, market)
    assert names_of(page) == [near.full_name]
    left_out = part(page, "Personnes écartées")
    assert "Trajet au-delà de son maximum" in left_out
    assert re.search(r"\d h \d\d à pied, pour un maximum de 30 minutes", left_out)


def test_a_great_group_names_five_and_counts_the_others(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market()
    late = market.offer.start_on + timedelta(days=30)
    for _ in range(7):
        a_ready_person(available_from=late)
    sign_in(market.facilitator)
    left_out = part(page_of(client, market), "Personnes écartées")
    assert left_out.count("libre le") == 5
    assert "et 2 autres" in left_out


def test_those_already_asked_are_apart_with_date_and_outcome(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    market = a_market(posts=3)
    named(market.person, "Déjà", "Proposée")
    proposed(market, today)
    refused = a_ready_person()
    named(refused, "Déjà", "Refusée")
    application: Application = sent(market, today, refused)
    application.state, application.refusal_reason = ApplicationState.REFUSED, RefusalReason.NOT_MOBILE
    session.flush()
    stranger = named(elsewhere := a_ready_person(commune_insee="91223"), "Suivie", "Ailleurs")
    sent(market, today, elsewhere)
    sign_in(market.facilitator)
    page = page_of(client, market)
    assert names_of(page) == []
    first, second = sorted(rows_of(page, "Personnes déjà proposées ou candidates"))
    assert ("Déjà Proposée" in first) != ("Déjà Proposée" in second)
    asked, answered = (first, second) if "Déjà Proposée" in first else (second, first)
    assert "Proposée à la personne" in asked
    assert "05/11/2026" in asked
    assert "Trajet trop difficile" in answered
    assert "Candidature directe" in answered
    assert stranger.last_name not in page
    assert "Proposés (2)" in page


@pytest.mark.parametrize(
    ("changes", "ranked", "words"),
    [
        ({"state": OfferState.PAUSED}, True, "Offre en pause"),
        ({"state": OfferState.FILLED, "posts_filled": 1}, False, "Offre pourvue"),
        ({"state": OfferState.EXPIRED}, False, "Offre expirée"),
        ({"state": OfferState.CLOSED, "closed_at": clock.now()}, False, "Offre fermée"),
        ({"expires_on": date(2026, 11, 4)}, False, "Offre expirée"),
    ],
)
def test_an_offer_that_is_not_open_says_so_and_proposes_nobody(
    client: FlaskClient, sign_in: SignIn, changes: dict[str, Any], ranked: bool, words: str
) -> None:
    market = a_market(**changes)
    sign_in(market.facilitator)
    page = page_of(client, market)
    assert words in page
    assert len(rows_of(page)) == ranked
    assert 'name="personne"' not in page
    assert "Relire et proposer" not in page
    answer = client.post(
        address(market, "/proposer"), data={"personne": str(market.person.candidate.id)}, follow_redirects=True
    )
    assert answer.status_code == 200
    assert rows_of(answer.text, "Personnes déjà proposées ou candidates") == []


def test_an_offer_without_hours_nor_pay_is_listed_too(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market(grid=Grid(), pay_min=None)
    sign_in(market.facilitator)
    page = page_of(client, market)
    assert "salaire non dit" in page
    assert "horaires, aucun n’est imposé" in page
    assert "Aucun horaire imposé" in rows_of(page)[0]


def test_somebody_elses_draft_and_an_offer_that_never_was_are_not_found(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market()
    market.offer.state, market.offer.published_at, market.offer.confirmed_on = OfferState.DRAFT, None, None
    market.offer.expires_on = None
    sign_in(market.facilitator)
    assert client.get(address(market)).status_code == 404
    assert client.get("/offres/00000000-0000-4000-8000-000000000000/candidats").status_code == 404
    assert client.post(address(market, "/relire"), data={"personne": "x"}).status_code == 404


def test_a_person_who_takes_back_their_consent_is_gone_at_once(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    market = a_market()
    sign_in(market.facilitator)
    assert len(rows_of(page_of(client, market))) == 1
    session.commit()
    candidates.withdraw_consent(market.person.candidate.id, by=market.person.actor)
    page = page_of(client, market)
    assert rows_of(page) == []
    assert market.person.candidate.full_name not in page


def test_the_list_leaves_as_a_sheet_with_its_filters(client: FlaskClient, sign_in: SignIn) -> None:
    market = a_market()
    named(market.person, "=Aïcha", "Ndiaye")
    named(a_ready_person(commune_insee="91477"), "Une", "Autre")
    sign_in(market.facilitator)
    text = client.get(address(market, "?export=csv&commune=91377")).get_data().decode("utf-8-sig")
    header, line = text.splitlines()
    assert header == "Score;Nom;Commune;Trajet;Attend (jours);Pour;À vérifier"
    assert ";'=Aïcha Ndiaye;Massy;sur place;0;" in line
    sheet = client.get(address(market, "?export=xlsx")).get_data()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert len(rows) == 3
    assert client.get(address(market, "?export=pdf")).status_code == 404


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.DEPARTMENT])
@pytest.mark.parametrize("count", [2, 25])
def test_two_people_or_more_than_a_page_need_as_few_statements(
    client: FlaskClient, sign_in: SignIn, today: date, statements: list[str], count: int, role: Role
) -> None:
    market = a_market(posts=5)
    for number in range(count - 1):
        a_ready_person(available_from=market.offer.start_on + timedelta(days=1) if number % 2 else None)
        proposed(market, today, a_ready_person())
    sign_in(market.facilitator if role is Role.FACILITATOR else somebody(role))
    page_of(client, market)
    statements.clear()
    page_of(client, market)
    assert len(statements) <= 12
