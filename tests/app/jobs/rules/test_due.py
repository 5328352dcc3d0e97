"""Which runs are due: at their hour, after a stop, after a failure."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.jobs.rules import RunOutcome, RunTrigger
from app.jobs.rules.due import DEATHS, RETRY_AFTER, CatchUp, History, Job, Slot, Trouble, due_slots
from app.jobs.rules.when import PARIS, daily, every

S, C = RunTrigger.SCHEDULE, RunTrigger.CATCH_UP
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def a_job(**values: Any) -> Job:
    said = {"run": lambda today: None, "when": daily("06:30"), "title": "Essai", "says": "Essaie."}
    return Job(**{**said, **values})


def due(job: Job, history: History, now: str, since: datetime = LONG_AGO) -> list[Slot]:
    return due_slots(job, history, since=since, now=paris(now))


def test_nothing_is_due_before_the_hour_and_the_slot_at_its_hour() -> None:
    ran = History(paris("2026-11-04 06:30"))
    assert due(a_job(), ran, "2026-11-05 06:29") == []
    assert due(a_job(), ran, "2026-11-05 06:30") == [Slot(paris("2026-11-05 06:30"), S)]


def test_a_slot_already_run_is_not_due_again() -> None:
    assert due(a_job(), History(paris("2026-11-05 06:30")), "2026-11-05 09:00") == []


@pytest.mark.parametrize(
    ("policy", "days"),
    [(CatchUp.LATEST, [5]), (CatchUp.EACH, [2, 3, 4, 5])],
)
def test_after_a_stop_missed_days_are_caught_up_as_the_row_says(policy: CatchUp, days: list[int]) -> None:
    slots = due(a_job(catch_up=policy), History(paris("2026-11-01 06:30")), "2026-11-05 09:00")
    assert [(slot.day, slot.trigger) for slot in slots] == [(date(2026, 11, day), C) for day in days]


def test_no_more_is_caught_up_than_the_row_allows() -> None:
    job = a_job(catch_up=CatchUp.EACH, back=timedelta(days=2))
    slots = due(job, History(paris("2026-10-01 06:30")), "2026-11-05 09:00")
    assert [slot.day for slot in slots] == [date(2026, 11, 4), date(2026, 11, 5)]


def test_the_slot_of_the_hour_comes_after_those_missed_and_is_on_time() -> None:
    job = a_job(catch_up=CatchUp.EACH)
    slots = due(job, History(paris("2026-11-03 06:30")), "2026-11-05 06:30")
    assert [(slot.day.day, slot.trigger) for slot in slots] == [(4, C), (5, S)]


def test_nothing_was_missed_before_a_scheduler_first_lived() -> None:
    assert due(a_job(), History(), "2026-11-05 12:00", since=paris("2026-11-05 09:00")) == []
    assert due(a_job(), History(), "2026-11-06 09:00", since=paris("2026-11-05 09:00")) == [
        Slot(paris("2026-11-06 06:30"), C)
    ]


def test_a_new_row_of_an_old_portal_owes_one_run_whatever_its_policy() -> None:
    slots = due(a_job(catch_up=CatchUp.EACH), History(), "2026-11-05 09:00")
    assert [slot.day for slot in slots] == [date(2026, 11, 5)]


def test_a_job_of_every_minute_owes_one_run_after_an_hour() -> None:
    job = a_job(when=every(minutes=1), back=timedelta(hours=1))
    assert due(job, History(paris("2026-11-05 07:00")), "2026-11-05 09:00") == [Slot(paris("2026-11-05 09:00"), S)]


def test_catching_up_over_the_nights_that_change_and_the_leap_day_gives_each_day_once() -> None:
    job = a_job(when=daily("02:30"), catch_up=CatchUp.EACH)
    for last, now in (
        ("2026-10-23 02:30", "2026-10-27 01:00"), ("2026-03-27 02:30", "2026-03-31 01:00"),
        ("2028-02-27 02:30", "2028-03-02 01:00"),
    ):  # fmt: skip
        first = datetime.fromisoformat(last).date()
        days = [slot.day for slot in due(job, History(paris(last)), now)]
        assert days == [first + timedelta(days=n) for n in (1, 2, 3)]


def trouble(at: str, ended: str, failures: int = 0, deaths: int = 0, last: RunOutcome = RunOutcome.FAILED) -> History:
    return History(paris(at), (Trouble(paris(at), failures, deaths, last, paris(ended)),))


@pytest.mark.parametrize("failures", [1, 2, 3])
def test_a_failed_slot_is_tried_again_after_a_while(failures: int) -> None:
    history = trouble("2026-11-05 06:30", "2026-11-05 06:31", failures)
    at = paris("2026-11-05 06:31") + RETRY_AFTER[failures - 1]
    slots = due_slots(a_job(), history, since=LONG_AGO, now=at)
    assert slots == [Slot(paris("2026-11-05 06:30"), C)]
    assert due_slots(a_job(), history, since=LONG_AGO, now=at - timedelta(seconds=1)) == []


def test_a_slot_that_failed_as_often_as_allowed_is_left_to_the_next() -> None:
    spent = trouble("2026-11-05 06:30", "2026-11-05 06:31", failures=4)
    assert due(a_job(), spent, "2026-11-05 23:00") == []
    assert due(a_job(), spent, "2026-11-06 06:30") == [Slot(paris("2026-11-06 06:30"), S)]
    once = trouble("2026-11-05 06:30", "2026-11-05 06:31", failures=1)
    assert due(a_job(retries=0), once, "2026-11-05 23:00") == []


def test_a_slot_whose_process_died_is_run_again_at_once_but_not_for_ever() -> None:
    for deaths in range(1, DEATHS):
        left = trouble("2026-11-05 06:30", "2026-11-05 06:31", 0, deaths, RunOutcome.ABANDONED)
        assert due(a_job(), left, "2026-11-05 06:31") == [Slot(paris("2026-11-05 06:30"), C)]
    killer = trouble("2026-11-05 06:30", "2026-11-05 06:31", 0, DEATHS, RunOutcome.ABANDONED)
    assert due(a_job(), killer, "2026-11-05 23:00") == []


def test_a_later_slot_replaces_the_one_in_trouble_unless_each_counts() -> None:
    history = trouble("2026-11-04 06:30", "2026-11-04 06:31", failures=1)
    latest = due(a_job(), history, "2026-11-05 09:00")
    each = due(a_job(catch_up=CatchUp.EACH), history, "2026-11-05 09:00")
    assert [slot.day.day for slot in latest] == [5]
    assert [slot.day.day for slot in each] == [4, 5]
