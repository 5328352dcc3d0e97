"""« Stages »: each reader their own, filtered in the address, sorted, exported, in few statements."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.placements.rules.states import PlacementState
from tests.conftest import Statements
from tests.factories.people import Somebody, somebody
from tests.factories.placements import Placed, a_placement

SignIn = Callable[[Somebody], FlaskClient]
_S = PlacementState


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


@pytest.fixture
def several(session: scoped_session, today: date) -> Placed:
    """Of one referent: a carpenter asked soon, a cook who runs, a gardener over; and one of somebody else."""
    first = a_placement(_S.WISHED, title="Charpentier", starts_on=today + timedelta(days=5), host_organisation_id=None)
    a_placement(_S.RUNNING, title="Cuisinier", referent=first.referent, trade_slug="cuisinier")
    a_placement(_S.CLOSED, title="Jardinier", referent=first.referent, host_name="Pépinière des Lacs")
    a_placement(_S.ACCEPTED, title="Soudeur")
    session.commit()
    return first


TITLES = ("Charpentier", "Cuisinier", "Jardinier", "Soudeur")


def shown(answer: Any) -> list[str]:
    words = text(answer)
    return [title for title in TITLES if title in words]


def test_a_referent_reads_those_that_live_and_not_those_of_others(
    several: Placed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(several.referent)
    statements.clear()
    answer = client.get("/stages")
    assert len(statements) <= 12
    assert shown(answer) == ["Charpentier", "Cuisinier"]
    assert "entreprise à appeler" in text(answer)


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ("etat=tous", ["Charpentier", "Cuisinier", "Jardinier"]),
        ("etat=demandes", ["Charpentier"]),
        ("etat=en-cours", ["Cuisinier"]),
        ("etat=clos&entreprise=pepiniere", ["Jardinier"]),
        ("etat=tous&entreprise=rien", []),
        ("quand=bientot", ["Charpentier"]),
        ("etat=tous&quand=passes", ["Jardinier"]),
        ("convention=sans", ["Charpentier"]),
        ("etat=n-importe&quand=quoi&prescripteur=rien&secteur=x&territoire=y", ["Charpentier", "Cuisinier"]),
    ],
)
def test_filters_are_in_the_address_and_nonsense_filters_nothing(
    several: Placed, sign_in: SignIn, filters: str, kept: list[str]
) -> None:
    assert shown(sign_in(several.referent).get(f"/stages?{filters}")) == kept


@pytest.mark.parametrize("sort", ["debut", "-fin", "personne", "entreprise", "etat", "-prescripteur", "nonsense"])
def test_every_sort_keeps_every_line(several: Placed, sign_in: SignIn, sort: str) -> None:
    answer = sign_in(several.referent).get(f"/stages?etat=tous&tri={sort}")
    assert shown(answer) == ["Charpentier", "Cuisinier", "Jardinier"]


def test_the_departement_reads_all_and_asks_nothing(session: scoped_session, several: Placed, sign_in: SignIn) -> None:
    agent = somebody(Role.DEPARTMENT)
    session.commit()
    answer = sign_in(agent).get("/stages?etat=tous")
    assert shown(answer) == list(TITLES)
    assert "Demander un stage" not in text(answer)


def test_what_is_filtered_is_what_is_exported(several: Placed, sign_in: SignIn) -> None:
    client = sign_in(several.referent)
    file = client.get("/stages?etat=en-cours&export=csv")
    assert shown(file) == ["Cuisinier"]
    assert "Menuiserie du Val" in text(file)
    sheet = load_workbook(BytesIO(client.get("/stages?etat=tous&export=xlsx").data)).active
    assert sheet is not None
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == ["Jardinier", "Cuisinier", "Charpentier"]


def test_pages_of_the_list_do_not_cost_more_statements(
    session: scoped_session, several: Placed, sign_in: SignIn, statements: Statements
) -> None:
    for _ in range(22):
        a_placement(_S.ACCEPTED, referent=several.referent)
    session.commit()
    client = sign_in(several.referent)
    statements.clear()
    assert "24 stages" in text(client.get("/stages?page=2"))
    assert len(statements) <= 12
