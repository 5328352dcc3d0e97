"""What does an alert say? Its title and a sentence with the dates, from the facts that the rules gave it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.core.french import ago, date_words, plural, spaced, weekday
from app.core.quantities import MONTHS, format_hours
from app.follow_up.labels.kinds import ALERTS, VISITS
from app.follow_up.rules.alerts import late_days
from app.follow_up.rules.kinds import AlertKind, VisitKind, VoiceSide

Facts = Mapping[str, Any]
_NUMBERS: Final = {3: "Trois", 4: "Quatre", 5: "Cinq", 6: "Six", 7: "Sept", 8: "Huit", 9: "Neuf", 10: "Dix"}
_WHO: Final = {VoiceSide.TUTOR.value: "par le tuteur ou la tutrice", VoiceSide.PERSON.value: "par la personne"}


def title(kind: AlertKind, facts: Facts) -> str:
    """« Deux absences en 10 jours », « Trois absences en 10 jours »."""
    count = len(facts.get("days", ()))
    if kind is AlertKind.TWO_ABSENCES and count in _NUMBERS:
        return spaced(f"{_NUMBERS[count]} absences en 10 jours")
    return spaced(ALERTS[kind])


def sentence(kind: AlertKind, facts: Facts, on: date) -> str:
    """The facts as of a day: today, or the day on which the alert was closed."""
    return spaced(_SENTENCES[kind](facts, on))


def _day(text: str, on: date) -> str:
    return date_words(date.fromisoformat(text), on)


def _listed(words: Sequence[str], last: str = "et") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _two_absences(facts: Facts, on: date) -> str:
    days = [date.fromisoformat(day) for day in facts["days"]]
    who = _listed([_WHO[side] for side in sorted(facts.get("sides", ()), reverse=True) if side in _WHO] or ["ici"])
    said = f"Signalées {who} : {_listed([date_words(day, on) for day in days])}."
    same = {day.weekday() for day in days}
    return f"{said} Toujours un {weekday(days[0])}." if len(same) == 1 and len(days) > 1 else said


def _visit_late(facts: Facts, on: date) -> str:
    kind, planned = VisitKind(facts["visit_kind"]), date.fromisoformat(facts["planned_on"])
    days = plural(late_days(planned, on), "jour")
    return f"{VISITS[kind]} : prévu le {date_words(planned, on)}, {days} de retard."


def _no_answer(facts: Facts, on: date) -> str:
    days = list(dict.fromkeys(facts["days"]))
    if len(days) == 1:
        return f"Deux essais sans réponse le {_day(days[0], on)}."
    return f"Pas de réponse le {_listed([_day(day, on) for day in days], 'ni le')}."


def _trial(facts: Facts, on: date) -> str:
    end = date.fromisoformat(facts["trial_ends_on"])
    ends = f"finit le {date_words(end, on)}, {ago(end, on)}" if end >= on else f"a fini le {date_words(end, on)}"
    return f"L’essai {ends}. Aucune visite n’est notée pour cet emploi."


def _end(facts: Facts, on: date) -> str:
    end = date.fromisoformat(facts["end_on"])
    ends = f"finit le {date_words(end, on)}, {ago(end, on)}" if end >= on else f"a fini le {date_words(end, on)}"
    return f"Le contrat {ends}. La suite n’est pas encore décidée."


def _low_hours(facts: Facts, on: date) -> str:
    lines = zip(facts["months"], facts["hours"], facts["agreed"], facts["percents"], strict=True)
    told = [
        f"{_month(month, on)} : {format_hours(Decimal(done))} sur {format_hours(Decimal(agreed))}, soit {percent} %"
        for month, done, agreed, percent in lines
    ]
    return f"{' ; '.join(told).capitalize()}."


def _month(text: str, on: date) -> str:
    year, month = (int(part) for part in text.split("-"))
    return MONTHS[month - 1] if year == on.year else f"{MONTHS[month - 1]} {year}"


_SENTENCES: Final[Mapping[AlertKind, Callable[[Facts, date], str]]] = {
    AlertKind.TWO_ABSENCES: _two_absences,
    AlertKind.VISIT_LATE: _visit_late,
    AlertKind.NO_ANSWER: _no_answer,
    AlertKind.TRIAL_WITHOUT_VISIT: _trial,
    AlertKind.END_WITHOUT_PLAN: _end,
    AlertKind.LOW_HOURS: _low_hours,
}
