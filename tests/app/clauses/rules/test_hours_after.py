"""What follows a line: the state of its report, who validates, corrections after the lock, the same person twice."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.hours import (
    CorrectionRefusal,
    MemberLine,
    ReportedLine,
    correction_refusals,
    duplicates,
    key_of,
    may_validate,
    repeated,
    report_state,
)
from app.clauses.rules.kinds import HourKind
from app.clauses.rules.states import ReportState
from app.clauses.rules.terms import DEFAULTS

C, S = CorrectionRefusal, ReportState
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
ANNE, BRUNO = UUID(int=1), UUID(int=2)
NORD, MOREL = UUID(int=11), UUID(int=12)
SIGNED = st.decimals(Decimal(-300), Decimal(300), places=2)


def line(hours: Decimal | str) -> ReportedLine:
    return ReportedLine(ANNE, "12345678900012", OCTOBER, HourKind.WORK, Decimal(hours))


def corrected(hours: str, before: Sequence[str], delta: str, total: str, text: str = "Paie rectifiée") -> object:
    return correction_refusals(
        line(hours),
        [Decimal(value) for value in before],
        Decimal(delta),
        state=S.LOCKED,
        month_total=Decimal(total),
        terms=DEFAULTS,
        text=text,
    )


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ([], S.DRAFT),
        ([S.DRAFT], S.DRAFT),
        ([S.DRAFT, S.VALIDATED], S.DRAFT),
        ([S.DRAFT, S.RETURNED], S.RETURNED),
        ([S.RETURNED, S.VALIDATED], S.RETURNED),
        ([S.DECLARED, S.RETURNED, S.VALIDATED], S.DECLARED),
        ([S.VALIDATED, S.VALIDATED], S.VALIDATED),
        ([S.VALIDATED, S.LOCKED], S.VALIDATED),
        ([S.LOCKED, S.LOCKED], S.LOCKED),
    ],
)
def test_a_report_follows_its_lines(states: list[ReportState], state: ReportState) -> None:
    assert report_state(states) is state


@given(st.lists(st.sampled_from(ReportState), min_size=1))
def test_a_report_is_settled_only_when_every_line_is(states: list[ReportState]) -> None:
    settled = {S.VALIDATED, S.LOCKED}
    assert (report_state(states) in settled) == (set(states) <= settled)
    assert report_state(states) in states
    assert report_state(list(reversed(states))) is report_state(states)


def test_nobody_validates_their_own_report() -> None:
    assert not may_validate(ANNE, ANNE)
    assert not may_validate(ANNE, BRUNO, ANNE)
    assert may_validate(ANNE, BRUNO)
    assert may_validate(ANNE, None)


@pytest.mark.parametrize(
    ("hours", "before", "delta", "total", "reasons"),
    [
        ("100", [], "-100.00", "100", ()),
        ("100", [], "-100.01", "100", (C.BELOW_ZERO,)),
        ("100", ["-60"], "-40", "40", ()),
        ("100", ["-60"], "-40.01", "40", (C.BELOW_ZERO,)),
        ("100", ["8"], "100", "108", ()),
        ("100", ["8"], "100.01", "108", (C.ABOVE_CAP,)),
        ("100", [], "8", "200", ()),
        ("100", [], "8.01", "200", (C.ABOVE_CAP,)),
        ("100", [], "-1", "250", ()),
        ("100", [], "0", "100", (C.NO_CHANGE,)),
    ],
)
def test_a_correction_stays_between_zero_and_the_cap(
    hours: str, before: list[str], delta: str, total: str, reasons: tuple[CorrectionRefusal, ...]
) -> None:
    assert corrected(hours, before, delta, total) == reasons


def test_a_correction_says_why() -> None:
    assert corrected("100", [], "0", "100", " ") == (C.NO_CHANGE, C.TEXT_COMPULSORY)


@pytest.mark.parametrize("state", [S.DRAFT, S.DECLARED, S.RETURNED, S.VALIDATED])
def test_only_a_locked_line_is_corrected_by_another(state: ReportState) -> None:
    found = correction_refusals(
        line("100"), [], Decimal(-1), state=state, month_total=Decimal(100), terms=DEFAULTS, text="Paie"
    )
    assert found == (C.NOT_LOCKED,)


@given(hours=st.decimals(Decimal("0.01"), Decimal(208), places=2), deltas=st.lists(SIGNED, max_size=8))
def test_whatever_is_asked_a_corrected_line_stays_between_zero_and_the_cap(
    hours: Decimal, deltas: list[Decimal]
) -> None:
    taken: list[Decimal] = []
    for delta in deltas:
        total = hours + sum(taken)
        if not correction_refusals(
            line(hours), taken, delta, state=S.LOCKED, month_total=total, terms=DEFAULTS, text="Paie"
        ):
            taken.append(delta)
    assert 0 <= hours + sum(taken) <= 208


def member_line(person: UUID, month: date, member: UUID) -> MemberLine:
    return MemberLine(person, month, member, "Nord-Essonne Bâtiment" if member == NORD else "Peintures Morel")


def test_the_same_person_by_two_members_in_a_month_names_both() -> None:
    found = duplicates(
        [
            member_line(ANNE, OCTOBER, MOREL),
            member_line(ANNE, OCTOBER, NORD),
            member_line(ANNE, NOVEMBER, NORD),
            member_line(BRUNO, OCTOBER, NORD),
        ]
    )
    assert [(d.person, d.month, d.members) for d in found] == [
        (ANNE, OCTOBER, ("Nord-Essonne Bâtiment", "Peintures Morel"))
    ]


def test_two_lines_by_one_member_are_no_duplicate() -> None:
    assert duplicates([member_line(ANNE, OCTOBER, NORD)] * 2) == ()


@given(
    st.lists(
        st.builds(
            member_line,
            st.sampled_from([ANNE, BRUNO]),
            st.sampled_from([OCTOBER, NOVEMBER]),
            st.sampled_from([NORD, MOREL]),
        )
    )
)
def test_a_duplicate_is_found_whatever_the_order(lines: list[MemberLine]) -> None:
    assert duplicates(lines) == duplicates(list(reversed(lines)))
    by_nord = {(item.person, item.month) for item in lines if item.member == NORD}
    by_morel = {(item.person, item.month) for item in lines if item.member == MOREL}
    assert {(d.person, d.month) for d in duplicates(lines)} == by_nord & by_morel


def test_a_line_that_comes_twice_is_named_once() -> None:
    training = ReportedLine(ANNE, "12345678900012", OCTOBER, HourKind.TRAINING, Decimal(7))
    assert repeated([line("7"), training]) == frozenset()
    assert repeated([line("7"), training, line("8"), line("9")]) == frozenset({key_of(line("7"))})
