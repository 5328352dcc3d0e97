"""What is done with an offer: it is written, published, asked about, filled and closed. One function an act."""

from app.offers.service.moving import CLOSING_EFFECTS, MARKS, OFFER_CLOSED
from app.offers.service.posting import create_offer, duplicate, save_offer
from app.offers.service.posts import release_post, take_post
from app.offers.service.saved import forget_search, resume_search, save_search, stop_search, tell_saved
from app.offers.service.states import close, confirm, fill, pause, publish, reopen, resume
from app.offers.service.upkeep import ask_stale, expire_due, organisation_closed

__all__ = [
    "CLOSING_EFFECTS",
    "MARKS",
    "OFFER_CLOSED",
    "ask_stale",
    "close",
    "confirm",
    "create_offer",
    "duplicate",
    "expire_due",
    "fill",
    "forget_search",
    "organisation_closed",
    "pause",
    "publish",
    "release_post",
    "reopen",
    "resume",
    "resume_search",
    "save_offer",
    "save_search",
    "stop_search",
    "take_post",
    "tell_saved",
]
