"""Same employer, another job, none, or nobody knows: on day N, and in the figures?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.follow_up.rules.kinds import Standing
from app.follow_up.rules.standing import Kept, Spell, day_n, figures, reached, standing

DAY = timedelta(days=1)
START = date(2026, 1, 15)
DAY_180 = date(2026, 7, 14)
SAME, NEW_JOB, BROKEN, UNKNOWN = Standing.SAME, Standing.NEW_JOB, Standing.BROKEN, Standing.UNKNOWN


def at(days: int) -> date:
    """A day counted from day 180."""
    return DAY_180 + days * DAY


def where(*spells: Spell, confirmed: tuple[date, ...] = ()) -> Standing:
    return standing(START, spells, confirmed, 180)


@pytest.mark.parametrize(
    ("start", "days", "day"),
    [
        (START, 180, DAY_180),
        (START, 90, date(2026, 4, 15)),
        (date(2027, 8, 31), 180, date(2028, 2, 27)),
        (date(2027, 9, 2), 180, date(2028, 2, 29)),
        (date(2027, 9, 3), 180, date(2028, 3, 1)),
        (date(2028, 2, 29), 180, date(2028, 8, 27)),
    ],
)
def test_day_n_is_n_days_after_the_first_day_of_work(start: date, days: int, day: date) -> None:
    assert day_n(start, days) == day


@pytest.mark.parametrize(
    ("today", "stopped_on", "expected"),
    [
        (at(-1), None, False),
        (at(0), None, True),
        (at(30), None, True),
        (at(30), at(-1), False),
        (at(30), at(0), True),
        (at(30), at(1), True),
        (at(-1), at(0), False),
    ],
)
def test_day_180_is_reached_on_that_day_unless_the_follow_up_stopped_before(
    today: date, stopped_on: date | None, expected: bool
) -> None:
    assert reached(START, 180, stopped_on, today) is expected


@pytest.mark.parametrize(
    ("said", "expected"), [(at(-46), UNKNOWN), (at(-45), SAME), (at(0), SAME), (at(20), SAME), (None, UNKNOWN)]
)
def test_a_job_that_goes_on_counts_when_somebody_said_so_in_the_45_days_before(
    said: date | None, expected: Standing
) -> None:
    assert where(Spell("a", START), confirmed=(said,) if said else ()) == expected


@pytest.mark.parametrize(("last_day", "expected"), [(at(-1), BROKEN), (at(0), SAME), (at(1), SAME), (at(100), SAME)])
def test_a_job_that_ended_later_needs_no_word(last_day: date, expected: Standing) -> None:
    assert where(Spell("a", START, ended_on=last_day)) == expected


def test_a_word_does_not_bring_back_a_job_that_ended() -> None:
    assert where(Spell("a", START, ended_on=at(-10)), confirmed=(at(-5), at(3))) == BROKEN


@pytest.mark.parametrize(
    ("said", "expected"), [((), UNKNOWN), ((at(-10),), UNKNOWN), ((at(-9),), SAME), ((at(0),), SAME)]
)
def test_past_the_day_foreseen_for_its_end_only_a_later_word_keeps_a_job(
    said: tuple[date, ...], expected: Standing
) -> None:
    assert where(Spell("a", START, end_on=at(-10)), confirmed=said) == expected


@pytest.mark.parametrize(("end_on", "expected"), [(at(0), SAME), (at(30), SAME), (at(-1), UNKNOWN)])
def test_a_term_on_day_180_or_later_asks_only_for_a_word(end_on: date, expected: Standing) -> None:
    assert where(Spell("a", START, end_on=end_on), confirmed=(at(-20),)) == expected


@pytest.mark.parametrize(
    ("begins", "expected"),
    [(at(-39), NEW_JOB), (at(-11), NEW_JOB), (at(-10), NEW_JOB), (at(-9), BROKEN), (at(5), BROKEN)],
)
def test_another_job_within_30_days_of_the_last_day_is_in_work(begins: date, expected: Standing) -> None:
    assert where(Spell("a", START, ended_on=at(-40)), Spell("b", begins)) == expected


def test_the_30_days_may_go_beyond_day_180() -> None:
    ended = Spell("a", START, ended_on=at(-5))

    assert where(ended, Spell("b", at(25))) == NEW_JOB
    assert where(ended, Spell("b", at(26))) == BROKEN


def test_a_job_found_before_leaving_is_in_work() -> None:
    assert where(Spell("a", START, ended_on=at(-40)), Spell("b", at(-45))) == NEW_JOB


def test_a_second_job_lost_in_its_turn_is_a_break() -> None:
    first, second = Spell("a", START, ended_on=at(-90)), Spell("b", at(-80), ended_on=at(-50))

    assert where(first, second) == BROKEN
    assert where(first, second, Spell("c", at(-20))) == NEW_JOB
    assert where(first, second, Spell("c", at(-19))) == BROKEN


def test_the_second_job_counts_until_its_own_last_day() -> None:
    first = Spell("a", START, ended_on=at(-90))

    assert where(first, Spell("b", at(-80), ended_on=at(0))) == NEW_JOB
    assert where(first, Spell("b", at(-80), ended_on=at(-1))) == BROKEN


def test_a_second_job_past_its_term_is_unknown_until_somebody_speaks() -> None:
    first, second = Spell("a", START, ended_on=at(-90)), Spell("b", at(-80), end_on=at(-50))

    assert where(first, second) == UNKNOWN
    assert where(first, second, confirmed=(at(-50),)) == UNKNOWN
    assert where(first, second, confirmed=(at(-45),)) == NEW_JOB


@pytest.mark.parametrize("eve", [at(-60), None])
def test_a_renewal_with_the_same_employer_is_the_same_employer(eve: date | None) -> None:
    spells = (Spell("a", START, end_on=at(-60), ended_on=eve), Spell("a", at(-59)))

    assert where(*spells, confirmed=(at(-3),)) == SAME
    assert where(*spells) == UNKNOWN


def test_a_return_to_the_first_employer_before_day_180_is_the_same_employer() -> None:
    spells = (Spell("a", START, ended_on=at(-90)), Spell("b", at(-80), ended_on=at(-30)), Spell("a", at(-20)))

    assert where(*spells, confirmed=(at(-1),)) == SAME


def test_a_return_to_the_first_employer_after_day_180_is_in_work() -> None:
    assert where(Spell("a", START, ended_on=at(-10)), Spell("a", at(10))) == NEW_JOB


def test_a_change_of_employer_ends_the_job_before_it() -> None:
    assert where(Spell("a", START), Spell("b", at(-30))) == NEW_JOB
    assert where(Spell("a", START), Spell("b", at(0))) == NEW_JOB
    assert where(Spell("a", START), Spell("b", at(1))) == SAME


def test_without_a_job_nobody_knows() -> None:
    assert where() == UNKNOWN


def test_day_90_and_day_180_are_judged_apart() -> None:
    spells = (Spell("a", START, ended_on=date(2026, 5, 1)),)

    assert standing(START, spells, (), 90) == SAME
    assert standing(START, spells, (), 180) == BROKEN


def some(same: int = 0, new_job: int = 0, broken: int = 0, unknown: int = 0) -> list[Standing]:
    return [SAME] * same + [NEW_JOB] * new_job + [BROKEN] * broken + [UNKNOWN] * unknown


def test_of_50_that_reached_day_180_76_percent_are_kept_84_in_work_and_6_unknown() -> None:
    assert figures(some(38, 4, 5, 3)) == Kept(50, 38, 4, 5, 3, 76, 84, 6)


@pytest.mark.parametrize(
    ("counts", "percents"),
    [
        ((1, 0, 7, 0), (13, 13, 0)),
        ((1, 0, 199, 0), (1, 1, 0)),
        ((1, 0, 200, 0), (0, 0, 0)),
        ((1, 1, 0, 1), (33, 67, 33)),
        ((0, 0, 0, 4), (0, 0, 100)),
        ((7, 0, 0, 0), (100, 100, 0)),
    ],
)
def test_percents_are_whole_and_halves_go_up(counts: tuple[int, ...], percents: tuple[int, ...]) -> None:
    kept = figures(some(*counts))

    assert (kept.strict_percent, kept.in_work_percent, kept.unknown_percent) == percents


def test_without_anybody_there_is_no_percent() -> None:
    assert figures([]) == Kept(0, 0, 0, 0, 0, None, None, None)


@given(st.lists(st.sampled_from(sorted(Standing)), min_size=1, max_size=300))
def test_the_four_counts_make_the_whole_and_no_percent_is_more_than_half_a_point_away(found: list[Standing]) -> None:
    kept = figures(found)

    assert kept.reached == len(found) == kept.same + kept.new_job + kept.broken + kept.unknown
    for part, percent in (
        (kept.same, kept.strict_percent),
        (kept.same + kept.new_job, kept.in_work_percent),
        (kept.unknown, kept.unknown_percent),
    ):
        assert percent is not None
        assert -kept.reached <= 200 * part - 2 * percent * kept.reached < kept.reached  # a half goes up
    assert kept == figures(reversed(found))


SPELLS = st.lists(
    st.builds(
        lambda employer, begins, lasts, ended: Spell(
            employer, START + begins * DAY, None, START + (begins + lasts) * DAY if ended else None
        ),
        st.sampled_from("abc"),
        st.integers(1, 260),
        st.integers(0, 120),
        st.booleans(),
    ),
    max_size=5,
)


@given(st.integers(0, 179), SPELLS)
def test_who_lost_the_first_job_is_in_work_only_with_another_one_that_reaches_day_180(
    lasted: int, others: list[Spell]
) -> None:
    first = Spell("x", START, ended_on=START + lasted * DAY)
    found = where(first, *others)

    assert found in {NEW_JOB, BROKEN}
    if not [spell for spell in others if spell.ended_on is None or spell.ended_on >= DAY_180]:
        assert found == BROKEN
    if not [spell for spell in others if spell.start_on <= DAY_180 + 29 * DAY]:
        assert found == BROKEN
