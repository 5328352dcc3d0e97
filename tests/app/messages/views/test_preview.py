"""« Textes des messages »: what the portal writes, read by those who answer for it."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.messages.rules.samples import SAMPLES
from tests.conftest import Statements
from tests.factories.people import somebody
from tests.tagged_pdf import TaggedPdf

READERS = {Role.DEPARTMENT, Role.ADMINISTRATOR}
KIND = "application_proposed"


def _text(answer: Any) -> str:
    bare = re.sub("<[^>]+>", " ", answer.get_data(as_text=True))
    return re.sub(r"\s+", " ", html.unescape(bare).replace("\u00a0", " "))


@pytest.mark.parametrize("role", sorted(READERS))
def test_every_text_is_listed_by_who_reads_it(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None], role: Role, statements: Statements
) -> None:
    sign_in(somebody(role))
    statements.clear()
    page = client.get("/messages/textes")
    assert len(statements) <= 12
    for kind in SAMPLES:
        assert f'href="/messages/textes/{kind}"' in page.get_data(as_text=True)
    assert "Aux personnes" in _text(page)
    people = _text(client.get("/messages/textes?a=person"))
    assert "Aux personnes" in people
    assert "Aux employeurs" not in people


@pytest.mark.parametrize("role", sorted(set(Role) - READERS - {Role.SYSTEM}))
def test_nobody_else_reads_the_texts(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None], role: Role
) -> None:
    sign_in(somebody(role))
    for address in ("/messages/textes", f"/messages/textes/{KIND}", f"/messages/textes/{KIND}/lettre.pdf"):
        assert client.get(address).status_code == 403


def test_a_text_has_three_tabs_that_are_links(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None]
) -> None:
    sign_in(somebody(Role.DEPARTMENT))
    address = f"/messages/textes/{KIND}"
    mail = client.get(address)
    assert f'href="{address}?voie=lettre#apercu"' in mail.get_data(as_text=True)
    assert "Objet : Une offre pour vous : Agent de propreté" in _text(mail)
    assert "/candidatures/" in _text(mail)
    sms = _text(client.get(f"{address}?voie=sms"))
    assert re.search(r"\d+ signes, 2 SMS\.", sms)
    paper = _text(client.get(f"{address}?voie=lettre"))
    assert "Cordialement," in paper
    assert "XXXX-XXXX" in paper
    assert "/candidatures/" not in paper
    assert client.get(f"{address}?voie=nonsense").status_code == 200
    assert client.get("/messages/textes/outbox").status_code == 404


@pytest.mark.usefixtures("pdf_machine")
def test_the_letter_of_a_text_is_a_pdf(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None]
) -> None:
    sign_in(somebody(Role.DEPARTMENT))
    pdf = TaggedPdf(client.get(f"/messages/textes/{KIND}/lettre.pdf").data)
    assert pdf.faults() == []
    assert "XXXX-XXXX" in pdf.text
