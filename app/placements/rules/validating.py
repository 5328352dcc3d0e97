"""Are the data of the convention complete, and when may it be deposited and validated? No start before validation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.core.grid import Grid


class Missing(StrEnum):
    """What the convention asks for and is not said yet; the State's service refuses it without."""

    BIRTH_DATE = "placement_no_birth_date"
    HOST_SIRET = "placement_no_host_siret"
    HOST_CONTACT = "placement_no_host_contact"
    ADDRESS = "placement_no_address"
    PURPOSE = "placement_no_purpose"
    TITLE = "placement_no_title"
    TASKS = "placement_no_tasks"
    HOURS = "placement_no_hours"
    GRID = "placement_no_grid"
    TUTOR = "placement_no_tutor"
    TUTOR_CONTACT = "placement_no_tutor_contact"
    PRESCRIBER = "placement_no_prescriber"
    WEEK = "placement_week_differs"
    """Both the hours and the week are said, and they are not the same number."""


ROUNDING: Final = Decimal(1)
"""The week is drawn in half-hours: hours a week that differ by less than this are the same."""
FIELDS_OF: Final[Mapping[Missing, tuple[str, ...]]] = {
    Missing.HOST_SIRET: ("host_siret",),
    Missing.HOST_CONTACT: ("host_contact_name",),
    Missing.ADDRESS: ("workplace_address", "host_address"),
    Missing.PURPOSE: ("purpose",),
    Missing.TITLE: ("title",),
    Missing.TASKS: ("tasks",),
    Missing.HOURS: ("hours_week",),
    Missing.GRID: ("grid",),
    Missing.TUTOR: ("tutor_name",),
    Missing.TUTOR_CONTACT: ("tutor_phone", "tutor_email"),
    Missing.PRESCRIBER: ("prescriber_organisation_id",),
}
"""Columns of which one at least must be said. The birth date is the person's: it is in their file."""


class DepositRefusal(StrEnum):
    """Why a deposit or a validation cannot be recorded so."""

    NO_REFERENCE = "placement_no_reference"
    DEPOSITED_IN_FUTURE = "placement_deposited_in_future"
    DEPOSITED_AFTER_START = "placement_deposited_after_start"
    VALIDATED_IN_FUTURE = "placement_validated_in_future"
    VALIDATED_BEFORE_DEPOSIT = "placement_validated_before_deposit"
    VALIDATED_AFTER_START = "placement_validated_after_start"


@dataclass(frozen=True, slots=True)
class Deposit:
    """What was deposited on the State's service, and when."""

    reference: str
    deposited_on: date


def missing_of(values: Mapping[str, object], birth_date: date | None) -> tuple[Missing, ...]:
    """All that is missing or does not hold together; empty: the draft may be printed.

    ``values``: the columns of the placement by name.
    """
    found = {what for what, names in FIELDS_OF.items() if not any(_said(values.get(name)) for name in names)}
    if birth_date is None:
        found.add(Missing.BIRTH_DATE)
    if _week_differs(values.get("hours_week"), values.get("grid")):
        found.add(Missing.WEEK)
    return tuple(what for what in Missing if what in found)


def _week_differs(hours: object, grid: object) -> bool:
    if not isinstance(hours, Decimal) or not isinstance(grid, Grid) or not grid:
        return False
    return abs(Decimal(str(grid.hours)) - hours) >= ROUNDING


def _said(value: object) -> bool:
    return (
        bool(value.strip())
        if isinstance(value, str)
        else (bool(value) if isinstance(value, Grid) else value is not None)
    )


def deposit_refusals(deposit: Deposit, starts_on: date, today: date) -> tuple[DepositRefusal, ...]:
    """May the deposit be recorded? It was made today or before, and not after the first day."""
    reasons = []
    if not deposit.reference.strip():
        reasons.append(DepositRefusal.NO_REFERENCE)
    if deposit.deposited_on > today:
        reasons.append(DepositRefusal.DEPOSITED_IN_FUTURE)
    if deposit.deposited_on > starts_on:
        reasons.append(DepositRefusal.DEPOSITED_AFTER_START)
    return tuple(reasons)


def validation_refusals(
    validated_on: date, deposited_on: date, starts_on: date, today: date
) -> tuple[DepositRefusal, ...]:
    """May the State's yes be recorded? It came on the first day at the latest; it may be recorded later."""
    reasons = []
    if validated_on > today:
        reasons.append(DepositRefusal.VALIDATED_IN_FUTURE)
    if validated_on < deposited_on:
        reasons.append(DepositRefusal.VALIDATED_BEFORE_DEPOSIT)
    if validated_on > starts_on:
        reasons.append(DepositRefusal.VALIDATED_AFTER_START)
    return tuple(reasons)
