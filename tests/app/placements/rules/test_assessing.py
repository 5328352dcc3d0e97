"""Does what the host says of a placement hold together?"""

from datetime import date
from decimal import Decimal

import pytest

from app.placements.rules.assessing import QUESTIONS, AssessmentRefusal, HostSays, Question, assessment_refusals
from app.placements.rules.kinds import AssessmentSide, Completion

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
