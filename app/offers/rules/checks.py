"""What should an employer read again before publishing? Warnings, which may be passed over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.offers.rules.content import Content
from app.offers.rules.pay import is_below_smic, smic_on
from app.offers.rules.states import EmploymentKind
from app.offers.rules.wording import Criterion, found_words

VAGUE_BELOW: Final = 120
"""Characters under which a description cannot say what is done, with whom and where."""
DRIVING_FAMILIES: Final = frozenset({"transport"})
DRIVING_TRADES: Final = frozenset(
    {
        "agent-espaces-verts",
        "auxiliaire-ambulancier",
        "conducteur-benne",
        "conducteur-engins",
        "demenageur",
        "jardinier-paysagiste",
        "monteur-reseaux-electriques",
        "raccordeur-fibre",
        "technicien-maintenance",
    }
)
"""Trades done at the wheel; elsewhere a permit keeps people away and is worth a second thought."""
_ENDS: Final = frozenset({EmploymentKind.CDD, EmploymentKind.CDDI, EmploymentKind.SEASONAL})


class WarningKind(StrEnum):
    """What may be wrong, or keep good people away."""

    PAY_MISSING = "pay_missing"
    PAY_BELOW_SMIC = "pay_below_smic"
    LICENCE_UNNEEDED = "licence_unneeded"
    DISCRIMINATING = "discriminating"
    VAGUE = "vague"
    GRID_MISSING = "grid_missing"
    GRID_SHORT = "grid_short"
    END_MISSING = "end_missing"


@dataclass(frozen=True, slots=True)
class OfferWarning:
    """One thing to read again: beside which field, the word found, what to write instead."""

    kind: WarningKind
    field: str
    found: str = ""
    better: str = ""
    criterion: Criterion | None = None
    amount: Decimal | None = None


def warnings_for(content: Content, *, family: str | None, today: date) -> tuple[OfferWarning, ...]:
    """Every warning, the gravest first. ``family`` is that of the job, None while it is not chosen."""
    return (*_wording(content), *_pay(content, today), *_licence(content, family), *_precision(content))


def _wording(content: Content) -> Iterator[OfferWarning]:
    texts = {
        "title": content.title,
        "description": content.description,
        "french_reason": content.french_reason,
        "transport_access": content.transport_access,
    }
    for field, text in texts.items():
        for word in found_words(text):
            yield OfferWarning(WarningKind.DISCRIMINATING, field, word.text, word.better, word.criterion)


def _pay(content: Content, today: date) -> Iterator[OfferWarning]:
    if content.is_placement:
        return
    if content.pay_min is None:
        if content.pay_max is None:
            yield OfferWarning(WarningKind.PAY_MISSING, "pay_min")
        return
    day = content.start_on or today
    if is_below_smic(content.pay_min, content.pay_period, content.hours_week, content.employment_kind, day):
        yield OfferWarning(WarningKind.PAY_BELOW_SMIC, "pay_min", amount=smic_on(day))


def _licence(content: Content, family: str | None) -> Iterator[OfferWarning]:
    driving = family in DRIVING_FAMILIES or content.trade_slug in DRIVING_TRADES
    if content.required_licences and content.trade_slug and not driving:
        yield OfferWarning(WarningKind.LICENCE_UNNEEDED, "required_licences")


def _precision(content: Content) -> Iterator[OfferWarning]:
    if len(content.description.strip()) < VAGUE_BELOW:
        yield OfferWarning(WarningKind.VAGUE, "description")
    if not content.grid:
        yield OfferWarning(WarningKind.GRID_MISSING, "grid")
    elif content.hours_week is not None and Decimal(content.grid.hours) < content.hours_week:
        yield OfferWarning(WarningKind.GRID_SHORT, "grid", amount=Decimal(content.grid.hours))
    if content.employment_kind in _ENDS and content.end_on is None:
        yield OfferWarning(WarningKind.END_MISSING, "end_on")
