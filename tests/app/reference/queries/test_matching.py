"""The tables as the matching reads them."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.reference import queries
from app.reference.models import Commune
from app.reference.rules import OTHER_FAMILY, distance_km
from tests.conftest import Statements
from tests.factories.reference import TradeFactory


def test_the_table_of_distances_says_what_the_rule_says(session: scoped_session) -> None:
    table = queries.distance_table()
    communes = session.scalars(select(Commune).order_by(Commune.insee)).all()
    for start in communes[::13]:
        for end in communes[::7]:
            expected = distance_km(start.lat, start.lon, end.lat, end.lon)
            assert table.km(start.insee, end.insee) == pytest.approx(expected, abs=1e-9)


def test_trades_carry_their_code_and_family_and_moves_their_points(session: scoped_session) -> None:
    tables = queries.matching_tables()
    assert (tables.trades["agent-entretien"].rome, tables.trades["agent-entretien"].family) == ("K2205", "proprete")
    assert tables.moves["agent-entretien", "employe-menage"] == 20
    assert ("agent-entretien", "macon") not in tables.moves


def test_other_trades_have_no_family_in_common(session: scoped_session) -> None:
    trade = TradeFactory(official=True, family_slug=OTHER_FAMILY)
    assert queries.matching_tables().trades[trade.slug].family == ""


def test_an_official_name_moves_like_our_trade_of_its_code(session: scoped_session) -> None:
    trade = TradeFactory(official=True, rome_code="K2205")
    assert queries.matching_tables().moves[trade.slug, "employe-menage"] == 20


def test_tables_are_read_again_only_when_they_change(session: scoped_session, statements: Statements) -> None:
    first = queries.matching_tables()
    statements.clear()
    assert queries.matching_tables() is first
    assert len(statements) == 1
    TradeFactory()
    assert queries.matching_tables() is not first


def test_words_name_everything_that_a_sentence_needs(session: scoped_session) -> None:
    words = queries.matching_words()
    assert words.trades["cariste"] == "Cariste"
    assert words.communes["91223"] == "Étampes"
    assert words.licences["b"].startswith("Permis B")
    assert words.conditions["nuit"] == "Travail de nuit"
    assert words.titles["sst"].startswith("Sauveteur")
    assert words.skills["repassage"] == "Repasser"


def test_choices_are_ordered_for_people(session: scoped_session) -> None:
    assert queries.family_choices()[-1][0] == OTHER_FAMILY
    assert "surjeteuse" in [slug for slug, _ in queries.skill_choices("textile")[:12]]
    assert "surjeteuse" not in [slug for slug, _ in queries.skill_choices("transport")[:12]]
    names = queries.trade_names()
    assert names.index("Couturier") < names.index("Électricien du bâtiment") < names.index("Facteur")
    assert [name for _, name in queries.mds_choices(date(2026, 1, 1))].index("MDS d’Étampes") < 12
    assert len(queries.skill_choices()) == len(queries.skill_choices("textile"))
    assert queries.licence_choices()[0][0] == "am"
    assert ("hauteur", "Travail en hauteur") in queries.condition_choices()
    assert ("hauteur", "Pas de travail en hauteur") in queries.condition_refusal_choices()
    assert ("91377", "MDS de Massy") in queries.mds_choices(date(2026, 1, 1), "nord-ouest")
    assert "Cariste" in queries.trade_names()
    assert "Massy" in queries.commune_names()
    assert ("nord-est", "Nord-Est") in queries.territory_choices()
    assert len(queries.title_choices()) > 90


def test_the_law_asks_for_titles_and_licences_include_others(session: scoped_session) -> None:
    assert queries.titles_required_by_law("agent-securite") == {"carte-securite"}
    assert queries.titles_required_by_law("agent-entretien") == frozenset()
    assert queries.title_names_required("aide-soignant") == ["Diplôme d’État d’aide-soignant (DEAS)"]
    assert queries.licences_held(["c"]) == {"c", "c1", "b", "am"}
    assert queries.licences_held([]) == frozenset()
    assert queries.licences_held(["inconnu"]) == {"inconnu"}
