"""Reads of matching: people for an offer, offers for a person, weights."""

from app.matches.queries.engaged import EngagedPeople, engaged_offers, engaged_people
from app.matches.queries.lines import Line, judged
from app.matches.queries.openings import Openings, Skipped, openings
from app.matches.queries.people import Choice, SetAside, choice
from app.matches.queries.pool import snapshot
from app.matches.queries.selection import Asked
from app.matches.queries.shortlist import Shortlist, shortlist
from app.matches.queries.weights import first_free_day, history, weights_of, weights_row

__all__ = [
    "Asked",
    "Choice",
    "EngagedPeople",
    "Line",
    "Openings",
    "SetAside",
    "Shortlist",
    "Skipped",
    "choice",
    "engaged_offers",
    "engaged_people",
    "first_free_day",
    "history",
    "judged",
    "openings",
    "shortlist",
    "snapshot",
    "weights_of",
    "weights_row",
]
