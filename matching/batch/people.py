"""People as columns, about 200 bytes each."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from matching.batch.codes import Codes, bit_columns
from matching.batch.columns import (
    Bool,
    Columns,
    Float32,
    Float64,
    Int8,
    Int16,
    Int32,
    Rows,
    Words,
    blocks,
    day_numbers,
)
from matching.comparison import hundredths
from matching.criteria import MAX_HOURS, SLOTS, Candidate, Means
from matching.slots import FULL_WEEK

UNLIMITED = np.inf
NEVER_KM = 1e-300
"""The limit of a means of transport the person does not use: any way but none is too far."""
NO_MOST_HOURS = hundredths(MAX_HOURS) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Refusals:
    """Who refused or applied to what: two columns of their own, sorted by offer."""

    offers: Int32
    people: Int32
    """Rows of the people."""

    @classmethod
    def of(cls, people: Sequence[Candidate], codes: Codes) -> Self:
        found = [(codes.offers.code(offer), row) for row, one in enumerate(people) for offer in one.refused_offers]
        return cls(*np.array(found, dtype=np.int32).reshape(-1, 2).T).in_order()

    def people_for(self, offer: int) -> Int32:
        first, end = np.searchsorted(self.offers, (offer, offer + 1))
        return self.people[first:end]

    def among(self, kept: Bool) -> Self:
        """Of those people only, rows closing up."""
        here, new_rows = kept[self.people], np.cumsum(kept, dtype=np.int32) - 1
        return type(self)(self.offers[here], new_rows[self.people[here]])

    def followed_by(self, other: Self, height: int) -> Self:
        """The other people's rows come after ``height`` rows."""
        return type(self)(np.append(self.offers, other.offers), np.append(self.people, other.people + height))

    def moved(self, order: Rows) -> Self:
        """Row ``order[i]`` of before is row i now."""
        places = np.empty(len(order), dtype=np.int32)
        places[order] = np.arange(len(order))
        return type(self)(self.offers, places[self.people]).in_order()

    def in_order(self) -> Self:
        order = np.argsort(self.offers, kind="stable")
        return type(self)(self.offers[order], self.people[order])


@dataclass(frozen=True, slots=True, eq=False)
class CandidateColumns(Columns):
    """Rows in tie order: who has waited longest first, then the identifier."""

    refusals: Refusals
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
        first, *others = [cls._encoded(block, codes) for block in blocks(people)]
        every = first.followed_by(others)
        refusals, height = first.refusals, len(first)
        for other in others:
            refusals, height = refusals.followed_by(other.refusals, height), height + len(other)
        waiting, ids = every.waiting.tolist(), every.ids
        order = np.array(sorted(range(height), key=lambda row: (waiting[row], ids[row])), dtype=np.intp)
        return replace(every.take(order), refusals=refusals.moved(order))

    def changed(self, people: Collection[Candidate], removed: Collection[str], codes: Codes) -> Self:
        """These people are replaced or added, those identifiers leave: the same as building everything again."""
        kept = self.all_but({person.id for person in people} | set(removed))
        left, fresh = self.take(np.flatnonzero(kept)), type(self).of(people, codes)
        order = np.insert(np.arange(len(left)), left._places_for(fresh), np.arange(len(fresh)) + len(left))
        refusals = self.refusals.among(kept).followed_by(fresh.refusals, len(left)).moved(order)
        return replace(left.followed_by([fresh]).take(order), refusals=refusals)

    def _places_for(self, fresh: Self) -> list[int]:
        """Before which row each of the fresh ones comes, both being in tie order."""
        rows = range(len(self))
        ties = zip(fresh.waiting.tolist(), fresh.ids, strict=True)
        return [bisect_left(rows, tie, key=lambda row: (int(self.waiting[row]), self.ids[row])) for tie in ties]

    @classmethod
    def _encoded(cls, rows: list[Candidate], codes: Codes) -> Self:
        minutes, kilometres = _limits(rows, codes)
        held = [_held(person, codes) for person in rows]
        return cls(
            ids=tuple(person.id for person in rows),
            refusals=Refusals.of(rows, codes),
            waiting=day_numbers(person.waiting_since for person in rows),
            place=np.array([codes.tables.distances.position(person.place) for person in rows], dtype=np.int32),
            wanted=_wanted(rows, codes),
            limit_minutes=minutes,
            limit_km=kilometres,
            travel_said=np.array([bool(person.travels) for person in rows], dtype=np.bool_),
            available=day_numbers(person.available_from for person in rows),
            eligible=day_numbers(person.eligible_until for person in rows),
            grid=bit_columns([person.grid or FULL_WEEK for person in rows], SLOTS),
            grid_said=np.array([person.grid != 0 for person in rows], dtype=np.bool_),
            hours_low=np.array([_low(person) for person in rows], dtype=np.int16),
            hours_high=np.array([_high(person) for person in rows], dtype=np.int16),
            french=np.array([person.french for person in rows], dtype=np.int8),
            held=bit_columns(held, len(codes.facts)),
        )


def _held(person: Candidate, codes: Codes) -> int:
    return (
        codes.facts.mask("skill", person.skills)
        | codes.facts.mask("title", person.titles)
        | codes.facts.mask("licence", person.licences)
        | codes.facts.mask("condition", person.refusals)
    )


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
