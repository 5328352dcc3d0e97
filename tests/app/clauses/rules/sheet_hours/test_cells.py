"""Hours and kinds are read as payroll writes them; a wrong cell says what is wrong."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.kinds import HourKind
from app.clauses.rules.sheet_hours import BadCell, FaultKind, parse_hours, parse_kind


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("151,67", "151.67"),
        ("151.67", "151.67"),
        (" 35 h", "35"),
        ("35 heures", "35"),
        ("7h30", "7.50"),
        ("7 h 30", "7.50"),
        ("7:30", "7.50"),
        ("151:40", "151.67"),
        ("7:30:00", "7.50"),
        ("7h", "7"),
        ("0,25", "0.25"),
        ("1\u202f5,5", "15.50"),
        ("151.666666667", "151.67"),
        ("0.005", "0.01"),
        ("208", "208"),
        ("1E2", "100"),
        ("+12", "12"),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, hours: str) -> None:
    assert parse_hours(text) == Decimal(hours)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", FaultKind.HOURS_MISSING),
        (" - ", FaultKind.HOURS_MISSING),
        ("abc", FaultKind.NOT_HOURS),
        ("7h75", FaultKind.NOT_HOURS),
        ("1,2,3", FaultKind.NOT_HOURS),
        ("15/10/2026", FaultKind.NOT_HOURS),
        ("oui", FaultKind.NOT_HOURS),
        ("٧", FaultKind.NOT_HOURS),
        ("#REF!", FaultKind.ERROR_VALUE),
        ("#N/A", FaultKind.ERROR_VALUE),
        ("#VALEUR!", FaultKind.ERROR_VALUE),
        ("#DIV/0!", FaultKind.ERROR_VALUE),
        ("Err:502", FaultKind.ERROR_VALUE),
        ("#####", FaultKind.ERROR_VALUE),
        ("=SUM(A1:A3)", FaultKind.FORMULA),
        ("-7", FaultKind.NEGATIVE),
        ("(7,5)", FaultKind.NEGATIVE),
        ("-1000000000", FaultKind.NEGATIVE),
        ("0", FaultKind.ZERO),
        ("0,00", FaultKind.ZERO),
        ("0.004", FaultKind.ZERO),
        ("208,01", FaultKind.TOO_MANY_HOURS),
        ("1 234,50", FaultKind.TOO_MANY_HOURS),
        ("1.234,50", FaultKind.TOO_MANY_HOURS),
        ("1,234.50", FaultKind.TOO_MANY_HOURS),
        ("1000000000", FaultKind.TOO_MANY_HOURS),
        ("1e9", FaultKind.TOO_MANY_HOURS),
        ("9" * 41, FaultKind.NOT_HOURS),
    ],
)
def test_a_wrong_cell_says_what_is_wrong(text: str, kind: FaultKind) -> None:
    with pytest.raises(BadCell) as bad:
        parse_hours(text)
    assert bad.value.kind is kind


@given(st.decimals(Decimal("0.01"), 208, places=2))
def test_hours_written_the_french_way_are_themselves(hours: Decimal) -> None:
    assert parse_hours(str(hours).replace(".", ",")) == hours


@given(st.text(max_size=60))
def test_any_text_is_hours_of_a_month_or_a_fault(text: str) -> None:
    try:
        assert 0 < parse_hours(text) <= 208
        parse_kind(text)
    except BadCell:
        pass


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Travail", HourKind.WORK),
        ("Heures normales", HourKind.WORK),
        ("HS 25%", HourKind.WORK),
        ("H. trav.", HourKind.WORK),
        ("Formation", HourKind.TRAINING),
        ("Heures de form.", HourKind.TRAINING),
        ("TUTORAT", HourKind.TUTOR),
        ("heures tuteur", HourKind.TUTOR),
        ("Absence payée", HourKind.PAID_ABSENCE),
        ("Congés payés", HourKind.PAID_ABSENCE),
        ("CP", HourKind.PAID_ABSENCE),
        ("Arrêt maladie", HourKind.PAID_ABSENCE),
    ],
)
def test_a_kind_of_hours_is_understood(text: str, kind: HourKind) -> None:
    assert parse_kind(text) is kind


@pytest.mark.parametrize("text", ["Absence injustifiée", "Congé sans solde", "prime", "42"])
def test_what_is_no_hour_that_counts_is_unknown(text: str) -> None:
    with pytest.raises(BadCell) as bad:
        parse_kind(text)
    assert bad.value.kind is FaultKind.UNKNOWN_KIND
