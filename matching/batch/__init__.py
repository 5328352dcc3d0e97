"""The same truth as ``matching.scoring``, over columns: one offer × everyone, one person × all offers, all × all."""

from matching.batch.everything import NOBODY, Everything
from matching.batch.market import CandidatesFor, Market, OffersFor

__all__ = ["NOBODY", "CandidatesFor", "Everything", "Market", "OffersFor"]
