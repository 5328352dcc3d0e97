"""The question a page asks. It receives ids in order, never contents: rows are read again through its own scope."""

from app.core.db import db
from app.core.logs import log
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.search.service.registry import vocabulary
from search_index import finding
from search_index.documents import Kind
from search_index.engine import EngineFailure, Results
from search_index.engines.postgres import PostgresEngine
from search_index.query import Query

MAY_SEARCH_PEOPLE = ACCOMPANIMENT | {Role.DEPARTMENT, Role.ADMINISTRATOR}


class SearchUnavailable(EngineFailure):
    """The index does not answer: show a plain list and a discreet notice."""


def find(kind: Kind, query: Query, *, by: Actor | None = None) -> Results:
    """Search; ``by`` is compulsory for people, since their index is closed to employers and to candidates.

    One statement, one more for a word that nobody knows, one more when nothing holds all the words. A failure is
    kept apart from the page's own transaction. Raises SearchUnavailable.
    """
    if kind is Kind.CANDIDATES and (by is None or by.role not in MAY_SEARCH_PEOPLE):
        raise PermissionError("people are searched by those who accompany them")
    lexicon, gazetteer = vocabulary()
    connection = db.session.connection()
    try:
        with connection.begin_nested():
            return finding.find(PostgresEngine(connection), kind, query, lexicon, gazetteer)
    except EngineFailure as failure:
        log().warning("search unavailable", kind=kind.value, failure=str(failure))
        raise SearchUnavailable(str(failure)) from None
