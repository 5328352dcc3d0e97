"""Several days typed in one field, as people write them."""

from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.core.forms import PortalForm
from app.follow_up.forms.dates import DatesField, read_day

TODAY = date(2026, 11, 5)
SATURDAYS = (date(2026, 10, 24), date(2026, 10, 31))


class _Form(PortalForm):
    days = DatesField("Quels jours ?")


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("", ()),
        ("24/10/2026, 31/10/2026", SATURDAYS),
        ("24/10 et 31/10", SATURDAYS),
        ("31 octobre ; 24 octobre", SATURDAYS),
        ("24.10.26\n31-10-2026", SATURDAYS),
        ("24/10, 24/10/2026,", SATURDAYS[:1]),
        ("1er novembre", (date(2026, 11, 1),)),
        ("31/12", (date(2025, 12, 31),)),
    ],
)
def test_days_are_read_as_people_write_them(app: Flask, today: date, typed: str, days: tuple[date, ...]) -> None:
    with app.test_request_context():
        form = _Form(MultiDict({"days": typed}))
        assert form.validate()
        assert form.days.data == days


def test_the_piece_that_is_no_day_is_named_and_what_was_typed_is_kept(app: Flask, today: date) -> None:
    with app.test_request_context():
        form = _Form(MultiDict({"days": "24/10, samedi dernier"}))
        assert not form.validate()
        assert "samedi dernier" in form.days.errors[0]
        assert form.days._value() == "24/10, samedi dernier"


def test_a_day_without_a_year_is_the_latest_that_is_not_too_far_ahead() -> None:
    assert read_day("05/12", TODAY) == date(2026, 12, 5)
    assert read_day("06/12", TODAY) == date(2025, 12, 6)
    assert read_day("29/02", TODAY) == date(2024, 2, 29)


@pytest.mark.parametrize("nonsense", ["", "32/01", "hier", "24/10/26/3", "²"])
def test_nonsense_is_no_day(nonsense: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_day(nonsense, TODAY)
