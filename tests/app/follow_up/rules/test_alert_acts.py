"""A late declaration does not make a second alert of the same absences; acts want their words."""

import pytest

from app.follow_up.rules.alert_acts import AlertRefusal, Known, act_refusals, same_as
from app.follow_up.rules.alerts import Signal
from app.follow_up.rules.kinds import AlertKind, AlertLevel, AlertOutcome
from app.follow_up.rules.states import AlertAction, FollowUpState


def _absences(*days: int) -> Signal:
    told = [f"2026-10-{day:02}" for day in days]
    return Signal(AlertKind.TWO_ABSENCES, f"two_absences:{told[0]}", AlertLevel.REFERENT, {"days": told})


def _known(*days: int, closed: bool = False) -> Known:
    signal = _absences(*days)
    return Known(signal.kind, signal.key, closed, signal.facts)


@pytest.mark.parametrize(
    ("signal", "known", "same"),
    [
        (_absences(5, 9), _known(5, 9), True),
        (_absences(5, 9, 12), _known(5, 9), True),
        (_absences(3, 9), _known(9, 12), True),
        (_absences(3, 9), _known(9, 12, closed=True), False),
        (_absences(9, 12), _known(3, 9, 12, closed=True), True),
        (_absences(20, 21), _known(9, 12), False),
    ],
)
def test_absences_are_those_of_an_alert_that_holds_them(signal: Signal, known: Known, same: bool) -> None:
    assert (same_as(signal, [known]) is known) is same


def test_another_kind_is_another_alert_though_its_day_is_the_same() -> None:
    signal = Signal(AlertKind.NO_ANSWER, "no_answer:2026-10-05", AlertLevel.REFERENT, {"days": ["2026-10-05"]})
    assert same_as(signal, [_known(5, 9)]) is None


@pytest.mark.parametrize(
    ("action", "words", "outcome", "reasons"),
    [
        (AlertAction.ACKNOWLEDGE, "", None, ()),
        (AlertAction.ACT, " ", None, (AlertRefusal.NO_WORDS,)),
        (AlertAction.ACT, "Appelé", None, ()),
        (AlertAction.CLOSE, "", None, (AlertRefusal.NO_OUTCOME,)),
        (AlertAction.CLOSE, "", AlertOutcome.SOLVED, ()),
        (AlertAction.CLOSE, "", AlertOutcome.WATCHED, (AlertRefusal.WATCHED_NO_WORDS,)),
        (AlertAction.CLOSE, "Parti", AlertOutcome.BROKEN, (AlertRefusal.BREAK_FIRST,)),
    ],
)
def test_an_act_says_what_it_lacks(
    action: AlertAction, words: str, outcome: AlertOutcome | None, reasons: tuple[AlertRefusal, ...]
) -> None:
    assert act_refusals(action, words, outcome, FollowUpState.ACTIVE) == reasons


def test_once_the_break_is_recorded_an_alert_may_end_as_broken() -> None:
    assert act_refusals(AlertAction.CLOSE, "", AlertOutcome.BROKEN, FollowUpState.BROKEN) == ()
