"""Layouts, icons, assets, addresses, filters: what every page stands on. No database here."""

import gzip
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect

from app.core import http, rendering
from app.core.forms import PortalForm
from app.core.grid import Grid, Span
from app.core.roles import Actor, Role
from app.core.settings import ROOT

SAMIA = Actor(role=Role.FACILITATOR, name="Samia Benali", organisation_name="PLIE Nord-Essonne")
PAGE = (
    '{% extends "layout/app.html" %}{% block title %}Offres{% endblock %}{% block content %}<p>Oui ?</p>{% endblock %}'
)


def bare_app(context: Mapping[str, Any] | None = None) -> Flask:
    """An application with templates and nothing else."""
    app = Flask("app", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "app" / "static"))
    app.config.update(SECRET_KEY="tests only", TESTING=True)
    CSRFProtect(app)
    rendering.init(app, page_context=lambda: context or {})
    return app


@pytest.fixture
def request_context() -> Iterator[None]:
    with bare_app().test_request_context("/offres?tri=-date&metier=K2204&metier=K1302&page=3"):
        yield


def page(context: Mapping[str, Any] | None = None, source: str = PAGE, **values: Any) -> str:
    """A page as a reader of this context gets it."""
    with bare_app(context).test_request_context("/"):
        return render_template_string(source, **values)


# --- layouts


def test_a_page_renders_for_nobody_and_offers_to_sign_in():
    assert 'href="/connexion"' in page()
    assert "Se déconnecter" not in page()


def test_signing_out_is_a_protected_form():
    html = page({"actor": SAMIA})
    form = re.search(r'<form method="post" action="/deconnexion">.*?</form>', html)
    assert form
    assert 'name="csrf_token"' in form[0]


def test_somebody_of_two_organisations_may_switch():
    memberships = [
        {"id": 1, "organisation_name": "PLIE Nord-Essonne", "current": True},
        {"id": 2, "organisation_name": "Mission locale", "current": False},
    ]
    html = page({"actor": SAMIA, "memberships": memberships})
    assert '<button name="membership_id" value="2">Mission locale</button>' in html
    assert 'value="1"' not in html


def test_somebody_of_one_organisation_reads_its_name_without_a_form():
    html = page({"actor": SAMIA})
    assert "PLIE Nord-Essonne" in html
    assert "membership_id" not in html


def test_the_menu_says_where_one_is_and_what_waits():
    item = {"label": "Offres", "url": "/offres", "icon": "job", "count": 7, "current": True}
    html = page({"actor": SAMIA, "navigation": [{"title": "Recrutement", "items": [item]}]})
    assert '<a href="/offres" aria-current="page">' in html
    assert "<h2>Recrutement</h2>" in html
    assert "7<span" in html


def test_a_candidates_page_names_the_person_to_call():
    contact = {"name": "Samia Benali", "hours": "de 9 h à 17 h", "phone": "+33199001234"}
    source = PAGE.replace("layout/app", "layout/plain")
    html = page({"contact": contact}, source)
    assert "Appelez Samia" in html
    assert 'href="tel:+33199001234"' in html
    assert 'href="tel:0199009100"' in page({}, source)


class OneField(PortalForm):
    """A form that can be wrong."""


def test_the_title_says_error_first_when_the_form_is_wrong():
    app = bare_app()
    with app.test_request_context("/", method="POST"):
        form = OneField(meta={"csrf": False})
        assert "<title>Offres – Portail insertion</title>" in render_template_string(PAGE, form=form)
        form.general_errors.append("Une erreur.")
        assert "<title>Erreur\u00a0: Offres – Portail insertion</title>" in render_template_string(PAGE, form=form)


def test_french_spaces_of_templates_are_put_when_they_are_compiled():
    assert "<p>Oui\u00a0?</p>" in page()
    assert rendering.icon_names()  # drawings of icons are no template: their numbers keep plain spaces
    assert page(source="{{ 'a : b' }} {{ x }}", x="c : d") == "a\u00a0: b c : d"


# --- icons


def test_a_page_carries_the_drawings_it_uses_once(request_context: None):
    html = render_template_string("{{ icon('home') }}{{ icon('home') }}{{ icon('job') }}{{ icon_sprite() }}")
    assert html.count('href="#i-home"') == 2
    assert re.findall(r'<symbol id="i-(\w+)"', html) == ["home", "job"]


def test_an_icon_that_does_not_exist_is_a_defect(request_context: None):
    with pytest.raises(KeyError, match="licorne"):
        rendering.icon("licorne")


# --- assets


@pytest.fixture
def client() -> FlaskClient:
    return bare_app().test_client()


def test_an_asset_is_kept_for_a_year_under_an_address_that_names_its_content(client: FlaskClient):
    with client.application.test_request_context():
        address = rendering.asset_url("theme.css")
    assert re.fullmatch(r"/static/theme\.css\?v=[0-9a-f]{12}", address)
    with client.get(address) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_asset_of_another_content_is_not_kept(client: FlaskClient):
    with client.get("/static/theme.css?v=000000000000") as answer:
        assert answer.status_code == 200
        assert "immutable" not in answer.headers["Cache-Control"]


def test_an_asset_travels_compressed(client: FlaskClient):
    http.init(client.application)
    with client.get("/static/theme.css", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(answer.data) < 6_000
        assert gzip.decompress(answer.data) == (rendering.STATIC / "theme.css").read_bytes()


# --- addresses


def test_an_address_keeps_the_filters_and_forgets_the_page(request_context: None):
    assert rendering.url_with(tri="distance") == "/offres?tri=distance&metier=K2204&metier=K1302"
    assert rendering.url_with(tri=None, metier=None) == "/offres"
    assert rendering.url_with(page=4) == "/offres?tri=-date&metier=K2204&metier=K1302&page=4"
    assert rendering.url_with(metier=["A1"], tri=None) == "/offres?metier=A1"


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (3, 9, [1, 2, 3, 4, None, 9]),
        (4, 9, [1, 2, 3, 4, 5, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_the_pager_shows_both_ends_and_the_neighbours(number: int, pages: int, shown: list[int | None]):
    assert list(rendering.page_numbers(number, pages)) == shown


# --- errors


def test_the_page_of_a_defect_needs_neither_reader_nor_database():
    def broken() -> Mapping[str, Any]:
        raise RuntimeError("the database is away")

    app = bare_app()
    rendering.init(app, page_context=broken)
    with app.test_request_context("/"):
        html, status = rendering.error_page(500, error_id="7f3a-c41d")
        assert status == 500
        assert "7f3a-c41d" in html
        assert rendering.error_page(503)[1] == 503


# --- filters


def test_formatters_take_any_number():
    source = "{{ 28 | hours_fr }}|{{ 12.4 | euros_fr }}|{{ 0.81 | percent_fr }}|{{ 1607 | number_fr }}"
    assert page(source=source).replace("\u00a0", "~") == "28~h|12,40~€|81~%|1~607"


def test_a_week_is_drawn_by_day_and_length():
    rows = rendering.week_rows(Grid.from_spans([Span(0, 12, 23), Span(6, 44, 4)]))
    assert rows[0] == [(0, 4), (12, 11)]  # Sunday's night goes on into Monday
    assert rows[6] == [(44, 4)]
    assert rows[1:6] == [[], [], [], [], []]
