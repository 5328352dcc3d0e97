"""Which tables does the index read, and with which words does it read what people type? The wiring says it once."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.core import clock
from app.core.db import db
from search_index.documents import Document, Kind
from search_index.gazetteer import Gazetteer
from search_index.lexicon import Lexicon

IdsOf = Callable[[Any], Iterable[UUID | None]]
Vocabulary = tuple[Lexicon, Gazetteer]
LOOK_AGAIN = timedelta(seconds=20)

roots: dict[Kind, Any] = {}
loaders: dict[Kind, Callable[[Sequence[UUID]], Sequence[Document]]] = {}
watched: dict[type, dict[Kind, IdsOf]] = {}


def _own_id(row: Any) -> Iterable[UUID | None]:
    return (row.id,)


def register(
    kind: Kind,
    model: type,
    *,
    ids_of: IdsOf = _own_id,
    loader: Callable[[Sequence[UUID]], Sequence[Document]] | None = None,
) -> None:
    """A change of a row of ``model`` changes the documents ``ids_of(row)``.

    Give the ``loader`` with the one model whose ids are the documents' ids; its other tables come without. An id for
    which the loader returns nothing leaves the index. ``ids_of`` runs during a flush: it may read, never write.
    """
    watched.setdefault(model, {})[kind] = ids_of
    if loader is not None:
        roots[kind] = model
        loaders[kind] = loader


def rows_with(column: InstrumentedAttribute[Any], key: str = "id", gives: Any = None) -> IdsOf:
    """For ``ids_of``: the rows whose ``column`` holds the changed row's ``key``, by their id or what it ``gives``.

    ``rows_with(Offer.organisation_id)`` for an organisation; for a trade,
    ``rows_with(WantedTrade.trade_slug, "slug", gives=WantedTrade.candidate_id)``.
    """
    wanted = column.class_.id if gives is None else gives
    return lambda row: db.session.scalars(select(wanted).where(column == getattr(row, key))).all()


@dataclass(slots=True)
class _Words:
    """What one application knows of the words, and when it last looked whether they changed."""

    known: Vocabulary | None = None
    stamp: object = None
    looked_at: datetime | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_read: Callable[[], Vocabulary] | None = None
_stamp: Callable[[], object] | None = None


def register_vocabulary(read: Callable[[], Vocabulary], stamp: Callable[[], object]) -> None:
    """``read`` makes the lexicon and the gazetteer (0.2 s); ``stamp`` changes when they would (one quick query)."""
    global _read, _stamp
    _read, _stamp = read, stamp


def vocabulary() -> Vocabulary:
    """The words of today, at most 20 seconds late after the département edits a trade."""
    words: _Words = current_app.extensions.setdefault("search_words", _Words())
    if _read is None or _stamp is None:
        return Lexicon(), Gazetteer()
    with words.lock:
        now = clock.now()
        if words.looked_at is None or abs(now - words.looked_at) > LOOK_AGAIN:
            stamp = _stamp()
            if words.known is None or stamp != words.stamp:
                words.known, words.stamp = _read(), stamp
            words.looked_at = now
        assert words.known is not None
        return words.known
