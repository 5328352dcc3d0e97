"""One search, whole: read the words, ask the engine, and loosen the words when nothing holds them all."""

from __future__ import annotations

from dataclasses import replace

from search_index.documents import Kind
from search_index.engine import Engine, Results
from search_index.gazetteer import Gazetteer
from search_index.lexicon import Lexicon
from search_index.query import Query
from search_index.reading import understand


def find(
    engine: Engine,
    kind: Kind,
    query: Query,
    lexicon: Lexicon | None = None,
    gazetteer: Gazetteer | None = None,
) -> Results:
    """Usually one question to the engine; one more when a word is unknown, one more when nothing is found."""
    understood = understand(
        kind,
        query,
        lexicon or Lexicon(),
        gazetteer or Gazetteer(),
        lambda words: engine.senses(kind, words),
    )
    asked = understood.query
    hits = engine.search(kind, asked)
    loosened = loosen(asked) if hits.total == 0 else None
    relaxed = False
    if loosened is not None:
        looser_hits = engine.search(kind, loosened)
        if looser_hits.total:
            asked, hits, relaxed = loosened, looser_hits, True
    return Results(
        ids=hits.ids,
        total=hits.total,
        facets=hits.facets,
        query=asked,
        corrections=understood.corrections,
        place=asked.place if understood.town else None,
        words_without_place=understood.words_without_place,
        relaxed=relaxed,
    )


def loosen(query: Query) -> Query | None:
    """Some of the words instead of all of them; those that hold most come first. None when there is but one."""
    if not query.clauses or len(query.clauses) < 2:
        return None
    return replace(query, clauses=(tuple(group for clause in query.clauses for group in clause),))
