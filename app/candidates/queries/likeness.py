"""Which files look like one person's, and which pairs did somebody already say are two persons?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import aliased, joinedload

from app.candidates.models import Candidate, NotDuplicate
from app.candidates.queries.visible import candidates_visible_to
from app.candidates.rules import CandidateState, Likeness
from app.candidates.rules.names import ALIKE_FROM, Known, likenesses
from app.core.db import db
from app.core.roles import Actor
from app.organisations.models import Organisation

MOST_PAIRS = 200


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A file that looks like the one being written.

    ``candidate`` is None when the actor may not read it: only who accompanies that person is told.
    """

    candidate_id: UUID
    reasons: Sequence[Likeness]
    candidate: Candidate | None
    followed_by: str


def known(candidate: Candidate) -> Known:
    """What tells this person from another."""
    return Known(candidate.name_key, candidate.birth_date, candidate.phone)


def look_alikes(actor: Actor, person: Known, *, of: UUID | None = None) -> list[LookAlike]:
    """The files, wherever they are in the département, that look like this person's. Two statements at most.

    ``of`` is the person's own file: it is left out, and so are those said to be somebody else's.
    """
    near = _near(person)
    if near is None:
        return []
    place = func.coalesce(Organisation.name, "")
    rows = db.session.execute(
        select(Candidate.id, Candidate.name_key, Candidate.birth_date, Candidate.phone, place.label("place"))
        .outerjoin(
            Organisation,
            Organisation.id == func.coalesce(Candidate.facilitator_organisation_id, Candidate.referent_organisation_id),
        )
        .where(Candidate.state == CandidateState.ACTIVE, near, *_another(of))
        .order_by(Candidate.number)
        .limit(50)
    ).all()
    alike = {row.id: why for row in rows if (why := likenesses(person, Known(row.name_key, row.birth_date, row.phone)))}
    if not alike:
        return []
    query = candidates_visible_to(actor).where(Candidate.id.in_(alike)).options(joinedload(Candidate.commune))
    readable = {one.id: one for one in db.session.scalars(query)}
    places = {row.id: row.place for row in rows}
    return [LookAlike(key, why, readable.get(key), places[key]) for key, why in alike.items()]


def _another(of: UUID | None) -> list[ColumnElement[bool]]:
    """Another file than this one, that nobody said to be somebody else's."""
    if of is None:
        return []
    apart = exists().where(
        or_(
            and_(NotDuplicate.first_id == of, NotDuplicate.second_id == Candidate.id),
            and_(NotDuplicate.second_id == of, NotDuplicate.first_id == Candidate.id),
        )
    )
    return [Candidate.id != of, ~apart]


def _near(person: Known) -> ColumnElement[bool] | None:
    """A first sieve by index; the rules judge what passes."""
    sieve: list[ColumnElement[bool]] = []
    if person.key:
        sieve.append(Candidate.name_key == person.key)
    if person.phone:
        sieve.append(Candidate.phone == person.phone)
    if person.birth_date:
        sieve.append(Candidate.birth_date == person.birth_date)
    return or_(*sieve) if sieve else None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that look like one person's, the older first."""

    first: Candidate
    second: Candidate
    reasons: Sequence[Likeness]


def _pair_ids(actor: Actor) -> Select[*tuple[Any, ...]]:
    """(first_id, second_id) of the pairs that the actor reads both of and nobody has told apart."""
    mine = candidates_visible_to(actor).order_by(None).with_only_columns(
        Candidate.id, Candidate.name_key, Candidate.birth_date, Candidate.phone
    ).cte("mine")  # fmt: skip
    one, other = aliased(mine), aliased(mine)
    a, b = one.c, other.c
    close = or_(a.name_key == b.name_key, func.similarity(a.name_key, b.name_key) >= ALIKE_FROM)
    nameless_date = or_(a.birth_date.is_(None), b.birth_date.is_(None))
    ways = (
        and_(a.phone == b.phone),
        and_(a.birth_date == b.birth_date, close),
        and_(a.name_key == b.name_key, a.name_key != "", nameless_date),
    )
    found = union(*(select(a.id.label("first_id"), b.id.label("second_id")).where(a.id < b.id, way) for way in ways))
    pairs = found.subquery()
    told_apart = exists().where(NotDuplicate.first_id == pairs.c.first_id, NotDuplicate.second_id == pairs.c.second_id)
    return select(pairs.c.first_id, pairs.c.second_id).where(~told_apart)


def count_pairs(actor: Actor) -> int:
    """How many pairs wait for somebody to look."""
    return db.session.scalar(select(func.count()).select_from(_pair_ids(actor).subquery())) or 0


def duplicate_pairs(actor: Actor, limit: int = MOST_PAIRS) -> list[Pair]:
    """The pairs to look at, those found in several ways first, then by name. Two statements."""
    ids = [(row.first_id, row.second_id) for row in db.session.execute(_pair_ids(actor).limit(limit))]
    people = {key for pair in ids for key in pair}
    query = select(Candidate).where(Candidate.id.in_(people)).options(joinedload(Candidate.commune))
    files = {one.id: one for one in db.session.scalars(query)} if people else {}
    pairs = []
    for first_id, second_id in ids:
        first, second = sorted((files[first_id], files[second_id]), key=lambda one: one.number)
        pairs.append(Pair(first, second, likenesses(known(first), known(second))))
    return sorted(pairs, key=lambda pair: (-len(pair.reasons), pair.first.name_key, pair.first.number))


def told_apart(one: UUID, other: UUID) -> bool:
    """Did somebody say that these are two persons?"""
    first, second = sorted((one, other))
    return db.session.get(NotDuplicate, (first, second)) is not None
