"""Night and weekend come from the grid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.grid import FULL, Grid, Preset, Span
from app.offers.rules import DERIVED, conditions_of, is_night, is_weekend, moments


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 18, 24), (Preset.DAY,)),  # Monday 9 h to 12 h
        (Span(0, 12, 23), (Preset.DAY, Preset.EARLY)),  # 6 h to 11 h 30
        (Span(1, 28, 37), (Preset.DAY,)),  # until 18 h 30: no evening work
        (Span(1, 28, 38), (Preset.DAY, Preset.EVENING)),  # until 19 h
        (Span(2, 42, 4), (Preset.EVENING, Preset.NIGHT)),  # 21 h to 2 h
        (Span(5, 18, 24), (Preset.WEEKEND,)),  # Saturday morning
        (Span(0, 18, 19), ()),
    ],
)
def test_a_moment_counts_from_one_hour_in_a_day(span: Span, expected: tuple[Preset, ...]) -> None:
    assert moments(Grid.from_spans([span])) == expected


def test_night_and_weekend_are_read_in_the_grid() -> None:
    night_of_saturday = Grid.from_spans([Span(5, 44, 10)])

    assert is_night(night_of_saturday)
    assert not is_weekend(night_of_saturday)
    assert is_weekend(Grid.from_presets([Preset.WEEKEND]))


@given(st.integers(min_value=0, max_value=FULL), st.integers(min_value=0, max_value=FULL))
def test_more_hours_never_remove_a_moment(some: int, more: int) -> None:
    assert set(moments(Grid(some))) <= set(moments(Grid(some | more)))


def test_every_preset_is_a_moment_of_itself() -> None:
    assert all(preset in moments(Grid.from_presets([preset])) for preset in Preset)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([Span(0, 16, 24), Span(0, 28, 36)], set()),  # 8 h to 12 h, 14 h to 18 h: a lunch
        ([Span(0, 16, 24), Span(0, 29, 36)], {"horaires-coupes"}),
        ([Span(0, 12, 20)], {"tot-le-matin"}),  # from 6 h
        ([Span(0, 13, 20)], set()),  # from 6 h 30
        ([Span(6, 18, 24)], {"week-end"}),
        ([Span(0, 42, 4)], {"nuit", "soiree"}),
        ([Span(0, 44, 10), Span(1, 44, 10)], {"nuit"}),  # two nights in a row split no day
        ([Span(0, 30, 36), Span(1, 16, 24)], set()),  # two days are no split day
    ],
)
def test_conditions_of_work_are_read_in_the_grid(spans: list[Span], expected: set[str]) -> None:
    assert conditions_of(Grid.from_spans(spans)) == expected
    assert expected <= DERIVED
