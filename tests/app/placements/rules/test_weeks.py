"""A week said by two people: what one left as it was shown undoes nothing, and nothing typed is lost in silence."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.core.grid import Grid, Span
from app.placements.rules.kinds import Half, Presence
from app.placements.rules.presence import ExpectedHalf, Key, SaidHalf, expected_halves
from app.placements.rules.weeks import (
    WeekRefusal,
    as_shown,
    key_word,
    merge,
    monday_of,
    mondays,
    shown_in,
    token,
    usual,
    week_hours,
    week_refusals,
)

AM, PM = Half.AM, Half.PM
HERE, AWAY, TOLD = Presence.PRESENT, Presence.ABSENT, Presence.ABSENT_EXCUSED
MON = date(2026, 11, 2)
DAYS = [MON + timedelta(days=day) for day in range(5)]


def test_the_weeks_of_a_stage_are_named_by_their_monday() -> None:
    assert mondays(date(2026, 11, 4), date(2026, 11, 16)) == (MON, date(2026, 11, 9), date(2026, 11, 16))
    assert mondays(MON, MON) == (MON,)
    assert monday_of(date(2026, 11, 8)) == MON


def test_what_a_form_showed_comes_back_whole() -> None:
    said = {(MON, AM): SaidHalf(MON, AM, HERE, Decimal("2.5")), (MON, PM): SaidHalf(MON, PM, AWAY)}
    text = as_shown(said, [(MON, PM), (MON, AM), (DAYS[1], AM)])
    assert text == "2026-11-02am=present:2.50;2026-11-02pm=absent;2026-11-03am="
    assert shown_in(text) == {"2026-11-02am": "present:2.50", "2026-11-02pm": "absent", "2026-11-03am": ""}
    assert shown_in("nonsense") == {}
    assert shown_in("") == {}


def test_one_who_types_over_what_was_shown_writes() -> None:
    now = {(MON, AM): SaidHalf(MON, AM, AWAY)}
    merged = merge([SaidHalf(MON, AM, TOLD)], {"2026-11-02am": "absent"}, now)
    assert merged.writes == (SaidHalf(MON, AM, TOLD),)
    assert merged.conflicts == ()


def test_both_who_said_the_same_have_nothing_to_write() -> None:
    now = {(MON, AM): SaidHalf(MON, AM, AWAY)}
    merged = merge([SaidHalf(MON, AM, AWAY)], {"2026-11-02am": ""}, now)
    assert (merged.writes, merged.conflicts) == ((), ())


halves = st.builds(
    lambda day, half, status, hours: SaidHalf(day, half, status, hours if status is HERE else None),
    st.sampled_from(DAYS),
    st.sampled_from(sorted(Half)),
    st.sampled_from(sorted(Presence)),
    st.sampled_from([None, Decimal("1.50"), Decimal(2)]),
)
weeks = st.lists(halves, max_size=10).map(lambda said: {(one.day, one.half): one for one in said})


@given(weeks, weeks, weeks)
def test_nothing_typed_is_lost_and_nothing_of_another_is_undone_in_silence(
    before: dict[Key, SaidHalf], meanwhile: dict[Key, SaidHalf], typed: dict[Key, SaidHalf]
) -> None:
    shown = shown_in(as_shown(before, {*before, *typed}))
    now = {**before, **meanwhile}
    merged = merge(typed.values(), shown, now)
    written = {(one.day, one.half): one for one in merged.writes}
    for key, one in typed.items():
        was, present = shown[key_word(key)], token(now.get(key))
        if present != was and key in written:
            raise AssertionError("written over what another said")
        typed_by_hand = token(one) != (was or "present")
        if typed_by_hand and token(one) != present:
            assert key in written or key in merged.conflicts


def test_the_hours_of_a_week_are_summed_and_more_than_48_are_too_many() -> None:
    grid = Grid.from_spans([Span(day, *span) for day in range(6) for span in ((16, 24), (26, 34))])  # 8 h, 6 days
    expected = expected_halves(grid, MON, date(2026, 11, 8))
    said = [SaidHalf(half.day, half.half, HERE) for half in expected]
    assert week_hours(expected, said)[MON].done == Decimal("48.00")
    assert not week_hours(expected, said)[MON].too_many
    more = [*said, SaidHalf(date(2026, 11, 8), AM, HERE, Decimal("0.01"))]
    assert week_hours(expected, more)[MON].done == Decimal("48.01")
    assert week_hours(expected, more)[MON].too_many
    assert week_hours((ExpectedHalf(MON, AM, Decimal(3)),), [SaidHalf(MON, AM, AWAY)])[MON].done == 0


def test_hours_as_expected_are_not_kept_and_hours_of_somebody_away_are_refused() -> None:
    said = SaidHalf(MON, AM, HERE, Decimal("3.00"))
    assert usual(said, Decimal(3)).hours is None
    assert usual(said, Decimal(4)) is said
    assert usual(said, None) is said
    assert week_refusals([said]) == ()
    assert week_refusals([said, SaidHalf(MON, PM, AWAY, Decimal(1))]) == (WeekRefusal.HOURS_WHILE_AWAY,)
