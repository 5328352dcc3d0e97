"""The portal starts when every route says who may use it, and refuses otherwise."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.policy import RouteWithoutPolicy, public, require_policies


def test_health_answers_with_the_version_of_the_database(client: FlaskClient) -> None:
    answer = client.get("/sante")
    assert answer.status_code == 200
    assert answer.json["state"] == "ok"
    assert answer.json["database"] >= 150000
    assert answer.headers["X-Request-Id"]


def test_a_route_without_a_policy_stops_the_start_up() -> None:
    app = Flask("bare")
    app.add_url_rule("/ouverte", "open", public(lambda: "ok"))
    require_policies(app)
    app.add_url_rule("/oubliee", "forgotten", lambda: "ok")
    with pytest.raises(RouteWithoutPolicy, match="forgotten"):
        require_policies(app)
