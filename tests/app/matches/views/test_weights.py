"""« Réglage du score »: dated, refused beside the fields, and the lists follow on the day."""

import html
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.roles import Role
from app.matches import service
from app.matches.models import MatchWeights
from tests.factories.applications import a_market, a_ready_person
from tests.factories.matches import named, names_of, page_of, scores_of, weights_from
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]
ADDRESS = "/reglages/score"
pytestmark = pytest.mark.usefixtures("session", "today")


def _typed(values: dict[str, Any], **changes: str) -> dict[str, str]:
    said = {key: f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value) for key, value in values.items()}
    return {**said, **changes}


def _send(client: FlaskClient, data: dict[str, str]) -> str:
    return html.unescape(client.post(ADDRESS, data=data, follow_redirects=True).text).replace("\u00a0", " ")


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.ADMINISTRATOR])
def test_the_departement_sets_the_weights_from_a_day_on(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date, role: Role
) -> None:
    sign_in(agent := somebody(role))
    assert "personne ne l’a encore changé" in client.get(ADDRESS).text
    page = _send(client, _typed(weights_from(today + timedelta(days=3)), trade="30", travel="30", car_km_h="32,5"))
    assert "Il commence le 08/11/2026" in page
    assert "À venir" in page
    assert "personne ne l’a encore changé" in page
    row = session.scalars(select(MatchWeights)).one()
    assert (row.trade, row.travel, float(row.car_km_h), row.decided_by) == (30, 30, 32.5, agent.actor.name)
    assert session.scalars(select(AuditEntry).where(AuditEntry.action == "match_weights.set")).one()


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REFERENT, Role.EMPLOYER, Role.CANDIDATE])
def test_nobody_else_sees_the_setting(client: FlaskClient, sign_in: SignIn, role: Role) -> None:
    sign_in(somebody(role))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, data={}).status_code == 403


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"trade": "50"}, "trade", "Les cinq parts doivent faire 100 points en tout."),
        ({"same_rome": "36"}, "same_rome", "Un métier proche ne peut pas rapporter plus"),
        ({"family": "31"}, "family", "Une même famille ne peut pas rapporter plus"),
        ({"valid_from": "04/11/2026"}, "valid_from", "le passé ne change pas"),
        ({"valid_from": "31/02/2026"}, "valid_from", "date"),
        ({"travel": "beaucoup"}, "travel", "nombre"),
        ({"french": ""}, "french", "Écrivez des points."),
        ({"car_km_h": "0"}, "car_km_h", "1"),
        ({"bus_wait_min": "9" * 10_000}, "bus_wait_min", "nombre"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date,
    changes: dict[str, str], field: str, words: str,
) -> None:  # fmt: skip
    sign_in(somebody(Role.DEPARTMENT))
    page = _send(client, _typed(weights_from(today), **changes))
    assert words in page
    assert f'aria-describedby="{field}-' in page
    assert f'value="{changes[field]}"' in page
    assert session.scalars(select(MatchWeights)).all() == []


def test_a_day_is_set_once(client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date) -> None:
    agent = somebody(Role.DEPARTMENT)
    tomorrow = today + timedelta(days=1)
    sign_in(agent)
    assert 'value="06/11/2026"' in client.get(ADDRESS).text
    service.set_weights(weights_from(tomorrow), by=agent.actor, today=today)
    assert 'value="07/11/2026"' in client.get(ADDRESS).text
    page = _send(client, _typed(weights_from(tomorrow)))
    assert "Un réglage commence déjà ce jour-là" in page
    assert len(session.scalars(select(MatchWeights)).all()) == 1


def test_the_order_of_a_list_changes_on_the_day_and_not_before(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    market = a_market(french=3, french_reason="Lire les consignes", required_skills=["entretien-locaux"])
    named(market.person, "Parle", "Bien", french=3)
    named(a_ready_person(), "Sait", "Faire", french=0, skills=["entretien-locaux"])
    sign_in(market.facilitator)
    assert names_of(page_of(client, market)) == ["Sait Faire", "Parle Bien"]
    before = scores_of(page_of(client, market))
    agent = somebody(Role.DEPARTMENT)
    tomorrow = today + timedelta(days=1)
    service.set_weights(weights_from(tomorrow, skills=5, french=15), by=agent.actor, today=today)
    assert scores_of(page_of(client, market)) == before
    with clock.frozen(tomorrow):
        sign_in(market.facilitator)
        assert names_of(page_of(client, market)) == ["Parle Bien", "Sait Faire"]
        assert scores_of(page_of(client, market)) == before
