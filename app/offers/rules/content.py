"""What does an offer say, and what forbids saving it or publishing it? All reasons at once; empty means yes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.core.grid import Grid
from app.offers.rules.lifetime import DELAYS, Delays
from app.offers.rules.states import EmploymentKind, OfferKind, OfferState, PayPeriod

LEGAL_WEEK: Final = Decimal(48)
"""Code du travail, art. L3121-20: the most hours in one week."""
FULL_TIME: Final = Decimal(35)
"""Code du travail, art. L3121-27."""
POSTS_MOST: Final = 200

CDDI_EMPLOYERS: Final = frozenset({"aci", "ei", "ai"})
"""Code du travail, art. L5132-5, L5132-11-1 and L5132-15-1: who may conclude a CDDI."""
MISSION_EMPLOYERS: Final = frozenset({"ai", "etti"})
SIAE_EMPLOYERS: Final = frozenset({"aci", "ei", "ai", "etti", "eiti"})


def employments_of(organisation_kind: str) -> frozenset[EmploymentKind]:
    """The contracts that this kind of organisation may sign: CDDI and missions belong to some SIAE."""
    barred = set()
    if organisation_kind not in CDDI_EMPLOYERS:
        barred.add(EmploymentKind.CDDI)
    if organisation_kind not in MISSION_EMPLOYERS:
        barred.add(EmploymentKind.MISSION)
    return frozenset(EmploymentKind) - barred


class OfferRefusal(StrEnum):
    """Why an offer is not saved, not published, or a post not taken."""

    TRADE_MISSING = "trade_missing"
    TITLE_MISSING = "title_missing"
    COMMUNE_MISSING = "commune_missing"
    EMPLOYMENT_MISSING = "employment_missing"
    START_MISSING = "start_missing"
    HOURS_MISSING = "hours_missing"
    START_IN_PAST = "start_in_past"
    END_BEFORE_START = "end_before_start"
    CDI_WITH_END = "cdi_with_end"
    HOURS_ABOVE_LEGAL = "hours_above_legal"
    PAY_ORDER = "pay_order"
    FRENCH_WITHOUT_REASON = "french_without_reason"
    EXPIRY_IN_PAST = "expiry_in_past"
    EXPIRY_TOO_FAR = "expiry_too_far"
    CDDI_NEEDS_SIAE = "cddi_needs_siae"
    POST_NEEDS_SIAE = "post_needs_siae"
    POSTS_BELOW_FILLED = "posts_below_filled"
    NO_POST_LEFT = "no_post_left"
    NOT_EDITABLE = "not_editable"
    NOT_OPEN = "not_open"
    ORGANISATION_NOT_APPROVED = "organisation_not_approved"
    PLACEMENT_IS_NO_JOB = "offer_placement_is_no_job"
    KIND_IS_KEPT = "offer_kind_is_kept"


FIELDS: Final[dict[OfferRefusal, str]] = {
    OfferRefusal.TRADE_MISSING: "job",
    OfferRefusal.TITLE_MISSING: "title",
    OfferRefusal.COMMUNE_MISSING: "commune",
    OfferRefusal.EMPLOYMENT_MISSING: "employment_kind",
    OfferRefusal.START_MISSING: "start_on",
    OfferRefusal.HOURS_MISSING: "hours_week",
    OfferRefusal.START_IN_PAST: "start_on",
    OfferRefusal.END_BEFORE_START: "end_on",
    OfferRefusal.CDI_WITH_END: "end_on",
    OfferRefusal.HOURS_ABOVE_LEGAL: "hours_week",
    OfferRefusal.PAY_ORDER: "pay_max",
    OfferRefusal.FRENCH_WITHOUT_REASON: "french_reason",
    OfferRefusal.EXPIRY_IN_PAST: "expires_on",
    OfferRefusal.EXPIRY_TOO_FAR: "expires_on",
    OfferRefusal.CDDI_NEEDS_SIAE: "employment_kind",
    OfferRefusal.POST_NEEDS_SIAE: "kind",
    OfferRefusal.POSTS_BELOW_FILLED: "posts",
    OfferRefusal.NO_POST_LEFT: "posts",
    OfferRefusal.KIND_IS_KEPT: "kind",
}
"""Beside which field of the form each reason is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything that an employer writes in an offer. Slugs and INSEE codes point at the reference tables."""

    kind: OfferKind = OfferKind.JOB
    trade_slug: str | None = None
    title: str = ""
    description: str = ""
    commune_insee: str | None = None
    address: str = ""
    employment_kind: EmploymentKind | None = None
    start_on: date | None = None
    end_on: date | None = None
    hours_week: Decimal | None = None
    grid: Grid = field(default_factory=Grid)
    pay_min: Decimal | None = None
    pay_max: Decimal | None = None
    pay_period: PayPeriod = PayPeriod.HOUR
    posts: int = 1
    required_skills: tuple[str, ...] = ()
    wished_skills: tuple[str, ...] = ()
    wished_titles: tuple[str, ...] = ()
    required_licences: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    french: int = 0
    french_reason: str = ""
    transport_access: str = ""
    tutor_name: str = ""
    expires_on: date | None = None

    @property
    def is_placement(self) -> bool:
        """A stage: no employment, no pay."""
        return self.kind is OfferKind.PLACEMENT


@dataclass(frozen=True, slots=True)
class Situation:
    """What else is known when an offer is judged."""

    today: date
    organisation_kind: str = ""
    organisation_approved: bool = True
    posts_filled: int = 0


def save_refusals(content: Content, situation: Situation) -> tuple[OfferRefusal, ...]:
    """What no offer may say, not even a draft."""
    return tuple(_contradictions(content, situation))


def publish_refusals(content: Content, situation: Situation, *, delays: Delays = DELAYS) -> tuple[OfferRefusal, ...]:
    """What forbids showing the offer to everybody from today on."""
    reasons = [*_contradictions(content, situation), *_missing(content)]
    if not situation.organisation_approved:
        reasons.append(OfferRefusal.ORGANISATION_NOT_APPROVED)
    if content.start_on is not None and content.start_on < situation.today:
        reasons.append(OfferRefusal.START_IN_PAST)
    if content.french > 0 and not content.french_reason:
        reasons.append(OfferRefusal.FRENCH_WITHOUT_REASON)
    if content.expires_on is not None:
        if content.expires_on < situation.today:
            reasons.append(OfferRefusal.EXPIRY_IN_PAST)
        elif content.expires_on > delays.latest_expiry(situation.today):
            reasons.append(OfferRefusal.EXPIRY_TOO_FAR)
    if content.posts == situation.posts_filled:
        reasons.append(OfferRefusal.NO_POST_LEFT)
    return tuple(reasons)


def edit_refusals(content: Content, situation: Situation, state: OfferState) -> tuple[OfferRefusal, ...]:
    """What forbids saving an offer that is in this state: what was published stays complete, its start may pass."""
    match state:
        case OfferState.DRAFT:
            return save_refusals(content, situation)
        case OfferState.CLOSED:
            return (OfferRefusal.NOT_EDITABLE,)
        case OfferState.PUBLISHED | OfferState.PAUSED:
            allowed = frozenset({OfferRefusal.START_IN_PAST})
        case _:
            allowed = _ONLY_WHILE_OPEN
    return tuple(reason for reason in publish_refusals(content, situation) if reason not in allowed)


_ONLY_WHILE_OPEN: Final = frozenset(
    {
        OfferRefusal.START_IN_PAST,
        OfferRefusal.EXPIRY_IN_PAST,
        OfferRefusal.NO_POST_LEFT,
        OfferRefusal.ORGANISATION_NOT_APPROVED,
    }
)


def _contradictions(content: Content, situation: Situation) -> Iterator[OfferRefusal]:
    if content.end_on is not None:
        if content.employment_kind is EmploymentKind.CDI:
            yield OfferRefusal.CDI_WITH_END
        elif content.start_on is not None and content.end_on < content.start_on:
            yield OfferRefusal.END_BEFORE_START
    if content.hours_week is not None and content.hours_week > LEGAL_WEEK:
        yield OfferRefusal.HOURS_ABOVE_LEGAL
    if content.pay_max is not None and content.pay_min is not None and content.pay_max < content.pay_min:
        yield OfferRefusal.PAY_ORDER
    if content.employment_kind is EmploymentKind.CDDI and situation.organisation_kind not in CDDI_EMPLOYERS:
        yield OfferRefusal.CDDI_NEEDS_SIAE
    if content.kind is OfferKind.SIAE_POST and situation.organisation_kind not in SIAE_EMPLOYERS:
        yield OfferRefusal.POST_NEEDS_SIAE
    if content.is_placement and (content.employment_kind or content.pay_min or content.pay_max):
        yield OfferRefusal.PLACEMENT_IS_NO_JOB
    if content.posts < situation.posts_filled:
        yield OfferRefusal.POSTS_BELOW_FILLED


def _missing(content: Content) -> Iterator[OfferRefusal]:
    needed = (
        (content.trade_slug, OfferRefusal.TRADE_MISSING),
        (content.title, OfferRefusal.TITLE_MISSING),
        (content.commune_insee, OfferRefusal.COMMUNE_MISSING),
        (content.employment_kind or content.is_placement, OfferRefusal.EMPLOYMENT_MISSING),
        (content.start_on, OfferRefusal.START_MISSING),
        (content.hours_week, OfferRefusal.HOURS_MISSING),
    )
    return (reason for value, reason in needed if not value)
