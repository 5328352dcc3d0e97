"""« Mes stages »: plain words, one line of steps, what to do now, a phone; nobody else's."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.placements.labels.asking import NEXT, OWN_REASONS
from app.placements.rules.kinds import AssessmentSide, Party
from app.placements.rules.states import DEAD, PlacementState
from tests.conftest import Statements
from tests.factories.people import Somebody, somebody
from tests.factories.placements import a_placement, a_signature, an_assessment

SignIn = Callable[[Somebody], FlaskClient]
_S = PlacementState
FORBIDDEN = ("RSA", "allocation", "santé", "éligib")


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def test_somebody_without_a_stage_reads_what_it_is_and_may_ask(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    person = somebody(Role.CANDIDATE)
    session.commit()
    shown = text(sign_in(person).get("/mes-stages"))
    assert "Un stage, c’est quoi ?" in shown
    assert "/mes-stages/demander" in shown
    assert "tel:" in shown


def test_all_of_ones_stages_are_one_page(
    session: scoped_session, today: object, sign_in: SignIn, statements: Statements
) -> None:
    first = a_placement(_S.WISHED)
    a_placement(_S.CLOSED, person=first.person, title="Cuisinier")
    a_placement(_S.WISHED, title="Jardinier")
    session.commit()
    client = sign_in(first.person)
    statements.clear()
    shown = text(client.get("/mes-stages"))
    assert len(statements) <= 12
    assert "Vous attendez la réponse" in shown
    assert "Cuisinier" in shown
    assert "Jardinier" not in shown


@pytest.mark.parametrize("state", sorted(set(PlacementState) - DEAD))
def test_the_page_says_what_to_do_now_in_each_state(
    session: scoped_session, today: object, sign_in: SignIn, statements: Statements, state: PlacementState
) -> None:
    placed = a_placement(state)
    session.commit()
    client = sign_in(placed.person)
    statements.clear()
    shown = text(client.get(f"/mes-stages/{placed.placement.id}"))
    assert len(statements) <= 12
    assert NEXT[state].replace("\u00a0", " ") in shown
    assert "Convention" in shown
    assert "tel:" in shown
    assert not [word for word in FORBIDDEN if word in shown]


def test_the_hours_of_the_week_and_the_whole_address_are_on_the_page(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    placed = a_placement(_S.VALIDATED, host_address="3 rue du Bois")
    session.commit()
    shown = text(sign_in(placed.person).get(f"/mes-stages/{placed.placement.id}"))
    assert "Lundi à vendredi : 9 h à 12 h, 13 h 30 à 17 h 30" in shown
    assert "3 rue du Bois, Massy" in shown


def test_who_has_done_their_part_is_not_asked_again(session: scoped_session, today: object, sign_in: SignIn) -> None:
    signed, said = a_placement(_S.PREPARED), a_placement(_S.ENDED)
    a_signature(signed.placement, Party.PERSON)
    an_assessment(said.placement, AssessmentSide.PERSON)
    session.commit()
    shown = text(sign_in(signed.person).get(f"/mes-stages/{signed.placement.id}"))
    assert "Vous avez dit oui." in shown
    assert NEXT[_S.PREPARED] not in shown
    shown = text(sign_in(said.person).get(f"/mes-stages/{said.placement.id}"))
    assert "Merci. Votre avis est noté." in shown
    assert NEXT[_S.ENDED] not in shown
    assert "btn-main" not in shown


def test_a_no_is_read_kindly_with_the_words_of_the_host(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    placed = a_placement(_S.DECLINED)
    session.commit()
    shown = text(sign_in(placed.person).get(f"/mes-stages/{placed.placement.id}"))
    assert "Ce n’est pas contre vous." in shown
    assert "Pas de tuteur à ces dates" in shown
    assert "Demander un autre stage" in shown


def test_a_cancelled_stage_says_who_gave_up(session: scoped_session, today: object, sign_in: SignIn) -> None:
    placed = a_placement(_S.CANCELLED)
    session.commit()
    shown = text(sign_in(placed.person).get(f"/mes-stages/{placed.placement.id}"))
    assert OWN_REASONS[placed.placement.cancel_reason] in shown  # type: ignore[index]


def test_nobody_reads_the_stage_of_somebody_else(session: scoped_session, today: object, sign_in: SignIn) -> None:
    placed, other = a_placement(_S.WISHED), somebody(Role.CANDIDATE)
    session.commit()
    assert sign_in(other).get(f"/mes-stages/{placed.placement.id}").status_code == 404


@pytest.mark.parametrize("words", [*NEXT.values(), *OWN_REASONS.values()])
def test_a_sentence_for_a_person_is_short(words: str) -> None:
    sentences = [part for part in words.replace("\u00a0?", ".").split(".") if part.strip()]
    assert max(len(sentence.split()) for sentence in sentences) <= 15
