"""Where does a lot stand on a day: pace, forecast, standing, and the alert of the one that falls behind?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.progress import LotStanding, MonthHours, Progress, Works, as_they_work, pace_of, progress
from app.clauses.rules.staffing import InPost

D = Decimal
TODAY = date(2026, 11, 5)
WORKS = Works(date(2026, 3, 2), date(2027, 1, 15))
HOURS = st.decimals(0, 2000, places=2)


def month(number: int, declared: str, validated: str | None = None) -> MonthHours:
    return MonthHours(date(2026, number, 1), D(declared), D(validated or declared))


# 13 weeks to 31 October are 91 days from 2 August: 30 of the 31 of August, September, October. 15 + 15 + 15.5 = 45.5 h.
PAINTING = [month(4, "54", "54"), month(8, "15.5"), month(9, "15"), month(10, "15.5", "15.5")]
SHORT = [month(4, "53.5"), month(8, "15.5"), month(9, "15"), month(10, "16", "16"), month(3, "9", "0")]


def at(
    objective: str,
    months: list[MonthHours],
    *,
    on: date = TODAY,
    works: Works = WORKS,
    people: list[InPost] | None = None,
) -> Progress:
    return progress(objective=D(objective), months=months, works=works, today=on, people=people)


def test_the_painting_lot_ends_at_135_of_250_and_is_in_danger() -> None:
    found = at("250", PAINTING)
    assert (found.validated, found.left, found.percent) == (100, 150, D("0.4"))
    assert (found.pace, found.weeks_left, found.forecast) == (D("3.5"), 10, 135)
    assert (found.standing, found.forecast_missing) == (LotStanding.IN_DANGER, 115)
    assert found.alert is not None
    assert (found.alert.weeks, found.alert.last_start) == (6, date(2026, 12, 15))
    assert found.advice is not None
    assert (found.advice.posts, found.advice.monday, found.advice.weekly_hours) == (1, date(2026, 11, 16), 18)
    assert found.reached_on == date(2027, 9, 1)  # 150 ÷ 3.5 = 42.86 weeks: 300 days


def test_one_person_at_the_present_pace_changes_neither_forecast_nor_alert() -> None:
    alone = [InPost(D("3.5"))]
    assert at("250", PAINTING, people=alone) == at("250", PAINTING)


def test_hours_that_wait_for_the_facilitator_are_declared_not_done() -> None:
    found = at("250", SHORT)
    assert (found.declared, found.validated, found.to_validate, found.left) == (109, 100, 9, 150)


@pytest.mark.parametrize(
    ("objective", "months", "on", "standing"),
    [
        ("400", [month(4, "420")], TODAY, LotStanding.REACHED),
        ("400", [month(4, "400")], TODAY, LotStanding.REACHED),
        ("400", [month(4, "399.99")], date(2027, 1, 15), LotStanding.IN_DANGER),
        ("400", [month(4, "399.99")], date(2027, 1, 16), LotStanding.MISSED),
        ("400", [month(4, "400")], date(2027, 1, 16), LotStanding.REACHED),
        ("135", PAINTING, TODAY, LotStanding.ON_TRACK),
        ("135.01", PAINTING, TODAY, LotStanding.WATCH),
        ("1000", [], date(2026, 3, 3), LotStanding.NOT_STARTED),
        ("1000", [month(3, "30")], date(2026, 4, 2), LotStanding.WATCH),
        ("300", [], date(2026, 2, 1), LotStanding.NOT_STARTED),
        ("0", [], TODAY, LotStanding.NOT_STARTED),
        ("0", [month(4, "5")], TODAY, LotStanding.REACHED),
    ],
)
def test_a_lot_stands_where_its_hours_and_its_days_say(
    objective: str, months: list[MonthHours], on: date, standing: LotStanding
) -> None:
    assert at(objective, months, on=on).standing == standing


def test_somebody_newly_in_post_who_will_do_all_ends_the_alert_but_is_watched() -> None:
    found = at("250", PAINTING, people=[InPost(D(18))])  # 72 days of 18 h a week: 185 h
    assert (found.alert, found.standing) == (None, LotStanding.WATCH)
    assert found.advice is not None


def test_somebody_in_post_who_soon_stops_counting_does_not_end_the_alert() -> None:
    found = at("250", PAINTING, people=[InPost(D(35), date(2026, 11, 30))])
    assert found.standing == LotStanding.IN_DANGER
    assert found.forecast == D("110.50")  # three whole weeks at 3.5 h
    assert found.reached_on is None


def test_the_pace_falls_when_one_of_two_stops() -> None:
    found = at("250", PAINTING, people=[InPost(D(10), date(2026, 11, 26)), InPost(D(10))])
    assert found.forecast == D("122.75")  # half of 3.5 h for 3 weeks, half for 10
    assert found.reached_on is not None
    assert (found.reached_on - TODAY).days == 579  # 10.5 h in 21 days, then 139.5 h at 0.25 h a day: 558 days


def test_with_nobody_in_post_nothing_more_comes() -> None:
    found = at("135", PAINTING, people=[])
    assert (found.forecast, found.reached_on, found.standing) == (100, None, LotStanding.WATCH)  # one week would do
    assert at("250", PAINTING, people=[]).standing == LotStanding.IN_DANGER


def test_a_reached_objective_has_no_alert_no_advice_and_no_day_to_come() -> None:
    found = at("100", PAINTING)
    assert (found.left, found.alert, found.advice, found.reached_on) == (0, None, None, None)


def test_without_a_delivery_date_there_is_a_pace_but_no_forecast() -> None:
    found = at("250", PAINTING, works=Works(date(2026, 3, 2)))
    assert (found.weeks_left, found.forecast, found.alert, found.standing) == (None, None, None, LotStanding.ON_TRACK)
    assert (found.reached_on, found.forecast_missing) == (date(2027, 9, 1), 150)


def test_a_day_ten_years_away_is_never() -> None:
    assert at("2000", PAINTING).reached_on is None


def test_before_the_works_the_weeks_are_those_of_the_works() -> None:
    found = at("300", [], on=date(2026, 2, 1), works=Works(date(2026, 3, 2), date(2026, 4, 12)))
    assert found.weeks_left == 5
    assert found.alert is not None


def test_the_pace_of_a_young_lot_is_counted_from_its_start() -> None:
    young = Works(date(2026, 10, 1), date(2027, 6, 30))
    assert pace_of([month(10, "62")], young, today=TODAY) == 14  # 31 days, 2 h a day


def test_hours_of_the_present_month_count_up_to_today() -> None:
    young = Works(date(2026, 10, 1), date(2027, 6, 30))
    assert pace_of([month(10, "62"), month(11, "10")], young, today=TODAY) == 14  # 36 days, 2 h a day


def test_in_the_first_days_a_week_is_the_least_to_divide_by() -> None:
    assert pace_of([month(11, "21")], Works(date(2026, 11, 4)), today=TODAY) == 21


def test_a_report_not_yet_due_is_no_stop_and_a_late_one_is() -> None:
    young = Works(date(2026, 9, 1))
    months = [month(9, "60")]
    assert pace_of(months, young, today=date(2026, 11, 15)) == 14  # to 30 September
    assert pace_of(months, young, today=date(2026, 11, 16)) == D(60) * 7 / 61  # to 31 October


def test_who_reports_by_quarter_says_until_when_hours_are_known() -> None:
    young = Works(date(2026, 9, 1))
    assert pace_of([month(9, "60")], young, today=date(2026, 12, 20), known_until=date(2026, 9, 30)) == 14


def test_hours_that_wait_for_control_still_make_the_pace() -> None:
    young = Works(date(2026, 10, 1))
    assert pace_of([month(10, "62", "0")], young, today=TODAY) == 14


def test_after_the_end_the_pace_is_that_of_the_last_weeks_of_works() -> None:
    over = Works(date(2026, 3, 2), date(2026, 10, 31))
    assert pace_of(PAINTING, over, today=date(2027, 5, 1)) == D("3.5")


def test_corrections_never_make_a_negative_pace() -> None:
    assert pace_of([month(10, "-40")], WORKS, today=TODAY) == 0


@given(HOURS, HOURS, st.decimals(1, 2000, places=2))
def test_more_validated_hours_never_make_a_smaller_percent(done: Decimal, more: Decimal, objective: Decimal) -> None:
    less = at(str(objective), [MonthHours(date(2026, 5, 1), done, done)])
    full = at(str(objective), [MonthHours(date(2026, 5, 1), done + more, done + more)])
    assert full.percent >= less.percent
    assert full.left <= less.left


@given(
    st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2028, 1, 1)), HOURS, HOURS), max_size=6),
    st.dates(date(2025, 1, 1), date(2028, 1, 1)),
    HOURS,
    st.none() | st.lists(st.none() | st.dates(date(2025, 1, 1), date(2028, 1, 1)), max_size=3),
)
def test_whatever_was_reported_an_answer_holds_together(
    rows: list[tuple[date, Decimal, Decimal]], today: date, objective: Decimal, stops: list[date | None] | None
) -> None:
    months = [MonthHours(day.replace(day=1), max(one, other), min(one, other)) for day, one, other in rows]
    people = None if stops is None else [InPost(D(35), stop) for stop in stops]
    found = at(str(objective), months, on=today, people=people)
    assert found.forecast is not None
    assert found.forecast >= found.validated
    assert found.left == max(objective - found.validated, 0)
    assert (found.standing == LotStanding.IN_DANGER) is (found.alert is not None)
    assert found.reached_on is None or found.reached_on > today


def test_somebody_hired_for_35_hours_who_does_three_and_a_half_on_the_lot_does_not_hide_the_danger() -> None:
    since = date(2026, 3, 16)
    works = Works(date(2026, 3, 2), date(2027, 1, 15))
    months = [MonthHours(date(2026, month, 1), Decimal("14.29"), Decimal("14.29")) for month in range(4, 11)]
    found = progress(
        objective=Decimal(250),
        months=months,
        works=works,
        today=date(2026, 11, 5),
        people=[InPost(Decimal(35), None, since)],
    )
    assert found.standing is LotStanding.IN_DANGER
    newly = [InPost(Decimal(35), None, date(2026, 10, 12))]
    hired = progress(objective=Decimal(250), months=months, works=works, today=date(2026, 11, 5), people=newly)
    assert hired.alert is None


def test_the_people_settled_together_do_what_the_pace_says() -> None:
    today = date(2026, 11, 5)
    people = [InPost(Decimal(35), None, date(2026, 3, 2)), InPost(Decimal(21), None, today), InPost(Decimal(14))]
    slowed = as_they_work(people, Decimal(7), today)
    assert [one.weekly_hours for one in slowed] == [7, 21, 14]
    assert as_they_work(people, Decimal(35), today) == people
    at_the_bound = [InPost(Decimal(35), None, today - timedelta(weeks=8))]
    assert as_they_work(at_the_bound, Decimal(1), today)[0].weekly_hours == 1
    a_day_later = [InPost(Decimal(35), None, today - timedelta(weeks=8) + timedelta(days=1))]
    assert as_they_work(a_day_later, Decimal(1), today) == a_day_later
