"""Why a placement is refused, and what is left for a person and a host, in French and with the numbers."""

from collections.abc import Collection, Mapping
from enum import Enum

from app.core.months import last_day_of_a_month
from app.core.quantities import format_day
from app.placements.labels.kinds import PURPOSES
from app.placements.rules.limits import (
    MOST_CONVENTIONS,
    MOST_DAYS,
    Asked,
    Convention,
    DaysLeft,
    PlacementRefusal,
    days_left,
    last_end_possible,
)

_R = PlacementRefusal
REFUSAL_WORDS: Mapping[Enum, str] = {
    _R.BACKDATED: "Le premier jour est passé\u00a0: un stage ne se déclare pas après coup.",
    _R.END_BEFORE_START: "Le dernier jour est avant le premier.",
    _R.ABOVE_A_MONTH: "Un stage dure un mois au plus, de date à date.",
    _R.HOURS: "Une semaine de stage compte 48\u00a0heures au plus.",
    _R.TOO_YOUNG: "Il faut avoir 16\u00a0ans le premier jour.",
    _R.OWN_EMPLOYER: "La personne travaille chez cet employeur\u00a0: le stage se fait ailleurs.",
    _R.OVERLAP: "Un autre stage est prévu à ces dates.",
    _R.TOO_MANY_CONVENTIONS: "Deux conventions au plus en 12\u00a0mois chez le même employeur.",
    _R.SAME_PURPOSE: "Un deuxième stage chez le même employeur doit avoir un autre objet.",
    _R.TOO_MANY_DAYS: "Soixante jours au plus en 12\u00a0mois chez le même employeur.",
    _R.RENEWAL_UNKNOWN: "Ce stage ne peut pas se renouveler ici\u00a0: il est annulé, ou chez un autre employeur.",
    _R.RENEWAL_TWICE: "Un stage se renouvelle une seule fois.",
    _R.RENEWAL_TOO_EARLY: "Le renouvellement commence après la fin du premier stage.",
    _R.RENEWAL_OTHER_PURPOSE: "Un renouvellement garde le même objet.",
}


def refusal_sentence(reason: PlacementRefusal, asked: Asked, others: Collection[Convention]) -> str:
    """The sentence of a reason, with the date or the number that helps; REFUSAL_WORDS when there is none."""
    new = asked.convention
    if reason is _R.ABOVE_A_MONTH:
        return f"Un stage dure un mois au plus\u00a0: jusqu’au {format_day(last_day_of_a_month(new.starts_on))}."
    if reason is _R.OVERLAP:
        other = min((one for one in others if new.overlaps(one)), key=lambda one: one.starts_on, default=None)
        if other is not None:
            return f"Un autre stage est prévu du {format_day(other.starts_on)} au {format_day(other.ends_on)}."
    if reason is _R.TOO_MANY_DAYS:
        end = last_end_possible(new, others)
        until = f"\u00a0: jusqu’au {format_day(end)} en commençant ce jour-là." if end else "."
        return f"{MOST_DAYS}\u00a0jours au plus en 12\u00a0mois chez le même employeur{until}"
    if reason is _R.SAME_PURPOSE:
        left = days_left(others, new.host, new.starts_on).purposes_left
        if left:
            return f"{REFUSAL_WORDS[reason]} Il reste\u00a0: {' ; '.join(PURPOSES[one].lower() for one in left)}."
    return REFUSAL_WORDS[reason]


def days_left_sentences(left: DaysLeft, *, own: bool = False) -> list[str]:
    """What is shown before asking: what was used, what is left, until when. ``own``: to the person, in short."""
    if own:
        return _own_sentences(left)
    if not left.conventions_used:
        lines = [f"Pas encore de stage chez cet employeur en 12\u00a0mois\u00a0: {MOST_DAYS}\u00a0jours possibles."]
    else:
        lines = [
            f"{_days(left.days_used)} sur {MOST_DAYS} en 12\u00a0mois chez cet employeur, "
            f"{_conventions(left.conventions_used)} sur {MOST_CONVENTIONS}. Il reste {_days(left.days_left)}."
        ]
    if left.last_end is not None:
        lines.append(f"En commençant le {format_day(left.on)}\u00a0: jusqu’au {format_day(left.last_end)} au plus.")
    else:
        lines.append(f"Aucun nouveau stage ne peut commencer le {format_day(left.on)}.")
    if left.renewal_last_end is not None:
        lines.append(f"Le dernier stage peut se renouveler, jusqu’au {format_day(left.renewal_last_end)} au plus.")
    return lines


def _own_sentences(left: DaysLeft) -> list[str]:
    lines = [f"Vous pouvez faire {MOST_DAYS}\u00a0jours de stage ici, en 12\u00a0mois."]
    if left.conventions_used:
        lines = [
            f"Vous avez déjà {_days(left.days_used)} ici en 12\u00a0mois.",
            f"Il vous reste {_days(left.days_left)}.",
        ]
    if left.last_end is not None:
        lines.append(f"Vous commencez le {format_day(left.on)}\u00a0?")
        lines.append(f"Le dernier jour possible est le {format_day(left.last_end)}.")
    else:
        lines.append(f"Vous ne pouvez pas commencer un autre stage le {format_day(left.on)}.")
    if left.renewal_last_end is not None:
        lines.append(f"Votre dernier stage peut continuer jusqu’au {format_day(left.renewal_last_end)}.")
    return lines


def _days(number: int) -> str:
    return f"{number}\u00a0{'jour' if number < 2 else 'jours'}"


def _conventions(number: int) -> str:
    return f"{number}\u00a0{'convention' if number < 2 else 'conventions'}"
