"""What is an offer, what must it say, which acts change its state, and for how long is it open? Pure answers."""

from app.offers.rules.states import (
    EDITABLE,
    GONE,
    OFFER,
    TAKING,
    EmploymentKind,
    OfferAction,
    OfferKind,
    OfferState,
    PayPeriod,
)

__all__ = [
    "EDITABLE",
    "GONE",
    "OFFER",
    "TAKING",
    "EmploymentKind",
    "OfferAction",
    "OfferKind",
    "OfferState",
    "PayPeriod",
]
