"""Pages of matching: people for an offer, proposing them, offers for a person, offers for me, the weights."""

from app.matches.views import for_offer, for_person, proposing, weights
from app.matches.views.blueprint import blueprint

__all__ = ["blueprint", "for_offer", "for_person", "proposing", "weights"]
