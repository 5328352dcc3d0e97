"""The week in half-hours: presets, spans, words, and its 42 bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.core.grid import BYTES, FULL, Grid, Preset, Span, grid_lines
from app.core.grid_field import GridField, half_hour

grids = st.integers(0, FULL).map(Grid)


@given(grids)
def test_a_grid_survives_its_bytes_and_its_spans(grid: Grid) -> None:
    assert len(grid.to_bytes()) == BYTES
    assert Grid.from_bytes(grid.to_bytes()) == grid
    assert Grid.from_spans(grid.spans()) == grid


def test_a_day_from_eight_to_eighteen_is_fifty_hours_a_week() -> None:
    grid = Grid.from_presets([Preset.DAY])
    assert grid.hours == 50
    assert grid_lines(grid) == ["Lundi à vendredi\u00a0: 8\u00a0h à 18\u00a0h"]
    assert grid.presets() == (Preset.DAY,)
    assert not grid.touches(Preset.WEEKEND)


def test_a_span_past_midnight_goes_on_the_next_day_and_sunday_night_on_monday() -> None:
    night = Grid.from_spans([Span(6, 44, 4)])
    assert list(night.spans()) == [Span(0, 0, 4), Span(6, 44, 48)]
    assert night.hours == 4


def test_split_days_are_written_on_one_line() -> None:
    grid = Grid.from_spans([Span(0, 12, 23), Span(0, 28, 36)])
    assert grid_lines(grid) == ["Lundi\u00a0: 6\u00a0h à 11\u00a0h\u00a030, 14\u00a0h à 18\u00a0h"]


@pytest.mark.parametrize(
    ("typed", "slot"),
    [("6h30", 13), ("6 h 30", 13), ("6:30", 13), ("06h", 12), ("6", 12), ("24h", 48), ("25h", None), ("6h15", None)],
)
def test_an_hour_is_read_by_half_hours(typed: str, slot: int | None) -> None:
    assert half_hour(typed) == slot


class _WeekForm(Form):
    week = GridField("Semaine", required="Dites quand.")


def test_a_typed_week_joins_presets_and_stretches() -> None:
    form = _WeekForm(MultiDict([("week-preset", "early"), ("week-0-0-start", "9h"), ("week-0-0-end", "12h30")]))
    assert form.validate()
    assert form.week.data == Grid.from_presets([Preset.EARLY]) | Grid.from_spans([Span(0, 18, 25)])


def test_a_wrong_hour_is_said_with_its_day_and_what_was_typed_is_kept() -> None:
    form = _WeekForm(MultiDict([("week-2-0-start", "midi"), ("week-2-0-end", "14h")]))
    assert not form.validate()
    assert "Mercredi" in form.week.errors[0]
    name, lines = form.week.day_rows[2]
    assert (name, lines[0].start, lines[0].end) == ("Mercredi", "midi", "14h")


def test_an_empty_week_asks_its_question() -> None:
    form = _WeekForm(MultiDict([("other", "x")]))
    assert not form.validate()
    assert form.week.errors == ["Dites quand."]


@given(grids)
def test_what_the_page_shows_is_read_again_when_a_day_has_two_stretches_at_most(grid: Grid) -> None:
    form = _WeekForm(data={"week": grid})
    sent = [("week-preset", preset.value) for preset in form.week.presets]
    for line in form.week.stretches:
        base = f"week-{line.day}-{line.rank}"
        sent += [(f"{base}-start", line.start), (f"{base}-end", line.end)]
    again = _WeekForm(MultiDict([*sent, ("other", "x")]))
    rest = Grid(grid.bits & ~Grid.from_presets(form.week.presets).bits)
    if all(sum(span.day == day for span in rest.spans()) <= 2 for day in range(7)):
        again.validate()
        assert again.week.data == grid
