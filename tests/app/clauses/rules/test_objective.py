"""Does the objective say on each day what it said then, and do shares and pooling add up?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.calibration import BilledRate, to_json
from app.clauses.rules.kinds import ObjectiveMethod, TrancheKind
from app.clauses.rules.objective import (
    Billed,
    ObjectiveVersion,
    Rate,
    ShareRefusal,
    TrancheHours,
    objective_at,
    rate,
    share_refusals,
    shares,
    steps,
    version_at,
)

D = Decimal
FIRST = ObjectiveVersion(date(2026, 1, 5), date(2026, 1, 5), D(800))
AVENANT = ObjectiveVersion(date(2026, 6, 1), date(2026, 6, 1), D(960))
LATE = ObjectiveVersion(date(2026, 6, 1), date(2026, 6, 20), D(960))
BILLED = ObjectiveVersion(
    date(2026, 1, 5),
    date(2026, 1, 5),
    D(0),
    ObjectiveMethod.BILLED_RATE,
    to_json(BilledRate(D(0), D(2_700_000), D(2000))),
)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
HOURS = st.decimals(0, 99_999, places=2)


@pytest.mark.parametrize(("day", "due", "ratio"), [(date(2026, 5, 31), 800, "0.6"), (date(2026, 6, 1), 960, "0.5")])
def test_an_avenant_of_a_fifth_more_turns_60_percent_into_50_from_its_day(day: date, due: int, ratio: str) -> None:
    found = objective_at(day, [FIRST, AVENANT])
    assert found == due
    assert Rate(D(480), found).ratio == D(ratio)


@pytest.mark.parametrize(
    ("day", "due"), [(date(2026, 1, 4), 0), (date(2026, 6, 1), 800), (date(2026, 6, 19), 800), (date(2026, 6, 20), 960)]
)
def test_a_version_entered_late_is_known_from_the_day_it_was_entered(day: date, due: int) -> None:
    assert objective_at(day, [LATE, FIRST]) == due


def test_a_forgotten_older_avenant_does_not_replace_a_younger_one() -> None:
    forgotten = ObjectiveVersion(date(2026, 3, 1), date(2026, 7, 1), D(850))
    assert objective_at(date(2026, 8, 1), [FIRST, AVENANT, forgotten]) == 960
    assert version_at(date(2026, 5, 1), [FIRST, AVENANT, forgotten]) == FIRST


def test_of_two_versions_for_one_day_the_later_known_holds() -> None:
    corrected = ObjectiveVersion(date(2026, 6, 1), date(2026, 6, 25), D(900))
    assert objective_at(date(2026, 6, 24), [FIRST, corrected, LATE]) == 960
    assert objective_at(date(2026, 6, 25), [FIRST, corrected, LATE]) == 900


@pytest.mark.parametrize(("day", "due"), [(date(2026, 4, 30), 800), (date(2026, 5, 1), 1000)])
def test_an_optional_tranche_counts_from_the_day_it_is_affirmed(day: date, due: int) -> None:
    tranches = [
        TrancheHours(D(200), date(2026, 5, 1)),
        TrancheHours(D(70), None),
        TrancheHours(D(800), date(2026, 1, 5), TrancheKind.FIRM),
    ]
    assert objective_at(day, [FIRST], tranches) == due


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 2, 27), 0),
        (date(2026, 2, 28), 0),
        (date(2026, 6, 30), 1),
        (date(2026, 9, 29), 1),
        (date(2026, 9, 30), 200),
    ],
)
def test_with_a_rate_the_objective_moves_with_billing(day: date, due: int) -> None:
    billings = [
        Billed(date(2026, 9, 30), D(3_100_000)),
        Billed(date(2026, 2, 28), D(2_701_999)),
        Billed(date(2026, 6, 30), D(2_702_000)),
    ]
    assert objective_at(day, [BILLED], (), billings) == due
    assert objective_at(day, [BILLED], [TrancheHours(D(10), date(2026, 1, 5))], billings) == due + 10


def test_steps_are_the_days_on_which_the_objective_changes() -> None:
    same = ObjectiveVersion(date(2026, 4, 1), date(2026, 4, 1), D(800))
    tranche = TrancheHours(D(40), date(2026, 8, 1))
    assert steps([FIRST, same, LATE], [tranche]) == (
        (date(2026, 1, 5), D(800)),
        (date(2026, 6, 20), D(960)),
        (date(2026, 8, 1), D(1000)),
    )


def test_there_are_no_steps_before_there_is_a_version() -> None:
    assert steps([], [TrancheHours(D(40), date(2026, 8, 1))]) == ()


@st.composite
def versions(draw: st.DrawFn) -> ObjectiveVersion:
    valid = draw(DAYS)
    return ObjectiveVersion(valid, valid + timedelta(days=draw(st.integers(0, 400))), draw(HOURS))


@given(st.lists(versions(), max_size=6), versions(), DAYS)
def test_a_version_known_later_never_changes_the_answer_for_an_earlier_day(
    kept: list[ObjectiveVersion], later: ObjectiveVersion, day: date
) -> None:
    if later.known_from > day:
        assert objective_at(day, [*kept, later]) == objective_at(day, kept)


@given(st.lists(versions(), max_size=5), DAYS)
def test_steps_say_what_the_objective_says(kept: list[ObjectiveVersion], day: date) -> None:
    before = [hours for start, hours in steps(kept) if start <= day]
    assert objective_at(day, kept) == (before[-1] if before else 0)


def test_shares_that_do_not_divide_go_to_the_largest_remainder() -> None:
    assert shares(D(100), [("a", D("33.33")), ("b", D("33.33")), ("c", D("33.34"))]) == {
        "a": D("33.33"),
        "b": D("33.33"),
        "c": D("33.34"),
    }
    # 0.05 × 33.33 % = 0.016665, twice, and 0.016670: one hundredth each, the two left go to c, then to a.
    assert list(shares(D("0.05"), [("a", D("33.33")), ("b", D("33.33")), ("c", D("33.34"))]).values()) == [
        D("0.02"),
        D("0.01"),
        D("0.02"),
    ]


def test_a_half_share_alone_is_not_made_whole() -> None:
    assert shares(D(250), [("a", D(50))]) == {"a": D(125)}
    assert shares(D(250), []) == {}


@pytest.mark.parametrize(
    ("parts", "reasons"),
    [
        ([("a", D(100))], ()),
        ([("a", D("60.5")), ("b", D("39.5"))], ()),
        ([("a", D("99.99"))], (ShareRefusal.NOT_A_HUNDRED,)),
        ([("a", D(100)), ("b", D(0))], (ShareRefusal.NOT_POSITIVE,)),
        ([("a", D(110)), ("b", D(-10))], (ShareRefusal.NOT_POSITIVE,)),
        ([("a", D(50)), ("a", D(50))], (ShareRefusal.TWICE,)),
        ([], (ShareRefusal.NOT_A_HUNDRED,)),
    ],
)
def test_shares_make_a_hundred_each_above_nothing(
    parts: list[tuple[str, Decimal]], reasons: tuple[ShareRefusal, ...]
) -> None:
    assert share_refusals(parts) == reasons


@given(HOURS, st.lists(st.integers(1, 5000), min_size=1, max_size=8))
def test_parts_always_make_the_objective_exactly(objective: Decimal, weights: list[int]) -> None:
    cuts = [D(weight * 10_000 // sum(weights)) / 100 for weight in weights]
    cuts[0] += 100 - sum(cuts)
    parts = shares(objective, list(enumerate(cuts)))
    assert sum(parts.values()) == objective
    assert all(abs(parts[rank] - objective * cut / 100) < D("0.01") for rank, cut in enumerate(cuts))


LOTS = [(D(400), D(420)), (D(250), D(100)), (D(150), D(150))]


def test_three_lots_make_81_25_percent_alone_and_83_75_pooled() -> None:
    assert [Rate(done, due).ratio for due, done in LOTS] == [D("1.05"), D("0.4"), D(1)]
    alone, pooled = rate(LOTS, pooling=False), rate(LOTS, pooling=True)
    assert (alone.counted, alone.objective, alone.ratio, alone.missing) == (650, 800, D("0.8125"), 150)
    assert (pooled.counted, pooled.objective, pooled.ratio, pooled.missing) == (670, 800, D("0.8375"), 130)


def test_when_nothing_is_due_nothing_is_missing() -> None:
    assert (rate([], pooling=True).ratio, rate([(D(0), D(5))], pooling=False).missing) == (1, 0)
    assert rate([(D(0), D(5)), (D(10), D(5))], pooling=False) == Rate(D(5), D(10))


@given(st.lists(st.tuples(HOURS, HOURS), max_size=6))
def test_pooling_never_loses_hours_and_nothing_is_negative(lots: list[tuple[Decimal, Decimal]]) -> None:
    alone, pooled = rate(lots, pooling=False), rate(lots, pooling=True)
    assert 0 <= alone.counted <= min(pooled.counted, alone.objective)
    assert alone.missing == sum(max(due - done, D(0)) for due, done in lots)
    assert 0 <= pooled.missing <= alone.missing


@given(HOURS, HOURS, HOURS)
def test_more_hours_never_make_a_smaller_rate(objective: Decimal, done: Decimal, more: Decimal) -> None:
    assert Rate(done + more, objective).ratio >= Rate(done, objective).ratio
