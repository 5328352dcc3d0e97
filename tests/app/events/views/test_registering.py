"""The public page registers whom it is for, says the seats before and the rank after, and betrays nobody."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.roles import Role
from app.events.models import Booking
from app.events.rules.kinds import Audience, EventKind, Side
from app.events.rules.registering import REGISTER_PER_CONTACT
from app.events.rules.states import BookingState, EventState
from app.messages.models import Message
from app.organisations.rules import OrganisationKind
from tests.conftest import Statements
from tests.factories.events import Staged, a_booking, a_slot, an_event
from tests.factories.people import an_organisation, somebody

SignIn = Callable[[Any], FlaskClient]
VISITOR = {"first_name": "Pierre", "last_name": "Blanc", "phone": "06 12 34 56 78"}


def _url(staged: Staged, way: str = "") -> str:
    return f"/agenda/{staged.event.id}/inscription" + (f"?pour={way}" if way else "")


def _sent(staged: Staged, **values: Any) -> dict[str, Any]:
    return {"slot": str(staged.slot.id), "row_id": str(uuid4()), **values}


def _state(booking_id: UUID) -> BookingState:
    db.session.expire_all()
    return db.session.get_one(Booking, booking_id).state


def test_a_visitor_registers_and_reads_no_code_on_the_page(client: FlaskClient, session: scoped_session) -> None:
    staged = an_event()
    session.commit()
    page = client.get(_url(staged)).text
    assert "12\u00a0places libres" in page
    answer = client.post(_url(staged), data=_sent(staged, **VISITOR), follow_redirects=True)
    booking = db.session.scalars(select(Booking)).one()
    assert "Votre place est réservée" in answer.text
    assert booking.code[:4] not in answer.text
    assert f"{booking.code[:4]}-{booking.code[4:]}" in db.session.scalars(select(Message.body)).one()


def test_the_answer_is_the_same_when_the_phone_is_already_there(client: FlaskClient, session: scoped_session) -> None:
    staged = an_event()
    person = somebody(Role.CANDIDATE)
    assert person.candidate is not None
    person.candidate.phone = "+33612345678"
    session.commit()
    answers = [client.post(_url(staged), data=_sent(staged, **VISITOR)) for _ in range(2)]
    assert len({answer.location for answer in answers}) == 1
    assert [row.candidate_id for row in db.session.scalars(select(Booking))] == [None]


def test_when_it_is_full_the_page_says_so_before_and_the_rank_after(
    client: FlaskClient, session: scoped_session
) -> None:
    staged = an_event(seats=1)
    a_booking(staged)
    a_booking(staged, "Lina Petit", BookingState.WAITING)
    session.commit()
    assert "Complet\u00a0: 1\u00a0inscription en attente" in client.get(_url(staged)).text
    answer = client.post(_url(staged), data=_sent(staged, **VISITOR), follow_redirects=True)
    assert "Vous êtes 2e sur la liste d’attente" in answer.text


def test_a_form_without_a_way_to_reach_somebody_says_it_beside_the_field(
    client: FlaskClient, session: scoped_session
) -> None:
    staged = an_event()
    session.commit()
    answer = client.post(_url(staged), data=_sent(staged, **{**VISITOR, "phone": ""}))
    assert "Donnez un téléphone ou une adresse e-mail" in answer.text
    assert 'value="Pierre"' in answer.text


def test_one_contact_is_not_registered_without_end(client: FlaskClient, session: scoped_session) -> None:
    staged = an_event(seats=50)
    session.commit()
    codes = [
        client.post(_url(staged), data=_sent(staged, **{**VISITOR, "first_name": f"Nour{n}"})).status_code
        for n in range(REGISTER_PER_CONTACT.tries + 1)
    ]
    assert codes == [303] * REGISTER_PER_CONTACT.tries + [429]


def test_a_wrong_siret_is_said_and_a_right_one_is_kept(client: FlaskClient, session: scoped_session) -> None:
    staged = an_event(EventKind.SPEED_DATING)
    session.commit()
    firm = {"name": "Jardins du Val", "contact_name": "Odile Hervé", "email": "odile@jardins.example"}
    wrong = client.post(_url(staged, "entreprise"), data=_sent(staged, **firm, siret="123"))
    assert "Il en faut 14" in wrong.text
    right = client.post(_url(staged, "entreprise"), data=_sent(staged, **firm, siret="732 829 320 00074"))
    assert right.status_code == 303
    booking = db.session.scalars(select(Booking)).one()
    assert (booking.siret, booking.side) == ("73282932000074", Side.MOVING)


def test_a_candidate_registers_in_two_presses_and_shows_the_code(sign_in: SignIn, session: scoped_session) -> None:
    staged, person = an_event(), somebody(Role.CANDIDATE)
    session.commit()
    browser = sign_in(person)
    answer = browser.post(_url(staged), data=_sent(staged), follow_redirects=True)
    assert "Votre place est réservée" in answer.text
    assert "<svg" in answer.text
    listed = browser.get("/mes-rendez-vous-collectifs").text
    assert staged.event.title in listed


def test_a_structure_sits_and_a_firm_moves(sign_in: SignIn, session: scoped_session) -> None:
    staged = an_event(EventKind.SPEED_DATING)
    members = [somebody(Role.EMPLOYER, an_organisation(kind)) for kind in (OrganisationKind.ACI, OrganisationKind.FIRM)]
    session.commit()
    for member in members:
        answer = sign_in(member).post(_url(staged), data=_sent(staged))
        assert "/inscriptions/" in answer.location
    sides = {row.organisation_id: row.side for row in db.session.scalars(select(Booking))}
    assert [sides[member.organisation.id] for member in members] == [Side.SEATED, Side.MOVING]  # type: ignore[union-attr]


def test_whom_it_is_not_for_reads_why(sign_in: SignIn, session: scoped_session) -> None:
    staged, person = an_event(EventKind.SPEED_DATING), somebody(Role.CANDIDATE)
    session.commit()
    assert "n’est pas ouvert à ce type de participant" in sign_in(person).get(_url(staged)).text


@pytest.mark.parametrize("state", sorted({EventState.CLOSED, EventState.CANCELLED}))
def test_nothing_is_offered_for_what_is_over(client: FlaskClient, session: scoped_session, state: EventState) -> None:
    staged = an_event(state=state)
    session.commit()
    page = client.get(_url(staged)).text
    assert "Vous ne pouvez pas vous inscrire ici" in page
    assert "<form" not in re.sub(r"(?s)<footer.*", "", page)


def test_a_draft_and_an_event_that_is_not_public_are_unknown_to_the_street(
    client: FlaskClient, session: scoped_session
) -> None:
    for staged in (an_event(state=EventState.DRAFT), an_event(is_public=False)):
        session.commit()
        assert client.get(_url(staged)).status_code == 404


def test_the_statements_do_not_grow_with_the_slots(
    client: FlaskClient, session: scoped_session, today: date, statements: Statements
) -> None:
    staged = an_event(audience=Audience.EVERYBODY)
    session.commit()
    counts = []
    for more in (0, 15):
        for n in range(more):
            a_slot(staged.event, staged.slot.ends_at.replace(hour=12 + n % 10, minute=n), hours=1)
        session.commit()
        session.expire_all()
        statements.clear()
        assert client.get(_url(staged)).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12
