"""« portail.example/l/ACDE-FGHJ », scanned or typed, by anybody."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.messages.rules.short_codes import shown_code
from tests.factories.letters import a_letter
from tests.factories.people import somebody


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.get_data(as_text=True)).replace("\u00a0", " "))


def test_a_code_leads_to_its_page_and_signs_nobody_in(client: FlaskClient, session: scoped_session) -> None:
    letter = a_letter(somebody(Role.REFERENT))
    session.commit()
    answer = client.get(f"/l/{shown_code(str(letter.short_code)).lower()}")
    assert (answer.status_code, answer.location) == (303, letter.short_target)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "/connexion" in client.get(answer.location).location


def test_a_code_may_be_typed(client: FlaskClient, session: scoped_session) -> None:
    letter = a_letter(somebody(Role.REFERENT))
    session.commit()
    assert client.get("/l").status_code == 308
    assert "Le code de votre lettre" in _text(client.get("/l/"))
    code = str(letter.short_code)
    answer = client.post("/l/", data={"code": f" {code[:4].lower()} {code[4:].lower()} "})
    assert (answer.status_code, answer.location) == (303, letter.short_target)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Écrivez le code de votre lettre."),
        ("ACDE", "Il a 8 signes."),
        ("ACDE-FGH0", "Il a 8 signes."),
        ("ACDE-FGHJ", "Nous ne trouvons pas ce code."),
        ("<b>x</b>", "Il a 8 signes."),
    ],
)
def test_a_wrong_code_is_told_beside_the_field_and_stays(
    client: FlaskClient, session: scoped_session, typed: str, said: str
) -> None:
    answer = client.post("/l/", data={"code": typed})
    assert answer.status_code == 200
    assert said in _text(answer)
    assert "<b>x" not in answer.get_data(as_text=True)
    assert "Erreur" in _text(answer)


def test_an_unknown_code_of_a_drawing_may_be_typed_again(client: FlaskClient, session: scoped_session) -> None:
    answer = client.get("/l/ACDE-FGHJ")
    assert answer.status_code == 404
    assert "Nous ne trouvons pas ce code." in _text(answer)
    assert 'value="ACDE-FGHJ"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "code", ["//evil.example", "https:evil.example", "%2F%2Fevil.example", "..%2F..%2Fetc", "x" * 500]
)
def test_nothing_in_the_address_leads_elsewhere(client: FlaskClient, session: scoped_session, code: str) -> None:
    answer = client.get(f"/l/{code}", follow_redirects=False)
    assert answer.status_code in {308, 404}
    assert "evil" not in (answer.location or "").split("/l/")[0]


def test_too_many_tries_of_one_visitor_wait(client: FlaskClient, session: scoped_session) -> None:
    statuses = [client.get("/l/ACDE-FGHJ").status_code for _ in range(61)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
