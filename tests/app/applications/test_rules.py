"""The workflow of an application, over every state, action and role; and what refuses a hire."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.applications.rules import (
    APPLICATION,
    EMPLOYER_SEES,
    FINAL_STATES,
    OPEN_STATES,
    ApplicationAction,
    ApplicationState,
    ProposalResult,
    TakenTerms,
    days_late,
    furthest,
    hire_refusals,
    may_write,
    proposal_result,
    suits,
    take_refusals,
)
from app.applications.rules import ApplicationRefusal as Refusal
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
    A.TAKE: (WITH_EMPLOYER, S.PLACED, {Role.EMPLOYER}),
    A.REFUSE: (WITH_EMPLOYER, S.REFUSED, {Role.EMPLOYER}),
    A.WITHDRAW: ({S.AGREED} | WITH_EMPLOYER, S.WITHDRAWN, PERSON),
    A.OBSOLETE: ({S.PROPOSED, S.AGREED, S.PLACED} | WITH_EMPLOYER, S.OBSOLETE, {Role.SYSTEM}),
}
ALSO = {(A.WITHDRAW, S.PLACED, Role.SYSTEM): S.WITHDRAWN}
"""A stage that does not take place, because the person gives it up."""


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("action", list(A))
@pytest.mark.parametrize("role", list(Role))
def test_an_act_is_possible_just_where_the_table_says(state: S, action: A, role: Role) -> None:
    sources, target, who = EXPECTED[action]
    if (action, state, role) in ALSO:
        assert APPLICATION.target(action, state, role) is ALSO[action, state, role]
    elif state in sources and role in who:
        assert APPLICATION.target(action, state, role) is target
    else:
        with pytest.raises(Refused):
            APPLICATION.target(action, state, role)


def test_an_ended_application_stays_ended() -> None:
    assert {S.HIRED, S.PLACED, S.REFUSED, S.DECLINED, S.WITHDRAWN, S.OBSOLETE} == FINAL_STATES
    people = set(Role) - {Role.SYSTEM}
    assert not any(APPLICATION.actions(state, role) for state in FINAL_STATES for role in people)
    ends = FINAL_STATES - {S.PLACED}
    assert not any(APPLICATION.actions(state, Role.SYSTEM) for state in ends)
    assert set(S) == OPEN_STATES | FINAL_STATES


def test_an_employer_sees_nothing_before_the_person_agrees_and_it_is_sent() -> None:
    assert {S.PROPOSED, S.AGREED, S.DECLINED}.isdisjoint(EMPLOYER_SEES)


@pytest.mark.parametrize(
    ("start", "end", "hours", "open_ended", "reasons"),
    [
        (date(2026, 11, 5), None, "35", True, ()),
        (date(2026, 9, 6), None, "35", True, ()),
        (date(2026, 9, 5), None, "35", True, (Refusal.START_TOO_OLD,)),
        (date(2026, 11, 5), date(2026, 11, 5), "48", False, ()),
        (date(2026, 11, 5), date(2026, 11, 4), "35", False, (Refusal.END_BEFORE_START,)),
        (date(2026, 11, 5), date(2027, 11, 4), "35", True, (Refusal.CDI_WITH_END,)),
        (date(2026, 11, 5), None, "48.01", True, (Refusal.HOURS_ABOVE_LEGAL,)),
        (
            date(2026, 1, 1),
            date(2025, 1, 1),
            "60",
            True,
            (
                Refusal.START_TOO_OLD,
                Refusal.START_BEFORE_OFFER,
                Refusal.END_BEFORE_START,
                Refusal.CDI_WITH_END,
                Refusal.HOURS_ABOVE_LEGAL,
            ),
        ),
    ],
)
def test_all_that_is_wrong_with_a_hire_is_said_at_once(
    start: date, end: date | None, hours: str, open_ended: bool, reasons: tuple[Refusal, ...]
) -> None:
    found = hire_refusals(
        start_on=start,
        end_on=end,
        hours_week=Decimal(hours),
        open_ended=open_ended,
        offered_on=date(2026, 9, 1),
        today=date(2026, 11, 5),
    )
    assert found == reasons


@pytest.mark.parametrize(("start", "refused"), [(date(2026, 10, 11), True), (date(2026, 10, 12), False)])
def test_nobody_starts_before_the_offer_was_there(start: date, refused: bool) -> None:
    reasons = hire_refusals(
        start_on=start,
        end_on=None,
        hours_week=Decimal(35),
        open_ended=True,
        offered_on=date(2026, 10, 12),
        today=date(2026, 11, 5),
    )
    assert (Refusal.START_BEFORE_OFFER in reasons) is refused


@pytest.mark.parametrize(
    ("start", "end", "hours", "reasons"),
    [
        (date(2026, 3, 2), date(2026, 4, 1), "35", ()),
        (date(2026, 3, 2), date(2026, 4, 2), "35", (Refusal.TAKE_ABOVE_A_MONTH,)),
        (date(2026, 3, 2), date(2026, 3, 2), "48", ()),
        (date(2026, 3, 2), date(2026, 3, 1), "35", (Refusal.END_BEFORE_START,)),
        (date(2026, 3, 2), date(2026, 3, 9), "48.01", (Refusal.HOURS_ABOVE_LEGAL,)),
        (date(2026, 3, 1), date(2026, 3, 9), "35", (Refusal.TAKE_START_PAST,)),
        (
            date(2026, 2, 1),
            date(2026, 3, 1),
            "60",
            (Refusal.TAKE_START_PAST, Refusal.TAKE_ABOVE_A_MONTH, Refusal.HOURS_ABOVE_LEGAL),
        ),
    ],
)
def test_a_stage_begins_today_at_the_earliest_and_lasts_a_month_at_most(
    start: date, end: date, hours: str, reasons: tuple[Refusal, ...]
) -> None:
    assert take_refusals(TakenTerms(start, end, Decimal(hours)), date(2026, 3, 2)) == reasons


def test_one_is_hired_for_a_job_and_taken_for_a_stage() -> None:
    assert {action for action in A if not suits(action, placement=True)} == {A.HIRE}
    assert {action for action in A if not suits(action, placement=False)} == {A.TAKE}


def test_messages_go_once_sent_and_until_an_end_without_hire() -> None:
    assert may_write(S.SENT, True)
    assert may_write(S.HIRED, True)
    assert may_write(S.PLACED, True)
    assert not may_write(S.AGREED, False)
    assert not may_write(S.REFUSED, True)


@pytest.mark.parametrize(
    ("matchable", "before", "result"),
    [
        (True, (), ProposalResult.PROPOSED),
        (True, (S.WITHDRAWN, S.OBSOLETE), ProposalResult.PROPOSED),
        (True, (S.DECLINED, S.POSTPONED), ProposalResult.ALREADY),
        (True, (S.HIRED,), ProposalResult.ALREADY),
        (True, (S.PLACED,), ProposalResult.ALREADY),
        (True, (S.OBSOLETE, S.DECLINED), ProposalResult.DECLINED_BEFORE),
        (True, (S.REFUSED,), ProposalResult.REFUSED_BEFORE),
        (False, (), ProposalResult.NOT_READY),
        (False, (S.SENT,), ProposalResult.NOT_READY),
    ],
)
def test_what_came_before_says_whether_a_person_may_be_proposed(
    matchable: bool, before: tuple[S, ...], result: ProposalResult
) -> None:
    assert proposal_result(matchable, before) is result


@pytest.mark.parametrize(("days", "late"), [(-3, -3), (0, 0), (2, 2)])
def test_lateness_counts_from_the_day_after_the_last_one(days: int, late: int) -> None:
    assert days_late(date(2026, 11, 5), date(2026, 11, 5) + timedelta(days=days)) == late


def test_without_a_deadline_nothing_is_late() -> None:
    assert days_late(None, date(2026, 11, 5)) == 0


def test_of_two_applications_for_one_offer_the_one_that_went_further_stays() -> None:
    assert furthest((S.PROPOSED, S.INTERVIEW)) is S.INTERVIEW
    assert furthest((S.HIRED, S.SENT)) is S.HIRED
    assert {furthest((state, S.PLACED)) for state in OPEN_STATES} == {S.PLACED}
    assert {furthest((state, S.HIRED)) for state in S} == {S.HIRED}
