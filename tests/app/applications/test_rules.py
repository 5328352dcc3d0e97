"""The workflow of an application, over every state, action and role; and what refuses a hire."""

from datetime import date

import pytest

from app.applications.rules import (
    APPLICATION,
    EMPLOYER_SEES,
    FINAL_STATES,
    OPEN_STATES,
    ApplicationAction,
    ApplicationRefusal,
    ApplicationState,
    hire_refusals,
    may_write,
)
from app.core.errors import Refused
from app.core.roles import Role

A, S = ApplicationAction, ApplicationState
WITH_EMPLOYER = {S.SENT, S.IN_REVIEW, S.POSTPONED, S.INTERVIEW}
PERSON = {Role.CANDIDATE, Role.FACILITATOR, Role.REFERENT}
# The words, written apart from the table: act → (from, to, who).
EXPECTED = {
    A.AGREE: ({S.PROPOSED}, S.AGREED, PERSON),
    A.DECLINE: ({S.PROPOSED}, S.DECLINED, PERSON),
    A.SEND: ({S.AGREED}, S.SENT, {Role.FACILITATOR, Role.REFERENT, Role.SYSTEM}),
    A.REVIEW: ({S.SENT, S.POSTPONED}, S.IN_REVIEW, {Role.EMPLOYER}),
    A.POSTPONE: ({S.SENT, S.IN_REVIEW}, S.POSTPONED, {Role.EMPLOYER}),
    A.INVITE: ({S.SENT, S.IN_REVIEW, S.POSTPONED}, S.INTERVIEW, {Role.EMPLOYER}),
    A.HIRE: (WITH_EMPLOYER, S.HIRED, {Role.EMPLOYER}),
    A.REFUSE: (WITH_EMPLOYER, S.REFUSED, {Role.EMPLOYER}),
    A.WITHDRAW: ({S.AGREED} | WITH_EMPLOYER, S.WITHDRAWN, PERSON),
    A.OBSOLETE: ({S.PROPOSED, S.AGREED} | WITH_EMPLOYER, S.OBSOLETE, {Role.SYSTEM}),
}


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("action", list(A))
@pytest.mark.parametrize("role", list(Role))
def test_an_act_is_possible_just_where_the_table_says(state: S, action: A, role: Role) -> None:
    sources, target, who = EXPECTED[action]
    if state in sources and role in who:
        assert APPLICATION.target(action, state, role) is target
    else:
        with pytest.raises(Refused):
            APPLICATION.target(action, state, role)


def test_an_ended_application_stays_ended() -> None:
    assert {S.HIRED, S.REFUSED, S.DECLINED, S.WITHDRAWN, S.OBSOLETE} == FINAL_STATES
    assert not any(APPLICATION.actions(state, role) for state in FINAL_STATES for role in Role)
    assert set(S) == OPEN_STATES | FINAL_STATES


def test_an_employer_sees_nothing_before_the_person_agrees_and_it_is_sent() -> None:
    assert {S.PROPOSED, S.AGREED, S.DECLINED}.isdisjoint(EMPLOYER_SEES)


@pytest.mark.parametrize(
    ("start", "end", "hours", "open_ended", "reasons"),
    [
        (date(2026, 11, 5), None, 35, True, ()),
        (date(2026, 9, 6), None, 35, True, ()),
        (date(2026, 9, 5), None, 35, True, (ApplicationRefusal.START_BEFORE_TODAY,)),
        (date(2026, 11, 5), date(2026, 11, 5), 48, False, ()),
        (date(2026, 11, 5), date(2026, 11, 4), 35, False, (ApplicationRefusal.END_BEFORE_START,)),
        (date(2026, 11, 5), date(2027, 11, 4), 35, True, (ApplicationRefusal.CDI_WITH_END,)),
        (date(2026, 11, 5), None, 48.5, True, (ApplicationRefusal.HOURS_ABOVE_LEGAL,)),
        (
            date(2026, 1, 1),
            date(2025, 1, 1),
            60,
            True,
            (
                ApplicationRefusal.START_BEFORE_TODAY,
                ApplicationRefusal.END_BEFORE_START,
                ApplicationRefusal.CDI_WITH_END,
                ApplicationRefusal.HOURS_ABOVE_LEGAL,
            ),
        ),
    ],
)
def test_all_that_is_wrong_with_a_hire_is_said_at_once(
    start: date, end: date | None, hours: float, open_ended: bool, reasons: tuple[ApplicationRefusal, ...]
) -> None:
    found = hire_refusals(start_on=start, end_on=end, hours_week=hours, open_ended=open_ended, today=date(2026, 11, 5))
    assert found == reasons


def test_messages_go_once_sent_and_until_an_end_without_hire() -> None:
    assert may_write(S.SENT, True)
    assert may_write(S.HIRED, True)
    assert not may_write(S.AGREED, False)
    assert not may_write(S.REFUSED, True)
