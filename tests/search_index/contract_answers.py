"""What every engine promises of its answers: filters, words, orders, facets."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from search_index.documents import Document, Kind, Schedule, kind_of
from search_index.engine import Engine, FacetCount, Results
from search_index.finding import find
from search_index.gazetteer import place_of
from search_index.query import Query, Sort
from tests.search_index.samples import GAZETTEER, LEXICON, TOWNS, offer, person, uuid

OFFERS, CANDIDATES = Kind.OFFERS, Kind.CANDIDATES


def fill(engine: Engine, *documents: Document) -> None:
    for document in documents:
        engine.write(kind_of(document), [document])


def names(engine: Engine, known: Iterable[str], kind: Kind = OFFERS, **asked: Any) -> list[str]:
    """The names of what is found, in order."""
    by_id = {uuid(name): name for name in known}
    return [by_id[one] for one in engine.search(kind, Query(**asked)).ids]


def ask(engine: Engine, words: str, kind: Kind = OFFERS, **asked: Any) -> Results:
    return find(engine, kind, Query(words=words, **asked), LEXICON, GAZETTEER)


class Filters:
    """Each filter keeps what it says."""

    @pytest.mark.parametrize(
        ("asked", "value", "kept", "dropped"),
        [
            ("trades", frozenset({"macon"}), {"trade": "macon"}, {"trade": "vendeur"}),
            ("families", frozenset({"batiment"}), {"trade": "macon"}, {"trade": "vendeur"}),
            ("communes", frozenset({"91377"}), {"commune": "Massy"}, {"commune": "Dourdan"}),
            ("territories", frozenset({"Sud"}), {"territory": "Sud"}, {"territory": "Nord"}),
            ("kinds", frozenset({"siae"}), {"kind": "siae"}, {"kind": "job"}),
            ("contract_kinds", frozenset({"cdd", "cdi"}), {"contract_kind": "cdi"}, {"contract_kind": "cddi"}),
            ("employer_kinds", frozenset({"firm"}), {"employer_kind": "firm"}, {"employer_kind": "siae"}),
            ("licences", frozenset({"b"}), {"licences": ("b", "c")}, {"licences": ("c",)}),
            ("without_licence", True, {"licence_required": False}, {"licence_required": True}),
            ("public", True, {"public": True}, {"public": False}),
            ("public", False, {"public": False}, {"public": True}),
            ("hours_min", Decimal(24), {"hours_week": Decimal("24.00")}, {"hours_week": Decimal("23.99")}),
            ("hours_min", Decimal(24), {"hours_week": Decimal(35)}, {"hours_week": None}),
            ("hours_max", Decimal(24), {"hours_week": Decimal(24)}, {"hours_week": Decimal("24.01")}),
            ("open_on", date(2026, 11, 5), {"expires_on": date(2026, 11, 5)}, {"expires_on": date(2026, 11, 4)}),
            ("open_on", date(2026, 11, 5), {"expires_on": None}, {"expires_on": date(2025, 1, 1)}),
            ("published_since", date(2026, 11, 1), {"published_on": date(2026, 11, 1)}, {"published_on": None}),
            (
                "schedule",
                frozenset({Schedule.NIGHT, Schedule.DAY}),
                {"schedule": frozenset({Schedule.NIGHT, Schedule.WEEKEND})},
                {"schedule": frozenset({Schedule.WEEKEND})},
            ),
        ],
    )
    def test_a_filter_on_offers(self, engine: Engine, asked: str, value: Any, kept: Any, dropped: Any) -> None:
        fill(engine, offer("kept", **kept), offer("dropped", **dropped))
        assert names(engine, ["kept", "dropped"], **{asked: value}) == ["kept"]

    @pytest.mark.parametrize(
        ("asked", "value", "kept", "dropped"),
        [
            ("trades", frozenset({"macon"}), {"trades": ("vendeur", "macon")}, {"trades": ("vendeur",)}),
            ("families", frozenset({"batiment"}), {"families": ("batiment", "x")}, {"families": ("x",)}),
            ("referents", frozenset({uuid("Anne")}), {"referent": uuid("Anne")}, {"referent": None}),
            ("ready", True, {"ready": True}, {"ready": False}),
            ("consenting", False, {"consenting": False}, {"consenting": True}),
            ("french_min", 3, {"french": 3}, {"french": 2}),
            ("french_min", 1, {"french": 6}, {"french": None}),
            ("available_by", date(2026, 12, 1), {"available_from": date(2026, 12, 1)}, {"available_from": date.max}),
            ("licences", frozenset({"b"}), {"licences": ("b",)}, {"licences": ()}),
            ("hours_min", Decimal(20), {"hours_week": Decimal(20)}, {"hours_week": Decimal(10)}),
        ],
    )
    def test_a_filter_on_people(self, engine: Engine, asked: str, value: Any, kept: Any, dropped: Any) -> None:
        fill(engine, person("A kept", **kept), person("B dropped", **dropped))
        assert names(engine, ["A kept", "B dropped"], CANDIDATES, **{asked: value}) == ["A kept"]

    def test_filters_add_up(self, engine: Engine) -> None:
        fill(engine, offer("both", "macon", "Massy"), offer("one", "macon", "Dourdan"), offer("other", "vendeur"))
        asked = {"trades": frozenset({"macon"}), "communes": frozenset({"91377"})}
        assert names(engine, ["both", "one", "other"], **asked) == ["both"]

    def test_a_circle_keeps_what_is_inside(self, engine: Engine) -> None:
        fill(engine, *(offer(town, commune=town) for town in TOWNS), offer("nowhere", lat=None, lon=None))
        etampes = TOWNS["Étampes"]
        known = [*TOWNS, "nowhere"]
        near = names(engine, known, place=place_of(etampes, 15), sort=Sort.DISTANCE)
        assert near == ["Étampes", "Janville-sur-Juine"]  # 13.8 km; Cerny and Dourdan are at 15.4 km
        assert {*names(engine, known, place=place_of(etampes, 16))} == {*near, "Cerny", "Dourdan"}

    def test_a_circle_without_radius_is_the_commune_itself(self, engine: Engine) -> None:
        fill(engine, offer("here", commune="Massy"), offer("there", commune="Palaiseau"))
        assert names(engine, ["here", "there"], place=place_of(TOWNS["Massy"], 0)) == ["here"]

    def test_only_the_ids_allowed(self, engine: Engine) -> None:
        fill(engine, offer("a"), offer("b"), offer("c"))
        assert set(names(engine, "abc", ids=frozenset({uuid("a"), uuid("c")}))) == {"a", "c"}
        assert names(engine, "abc", ids=frozenset()) == []
        assert len(names(engine, "abc", ids=None)) == 3

    def test_a_value_that_nobody_has_finds_nothing(self, engine: Engine) -> None:
        fill(engine, offer("a"))
        for strange in ("'; DROP TABLE offers; --", "x\0y", "%", "محمد", "{a,b}", ""):
            assert names(engine, "a", trades=frozenset({strange})) == []


class Words:
    """Each word is found where it is said, and better where it matters more."""

    def test_title_before_everyday_word_before_employer_before_description(self, engine: Engine) -> None:
        fill(
            engine,
            offer("description", description="Une brocante"),
            offer("employer", employer="La Brocante"),
            offer("everyday", trade_words=("brocante",)),
            offer("title", title="Brocante"),
        )
        found = names(engine, ["description", "employer", "everyday", "title"], words="brocante")
        assert found == ["title", "everyday", "employer", "description"]

    def test_every_word_must_be_there(self, engine: Engine) -> None:
        fill(engine, offer("both", title="Agent de tri", description="à vélo"), offer("one", title="Agent de tri"))
        assert names(engine, ["both", "one"], words="tri vélo") == ["both"]
        assert names(engine, ["both", "one"], words="tri absent") == []

    @pytest.mark.parametrize(
        ("said", "typed"),
        [
            ("Électricienne", "electricien"),
            ("Manœuvre", "manoeuvres"),
            ("L’hôtel", "hotel"),
            ("l'hôtel", "d’hotels"),
            ("محمد", "مُحَمَّد"),
            ("CACES 1", "caces"),
            ("Maçonne", "MACON"),
            ("ﬁbre optique", "fibre"),
            ("C++ \\ 'x' & | ! :*", "x"),
        ],
    )
    def test_a_word_is_found_however_it_is_written(self, engine: Engine, said: str, typed: str) -> None:
        fill(engine, offer("a", title=said))
        assert names(engine, "a", words=typed) == ["a"]

    @pytest.mark.parametrize("typed", ["", "   ", "de la", "!!!", "\0", "' & | ! ( :*", "\\"])
    def test_no_word_is_everything(self, engine: Engine, typed: str) -> None:
        fill(engine, offer("a"), offer("b"))
        assert len(names(engine, "ab", words=typed)) == 2
        assert ask(engine, typed).total == 2

    def test_ten_thousand_characters_are_only_long(self, engine: Engine) -> None:
        text = ("éà'’\0œ<b> محمد mot " * 700)[:10_000]
        fill(engine, offer("a", title=text, description=text, employer="x" * 10_000))
        assert names(engine, "a", words="mot") == ["a"]
        assert ask(engine, text).ids == (uuid("a"),)


class Orders:
    """Every order is total, so that pages never overlap."""

    def test_the_orders(self, engine: Engine) -> None:
        fill(
            engine,
            offer("near", "macon", "Massy", title="B", published_on=date(2026, 10, 1), description="four"),
            offer("far", "macon", "Étampes", title="A four", published_on=date(2026, 9, 1)),
            offer("new", "macon", "Palaiseau", title="C", published_on=date(2026, 11, 1), description="four"),
            offer("lost", "macon", title="D", lat=None, lon=None, published_on=None, description="four"),
        )
        known = ["near", "far", "new", "lost"]
        here = {"words": "four", "place": place_of(TOWNS["Massy"], 100)}
        assert names(engine, known, words="four") == ["far", "new", "near", "lost"]
        assert names(engine, known, **here) == ["far", "near", "new"]
        assert names(engine, known, **here, sort=Sort.DISTANCE) == ["near", "new", "far"]
        assert names(engine, known, words="four", sort=Sort.DATE) == ["new", "near", "far", "lost"]
        assert names(engine, known, words="four", sort=Sort.NAME) == ["far", "near", "new", "lost"]
        assert names(engine, known, words="four", sort=Sort.DISTANCE) == ["far", "new", "near", "lost"]

    @pytest.mark.parametrize("sort", list(Sort))
    def test_pages_hold_each_row_once_though_all_are_equal(self, engine: Engine, sort: Sort) -> None:
        engine.write(OFFERS, [offer(str(n)) for n in range(23)])
        pages = [engine.search(OFFERS, Query(sort=sort, page=page, size=5)) for page in range(1, 7)]
        assert [len(page.ids) for page in pages] == [5, 5, 5, 5, 3, 0]
        assert {page.total for page in pages} == {23}
        seen = [one for page in pages for one in page.ids]
        assert seen == sorted({uuid(str(n)) for n in range(23)})

    def test_people_by_name(self, engine: Engine) -> None:
        people = ["Zoé Abert", "Anne Émile", "Bob Emile", "Yves Zola"]
        fill(engine, *(person(name) for name in people))
        assert names(engine, people, CANDIDATES, sort=Sort.NAME) == people[:1] + people[1:3] + people[3:]


class Facets:
    """A facet counts what would be left with each value, its own filter set aside."""

    def test_a_facet_ignores_its_own_filter_alone(self, engine: Engine) -> None:
        fill(
            engine,
            offer("1", "macon", "Massy"),
            offer("2", "macon", "Dourdan"),
            offer("3", "vendeur", "Massy"),
            offer("4", "vendeur", "Massy"),
            offer("5", "plongeur", "Dourdan"),
        )
        asked = Query(trades=frozenset({"macon"}), communes=frozenset({"91377"}), facets=("trade", "commune", "family"))
        hits = engine.search(OFFERS, asked)
        assert hits.ids == (uuid("1"),)
        assert hits.facets == {
            "trade": (FacetCount("vendeur", 2), FacetCount("macon", 1)),
            "commune": (FacetCount("91200", 1), FacetCount("91377", 1)),
            "family": (FacetCount("batiment", 1),),
        }

    def test_facets_of_several_values_and_flags(self, engine: Engine) -> None:
        fill(
            engine,
            offer("1", schedule=frozenset({Schedule.DAY, Schedule.NIGHT}), licence_required=True, licences=("b",)),
            offer("2", schedule=frozenset({Schedule.DAY})),
            offer("3"),
        )
        facets = engine.search(OFFERS, Query(facets=("schedule", "licence_required", "licence"))).facets
        assert facets["schedule"] == (FacetCount("day", 2), FacetCount("night", 1))
        assert facets["licence_required"] == (FacetCount("false", 2), FacetCount("true", 1))
        assert facets["licence"] == (FacetCount("b", 1),)
        night = engine.search(OFFERS, Query(facets=("schedule",), schedule=frozenset({Schedule.NIGHT})))
        assert night.total == 1
        assert night.facets["schedule"] == (FacetCount("day", 2), FacetCount("night", 1))

    def test_facets_follow_the_words_and_not_the_page(self, engine: Engine) -> None:
        fill(engine, offer("1", "macon"), offer("2", "macon"), offer("3", "vendeur"))
        hits = engine.search(OFFERS, Query(words="maçon", facets=("trade",), page=9, size=1))
        assert (hits.ids, hits.total, hits.facets) == ((), 2, {"trade": (FacetCount("macon", 2),)})

    def test_facets_of_nothing(self, engine: Engine) -> None:
        assert engine.search(OFFERS, Query(facets=("trade",))).facets == {"trade": ()}
        assert engine.search(OFFERS, Query()).facets == {}

    def test_facets_of_people(self, engine: Engine) -> None:
        fill(engine, person("A A", ready=True, french=2, referent=uuid("r")), person("B B", french=None))
        facets = engine.search(CANDIDATES, Query(facets=("ready", "french", "referent", "trade"))).facets
        assert facets["ready"] == (FacetCount("false", 1), FacetCount("true", 1))
        assert facets["french"] == (FacetCount("2", 1),)
        assert facets["referent"] == (FacetCount(str(uuid("r")), 1),)
        assert facets["trade"] == (FacetCount("vendeur", 2),)

    def test_an_unknown_facet_is_a_defect(self, engine: Engine) -> None:
        with pytest.raises(ValueError):
            engine.search(OFFERS, Query(facets=("ready",)))
