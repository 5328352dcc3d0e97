"""A break agrees with the dates of the job, its cause with who decided; the search begins again when it can."""

from datetime import date, timedelta

import pytest

from app.follow_up.rules.breaks import (
    BreakRefusal,
    SearchLack,
    Spell,
    Term,
    break_refusals,
    search_lacks,
    searches_again,
    still_works,
)
from app.follow_up.rules.kinds import BreakCause, BreakDecider

TODAY, START = date(2026, 11, 5), date(2026, 9, 1)
CDI, CDD = Term(START), Term(START, date(2026, 11, 3))
DAY = timedelta(days=1)
C, D, R = BreakCause, BreakDecider, BreakRefusal


@pytest.mark.parametrize(
    ("last_day", "reasons"),
    [
        (START - DAY, (R.BEFORE_START,)),
        (START, ()),
        (TODAY + 31 * DAY, ()),
        (TODAY + 32 * DAY, (R.TOO_FAR,)),
    ],
)
def test_the_last_day_is_in_the_job_and_a_month_ahead_at_most(last_day: date, reasons: tuple[R, ...]) -> None:
    assert break_refusals(CDI, last_day, C.PAY, D.PERSON, TODAY) == reasons


@pytest.mark.parametrize(
    ("term", "last_day", "cause", "reasons"),
    [
        (CDI, TODAY, C.END_OF_TERM, (R.NO_TERM,)),
        (CDD, date(2026, 11, 2), C.END_OF_TERM, (R.BEFORE_TERM,)),
        (CDD, date(2026, 11, 3), C.END_OF_TERM, ()),
        (CDD, date(2026, 11, 4), C.PAY, (R.AFTER_TERM,)),
        (Term(START, trial_ends_on=date(2026, 10, 31)), date(2026, 10, 31), C.TRIAL_PERSON, ()),
        (Term(START, trial_ends_on=date(2026, 10, 31)), date(2026, 11, 1), C.TRIAL_PERSON, (R.TRIAL_OVER,)),
        (CDI, TODAY, C.TRIAL_PERSON, ()),
    ],
)
def test_the_cause_agrees_with_the_dates(term: Term, last_day: date, cause: BreakCause, reasons: tuple[R, ...]) -> None:
    assert break_refusals(term, last_day, cause, D.PERSON, TODAY) == reasons


@pytest.mark.parametrize(
    ("cause", "decided_by", "reasons"),
    [
        (C.TRIAL_EMPLOYER, D.EMPLOYER, ()),
        (C.TRIAL_EMPLOYER, D.PERSON, (R.OTHER_DECIDER,)),
        (C.TRIAL_PERSON, D.BOTH, (R.OTHER_DECIDER,)),
        (C.BUSINESS_CLOSED, D.PERSON, (R.OTHER_DECIDER,)),
        (C.BUSINESS_CLOSED, D.NOBODY, ()),
        (C.HEALTH, D.NOBODY, (R.TERM_ONLY,)),
        (C.CONFLICT, D.BOTH, ()),
    ],
)
def test_the_cause_agrees_with_who_decided(cause: BreakCause, decided_by: BreakDecider, reasons: tuple[R, ...]) -> None:
    assert break_refusals(CDI, TODAY, cause, decided_by, TODAY) == reasons


@pytest.mark.parametrize("cause", sorted(BreakCause))
def test_every_cause_may_be_recorded(cause: BreakCause) -> None:
    term = CDD if cause is C.END_OF_TERM else CDI
    last_day = date(2026, 11, 3) if cause is C.END_OF_TERM else TODAY
    assert any(not break_refusals(term, last_day, cause, decider, TODAY) for decider in BreakDecider)


@pytest.mark.parametrize(
    ("last_day_of_other", "works"), [(None, True), (TODAY + DAY, True), (TODAY, False), (START, False)]
)
def test_another_job_that_goes_on_after_today_is_work(last_day_of_other: date | None, works: bool) -> None:
    assert still_works([Spell(START, last_day_of_other)], START, TODAY) is works


@pytest.mark.parametrize(
    ("cause", "works", "again"), [(C.TRANSPORT, False, True), (C.TRANSPORT, True, False), (C.BETTER_JOB, False, False)]
)
def test_who_has_another_job_does_not_search(cause: BreakCause, works: bool, again: bool) -> None:
    assert searches_again(cause, works) is again


def test_everything_that_lacks_is_said_at_once_but_a_closed_file_lacks_nothing_else() -> None:
    lacking = {"consents": False, "trades": 0, "commune": False, "was_ready": False}
    assert set(search_lacks(active=True, **lacking)) == set(SearchLack) - {SearchLack.FILE_CLOSED}
    assert search_lacks(active=False, **lacking) == (SearchLack.FILE_CLOSED,)
    assert search_lacks(active=True, consents=True, trades=1, commune=True, was_ready=True) == ()
