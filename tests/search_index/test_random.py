"""Whatever the documents and the question, PostgreSQL answers as the brute force: same ids, same order, same counts."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from search_index.documents import CandidateDocument, Kind, OfferDocument, Schedule
from search_index.engines.postgres import PostgresEngine
from search_index.fields import FIELDS
from search_index.finding import find
from search_index.gazetteer import place_of
from search_index.query import Query, Sort
from tests.search_index.brute_force import BruteForceEngine
from tests.search_index.samples import GAZETTEER, LEXICON, TOWNS, TRADES, offer, person

FEW = list(TRADES)[:6]
PLACES = list(TOWNS)[:5]
SAID = ["brocante", "Étampes", "hôtel", "l’école", "magasins", "O'Brien", "\\", "nuit", "محمد", "ménage", "équipe", "B"]
TYPED = [*SAID, "menage", "etampe", "magazin", "brocente", "broc", "massy", "permis b", "sans permis", "btp", "nounou"]
DAYS = st.none() | st.integers(0, 5).map(lambda days: date(2026, 11, 1) + timedelta(days=days))
HOURS = st.none() | st.sampled_from([Decimal(10), Decimal("24.5"), Decimal(35)])
TEXT = st.lists(st.sampled_from(SAID), max_size=3).map(" ".join)
SCHEDULES = st.frozensets(st.sampled_from(Schedule), max_size=3)
LICENCES = st.sampled_from([(), ("b",), ("b", "c")])


def some(values: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.just(frozenset()) | st.frozensets(st.sampled_from(values), max_size=2)


@st.composite
def offers(draw: Any) -> list[OfferDocument]:
    return [
        offer(
            str(number),
            draw(st.sampled_from(FEW)),
            draw(st.sampled_from(PLACES)),
            description=draw(TEXT),
            employer=draw(TEXT),
            contract_kind=draw(st.sampled_from(["cdi", "cdd", ""])),
            kind=draw(st.sampled_from(["job", "siae"])),
            schedule=draw(SCHEDULES),
            licences=(licences := draw(LICENCES)),
            licence_required=bool(licences),
            hours_week=draw(HOURS),
            published_on=draw(DAYS),
            expires_on=draw(DAYS),
            public=draw(st.booleans()),
            **({"lat": None, "lon": None} if draw(st.integers(0, 9)) == 0 else {}),
        )
        for number in range(draw(st.integers(0, 12)))
    ]


@st.composite
def people(draw: Any) -> list[CandidateDocument]:
    return [
        person(
            draw(st.sampled_from(["Amina", "Kadija", "Rose", "N’Golo"])) + f" {number}",
            draw(st.sampled_from(FEW)),
            draw(st.sampled_from(PLACES)),
            trades=tuple(draw(st.lists(st.sampled_from(FEW), max_size=3))),
            own_words=(draw(TEXT),),
            ready=draw(st.booleans()),
            consenting=draw(st.booleans()),
            licences=draw(LICENCES),
            french=draw(st.none() | st.integers(0, 6)),
            available_from=draw(DAYS),
            hours_week=draw(HOURS),
            schedule=draw(SCHEDULES),
            registered_on=draw(DAYS),
        )
        for number in range(draw(st.integers(0, 12)))
    ]


@st.composite
def queries(draw: Any, kind: Kind) -> Query:
    facets = [field.name for field in FIELDS[kind] if field.facet]
    town = draw(st.none() | st.sampled_from(PLACES))
    own: dict[str, Any] = (
        {
            "contract_kinds": draw(some(["cdi", "cdd", "cddi"])),
            "kinds": draw(some(["job", "siae"])),
            "public": draw(st.none() | st.booleans()),
            "open_on": draw(DAYS),
            "published_since": draw(DAYS),
            "without_licence": draw(st.booleans()),
        }
        if kind is Kind.OFFERS
        else {
            "ready": draw(st.none() | st.booleans()),
            "french_min": draw(st.none() | st.integers(0, 6)),
            "available_by": draw(DAYS),
        }
    )
    return Query(
        words=" ".join(draw(st.lists(st.sampled_from([*TYPED, "kad", "rose", "ngolo"]), max_size=3))),
        place=place_of(TOWNS[town], draw(st.sampled_from([0, 5, 15, 40]))) if town else None,
        trades=draw(some(FEW)),
        families=draw(some(["proprete", "aide"])),
        communes=draw(some([town.insee for town in TOWNS.values()])),
        schedule=draw(SCHEDULES),
        licences=draw(some(["b", "c"])),
        hours_min=draw(HOURS),
        hours_max=draw(HOURS),
        sort=draw(st.sampled_from(Sort)),
        page=draw(st.integers(1, 3)),
        size=draw(st.sampled_from([0, 3, 20])),
        facets=tuple(draw(st.lists(st.sampled_from(facets), max_size=5, unique=True))),
        **own,
    )


def check(connection: Connection, kind: Kind, documents: Any, asked: list[Query]) -> None:
    judge, engine = BruteForceEngine(), PostgresEngine(connection)
    judge.prepare()
    savepoint = connection.begin_nested()
    try:
        engine.publish(kind, engine.create(kind))
        for one in (judge, engine):
            one.write(kind, documents)
        for query in asked:
            assert find(engine, kind, query, LEXICON, GAZETTEER) == find(judge, kind, query, LEXICON, GAZETTEER)
    finally:
        savepoint.rollback()


COMMON = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@COMMON
@given(documents=offers(), asked=st.lists(queries(Kind.OFFERS), min_size=3, max_size=6))
def test_offers_are_found_as_by_brute_force(
    connection: Connection, documents: list[OfferDocument], asked: list[Query]
) -> None:
    check(connection, Kind.OFFERS, documents, asked)


@COMMON
@given(documents=people(), asked=st.lists(queries(Kind.CANDIDATES), min_size=3, max_size=6))
def test_people_are_found_as_by_brute_force(
    connection: Connection, documents: list[CandidateDocument], asked: list[Query]
) -> None:
    check(connection, Kind.CANDIDATES, documents, asked)
