"""The log says where a defect is and in which request, never whose data were there."""

import json
import logging

import pytest
from flask.testing import FlaskClient

from app.core import logs


def test_a_defect_is_logged_on_one_line_without_the_values_around_it(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logs.configure()
        secret = "0612345678"
        try:
            raise ValueError("no detail") if secret else None
        except ValueError:
            logs.log().exception("defect")
        line = capsys.readouterr().err.strip()
    finally:
        root.handlers[:], root.level = before, level
    assert "\n" not in line
    assert json.loads(line)["exception"][0]["exc_type"] == "ValueError"
    assert secret not in line


def test_a_request_is_logged_without_its_query_nor_its_values(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        answer = client.post(
            "/connexion?suite=/secret-path", data={"email": "someone@exemple.fr", "password": "hidden"}
        )
    text = "\n".join(record.getMessage() for record in caplog.records)
    assert answer.headers["X-Request-Id"]
    assert "someone" not in text
    assert "hidden" not in text
    assert "secret-path" not in text
