"""A sheet through the pages: model, reading of real files, preview, acceptance, the same lines with their errors."""

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session
from werkzeug.test import TestResponse

from app.candidates.models import Candidate, CandidateImport
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.candidates import followed_by
from tests.factories.people import Somebody, somebody

pytestmark = pytest.mark.usefixtures("today")
SignIn = Callable[[Any], FlaskClient]
CSV = (
    "Nom;Prénom;Date de naissance;Téléphone;Commune;Métiers voulus;Heures max\r\n"
    "Ben Saïd;Aïcha;16/11/1990;06 12 34 56 78;Massy;ménage;35\r\n"
    "L’Hôpital;عائشة;16/11/2035;;Étampes;maçon;60\r\n"
    "Petit;Léa;;;;;\r\n"
)


@pytest.fixture
def who(session: scoped_session) -> Somebody:
    return somebody(Role.FACILITATOR)


def _upload(client: FlaskClient, data: bytes, name: str) -> TestResponse:
    """The body is written here: the client of Werkzeug keeps big ones in files that it does not close."""
    head = f'--x\r\nContent-Disposition: form-data; name="row_id"\r\n\r\n{uuid4()}\r\n'
    part = f'--x\r\nContent-Disposition: form-data; name="sheet"; filename="{name}"\r\n\r\n'
    body = b"".join((head.encode(), part.encode(), data, b"\r\n--x--\r\n"))
    return client.post("/candidats/imports", data=body, content_type="multipart/form-data; boundary=x")


def _preview(client: FlaskClient, data: bytes, name: str) -> tuple[str, str]:
    answer = _upload(client, data, name)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location), client.get(str(answer.location)).get_data(as_text=True)


