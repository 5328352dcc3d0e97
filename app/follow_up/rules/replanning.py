"""The start or the end of the trial was corrected: where do the steps go that nobody has agreed on or held?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.follow_up.rules.calendar import ORDER, last_working_day_in, next_working_day, plan, six_months_end
from app.follow_up.rules.kinds import VisitKind

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """A step as the calendar has it. ``free``: neither held, nor moved by agreement, nor called off."""

    due_on: date
    planned_on: date
    free: bool = True
    skipped: bool = False


def is_skipped(due_on: date, opened_on: date) -> bool:
    """A step due before somebody opened the follow-up is nobody's fault and nobody's work."""
    return due_on < opened_on


def replanned(
    start: date, trial_ends_on: date | None, steps: Mapping[VisitKind, Step], *, opened_on: date, today: date
) -> Mapping[VisitKind, Step]:
    """The free steps that change, as they are from now on; nothing when every day is what the rule says already.

    A step never lands in the past, nor out of order with one that was held or agreed, as far as there is room.
    """
    days = plan(start, trial_ends_on)
    if all(not step.free or step.due_on == days[kind] for kind, step in steps.items()):
        return {}
    changed: dict[VisitKind, Step] = {}
    earliest = start
    for kind in (kind for kind in ORDER if kind in steps):
        step = steps[kind]
        if step.free:
            latest = _before_next_agreed(kind, steps, start)
            step = _placed(step, days[kind], (earliest, latest), opened_on, today)
            if step != steps[kind]:
                changed[kind] = step
        if not step.skipped:
            earliest = max(earliest, step.planned_on + _DAY)
    return changed


def _before_next_agreed(kind: VisitKind, steps: Mapping[VisitKind, Step], start: date) -> date:
    later = ORDER[ORDER.index(kind) + 1 :]
    agreed = [steps[one].planned_on - _DAY for one in later if one in steps and not steps[one].free]
    return last_working_day_in(min([*agreed, six_months_end(start)]))


def _placed(step: Step, due: date, room: tuple[date, date], opened_on: date, today: date) -> Step:
    if is_skipped(due, opened_on):
        return Step(due, due, skipped=True)
    wanted = step.planned_on if due == step.due_on and not step.skipped else max(due, today)
    earliest, latest = next_working_day(max(room[0], wanted)), room[1]
    if earliest <= latest:
        return Step(due, earliest)
    return Step(due, latest if latest >= max(room[0], today) else due)
