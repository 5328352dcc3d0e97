"""Hours taken over, periods owed, levels of reminders, kinds of papers: the days and figures at the edges."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.hours import HourRefusal
from app.clauses.rules.kinds import Frequency
from app.clauses.rules.periods import Period
from app.clauses.rules.reporting import (
    DOCUMENT_MOST,
    DOCUMENTS_MOST,
    DocumentRefusal,
    Fault,
    ReportRefusal,
    document_refusals,
    kind_of_document,
    level_on,
    may_be_kept,
    periods_owed,
    taken_over,
    usual_hours_of,
)
from app.core.quantities import add_months

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("hours_week", "covered", "usual"),
    [
        ("35", OCTOBER, "151.67"),
        ("28", OCTOBER, "121.33"),
        ("28", (date(2026, 10, 19), date(2026, 10, 31)), "56.00"),
        ("35", (date(2026, 10, 1), date(2026, 10, 14)), "70.00"),
        ("35", (date(2026, 10, 3), date(2026, 10, 4)), "0.00"),
    ],
)
def test_usual_hours_follow_the_days_at_work(hours_week: str, covered: tuple[date, date], usual: str) -> None:
    assert usual_hours_of(Decimal(hours_week), covered) == Decimal(usual)


@pytest.mark.parametrize(
    ("last", "covered", "is_new", "hours"),
    [
        ("147", OCTOBER, False, "147"),
        ("147", (date(2026, 10, 1), date(2026, 10, 14)), False, "70.00"),
        ("50", (date(2026, 10, 1), date(2026, 10, 14)), False, "50"),
        (None, OCTOBER, False, None),
        (None, OCTOBER, True, "151.67"),
        (None, (date(2026, 10, 3), date(2026, 10, 4)), True, None),
    ],
)
def test_hours_are_taken_over_as_far_as_the_days_hold_them(
    last: str | None, covered: tuple[date, date], is_new: bool, hours: str | None
) -> None:
    found = taken_over(Decimal(last) if last else None, Decimal(35), covered, is_new)
    assert found == (Decimal(hours) if hours else None)


def test_every_month_begun_is_owed() -> None:
    found = periods_owed(date(2026, 9, 30), date(2026, 11, 1), lambda _: Frequency.MONTHLY)
    assert found == (Period(date(2026, 9, 1)), Period(date(2026, 10, 1)), Period(date(2026, 11, 1)))


def test_the_first_quarter_holds_the_notification() -> None:
    found = periods_owed(date(2026, 3, 2), date(2026, 4, 1), lambda _: Frequency.QUARTERLY)
    assert found == (Period(date(2026, 1, 1), 3), Period(date(2026, 4, 1), 3))


def test_a_quarterly_clause_that_begins_inside_a_quarter_waits_for_the_next_one() -> None:
    found = periods_owed(
        date(2026, 1, 5),
        date(2026, 7, 1),
        lambda day: Frequency.QUARTERLY if day >= date(2026, 5, 1) else Frequency.MONTHLY,
    )
    assert [(one.first_month.month, one.length) for one in found] == [
        (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 3),
    ]  # fmt: skip


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 900),
    st.lists(st.sampled_from(list(Frequency)), min_size=4, max_size=4),
)
def test_periods_owed_follow_each_other_without_a_gap(first: date, days: int, frequencies: list[Frequency]) -> None:
    last = date.fromordinal(first.toordinal() + days)
    found = periods_owed(first, last, lambda day: frequencies[day.year % 4])
    for before, after in pairwise(found):
        assert add_months(before.first_month, before.length) == after.first_month
    assert found[0].first_month <= first
    assert found[-1].first_month <= last <= found[-1].last_day


@pytest.mark.parametrize(
    ("day", "level"),
    [(11, None), (12, 1), (15, 1), (16, 2), (29, 2), (30, 3)],
)
def test_a_reminder_is_firmer_as_the_days_go_by(day: int, level: int | None) -> None:
    assert level_on(date(2026, 11, 15), date(2026, 11, day)) == level


@pytest.mark.parametrize(
    ("content", "already", "reasons"),
    [
        (b"%PDF-1.4", 0, ()),
        (b"", 0, (DocumentRefusal.EMPTY,)),
        (b"GIF89a", 0, (DocumentRefusal.NOT_A_KIND,)),
        (b"\xff\xd8\xff" + b"0" * DOCUMENT_MOST, 0, (DocumentRefusal.TOO_LARGE,)),
        (b"GIF89a", DOCUMENTS_MOST, (DocumentRefusal.NOT_A_KIND, DocumentRefusal.TOO_MANY)),
    ],
)
def test_a_paper_is_refused_for_all_its_reasons(
    content: bytes, already: int, reasons: tuple[DocumentRefusal, ...]
) -> None:
    assert document_refusals(content, already) == reasons


def test_a_paper_is_known_by_its_first_bytes() -> None:
    assert kind_of_document(b"\x89PNG\r\n\x1a\n...") == ("image/png", "png")
    assert kind_of_document(b" %PDF-1.4") is None


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        (HourRefusal.ABOVE_MONTH_CAP, True),
        (HourRefusal.REASON_NEEDED, True),
        (HourRefusal.NOT_A_NUMBER, False),
        (ReportRefusal.DUPLICATE, False),
        (ReportRefusal.SETTLED, False),
    ],
)
def test_a_draft_keeps_wrong_hours_but_nothing_of_others(reason: HourRefusal | ReportRefusal, kept: bool) -> None:
    assert may_be_kept(Fault(reason)) is kept
