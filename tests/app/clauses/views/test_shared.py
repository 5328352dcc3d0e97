"""A buyer reads the progress of its contracts by a secret link, and nothing else."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.accounts.rules.throttles import LINK_PER_ADDRESS
from app.clauses.models import BuyerLink
from app.core import clock
from app.core.roles import Role
from tests.app.clauses.views.test_progress import College, college, text_of
from tests.factories import clauses as make
from tests.factories.people import somebody

__all__ = ["college"]


def made(client: Any, college: College, **values: str) -> Any:
    said = {"row_id": str(uuid4()), "last_day": "31/12/2026", **values}
    return client.post(f"/clauses/acheteurs/{college.contract.buyer_id}/suivi", data=said)


def address_in(answer: Any) -> str:
    found = re.search(r'value="https?://[^/"]+(/clauses/suivi/[^"]+)"', answer.text)
    assert found, answer.text
    return found[1]


def test_a_link_is_shown_once_and_read_without_an_account(college: College, sign_in: Any, session: Any) -> None:
    client = sign_in(college.facilitator)
    address = address_in(made(client, college))
    row = session.scalar(select(BuyerLink))
    assert row.token_hash not in address
    assert address not in client.get(f"/clauses/acheteurs/{college.contract.buyer_id}/suivi").text
    client.delete_cookie("session")
    answer = client.get(address)
    page = text_of(answer)
    for words in ("Collège Les Pyramides", "800 h", "670 h", "81 %", "En danger", "moins de 5 personnes"):
        assert words in page, words
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_it_names_nobody_and_only_this_buyers_contracts(college: College, sign_in: Any) -> None:
    other = make.a_contract(college.facilitator, title="Marché d’un autre")
    make.a_lot(other, 100)
    client = sign_in(college.facilitator)
    address = address_in(made(client, college))
    client.delete_cookie("session")
    page = text_of(client.get(address))
    assert "Marché d’un autre" not in page
    for hidden in ("Diarra", "Peintures Morel", "Camille", "3 personnes"):
        assert hidden not in page


def test_five_people_are_counted(college: College, sign_in: Any) -> None:
    for _ in range(2):
        make.an_employment(college.holders[0])
    client = sign_in(college.facilitator)
    assert "5 personnes" in text_of(client.get(address_in(made(client, college))))


def test_the_last_day_is_included_and_the_next_is_not(college: College, sign_in: Any) -> None:
    client = sign_in(college.facilitator)
    address = address_in(made(client, college))
    client.delete_cookie("session")
    with clock.frozen(date(2026, 12, 31)):
        assert client.get(address).status_code == 200
    with clock.frozen(date(2027, 1, 1)):
        assert client.get(address).status_code == 404


def test_a_link_that_is_taken_back_is_no_link(college: College, sign_in: Any, session: Any) -> None:
    client = sign_in(college.facilitator)
    address = address_in(made(client, college))
    row = session.scalar(select(BuyerLink))
    assert client.post(f"/clauses/suivi/{row.id}/arreter").status_code == 303
    assert client.get(address).status_code == 404


def test_the_same_form_sent_twice_makes_one_link(college: College, sign_in: Any, session: Any) -> None:
    client, row_id = sign_in(college.facilitator), str(uuid4())
    made(client, college, row_id=row_id)
    again = made(client, college, row_id=row_id)
    assert "Ce lien a déjà été créé" in again.text
    assert len(session.scalars(select(BuyerLink)).all()) == 1


@pytest.mark.parametrize(
    ("day", "words"), [("04/11/2026", "Ce jour est passé"), ("01/01/2030", "deux ans au plus"), ("", "Indiquez")]
)
def test_a_day_that_will_not_do_is_said_beside_the_field(college: College, sign_in: Any, day: str, words: str) -> None:
    assert words in made(sign_in(college.facilitator), college, last_day=day).text


def test_wrong_secrets_are_slowed_down(college: College, client: Any) -> None:
    for _ in range(LINK_PER_ADDRESS.tries):
        assert client.get("/clauses/suivi/rien").status_code == 404
    assert client.get("/clauses/suivi/rien").status_code == 429


def test_only_those_who_steer_its_contracts_make_links(college: College, sign_in: Any, session: Any) -> None:
    made(sign_in(college.facilitator), college)
    row = session.scalar(select(BuyerLink))
    page = f"/clauses/acheteurs/{college.contract.buyer_id}/suivi"
    assert sign_in(college.painters).get(page).status_code == 403
    stranger = somebody(Role.FACILITATOR, territory="sud-essonne")
    assert sign_in(stranger).get(page).status_code == 404
    assert sign_in(stranger).post(f"/clauses/suivi/{row.id}/arreter").status_code == 404
    assert sign_in(somebody(Role.DEPARTMENT)).get(page).status_code == 200
