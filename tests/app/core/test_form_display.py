"""How each kind of field is drawn, and where the summary of errors leads."""

from collections.abc import Iterator
from typing import Any

import pytest
import wtforms
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict

from app.core import fields
from app.core.form_display import error_links, field_kind
from app.core.forms import MakesRow
from app.core.grid_field import GridField
from tests.app.core.test_rendering import bare_app


class Child(wtforms.Form):
    """A form inside a form."""

    town = fields.TextField("Commune", required="Dites la commune.")


class Every(MakesRow):
    """A field of each kind."""

    line = fields.TextField("Intitulé", required="Donnez un intitulé.", hint="Comme à l’oral.")
    text = fields.LongTextField("Description")
    pick = fields.SelectField("Contrat", choices=[("cdd", "CDD")])
    ask = fields.YesNoField("D’accord\u00a0?", required="Choisissez oui ou non.")
    many = fields.ManyField("Moyens", choices=[("car", "En voiture", {"hint": "permis B"})])  # type: ignore[list-item]
    tick = fields.TickField("J’accepte", required="Cochez la case.")
    paper = wtforms.FileField("Votre CV")
    week = GridField("Horaires", required="Dites un horaire.")
    child = wtforms.FormField(Child, "Adresse")
    rows = wtforms.FieldList(wtforms.FormField(Child), "Adresses", min_entries=1)


KINDS = {
    "row_id": "hidden", "line": "input", "text": "textarea", "pick": "select", "ask": "radio", "many": "checks",
    "tick": "checkbox", "paper": "file", "week": "grid", "child": "group", "rows": "list",
}  # fmt: skip


@pytest.fixture(autouse=True)
def portal() -> Iterator[Flask]:
    app = bare_app()
    with app.test_request_context(method="POST"):
        yield app


def sent(**typed: str) -> Every:
    """The form as sent, wrong nearly everywhere."""
    form = Every(MultiDict(typed), meta={"csrf": False})
    form.validate()
    return form


def drawn(form: Any, name: str, arguments: str = "") -> str:
    """One field as the page draws it."""
    source = '{% from "components/field.html" import field %}{{ field(form[name]' + arguments + ") }}"
    return render_template_string(source, form=form, name=name)


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_each_field_has_its_drawing(name: str, kind: str):
    assert field_kind(Every(None, meta={"csrf": False})[name]) == kind


def test_the_summary_leads_to_each_field_in_the_order_of_the_page():
    form = sent()
    form.general_errors.append("L’offre a expiré.")
    links = error_links(form)
    assert links[0] == (None, None, "L’offre a expiré.")
    assert [anchor for anchor, *_ in links[1:]] == ["line", "ask-0", "tick", "week-0", "child-town", "rows-0-town"]
    for anchor, *_ in links[1:]:
        assert f'id="{anchor}"' in "".join(drawn(form, name) for name in KINDS)


def test_an_error_and_a_hint_are_tied_to_their_control():
    html = drawn(sent(), "line")
    assert 'aria-describedby="line-hint line-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="line-hint"' in html
    assert 'id="line-error"' in html


def test_what_was_typed_is_kept_and_escaped():
    assert 'value="&lt;b&gt;&#34;Maçon"' in drawn(sent(line='<b>"Maçon'), "line")


def test_a_field_that_may_be_left_empty_says_so():
    assert "(facultatif)" in drawn(sent(), "text")
    assert "(facultatif)" not in drawn(sent(), "line")
    assert "(facultatif)" not in drawn(sent(), "text", ", optional=false")


def test_a_choice_keeps_its_hint_and_its_tick():
    html = drawn(sent(many="car"), "many")
    assert 'value="car" checked' in html
    assert '<span class="hint">permis B</span>' in html


def test_a_form_with_a_file_says_how_it_is_sent_and_holds_each_hidden_field_once():
    source = (
        '{% from "components/field.html" import form_open, field %}'
        "{{ form_open(form) }}{% for f in form %}{{ field(f) }}{% endfor %}</form>"
    )
    html = render_template_string(source, form=sent())
    assert 'enctype="multipart/form-data"' in html
    assert html.count('name="row_id"') == 1
    assert html.count('name="csrf_token"') == 1


def test_a_week_shows_again_what_was_typed_and_opens_its_days():
    html = drawn(sent(**{"week-0-0-start": "6h10", "week-0-0-end": "12h"}), "week")
    assert 'value="6h10"' in html
    assert "<details open>" in html
    assert "Lundi\u00a0: écrivez deux heures" in html
