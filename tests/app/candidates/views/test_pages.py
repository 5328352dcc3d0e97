"""Every page of candidates' files opens for those whom it is for, says the essential, and costs few statements."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.candidates.rules import Question, Section
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.candidates import CandidateFactory, followed_by, mandate_for, person_with_access
from tests.factories.people import Somebody, somebody

pytestmark = pytest.mark.usefixtures("today")
MOST_STATEMENTS = 12
SignIn = Callable[[Any], FlaskClient]


def _text(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.get_data(as_text=True)


@pytest.mark.parametrize("section", [section for section in Section if section is not Section.BARRIERS])
@pytest.mark.parametrize("full", [True, False])
def test_every_section_opens_with_what_the_file_says(sign_in: SignIn, section: Section, full: bool) -> None:
    who = somebody(Role.REFERENT)
    candidate = followed_by(who, **({"full": True} if full else {}))
    page = _text(sign_in(who), f"/candidats/{candidate.id}/modifier/{section.value}")
    assert candidate.full_name in page
    assert f'name="version" type="hidden" value="{candidate.version}"' in page
    assert "Enregistrer" in page


@pytest.mark.parametrize("question", list(Question))
@pytest.mark.parametrize("full", [True, False])
def test_every_question_opens_in_plain_words(sign_in: SignIn, question: Question, full: bool) -> None:
    me = person_with_access(**({"french": 3, "available_from": date(2026, 12, 1)} if full else {}))
    page = _text(sign_in(me), f"/mon-profil/questions/{question.value}")
    assert page.count("<h1") == 1
    assert 'class="plain' in page
    assert "Appelez" in page


def test_an_unknown_section_or_question_is_no_page(sign_in: SignIn) -> None:
    who = somebody(Role.REFERENT)
    candidate = followed_by(who)
    _text(sign_in(who), f"/candidats/{candidate.id}/modifier/inconnu", 404)
    _text(sign_in(person_with_access()), "/mon-profil/questions/inconnu", 404)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT])
def test_the_file_shows_every_answer_in_words(sign_in: SignIn, statements: Statements, role: Role) -> None:
    who = somebody(role)
    candidate = (
        CandidateFactory(full=True, commune_insee="91377") if role is Role.DEPARTMENT else followed_by(who, full=True)
    )
    client = sign_in(who)
    statements.clear()
    page = _text(client, f"/candidats/{candidate.id}")
    assert len(statements) <= MOST_STATEMENTS
    for words in (
        "12/04/1988 (38\u00a0ans)", "06\u00a012\u00a034\u00a056\u00a078", "nadia@exemple.fr", "Massy (",
        "B1, autonome", "Agent d’entretien", "J’aime travailler dehors.", "Laver des vitres",
        "obtenu le 15/03/2025, valable jusqu’au 14/03/2027", "Permis B", "En voiture\u00a0: 30\u00a0min, 20\u00a0km",
        "20 à 35\u00a0h", "09/11/2026", "Pas de travail en hauteur", "depuis le 01/01/2026",
    ):  # fmt: skip
        assert words in page, words
    assert ("Modifier" in page) is (role is not Role.DEPARTMENT)


def test_the_list_costs_as_much_for_forty_people_as_for_one(sign_in: SignIn, statements: Statements) -> None:
    who = somebody(Role.FACILITATOR)
    followed_by(who, full=True)
    client = sign_in(who)
    statements.clear()
    _text(client, "/candidats")
    for_one = len(statements)
    for _ in range(39):
        followed_by(who, full=True)
    statements.clear()
    page = _text(client, "/candidats")
    assert len(statements) == for_one <= MOST_STATEMENTS
    assert "40\u00a0personnes" in page


@pytest.mark.parametrize(
    "address",
    ["/candidats", "/candidats/nouveau", "/candidats/doublons", "/candidats/imports"],
)
def test_the_pages_of_a_facilitator_open_empty(sign_in: SignIn, address: str) -> None:
    page = _text(sign_in(somebody(Role.FACILITATOR, territory=None)), address)
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("act", ["pret", "accord", "mandat", "code"])
@pytest.mark.parametrize("state", [{}, {"ready": True, "consenting": True}])
def test_the_acts_on_a_file_open(sign_in: SignIn, act: str, state: dict[str, bool]) -> None:
    who = somebody(Role.FACILITATOR)
    candidate = followed_by(who, **state)
    assert candidate.full_name in _text(sign_in(who), f"/candidats/{candidate.id}/{act}")


def test_my_profil_opens_empty_and_filled(sign_in: SignIn, statements: Statements) -> None:
    me = person_with_access()
    client = sign_in(me)
    statements.clear()
    page = _text(client, "/mon-profil")
    assert len(statements) <= MOST_STATEMENTS
    assert "Il reste 9\u00a0questions" in page
    assert "Aucune entreprise ne voit votre profil." in page
    assert _text(client, "/mon-profil/accord").count("<h1>") == 1
    assert _text(client, "/mon-profil/historique").count("<h1>") == 1


def test_a_mandate_is_shown_to_the_person_and_on_the_file(sign_in: SignIn) -> None:
    who: Somebody = somebody(Role.REFERENT)
    me = person_with_access(referent_id=who.user.id)
    assert me.candidate is not None
    mandate = mandate_for(who, me.candidate)
    assert f"{who.user.full_name} peut agir pour vous" in _text(sign_in(me), "/mon-profil")
    client = sign_in(who)
    assert "agit pour elle jusqu’au 4 mai 2027" in _text(client, f"/candidats/{me.candidate.id}")
    assert "Retirer le mandat" in _text(client, f"/candidats/{me.candidate.id}/mandats/{mandate.id}/retirer")
