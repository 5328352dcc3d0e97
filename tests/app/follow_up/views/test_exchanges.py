"""Between two visits: an exchange is noted, a day of absence is said by whoever knows it, and taken back."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.models import Absence, Exchange
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody, somebody

EXCHANGE = {"side": "person", "mode": "phone", "answered": "non", "on": "05/11/2026", "words": "Message laissé"}


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    session.commit()
    return made


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def test_an_exchange_is_noted_once_and_shown(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    client, row_id = sign_in(followed.referent), str(uuid4())
    for _ in range(2):
        answer = client.post(f"/suivis/{followed.follow_up.id}/echange", data={**EXCHANGE, "row_id": row_id})
        assert answer.status_code == 303
    assert session.scalar(select(func.count()).select_from(Exchange)) == 1
    assert "Message laissé" in text(client.get(f"/suivis/{followed.follow_up.id}/echange"))


@pytest.mark.parametrize("name", sorted({"side", "mode", "answered", "on"}))
def test_an_exchange_says_with_whom_how_and_whether_somebody_answered(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient], name: str
) -> None:
    answer = sign_in(followed.referent).post(f"/suivis/{followed.follow_up.id}/echange", data={**EXCHANGE, name: ""})
    assert answer.status_code == 200
    assert "Message laissé" in text(answer)
    assert session.scalar(select(func.count()).select_from(Exchange)) == 0


def test_a_day_of_absence_is_noted_and_taken_back(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    client, page = sign_in(followed.referent), f"/suivis/{followed.follow_up.id}/absence"
    client.post(page, data={"side": "tutor", "days": "24/10, 31/10"})
    assert "samedi 31 octobre" in text(client.get(page))
    first = session.scalars(select(Absence.id).order_by(Absence.on)).first()
    assert client.post(f"/suivis/absences-notees/{first}/retirer").status_code == 303
    assert session.scalars(select(Absence.on)).all() == [date(2026, 10, 31)]


@pytest.mark.parametrize("page", ["echange", "absence", "lien-tuteur"])
@pytest.mark.parametrize("who", ["colleague", "referent elsewhere"])
def test_only_who_may_act_opens_the_forms(
    session: scoped_session, followed: Followed, sign_in: Callable[[Somebody], FlaskClient], who: str, page: str
) -> None:
    stranger = a_colleague(followed) if who == "colleague" else somebody(Role.REFERENT)
    session.commit()
    assert sign_in(stranger).get(f"/suivis/{followed.follow_up.id}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["echange", "absence", "lien-tuteur"])
def test_the_forms_cost_few_statements(
    followed: Followed, sign_in: Callable[[Somebody], FlaskClient], statements: Statements, page: str
) -> None:
    client = sign_in(followed.referent)
    statements.clear()
    assert client.get(f"/suivis/{followed.follow_up.id}/{page}").status_code == 200
    assert len(statements) <= 12
