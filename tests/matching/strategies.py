"""Arbitrary people and offers over a world so small that ties, exact limits and refusals happen all the time."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from matching.criteria import Candidate, Means, Offer, Travel, Weights
from matching.slots import FULL_WEEK
from tests.matching.examples import BRETIGNY, DOURDAN, ELSEWHERE, ETAMPES, MORIGNY, START, hours_of

OFFER_IDS = [f"offer-{letter}" for letter in "abcdefgh"]
PERSON_IDS = [f"person-{number:02d}" for number in range(40)]

trades = st.sampled_from(["cleaner", "housekeeper", "window-cleaner", "home-helper", "gardener", "unheard-of"])
places = st.sampled_from([ETAMPES, DOURDAN, BRETIGNY, MORIGNY, ELSEWHERE])
days = st.integers(-2, 2).map(lambda shift: START + timedelta(days=shift))
weeks = st.one_of(
    st.just(0),
    st.sampled_from(
        [
            FULL_WEEK,
            hours_of(range(5), 8, 12),
            hours_of(range(5), 5, 9),
            hours_of(range(4), 8, 12),
            hours_of((0, 2), 22, 24) | hours_of((1, 3), 0, 6),
            hours_of((5, 6), 9, 18),
            hours_of((0,), 8, 10),
        ]
    ),
    st.integers(0, FULL_WEEK),
)
hours = st.one_of(st.none(), st.sampled_from([Decimal(10), Decimal("24.5"), Decimal(35), Decimal("151.67") / 4]))


def some(kind: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from([f"{kind}-{number}" for number in range(5)]), max_size=4)


travels = st.dictionaries(
    st.sampled_from(list(Means)),
    st.one_of(
        st.tuples(st.sampled_from([20, 30, 45, 60]), st.none()),
        st.tuples(st.none(), st.sampled_from([2.0, 10.0, 16.6, 20.0])),
        st.tuples(st.integers(1, 90), st.floats(0.5, 60, allow_subnormal=False)),
    ),
    max_size=4,
).map(lambda limits: tuple(Travel(means, minutes, km) for means, (minutes, km) in limits.items()))


def candidates(key: st.SearchStrategy[str]) -> st.SearchStrategy[Candidate]:
    return st.builds(
        Candidate,
        id=key,
        trades=st.lists(trades, max_size=3, unique=True).map(tuple),
        place=places,
        travels=travels,
        available_from=st.none() | days,
        grid=weeks,
        hours_min=hours,
        hours_max=hours,
        skills=some("skill"),
        titles=some("title"),
        licences=some("licence"),
        french=st.integers(0, 6),
        refusals=some("condition"),
        refused_offers=st.frozensets(st.sampled_from(OFFER_IDS), max_size=2),
        waiting_since=st.sampled_from([date(2026, 9, 1), date(2026, 9, 2), date(2026, 10, 1)]),
        eligible_until=st.none() | days,
    )


def offers(key: st.SearchStrategy[str]) -> st.SearchStrategy[Offer]:
    return st.builds(
        Offer,
        id=key,
        trade=trades,
        place=places,
        start_on=days,
        grid=weeks,
        hours_week=hours,
        required_titles=st.just(frozenset()) | some("title"),
        required_licences=st.just(frozenset()) | some("licence"),
        required_skills=some("skill"),
        wished_skills=some("skill"),
        wished_titles=some("title"),
        french=st.integers(0, 6),
        conditions=st.just(frozenset()) | some("condition"),
        places_left=st.sampled_from([0, 1, 1, 1, 3]),
        claused=st.booleans(),
        last_start_on=st.none() | days,
    )


people_lists = st.lists(candidates(st.sampled_from(PERSON_IDS)), max_size=12, unique_by=lambda one: one.id)
offer_lists = st.lists(offers(st.sampled_from(OFFER_IDS)), max_size=6, unique_by=lambda one: one.id)
one_candidate = candidates(st.just("person-1"))
one_offer = offers(st.just("offer-a"))
weights = st.sampled_from(
    [
        Weights(),
        Weights(trade=11, same_rome=7, family=3, travel=0, grid=41, skills=37, french=11),
        Weights(trade=0, same_rome=0, family=0, travel=1, grid=98, skills=0, french=1, walk_minutes=60),
        Weights(default_travels=(Travel(Means.BIKE, 90, 20.0),)),
    ]
)
