"""Whatever goes wrong has its page, in French, with something to do."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app.core.errors import Gone, NotFound, Refused, StaleVersion, Throttled
from app.core.policy import public
from app.core.workflow import WorkflowRefusal
from tests.conftest import make_app

_RAISED = {
    "absente": (NotFound(), 404),
    "finie": (Gone(), 410),
    "perimee": (StaleVersion({}), 409),
    "trop": (Throttled(90), 429),
    "base": (OperationalError("SELECT 1", {}, Exception("gone")), 503),
    "defaut": (ZeroDivisionError("secret detail"), 500),
}


@pytest.fixture(scope="module")
def failing(app: Flask) -> Iterator[FlaskClient]:
    """The portal with pages that fail on purpose; not in testing mode, so that defects get their page too."""
    other = make_app(app.config["SQLALCHEMY_DATABASE_URI"])
    for name, (error, _) in _RAISED.items():

        def fail(error: Exception = error) -> str:
            raise error

        other.add_url_rule(f"/echec/{name}", name, public(fail), methods=["GET", "POST"])

    def refuse() -> str:
        raise Refused(WorkflowRefusal.WRONG_STATE)

    other.add_url_rule("/echec/refus", "refus", public(refuse), methods=["GET", "POST"])
    other.testing = False
    yield other.test_client()
    with other.app_context():
        from app.core.db import db

        db.engine.dispose()


@pytest.mark.parametrize("name", list(_RAISED))
def test_each_failure_has_its_page_with_a_phone_number(failing: FlaskClient, name: str) -> None:
    answer = failing.get(f"/echec/{name}")
    assert answer.status_code == _RAISED[name][1]
    assert '<html lang="fr">' in answer.text
    assert "tel:" in answer.text
    assert "secret detail" not in answer.text


def test_a_defect_shows_the_id_that_the_log_has(failing: FlaskClient) -> None:
    answer = failing.get("/echec/defaut")
    assert answer.headers["X-Request-Id"] in answer.text


def test_too_many_tries_say_when_to_come_back(failing: FlaskClient) -> None:
    assert failing.get("/echec/trop").headers["Retry-After"] == "90"


def test_a_refusal_goes_back_to_our_page_and_says_why(failing: FlaskClient) -> None:
    answer = failing.post("/echec/refus", headers={"Referer": "http://localhost/connexion?a=1"})
    assert (answer.status_code, answer.location) == (303, "/connexion?a=1")
    assert "la situation a changé" in failing.get("/connexion").text


def test_a_refusal_never_sends_to_somebody_elses_site(failing: FlaskClient) -> None:
    answer = failing.post("/echec/refus", headers={"Referer": "https://ailleurs.example/connexion"})
    assert answer.location == "/accueil"


def test_a_file_of_twenty_megabytes_gets_a_page_and_not_a_broken_line(failing: FlaskClient) -> None:
    with failing.post("/connexion", data=b"x" * 20_000_000, content_type="multipart/form-data; boundary=x") as answer:
        assert answer.status_code == 413
        assert "trop lourd" in answer.text


def test_a_form_without_its_token_is_refused_with_words(app: Flask) -> None:
    other = make_app(app.config["SQLALCHEMY_DATABASE_URI"])
    other.config["WTF_CSRF_ENABLED"] = True
    answer = other.test_client().post("/connexion", data={"email": "a@b.fr"})
    assert answer.status_code == 400
    assert '<html lang="fr">' in answer.text
    with other.app_context():
        from app.core.db import db

        db.engine.dispose()
