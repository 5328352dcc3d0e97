"""« Importer des marchés (DECP) » as those who steer use it: file, preview, taking, export."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.clauses.models import PublicContract
from app.clauses.rules.decp import DecpContract, read_decp, to_decp
from app.core.db import db
from app.core.roles import Role
from tests.app.clauses.service.test_decp import ONE
from tests.factories.people import Somebody, somebody

pytestmark = pytest.mark.usefixtures("session", "today")
SignIn = Callable[[Any], FlaskClient]
PATH = "/clauses/decp"


def text_of(page: Any) -> str:
    return str(page.get_data(as_text=True)).replace("\u00a0", " ")


def sent(client: FlaskClient, data: bytes) -> Any:
    """The form as a browser sends it; one body in memory, whatever its size."""
    head = 'Content-Disposition: form-data; name="row_id"\r\n\r\n' + str(uuid4())
    file = 'Content-Disposition: form-data; name="file"; filename="decp-2026.json"\r\n\r\n'
    body = f"--limit\r\n{head}\r\n--limit\r\n{file}".encode() + data + b"\r\n--limit--\r\n"
    return client.post(PATH, data=body, content_type="multipart/form-data; boundary=limit")


def previewed(client: FlaskClient, *contracts: DecpContract) -> str:
    return str(sent(client, to_decp(contracts)).location)


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(PublicContract)) or 0


@pytest.fixture
def plie() -> Somebody:
    return somebody(Role.FACILITATOR)


def test_the_preview_says_what_is_new_then_takes_it_and_the_same_file_is_unchanged(
    sign_in: SignIn, plie: Somebody
) -> None:
    client, before = sign_in(plie), count()
    preview = previewed(client, ONE, replace(ONE, id="2"))
    text = text_of(client.get(preview))
    assert "Nouveau (2)" in text
    assert "Tout prendre : 2 marchés" in text
    page = client.post(f"{preview}/prendre", data={"prendre": "tout", "clause": "sociales"}, follow_redirects=True)
    assert "2 marchés ajoutés" in text_of(page)
    assert count() == before + 2
    text = text_of(client.get(previewed(client, ONE, replace(ONE, id="2"))))
    assert "Inchangé (2)" in text
    assert "Tout prendre" not in text


def test_a_change_reads_before_and_after(sign_in: SignIn, plie: Somebody) -> None:
    client = sign_in(plie)
    client.post(f"{previewed(client, ONE)}/prendre", data={"prendre": "tout"})
    text = text_of(client.get(f"{previewed(client, replace(ONE, subject='Sols'))}?etat=changed"))
    assert "<strong>Objet</strong> : Collège : peinture" in text
    assert "devient </span> Sols" in text


def test_an_error_names_the_field_and_why(sign_in: SignIn, plie: Somebody) -> None:
    client = sign_in(plie)
    preview = sent(client, to_decp([ONE]).replace(b'"2026-03-02"', b'"demain"')).location
    text = text_of(client.get(f"{preview}?etat=error"))
    assert "<strong>dateNotification</strong> « demain » : Une date est attendue" in text
    assert "dateNotification" in text_of(client.get(f"{preview}?export=csv"))


def test_only_the_ticked_lines_are_taken(sign_in: SignIn, plie: Somebody) -> None:
    client, before = sign_in(plie), count()
    preview = previewed(client, ONE, replace(ONE, id="2"), replace(ONE, id="3"))
    client.post(f"{preview}/prendre", data={"prendre": "coches", "ligne": ["1", "3", "abc"]})
    assert count() == before + 2
    page = client.post(f"{preview}/prendre", data={"prendre": "coches"}, follow_redirects=True)
    assert "Cochez au moins un marché." in text_of(page)
    assert count() == before + 2


def test_contracts_without_a_social_consideration_are_shown_when_asked(sign_in: SignIn, plie: Somebody) -> None:
    client = sign_in(plie)
    preview = previewed(client, ONE, replace(ONE, id="2", subject="Fournitures de bureau", social=()))
    assert "Fournitures de bureau" not in text_of(client.get(preview))
    assert "Fournitures de bureau" in text_of(client.get(f"{preview}?clause=toutes"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"pas du json", "Ce fichier n’est pas du JSON."),
        (b"[" * 900_000, "Ce fichier n’a pas la forme"),
        (b" " * (20 * 1024 * 1024 + 1), "Ce fichier est trop lourd : 20 Mo au plus."),
    ],
)
def test_a_file_that_cannot_be_read_is_said_beside_the_field(
    sign_in: SignIn, plie: Somebody, data: bytes, words: str
) -> None:
    text = text_of(sent(sign_in(plie), data))
    assert 'id="file-error"' in text
    assert words in text


def test_a_file_of_19_megabytes_is_read(sign_in: SignIn, plie: Somebody) -> None:
    assert sent(sign_in(plie), to_decp([ONE]) + b" " * (19 * 1024 * 1024)).status_code == 303


def test_without_a_file_the_page_asks_for_one(sign_in: SignIn, plie: Somebody) -> None:
    page = sign_in(plie).post(PATH, data={}, content_type="multipart/form-data")
    assert "Choisissez un fichier." in text_of(page)


def test_the_export_reads_back_as_the_official_file(sign_in: SignIn, plie: Somebody) -> None:
    client = sign_in(plie)
    client.post(f"{previewed(client, ONE)}/prendre", data={"prendre": "tout"})
    page = client.get(f"{PATH}/export")
    assert page.headers["Content-Disposition"] == 'attachment; filename="decp-2026-11-05.json"'
    assert read_decp(page.data).contracts == (ONE,)


def test_a_stranger_exports_and_previews_nothing_of_it(sign_in: SignIn, plie: Somebody) -> None:
    client = sign_in(plie)
    preview = previewed(client, replace(ONE, place_code="91223"))
    client.post(f"{preview}/prendre", data={"prendre": "tout"})
    client = sign_in(somebody(Role.FACILITATOR, territory=None))
    assert client.get(preview).status_code == 404
    assert client.post(f"{preview}/prendre", data={"prendre": "tout"}).status_code == 404
    assert read_decp(client.get(f"{PATH}/export").data).contracts == ()
    assert sign_in(somebody(Role.DEPARTMENT)).get(preview).status_code == 200


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.REFERENT, Role.CANDIDATE])
def test_others_neither_import_nor_export(sign_in: SignIn, role: Role) -> None:
    client = sign_in(somebody(role))
    assert {client.get(path).status_code for path in (PATH, f"{PATH}/export")} == {403}


def test_the_pages_read_little(sign_in: SignIn, plie: Somebody, statements: list[str]) -> None:
    client = sign_in(plie)
    preview = previewed(client, *(replace(ONE, id=str(number)) for number in range(120)))
    client.post(f"{preview}/prendre", data={"prendre": "coches", "ligne": [str(number) for number in range(1, 20)]})
    for path in (PATH, preview, f"{preview}?page=2&etat=new", f"{preview}?export=csv", f"{PATH}/export"):
        statements.clear()
        assert client.get(path).status_code == 200
        assert len(statements) <= 12, (path, len(statements))


def test_reading_a_file_asks_no_more_for_more_contracts(sign_in: SignIn, plie: Somebody, statements: list[str]) -> None:
    client = sign_in(plie)
    statements.clear()
    previewed(client, *(replace(ONE, id=str(number)) for number in range(500)))
    assert len(statements) <= 12
