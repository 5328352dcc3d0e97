"""Do the four methods give the figures of the field, at their limits too, and are odd inputs refused?"""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.calibration import (
    FIELD_OF,
    BilledRate,
    CalibrationRefusal,
    CleaningTakeover,
    HoursShare,
    Inputs,
    LabourShare,
    NotRetained,
    billed_rate,
    calibration_refusals,
    cleaning_takeover,
    compute,
    from_json,
    hours_share,
    labour_share,
    method_of,
    to_json,
)
from app.clauses.rules.kinds import ObjectiveMethod

D = Decimal
LABOUR = LabourShare(D(1_000_000), D(50), D(5), D(30))
BILLED = BilledRate(D(3_100_000), D(2_700_000), D(2000))
CLEANING = CleaningTakeover(D(600_000), D(36), D(400), D(7))
SHARE = HoursShare(D(10), D(12_500))


def test_a_million_at_half_labour_and_five_percent_is_833_hours() -> None:
    found = labour_share(D(1_000_000), D(50), D(5), D(30))
    assert found.exact.quantize(D("0.01")) == D("833.33")
    assert (found.hours, found.retained, found.method) == (D(833), True, ObjectiveMethod.LABOUR_SHARE)
    assert found.steps == ("1\u00a0000\u00a0000\u00a0€ × 50\u00a0% × 5\u00a0% ÷ 30,00\u00a0€ = 833,33\u00a0h",)


@pytest.mark.parametrize(("cost", "hours"), [(30, 833), (25, 1000), (40, 625), (32, 781), (16, 1563)])
def test_whole_hours_are_rounded_half_up(cost: int, hours: int) -> None:
    assert compute(replace(LABOUR, hourly_cost=D(cost))).hours == hours  # 25 000 ÷ 32 = 781.25, ÷ 16 = 1 562.5


def test_ten_percent_of_12_500_hours_of_labour_is_1_250() -> None:
    assert hours_share(D(10), D(12_500)).hours == 1250
    assert hours_share(D("7.5"), D(333)).exact == D("24.975")
    assert hours_share(D("7.5"), D(333)).hours == 25


def test_a_share_that_gives_no_hour_is_not_retained() -> None:
    found = hours_share(D(0), D(12_500))
    assert (found.hours, found.retained, found.why_not) == (0, False, NotRetained.NO_HOURS)


@pytest.mark.parametrize(
    ("billed", "hours"),
    [
        (0, 0),
        (2_699_999, 0),
        (2_700_000, 0),
        (2_701_999, 0),
        (2_702_000, 1),
        (2_703_999, 1),
        (2_704_000, 2),
        (3_099_999, 199),
        (3_100_000, 200),
    ],
)
def test_only_whole_slices_above_the_threshold_count(billed: int, hours: int) -> None:
    found = billed_rate(D(billed), D(2_700_000), D(2000))
    assert (found.hours, found.retained) == (hours, True)


def test_a_cent_short_of_a_slice_is_no_hour() -> None:
    assert billed_rate(D("2701999.99"), D(2_700_000), D(2000)).hours == 0


def test_cleaning_with_400_hours_taken_over_leaves_672() -> None:
    found = cleaning_takeover(D(600_000), 36, D(400), D(7))
    assert (found.open_part, found.exact, found.hours, found.retained) == (D("0.4"), D(672), D(672), True)
    assert len(found.steps) == 2


@pytest.mark.parametrize(
    ("takeover", "part", "exact", "why_not"),
    [
        (0, "1", "1680", None),
        (600, "0.1", "168", None),
        (620, "0.07", "117.6", NotRetained.BELOW_FLOOR),
        (666, "0.001", "1.68", NotRetained.BELOW_FLOOR),
        (700, "-0.05", "0", NotRetained.TAKEOVER_TAKES_ALL),
    ],
)
def test_cleaning_makes_a_clause_only_when_enough_is_open(
    takeover: int, part: str, exact: str, why_not: NotRetained | None
) -> None:
    found = cleaning_takeover(D(600_000), 36, D(takeover), D(7))
    assert (found.open_part, found.exact, found.why_not) == (D(part), D(exact), why_not)
    assert found.retained is (why_not is None)
    assert bool(found.hours) is found.retained


