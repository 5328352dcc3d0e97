"""Do the points of the drawing say the months done, the steps of the objective and the straight line to the end?"""

from datetime import date
from decimal import Decimal

from app.clauses.rules.curve import Curve, curve
from app.clauses.rules.progress import MonthHours

D = Decimal
STARTS, ENDS, TODAY = date(2026, 3, 2), date(2027, 1, 15), date(2026, 11, 5)
AT_THE_END = D(685)
CUMULATED = (46, 138, 241, 348, 447, 512, 602, 650)
MONTHS = [
    MonthHours(date(2026, 3 + rank, 1), D(total - before), D(total - before))
    for rank, (before, total) in enumerate(zip((0, *CUMULATED), CUMULATED, strict=False))
]
STEPS = [(date(2026, 6, 1), D(800)), (STARTS, D(700))]


def drawn(months: list[MonthHours], today: date = TODAY, forecast: Decimal | None = AT_THE_END) -> Curve:
    return curve(months, STEPS, starts_on=STARTS, ends_on=ENDS, today=today, forecast=forecast)


def test_a_point_a_month_and_the_last_on_the_last_day() -> None:
    days = [point.day for point in drawn(MONTHS).points]
    assert (len(days), days[0], days[-2], days[-1]) == (11, date(2026, 3, 31), date(2026, 12, 31), ENDS)


def test_the_months_that_ended_are_known_and_the_others_forecast() -> None:
    points = drawn(MONTHS).points
    assert [point.validated for point in points] == [*CUMULATED, None, None, None]
    assert [point.forecast and round(point.forecast) for point in points] == [None] * 8 + [664, 678, 685]


def test_the_objective_steps_up_on_the_day_of_the_avenant() -> None:
    found = drawn(MONTHS)
    assert [int(point.objective) for point in found.points] == [700] * 3 + [800] * 8
    assert found.objective_steps == ((STARTS, D(700)), (date(2026, 6, 1), D(800)))
    assert found.highest == 800


def test_the_forecast_leaves_from_the_last_month_or_from_today_when_it_has_hours() -> None:
    assert drawn(MONTHS).forecast_from == (date(2026, 10, 31), 650)
    november = [*MONTHS, MonthHours(date(2026, 11, 1), D(10), D(4))]
    assert drawn(november).forecast_from == (TODAY, 654)


def test_on_the_last_day_of_a_month_with_hours_the_month_is_known() -> None:
    november = [*MONTHS, MonthHours(date(2026, 11, 1), D(10), D(4))]
    point = drawn(november, today=date(2026, 11, 30)).points[8]
    assert (point.declared, point.validated, point.forecast) == (660, 654, None)


def test_hours_to_validate_are_drawn_apart() -> None:
    waiting = [*MONTHS[:-1], MonthHours(date(2026, 10, 1), D(57), D(48))]
    point = drawn(waiting).points[7]
    assert (point.declared, point.validated) == (659, 650)


def test_before_the_works_all_is_forecast_and_after_them_nothing_is() -> None:
    before = drawn([], today=date(2026, 1, 5), forecast=D(0))
    assert all(point.validated is None and point.forecast == 0 for point in before.points)
    after = drawn(MONTHS, today=date(2027, 3, 1), forecast=D(650))
    assert (after.points[-1].validated, after.forecast_from) == (650, None)
    assert all(point.forecast is None for point in after.points)


def test_without_a_forecast_the_months_to_come_are_empty() -> None:
    found = drawn(MONTHS, forecast=None)
    assert (found.points[-1].forecast, found.points[-1].validated, found.forecast_from) == (None, None, None)


def test_dates_that_make_no_sense_make_no_endless_drawing() -> None:
    found = curve([], [], starts_on=date(1900, 1, 1), ends_on=date(2900, 1, 1), today=TODAY, forecast=None)
    assert len(found.points) == 600
    assert curve([], [], starts_on=ENDS, ends_on=STARTS, today=TODAY, forecast=None).points == ()
