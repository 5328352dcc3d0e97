"""Two editors of one row read both versions in the words of the form."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.core import fields
from app.core.comparison import compare
from app.core.forms import EditsRow
from app.core.grid import Grid, Preset
from app.core.grid_field import GridField


class Edit(EditsRow):
    """One field of each sort that is shown."""

    title = fields.TextField("Intitulé")
    posts = fields.IntegerField("Postes")
    contract = fields.SelectField("Contrat", choices=[("cdd", "CDD"), ("cdi", "CDI")])
    means = fields.ManyField("Moyens", choices=[("bus", "En bus"), ("bike", "À vélo")])
    start = fields.DateField("Début")
    week = GridField("Horaires")
    secret = fields.PasswordField("Mot de passe")


@pytest.fixture(autouse=True)
def _request() -> Iterator[None]:
    app = Flask(__name__)
    app.secret_key = "tests only"
    with app.test_request_context(method="POST"):
        yield


def edit(**typed: str) -> tuple[Edit, MultiDict[str, str]]:
    """The form as sent."""
    sent = MultiDict({"title": "Maçon", "posts": "4", "version": "3", **typed})
    form = Edit(sent, meta={"csrf": False})
    form.validate()
    return form, sent


def test_what_differs_is_marked_on_both_sides():
    form, sent = edit()
    page = compare(form, {"title": "Maçon", "posts": 2, "version": 5}, sent)
    assert ("Postes", "4", True) in page.mine
    assert ("Postes", "2", True) in page.theirs
    assert ("Intitulé", "Maçon", False) in page.theirs


def test_stored_values_are_said_as_the_form_says_them():
    form, sent = edit(contract="cdd")
    theirs = {
        "contract": "cdi",
        "means": ["bike", "bus"],
        "start": date(2026, 11, 16),
        "week": Grid.from_presets([Preset.DAY]),
        "posts": Decimal("1.50"),
    }
    said = {label: value for label, value, _ in compare(form, theirs, sent).theirs}
    assert said == {
        "Contrat": "CDI",
        "Moyens": "À vélo, En bus",
        "Début": "16/11/2026",
        "Horaires": "Lundi à vendredi\u00a0: 8\u00a0h à 18\u00a0h",
        "Postes": "1,50",
    }


def test_what_is_wrong_is_shown_as_typed():
    form, sent = edit(posts="quatre")
    assert ("Postes", "quatre", True) in compare(form, {"posts": 2}, sent).mine


def test_what_was_typed_can_be_sent_again_over_the_present_version():
    form, sent = edit(csrf_token="old")
    page = compare(form, {"version": 5}, sent)
    assert page.version == 5
    assert ("posts", "4") in page.values
    assert not {"csrf_token", "version"} & {name for name, _ in page.values}


def test_a_password_is_never_shown():
    form, sent = edit(secret="quinze caractères")
    assert "Mot de passe" not in {label for label, *_ in compare(form, {}, sent).mine}


def test_without_a_form_there_is_nothing_to_compare():
    page = compare(None, {"posts": 2}, MultiDict())
    assert (page.mine, page.theirs, page.version) == ([], [], None)
