"""Our tokens in PostgreSQL's own text types. Its analysis is never used: each token is quoted as a lexeme."""

from __future__ import annotations

from collections.abc import Mapping

from search_index.entry import Weight
from search_index.query import Clause, Group, Term

LEVELS = ((Weight.A, "A"), (Weight.B, "AB"), (Weight.C, "ABC"), (Weight.D, ""))  # score, weights good enough for it


def _lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def vector_of(tokens: Mapping[str, Weight]) -> str:
    """A tsvector literal with one position a token, since only its weight is used."""
    return " ".join(f"{_lexeme(token)}:1{weight.name}" for token, weight in tokens.items())


def _term(term: Term, weights: str) -> str:
    flags = ("*" if term.prefix else "") + weights
    return _lexeme(term.token) + (f":{flags}" if flags else "")


def query_of_group(group: Group, weights: str = "") -> str:
    """The group is present with words of these weights; none named means any."""
    return " | ".join(
        "( " + " & ".join(_term(term, weights) for term in alternative) + " )" for alternative in group.alternatives
    )


def query_of(clauses: tuple[Clause, ...]) -> str:
    """Every clause, each by any of its groups."""
    return " & ".join("( " + " | ".join(query_of_group(group) for group in clause) + " )" for clause in clauses)
