"""Whose hours, on which of the firm's lots, does a line of a file say? And when is a layout certain?

Names are only ever compared with those of people on the firm's own lots.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.clauses.rules.kinds import OverReason
from app.clauses.rules.periods import month_end
from app.clauses.rules.sheet_hours import Column, Layout, PersonMatch, ReadLine, guess
from app.core.sheets import SheetRow
from app.reference.rules import normalise

UNDO_DAYS: Final = 7
SAMPLES: Final = 3
_NUMBER: Final = re.compile(r"^(?:lots? )?(?:n |no |numero )?0*(\d{1,3})\b")
_LEAST_TITLE: Final = 6


class ImportRefusal(StrEnum):
    """Why a file of hours is not read, taken or taken back."""

    NO_LOT = "no_lot"
    NO_TABLE = "no_table"
    NAME_COLUMN = "name_column"
    MONTH_COLUMN = "month_column"
    HOURS_COLUMN = "hours_column"
    COLUMN_TWICE = "column_twice"
    NOT_READ_YET = "not_read_yet"
    FAULTY_LEFT = "faulty_left"
    NOTHING_GOOD = "nothing_good"
    NEVER_TAKEN = "never_taken"
    TOO_LATE = "too_late"
    SENT_SINCE = "sent_since"


class LineFault(StrEnum):
    """What is wrong in a line once its cells are read; those of NOTES ask for nothing."""

    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_PAYROLL = "unknown_payroll"
    SPELLING = "spelling"
    SEVERAL_PEOPLE = "several_people"
    PAYROLL_DIFFERS = "payroll_differs"
    LOT_UNKNOWN = "lot_unknown"
    CONTRACT_UNKNOWN = "contract_unknown"
    NOT_ON_LOT = "not_on_lot"
    SEVERAL_LOTS = "several_lots"
    SEVERAL_EMPLOYERS = "several_employers"
    TWICE = "twice"
    SENT_ALREADY = "sent_already"
    THERE_ALREADY = "there_already"
    REASON_LATER = "reason_later"


NOTES: Final = frozenset({LineFault.SENT_ALREADY, LineFault.THERE_ALREADY, LineFault.REASON_LATER})
ASKED: Final = frozenset({LineFault.SPELLING, LineFault.SEVERAL_PEOPLE, LineFault.UNKNOWN_PERSON})
"""Who is meant may be said on the page."""


@dataclass(frozen=True, slots=True)
class Place:
    """A lot on which the firm reports."""

    holder_id: UUID
    lot_number: int
    lot_title: str
    contract_number: str
    contract_title: str


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody at work on one of these lots."""

    employment_id: UUID
    person: UUID
    first_name: str
    last_name: str
    payroll: str
    holder_id: UUID
    employer_key: str
    employer_name: str
    started_on: date
    ended_on: date | None

    def overlaps(self, month: date) -> bool:
        """At work at least one day of the month."""
        return self.started_on <= month_end(month) and (self.ended_on is None or self.ended_on >= month)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault and the column in whose cell it is said."""

    kind: LineFault
    column: Column
    people: tuple[UUID, ...] = ()


def name_column(line: ReadLine) -> Column:
    """Where the line says who."""
    every = (Column.FULL_NAME, Column.LAST_NAME, Column.PAYROLL_ID)
    return next((column for column in every if column in line.columns), Column.FULL_NAME)


def _payroll(text: str) -> str:
    return text.strip().casefold().lstrip("0")


class Resolver:
    """Finds the person and the post of each line."""

    def __init__(
        self,
        places: Sequence[Place],
        posts: Sequence[Post],
        said: Mapping[str, UUID | None],
        default: UUID | None = None,
    ) -> None:
        self.places, self.said, self.default = places, said, default
        self.posts: defaultdict[UUID, list[Post]] = defaultdict(list)
        self.payrolls: defaultdict[str, set[UUID]] = defaultdict(set)
        self._found: dict[tuple[Column, str], frozenset[UUID]] = {}
        for post in posts:
            self.posts[post.person].append(post)
            if _payroll(post.payroll):
                self.payrolls[_payroll(post.payroll)].add(post.person)

    def person(self, line: ReadLine, key: str, match: PersonMatch[UUID] | None) -> UUID | Wrong:
        """By number of payroll, then by the spelling that somebody confirmed, then by name (``key``: its words)."""
        held = self.payrolls.get(_payroll(line.payroll_id), set()) if line.payroll_id else set()
        by_number = next(iter(held)) if len(held) == 1 else None
        by_name = self._by_name(line, key, match)
        if by_number is None:
            if line.name:
                return by_name
            return Wrong(LineFault.UNKNOWN_PAYROLL, Column.PAYROLL_ID)
        if line.name and isinstance(by_name, UUID) and by_name != by_number:
            return Wrong(LineFault.PAYROLL_DIFFERS, Column.PAYROLL_ID)
        return by_number

    def _by_name(self, line: ReadLine, key: str, match: PersonMatch[UUID] | None) -> UUID | Wrong:
        where, told = name_column(line), self.said.get(key)
        if told is not None and told in self.posts:
            return told
        if match is None:
            return Wrong(LineFault.UNKNOWN_PERSON, where)
        if key in self.said and (match.spelled_otherwise or match.key is None):
            return Wrong(LineFault.UNKNOWN_PERSON, where)  # somebody said that it is nobody of these
        if match.key is not None:
            if match.spelled_otherwise:
                return Wrong(LineFault.SPELLING, where, (match.key,))
            return match.key
        if match.candidates:
            return Wrong(LineFault.SEVERAL_PEOPLE, where, match.candidates)
        return Wrong(LineFault.UNKNOWN_PERSON, where, match.near)

    def post(self, line: ReadLine, person: UUID) -> Post | Wrong:
        """Where and for which employer that person did the hours of the line."""
        allowed = self._places(line)
        if isinstance(allowed, Wrong):
            return allowed
        posts = [post for post in self.posts[person] if allowed is None or post.holder_id in allowed]
        if not posts:
            return Wrong(LineFault.NOT_ON_LOT, name_column(line))
        if line.month is not None:
            month = line.month
            posts = [post for post in posts if post.overlaps(month)] or posts
        if len({post.holder_id for post in posts}) > 1:
            return Wrong(LineFault.SEVERAL_LOTS, Column.LOT if Column.LOT in line.columns else name_column(line))
        posts = self._of_employer(line.employer, posts)
        if len({post.employer_key for post in posts}) > 1:
            where = Column.EMPLOYER if Column.EMPLOYER in line.columns else name_column(line)
            return Wrong(LineFault.SEVERAL_EMPLOYERS, where)
        return max(posts, key=lambda post: post.started_on)

    def _of_employer(self, text: str, posts: list[Post]) -> list[Post]:
        """A column of firms often names the agency or the site: it only decides when it can."""
        words = normalise(text)
        meant = [
            post
            for post in posts
            if words and (words == normalise(post.employer_name) or words.replace(" ", "") == post.employer_key)
        ]
        return meant or posts

    def _places(self, line: ReadLine) -> frozenset[UUID] | Wrong | None:
        """The holders that the line's contract and lot allow; None: all of them."""
        found: frozenset[UUID] | None = None
        for column, text, kind in (
            (Column.CONTRACT, line.contract, LineFault.CONTRACT_UNKNOWN),
            (Column.LOT, line.lot, LineFault.LOT_UNKNOWN),
        ):
            if text:
                meant = self._meant(column, text)
                found = meant if found is None else found & meant
                if not found:
                    return Wrong(kind, column)
        if found is None and self.default is not None:
            return frozenset({self.default})
        return found

    def _meant(self, column: Column, text: str) -> frozenset[UUID]:
        key = (column, text)
        if key not in self._found:
            is_meant: Callable[[str, Place], bool] = is_contract if column is Column.CONTRACT else is_lot
            self._found[key] = frozenset(place.holder_id for place in self.places if is_meant(text, place))
        return self._found[key]


