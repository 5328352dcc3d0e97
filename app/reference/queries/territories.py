"""The territories and their MDS, with how many communes and people each one serves on a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from app.core.db import db
from app.reference.models import Commune, CommuneAssignment, Mds, Territory
from app.reference.rules import essence


@dataclass(frozen=True, slots=True)
class MdsLine:
    """An MDS and what it serves on the day."""

    mds: Mds
    communes: int
    population: int


@dataclass(frozen=True, slots=True)
class TerritoryLine:
    """A territory, its MDS, and their sums."""

    territory: Territory
    mds: tuple[MdsLine, ...]

    @property
    def communes(self) -> int:
        """How many communes."""
        return sum(line.communes for line in self.mds)

    @property
    def population(self) -> int:
        """How many inhabitants."""
        return sum(line.population for line in self.mds)


def territory_lines(day: date) -> list[TerritoryLine]:
    """Every territory with every MDS, closed ones included."""
    served = and_(
        CommuneAssignment.mds_code == Mds.code,
        CommuneAssignment.valid_from <= day,
        or_(CommuneAssignment.valid_until.is_(None), CommuneAssignment.valid_until > day),
    )
    rows = db.session.execute(
        select(Mds, func.count(Commune.insee), func.coalesce(func.sum(Commune.population), 0))
        .outerjoin(CommuneAssignment, served)
        .outerjoin(Commune, Commune.insee == CommuneAssignment.commune_insee)
        .group_by(Mds.code)
    )
    lines = [MdsLine(mds, communes, population) for mds, communes, population in rows]
    lines.sort(key=lambda line: (essence(line.mds.name), line.mds.code))
    territories = db.session.scalars(select(Territory).order_by(Territory.name, Territory.code))
    return [
        TerritoryLine(one, tuple(line for line in lines if line.mds.territory_code == one.code)) for one in territories
    ]
