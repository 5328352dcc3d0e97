"""A method is computed only when it was begun, and then it must be whole."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.clauses.forms.calibration import METHODS, CalibrationForm, starting_values
from app.clauses.rules.calibration import LabourShare
from app.clauses.rules.kinds import ObjectiveMethod
from app.clauses.service.calibration import Asked


@pytest.fixture
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context(method="POST"):
        yield


def form_of(**values: str) -> CalibrationForm:
    said: dict[str, Any] = {"title": "x", "share_cost": "30", "cleaning_slice": "25", "cleaning_floor": "150", **values}
    return CalibrationForm(formdata=MultiDict(said))


@pytest.mark.usefixtures("_request")
def test_values_that_are_there_from_the_start_do_not_begin_a_method() -> None:
    form = form_of(amount="1000")
    assert not form.validate()
    assert form.general_errors == ["Remplissez les chiffres d’une méthode au moins."]


@pytest.mark.usefixtures("_request")
def test_a_method_begun_asks_for_all_its_numbers() -> None:
    form = form_of(share_labour="50")
    assert not form.validate()
    assert form.share_insertion.errors
    assert form.amount.errors
    assert not form.hours_labour.errors


@pytest.mark.usefixtures("_request")
def test_only_the_methods_begun_are_asked() -> None:
    form = form_of(amount="1 000 000", share_labour="50", share_insertion="5")
    assert form.validate()
    wanted = LabourShare(Decimal(1_000_000), Decimal(50), Decimal(5), Decimal(30))
    assert form.asked.inputs == {ObjectiveMethod.LABOUR_SHARE: wanted}


def test_every_input_of_a_method_has_its_field() -> None:
    for method in METHODS.values():
        assert set(method.fields) == set(method.kind.__dataclass_fields__)
        assert set(method.own) <= set(method.fields.values())


def test_a_calibration_is_shown_as_it_was_typed() -> None:
    inputs = LabourShare(Decimal(10), Decimal(50), Decimal(5))
    asked = Asked("École", {ObjectiveMethod.LABOUR_SHARE: inputs}, months=3, amount=Decimal(10))
    values = starting_values(asked, ("Peintre", ""))
    assert (values["share_labour"], values["amount"], values["months"]) == (Decimal(50), Decimal(10), 3)
    assert (values["trade"], values["title"]) == ("Peintre", "École")
