"""Every word about needs for people is there, and gathered."""

from app.clauses.labels import REFUSAL_WORDS
from app.clauses.labels.staffing import DONE_WORDS, REFUSAL_FIELDS, URGENCY_LOOKS, URGENCY_WORDS
from app.clauses.rules.staffing_requests import StaffingRefusal, Urgency
from app.clauses.rules.states import StaffingAction


def test_every_reason_urgency_and_act_has_words() -> None:
    assert set(StaffingRefusal) <= set(REFUSAL_WORDS)
    assert set(URGENCY_WORDS) == set(URGENCY_LOOKS) == set(Urgency)
    assert set(DONE_WORDS) == set(StaffingAction)
    assert set(REFUSAL_FIELDS) <= set(StaffingRefusal)
