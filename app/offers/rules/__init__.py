"""What is an offer, what must it say, which acts change its state, and for how long is it open? Pure answers."""

from app.offers.rules.checks import OfferWarning, WarningKind, warnings_for
from app.offers.rules.content import (
    FIELDS,
    FULL_TIME,
    LEGAL_WEEK,
    POSTS_MOST,
    SIAE_EMPLOYERS,
    Content,
    OfferRefusal,
    Situation,
    edit_refusals,
    employments_of,
    publish_refusals,
    save_refusals,
)
from app.offers.rules.hours import DERIVED, conditions_of, is_night, is_weekend, moments
from app.offers.rules.lifetime import DELAYS, Delays
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
from app.offers.rules.wording import Criterion

__all__ = [
    "DELAYS",
    "DERIVED",
    "EDITABLE",
    "FIELDS",
    "FULL_TIME",
    "GONE",
    "LEGAL_WEEK",
    "OFFER",
    "POSTS_MOST",
    "SIAE_EMPLOYERS",
    "TAKING",
    "Content",
    "Criterion",
    "Delays",
    "EmploymentKind",
    "OfferAction",
    "OfferKind",
    "OfferRefusal",
    "OfferState",
    "OfferWarning",
    "PayPeriod",
    "Situation",
    "WarningKind",
    "conditions_of",
    "edit_refusals",
    "employments_of",
    "is_night",
    "is_weekend",
    "moments",
    "publish_refusals",
    "save_refusals",
    "warnings_for",
]
