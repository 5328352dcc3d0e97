"""« Chiffres »: the table, its definitions, its files; few people are never shown."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.roles import Role
from app.events.labels.figures import COLUMNS, DEFINITIONS
from app.events.rules.kinds import EventKind
from app.events.rules.states import BookingState
from tests.app.events.queries.test_figures import SEPTEMBER
from tests.conftest import Statements
from tests.factories.events import a_booking, an_event
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Somebody], FlaskClient]


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def lines(answer: Any) -> dict[str, list[str]]:
    """The lines of the CSV, by name."""
    rows = answer.get_data(as_text=True).replace("\u00a0", " ").lstrip("\ufeff").splitlines()
    return {cells[0].strip('"'): [cell.strip('"') for cell in cells[1:]] for cells in (row.split(";") for row in rows)}


@pytest.fixture
def organiser(session: scoped_session, today: date) -> Somebody:
    return somebody(Role.FACILITATOR)


def _with_visitors(organiser: Somebody, kind: EventKind, number: int) -> None:
    staged = an_event(kind, organiser=organiser, starts_at=SEPTEMBER, seats=50)
    for rank in range(number):
        a_booking(staged, f"{kind} {rank}", BookingState.SEEN)


def test_numbers_of_few_people_are_hidden_with_their_company(
    organiser: Somebody, session: scoped_session, sign_in: SignIn
) -> None:
    _with_visitors(organiser, EventKind.FORUM, 20)
    _with_visitors(organiser, EventKind.WORKSHOP, 3)
    _with_visitors(organiser, EventKind.OPEN_DAY, 9)
    session.commit()
    rank = list(COLUMNS).index("people")
    found = lines(sign_in(organiser).get("/evenements/chiffres?export=csv"))
    assert {name: cells[rank] for name, cells in found.items() if name != "Type"} == {
        "Forum": "20",
        "Atelier": "< 5",
        "Portes ouvertes": "5 ou plus",
        "Ensemble": "32",
    }
    assert found["Ensemble"][0] == "3"


def test_the_page_defines_what_it_counts(organiser: Somebody, session: scoped_session, sign_in: SignIn) -> None:
    _with_visitors(organiser, EventKind.INFORMATION_SESSION, 8)
    session.commit()
    page = text(sign_in(organiser).get("/evenements/chiffres"))
    for label in COLUMNS.values():
        assert label in page
    assert set(DEFINITIONS) == set(COLUMNS.values())
    assert all(words in page for words in DEFINITIONS.values())
    assert "100 %" in page


def test_filters_are_in_the_address_and_nonsense_is_the_usual(
    organiser: Somebody, session: scoped_session, sign_in: SignIn
) -> None:
    _with_visitors(organiser, EventKind.FORUM, 8)
    session.commit()
    client = sign_in(organiser)
    assert ">Forum</th>" in text(client.get("/evenements/chiffres"))
    assert "Aucun événement tenu" in text(client.get("/evenements/chiffres?type=workshop"))
    assert "Aucun événement tenu" in text(client.get("/evenements/chiffres?du=2026-10&au=2026-11"))
    assert ">Forum</th>" in text(client.get("/evenements/chiffres?du=2026-10&au=2026-08"))
    assert ">Septembre 2026</th>" in text(client.get("/evenements/chiffres?par=mois"))
    nonsense = "du=x&au=x&type=x&territoire=x&organisateur=x&programme=x&par=x"
    assert ">Forum</th>" in text(client.get(f"/evenements/chiffres?{nonsense}"))
    assert client.get("/evenements/chiffres?export=xlsx").status_code == 200


def test_an_employer_has_the_figures_of_its_own_events(
    organiser: Somebody, session: scoped_session, sign_in: SignIn
) -> None:
    _with_visitors(organiser, EventKind.FORUM, 8)
    employer, candidate = somebody(Role.EMPLOYER), somebody(Role.CANDIDATE)
    _with_visitors(employer, EventKind.OPEN_DAY, 8)
    session.commit()
    page = text(sign_in(employer).get("/evenements/chiffres"))
    assert ">Portes ouvertes</th>" in page
    assert ">Forum</th>" not in page
    assert organiser.organisation is not None
    assert organiser.organisation.name not in page
    assert sign_in(candidate).get("/evenements/chiffres").status_code == 403


def test_the_page_never_costs_more_with_more_events(
    organiser: Somebody, session: scoped_session, sign_in: SignIn, statements: Statements
) -> None:
    client, costs = sign_in(organiser), []
    for several in (1, 6):
        for rank in range(several):
            at = SEPTEMBER + timedelta(days=rank + several)
            a_booking(an_event(organiser=organiser, starts_at=at), "Pierre Blanc", BookingState.SEEN)
        session.commit()
        statements.clear()
        client.get("/evenements/chiffres")
        costs.append(len(statements))
    assert clock.today() == date(2026, 11, 5)
    assert costs[0] == costs[1] <= 12
