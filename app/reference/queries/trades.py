"""Which trade did the person mean by everyday words?"""

from collections.abc import Sequence
from re import compile as pattern
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager

from app.core.db import db
from app.reference.models import RomeCode, RomeImport, Trade, TradeFamily, TradeMove
from app.reference.rules import Closeness, Rank, TradeSource, essence, rank

SUGGESTED = 8
_LOOKED_AT = 400
_ALIKE_FROM = 0.4
_BOTH = pattern(r"(?i)\s*\(?\b[fh]\s*/\s*[fh]\b\)?\s*$")


def find_trade(text: str) -> Trade | None:
    """The one trade that this text names: its slug, its name in either gender, or a word that no other trade has."""
    bare = _BOTH.sub("", text)
    typed = essence(bare)
    if not typed:
        return None
    known = db.session.get(Trade, text.strip())
    if known is not None and not known.retired:
        return known
    exact = [trade for found, trade in _ranked(typed, [Trade.search_text.contains(f"|{typed}|", autoescape=True)])]
    for group in ([trade for trade in exact if _is_name(typed, trade)], exact):
        ours = [trade for trade in group if trade.source is TradeSource.PORTAL] or group
        if ours:
            return ours[0] if len(ours) == 1 else None
    return None


def _is_name(typed: str, trade: Trade) -> bool:
    return typed in {essence(trade.name), essence(trade.feminine)}


def suggest_trades(text: str, limit: int = SUGGESTED) -> list[Trade]:
    """The trades nearest to what was typed: the exact word, its beginning, the words, a part, then what looks alike.

    At the same closeness the portal's own trades come before those of the official list.
    """
    typed = essence(_BOTH.sub("", text))
    if not typed:
        return []
    ranked = _ranked(typed, [Trade.search_text.contains(word, autoescape=True) for word in typed.split()])
    if len(ranked) < limit:
        seen = {trade.slug for _, trade in ranked}
        alike = _ranked(typed, [func.word_similarity(typed, Trade.search_text) >= _ALIKE_FROM])
        ranked += [(found, trade) for found, trade in alike if trade.slug not in seen]
    return [trade for _, trade in ranked[:limit]]


def _ranked(typed: str, conditions: Sequence[ColumnElement[bool]]) -> list[tuple[Rank, Trade]]:
    query = (
        select(Trade)
        .where(~Trade.retired, *conditions)
        .order_by(Trade.source != TradeSource.PORTAL, func.word_similarity(typed, Trade.search_text).desc(), Trade.slug)
        .limit(_LOOKED_AT)
    )
    found = [
        (closest, trade)
        for trade in db.session.scalars(query)
        if (closest := rank(typed, trade.search_text.strip("|").split("|"))) is not None
    ]
    return sorted(found, key=lambda pair: _order(typed, *pair))


def _order(typed: str, closest: Rank, trade: Trade) -> tuple[Any, ...]:
    official = trade.source is not TradeSource.PORTAL
    by_name = closest.word is Closeness.EXACT and _is_name(typed, trade)
    return closest.closeness, official, not by_name, closest.unlike, trade.search_text, trade.slug


# --- the list -----------------------------------------------------------------------------------------------

# search_text begins with the name without accents: « Électricien » stands among the E.
_SORTS: dict[str, Any] = {"nom": Trade.search_text, "famille": func.unaccent(TradeFamily.name), "rome": Trade.rome_code}


def trades_listed(
    *, words: str = "", family: str | None = None, source: str | None = None, sort: str = "nom"
) -> Select[Trade]:
    """The trades that may be chosen, filtered and sorted (« -famille » goes down)."""
    query = select(Trade).join(Trade.family).options(contains_eager(Trade.family)).where(~Trade.retired)
    if family:
        query = query.where(Trade.family_slug == family)
    if source in set(TradeSource):
        query = query.where(Trade.source == source)
    if words:
        query = query.where(_speaks_of(words))
    key = _SORTS.get(sort.removeprefix("-"), _SORTS["nom"])
    return query.order_by(key.desc() if sort.startswith("-") else key, Trade.search_text, Trade.slug)


def _speaks_of(words: str) -> ColumnElement[bool]:
    typed = essence(words)
    by_word = [Trade.search_text.contains(word, autoescape=True) for word in typed.split()]
    by_code = func.lower(Trade.rome_code) == words.strip().lower()
    return or_(by_code, and_(*by_word)) if by_word else by_code


def moves_from(slug: str) -> Sequence[tuple[Trade, int]]:
    """The trades that somebody of this trade may soon do, with the points of the matching, the nearest first."""
    query = (
        select(Trade, TradeMove.points)
        .join(TradeMove, TradeMove.to_slug == Trade.slug)
        .where(TradeMove.from_slug == slug)
        .order_by(TradeMove.points.desc(), Trade.search_text)
    )
    return [(trade, points) for trade, points in db.session.execute(query)]


def rome_counts() -> tuple[int, int]:
    """How many job codes and how many official names the portal knows."""
    codes = select(func.count()).select_from(RomeCode).scalar_subquery()
    names = select(func.count()).where(Trade.source == TradeSource.ROME, ~Trade.retired).scalar_subquery()
    row = db.session.execute(select(codes, names)).one()
    return row[0], row[1]


def last_rome_imports(limit: int = 10) -> Sequence[RomeImport]:
    """The last runs of the importer, the newest first."""
    return db.session.scalars(select(RomeImport).order_by(RomeImport.id.desc()).limit(limit)).all()
