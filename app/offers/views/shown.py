"""What every page that shows a whole offer needs besides the row."""

from datetime import date
from typing import Any

from app.offers import queries
from app.offers.labels import FRENCH, KINDS, MOMENTS, at, employment_words, pay_words
from app.offers.models import Offer
from app.offers.rules import moments
from app.offers.rules.pay import monthly


def offer_facts(offer: Offer, today: date) -> dict[str, Any]:
    """Names, words and amounts of an offer, for its pages."""
    asks = queries.asks_of(offer)
    estimate = None
    if offer.pay_min and offer.hours_week:
        estimate = monthly(offer.pay_min, offer.pay_period, offer.hours_week)
    return {
        "asks": asks,
        "pay": pay_words(offer.pay_min, offer.pay_max, offer.pay_period),
        "month": estimate,
        "employment": employment_words(offer),
        "kind_words": KINDS[offer.kind],
        "french": FRENCH[offer.french] if offer.french else "",
        "worked": [MOMENTS[moment] for moment in moments(offer.content.grid)],
        "where": at(offer.commune.name) if offer.commune else "",
        "today": today,
    }
