"""« Stagiaires »: a host reads what was asked of it and who comes, and never why somebody is accompanied."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.candidates.models import CandidateBarrier, CandidateProgramme
from app.candidates.rules import Barrier, Programme
from app.core.roles import Role
from app.messages.models import Message
from app.organisations.rules import OrganisationKind
from app.placements.rules.asking import Welcome
from app.placements.rules.kinds import CancelReason
from app.placements.rules.states import PlacementState
from app.placements.service import answering, cancelling
from tests.conftest import Statements
from tests.factories.people import Somebody, an_organisation, somebody
from tests.factories.placements import Placed, a_placement

SignIn = Callable[[Somebody], FlaskClient]
_S = PlacementState


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


@pytest.fixture
def wished(session: scoped_session, today: date) -> Placed:
    placed = a_placement(_S.WISHED)
    a_placement(_S.RUNNING, host=placed.host, title="Cuisinier")
    a_placement(_S.CANCELLED, host=placed.host, title="Jardinier")
    a_placement(_S.WISHED, title="Soudeur")
    session.commit()
    return placed


def test_what_waits_for_an_answer_comes_first_and_others_are_not_there(
    wished: Placed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(wished.host)
    statements.clear()
    shown = text(client.get("/stages-accueillis"))
    assert len(statements) <= 12
    assert "1 demande attend votre réponse." in shown
    assert 0 < shown.index("Menuisier") < shown.index("Cuisinier")
    assert "Jardinier" not in shown
    assert "Soudeur" not in shown


@pytest.mark.parametrize(
    ("filters", "there", "absent"),
    [
        ("etat=a-repondre", "Menuisier", "Cuisinier"),
        ("etat=en-cours", "Cuisinier", "Menuisier"),
        ("etat=sans-suite", "Jardinier", "Menuisier"),
        ("etat=nonsense&tri=nonsense", "Menuisier", "Jardinier"),
        ("tri=-personne", "Menuisier", "Jardinier"),
    ],
)
def test_the_list_is_filtered_in_the_address(
    wished: Placed, sign_in: SignIn, filters: str, there: str, absent: str
) -> None:
    shown = text(sign_in(wished.host).get(f"/stages-accueillis?{filters}"))
    assert there in shown
    assert absent not in shown


def test_a_host_without_a_request_is_told_how_they_come(session: scoped_session, today: date, sign_in: SignIn) -> None:
    host = somebody(Role.EMPLOYER)
    session.commit()
    assert "Aucun stage pour l’instant" in text(sign_in(host).get("/stages-accueillis"))


# --- what it never learns ---------------------------------------------------------------------------------

ALWAYS = re.compile(r"(?i)canari|\brsa\b|\bplie\b|17/05/1990|17 mai 1990")


def planted(session: scoped_session) -> Placed:
    """Words in every protected field of the person, and in what others wrote of them."""
    place = an_organisation(OrganisationKind.PLIE, name="Canari PLIE")
    placed = a_placement(_S.WISHED, referent=somebody(Role.FACILITATOR, place))
    candidate = placed.person.candidate
    assert candidate is not None
    for name, value in {
        "last_name": "Zoduranx", "address": "12 canari-rue", "own_words": "canari-mots", "phone": "+33199001122",
        "email": "canari@exemple.fr", "language": "allemand-canari", "facilitator_organisation_id": place.id,
        "birth_date": date(1990, 5, 17),
    }.items():  # fmt: skip
        setattr(candidate, name, value)
    session.add(CandidateBarrier(candidate_id=candidate.id, barrier=next(iter(Barrier)), note="canari-frein"))
    for programme in Programme:
        session.add(CandidateProgramme(candidate_id=candidate.id, programme=programme, since=date(2026, 1, 1)))
    elsewhere = a_placement(_S.WISHED, person=placed.person, host_name="canari-ailleurs", title="canari-soudeur")
    elsewhere.placement.decline_words = "canari-refus"
    session.commit()
    return placed


def everything(client: FlaskClient, placed: Placed) -> str:
    """Every page and file of the host around this stage."""
    found = []
    pages = ["/stages-accueillis", *(f"/stages-accueillis?export={kind}" for kind in ("csv", "xlsx"))]
    pages += [f"/stages-accueillis?tri={key}" for key in ("debut", "personne", "metier", "etat")]
    pages += [f"/stages-accueillis?etat={key}" for key in ("a-repondre", "a-venir", "en-cours", "finis", "sans-suite")]
    acts = ("", "/accepter", "/refuser", "/modifier", "/renouveler", "/annuler")
    for address in [*pages, *(f"/stages/{placed.placement.id}{act}" for act in acts)]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        found.append(_sheet(answer.data) if address.endswith("xlsx") else text(answer))
        found.append(str(answer.headers.get("Content-Disposition", "")))
    return "\n".join(found)


def _sheet(data: bytes) -> str:
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def to_host(session: scoped_session, placed: Placed) -> str:
    mine = session.scalars(select(Message).where(Message.to_user_id == placed.host.user.id))
    return "\n".join(f"{one.subject}\n{one.body}" for one in mine)


def test_no_page_file_nor_message_of_a_host_says_what_it_must_not_learn(
    session: scoped_session, today: date, sign_in: SignIn
) -> None:
    placed = planted(session)
    client = sign_in(placed.host)
    before = everything(client, placed)
    assert "Camille Z." in before
    assert ALWAYS.findall(before) == []
    assert not [word for word in ("Zoduranx", "01 99 00 11 22", "+33199001122") if word in before]

    answering.accept(placed.placement.id, Welcome(), by=placed.host.actor, today=today)
    after = everything(client, placed)
    assert "Zoduranx" in after
    assert "01 99 00 11 22" in after
    assert ALWAYS.findall(after) == []

    words = "canari-annule : hospitalisée"
    cancelling.cancel(placed.placement.id, CancelReason.PRESCRIBER, words, by=placed.referent.actor)
    assert ALWAYS.findall(everything(client, placed) + to_host(session, placed)) == []


def test_the_words_that_are_looked_for_are_indeed_in_the_file(session: scoped_session, today: date) -> None:
    placed = planted(session)
    candidate = placed.person.candidate
    assert candidate is not None
    assert ALWAYS.search(f"{candidate.address} {candidate.own_words} {candidate.email}")
