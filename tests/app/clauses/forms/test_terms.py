"""The form of the terms says what the terms say, both ways."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.clauses.forms.terms import change_form, copy_form, values_of
from app.clauses.rules.eligibility import CATEGORIES
from app.clauses.rules.terms import DEFAULTS, TEMPLATES, Terms, changes

FACTS = {one.slug: (one.label, one.proof, one.proof_max_months) for one in CATEGORIES}
CHOSEN = {slug: label for slug, (label, _, _) in FACTS.items()}


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context(method="POST"):
        yield


def typed(terms: Terms, **values: Any) -> MultiDict[str, str]:
    """What a browser sends of the fields as they are shown."""
    shown: Mapping[str, Any] = {**values_of(terms), "valid_from": "01/12/2026", **values}
    sent: MultiDict[str, str] = MultiDict()
    for name, value in shown.items():
        for one in value if isinstance(value, list) else [value]:
            if one is not None and one is not False:
                sent.add(name, "y" if one is True else str(one).replace(".", ","))
    return sent


@pytest.mark.parametrize("terms", [DEFAULTS, *(one.terms for one in TEMPLATES)])
def test_terms_shown_and_sent_back_are_the_same_terms(terms: Terms) -> None:
    form = change_form(FACTS, CHOSEN, formdata=typed(terms))
    assert form.validate(), form.errors
    assert changes(terms, form.terms) == []


def test_an_age_of_zero_is_a_proof_without_an_age_and_empty_is_the_usual_one() -> None:
    form = change_form(FACTS, CHOSEN, formdata=typed(DEFAULTS, age_rsa="0", age_qpv="2", age_ass=""))
    assert form.terms.proof_months == {"rsa": None, "qpv": 2}


def test_a_kind_that_counts_in_months_says_how_many_and_a_cap_may_be_empty() -> None:
    form = change_form(FACTS, CHOSEN, formdata=typed(DEFAULTS, months_cdd="", months_cdi=""))
    assert not form.validate()
    assert form["months_cdd"].errors
    assert not form["months_cdi"].errors


def test_a_category_that_is_not_offered_is_refused() -> None:
    form = change_form(FACTS, {"rsa": "RSA"}, formdata=typed(DEFAULTS, categories=["deld"]))
    assert not form.validate()
    assert form.categories.errors


def test_a_template_has_a_name_and_no_date() -> None:
    form = copy_form(FACTS, CHOSEN, formdata=typed(DEFAULTS))
    assert not form.validate()
    assert form["name"].errors
    assert "valid_from" not in form
