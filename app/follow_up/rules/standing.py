"""Is the person still with the employer of the hire on day N, in another job, without one, or does nobody know? And
which share of the follow-ups is that?"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from app.core.quantities import round_half_up
from app.follow_up.rules.kinds import Standing

DAYS: Final = (90, 180)
"""The days of the figures « à 3 mois » and « à 6 mois »."""
CONFIRMED_WITHIN: Final = timedelta(days=45)
"""A word from somebody counts for day N from so long before it."""
NEW_JOB_WITHIN: Final = timedelta(days=30)
"""A job that begins at most so long after the last day of the one before follows it."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """A job held: ``end_on`` is the last day foreseen (None: open-ended), ``ended_on`` the last day when it ended."""

    employer: str
    start_on: date
    end_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many reached day N, where they stand, and whole percents of those who reached it (None: nobody did)."""

    reached: int
    same: int
    new_job: int
    broken: int
    unknown: int
    strict_percent: int | None
    in_work_percent: int | None
    unknown_percent: int | None


def day_n(starts_on: date, days: int) -> date:
    """Day N is N days after the first day of work."""
    return starts_on + timedelta(days=days)


def reached(starts_on: date, days: int, stopped_on: date | None, today: date) -> bool:
    """Day N is there, and the follow-up was not stopped before it (death, removal, refusal)."""
    day = day_n(starts_on, days)
    return day <= today and (stopped_on is None or stopped_on >= day)


def standing(starts_on: date, spells: Sequence[Spell], confirmed: Collection[date], days: int) -> Standing:
    """Where the person stands on day N. The first spell is the hire's; ``confirmed`` are the days on which somebody
    said that the person works: a visit held, a tutor's answer, hours reported.

    A job with a later one is over, at the day foreseen or on the eve of the next. A job that nobody ended counts until
    day N only if confirmed since day N − 45, and after the day foreseen for its end once that day is past.
    """
    if not spells:
        return Standing.UNKNOWN
    day = day_n(starts_on, days)
    known = _with_ends(spells)
    own = [spell for spell in known if spell.employer == spells[0].employer and spell.start_on <= day]
    if any(spell.ended_on is not None and spell.ended_on >= day for spell in own):
        return Standing.SAME
    if still := [spell for spell in own if spell.ended_on is None]:
        sure = any(_confirmed(spell, confirmed, day) for spell in still)
        return Standing.SAME if sure else Standing.UNKNOWN
    left_on = max((spell.ended_on for spell in own if spell.ended_on is not None), default=starts_on)
    return _after(left_on, known, confirmed, day)


def _with_ends(spells: Sequence[Spell]) -> list[Spell]:
    return [_with_end(spell, [one.start_on for one in spells if one.start_on > spell.start_on]) for spell in spells]


def _with_end(spell: Spell, later_starts: Collection[date]) -> Spell:
    if spell.ended_on is not None or not later_starts:
        return spell
    eve = min(later_starts) - _DAY
    return replace(spell, ended_on=eve if spell.end_on is None else min(spell.end_on, eve))


def _confirmed(spell: Spell, confirmed: Collection[date], day: date) -> bool:
    since = day - CONFIRMED_WITHIN
    if spell.end_on is not None and spell.end_on < day:
        since = max(since, spell.end_on + _DAY)
    return any(said >= since for said in confirmed)


def _after(left_on: date, spells: Sequence[Spell], confirmed: Collection[date], day: date) -> Standing:
    """The jobs that follow one another, each begun within 30 days of the end of the one before, until day N."""
    while following := [spell for spell in spells if _follows(spell, left_on)]:
        spell = max(following, key=lambda one: one.ended_on or date.max)
        if spell.ended_on is None:
            overdue = spell.end_on is not None and spell.end_on < day
            return Standing.UNKNOWN if overdue and not _confirmed(spell, confirmed, day) else Standing.NEW_JOB
        if spell.ended_on >= day:
            return Standing.NEW_JOB
        left_on = spell.ended_on
    return Standing.BROKEN


def _follows(spell: Spell, left_on: date) -> bool:
    return spell.start_on <= left_on + NEW_JOB_WITHIN and (spell.ended_on is None or spell.ended_on > left_on)


def figures(standings: Iterable[Standing]) -> Kept:
    """Kept strict: same ÷ reached; in work: same or new job ÷ reached; the unknown stay in the denominator.

    One standing for each follow-up that reached day N.
    """
    counts = Counter(standings)
    everybody = counts.total()
    same, new_job, unknown = (counts[one] for one in (Standing.SAME, Standing.NEW_JOB, Standing.UNKNOWN))
    return Kept(
        reached=everybody,
        same=same,
        new_job=new_job,
        broken=counts[Standing.BROKEN],
        unknown=unknown,
        strict_percent=_percent(same, everybody),
        in_work_percent=_percent(same + new_job, everybody),
        unknown_percent=_percent(unknown, everybody),
    )


def _percent(part: int, whole: int) -> int | None:
    return int(round_half_up(Decimal(part * 100) / whole, 0)) if whole else None
