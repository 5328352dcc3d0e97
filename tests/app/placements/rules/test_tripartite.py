"""Which dates suit the three, who has not answered, and when are they reminded?"""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.roles import Role
from app.placements.rules.kinds import TripartiteParty
from app.placements.rules.tripartite import (
    DateAnswer,
    ProposedDate,
    TripartiteRefusal,
    agreement_refusals,
    common,
    nobody_can,
    parties_answered_by,
    proposal_refusals,
    reminder_day,
    waiting_for,
)

R = TripartiteRefusal
PERSON, REFERENT, STRUCTURE = TripartiteParty
NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)
FIRST = ProposedDate(uuid4(), NOW + timedelta(days=4))
SECOND = ProposedDate(uuid4(), NOW + timedelta(days=5))


def say(on: ProposedDate, yes: bool, *parties: TripartiteParty) -> list[DateAnswer]:
    return [DateAnswer(on.ref, party, yes) for party in parties]


def test_a_date_suits_when_the_three_say_yes() -> None:
    answers = [*say(SECOND, True, *TripartiteParty), *say(FIRST, True, PERSON, REFERENT)]

    assert common([SECOND, FIRST], answers) == (SECOND,)
    assert common([SECOND, FIRST], [*answers, *say(FIRST, True, STRUCTURE)]) == (FIRST, SECOND)
    assert common([FIRST], say(FIRST, False, PERSON) + say(FIRST, True, REFERENT, STRUCTURE)) == ()


def test_who_has_not_answered_every_coming_date_is_waited_for() -> None:
    gone = ProposedDate(uuid4(), NOW)
    answers = [*say(FIRST, True, PERSON, STRUCTURE), *say(SECOND, False, PERSON)]

    assert waiting_for([gone, FIRST, SECOND], answers, NOW) == (REFERENT, STRUCTURE)
    assert waiting_for([gone], [], NOW) == ()


def test_other_dates_are_needed_when_each_is_refused_or_gone() -> None:
    assert not nobody_can([FIRST, SECOND], say(FIRST, False, STRUCTURE), NOW)
    assert nobody_can([FIRST, SECOND], say(FIRST, False, STRUCTURE) + say(SECOND, False, PERSON), NOW)
    assert nobody_can([FIRST, SECOND], say(FIRST, False, STRUCTURE), SECOND.at)


@pytest.mark.parametrize(
    ("instants", "reasons"),
    [
        ([FIRST.at], ()),
        ([NOW + timedelta(days=day) for day in range(1, 7)], ()),
        ([NOW + timedelta(days=day) for day in range(1, 8)], (R.TOO_MANY_DATES,)),
        ([], (R.NO_DATE,)),
        ([FIRST.at, FIRST.at], (R.SAME_DATE,)),
        ([NOW], (R.PAST,)),
        ([NOW, NOW], (R.SAME_DATE, R.PAST)),
    ],
)
def test_one_to_six_dates_to_come_are_proposed(
    instants: list[datetime], reasons: tuple[TripartiteRefusal, ...]
) -> None:
    assert proposal_refusals(instants, NOW) == reasons


def test_the_date_kept_was_proposed_is_to_come_and_suits_the_three() -> None:
    answers = say(FIRST, True, *TripartiteParty)
    dates = [FIRST, SECOND]

    assert agreement_refusals(FIRST.ref, dates, answers, NOW) == ()
    assert agreement_refusals(SECOND.ref, dates, answers, NOW) == (R.NOT_COMMON,)
    assert agreement_refusals(FIRST.ref, dates, answers, FIRST.at) == (R.PAST,)
    assert agreement_refusals(uuid4(), dates, answers, NOW) == (R.NOT_PROPOSED,)


@pytest.mark.parametrize(
    ("on", "reminded"),
    [
        (date(2026, 11, 6), date(2026, 11, 5)),
        (date(2026, 11, 9), date(2026, 11, 6)),
        (date(2026, 11, 12), date(2026, 11, 10)),
    ],
)
def test_the_three_are_reminded_the_working_day_before(on: date, reminded: date) -> None:
    assert reminder_day(on) == reminded


@given(st.lists(st.tuples(st.sampled_from([FIRST, SECOND]), st.sampled_from(TripartiteParty), st.booleans())))
def test_a_common_date_is_one_that_nobody_is_waited_for(said: list[tuple[ProposedDate, TripartiteParty, bool]]) -> None:
    last = {(on.ref, party): DateAnswer(on.ref, party, yes) for on, party, yes in said}
    answers = list(last.values())

    for one in common([FIRST, SECOND], answers):
        assert waiting_for([one], answers, NOW) == ()
        assert not nobody_can([one], answers, NOW)


@pytest.mark.parametrize("on_portal", [False, True])
@pytest.mark.parametrize("has_account", [False, True])
def test_a_party_answers_for_itself_and_who_accompanies_for_those_without_an_account(
    on_portal: bool, has_account: bool
) -> None:
    def answered(role: Role) -> tuple[TripartiteParty, ...]:
        return parties_answered_by(role, on_portal=on_portal, has_account=has_account)

    assert (answered(Role.CANDIDATE), answered(Role.EMPLOYER)) == ((PERSON,), (STRUCTURE,))
    assert answered(Role.DEPARTMENT) == ()
    for role in (Role.REFERENT, Role.FACILITATOR):
        assert set(answered(role)) == {
            REFERENT,
            *([] if has_account else [PERSON]),
            *([] if on_portal else [STRUCTURE]),
        }


def test_a_date_is_proposed_a_year_ahead_at_most() -> None:
    assert proposal_refusals([NOW + timedelta(days=366)], NOW) == ()
    assert proposal_refusals([NOW + timedelta(days=367)], NOW) == (R.TOO_FAR,)
