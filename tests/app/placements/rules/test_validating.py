"""Is the convention complete, and may its deposit and validation be recorded?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.core.grid import Grid, Span
from app.placements.rules.validating import (
    FIELDS_OF,
    Deposit,
    DepositRefusal,
    Missing,
    deposit_refusals,
    missing_of,
    validation_refusals,
)

D = DepositRefusal
BORN = date(1990, 1, 1)
WEEK = Grid.from_spans([Span(day, 18, 32) for day in range(5)])
"""Seven hours on each of five days."""
TODAY = date(2026, 11, 5)
START = date(2026, 11, 9)
COMPLETE: dict[str, object] = {
    "host_siret": "12345678900011",
    "host_contact_name": "Sandrine Leroy",
    "workplace_address": "1 rue du Bois",
    "host_address": "",
    "purpose": "discover",
    "title": "Menuisier",
    "tasks": "Poncer",
    "hours_week": Decimal(35),
    "grid": WEEK,
    "tutor_name": "Paul Petit",
    "tutor_phone": None,
    "tutor_email": "paul@exemple.fr",
    "prescriber_organisation_id": 1,
}


def test_nothing_is_missing_when_all_is_said() -> None:
    assert missing_of(COMPLETE, BORN) == ()


@pytest.mark.parametrize("what", sorted(FIELDS_OF))
def test_each_thing_is_missed(what: Missing) -> None:
    emptied = {name: " " if isinstance(COMPLETE[name], str) else None for name in FIELDS_OF[what]}

    assert missing_of({**COMPLETE, **emptied}, BORN) == (what,)


def test_a_week_without_an_hour_is_missing() -> None:
    assert missing_of({**COMPLETE, "grid": Grid()}, BORN) == (Missing.GRID,)


def test_all_that_is_missing_is_said_at_once() -> None:
    assert missing_of({}, None) == tuple(what for what in Missing if what is not Missing.WEEK)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("30", (Missing.WEEK,)),
        ("34", (Missing.WEEK,)),
        ("34.25", ()),
        ("35", ()),
        ("35.9", ()),
        ("36", (Missing.WEEK,)),
    ],
)
def test_hours_and_week_say_the_same_number(hours: str, expected: tuple[Missing, ...]) -> None:
    assert missing_of({**COMPLETE, "hours_week": Decimal(hours)}, BORN) == expected


@pytest.mark.parametrize(
    ("reference", "on", "reasons"),
    [
        ("CUI-123", TODAY, ()),
        (" ", TODAY, (D.NO_REFERENCE,)),
        ("CUI-123", TODAY + timedelta(days=1), (D.DEPOSITED_IN_FUTURE,)),
        ("CUI-123", START + timedelta(days=1), (D.DEPOSITED_IN_FUTURE, D.DEPOSITED_AFTER_START)),
    ],
)
def test_a_deposit_has_a_number_and_a_day_before_the_start(
    reference: str, on: date, reasons: tuple[DepositRefusal, ...]
) -> None:
    assert deposit_refusals(Deposit(reference, on), START, TODAY) == reasons


@pytest.mark.parametrize(
    ("validated_on", "today", "reasons"),
    [
        (TODAY, TODAY, ()),
        (START, START, ()),
        (START, START + timedelta(days=3), ()),
        (START + timedelta(days=1), START + timedelta(days=1), (D.VALIDATED_AFTER_START,)),
        (TODAY + timedelta(days=1), TODAY, (D.VALIDATED_IN_FUTURE,)),
        (TODAY - timedelta(days=2), TODAY, (D.VALIDATED_BEFORE_DEPOSIT,)),
    ],
)
def test_the_validation_comes_on_the_first_day_at_the_latest(
    validated_on: date, today: date, reasons: tuple[DepositRefusal, ...]
) -> None:
    assert validation_refusals(validated_on, TODAY - timedelta(days=1), START, today) == reasons
