"""What is to be read again before publishing: each warning names its field, and a good offer has none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.grid import Grid, Preset, Span
from app.offers.rules import Content, Criterion, EmploymentKind, OfferKind, WarningKind, warnings_for

TODAY = date(2026, 11, 5)
DESCRIPTION = (
    "Vous nettoyez les bureaux et les sanitaires de trois entreprises de Massy, à deux, avec un chariot. "
    "Les produits et la tenue sont fournis, vous apprenez les gestes la première semaine."
)
GOOD = Content(
    trade_slug="agent-entretien",
    title="Agent d’entretien (H/F)",
    description=DESCRIPTION,
    commune_insee="91377",
    employment_kind=EmploymentKind.CDD,
    start_on=date(2026, 11, 16),
    end_on=date(2027, 7, 15),
    hours_week=Decimal(15),
    grid=Grid.from_presets([Preset.EARLY]),
    pay_min=Decimal("12.40"),
)


def _kinds(content: Content, family: str | None = "proprete") -> list[WarningKind]:
    return [warning.kind for warning in warnings_for(content, family=family, today=TODAY)]


def test_a_good_offer_has_nothing_to_read_again() -> None:
    assert _kinds(GOOD) == []


@pytest.mark.parametrize(
    ("changes", "kind", "field"),
    [
        ({"pay_min": None}, WarningKind.PAY_MISSING, "pay_min"),
        ({"pay_min": Decimal("12.01")}, WarningKind.PAY_BELOW_SMIC, "pay_min"),
        ({"required_licences": ("b",)}, WarningKind.LICENCE_UNNEEDED, "required_licences"),
        ({"description": "Bon poste."}, WarningKind.VAGUE, "description"),
        ({"grid": Grid()}, WarningKind.GRID_MISSING, "grid"),
        ({"hours_week": Decimal("15.5")}, WarningKind.GRID_SHORT, "grid"),
        ({"end_on": None}, WarningKind.END_MISSING, "end_on"),
    ],
)
def test_one_fault_gives_one_warning_beside_its_field(changes: dict[str, Any], kind: WarningKind, field: str) -> None:
    warnings = warnings_for(replace(GOOD, **changes), family="proprete", today=TODAY)

    assert [(warning.kind, warning.field) for warning in warnings] == [(kind, field)]


def test_a_forbidden_word_of_the_title_comes_with_better_words() -> None:
    (warning,) = warnings_for(replace(GOOD, title="Femme de ménage"), family="proprete", today=TODAY)

    assert warning.kind is WarningKind.DISCRIMINATING
    assert (warning.field, warning.found, warning.criterion) == ("title", "Femme de ménage", Criterion.SEX)
    assert warning.better == "agent d’entretien (H/F)"


def test_a_driver_needs_a_permit() -> None:
    assert _kinds(replace(GOOD, trade_slug="chauffeur-livreur", required_licences=("b",)), "transport") == []
    assert _kinds(replace(GOOD, trade_slug="conducteur-benne", required_licences=("c",)), "recyclage") == []


def test_the_minimum_of_the_start_is_the_one_that_counts() -> None:
    assert _kinds(replace(GOOD, pay_min=Decimal("11.90"), start_on=date(2025, 12, 1))) == []


def test_a_permanent_job_needs_no_end() -> None:
    assert _kinds(replace(GOOD, employment_kind=EmploymentKind.CDI, end_on=None)) == []


def test_an_empty_draft_is_warned_without_breaking() -> None:
    assert WarningKind.VAGUE in _kinds(Content(), None)


def test_hours_spread_over_days_add_up() -> None:
    grid = Grid.from_spans(Span(day, 12, 23) for day in range(5))  # 6 h to 11 h 30

    assert _kinds(replace(GOOD, grid=grid, hours_week=Decimal("27.5"))) == []


def test_a_stage_is_not_asked_for_a_pay_but_for_clear_words_as_any_offer() -> None:
    stage = replace(GOOD, kind=OfferKind.PLACEMENT, employment_kind=None, end_on=None, pay_min=None)
    assert _kinds(stage) == []
    assert _kinds(replace(stage, description="Un stage.", grid=Grid())) == [WarningKind.VAGUE, WarningKind.GRID_MISSING]
    assert _kinds(replace(stage, title="Serveuse de moins de 30 ans")) == [WarningKind.DISCRIMINATING]
