"""What the form of an offer lets one choose."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, any_, literal, or_, select, union_all

from app.core.db import db
from app.offers.models import Offer
from app.reference.models import Condition, Licence, Skill, Title


def skills_of(family: str | None, chosen: Collection[str]) -> Sequence[tuple[str, str]]:
    """The skills that serve in a family of jobs, and those already chosen, by name."""
    wanted: list[ColumnElement[bool]] = [Skill.slug.in_(chosen)]
    if family is not None:
        wanted.append(literal(family) == any_(Skill.family_slugs))
    rows = db.session.execute(select(Skill.slug, Skill.name).where(or_(*wanted)).order_by(Skill.name, Skill.slug))
    return [(row.slug, row.name) for row in rows]


@dataclass(frozen=True, slots=True)
class Asks:
    """What an offer asks, in French names."""

    required_skills: tuple[str, ...] = ()
    wished_skills: tuple[str, ...] = ()
    required_titles: tuple[str, ...] = ()
    wished_titles: tuple[str, ...] = ()
    required_licences: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


_TABLES: Mapping[str, type[Skill] | type[Title] | type[Licence] | type[Condition]] = {
    "required_skills": Skill,
    "wished_skills": Skill,
    "required_titles": Title,
    "wished_titles": Title,
    "required_licences": Licence,
    "conditions": Condition,
}


def asks_of(offer: Offer) -> Asks:
    """The names of everything the offer asks, in one statement; none when it asks nothing."""
    wanted = {name: getattr(offer, name) for name in _TABLES if getattr(offer, name)}
    if not wanted:
        return Asks()
    parts = [
        select(literal(name).label("part"), _TABLES[name].slug, _TABLES[name].name).where(_TABLES[name].slug.in_(slugs))
        for name, slugs in wanted.items()
    ]
    rows = db.session.execute(union_all(*parts)).all()
    names = {(row.part, row.slug): row.name for row in rows}
    return Asks(**{part: tuple(names.get((part, slug), slug) for slug in slugs) for part, slugs in wanted.items()})
