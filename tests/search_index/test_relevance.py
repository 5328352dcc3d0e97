"""What people type, and what they must find: a small corpus judged by hand."""

import pytest
from sqlalchemy import Connection

from search_index.documents import Kind
from search_index.engine import Engine, Results
from search_index.engines.postgres import PostgresEngine
from search_index.finding import find
from search_index.query import Query
from tests.search_index.brute_force import BruteForceEngine
from tests.search_index.samples import GAZETTEER, LEXICON, offer, uuid

CORPUS = {
    "entretien étampes": offer("entretien étampes", "agent-entretien", "Étampes"),
    "ménage janville": offer("ménage janville", "employe-menage", "Janville-sur-Juine"),
    "ménage massy": offer("ménage massy", "employe-menage", "Massy", title="Employée de ménage H/F"),
    "vitres étampes": offer("vitres étampes", "laveur-vitres", "Étampes"),
    "garde massy": offer("garde massy", "garde-enfants", "Massy"),
    "garde étampes": offer("garde étampes", "garde-enfants", "Étampes"),
    "magasinier massy": offer("magasinier massy", "magasinier", "Massy", employer="Dépôt du Nord"),
    "magasinier étampes": offer("magasinier étampes", "magasinier", "Étampes"),
    "préparateur massy": offer("préparateur massy", "preparateur", "Massy", description="Avec le magasinier."),
    "maçon": offer("maçon", "macon", "Évry-Courcouronnes"),
    "manœuvre": offer("manœuvre", "manoeuvre", "Dourdan"),
    "plonge": offer("plonge", "plongeur", "Les Ulis"),
    "cuisine": offer("cuisine", "cuisinier", "Les Ulis", description="Plonge en fin de service."),
    "livreur": offer("livreur", "chauffeur-livreur", "Massy", licence_required=True, licences=("b",)),
    "coursier": offer("coursier", "chauffeur-livreur", "Palaiseau", title="Coursier à vélo"),
    "aide palaiseau": offer("aide palaiseau", "aide-domicile", "Palaiseau", licence_required=True, licences=("b",)),
    "aide étampes": offer("aide étampes", "aide-domicile", "Étampes"),
    "vente": offer("vente", "vendeur", "Sainte-Geneviève-des-Bois", title="Vendeuse en boulangerie"),
    "vente orge": offer("vente orge", "vendeur", "Saint-Michel-sur-Orge"),
    "forge": offer("forge", "forgeron", "Cerny"),
    "vente forges": offer("vente forges", "vendeur", "Forges-les-Bains"),
}


@pytest.fixture(params=["brute force", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    made: Engine = BruteForceEngine()
    if request.param == "postgres":
        connection: Connection = request.getfixturevalue("connection")
        made = PostgresEngine(connection)
    else:
        made.prepare()
    made.write(Kind.OFFERS, list(CORPUS.values()))
    return made


def ask(engine: Engine, words: str) -> Results:
    return find(engine, Kind.OFFERS, Query(words=words), LEXICON, GAZETTEER)


def names(results: Results) -> list[str]:
    by_id = {uuid(name): name for name in CORPUS}
    return [by_id[one] for one in results.ids]


@pytest.mark.parametrize(
    ("typed", "first", "also"),
    [
        # The best ones, in whatever order among equals; then what may come after, in any order.
        ("menage etampe", {"entretien étampes", "ménage janville"}, {"vitres étampes", "aide étampes"}),
        ("ménage", {"entretien étampes", "ménage janville", "ménage massy"}, {"vitres étampes"}),
        ("femme de menage", {"entretien étampes", "ménage janville", "ménage massy"}, set()),
        ("menaje", {"entretien étampes", "ménage janville", "ménage massy"}, {"vitres étampes"}),
        ("nounou", {"garde massy", "garde étampes"}, set()),
        ("nounou à etampes", {"garde étampes"}, set()),
        ("magasinier massy", {"magasinier massy"}, {"préparateur massy"}),
        ("magazinier masy", {"magasinier massy"}, {"préparateur massy"}),
        ("magasinière 91300", {"magasinier massy"}, {"préparateur massy"}),
        ("BTP", {"maçon", "manœuvre"}, set()),
        ("plonge", {"plonge"}, {"cuisine"}),
        ("chaufeur", {"livreur", "coursier"}, set()),
        ("permis b", {"livreur", "aide palaiseau"}, set()),
        ("livreur permis b", {"livreur"}, set()),
        ("livreur sans permis", {"coursier"}, set()),
        ("aide a domicile palaiseau", {"aide palaiseau"}, {"ménage massy"}),
        ("vendeuse ste genevieve", {"vente"}, {"vente orge"}),
        ("vendeur st michel sur orge", {"vente orge"}, {"vente", "vente forges"}),
        ("cherche travail cuistot les ulis", {"cuisine"}, {"plonge"}),
        ("forges", {"forge"}, {"vente forges"}),
        ("vente à forges", {"vente forges"}, {"vente orge"}),
        ("dépôt du nord", {"magasinier massy"}, set()),
        ("nounou ou ménage massy", {"garde massy", "ménage massy"}, set()),
    ],
)
def test_what_is_typed_finds_what_is_meant(engine: Engine, typed: str, first: set[str], also: set[str]) -> None:
    found = names(ask(engine, typed))
    assert set(found[: len(first)]) == first
    assert set(found[len(first) :]) <= also


def test_the_nearest_comes_first_among_equals(engine: Engine) -> None:
    assert names(ask(engine, "menage etampe"))[:2] == ["entretien étampes", "ménage janville"]


@pytest.mark.parametrize(
    ("typed", "place", "left"),
    [
        ("menage etampe", "Étampes", "menage"),
        ("ménage à Étampes", "Étampes", "ménage"),
        ("ménage près de Massy le soir", "Massy", "ménage le soir"),
        ("palaiso", "Palaiseau", ""),
        ("vendeur ste genevieve des boi", "Sainte-Geneviève-des-Bois", "vendeur"),
        ("evry cuisine", "Évry-Courcouronnes", "cuisine"),
        ("forges", None, "forges"),
        ("forges les bains", "Forges-les-Bains", ""),
        ("maçon", None, "maçon"),
    ],
)
def test_a_commune_in_the_words_becomes_a_place_that_can_be_taken_out(
    engine: Engine, typed: str, place: str | None, left: str
) -> None:
    results = ask(engine, typed)
    assert (results.place.name if results.place else None) == place
    assert results.words_without_place == left
    if results.place:
        assert results.place.radius_km == 15


def test_the_place_read_in_the_words_can_be_refused(engine: Engine) -> None:
    kept = find(engine, Kind.OFFERS, Query(words="aide palaiseau", place_from_words=False), LEXICON, GAZETTEER)
    assert kept.place is None
    assert names(kept)[0] == "aide palaiseau"


def test_when_nothing_holds_all_the_words_some_are_enough_and_it_is_said(engine: Engine) -> None:
    results = ask(engine, "plonge dépôt")
    assert results.relaxed
    assert set(names(results)) >= {"plonge", "magasinier massy"}
    assert not ask(engine, "plonge").relaxed


def test_a_correction_is_said(engine: Engine) -> None:
    assert [(one.typed, one.read_as) for one in ask(engine, "chaufeur masy").corrections] == [
        ("masy", "Massy"),
        ("chaufeur", "chauffeur"),
    ]
