"""Does what the host says of a placement hold together?"""

from datetime import date
from decimal import Decimal

import pytest

from app.core.roles import Role
from app.placements.rules.assessing import (
    QUESTIONS,
    AssessmentRefusal,
    HostSays,
    Question,
    answers_kept,
    assessment_refusals,
    kept,
    may_say,
    sides_read_by,
)
from app.placements.rules.kinds import Answer, AssessmentSide, Completion
from app.placements.rules.states import ASSESSABLE, PlacementState

R = AssessmentRefusal
START, END = date(2026, 11, 9), date(2026, 11, 20)
C = Completion


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        (HostSays(None), (R.NO_COMPLETION,)),
        (HostSays(C.COMPLETED), ()),
        (HostSays(C.DID_NOT_COME), ()),
        (HostSays(C.PARTLY), (R.NO_LAST_DAY,)),
        (HostSays(C.PARTLY, missed_hours=Decimal(0)), (R.NO_LAST_DAY,)),
        (HostSays(C.PARTLY, last_day=START), ()),
        (HostSays(C.PARTLY, last_day=END), ()),
        (HostSays(C.PARTLY, last_day=date(2026, 11, 21)), (R.LAST_DAY_OUTSIDE,)),
        (HostSays(C.PARTLY, last_day=date(2026, 11, 8)), (R.LAST_DAY_OUTSIDE,)),
        (HostSays(C.PARTLY, missed_hours=Decimal(70)), ()),
        (HostSays(C.PARTLY, missed_hours=Decimal("70.01")), (R.MISSED_HOURS,)),
        (HostSays(C.PARTLY, missed_hours=Decimal(-1)), (R.MISSED_HOURS,)),
        (HostSays(C.COMPLETED, hired=True), (R.HIRED_WITHOUT_DAY,)),
        (HostSays(C.COMPLETED, hired=False), ()),
        (HostSays(C.COMPLETED, hired=True, hired_on=START), (R.HIRED_TOO_EARLY,)),
        (HostSays(C.PARTLY, last_day=END, hired=True, hired_on=date(2026, 11, 10)), ()),
        (HostSays(None, hired=True), (R.NO_COMPLETION, R.HIRED_WITHOUT_DAY)),
    ],
)
def test_an_assessment_holds_together(said: HostSays, reasons: tuple[AssessmentRefusal, ...]) -> None:
    assert assessment_refusals(said, START, END, Decimal(70)) == reasons


def test_each_question_is_put_to_one_side() -> None:
    asked = [question for side in AssessmentSide for question in QUESTIONS[side]]

    assert sorted(asked) == sorted(Question)


def test_the_host_reads_its_own_alone_and_the_person_both() -> None:
    both = frozenset(AssessmentSide)
    assert {role: sides_read_by(role) for role in Role} == {
        Role.CANDIDATE: both,
        Role.REFERENT: both,
        Role.FACILITATOR: both,
        Role.EMPLOYER: frozenset({AssessmentSide.HOST}),
        Role.DEPARTMENT: frozenset(),
        Role.ADMINISTRATOR: frozenset(),
        Role.SYSTEM: frozenset(),
    }


@pytest.mark.parametrize("state", sorted(PlacementState))
def test_it_is_corrected_until_closed_and_said_late_once(state: PlacementState) -> None:
    assert may_say(state, said=False) == (state in ASSESSABLE)
    assert may_say(state, said=True) == (state in ASSESSABLE - {PlacementState.CLOSED})


def test_what_the_answers_leave_no_room_for_is_left_out() -> None:
    whole = HostSays(C.COMPLETED, END, Decimal(3), hired=False, hired_on=END)
    assert kept(whole) == HostSays(C.COMPLETED, hired=False)
    partly = HostSays(C.PARTLY, END, Decimal(3), hired=True, hired_on=END)
    assert kept(partly) == partly
    said = {Question.LIKED: Answer.NO, Question.TEAM: Answer.YES}
    assert answers_kept(AssessmentSide.HOST, said) == {Question.TEAM: Answer.YES}
    assert answers_kept(AssessmentSide.PERSON, said) == {Question.LIKED: Answer.NO}
