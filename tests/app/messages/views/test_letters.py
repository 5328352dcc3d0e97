"""« Lettres à imprimer »: the pile of an organisation, its PDFs, and what was posted."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.messages import service
from app.messages.rules import MessageState
from app.messages.service.letters import qr_address, qr_drawing, sheet_of
from tests.conftest import Statements
from tests.factories.letters import POSTAL, a_letter
from tests.factories.people import somebody
from tests.tagged_pdf import TaggedPdf

PRINTERS = [Role.DEPARTMENT, Role.FACILITATOR, Role.REFERENT]


def _text(answer: Any) -> str:
    bare = re.sub("<[^>]+>", " ", answer.get_data(as_text=True))
    return re.sub(r"\s+", " ", html.unescape(bare).replace("\u00a0", " "))


@pytest.mark.parametrize("role", PRINTERS)
def test_a_letter_waits_is_opened_and_is_posted(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None], role: Role, today: object
) -> None:
    writer = somebody(role)
    letter = a_letter(writer)
    session.commit()
    sign_in(writer)
    page = _text(client.get("/lettres"))
    assert "Mme Aminata Diallo 91300 Massy" in page
    assert "Imprimer la lettre" in page
    assert "3 rue du Four" not in page
    answer = client.post("/lettres/postees", data={"lettre": str(letter.id)}, follow_redirects=True)
    assert "1 lettre postée." in _text(answer)
    assert "Aucune lettre n’attend" in _text(answer)
    posted = _text(client.get("/lettres?etat=postees"))
    assert f"Postée le 5 novembre 2026, {writer.actor.name}" in posted
    again = client.post("/lettres/postees", data={"lettre": str(letter.id)}, follow_redirects=True)
    assert "Ces lettres étaient déjà postées." in _text(again)


@pytest.mark.parametrize("role", [None, *sorted(set(Role) - {*PRINTERS, Role.SYSTEM})])
def test_nobody_else_prints(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None], role: Role | None
) -> None:
    letter = a_letter(somebody(Role.REFERENT))
    session.commit()
    if role:
        sign_in(somebody(role))
    refused = 403 if role else 302
    for address in ("/lettres", "/lettres/a-imprimer.pdf", f"/lettres/{letter.id}.pdf", "/lettres?export=csv"):
        assert client.get(address).status_code == refused
    answer = client.post("/lettres/postees", data={"lettre": str(letter.id)})
    assert answer.status_code == (403 if role else 401)
    assert letter.state is MessageState.QUEUED


def test_the_letters_of_another_organisation_do_not_exist(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None]
) -> None:
    letter = a_letter(somebody(Role.REFERENT))
    session.commit()
    sign_in(somebody(Role.REFERENT))
    assert "Diallo" not in _text(client.get("/lettres?etat=toutes"))
    assert client.get(f"/lettres/{letter.id}.pdf").status_code == 404
    assert client.post("/lettres/postees", data={"lettre": str(letter.id)}).status_code == 404
    assert client.get("/lettres/a-imprimer.pdf").status_code == 302
    assert "Diallo" not in client.get("/lettres?etat=toutes&export=csv").get_data(as_text=True)


def test_an_empty_selection_and_nonsense_are_told(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None]
) -> None:
    writer = somebody(Role.REFERENT)
    a_letter(writer)
    session.commit()
    sign_in(writer)
    for data in ({}, {"lettre": "nonsense"}):
        answer = client.post("/lettres/postees", data=data, headers={"Referer": "http://localhost/lettres"})
        assert answer.status_code == 303
        assert "Cochez d’abord les lettres" in _text(client.get(answer.location))
    assert client.get("/lettres?etat=nonsense&tri=nonsense&page=nonsense").status_code == 200
    assert client.get("/lettres?export=pdf").status_code == 404


@pytest.mark.usefixtures("pdf_machine")
def test_a_letter_is_a_tagged_pdf_that_says_who_writes_to_whom_and_how_to_answer(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None], today: object
) -> None:
    writer = somebody(Role.REFERENT)
    letter = a_letter(writer)
    session.commit()
    sign_in(writer)
    answer = client.get(f"/lettres/{letter.id}.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="lettre-2026-11-05.pdf"'
    pdf = TaggedPdf(answer.data)
    assert pdf.faults() == []
    assert (len(pdf.reader.pages), pdf.kinds["H1"], pdf.kinds["Figure"]) == (1, 1, 1)
    text = re.sub(r"\s+", " ", pdf.text.replace("\u00a0", " "))
    sheet = sheet_of(letter)
    expected = [
        sheet.head.name, *POSTAL, "Massy, le 5 novembre 2026", "Objet : Une offre pour vous : Agent de propreté",
        "Bonjour Aminata,", sheet.code, "Cordialement,", writer.user.full_name, sheet.address, sheet.code,
        "01 99 00 12 34",
    ]  # fmt: skip
    read = 0
    for words in expected:
        read = text.index(words, read) + len(words)
    assert "page 1" not in text
    assert "Aminata" not in pdf.title


@pytest.mark.usefixtures("pdf_machine")
def test_all_that_wait_are_one_file_a_sheet_each(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None]
) -> None:
    writer = somebody(Role.REFERENT)
    letters = [a_letter(writer) for _ in range(3)]
    session.commit()
    service.post_letters([letters[0].id], by=writer.actor)
    sign_in(writer)
    pdf = TaggedPdf(client.get("/lettres/a-imprimer.pdf").data)
    assert pdf.faults() == []
    assert len(pdf.reader.pages) == 2
    assert [sheet_of(letter).code in pdf.text for letter in letters] == [False, True, True]


def test_the_drawing_on_a_sheet_is_that_of_its_own_address(session: scoped_session) -> None:
    letter = a_letter(somebody(Role.REFERENT))
    assert sheet_of(letter).qr == qr_drawing(qr_address(str(letter.short_code)))
    assert sheet_of(letter).qr != qr_drawing(qr_address("ACDEFGHJ"))


def test_the_list_leaves_as_a_sheet(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None], today: object
) -> None:
    writer = somebody(Role.REFERENT)
    a_letter(writer)
    session.commit()
    sign_in(writer)
    head, line = client.get("/lettres?export=csv").get_data(as_text=True).lstrip("\ufeff").strip().split("\r\n")
    assert head.startswith("Destinataire;Adresse;Objet;")
    assert line.startswith("Mme Aminata Diallo;3 rue du Four, 91300 Massy;Une offre pour vous")


def test_the_page_asks_the_database_as_often_whatever_the_letters(
    client: FlaskClient, session: scoped_session, sign_in: Callable[..., None], statements: Statements
) -> None:
    writer = somebody(Role.REFERENT)
    session.commit()

    def count() -> int:
        sign_in(writer)
        statements.clear()
        assert client.get("/lettres").status_code == 200
        return len(statements)

    a_letter(writer)
    session.commit()
    few = count()
    for _ in range(12):
        a_letter(writer)
    session.commit()
    assert count() == few
    assert few <= 12
