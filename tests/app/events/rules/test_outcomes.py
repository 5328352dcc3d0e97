"""What two sides want together, over every pair; and when an outcome may be said."""

from datetime import date
from itertools import product

import pytest

from app.events.rules.kinds import Outcome
from app.events.rules.outcomes import OutcomeRefusal, Said, agreement, outcome_refusals
from app.events.rules.states import EventState, MeetingState

F, P, V, S, N = Outcome.FOLLOW_UP, Outcome.OFFER, Outcome.VISIT, Outcome.STAGE, Outcome.NO
TABLE = {
    (F, F): F, (F, V): F, (F, S): F, (F, P): F,
    (V, V): V, (V, S): V, (V, P): V,
    (S, S): S, (S, P): S,
    (P, P): P,
}  # fmt: skip
DAY = date(2026, 11, 12)


@pytest.mark.parametrize(("one", "other"), sorted(product((None, *Outcome), repeat=2), key=str))
def test_both_get_the_lighter_step_and_a_no_or_a_silence_is_no_agreement(one: Outcome | None, other: Outcome | None):
    expected = None if {one, other} & {None, N} else TABLE.get((one, other)) or TABLE[(other, one)]  # type: ignore[index,arg-type]
    assert agreement(one, other) is expected


@pytest.mark.parametrize(
    ("said", "today", "reasons"),
    [
        (Said(EventState.PUBLISHED, DAY, MeetingState.PLANNED), DAY, ()),
        (Said(EventState.PUBLISHED, DAY, MeetingState.MISSED), date(2026, 11, 15), ()),
        (Said(EventState.PUBLISHED, DAY, MeetingState.HELD), date(2026, 11, 11), (OutcomeRefusal.NOT_YET,)),
        (Said(EventState.CLOSED, DAY, MeetingState.HELD), DAY, (OutcomeRefusal.CLOSED,)),
        (Said(EventState.CANCELLED, DAY, MeetingState.PLANNED), DAY, (OutcomeRefusal.CLOSED,)),
        (Said(EventState.PUBLISHED, DAY, MeetingState.DROPPED), DAY, (OutcomeRefusal.NOT_IN_PLAN,)),
    ],
)
def test_an_outcome_is_said_from_the_day_until_the_event_is_closed(
    said: Said, today: date, reasons: tuple[OutcomeRefusal, ...]
):
    assert outcome_refusals(said, today=today) == reasons
