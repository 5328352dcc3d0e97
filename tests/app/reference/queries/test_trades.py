"""What people type finds the trade they mean."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core.paging import paginate
from app.reference import queries
from app.reference.models import Trade
from tests.factories.reference import TradeFactory


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("menage", {"agent-entretien", "employe-menage"}),
        ("Ménages", {"agent-entretien", "employe-menage"}),
        ("femme de menage", {"agent-entretien", "employe-menage"}),
        ("nounou", {"garde-enfants", "assistant-maternel"}),
        ("caces", {"cariste"}),
        ("plonge", {"plongeur"}),
        ("manutention", {"manutentionnaire"}),
        ("auxiliaire de vie", {"assistant-vie"}),
        ("magasinier", {"magasinier"}),
        ("BTP", {"manoeuvre-batiment", "macon", "coffreur", "peintre"}),
        ("vigile", {"agent-securite"}),
        ("caissière", {"hote-caisse"}),
        ("livreur", {"chauffeur-livreur"}),
        ("dame de cantine", {"employe-restauration-collective", "surveillant-scolaire"}),
        ("éboueur", {"ripeur"}),
        ("placo", {"plaquiste"}),
        ("ehpad", {"aide-soignant", "ash"}),
        ("usine", {"agent-conditionnement", "conducteur-ligne", "operateur-production"}),
        ("espace vert", {"agent-espaces-verts", "jardinier-paysagiste"}),
        ("vélo", {"coursier", "mecanicien-cycles"}),
        ("couture", {"couturier", "retoucheur"}),
    ],
)
def test_an_everyday_word_suggests_its_trades_first(session: scoped_session, typed: str, slugs: set[str]) -> None:
    assert {trade.slug for trade in queries.suggest_trades(typed)[: len(slugs)]} == slugs


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("jardinnier", "jardinier-paysagiste"), ("electrissien", "electricien"), ("manutantion", "manutentionnaire"),
     ("patissiere", "patissier"), ("agen d entretien", "agent-entretien"), ("chaufeur livreur", "chauffeur-livreur")],
)  # fmt: skip
def test_a_misspelt_word_still_suggests(session: scoped_session, typed: str, slug: str) -> None:
    assert slug in [trade.slug for trade in queries.suggest_trades(typed)[:3]]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Agent d’entretien", "agent-entretien"),
        ("agente d'entretien (F/H)", "agent-entretien"),
        ("agent d'entretien H/F", "agent-entretien"),
        ("agent-entretien", "agent-entretien"),
        ("COUTURIERE", "couturier"),
        ("plonge", "plongeur"),
        ("nounou", None),
        ("menage", None),
        ("astronaute", None),
        ("", None),
        ("?", None),
        ("de", None),
        ("%", None),
        ("_", None),
        ("x" * 10_000, None),
        ("محاسب", None),
    ],
)
def test_one_trade_is_found_or_none(session: scoped_session, typed: str, slug: str | None) -> None:
    found = queries.find_trade(typed)
    assert (found.slug if found else None) == slug


@pytest.mark.parametrize("typed", ["", "  ", "?", "zzzzqqq", "x" * 10_000, "%", "\\"])
def test_nonsense_suggests_nothing(session: scoped_session, typed: str) -> None:
    assert queries.suggest_trades(typed) == []


def test_our_trades_come_before_official_ones_as_close(session: scoped_session) -> None:
    official, ours = TradeFactory(official=True, name="Zébreur agile"), TradeFactory(name="Zébreur volant de nuit")
    assert queries.suggest_trades("zébreur") == [ours, official]


def test_a_name_shared_with_an_official_one_is_ours(session: scoped_session) -> None:
    TradeFactory(official=True, name="Zébreur")
    ours = TradeFactory(name="Zébreur")
    assert queries.find_trade("zébreur") is ours


def test_a_retired_trade_is_never_found(session: scoped_session) -> None:
    trade = TradeFactory(name="Allumeur de réverbères", retired=True)
    assert queries.find_trade("allumeur de réverbères") is None
    assert queries.find_trade(trade.slug) is None
    assert queries.suggest_trades("allumeur") == []


def test_the_list_is_filtered_sorted_and_complete(session: scoped_session) -> None:
    everything = paginate(queries.trades_listed(), 1, 1000)
    shown = session.scalar(select(func.count()).where(~Trade.retired).select_from(Trade))
    assert everything.total == shown >= 140
    family = paginate(queries.trades_listed(family="proprete", sort="-nom"), 1, 1000).items
    assert {trade.family_slug for trade in family} == {"proprete"}
    assert len(family) == 7
    names = [trade.name for trade in everything]
    assert names.index("Aide-soignant") < names.index("Électricien du bâtiment") < names.index("Facteur")
    by_family = [trade.family.name for trade in paginate(queries.trades_listed(sort="famille"), 1, 1000)]
    assert by_family.index("Électricité, plomberie et réseaux") < by_family.index("Recyclage, réemploi et déchets")
    assert paginate(queries.trades_listed(words="k1304"), 1).total == 2
    assert [trade.slug for trade in paginate(queries.trades_listed(words="faire la plonge"), 1)] == ["plongeur"]
    assert paginate(queries.trades_listed(source="rome"), 1).total == 0


def test_near_moves_come_with_their_points_the_nearest_first(session: scoped_session) -> None:
    moves = queries.moves_from("agent-entretien")
    points = [point for _, point in moves]
    assert points == sorted(points, reverse=True)
    assert ("employe-menage", 20) in [(trade.slug, point) for trade, point in moves]