def _xlsx() -> bytes:
    book = Workbook()
    for line in CSV.splitlines():
        book.active.append(line.split(";"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"), [(CSV.encode(), "a.csv"), (CSV.encode("utf-16"), "b.csv"), (_xlsx(), "c.xlsx")]
)
def test_faults_are_shown_at_their_cell_and_the_rest_is_added(
    session: scoped_session, sign_in: SignIn, who: Somebody, data: bytes, name: str
) -> None:
    client = sign_in(who)
    address, page = _preview(client, data, name)
    assert page.count("À corriger</span>") == 1
    assert "<strong>C3, Date de naissance</strong> «\u00a016/11/2035\u00a0»" in page
    assert "<strong>G3, Heures par semaine, au plus</strong> «\u00a060\u00a0»" in page
    assert page.count('class="is-bad"') == 2
    assert "Massy · Agent d’entretien" in page
    assert "Ajouter 2\u00a0personnes" in page
    answer = client.post(f"{address}/ajouter")
    assert (answer.status_code, answer.location) == (303, address)
    assert "2\u00a0personnes ajoutées." in client.get(address).get_data(as_text=True)
    added = session.scalars(select(Candidate.last_name).order_by(Candidate.last_name)).all()
    assert added == ["Ben Saïd", "Petit"]


def test_the_same_file_twice_and_a_double_press_add_nothing(
    session: scoped_session, sign_in: SignIn, who: Somebody
) -> None:
    client = sign_in(who)
    address, _ = _preview(client, CSV.encode(), "a.csv")
    client.post(f"{address}/ajouter")
    again, _ = _preview(client, CSV.encode(), "autre-nom.csv")
    assert again == address
    assert client.post(f"{address}/ajouter").status_code == 303
    assert session.scalar(select(func.count()).select_from(Candidate)) == 2
    assert session.scalar(select(func.count()).select_from(CandidateImport)) == 1


def test_lines_left_out_come_back_as_a_file_with_their_errors_and_are_read_again_once_mended(
    session: scoped_session, sign_in: SignIn, who: Somebody
) -> None:
    followed_by(who, first_name="Léa", last_name="Petit")
    client = sign_in(who)
    address, _ = _preview(client, CSV.encode(), "a.csv")
    client.post(f"{address}/ajouter")
    text = client.get(f"{address}?export=csv").get_data(as_text=True)
    lines = text.lstrip("\ufeff").splitlines()
    assert lines[0].endswith(";Erreurs")
    assert len(lines) == 3
    assert "La date de naissance est dans le futur." in lines[1]
    assert "Pas ajoutée\u00a0: déjà connue du portail." in lines[2]
    mended = text.replace("16/11/2035", "16/11/1985").replace(";60;", ";35;")
    address, page = _preview(client, mended.encode(), "corrige.csv")
    assert "Ajouter 1\u00a0personne" in page
    client.post(f"{address}/ajouter")
    assert session.scalars(select(Candidate.first_name).where(Candidate.last_name == "L’Hôpital")).all() == ["عائشة"]
    book = load_workbook(io.BytesIO(client.get(f"{address}?export=xlsx").data))
    assert book.active["H1"].value == "Erreurs"


def test_the_model_is_read_back_without_a_fault(sign_in: SignIn, who: Somebody) -> None:
    client = sign_in(who)
    for kind in ("xlsx", "csv"):
        model = client.get(f"/candidats/imports/modele?format={kind}")
        assert f"modele-candidats.{kind}" in model.headers["Content-Disposition"]
        _, page = _preview(client, model.data, f"modele.{kind}")
        assert "À corriger</span>" not in page
    assert client.get("/candidats/imports/modele?format=exe").status_code == 404


def test_a_known_line_may_be_added_as_somebody_else(session: scoped_session, sign_in: SignIn, who: Somebody) -> None:
    known = followed_by(who, first_name="Léa", last_name="Petit")
    client = sign_in(who)
    address, page = _preview(client, CSV.encode(), "a.csv")
    assert f'Déjà connue\u00a0: <a href="/candidats/{known.id}">Léa Petit</a>' in page
    client.post(f"{address}/ajouter", data={"autre": ["4", "x", "-1"]})
    assert session.scalar(select(func.count()).where(Candidate.last_name == "Petit")) == 2


def test_a_known_person_followed_by_others_is_not_named(sign_in: SignIn, who: Somebody) -> None:
    followed_by(somebody(Role.REFERENT), first_name="Léa", last_name="Petit", commune_insee="91223")
    _, page = _preview(sign_in(who), CSV.encode(), "a.csv")
    assert "Déjà connue, suivie par d’autres." in page


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.csv", "Ce tableau est vide."),
        (b"x;y\n1;2\n", "a.csv", "Les titres des colonnes ne sont pas reconnus."),
        ("Nom;Prénom\n".encode(), "a.csv", "Sous les titres des colonnes, ce tableau est vide."),
        (_xlsx()[:3000], "a.xlsx", "Ce fichier est abîmé."),
        (b"\x89PNG\r\n\x1a\n\0\0", "photo.png", "Ce fichier n’est pas un tableau."),
        (b"x" * (10 * 1024 * 1024 + 1), "a.csv", "Ce fichier est trop lourd"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    sign_in: SignIn, who: Somebody, data: bytes, name: str, message: str
) -> None:
    answer = _upload(sign_in(who), data, name)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<title>Erreur\u00a0: " in page
    assert message in page


def test_no_file_chosen_is_asked_for(sign_in: SignIn, who: Somebody) -> None:
    page = sign_in(who).post("/candidats/imports", data={"row_id": str(uuid4())}).get_data(as_text=True)
    assert "Choisissez un fichier." in page


def test_twenty_megabytes_are_refused_with_words(sign_in: SignIn, who: Somebody) -> None:
    answer = _upload(sign_in(who), b"x" * 20 * 1024 * 1024, "a.csv")
    assert answer.status_code == 413
    assert "Mo" in answer.get_data(as_text=True)


def test_the_preview_of_a_long_sheet_is_paged_and_filtered_at_a_fixed_cost(
    sign_in: SignIn, who: Somebody, statements: Statements
) -> None:
    lines = "".join(f"Nom{number};Prénom{number};{'ménage' if number % 2 else 'xyzzy'}\n" for number in range(120))
    client = sign_in(who)
    address, page = _preview(client, f"Nom;Prénom;Métiers\n{lines}".encode(), "long.csv")
    assert "120\u00a0lignes" in page
    statements.clear()
    page = client.get(f"{address}?etat=faulty&page=2").get_data(as_text=True)
    assert len(statements) <= 12
    assert page.count("À corriger</span>") == 10
    assert client.get(f"{address}?etat=nonsense").status_code == 200


def test_an_import_is_found_again_by_a_colleague_and_by_nobody_else(sign_in: SignIn, who: Somebody) -> None:
    address, _ = _preview(sign_in(who), CSV.encode(), "personnes.csv")
    page = sign_in(somebody(Role.FACILITATOR, who.organisation)).get("/candidats/imports").get_data(as_text=True)
    assert "personnes.csv" in page
    stranger = sign_in(somebody(Role.FACILITATOR))
    assert "personnes.csv" not in stranger.get("/candidats/imports").get_data(as_text=True)
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/ajouter").status_code == 404
