"""« Libre 4 matins sur 5 : pas le mercredi »: how is a partial fit of two weekly grids said?"""

from collections.abc import Sequence

from matching.explanation.french import DAYS, hours
from matching.slots import DayCover, cover_by_day

ONE_IN_THE_AFTERNOON = 26
SEVEN_IN_THE_EVENING = 38
FIVE_IN_THE_AFTERNOON = 34
NOON = 24
MIDNIGHT = 48
MOST_DAYS_NAMED = 3


def freedom(free: int, asked: int) -> str:
    """By days when at least one asked day is wholly free, else by hours."""
    days = cover_by_day(free, asked)
    whole = [day for day in days if day.covered == day.asked]
    if not whole:
        covered, wanted = sum(day.covered for day in days), sum(day.asked for day in days)
        return f"Libre {hours(covered / 2)} sur les {hours(wanted / 2)} demandées"
    count = f"Libre {len(whole)} {_period(days, len(whole))} sur {len(days)}"
    lacking = [day for day in days if day.covered < day.asked]
    return f"{count} : {_lacking(lacking)}" if len(lacking) <= MOST_DAYS_NAMED else count


def _period(days: Sequence[DayCover], count: int) -> str:
    """The work of every asked day lies in the same part of the day, or it is a day."""
    first, last = min(day.first for day in days), max(day.last for day in days)
    if last >= MIDNIGHT:
        return "nuit" if count == 1 else "nuits"
    if last < ONE_IN_THE_AFTERNOON:
        return "matin" if count == 1 else "matins"
    if first >= FIVE_IN_THE_AFTERNOON:
        return "soir" if count == 1 else "soirs"
    if first >= NOON and last < SEVEN_IN_THE_EVENING:
        return "après-midi"
    return "jour" if count == 1 else "jours"


def _lacking(days: Sequence[DayCover]) -> str:
    never = " ni ".join(f"le {DAYS[day.day]}" for day in days if not day.covered)
    partly = ", ".join(f"le {DAYS[day.day]} en partie" for day in days if day.covered)
    return ", ".join(text for text in (f"pas {never}" if never else "", partly) if text)
