"""What an offer may not say, as a draft and once public; every reason at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.offers.rules import (
    FIELDS,
    Content,
    EmploymentKind,
    OfferKind,
    OfferRefusal,
    OfferState,
    Situation,
    edit_refusals,
    publish_refusals,
    save_refusals,
)

TODAY = date(2026, 11, 5)
FIRM = Situation(TODAY, "firm")
GOOD = Content(
    trade_slug="agent-entretien",
    title="Agent d’entretien (H/F)",
    commune_insee="91377",
    employment_kind=EmploymentKind.CDD,
    start_on=date(2026, 11, 16),
    end_on=date(2027, 7, 15),
    hours_week=Decimal(28),
)


def test_a_complete_offer_is_saved_and_published() -> None:
    assert save_refusals(GOOD, FIRM) == ()
    assert publish_refusals(GOOD, FIRM) == ()


def test_an_empty_draft_is_saved_and_says_all_that_it_lacks_when_published() -> None:
    assert save_refusals(Content(), FIRM) == ()
    assert set(publish_refusals(Content(), FIRM)) == {
        OfferRefusal.TRADE_MISSING,
        OfferRefusal.TITLE_MISSING,
        OfferRefusal.COMMUNE_MISSING,
        OfferRefusal.EMPLOYMENT_MISSING,
        OfferRefusal.START_MISSING,
        OfferRefusal.HOURS_MISSING,
    }


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"end_on": date(2026, 11, 15)}, OfferRefusal.END_BEFORE_START),
        ({"employment_kind": EmploymentKind.CDI}, OfferRefusal.CDI_WITH_END),
        ({"hours_week": Decimal(60)}, OfferRefusal.HOURS_ABOVE_LEGAL),
        ({"hours_week": Decimal("48.01")}, OfferRefusal.HOURS_ABOVE_LEGAL),
        ({"pay_min": Decimal(14), "pay_max": Decimal(13)}, OfferRefusal.PAY_ORDER),
        ({"employment_kind": EmploymentKind.CDDI}, OfferRefusal.CDDI_NEEDS_SIAE),
        ({"kind": OfferKind.SIAE_POST}, OfferRefusal.POST_NEEDS_SIAE),
    ],
)
def test_a_contradiction_is_refused_even_in_a_draft(changes: dict[str, Any], refusal: OfferRefusal) -> None:
    content = replace(GOOD, **changes)

    assert save_refusals(content, FIRM) == (refusal,)
    assert publish_refusals(content, FIRM) == (refusal,)
    assert FIELDS[refusal]


@pytest.mark.parametrize(
    "changes",
    [
        {"end_on": date(2026, 11, 16)},  # one day of work
        {"hours_week": Decimal(48)},
        {"pay_min": Decimal(13), "pay_max": Decimal(13)},
    ],
)
def test_the_limits_themselves_are_allowed(changes: dict[str, Any]) -> None:
    assert publish_refusals(replace(GOOD, **changes), FIRM) == ()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"start_on": date(2026, 11, 4)}, OfferRefusal.START_IN_PAST),
        ({"french": 3}, OfferRefusal.FRENCH_WITHOUT_REASON),
        ({"expires_on": date(2026, 11, 4)}, OfferRefusal.EXPIRY_IN_PAST),
        ({"expires_on": date(2027, 5, 6)}, OfferRefusal.EXPIRY_TOO_FAR),
    ],
)
def test_some_things_only_forbid_publishing(changes: dict[str, Any], refusal: OfferRefusal) -> None:
    content = replace(GOOD, **changes)

    assert save_refusals(content, FIRM) == ()
    assert publish_refusals(content, FIRM) == (refusal,)


def test_a_public_offer_may_be_corrected_after_its_start() -> None:
    begun = replace(GOOD, start_on=date(2026, 10, 1))

    assert edit_refusals(begun, FIRM, OfferState.PUBLISHED) == ()
    assert edit_refusals(begun, FIRM, OfferState.PAUSED) == ()
    assert publish_refusals(begun, FIRM) == (OfferRefusal.START_IN_PAST,)


@pytest.mark.parametrize("state", [OfferState.PUBLISHED, OfferState.PAUSED, OfferState.FILLED, OfferState.EXPIRED])
def test_what_was_published_stays_complete(state: OfferState) -> None:
    assert edit_refusals(replace(GOOD, title=""), FIRM, state) == (OfferRefusal.TITLE_MISSING,)
    assert edit_refusals(replace(GOOD, title=""), FIRM, OfferState.DRAFT) == ()


def test_an_expired_offer_is_corrected_before_it_is_opened_again() -> None:
    old = replace(GOOD, start_on=date(2026, 9, 1), end_on=None, expires_on=date(2026, 10, 1))

    assert edit_refusals(old, FIRM, OfferState.EXPIRED) == ()
    assert edit_refusals(old, FIRM, OfferState.PUBLISHED) == (OfferRefusal.EXPIRY_IN_PAST,)


def test_a_closed_offer_is_not_edited() -> None:
    assert edit_refusals(GOOD, FIRM, OfferState.CLOSED) == (OfferRefusal.NOT_EDITABLE,)


def test_the_last_day_may_be_six_months_away() -> None:
    assert publish_refusals(replace(GOOD, expires_on=date(2027, 5, 5)), FIRM) == ()


@pytest.mark.parametrize(
    ("kind", "allowed"), [("aci", True), ("ei", True), ("ai", True), ("etti", False), ("geiq", False)]
)
def test_only_some_structures_conclude_a_cddi(kind: str, allowed: bool) -> None:
    content = replace(GOOD, employment_kind=EmploymentKind.CDDI)

    assert (save_refusals(content, Situation(TODAY, kind)) == ()) is allowed


def test_posts_cannot_fall_below_those_taken() -> None:
    taken = Situation(TODAY, "firm", posts_filled=2)

    assert save_refusals(replace(GOOD, posts=1), taken) == (OfferRefusal.POSTS_BELOW_FILLED,)
    assert publish_refusals(replace(GOOD, posts=2), taken) == (OfferRefusal.NO_POST_LEFT,)
    assert publish_refusals(replace(GOOD, posts=3), taken) == ()


def test_an_organisation_not_yet_approved_publishes_nothing() -> None:
    waiting = Situation(TODAY, "firm", organisation_approved=False)

    assert save_refusals(GOOD, waiting) == ()
    assert publish_refusals(GOOD, waiting) == (OfferRefusal.ORGANISATION_NOT_APPROVED,)


STAGE = replace(GOOD, kind=OfferKind.PLACEMENT, employment_kind=None, end_on=None)


@pytest.mark.parametrize("employer", sorted(("firm", "aci", "geiq", "sap")))
def test_any_employer_may_offer_a_stage_without_employment_nor_pay(employer: str) -> None:
    assert publish_refusals(STAGE, Situation(TODAY, employer)) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"employment_kind": EmploymentKind.CDD},
        {"pay_min": Decimal(12)},
        {"pay_max": Decimal(12)},
    ],
)
def test_a_stage_has_no_employment_and_no_pay(changes: dict[str, Any]) -> None:
    assert save_refusals(replace(STAGE, **changes), FIRM) == (OfferRefusal.PLACEMENT_IS_NO_JOB,)


def test_a_job_still_needs_its_employment_and_a_stage_everything_else() -> None:
    assert publish_refusals(replace(GOOD, employment_kind=None), FIRM) == (OfferRefusal.EMPLOYMENT_MISSING,)
    empty = Content(kind=OfferKind.PLACEMENT)
    assert publish_refusals(empty, FIRM) == (
        OfferRefusal.TRADE_MISSING,
        OfferRefusal.TITLE_MISSING,
        OfferRefusal.COMMUNE_MISSING,
        OfferRefusal.START_MISSING,
        OfferRefusal.HOURS_MISSING,
    )
    assert save_refusals(replace(STAGE, hours_week=Decimal("48.5")), FIRM) == (OfferRefusal.HOURS_ABOVE_LEGAL,)
