"""The columns say of each person what the sentences say."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy.orm import scoped_session

from app.candidates.models import CandidateTravel
from app.candidates.queries import matching_rows
from app.core.roles import SYSTEM
from app.matches.forms import order_of
from app.matches.queries import selection, snapshot
from app.matches.queries.lines import why_excluded_first, why_not
from app.matches.queries.people import choice, read_people
from app.matches.rules import MatchOrder, TradeFilter
from app.offers.queries import matching_offer
from matching.comparison import compare
from matching.filters import Exclusion
from tests.factories.applications import a_market, a_ready_person
from tests.factories.matches import named, wants

COMMUNES = ("91377", "91477", "91345", "91223", "91200", "91228")
TRAVELS: tuple[dict[str, Any], ...] = (
    {"means": "car", "max_minutes": 60},
    {"means": "bus", "max_km": 12},
    {"means": "bike", "max_minutes": 200, "max_km": 90},
    {"means": "foot", "max_minutes": 45},
)


def _crowd(session: scoped_session) -> Any:
    market = a_market()
    for number, commune in enumerate(COMMUNES * 2):
        person = a_ready_person(commune_insee=commune)
        for travel in TRAVELS[number % 4 : number % 4 + 1 + number % 2]:
            session.add(CandidateTravel(candidate_id=person.candidate.id, **travel))
    session.flush()
    return market


def test_minutes_of_the_column_are_those_of_the_sentence(session: scoped_session, today: date) -> None:
    market = _crowd(session)
    now, need = snapshot(today), matching_offer(market.offer)
    rows = np.arange(len(now.market.candidates))
    minutes = selection.minutes_of_way(rows, need, now)
    profiles = {one.id: one for one in matching_rows().candidates}
    said = [
        compare(profiles[key], need, now.tables, now.weights).route.best.minutes for key in now.market.candidates.ids
    ]
    assert len(said) == 13
    assert minutes.tolist() == pytest.approx(said, abs=1e-9)


def test_an_unknown_way_comes_last_both_ways(session: scoped_session, today: date) -> None:
    market = _crowd(session)
    now, need = snapshot(today), matching_offer(market.offer)
    found = now.market.candidates_for(need)
    place = now.market.candidates.place
    place[3] = len(now.tables.distances.index)  # a commune outside the table
    rows = np.arange(len(place))
    for downwards in (False, True):
        asked = selection.Asked(order=MatchOrder.TRAVEL, downwards=downwards)
        assert selection.ordered(rows, asked, found, need, now)[-1] == 3


def test_trade_filters_are_the_links_of_the_score(session: scoped_session, today: date) -> None:
    market = a_market()
    same_rome = named(a_ready_person(), "Même", "Fiche")
    wants(same_rome, "agent-entretien-immeuble")
    near = named(a_ready_person(), "Métier", "Proche")
    wants(near, "plongeur")
    other = named(a_ready_person(), "Autre", "Métier")
    wants(other, "macon")
    now, need = snapshot(today), matching_offer(market.offer)

    def wanting(asked: TradeFilter) -> set[str]:
        return {now.market.candidates.ids[row] for row in np.flatnonzero(selection.wanting(need, now, asked))}

    same = {str(market.person.candidate.id), str(same_rome.id)}
    assert wanting(TradeFilter.SAME) == same
    assert wanting(TradeFilter.NEAR) == same | {str(near.id)}
    assert wanting(TradeFilter.ANY) == same | {str(near.id), str(other.id)}


def test_everybody_left_out_is_counted_once_under_the_first_reason(session: scoped_session, today: date) -> None:
    market = a_market(conditions=["hauteur"], required_licences=["b"])
    late = market.offer.start_on + timedelta(days=2)
    a_ready_person(available_from=late, refusals=["hauteur"])
    a_ready_person(licences=["b"], refusals=["hauteur"])
    now, need = snapshot(today), matching_offer(market.offer)
    found = now.market.candidates_for(need)
    groups = dict(selection.left_out(np.flatnonzero(found.exclusions), found))
    assert {exclusion: len(rows) for exclusion, rows in groups.items()} == {
        Exclusion.LICENCE_MISSING: 1,
        Exclusion.NOT_AVAILABLE: 1,
        Exclusion.CONDITION_REFUSED: 1,
    }


def test_why_somebody_is_left_out_is_said_under_its_title(session: scoped_session, today: date) -> None:
    market = a_market(conditions=["hauteur"], required_licences=["b"])
    late = named(market.person, "Libre", "Tard", available_from=today + timedelta(days=30), refusals=["hauteur"])
    now, need = snapshot(today), matching_offer(market.offer)
    profile = read_people([late.id], SYSTEM)[str(late.id)].profile
    assert profile is not None
    said = why_excluded_first(profile, need, now).replace("\u00a0", " ")
    assert said.startswith("libre le 5 décembre 2026 ; permis demandé, non détenu : ")
    assert said.count("refuse : ") == 1
    whole = why_not(profile, need, now)
    assert whole.startswith("Disponible le 5 décembre 2026")


def test_a_choice_keeps_the_order_in_which_people_were_given(session: scoped_session, today: date) -> None:
    market = a_market(posts=9)
    people = [market.person, *(a_ready_person() for _ in range(4))]
    ids = [one.candidate.id for one in people][::-1]
    made = choice(market.offer, ids, market.facilitator.actor, today)
    assert [row.candidate.id for row in made.lines] == ids
    assert list(made.aside) == []
    assert read_people([], market.facilitator.actor) == {}


@pytest.mark.parametrize(
    ("raw", "order"),
    [
        (None, (MatchOrder.SCORE, True)),
        ("", (MatchOrder.SCORE, True)),
        ("-score", (MatchOrder.SCORE, True)),
        ("score", (MatchOrder.SCORE, False)),
        ("trajet", (MatchOrder.TRAVEL, False)),
        ("-attente", (MatchOrder.WAITING, True)),
        ("--score", (MatchOrder.SCORE, True)),
        ("nom; DROP TABLE", (MatchOrder.SCORE, True)),
    ],
)
def test_a_sort_of_the_address_is_understood_or_is_the_best_first(
    raw: str | None, order: tuple[MatchOrder, bool]
) -> None:
    assert order_of(raw) == order
