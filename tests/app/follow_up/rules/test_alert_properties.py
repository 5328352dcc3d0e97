"""Whatever is declared, in whatever order, do the weak signals hold?"""

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.core.quantities import add_months
from app.follow_up.rules.alerts import agreed_hours, signals
from app.follow_up.rules.facts import AbsentDay, Contact, Facts, Job
from app.follow_up.rules.kinds import AlertKind, VoiceSide

TODAY = date(2026, 11, 5)
START = date(2026, 5, 5)
DAYS = st.dates(START, TODAY)
ABSENCES = st.lists(st.builds(AbsentDay, DAYS, st.sampled_from(sorted(VoiceSide))), max_size=12)


def windows(absences: list[AbsentDay]) -> list[list[date]]:
    told = [signal.facts["days"] for signal in signals(Facts(absences=absences), TODAY)]
    return [[date.fromisoformat(str(day)) for day in days] for days in told if isinstance(days, list)]


@given(ABSENCES)
def test_every_two_absences_in_10_days_touch_a_signal_and_no_signal_stands_on_less(absences: list[AbsentDay]) -> None:
    found = windows(absences)
    days = {absence.on for absence in absences}
    told = {day for window in found for day in window}

    for first, second in combinations(sorted(days), 2):
        if (second - first).days <= 9:
            assert told & {first, second}
    assert all(len(window) >= 2 and (window[-1] - window[0]).days <= 9 for window in found)
    assert sum(map(len, found)) == len(told), "an absence serves one signal"
    assert told <= days


@given(ABSENCES, st.randoms(use_true_random=False))
def test_neither_the_order_nor_a_second_word_on_a_day_changes_the_windows(
    absences: list[AbsentDay], chance: Random
) -> None:
    shuffled = [*absences, *absences[:3]]
    chance.shuffle(shuffled)

    assert windows(shuffled) == windows(absences)


@given(ABSENCES, st.integers(1, 60))
def test_a_later_absence_never_takes_a_key_away(absences: list[AbsentDay], after: int) -> None:
    last = max((absence.on for absence in absences), default=START)
    later = AbsentDay(last + timedelta(days=after), VoiceSide.TUTOR)
    before = {signal.key for signal in signals(Facts(absences=absences), TODAY)}

    assert before <= {signal.key for signal in signals(Facts(absences=[*absences, later]), TODAY)}


@given(st.lists(st.booleans(), max_size=15))
def test_silence_makes_a_signal_for_every_two_contacts_since_the_last_answer(answers: list[bool]) -> None:
    contacts = [Contact(START + timedelta(days=rank), answered) for rank, answered in enumerate(answers)]
    silent = "".join("+" if answered else "-" for answered in answers).rpartition("+")[2]

    found = signals(Facts(contacts=contacts), TODAY)
    assert [signal.kind for signal in found] == [AlertKind.NO_ANSWER] * (len(silent) // 2)
    assert len({signal.key for signal in found}) == len(found)


WEEKLY = st.decimals(1, 48, places=2)


@given(WEEKLY, st.dates(START, date(2028, 12, 31)), st.integers(0, 400))
def test_the_agreed_hours_of_the_months_touched_are_never_above_full_months(
    weekly: Decimal, start: date, length: int
) -> None:
    end = start + timedelta(days=length)
    job = Job("j", start, weekly, end_on=end)
    month = start.replace(day=1)
    while month <= end:
        hours = agreed_hours([job], month)
        inside = month >= start and add_months(month, 1) - timedelta(days=1) <= end
        assert 0 < hours <= weekly * 52 / 12
        assert (hours == weekly * 52 / 12) or not inside or abs(hours - weekly * 52 / 12) < Decimal("1e-9")
        month = add_months(month, 1)
    assert agreed_hours([job], month) == 0


@given(WEEKLY, st.decimals(0, 300, places=2), st.decimals(0, 300, places=2))
def test_hours_are_low_exactly_when_both_months_are_below_80_percent(
    weekly: Decimal, september: Decimal, october: Decimal
) -> None:
    months = {date(2026, 9, 1): september, date(2026, 10, 1): october}
    facts = Facts(jobs=[Job("j", START, weekly)], hours=months)
    low = all(hours * 12 * 100 < weekly * 52 * 80 for hours in months.values())

    assert bool(signals(facts, TODAY)) == low
