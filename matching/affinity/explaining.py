"""Why should these two meet? Reasons, and the French sentences of the meeting sheet for each of the two."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from math import isnan

from matching.affinity.likeness import Common, Likeness
from matching.affinity.partners import Job
from matching.comparison import TradeLink
from matching.criteria import Words
from matching.explanation.french import hours, name, number, typeset
from matching.reasons import Side


class AffinityReason(IntEnum):
    """The order in which sentences are shown."""

    SAME_TRADE = 0
    SAME_ROME = 1
    NEAR_MOVE = 2
    SAME_FAMILY = 3
    SAME_COMMUNE = 4
    NEAR = 5
    FULL_TIME_BOTH = 6
    SAME_HOURS = 7
    MOST_OF_THE_WEEK = 8

    NO_TRADE = 9
    FAR = 10
    OTHER_HOURS = 11
    OTHER_WEEK = 12

    HOURS_UNKNOWN = 13
    DISTANCE_UNKNOWN = 14

    @property
    def side(self) -> Side:
        if self < AffinityReason.NO_TRADE:
            return Side.FOR
        return Side.AGAINST if self < AffinityReason.HOURS_UNKNOWN else Side.CHECK


class Reader(StrEnum):
    TRAINER = "trainer"
    RECRUITER = "recruiter"
    ORGANISER = "organiser"


@dataclass(frozen=True, slots=True)
class AffinitySentence:
    reason: AffinityReason
    text: str

    @property
    def side(self) -> Side:
        return self.reason.side


MOST_JOBS = 3
"""So many jobs in common are named."""
TIES = {
    TradeLink.SAME_TRADE: AffinityReason.SAME_TRADE,
    TradeLink.SAME_ROME: AffinityReason.SAME_ROME,
    TradeLink.NEAR_MOVE: AffinityReason.NEAR_MOVE,
    TradeLink.FAMILY: AffinityReason.SAME_FAMILY,
}


def affinity_reasons(pair: Likeness) -> tuple[AffinityReason, ...]:
    """The best first, then what speaks against, then what is to be checked."""
    ties = {TIES[one.link] for one in pair.common[:MOST_JOBS]}
    holds = {**dict.fromkeys(ties, True), AffinityReason.NO_TRADE: not ties, **_of_distance(pair)}
    if pair.best:
        holds |= _of_hours(pair.best, pair)
    return tuple(reason for reason in AffinityReason if holds.get(reason, False))


def explain(pair: Likeness, words: Words, reader: Reader) -> tuple[AffinitySentence, ...]:
    """One sentence a reason; a reason that ties several jobs has one for each of them, three in all."""
    found: list[AffinitySentence] = []
    for reason in affinity_reasons(pair):
        if reason in TIES.values():
            tied = [one for one in pair.common[:MOST_JOBS] if TIES[one.link] is reason]
            found += [AffinitySentence(reason, typeset(_job(one, words, reader))) for one in tied]
        else:
            found.append(AffinitySentence(reason, typeset(WRITERS[reason](pair))))
    return tuple(found)


def _of_distance(pair: Likeness) -> dict[AffinityReason, bool]:
    middle = (pair.weights.near_km + pair.weights.far_km) / 2
    return {
        AffinityReason.SAME_COMMUNE: pair.km == 0,
        AffinityReason.NEAR: 0 < pair.km <= middle,
        AffinityReason.FAR: pair.km > middle,
        AffinityReason.DISTANCE_UNKNOWN: isnan(pair.km),
    }


def _of_hours(one: Common, pair: Likeness) -> dict[AffinityReason, bool]:
    said, week = one.hours, one.asked
    full = all(job.hours_week is not None and job.hours_week >= pair.weights.full_time_hours for job in _both(one))
    same = said is not None and said.numerator == said.denominator
    return {
        AffinityReason.FULL_TIME_BOTH: full,
        AffinityReason.SAME_HOURS: same and not full,
        AffinityReason.OTHER_HOURS: said is not None and not same and not full,
        AffinityReason.MOST_OF_THE_WEEK: bool(week) and 2 * one.shared >= week,
        AffinityReason.OTHER_WEEK: bool(week) and 2 * one.shared < week,
        AffinityReason.HOURS_UNKNOWN: said is None and not week,
    }


def _both(one: Common) -> tuple[Job, Job]:
    return one.trained, one.sought


VERBS = {
    Reader.TRAINER: ("Vous formez", "l'entreprise en cherche", "l'entreprise cherche"),
    Reader.RECRUITER: ("La structure forme", "vous en cherchez", "vous cherchez"),
    Reader.ORGANISER: ("La structure forme", "l'entreprise en cherche", "l'entreprise cherche"),
}
NEARLY = {
    TradeLink.SAME_ROME: "Même fiche métier",
    TradeLink.NEAR_MOVE: "Passage possible",
    TradeLink.FAMILY: "Même famille de métiers",
}


def _job(one: Common, words: Words, reader: Reader) -> str:
    """« Agent de propreté : vous formez 4 personnes ; l’entreprise en cherche 2. » A trade stays singular."""
    trains, seeks_some, seeks = VERBS[reader]
    trained, sought = (name(words.trades, job.trade) for job in _both(one))
    if one.link is TradeLink.SAME_TRADE:
        if one.trained.people and one.sought.people:
            people = _people(one.trained.people)
            return f"{_capital(trained)} : {_small(trains)} {people} ; {seeks_some} {one.sought.people}."
        return f"Métier en commun : {trained}."
    return f"{NEARLY[one.link]} : {_small(trains)} à {_quoted(trained)}, {seeks} {_quoted(sought)}."


def _people(count: int) -> str:
    return f"{count} personne" if count == 1 else f"{count} personnes"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _quoted(text: str) -> str:
    return f"« {text} »"


def _hours_of(pair: Likeness) -> tuple[str, str]:
    one = pair.best
    ours, theirs = ((job.hours_week or 0) for job in _both(one)) if one else (0, 0)
    return hours(ours), hours(theirs)


def _apart(pair: Likeness) -> str:
    return f"À {number(pair.km, 0 if pair.km >= 1 else 1)} km l'un de l'autre."


def _other_hours(pair: Likeness) -> str:
    ours, theirs = _hours_of(pair)
    return f"Durées différentes : {ours} par semaine en formation, {theirs} dans l'entreprise."


def _week(pair: Likeness) -> str:
    one = pair.best
    shared, asked = (one.shared / 2, one.asked / 2) if one else (0, 0)
    return f"{hours(shared)} sur {hours(asked)} aux mêmes horaires."


WRITERS: dict[AffinityReason, Callable[[Likeness], str]] = {
    AffinityReason.SAME_COMMUNE: lambda _: "Dans la même commune.",
    AffinityReason.NEAR: _apart,
    AffinityReason.FULL_TIME_BOTH: lambda _: "Temps plein des deux côtés.",
    AffinityReason.SAME_HOURS: lambda pair: f"{_hours_of(pair)[0]} par semaine des deux côtés.",
    AffinityReason.MOST_OF_THE_WEEK: _week,
    AffinityReason.NO_TRADE: lambda _: "Pas de métier en commun.",
    AffinityReason.FAR: _apart,
    AffinityReason.OTHER_HOURS: _other_hours,
    AffinityReason.OTHER_WEEK: _week,
    AffinityReason.HOURS_UNKNOWN: lambda _: "Horaires non dits : à vérifier.",
    AffinityReason.DISTANCE_UNKNOWN: lambda _: "Distance inconnue : à vérifier.",
}
