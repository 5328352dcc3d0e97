"""What must be said to act on a weak signal or to close it? And which signals are those of an alert already there?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.follow_up.rules.alerts import Signal
from app.follow_up.rules.kinds import AlertKind, AlertOutcome
from app.follow_up.rules.states import AlertAction, FollowUpState


class AlertRefusal(StrEnum):
    """Why an act on an alert is not possible as it was typed."""

    NO_WORDS = "follow_up_alert_without_words"
    NO_OUTCOME = "follow_up_alert_without_outcome"
    WATCHED_NO_WORDS = "follow_up_alert_watched_without_words"
    BREAK_FIRST = "follow_up_alert_break_first"


@dataclass(frozen=True, slots=True)
class Known:
    """An alert already there."""

    kind: AlertKind
    key: str
    closed: bool
    facts: Mapping[str, Any]

    @property
    def days(self) -> frozenset[str]:
        """The days it stands on, for the kinds that stand on days."""
        return frozenset(self.facts.get("days", ()))


def act_refusals(
    action: AlertAction, words: str, outcome: AlertOutcome | None, state: FollowUpState
) -> tuple[AlertRefusal, ...]:
    """Every reason at once. Something done, and something to watch, are said in words; a lost job is recorded first."""
    reasons = []
    said = bool(words.strip())
    if action is AlertAction.ACT and not said:
        reasons.append(AlertRefusal.NO_WORDS)
    if action is AlertAction.CLOSE:
        if outcome is None:
            reasons.append(AlertRefusal.NO_OUTCOME)
        elif outcome is AlertOutcome.WATCHED and not said:
            reasons.append(AlertRefusal.WATCHED_NO_WORDS)
        elif outcome is AlertOutcome.BROKEN and state is FollowUpState.ACTIVE:
            reasons.append(AlertRefusal.BREAK_FIRST)
    return tuple(reasons)


def same_as(signal: Signal, known: Iterable[Known]) -> Known | None:
    """The alert that says this already: the same key, or absences of which it holds every day.

    A day declared late moves the window of ten days. An open alert that shares a day with it is the same one and
    learns the day; a closed one is not: what it did not know is new.
    """
    alike = [one for one in known if one.kind is signal.kind]
    by_key = next((one for one in alike if one.key == signal.key), None)
    if by_key is not None or signal.kind is not AlertKind.TWO_ABSENCES:
        return by_key
    told = signal.facts.get("days")
    days = frozenset(told) if isinstance(told, list) else frozenset()
    shares = (one for one in alike if days <= one.days or (not one.closed and days & one.days))
    return next(shares, None)
