"""Which commune did the person mean, and which territory and MDS does it have on a day?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from re import compile as pattern
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.reference.models import Commune, CommuneAssignment, Mds, Territory
from app.reference.rules import Rank, essence, normalise, rank

_POSTCODE = pattern(r"(?<!\d)\d{5}(?!\d)")
_CEDEX = pattern(r"(?i)\bcedex\b.*")
SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A commune with its territory and MDS on the day asked; None when it has none."""

    commune: Commune
    territory: Territory | None
    mds: Mds | None


def _holds_on(day: date) -> ColumnElement[bool]:
    return and_(
        CommuneAssignment.valid_from <= day,
        or_(CommuneAssignment.valid_until.is_(None), CommuneAssignment.valid_until > day),
    )


def assignment_on(insee: str, day: date) -> CommuneAssignment | None:
    """The assignment of one commune on a day."""
    query = select(CommuneAssignment).where(CommuneAssignment.commune_insee == insee, _holds_on(day))
    return db.session.scalar(query)


def assignments_on(day: date) -> dict[str, tuple[str, str]]:
    """INSEE code → (territory code, MDS code), for every commune, on a day."""
    rows = db.session.execute(
        select(CommuneAssignment.commune_insee, CommuneAssignment.territory_code, CommuneAssignment.mds_code).where(
            _holds_on(day)
        )
    )
    return {insee: (territory, mds) for insee, territory, mds in rows}


def commune_codes_in(territory_code: str, day: date) -> Select[str]:
    """INSEE codes of the communes of a territory on a day, to be used inside another query."""
    return select(CommuneAssignment.commune_insee).where(
        CommuneAssignment.territory_code == territory_code, _holds_on(day)
    )


def history_of(insee: str) -> Sequence[CommuneAssignment]:
    """Every assignment of a commune, the newest first."""
    query = (
        select(CommuneAssignment)
        .where(CommuneAssignment.commune_insee == insee)
        .options(joinedload(CommuneAssignment.territory), joinedload(CommuneAssignment.mds))
    )
    return db.session.scalars(query.order_by(CommuneAssignment.valid_from.desc())).all()


# --- what was typed -----------------------------------------------------------------------------------------


def find_commune(text: str) -> Commune | None:
    """The one commune that this text names: a name as people type it, a postcode of one commune, an INSEE code.

    « Étampes », « etampe », « st germain les arpajon », « Évry », « Massy (91300) », « 91300 ». None when no commune
    or several answer.
    """
    codes = set(_POSTCODE.findall(text))
    words = essence(_POSTCODE.sub(" ", _CEDEX.sub("", text)))
    communes = _all_communes()
    near = [one for one in communes if codes & {*one.postcodes, one.insee}] if codes else communes
    if not words:
        return near[0] if codes and len(near) == 1 else None
    ranked = [(found, one) for one in near if (found := _rank(words, one)) is not None]
    for level in (0, 1):
        best = [one for found, one in ranked if found.closeness == level]
        if best:
            return best[0] if len(best) == 1 else None
    if len(words) < 3:
        return None
    inside = [one for found, one in ranked if found.closeness == 2]
    return inside[0] if len(inside) == 1 else None


def suggest_communes(text: str, limit: int = SUGGESTED) -> list[Commune]:
    """The communes nearest to what was typed, the best first, then the most populated."""
    codes = set(_POSTCODE.findall(text))
    words = essence(_POSTCODE.sub(" ", _CEDEX.sub("", text)))
    communes = _all_communes()
    by_code = [one for one in communes if codes & {*one.postcodes, one.insee}]
    if not words:
        return sorted(by_code, key=lambda one: -one.population)[:limit]
    ranked = [(found, one) for one in communes if (found := _rank(words, one)) is not None]
    ranked.sort(key=lambda pair: (pair[1] not in by_code, pair[0].closeness, pair[0].unlike, -pair[1].population))
    named = [one for _, one in ranked]
    return [*named, *(one for one in by_code if one not in named)][:limit]


def _all_communes() -> Sequence[Commune]:
    """All of them: there are 194, and a query in words would be slower than reading them."""
    return db.session.scalars(select(Commune).order_by(Commune.name_key)).all()


def _rank(words: str, commune: Commune) -> Rank | None:
    return rank(words, map(essence, (commune.name, *commune.former_names)))


# --- the list -----------------------------------------------------------------------------------------------

_SORTS: dict[str, Any] = {
    "nom": Commune.name_key,
    "population": Commune.population,
    "territoire": func.unaccent(Territory.name),
    "mds": func.unaccent(Mds.name),
}


def communes_listed(
    day: date, *, words: str = "", territory: str | None = None, mds: str | None = None, sort: str = "nom"
) -> Select[Commune]:
    """The communes, filtered and sorted (« -population » goes down) by their territory and MDS of a day."""
    query = (
        select(Commune)
        .outerjoin(CommuneAssignment, and_(CommuneAssignment.commune_insee == Commune.insee, _holds_on(day)))
        .outerjoin(Territory, Territory.code == CommuneAssignment.territory_code)
        .outerjoin(Mds, Mds.code == CommuneAssignment.mds_code)
    )
    if territory:
        query = query.where(CommuneAssignment.territory_code == territory)
    if mds:
        query = query.where(CommuneAssignment.mds_code == mds)
    if words:
        query = query.where(_named(words))
    key = _SORTS.get(sort.removeprefix("-"), Commune.name_key)
    return query.order_by(key.desc() if sort.startswith("-") else key, Commune.name_key, Commune.insee)


def _named(words: str) -> ColumnElement[bool]:
    wanted = normalise(words)
    if not wanted:
        return Commune.insee == ""
    return or_(
        Commune.name_key.contains(wanted, autoescape=True),
        func.array_to_string(Commune.postcodes, " ").contains(wanted, autoescape=True),
        Commune.insee == wanted,
    )


def places_of(communes: Sequence[Commune], day: date) -> list[Place]:
    """The same communes, each with its territory and MDS on a day: one query for all."""
    query = (
        select(CommuneAssignment)
        .where(CommuneAssignment.commune_insee.in_([one.insee for one in communes]), _holds_on(day))
        .options(joinedload(CommuneAssignment.territory), joinedload(CommuneAssignment.mds))
    )
    found = {one.commune_insee: one for one in db.session.scalars(query)}
    return [
        Place(one, found[one.insee].territory, found[one.insee].mds) if one.insee in found else Place(one, None, None)
        for one in communes
    ]
