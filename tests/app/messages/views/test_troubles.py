"""« Messages »: an administrator sees troubles, not people, and decides."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.messages.models import Message
from app.messages.rules import Channel, MessageState
from tests.factories.messages import a_code, a_refusable_one, a_required_one, reader
from tests.factories.people import somebody

Enter = Callable[..., FlaskClient]


def failed(error: str = "550 5.1.1 unknown", **values: object) -> Message:
    message = a_required_one(reader(email="secret.person@exemple.fr", name="Jeanne Cachée"), **values)
    message.state, message.attempts, message.last_error = MessageState.FAILED, 3, error
    return message


def uncertain() -> Message:
    message = a_refusable_one(channel=Channel.SMS)
    message.state, message.attempts, message.last_error = MessageState.UNCERTAIN, 1, "l’envoi s’est interrompu"
    return message


def test_it_shows_what_and_why_and_neither_words_nor_people(
    session: scoped_session, sign_in: Enter, today: date
) -> None:
    failed()
    uncertain()
    a_code()
    session.commit()
    page = sign_in(somebody(Role.ADMINISTRATOR)).get("/messages").get_data(as_text=True)
    for words in (
        "join_accepted",
        "Mon organisation",
        "s•••@exemple.fr",
        "550 5.1.1 unknown",
        "••• 01",
        "Envoi incertain",
    ):
        assert words in page
    for words in ("secret.person", "Jeanne", "Aminata", "Votre demande est acceptée", "39980101", "123456"):
        assert words not in page
    assert "sign_in_code" not in page, "what waits to leave needs no decision"


def test_the_list_is_filtered_by_the_address(session: scoped_session, sign_in: Enter, today: date) -> None:
    failed()
    uncertain()
    session.commit()
    client = sign_in(somebody(Role.ADMINISTRATOR))
    for query, kept, left in (
        ("etat=failed", "s•••@exemple.fr", "••• 01"),
        ("etat=uncertain", "••• 01", "s•••@exemple.fr"),
        ("canal=sms", "••• 01", "s•••@exemple.fr"),
        ("texte=join_accepted", "s•••@exemple.fr", "••• 01"),
    ):
        page = client.get(f"/messages?{query}").get_data(as_text=True)
        assert kept in page, query
        assert left not in page, query
    for nonsense in ("etat=sent", "etat=x", "canal=x", "texte=x", "tri=x", "page=x"):
        assert "s•••@exemple.fr" in client.get(f"/messages?{nonsense}").get_data(as_text=True)


def test_the_list_leaves_as_csv_without_people(session: scoped_session, sign_in: Enter, today: date) -> None:
    failed("=cmd")
    session.commit()
    client = sign_in(somebody(Role.ADMINISTRATOR))
    text = client.get("/messages?export=csv").get_data(as_text=True)
    assert "join_accepted;Mon organisation;E-mail;s•••@exemple.fr;Non remis;3;'=cmd;05/11/2026 12:00" in text
    assert client.get("/messages?export=xlsx").status_code == 200


@pytest.mark.parametrize(("button", "state"), [("envoyer", MessageState.QUEUED), ("laisser", MessageState.UNWANTED)])
def test_the_ticked_ones_are_decided_upon(
    session: scoped_session, sign_in: Enter, today: date, button: str, state: MessageState
) -> None:
    chosen, other = failed(), failed()
    session.commit()
    client = sign_in(somebody(Role.ADMINISTRATOR))
    answer = client.post("/messages/decider", data={"message": [str(chosen.id), "nonsense"], button: "1"})
    assert (answer.status_code, answer.location) == (303, "/messages")
    session.refresh(chosen)
    session.refresh(other)
    assert (chosen.state, other.state) == (state, MessageState.FAILED)
    again = client.post("/messages/decider", data={"message": [str(chosen.id)], button: "1"}, follow_redirects=True)
    assert "0\u00a0message" in again.get_data(as_text=True)


def test_the_page_costs_the_same_however_many_rows(
    session: scoped_session, sign_in: Enter, statements: list[str], today: date
) -> None:
    client = sign_in(somebody(Role.ADMINISTRATOR))
    counts = []
    for number in (1, 12):
        for _ in range(number):
            failed()
        session.commit()
        statements.clear()
        client.get("/messages")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


def test_it_is_empty_when_all_is_well(session: scoped_session, sign_in: Enter) -> None:
    page = sign_in(somebody(Role.ADMINISTRATOR)).get("/messages").get_data(as_text=True)
    assert "Aucun message n’attend de décision" in page


def test_a_selection_of_nothing_changes_nothing(session: scoped_session, sign_in: Enter, today: date) -> None:
    message = failed()
    session.commit()
    client = sign_in(somebody(Role.ADMINISTRATOR))
    client.post("/messages/decider", data={"message": [str(UUID(int=1))]})
    session.refresh(message)
    assert message.state is MessageState.FAILED
