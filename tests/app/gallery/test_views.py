"""The gallery shows every component, to anybody."""

import re

import pytest
from flask.testing import FlaskClient

from app.core.settings import ROOT
from app.gallery.views import ERRORS, blueprint
from tests.app.core.test_rendering import bare_app

TEMPLATES = ROOT / "templates"
MACRO = re.compile(r"{%-? *macro ([a-z]\w*)\(")


@pytest.fixture
def client() -> FlaskClient:
    app = bare_app()
    app.register_blueprint(blueprint)
    return app.test_client()


def macros() -> list[tuple[str, str]]:
    """(file, macro) of every component that pages may use."""
    return [
        (path.name, name)
        for path in sorted((TEMPLATES / "components").glob("*.html"))
        for name in MACRO.findall(path.read_text())
    ]


def test_every_component_is_shown_in_the_gallery():
    shown = "".join(path.read_text() for path in (TEMPLATES / "gallery").glob("*.html"))
    hidden = [f"{file}: {name}" for file, name in macros() if not re.search(rf"(?<!import )\b{name}\(", shown)]
    assert len(macros()) > 40
    assert hidden == []


@pytest.mark.parametrize("address", ["/composants", "/composants/candidat", "/composants/document"])
def test_the_gallery_opens(client: FlaskClient, address: str):
    html = client.get(address).get_data(as_text=True)
    assert html.count("<h1>") == 1
    assert "<h2" in html
    for name in set(re.findall(r'href="#(i-[\w-]+)"', html)):
        assert html.count(f'<symbol id="{name}"') == 1


@pytest.mark.parametrize("address", ["/composants", "/composants/candidat"])
def test_no_id_is_used_twice_and_every_description_exists(client: FlaskClient, address: str):
    html = client.get(address).get_data(as_text=True)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    named = re.findall(r'(?:aria-describedby|aria-labelledby|for)="([^"]+)"', html)
    assert {name for names in named for name in names.split()} <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize("status", sorted(ERRORS))
def test_an_error_page_says_what_to_do_and_whom_to_call(client: FlaskClient, status: int):
    html = client.get(f"/composants/erreurs/{status}").get_data(as_text=True)
    assert html.count("<h1>") == 1
    assert "tel:0199009100" in html


def test_two_versions_stand_side_by_side(client: FlaskClient):
    html = client.get("/composants/erreurs/409").get_data(as_text=True)
    assert "Ce que vous avez écrit" in html
    assert "Ce qui est enregistré" in html
    assert html.count("différent") == 2
    assert '<input type="hidden" name="posts" value="4">' in html
    assert '<input type="hidden" name="version" value="7">' in html


def test_an_unknown_error_page_is_not_found(client: FlaskClient):
    assert client.get("/composants/erreurs/418").status_code == 404
