"""Reads of matching: people for an offer, offers for a person, weights."""

from app.matches.queries.lines import Line, judged
from app.matches.queries.openings import Openings, openings
from app.matches.queries.pool import snapshot
from app.matches.queries.shortlist import Asked, Shortlist, chosen, shortlist
from app.matches.queries.weights import history, weights_of, weights_row

__all__ = [
    "Asked",
    "Line",
    "Openings",
    "Shortlist",
    "chosen",
    "history",
    "judged",
    "openings",
    "shortlist",
    "snapshot",
    "weights_of",
    "weights_row",
]
