"""« Changer », « Renouveler », « Annuler »: the pages of the three parties, with what each may say."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.quantities import NBSP, format_day
from app.core.roles import Role
from app.placements.models import Placement
from app.placements.rules.states import PlacementState
from tests.factories.people import Somebody, somebody
from tests.factories.placements import Placed, a_placement

SignIn = Callable[[Somebody], FlaskClient]
_S = PlacementState


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def typed(placed: Placed, **changes: str) -> dict[str, str]:
    return {
        "version": str(placed.placement.version),
        "title": "Menuisier",
        "purpose": "discover",
        "starts_on": f"{placed.placement.starts_on:%d/%m/%Y}",
        "ends_on": f"{placed.placement.ends_on:%d/%m/%Y}",
        "hours_week": "35",
        "tasks": "Poncer et assembler des meubles",
        **changes,
    }


@pytest.mark.parametrize(("who", "status"), [("referent", 303), ("host", 303), ("person", 303)])
def test_each_changes_the_hours_of_what_was_asked(
    session: scoped_session, today: date, sign_in: SignIn, who: str, status: int
) -> None:
    placed = a_placement(_S.WISHED)
    session.commit()
    client, address = sign_in(getattr(placed, who)), f"/stages/{placed.placement.id}/modifier"
    shown = text(client.get(address))
    assert 'value="Menuisier"' in shown
    assert ("Tuteur ou tutrice" in shown) == (who != "person")
    assert client.post(address, data=typed(placed, hours_week="28")).status_code == status
    session.refresh(placed.placement)
    assert (placed.placement.hours_week, placed.placement.tasks) == (28, "Poncer et assembler des meubles")


def test_the_person_changes_in_the_words_in_which_they_asked_and_finds_the_way_back(
    session: scoped_session, today: date, sign_in: SignIn
) -> None:
    placed = a_placement(_S.WISHED)
    session.commit()
    shown = text(sign_in(placed.person).get(f"/stages/{placed.placement.id}/modifier"))
    assert "Pourquoi ce stage ?" in shown
    assert "Initier un recrutement" not in shown
    assert f'<a href="/mes-stages/{placed.placement.id}">Menuisier</a>' in shown


@pytest.mark.parametrize(("state", "offered"), [(_S.ACCEPTED, False), (_S.RUNNING, True), (_S.CLOSED, False)])
def test_going_on_is_offered_once_a_stage_is_sure_and_until_it_is_closed(
    session: scoped_session, today: date, sign_in: SignIn, state: PlacementState, offered: bool
) -> None:
    placed = a_placement(state)
    session.commit()
    for reader, page in ((placed.person, "mes-stages"), (placed.referent, "stages")):
        shown = text(sign_in(reader).get(f"/{page}/{placed.placement.id}"))
        assert ("/renouveler" in shown) is offered


def test_two_who_change_at_once_see_both(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = a_placement(_S.ACCEPTED)
    session.commit()
    client = sign_in(placed.referent)
    answer = client.post(
        f"/stages/{placed.placement.id}/modifier", data=typed(placed, version="7", title="Charpentier")
    )
    assert answer.status_code == 409
    assert "Charpentier" in text(answer)


def test_a_limit_is_said_beside_its_field(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = a_placement(_S.ACCEPTED)
    session.commit()
    client = sign_in(placed.host)
    shown = text(client.post(f"/stages/{placed.placement.id}/modifier", data=typed(placed, ends_on="31/12/2026")))
    assert "Un stage dure un mois au plus" in shown
    assert 'id="ends_on-error"' in shown


def test_what_changes_no_more_says_so(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = a_placement(_S.VALIDATED)
    session.commit()
    assert "Ce stage ne se change plus ici" in text(
        sign_in(placed.referent).get(f"/stages/{placed.placement.id}/modifier")
    )


def test_a_stage_is_renewed_with_the_days_left_in_view(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = a_placement(_S.VALIDATED)
    session.commit()
    client, address = sign_in(placed.person), f"/stages/{placed.placement.id}/renouveler"
    shown = text(client.get(address))
    assert "Vous avez déjà 12 jours ici" in shown
    assert f"Vous commencez le {format_day(placed.placement.ends_on + timedelta(days=1))}".replace(NBSP, " ") in shown
    assert "Vous ne pouvez pas commencer" not in shown
    wrong = text(client.post(address, data={"starts_on": "16/11/2026", "ends_on": "20/11/2026"}))
    assert "Le renouvellement commence après la fin du premier stage." in wrong
    answer = client.post(address, data={"starts_on": "30/11/2026", "ends_on": "11/12/2026"})
    again = session.scalars(select(Placement).where(Placement.renewal_of_id == placed.placement.id)).one()
    assert answer.headers["Location"].endswith(f"/mes-stages/{again.id}")


@pytest.mark.parametrize("who", ["person", "host", "referent"])
def test_each_cancels_with_their_reason(session: scoped_session, today: date, sign_in: SignIn, who: str) -> None:
    placed = a_placement(_S.ACCEPTED)
    session.commit()
    client, address = sign_in(getattr(placed, who)), f"/stages/{placed.placement.id}/annuler"
    shown = text(client.get(address))
    assert ("Raison" in shown) == (who == "referent")
    reason = {"reason": "not_validated"} if who == "referent" else {}
    answer = client.post(address, data={"version": str(placed.placement.version), "words": "Trop loin", **reason})
    assert answer.status_code == 303
    session.refresh(placed.placement)
    assert placed.placement.state is _S.CANCELLED
    assert "Ce stage ne s’annule plus" in text(client.get(address))


def test_strangers_change_nothing(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = a_placement(_S.ACCEPTED)
    strangers = [somebody(Role.CANDIDATE), somebody(Role.EMPLOYER), somebody(Role.REFERENT)]
    session.commit()
    for one in strangers:
        client = sign_in(one)
        for act in ("modifier", "renouveler", "annuler"):
            assert client.get(f"/stages/{placed.placement.id}/{act}").status_code == 404


def test_the_host_answers_on_its_page(session: scoped_session, today: date, sign_in: SignIn) -> None:
    yes, no = a_placement(_S.WISHED), a_placement(_S.WISHED)
    session.commit()
    client, address = sign_in(yes.host), f"/stages/{yes.placement.id}/accepter"
    assert "Camille D." in text(client.get(address))
    assert client.post(address, data={"version": "1", "tutor_name": "Luc Martin"}).status_code == 303
    client, address = sign_in(no.host), f"/stages/{no.placement.id}/refuser"
    assert "Dites pourquoi, en quelques mots." in text(client.post(address, data={"version": "1", "words": ""}))
    assert client.post(address, data={"version": "1", "words": "Pas cette fois"}).status_code == 303
    for placed in (yes, no):
        session.refresh(placed.placement)
    assert (yes.placement.state, yes.placement.tutor_name) == (_S.ACCEPTED, "Luc Martin")
    assert (no.placement.state, no.placement.decline_words) == (_S.DECLINED, "Pas cette fois")
