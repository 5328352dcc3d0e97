"""Are the weak signals those of the plan's list, on the right side of every bound?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.follow_up.rules.alerts import Signal, agreed_hours, escalation_due, late_days, signals
from app.follow_up.rules.facts import ANSWERED, AbsentDay, Contact, Facts, Job, VisitRow
from app.follow_up.rules.kinds import AlertKind, AlertLevel, VisitKind, VoiceSide
from app.follow_up.rules.states import VisitState

D = Decimal
DAY = timedelta(days=1)
TODAY = date(2026, 11, 5)
START = date(2026, 9, 1)
TRIAL = date(2026, 11, 30)
HOURS = D(35)


def absent(*days: date, side: VoiceSide = VoiceSide.TUTOR) -> tuple[AbsentDay, ...]:
    return tuple(AbsentDay(day, side) for day in days)


def one(facts: Facts, today: date = TODAY) -> Signal:
    (signal,) = signals(facts, today)
    return signal


def test_moussa_away_on_two_saturdays_is_a_signal() -> None:
    signal = one(Facts(absences=absent(date(2026, 10, 24), date(2026, 10, 31))))

    assert (signal.kind, signal.level) == (AlertKind.TWO_ABSENCES, AlertLevel.REFERENT)
    assert signal.facts == {"days": ["2026-10-24", "2026-10-31"], "sides": ["tutor"]}


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (date(2026, 10, 1), date(2026, 10, 2), 1),
        (date(2026, 10, 1), date(2026, 10, 10), 1),
        (date(2026, 10, 1), date(2026, 10, 11), 0),
        (date(2026, 10, 27), date(2026, 11, 5), 1),
        (date(2026, 10, 27), date(2026, 11, 6), 0),
        (date(2028, 2, 20), date(2028, 2, 29), 1),
        (date(2028, 2, 20), date(2028, 3, 1), 0),
        (date(2026, 10, 1), date(2026, 10, 1), 0),
    ],
)
def test_the_tenth_day_is_in_the_window_and_the_eleventh_is_not(first: date, second: date, found: int) -> None:
    assert len(signals(Facts(absences=absent(first, second)), TODAY)) == found


def test_one_absence_said_by_both_is_one_absence() -> None:
    day = date(2026, 10, 24)
    facts = Facts(absences=absent(day) + absent(day, side=VoiceSide.PERSON))

    assert signals(facts, TODAY) == ()


def test_an_absence_said_by_the_tutor_and_one_by_the_person_make_two() -> None:
    facts = Facts(absences=absent(date(2026, 10, 24)) + absent(date(2026, 10, 26), side=VoiceSide.PERSON))

    assert one(facts).facts["sides"] == ["person", "tutor"]


def test_a_week_of_absence_is_one_signal_whose_key_stays() -> None:
    week = [date(2026, 10, 19) + rank * DAY for rank in range(5)]
    keys = {one(Facts(absences=absent(*week[:known]))).key for known in range(2, 6)}

    assert keys == {"two_absences:2026-10-19"}


def test_absences_that_go_on_are_another_signal() -> None:
    saturdays = [date(2026, 10, 3) + 7 * rank * DAY for rank in range(4)]
    found = signals(Facts(absences=absent(*saturdays)), TODAY)

    assert [signal.facts["days"] for signal in found] == [["2026-10-03", "2026-10-10"], ["2026-10-17", "2026-10-24"]]


def visit(
    kind: VisitKind = VisitKind.MONTH_1,
    state: VisitState = VisitState.PLANNED,
    planned_on: date = date(2026, 10, 1),
    met_on: date | None = None,
) -> VisitRow:
    return VisitRow("v1", kind, state, planned_on, met_on)


@pytest.mark.parametrize(
    ("days", "level"),
    [
        (0, None),
        (8, None),
        (9, AlertLevel.REFERENT),
        (15, AlertLevel.REFERENT),
        (16, AlertLevel.MANAGER),
        (60, AlertLevel.MANAGER),
    ],
)
def test_a_visit_is_late_after_8_days_and_the_manager_learns_after_15(days: int, level: AlertLevel | None) -> None:
    found = signals(Facts(visits=[visit(planned_on=TODAY - days * DAY)]), TODAY)

    assert [signal.level for signal in found] == ([level] if level else [])
    assert all((one.kind, one.facts["late_days"]) == (AlertKind.VISIT_LATE, days) for one in found)


@pytest.mark.parametrize("state", sorted(set(VisitState) - {VisitState.PLANNED}))
def test_only_a_visit_still_planned_is_late(state: VisitState) -> None:
    assert signals(Facts(visits=[visit(state=state)]), TODAY) == ()


def test_a_late_visit_is_the_same_signal_until_it_is_moved() -> None:
    facts = Facts(visits=[visit()])
    keys = {one(facts, date(2026, 10, 10) + rank * DAY).key for rank in range(30)}
    moved = one(Facts(visits=[visit(planned_on=date(2026, 10, 20))]))

    assert keys == {"visit_late:v1:2026-10-01"}
    assert moved.key not in keys


def contacts(answers: str) -> list[Contact]:
    """« -+- »: no answer, an answer, no answer, a day each."""
    return [Contact(date(2026, 10, 1) + rank * DAY, sign == "+") for rank, sign in enumerate(answers)]


@pytest.mark.parametrize(
    ("answers", "found"),
    [("", 0), ("-", 0), ("--", 1), ("-+-", 0), ("--+", 0), ("+--", 1), ("---", 1), ("----", 2), ("--+--", 1), ("+", 0)],
)
def test_two_contacts_in_a_row_without_answer_until_somebody_answers(answers: str, found: int) -> None:
    signs = signals(Facts(contacts=contacts(answers)), TODAY)

    assert [signal.kind for signal in signs] == [AlertKind.NO_ANSWER] * found


def test_a_third_call_without_answer_is_the_same_signal_and_the_order_of_the_rows_does_not_count() -> None:
    assert one(Facts(contacts=contacts("--"))) == one(Facts(contacts=contacts("---")[::-1]))


def test_silence_after_an_answer_is_another_signal() -> None:
    assert one(Facts(contacts=contacts("--"))).key != one(Facts(contacts=contacts("--+--"))).key


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (VisitState.NO_ANSWER, 1),
        (VisitState.ABSENT, 1),
        (VisitState.HELD, 0),
        (VisitState.REFUSED, 0),
        (VisitState.CANCELLED, 0),
    ],
)
def test_a_visit_where_nobody_was_reached_is_a_contact_without_answer(state: VisitState, found: int) -> None:
    facts = Facts(contacts=contacts("-"), visits=[visit(state=state, met_on=date(2026, 10, 2))])

    assert len(signals(facts, TODAY)) == found


def test_a_visit_held_ends_the_silence() -> None:
    facts = Facts(contacts=contacts("--"), visits=[visit(state=VisitState.HELD, met_on=date(2026, 10, 2))])

    assert signals(facts, TODAY) == ()


def test_every_state_that_is_reported_says_whether_somebody_answered() -> None:
    assert set(ANSWERED) == {VisitState.HELD, VisitState.ABSENT, VisitState.NO_ANSWER, VisitState.REFUSED}


def on_trial(ends_on: date = TRIAL, **values: object) -> Job:
    return Job("j1", START, HOURS, trial_ends_on=ends_on, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("days_left", "found"), [(-1, 0), (0, 1), (1, 1), (8, 1), (9, 0)])
def test_a_trial_that_ends_in_8_days_needs_a_visit(days_left: int, found: int) -> None:
    today = TRIAL - days_left * DAY
    signs = signals(Facts(jobs=[on_trial()]), today)

    assert [(one.kind, one.facts["days_left"]) for one in signs] == [(AlertKind.TRIAL_WITHOUT_VISIT, days_left)] * found


@pytest.mark.parametrize(
    ("held", "found"),
    [
        (visit(state=VisitState.HELD, met_on=date(2026, 10, 1)), 0),
        (visit(VisitKind.EXTRA, VisitState.HELD, met_on=date(2026, 11, 23)), 0),
        (visit(state=VisitState.HELD, met_on=START), 0),
        (visit(state=VisitState.HELD, met_on=START - DAY), 1),
        (visit(VisitKind.FIRST_CALL, VisitState.HELD, met_on=date(2026, 9, 8)), 1),
        (visit(state=VisitState.ABSENT, met_on=date(2026, 10, 1)), 1),
        (visit(state=VisitState.CANCELLED), 1),
    ],
)
def test_only_a_visit_held_in_this_job_is_a_visit_before_the_end_of_the_trial(held: VisitRow, found: int) -> None:
    today = date(2026, 11, 24)

    kinds = [signal.kind for signal in signals(Facts(jobs=[on_trial()], visits=[held]), today)]
    assert kinds.count(AlertKind.TRIAL_WITHOUT_VISIT) == found


def test_a_job_that_ended_asks_neither_for_a_visit_nor_for_a_plan() -> None:
    job = on_trial(end_on=date(2026, 12, 10), ended_on=date(2026, 11, 20))

    assert signals(Facts(jobs=[job]), date(2026, 11, 24)) == ()


def test_a_trial_renewed_is_another_signal() -> None:
    first = one(Facts(jobs=[on_trial()]), date(2026, 11, 24))
    second = one(Facts(jobs=[on_trial(date(2026, 12, 30))]), date(2026, 12, 24))

    assert first.key != second.key


@pytest.mark.parametrize(("days_left", "found"), [(-1, 0), (0, 1), (29, 1), (30, 1), (31, 0)])
def test_a_job_that_ends_in_30_days_needs_a_plan(days_left: int, found: int) -> None:
    end = date(2027, 1, 31)
    signs = signals(Facts(jobs=[Job("j1", START, HOURS, end_on=end)]), end - days_left * DAY)

    assert [(one.kind, one.facts["days_left"]) for one in signs] == [(AlertKind.END_WITHOUT_PLAN, days_left)] * found


@pytest.mark.parametrize(
    "jobs",
    [
        [Job("j1", START, HOURS)],
        [Job("j1", START, HOURS, end_on=date(2026, 11, 30), planned=True)],
        [Job("j1", START, HOURS, end_on=date(2026, 11, 30)), Job("j2", date(2026, 12, 1), HOURS)],
        [Job("j1", date(2026, 11, 6), HOURS, end_on=date(2026, 11, 30))],
    ],
    ids=["open-ended", "decided", "followed by another job", "not begun"],
)
def test_no_plan_is_asked_of_a_job_without_a_near_end_or_with_a_plan(jobs: list[Job]) -> None:
    assert signals(Facts(jobs=jobs), TODAY) == ()


def test_a_short_job_asks_for_a_plan_from_its_first_day() -> None:
    job = Job("j1", TODAY, HOURS, end_on=date(2026, 11, 30))

    assert one(Facts(jobs=[job])).key == "end_without_plan:j1:2026-11-30"


SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (9, 10, 11))
FULL_TIME = Job("j1", START, HOURS)


@pytest.mark.parametrize(
    ("job", "month", "hours"),
    [
        (FULL_TIME, SEPTEMBER, "151.6666"),
        (FULL_TIME, date(2026, 8, 1), "0"),
        (Job("j", date(2026, 1, 15), HOURS), date(2026, 1, 1), "83.1720"),
        (Job("j", START, HOURS, ended_on=date(2026, 9, 15)), SEPTEMBER, "75.8333"),
        (Job("j", START, HOURS, end_on=date(2026, 9, 15)), SEPTEMBER, "75.8333"),
        (Job("j", START, HOURS, end_on=date(2026, 12, 31), ended_on=date(2026, 9, 30)), OCTOBER, "0"),
        (Job("j", date(2028, 2, 29), HOURS), date(2028, 2, 1), "5.2298"),
        (Job("j", START, D(24)), SEPTEMBER, "104.0000"),
    ],
)
def test_agreed_hours_are_52_twelfths_of_the_week_by_days_worked(job: Job, month: date, hours: str) -> None:
    assert abs(agreed_hours([job], month) - D(hours)) < D("0.0001")


def test_two_jobs_in_a_month_share_it() -> None:
    jobs = [Job("a", START, D(30), ended_on=date(2026, 10, 10)), Job("b", date(2026, 10, 11), D(24))]

    assert abs(agreed_hours(jobs, OCTOBER) - (D(130) * 10 + D(104) * 21) / 31) < D("0.0001")


@pytest.mark.parametrize(
    ("september", "october", "found"),
    [
        ("121.33", "121.33", 1),
        ("121.34", "121.33", 0),
        ("121.33", "121.34", 0),
        ("0", "0", 1),
        ("121.33", None, 0),
        (None, "121.33", 0),
        ("152", "137", 0),
    ],
)
def test_hours_are_low_below_80_percent_two_months_running(
    september: str | None, october: str | None, found: int
) -> None:
    reported = {SEPTEMBER: september, OCTOBER: october}
    facts = Facts(jobs=[FULL_TIME], hours={month: D(hours) for month, hours in reported.items() if hours is not None})

    assert [signal.kind for signal in signals(facts, TODAY)] == [AlertKind.LOW_HOURS] * found


@pytest.mark.parametrize(("hours", "found"), [("124.79", 1), ("124.80", 0)])
def test_exactly_80_percent_is_not_low(hours: str, found: int) -> None:
    facts = Facts(jobs=[Job("j1", START, D(36))], hours={SEPTEMBER: D(hours), OCTOBER: D(hours)})

    assert len(signals(facts, TODAY)) == found


def test_the_sentence_gets_months_hours_and_percents_that_never_round_up_to_80() -> None:
    facts = Facts(jobs=[FULL_TIME], hours={SEPTEMBER: D("121.33"), OCTOBER: D(60)})

    assert one(facts).facts == {
        "months": ["2026-09", "2026-10"],
        "hours": ["121.33", "60.00"],
        "agreed": ["151.67", "151.67"],
        "percents": ["79", "39"],
    }


def test_a_month_without_report_breaks_the_row_and_a_month_that_goes_on_is_not_judged() -> None:
    low = D(20)
    job = Job("j1", date(2026, 7, 1), HOURS)
    july, august = date(2026, 7, 1), date(2026, 8, 1)

    assert signals(Facts(jobs=[job], hours={july: low, SEPTEMBER: low}), TODAY) == ()
    assert signals(Facts(jobs=[job], hours={OCTOBER: low, NOVEMBER: low}), date(2026, 11, 30)) == ()
    assert one(Facts(jobs=[job], hours={OCTOBER: low, NOVEMBER: low}), date(2026, 12, 1)).key == "low_hours:2026-11"
    assert one(Facts(jobs=[job], hours={july: low, august: low, OCTOBER: low}), TODAY).key == "low_hours:2026-08"


def test_a_month_begun_inside_is_judged_on_its_days() -> None:
    job = Job("j1", date(2026, 9, 16), HOURS)  # 15 of 30 days: 75.83 h, of which 80 % are 60.67

    assert signals(Facts(jobs=[job], hours={SEPTEMBER: D("60.67"), OCTOBER: D(10)}), TODAY) == ()
    assert len(signals(Facts(jobs=[job], hours={SEPTEMBER: D("60.66"), OCTOBER: D(10)}), TODAY)) == 1


def test_hours_across_the_new_year_are_two_months_running() -> None:
    facts = Facts(jobs=[FULL_TIME], hours={date(2026, 12, 1): D(9), date(2027, 1, 1): D(9)})

    assert one(facts, date(2027, 2, 1)).key == "low_hours:2027-01"


def test_signals_come_in_the_order_of_the_list_each_with_its_own_key() -> None:
    job = on_trial(date(2026, 11, 10), end_on=date(2026, 11, 20))
    facts = Facts(
        absences=absent(date(2026, 10, 24), date(2026, 10, 31)),
        visits=[visit()],
        contacts=contacts("--"),
        jobs=[job],
        hours={SEPTEMBER: D(9), OCTOBER: D(9)},
    )
    found = signals(facts, TODAY)

    assert [signal.kind for signal in found] == list(AlertKind)
    assert len({signal.key for signal in found}) == len(AlertKind)


def test_nothing_known_is_no_signal() -> None:
    assert signals(Facts(), TODAY) == ()


OTHERS = sorted(set(AlertKind) - {AlertKind.VISIT_LATE})


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize(("days", "due"), [(0, False), (6, False), (7, True), (8, True)])
def test_an_alert_nobody_acknowledged_in_7_days_goes_to_the_manager(kind: AlertKind, days: int, due: bool) -> None:
    assert escalation_due(kind, TODAY - days * DAY, False, 0, TODAY) is due
    assert not escalation_due(kind, TODAY - days * DAY, True, 0, TODAY)


@pytest.mark.parametrize("acknowledged", [False, True])
@pytest.mark.parametrize(("days", "due"), [(8, False), (9, False), (15, False), (16, True)])
def test_a_visit_goes_to_the_manager_when_it_is_more_than_15_days_late(
    days: int, due: bool, acknowledged: bool
) -> None:
    assert escalation_due(AlertKind.VISIT_LATE, TODAY, acknowledged, days, TODAY) is due


@pytest.mark.parametrize(("planned_on", "days"), [(TODAY + DAY, 0), (TODAY, 0), (TODAY - DAY, 1)])
def test_a_visit_is_not_late_on_its_day(planned_on: date, days: int) -> None:
    assert late_days(planned_on, TODAY) == days
