"""People and offers as columns of numbers, about 200 bytes each, kept in tie order so that a row is also a rank.

Every array has its rows on the last axis. A change of some rows copies the others as they are, without encoding them
again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matching.batch.codes import Codes, bit_columns
from matching.comparison import hundredths
from matching.criteria import MAX_HOURS, SLOTS, Candidate, Means, Offer
from matching.ranking import candidate_tie
from matching.slots import FULL_WEEK, earliest_start

Int32 = npt.NDArray[np.int32]
Int16 = npt.NDArray[np.int16]
Int8 = npt.NDArray[np.int8]
Bool = npt.NDArray[np.bool_]
Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint64]

UNLIMITED = np.inf
NEVER_KM = 1e-300
"""The limit of a means of transport the person does not use: any way but none is too far."""
NO_MOST_HOURS = hundredths(MAX_HOURS) + 1
GRID_BYTES = SLOTS // 8


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def rows_of(self, ids: Collection[str]) -> list[int]:
        """Rows of those of the identifiers that are here."""
        wanted = set(ids)
        return [row for row, key in enumerate(self.ids) if key in wanted] if wanted else []

    def take(self, rows: npt.NDArray[np.intp]) -> Self:
        """The rows given, in the order given."""
        return self._with({one: array[..., rows] for one, array in self._arrays().items()}, self._named(rows))

    def part(self, first: int, end: int) -> Self:
        """A stretch of rows, without copying."""
        arrays = {one: array[..., first:end] for one, array in self._arrays().items()}
        return self._with(arrays, self.ids[first:end])

    def _arrays(self) -> dict[str, npt.NDArray[Any]]:
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {one: value for one, value in values.items() if isinstance(value, np.ndarray)}

    def _named(self, rows: npt.NDArray[np.intp]) -> tuple[str, ...]:
        return tuple(map(self.ids.__getitem__, rows.tolist()))

    def _with(self, arrays: dict[str, npt.NDArray[Any]], ids: tuple[str, ...]) -> Self:
        return replace(self, ids=ids, **arrays)

    def _followed_by(self, other: Self) -> Self:
        """Columns that grew in height meanwhile (more words, more trades) are padded with zeros."""
        theirs = other._arrays()
        joined = {one: _joined(array, theirs[one]) for one, array in self._arrays().items()}
        return self._with(joined, self.ids + other.ids)


@dataclass(frozen=True, slots=True, eq=False)
class CandidateColumns(Columns):
    """Rows in tie order: who has waited longest first, then the identifier."""

    refused: Mapping[str, frozenset[str]]
    """Offers refused or applied to, for the people who have any."""
    waiting: Int32
    place: Int32
    wanted: Int32
    """Height: as many as the most trades wanted by one person; 0 where there is none."""
    limit_minutes: Float32
    limit_km: Float64
    travel_said: Bool
    available: Int32
    """Day number; 0: not said."""
    eligible: Int32
    """Day number; 0: does not count for a clause."""
    grid: Words
    grid_said: Bool
    hours_low: Int16
    hours_high: Int16
    french: Int8
    held: Words

    @classmethod
    def of(cls, people: Iterable[Candidate], codes: Codes) -> Self:
        rows = sorted(people, key=candidate_tie)
        minutes, kilometres = _limits(rows, codes)
        held = [_held(person, codes) for person in rows]
        return cls(
            ids=tuple(person.id for person in rows),
            refused={person.id: person.refused_offers for person in rows if person.refused_offers},
            waiting=_days(person.waiting_since for person in rows),
            place=np.array([codes.tables.distances.position(person.place) for person in rows], dtype=np.int32),
            wanted=_wanted(rows, codes),
            limit_minutes=minutes,
            limit_km=kilometres,
            travel_said=np.array([bool(person.travels) for person in rows], dtype=np.bool_),
            available=_days(person.available_from for person in rows),
            eligible=_days(person.eligible_until for person in rows),
            grid=bit_columns([person.grid or FULL_WEEK for person in rows], SLOTS),
            grid_said=np.array([person.grid != 0 for person in rows], dtype=np.bool_),
            hours_low=np.array([_low(person) for person in rows], dtype=np.int16),
            hours_high=np.array([_high(person) for person in rows], dtype=np.int16),
            french=np.array([person.french for person in rows], dtype=np.int8),
            held=bit_columns(held, len(codes.facts)),
        )

    def changed(self, people: Collection[Candidate], removed: Collection[str], codes: Codes) -> Self:
        """These people are replaced or added, those identifiers leave: the same as building everything again."""
        gone = {person.id for person in people} | set(removed)
        kept = np.ones(len(self), dtype=np.bool_)
        kept[self.rows_of(gone)] = False
        fresh = type(self).of(people, codes)
        kept_refused = {key: offers for key, offers in self.refused.items() if key not in gone}
        both = self.take(np.flatnonzero(kept))._followed_by(fresh)
        waiting, ids = both.waiting.tolist(), both.ids
        order = sorted(range(len(both)), key=lambda row: (waiting[row], ids[row]))
        return replace(both.take(np.array(order, dtype=np.intp)), refused={**kept_refused, **fresh.refused})


@dataclass(frozen=True, slots=True, eq=False)
class OfferColumns(Columns):
    """Rows in the order of the identifiers."""

    trade: Int32
    place: Int32
    start: Int32
    grid: Words
    asked: Int16
    early: Bool
    hours: Int16
    """Hundredths a week; 0: not said."""
    french: Int8
    required_skills: Words
    wished: Words
    required_titles: Words
    required_licences: Words
    conditions: Words
    full: Bool
    claused: Bool

    @classmethod
    def of(cls, offers: Iterable[Offer], codes: Codes) -> Self:
        rows = sorted(offers, key=lambda offer: offer.id)
        masks = {one: [make(offer, codes) for offer in rows] for one, make in _OFFER_MASKS.items()}
        return cls(
            ids=tuple(offer.id for offer in rows),
            trade=np.array([codes.trades.code(offer.trade) for offer in rows], dtype=np.int32),
            place=np.array([codes.tables.distances.position(offer.place) for offer in rows], dtype=np.int32),
            start=_days(offer.start_on for offer in rows),
            grid=bit_columns([offer.grid for offer in rows], SLOTS),
            asked=np.array([offer.grid.bit_count() for offer in rows], dtype=np.int16),
            early=np.array([earliest_start(offer.grid) is not None for offer in rows], dtype=np.bool_),
            hours=np.array([hundredths(offer.hours_week) if offer.hours_week else 0 for offer in rows], dtype=np.int16),
            french=np.array([offer.french for offer in rows], dtype=np.int8),
            full=np.array([offer.places_left <= 0 for offer in rows], dtype=np.bool_),
            claused=np.array([offer.claused for offer in rows], dtype=np.bool_),
            **{one: bit_columns(mask, len(codes.facts)) for one, mask in masks.items()},
        )

    def changed(self, offers: Collection[Offer], removed: Collection[str], codes: Codes) -> Self:
        """These offers are replaced or added, those identifiers leave."""
        gone = {offer.id for offer in offers} | set(removed)
        kept = np.ones(len(self), dtype=np.bool_)
        kept[self.rows_of(gone)] = False
        both = self.take(np.flatnonzero(kept))._followed_by(type(self).of(offers, codes))
        return both.take(np.array(sorted(range(len(both)), key=both.ids.__getitem__), dtype=np.intp))


_OFFER_MASKS: dict[str, Callable[[Offer, Codes], int]] = {
    "required_skills": lambda offer, codes: codes.facts.mask("skill", offer.required_skills),
    "wished": lambda offer, codes: (
        codes.facts.mask("skill", offer.wished_skills) | codes.facts.mask("title", offer.wished_titles)
    ),
    "required_titles": lambda offer, codes: codes.facts.mask("title", offer.required_titles),
    "required_licences": lambda offer, codes: codes.facts.mask("licence", offer.required_licences),
    "conditions": lambda offer, codes: codes.facts.mask("condition", offer.conditions),
}


def _held(person: Candidate, codes: Codes) -> int:
    return (
        codes.facts.mask("skill", person.skills)
        | codes.facts.mask("title", person.titles)
        | codes.facts.mask("licence", person.licences)
        | codes.facts.mask("condition", person.refusals)
    )


def _days(dates: Iterable[date | None]) -> Int32:
    return np.array([day.toordinal() if day else 0 for day in dates], dtype=np.int32)


def _low(person: Candidate) -> int:
    return hundredths(person.hours_min) if person.hours_min is not None else 0


def _high(person: Candidate) -> int:
    return hundredths(person.hours_max) if person.hours_max is not None else NO_MOST_HOURS


def _wanted(rows: list[Candidate], codes: Codes) -> Int32:
    wanted = np.zeros((max((len(person.trades) for person in rows), default=0) or 1, len(rows)), dtype=np.int32)
    for row, person in enumerate(rows):
        for rank, trade in enumerate(person.trades):
            wanted[rank, row] = codes.trades.code(trade)
    return wanted


def _limits(rows: list[Candidate], codes: Codes) -> tuple[Float32, Float64]:
    """Minutes and kilometres, a line for each means. Whoever has not said gets the default ways."""
    line_of = {means: line for line, means in enumerate(Means)}
    minutes = np.full((len(line_of), len(rows)), UNLIMITED, dtype=np.float32)
    kilometres = np.full((len(line_of), len(rows)), NEVER_KM, dtype=np.float64)
    for row, person in enumerate(rows):
        for travel in person.travels or codes.weights.default_travels:
            line = line_of[travel.means]
            minutes[line, row] = UNLIMITED if travel.max_minutes is None else travel.max_minutes
            kilometres[line, row] = UNLIMITED if travel.max_km is None else travel.max_km
    return minutes, kilometres


def _joined(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if first.ndim == 2 and first.shape[0] != second.shape[0]:
        height = max(first.shape[0], second.shape[0])
        first, second = (np.pad(one, ((0, height - one.shape[0]), (0, 0))) for one in (first, second))
    return np.concatenate((first, second), axis=-1)
