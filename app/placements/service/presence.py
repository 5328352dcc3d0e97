"""The host, or who accompanies, says who was there: a week at a time; two at once lose nothing of each other's."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from uuid import UUID

from app.core import clock
from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.french import date_words
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.placements.models import Placement, PresenceHalf
from app.placements.queries.presence import expected_of, said_of
from app.placements.queries.visible import the_one_to_act_on
from app.placements.rules.presence import Key, PresenceRefusal, SaidHalf, presence_refusals
from app.placements.rules.states import ATTENDED
from app.placements.rules.weeks import as_shown, key_word, merge, monday_of, usual, week_refusals
from app.placements.service.journal import log

TEACHERS = ACCOMPANIMENT | {Role.EMPLOYER}
"""Who says presence; the person reads it."""


@transaction
def say_week(placement_id: UUID, said: Sequence[SaidHalf], shown: Mapping[str, str], *, by: Actor, today: date) -> int:
    """Write what was said of some half-days; how many changed. ``shown``: what the form showed of them, by key_word.

    What another said meanwhile is kept where this one changed nothing; where both changed the same half-day, nothing
    is written. Raises NotFound; Refused with all reasons; StaleVersion.
    """
    placement = the_one_to_act_on(by, placement_id)
    if by.role not in TEACHERS:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    if placement.state not in ATTENDED:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    expected = {one.key: one.hours for one in expected_of(placement)}
    once = {(one.day, one.half): one for one in said}
    said = [usual(one, expected.get(key)) for key, one in once.items()]
    if reasons := _refusals(placement, said, today):
        raise Refused(reasons)
    rows = said_of(placement.id)
    now = {key: as_said(row) for key, row in rows.items()}
    merged = merge(said, shown, now)
    if merged.conflicts:
        raise StaleVersion(_theirs(merged.conflicts, said, now))
    for one in merged.writes:
        _write(placement, one, rows.get((one.day, one.half)), by)
    if merged.writes:
        weeks = sorted({monday_of(one.day) for one in merged.writes})
        words = ", ".join(f"semaine du {date_words(monday)}" for monday in weeks)
        log(placement, "presence", placement.id, "say", by, words=words.capitalize())
        db.session.flush()
    return len(merged.writes)


def as_said(row: PresenceHalf) -> SaidHalf:
    """A row as the rules see it."""
    return SaidHalf(row.day, row.half, row.status, row.hours)


def _refusals(placement: Placement, said: Sequence[SaidHalf], today: date) -> tuple[Enum, ...]:
    found: list[Enum] = [*week_refusals(said)]
    found += presence_refusals(said, placement.starts_on, placement.last_day, today)
    if any(one.day > today for one in said) and PresenceRefusal.IN_FUTURE not in found:
        found.append(PresenceRefusal.IN_FUTURE)
    return tuple(found)


def _theirs(conflicts: Iterable[Key], said: Iterable[SaidHalf], now: Mapping[Key, SaidHalf]) -> dict[str, object]:
    """By field of the form, what is recorded of the half-days that differ, and what a second sending has read."""
    theirs: dict[str, object] = {}
    for key in conflicts:
        known = now.get(key)
        theirs[f"s_{key_word(key)}"] = known.status.value if known else ""
        theirs[f"h_{key_word(key)}"] = known.hours if known else None
    return {**theirs, "version": as_shown(now, [(one.day, one.half) for one in said])}


def _write(placement: Placement, said: SaidHalf, row: PresenceHalf | None, by: Actor) -> None:
    if row is None:
        row = PresenceHalf(placement_id=placement.id, day=said.day, half=said.half)
        db.session.add(row)
    row.status, row.hours = said.status, said.hours
    row.recorded_by, row.recorded_at = by.user_id, clock.now()
