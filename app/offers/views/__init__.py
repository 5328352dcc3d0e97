"""Pages of offers: writing them, following them, listing them, and what the public reads."""

from app.offers.views import lists, posting, public, saved, site, states
from app.offers.views.blueprint import blueprint

__all__ = ["blueprint", "lists", "posting", "public", "saved", "site", "states"]