@pytest.mark.parametrize(("percent", "retained"), [("6.24", False), ("6.25", True), ("6.26", True)])
def test_cleaning_keeps_a_clause_from_150_hours_on(percent: str, retained: bool) -> None:
    # A = 60 000 €, N = 12, S = 0: P = 1, A ÷ 25 = 2 400 h, of which 6.25 % are 150 h.
    assert cleaning_takeover(D(60_000), 12, D(0), D(percent)).retained is retained


def test_a_part_of_exactly_nothing_is_no_clause() -> None:
    found = cleaning_takeover(D(600_000), 24, D(1000), D(7))  # 1 000 h × 25 € = 600 000 € ÷ 24
    assert (found.open_part, found.why_not) == (0, NotRetained.TAKEOVER_TAKES_ALL)


@pytest.mark.parametrize(
    ("inputs", "reasons"),
    [
        (LABOUR, ()),
        (replace(LABOUR, hourly_cost=D(0)), (CalibrationRefusal.HOURLY_COST_NOT_POSITIVE,)),
        (replace(LABOUR, amount=D(0)), (CalibrationRefusal.AMOUNT_NOT_POSITIVE,)),
        (
            replace(LABOUR, labour_percent=D("100.01"), insertion_percent=D("-0.01")),
            (CalibrationRefusal.LABOUR_PERCENT_OUT_OF_RANGE, CalibrationRefusal.INSERTION_PERCENT_OUT_OF_RANGE),
        ),
        (replace(LABOUR, labour_percent=D(100), insertion_percent=D(0)), ()),
        (replace(SHARE, labour_hours=D(-1)), (CalibrationRefusal.LABOUR_HOURS_NEGATIVE,)),
        (replace(BILLED, euros_per_hour=D(0)), (CalibrationRefusal.SLICE_NOT_POSITIVE,)),
        (
            replace(BILLED, billed=D(-1), threshold=D(-1)),
            (CalibrationRefusal.BILLED_NEGATIVE, CalibrationRefusal.THRESHOLD_NEGATIVE),
        ),
        (replace(CLEANING, months=D(0)), (CalibrationRefusal.MONTHS_BELOW_ONE,)),
        (replace(CLEANING, months=D(1)), ()),
        (replace(CLEANING, takeover_hours_month=D(-1)), (CalibrationRefusal.TAKEOVER_HOURS_NEGATIVE,)),
        (replace(LABOUR, amount=D("NaN")), (CalibrationRefusal.NOT_A_NUMBER,)),
        (replace(LABOUR, amount=D("Infinity")), (CalibrationRefusal.NOT_A_NUMBER,)),
        (replace(LABOUR, amount=D("1e999999")), (CalibrationRefusal.TOO_LARGE,)),
        (replace(LABOUR, hourly_cost=D("1e-999999")), (CalibrationRefusal.TOO_LARGE,)),
        (replace(LABOUR, amount=D("9e11")), (CalibrationRefusal.TOO_LARGE,)),
    ],
)
def test_inputs_are_refused_with_all_reasons_at_once(inputs: Inputs, reasons: tuple[CalibrationRefusal, ...]) -> None:
    assert calibration_refusals(inputs) == reasons


def test_a_refusal_of_a_field_names_the_field() -> None:
    assert FIELD_OF[CalibrationRefusal.MONTHS_BELOW_ONE] == "months"


@pytest.mark.parametrize("inputs", [LABOUR, SHARE, BILLED, CLEANING])
def test_inputs_are_kept_as_text_and_come_back(inputs: Inputs) -> None:
    kept = to_json(inputs)
    assert all(isinstance(value, str) for value in kept.values())
    assert from_json(kept) == inputs
    assert kept["method"] == method_of(inputs)


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"method": "guess"},
        {"method": "stated"},
        {"method": "billed_rate", "billed": "1"},
        {"method": "hours_share", "insertion_percent": "ten", "labour_hours": "1"},
    ],
)
def test_what_is_not_inputs_is_not_read(kept: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        from_json(kept)


def test_an_input_that_was_added_later_takes_its_default() -> None:
    kept = {name: value for name, value in to_json(CLEANING).items() if name != "floor_hours"}
    assert from_json(kept) == CLEANING


@given(st.decimals(0, 10**7, places=2), st.decimals(0, 10**7, places=2), st.decimals("0.01", 10**5, places=2))
def test_hours_by_billing_never_exceed_what_was_billed(billed: Decimal, threshold: Decimal, slice_: Decimal) -> None:
    hours = billed_rate(billed, threshold, slice_).hours
    above = max(billed - threshold, D(0))
    assert hours * slice_ <= above < (hours + 1) * slice_
