"""What every answer carries, and what is compressed."""

import gzip

import pytest
from flask.testing import FlaskClient

from app.core.roles import Role
from tests.factories.people import somebody


@pytest.mark.parametrize("path", ["/connexion", "/nulle-part", "/sante", "/static/theme.css"])
def test_every_answer_closes_its_doors(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_page_is_compressed_for_those_who_can_read_it(client: FlaskClient) -> None:
    plain = client.get("/connexion")
    packed = client.get("/connexion", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(packed.data)
    assert len(packed.data) < len(plain.data) / 2


def test_a_signed_in_page_is_kept_by_no_cache(client: FlaskClient, sign_in: object) -> None:
    assert client.get("/composants").headers.get("Cache-Control") != "no-store"
    sign_in(somebody(Role.EMPLOYER))  # type: ignore[operator]
    assert client.get("/composants").headers["Cache-Control"] == "no-store"


def test_the_session_cookie_is_out_of_reach_of_scripts(client: FlaskClient) -> None:
    cookie = client.get("/connexion").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
