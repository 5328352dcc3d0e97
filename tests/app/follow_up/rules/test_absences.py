"""Which days of absence may be said."""

from datetime import date, timedelta

import pytest

from app.follow_up.rules.absences import AbsenceRefusal, absence_refusals

FIRST, LAST, TODAY = date(2026, 9, 1), date(2026, 12, 31), date(2026, 11, 5)
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "last", "reasons"),
    [
        ([FIRST], LAST, ()),
        ([TODAY + timedelta(days=30)], LAST, ()),
        ([FIRST - ONE], LAST, (AbsenceRefusal.BEFORE_JOB,)),
        ([TODAY + timedelta(days=31)], None, (AbsenceRefusal.TOO_FAR,)),
        ([date(2026, 11, 2)], date(2026, 11, 1), (AbsenceRefusal.AFTER_JOB,)),
        (
            [FIRST - ONE, date(2027, 1, 1)],
            LAST,
            (AbsenceRefusal.BEFORE_JOB, AbsenceRefusal.AFTER_JOB, AbsenceRefusal.TOO_FAR),
        ),
        ([FIRST + ONE * count for count in range(6)], None, ()),
        ([FIRST + ONE * count for count in range(7)], None, (AbsenceRefusal.TOO_MANY,)),
        ([FIRST] * 7, None, ()),
    ],
)
def test_a_day_of_absence_is_one_of_the_job_and_not_far_ahead(
    days: list[date], last: date | None, reasons: tuple[AbsenceRefusal, ...]
) -> None:
    assert absence_refusals(days, FIRST, last, TODAY) == reasons
