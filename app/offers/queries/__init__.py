"""Reads of offers, scoped to the reader: the public, an employer, those who accompany people, the matching."""

from app.offers.queries.choices import Asks, asks_of, skills_of
from app.offers.queries.lists import SORTS, offers_listed, state_counts
from app.offers.queries.matching import MatchingRows, matching_offer, matching_rows
from app.offers.queries.public import (
    Line,
    family_names,
    lines_by_id,
    near_openings,
    newest,
    once_public,
    open_addresses,
    trade_names,
)
from app.offers.queries.todo import to_do_for
from app.offers.queries.visible import (
    Review,
    history_of,
    last_move,
    offers_visible_to,
    people_to_ask,
    public_offers,
    review_of,
    the_offer,
    the_public_offer,
    whole,
)

__all__ = [
    "SORTS",
    "Asks",
    "Line",
    "MatchingRows",
    "Review",
    "asks_of",
    "family_names",
    "history_of",
    "last_move",
    "lines_by_id",
    "matching_offer",
    "matching_rows",
    "near_openings",
    "newest",
    "offers_listed",
    "offers_visible_to",
    "once_public",
    "open_addresses",
    "people_to_ask",
    "public_offers",
    "review_of",
    "skills_of",
    "state_counts",
    "the_offer",
    "the_public_offer",
    "to_do_for",
    "trade_names",
    "whole",
]
