"""The reference tables as the matching reads them, computed once by each process and again when they change."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import func, select

from app.core.db import db
from app.reference.models import Commune, Condition, Licence, Skill, Title, Trade, TradeMove
from app.reference.rules import OTHER_FAMILY, NearMoves, TradeSource
from matching.criteria import Tables, TradeInfo, Words
from matching.tables import Distances

T = TypeVar("T")
_kept: dict[str, tuple[tuple[Any, ...], Any]] = {}


def _stamp() -> tuple[Any, ...]:
    """Changes with the tables; one cheap query."""
    counted = (
        select(func.count()).select_from(Trade),
        select(func.sum(func.hashtext(Trade.slug + Trade.rome_code + Trade.family_slug))),
        select(func.count()).where(Trade.retired),
        select(func.count()).select_from(TradeMove),
        select(func.sum(TradeMove.points)),
        select(func.count()).select_from(Commune),
        select(func.sum(Commune.lat + Commune.lon)),
    )
    return tuple(db.session.execute(select(*(one.scalar_subquery() for one in counted))).one())


def _once(name: str, make: Callable[[], T]) -> T:
    stamp = _stamp()
    known = _kept.get(name)
    if known is None or known[0] != stamp:
        known = _kept[name] = (stamp, make())
    value: T = known[1]
    return value


def distance_table() -> Distances:
    """Kilometres between all communes, from the centroid of one to that of the other."""
    return _once("distances", _distances)


def _distances() -> Distances:
    points = db.session.execute(select(Commune.insee, Commune.lat, Commune.lon).order_by(Commune.insee))
    return Distances.from_points({insee: (lat, lon) for insee, lat, lon in points})


def matching_tables() -> Tables:
    """Trades, near moves and distances. « Autres métiers » is no family: it brings nothing together."""
    return _once("tables", _tables)


def _tables() -> Tables:
    rows = db.session.execute(select(Trade.slug, Trade.rome_code, Trade.family_slug, Trade.source)).all()
    written = db.session.execute(select(TradeMove.from_slug, TradeMove.to_slug, TradeMove.points))
    return Tables(
        trades={slug: TradeInfo(rome, "" if family == OTHER_FAMILY else family) for slug, rome, family, _ in rows},
        moves=NearMoves(
            {(start, end): points for start, end, points in written},
            {slug: rome for slug, rome, _, _ in rows},
            [slug for slug, _, _, source in rows if source is TradeSource.PORTAL],
        ),
        distances=_distances(),
    )


def matching_words() -> Words:
    """The French names that the sentences of the matching need."""
    return _once("words", _words)


def _words() -> Words:
    def names(table: Any, key: Any = None) -> dict[str, str]:
        return {row[0]: row[1] for row in db.session.execute(select(key or table.slug, table.name))}

    return Words(
        trades=names(Trade),
        skills=names(Skill),
        titles=names(Title),
        licences=names(Licence),
        conditions=names(Condition),
        communes=names(Commune, Commune.insee),
    )
