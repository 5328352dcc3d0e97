"""What a line of hours may hold: the caps to the hundredth, the days that count, the flags of the terms."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.hours import (
    ASKS,
    HourRefusal,
    ReportedLine,
    asking,
    blocking,
    covered_days,
    line_refusals,
    most_hours,
    usual_hours,
)
from app.clauses.rules.kinds import HourKind, OverReason
from app.clauses.rules.periods import month_end
from app.clauses.rules.terms import DEFAULTS

R = HourRefusal
PERSON = UUID(int=1)
OCTOBER = date(2026, 10, 1)
WORKS = (date(2026, 3, 2), date(2027, 1, 15))
COUNTS = (date(2025, 6, 1), date(2027, 5, 31))
EMPLOYED = (date(2025, 6, 1), None)
HOURS = st.decimals(Decimal("0.01"), Decimal(400), places=2)


def line(hours: str | Decimal, month: date = OCTOBER, kind: HourKind = HourKind.WORK, **values: object) -> ReportedLine:
    made = ReportedLine(PERSON, "12345678900012", month, kind, Decimal(hours))
    return replace(made, **values)  # type: ignore[arg-type]


def judged(said: ReportedLine, **values: object) -> tuple[HourRefusal, ...]:
    asked = {
        "works": WORKS,
        "counts": COUNTS,
        "employed": EMPLOYED,
        "month_total": said.hours,
        "terms": DEFAULTS,
        "today": date(2026, 11, 5),
        **values,
    }
    return line_refusals(said, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("total", "reasons"),
    [
        ("151.66", ()),
        ("151.67", ()),
        ("151.68", (R.REASON_NEEDED,)),
        ("208.00", (R.REASON_NEEDED,)),
        ("208.01", (R.ABOVE_MONTH_CAP, R.REASON_NEEDED)),
        ("1000000000", (R.ABOVE_MONTH_CAP, R.REASON_NEEDED)),
    ],
)
def test_the_month_of_a_person_has_a_cap_and_a_reason_below_it(total: str, reasons: tuple[HourRefusal, ...]) -> None:
    assert judged(line("1.00"), month_total=Decimal(total)) == reasons


def test_a_reason_lifts_what_is_asked_and_never_the_cap() -> None:
    told = line("208.00", over_reason=OverReason.OVERTIME)
    assert judged(told) == ()
    assert judged(replace(told, hours=Decimal("208.01"))) == (R.ABOVE_MONTH_CAP,)


def test_another_reason_is_written() -> None:
    other = line("160", over_reason=OverReason.OTHER, over_text=" ")
    assert judged(other) == (R.OTHER_NEEDS_TEXT,)
    assert judged(replace(other, over_text="Inventaire")) == ()


@pytest.mark.parametrize(
    ("hours", "reason"),
    [
        ("0", R.NOT_POSITIVE),
        ("-0.01", R.NOT_POSITIVE),
        ("0.001", R.TOO_MANY_DECIMALS),
        ("7.505", R.TOO_MANY_DECIMALS),
        ("10000000.00", R.TOO_LARGE),
        ("1E+9", R.TOO_LARGE),
        ("NaN", R.NOT_A_NUMBER),
        ("Infinity", R.NOT_A_NUMBER),
    ],
)
def test_hours_are_above_zero_with_two_decimals(hours: str, reason: HourRefusal) -> None:
    assert judged(line(hours), month_total=Decimal(0)) == (reason,)


def test_the_smallest_and_the_largest_amount_can_be_read() -> None:
    assert judged(line("0.01")) == ()
    assert judged(line("9999999.99")) == (R.ABOVE_MONTH_CAP, R.REASON_NEEDED)
    assert judged(line("7.50")) == judged(line("7.5")) == ()


@pytest.mark.parametrize(
    ("month", "reasons"),
    [
        (date(2026, 2, 1), (R.BEFORE_NOTIFICATION,)),
        (date(2026, 3, 1), ()),
        (date(2027, 1, 1), ()),
        (date(2027, 2, 1), (R.AFTER_DELIVERY,)),
    ],
)
def test_a_month_lies_between_notification_and_delivery(month: date, reasons: tuple[HourRefusal, ...]) -> None:
    assert judged(line("10", month), today=date(2027, 3, 1)) == reasons


@pytest.mark.parametrize(("today", "reasons"), [(date(2026, 9, 30), (R.FUTURE_MONTH,)), (date(2026, 10, 1), ())])
def test_a_month_that_has_not_begun_is_refused(today: date, reasons: tuple[HourRefusal, ...]) -> None:
    assert judged(line("10"), today=today) == reasons


@pytest.mark.parametrize(
    ("counts", "reasons"),
    [
        (None, (R.NOT_ELIGIBLE,)),
        ((date(2024, 10, 1), date(2026, 9, 30)), (R.OUTSIDE_ELIGIBILITY,)),
        ((date(2024, 10, 2), date(2026, 10, 1)), ()),
        ((date(2026, 10, 31), None), ()),
        ((date(2026, 11, 1), None), (R.OUTSIDE_ELIGIBILITY,)),
    ],
)
def test_a_month_is_refused_when_no_day_of_it_counts(
    counts: tuple[date, date | None] | None, reasons: tuple[HourRefusal, ...]
) -> None:
    told = line("7", over_reason=OverReason.CATCH_UP)
    assert judged(told, counts=counts) == reasons


@pytest.mark.parametrize(
    ("employed", "reasons"),
    [
        ((date(2025, 6, 1), date(2026, 9, 30)), (R.OUTSIDE_EMPLOYMENT,)),
        ((date(2025, 6, 1), date(2026, 10, 1)), ()),
        ((date(2026, 11, 1), None), (R.OUTSIDE_EMPLOYMENT,)),
    ],
)
def test_a_month_without_a_day_of_employment_is_refused(
    employed: tuple[date, date | None], reasons: tuple[HourRefusal, ...]
) -> None:
    assert judged(line("7"), employed=employed) == reasons


def test_eligible_at_the_start_and_employed_at_the_end_of_a_month_is_no_day() -> None:
    found = judged(line("7"), counts=(date(2024, 10, 15), date(2026, 10, 14)), employed=(date(2026, 10, 15), None))
    assert found == (R.NO_DAY_COUNTS,)


@pytest.mark.parametrize(
    ("hours", "reasons"),
    [
        ("70.00", ()),
        ("70.01", (R.PARTLY_COVERED,)),
        ("78.50", (R.PARTLY_COVERED,)),
        ("93.94", (R.PARTLY_COVERED,)),
        ("93.95", (R.BEYOND_COVERED_DAYS,)),
    ],
)
def test_a_month_covered_until_the_14th_holds_what_14_days_hold(hours: str, reasons: tuple[HourRefusal, ...]) -> None:
    """208 × 14 ÷ 31 = 93.94 is the most; ten days of 7 h from Thursday 1 to Wednesday 14 are usual."""
    until_14 = (date(2024, 10, 15), date(2026, 10, 14))
    assert judged(line(hours), counts=until_14) == reasons
    lifted = blocking(reasons)
    assert judged(line(hours, over_reason=OverReason.OVERTIME), counts=until_14) == lifted


def test_the_hours_of_all_the_lines_of_the_lot_share_the_days_that_count() -> None:
    until_14 = (date(2024, 10, 15), date(2026, 10, 14))
    assert judged(line("50"), counts=until_14, lot_month_total=Decimal("93.95")) == (R.BEYOND_COVERED_DAYS,)


def test_the_end_of_the_employment_and_of_the_works_cut_the_month_too() -> None:
    until_14 = (date(2025, 6, 1), date(2026, 10, 14))
    assert judged(line("93.95"), employed=until_14) == (R.BEYOND_COVERED_DAYS,)
    assert judged(line("93.95"), works=until_14) == (R.BEYOND_COVERED_DAYS,)


def test_a_day_holds_ten_hours_and_a_week_48() -> None:
    assert most_hours((OCTOBER, OCTOBER), Decimal(208)) == 10
    assert most_hours((OCTOBER, date(2026, 10, 4)), Decimal(208)) == 40
    assert most_hours((OCTOBER, date(2026, 10, 7)), Decimal(208)) == 48
    assert most_hours((OCTOBER, date(2026, 10, 31)), Decimal(208)) == 208


@given(month=st.dates(date(2024, 1, 1), date(2030, 1, 1)), first=st.integers(1, 28), last=st.integers(1, 28))
def test_fewer_days_never_hold_more_and_the_usual_always_fits(month: date, first: int, last: int) -> None:
    first, last = sorted((first, last))
    covered = (month.replace(day=first), month.replace(day=last))
    wider = (month.replace(day=1), month_end(month))
    held = most_hours(covered, DEFAULTS.month_cap)
    assert 0 < held <= most_hours(wider, DEFAULTS.month_cap) == DEFAULTS.month_cap
    assert usual_hours(covered, DEFAULTS.reason_above) <= held
    if first < last:
        assert most_hours((covered[0], covered[1] - timedelta(days=1)), DEFAULTS.month_cap) <= held


@given(hours=HOURS, others=st.decimals(Decimal(0), Decimal(400), places=2))
def test_the_cap_is_on_the_sum_over_all_lines(hours: Decimal, others: Decimal) -> None:
    total = hours + others
    found = judged(line(hours), month_total=total)
    assert (R.ABOVE_MONTH_CAP in found) == (total > Decimal(208))
    assert (R.REASON_NEEDED in found) == (total > Decimal("151.67"))
    assert set(found) <= {R.ABOVE_MONTH_CAP, R.REASON_NEEDED}
    assert blocking(found) + asking(found) == found


@given(
    month=st.dates(date(2025, 1, 1), date(2028, 12, 1)).map(lambda day: day.replace(day=1)),
    until=st.dates(date(2025, 6, 1), date(2028, 12, 31)),
)
def test_a_month_after_the_last_day_that_counts_is_always_refused(month: date, until: date) -> None:
    works = (date(2024, 1, 1), None)
    told = line("1", month, over_reason=OverReason.CATCH_UP)
    found = judged(told, works=works, counts=(date(2024, 1, 1), until), employed=works, today=date(2029, 1, 1))
    assert found == ((R.OUTSIDE_ELIGIBILITY,) if month > until else ())


@pytest.mark.parametrize(
    ("kind", "flag"),
    [
        (HourKind.TRAINING, "training_counts"),
        (HourKind.TUTOR, "tutor_counts"),
        (HourKind.PAID_ABSENCE, "paid_absence_counts"),
    ],
)
def test_each_kind_of_hours_has_its_flag(kind: HourKind, flag: str) -> None:
    yes, no = (replace(DEFAULTS, **{flag: value}) for value in (True, False))
    assert judged(line("7", kind=kind), terms=yes) == ()
    assert judged(line("7", kind=kind), terms=no) == (R.KIND_NOT_COUNTED,)
    assert judged(line("7"), terms=no) == ()


@pytest.mark.parametrize(
    ("training", "total", "ceiling", "reasons"),
    [
        ("35", "112", "50", ()),
        ("50", "100", "50", ()),
        ("50.01", "100", "50", (R.TRAINING_ABOVE_CEILING,)),
        ("20.01", "100", "20", (R.TRAINING_ABOVE_CEILING,)),
        ("100", "100", None, ()),
    ],
)
def test_training_stays_under_its_ceiling(
    training: str, total: str, ceiling: str | None, reasons: tuple[HourRefusal, ...]
) -> None:
    said = replace(DEFAULTS, training_ceiling_percent=None if ceiling is None else Decimal(ceiling))
    shares = (Decimal(training), Decimal(total))
    assert judged(line("7", kind=HourKind.TRAINING), terms=said, training=shares) == reasons
    assert judged(line("7"), terms=said, training=shares) == ()


def test_every_reason_is_said_at_once() -> None:
    said = line("220", date(2027, 2, 1), HourKind.TUTOR)
    found = judged(said, counts=None, employed=(date(2025, 6, 1), date(2026, 9, 30)), today=date(2026, 11, 5))
    assert found == (
        R.FUTURE_MONTH,
        R.AFTER_DELIVERY,
        R.NOT_ELIGIBLE,
        R.OUTSIDE_EMPLOYMENT,
        R.ABOVE_MONTH_CAP,
        R.KIND_NOT_COUNTED,
        R.REASON_NEEDED,
    )
    assert asking(found) == (R.REASON_NEEDED,)
    assert set(found) - ASKS == set(blocking(found))


def test_terms_with_a_lower_cap_are_followed() -> None:
    lower = replace(DEFAULTS, month_cap=Decimal(160), reason_above=Decimal(100))
    assert judged(line("160", over_reason=OverReason.OVERTIME), terms=lower) == ()
    assert judged(line("160.01", over_reason=OverReason.OVERTIME), terms=lower) == (R.ABOVE_MONTH_CAP,)
    assert judged(line("100.01"), terms=lower) == (R.REASON_NEEDED,)


def test_the_days_that_count_are_those_of_every_window() -> None:
    assert covered_days(OCTOBER) == (OCTOBER, date(2026, 10, 31))
    assert covered_days(OCTOBER, None, (date(2026, 10, 5), None)) == (date(2026, 10, 5), date(2026, 10, 31))
    assert covered_days(OCTOBER, (date(2026, 10, 5), None), (date(2026, 1, 1), date(2026, 10, 4))) is None
