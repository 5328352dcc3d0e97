"""What the invented département stands on: the reference tables, read once, with weighted choices."""

from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from sqlalchemy import select

from app.core.db import db
from app.demonstration.names import FAMILY_WEIGHTS
from app.reference.models import Commune, CommuneAssignment, Condition, Licence, Skill, Title, Trade


@dataclass(slots=True)
class Place:
    """A commune with what depends on it."""

    insee: str
    name: str
    population: int
    territory: str
    mds: str


@dataclass(slots=True)
class Ground:
    """Reference rows by slug and the random source; the same seed makes the same people."""

    random: Random
    places: list[Place]
    trades: dict[str, list[tuple[str, str, str]]]
    skills: dict[str, list[str]]
    titles: list[str]
    licences: list[str]
    conditions: list[str]
    population: list[int] = field(default_factory=list)
    families: list[str] = field(default_factory=list)
    family_weights: list[int] = field(default_factory=list)

    def uuid(self) -> UUID:
        """A UUID from the seed."""
        return UUID(int=self.random.getrandbits(128), version=4)

    def place(self) -> Place:
        """A commune, the populous ones more often."""
        return self.random.choices(self.places, self.population)[0]

    def family(self) -> str:
        """A family of trades, the common ones more often."""
        return self.random.choices(self.families, self.family_weights)[0]

    def trade(self, family: str | None = None) -> tuple[str, str, str]:
        """(slug, name, feminine) of a trade of a family; the first ones of the table are the common ones."""
        rows = self.trades[family or self.family()]
        return rows[min(int(self.random.expovariate(0.45)), len(rows) - 1)]

    def some(self, values: list[str], most: int) -> list[str]:
        """Up to ``most`` different values."""
        return sorted(self.random.sample(values, min(len(values), self.random.randint(0, most))))


def read_ground(seed: int) -> Ground:
    """Read the reference tables."""
    assignments = {
        row.commune_insee: (row.territory_code, row.mds_code)
        for row in db.session.scalars(select(CommuneAssignment).where(CommuneAssignment.valid_until.is_(None)))
    }
    places = [
        Place(row.insee, row.name, row.population, *assignments[row.insee])
        for row in db.session.scalars(select(Commune).order_by(Commune.insee))
        if row.insee in assignments
    ]
    trades: dict[str, list[tuple[str, str, str]]] = {}
    for row in db.session.scalars(select(Trade).where(Trade.source == "portal", Trade.retired.is_(False))):
        trades.setdefault(row.family_slug, []).append((row.slug, row.name, row.feminine))
    skills: dict[str, list[str]] = {}
    for skill in db.session.scalars(select(Skill).order_by(Skill.slug)):
        for family in skill.family_slugs:
            skills.setdefault(family, []).append(skill.slug)
    families = [family for family in FAMILY_WEIGHTS if family in trades]
    return Ground(
        random=Random(seed),  # noqa: S311 - invented people, not secrets
        places=places,
        trades=trades,
        skills=skills,
        titles=list(db.session.scalars(select(Title.slug).order_by(Title.slug))),
        licences=list(db.session.scalars(select(Licence.slug).order_by(Licence.rank))),
        conditions=list(db.session.scalars(select(Condition.slug).order_by(Condition.rank))),
        population=[place.population for place in places],
        families=families,
        family_weights=[FAMILY_WEIGHTS[family] for family in families],
    )