def is_lot(text: str, place: Place) -> bool:
    """« 3 », « Lot 03 », « Lot 3 : Peinture », « Peinture »."""
    words, title = normalise(text), normalise(place.lot_title)
    number = _NUMBER.match(words)
    if number:
        return int(number[1]) == place.lot_number
    return words == title or (len(title) >= _LEAST_TITLE and title in words)


def is_contract(text: str, place: Place) -> bool:
    """The buyer's number, the title, or a good part of it."""
    words, number, title = normalise(text), normalise(place.contract_number), normalise(place.contract_title)
    if words in (number, title) or f" {number} " in f" {words} ":
        return True
    return len(words) >= _LEAST_TITLE and words in title


def reason_of(text: str) -> tuple[OverReason | None, str]:
    """What a column of reasons says: one of ours, or their own words."""
    words = normalise(text)
    if not words:
        return None, ""
    if re.search(r"\bheures? sup", words):
        return OverReason.OVERTIME, text
    return (OverReason.CATCH_UP if "rattrap" in words else OverReason.OTHER), text


def is_certain(layout: Layout, *, month_given: bool = False) -> bool:
    """Nothing is missing, and no other column could be the hours."""
    if layout.missing(month_given=month_given):
        return False
    hours = sum(Column.HOURS in guess([title]) for title in layout.header.cells)
    return bool(layout.months) or hours == 1


def samples(rows: Iterable[SheetRow], header: int, width: int) -> list[list[str]]:
    """The first values under each title."""
    found: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        if row.number <= header:
            continue
        for index, text in enumerate(row.cells[:width]):
            bare = " ".join(text.split())
            if bare and len(found[index]) < SAMPLES and bare not in found[index]:
                found[index].append(bare[:30])
    return found


def may_be_undone(accepted_on: date, today: date) -> bool:
    """Within seven days, the seventh included."""
    return today <= accepted_on + timedelta(days=UNDO_DAYS)
