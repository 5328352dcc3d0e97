"""Somebody who organises writes an event, gives it dates, publishes, changes and cancels it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.clock import PARIS
from app.core.db import db
from app.core.roles import Role
from app.events.models import Event, Programme, Slot, SlotSide
from app.events.rules.kinds import EventKind
from app.events.rules.states import BookingState, EventState
from app.messages.models import Message
from tests.conftest import Statements
from tests.factories.events import a_booking, an_event
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Somebody], FlaskClient]
NEW = {
    "title": "Les métiers du nettoyage", "summary": "On vous explique le métier.", "day": "17/11/2026", "start": "9h",
    "end": "11h", "seats": "12", "room": "Salle 2", "place_name": "MDS de Massy", "address": "4 rue Henri-Gilbert",
    "commune": "Massy", "contact_name": "Alex Martin", "contact_phone": "01 99 00 44 55", "is_public": "y",
    "audience": "people",
}  # fmt: skip
ADDRESS = "/evenements/nouveau?type=information_session"


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


@pytest.fixture
def referent(session: scoped_session, today: date) -> Somebody:
    made = somebody(Role.REFERENT)
    session.commit()
    return made


def _only_event() -> Event:
    return db.session.scalars(select(Event)).one()


def _state() -> EventState:
    db.session.expire_all()
    return _only_event().state


def test_an_event_is_written_and_published_with_its_first_slot(sign_in: SignIn, referent: Somebody) -> None:
    page = sign_in(referent).post(ADDRESS, data={**NEW, "row_id": str(uuid4()), "publier": "1"}, follow_redirects=True)

    assert "Les métiers du nettoyage" in text(page)
    made = _only_event()
    assert (made.state, made.commune_insee, made.organisation_id) == (
        EventState.PUBLISHED, "91377", referent.actor.organisation_id,
    )  # fmt: skip
    slot = db.session.scalars(select(Slot)).one()
    assert (slot.starts_at.hour, slot.room) == (8, "Salle 2")  # 9 h in Paris
    assert db.session.scalars(select(SlotSide.seats)).all() == [12]


def test_the_same_form_sent_twice_makes_one_event(sign_in: SignIn, referent: Somebody) -> None:
    client, row_id = sign_in(referent), str(uuid4())
    for _ in range(2):
        assert client.post(ADDRESS, data={**NEW, "row_id": row_id, "brouillon": "1"}).status_code == 303

    assert _state() is EventState.DRAFT


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"end": "8h"}, "La fin doit venir après le début."),
        ({"day": "01/10/2026"}, "Cette date est passée."),
        ({"seats": "0"}, "places"),
        ({"contact_phone": "12"}, "téléphone"),
        ({"commune": "Nulle-Part-sur-Rien"}, "commune"),
        ({"title": ""}, "Donnez un titre."),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    sign_in: SignIn, referent: Somebody, wrong: dict[str, str], said: str
) -> None:
    page = sign_in(referent).post(ADDRESS, data={**NEW, **wrong, "row_id": str(uuid4()), "publier": "1"})

    assert page.status_code == 200
    assert said in text(page)
    assert "4 rue Henri-Gilbert" in text(page)
    assert db.session.scalars(select(Event)).all() == []


def test_an_employer_organises_no_speed_dating(sign_in: SignIn, session: scoped_session, today: date) -> None:
    employer = somebody(Role.EMPLOYER)
    session.commit()

    page = text(sign_in(employer).get("/evenements/nouveau?type=speed_dating"))

    assert "Portes ouvertes" in page
    assert "Speed-dating" not in page


def test_another_organisation_does_not_change_it(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged, other = an_event(), somebody(Role.FACILITATOR)
    session.commit()
    client = sign_in(other)

    for part in ("modifier", "creneaux", "creneaux/serie", "copier", "annuler"):
        assert client.get(f"/evenements/{staged.event.id}/{part}").status_code == 404


def test_a_series_skips_the_holidays_and_says_so(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event()
    session.commit()
    data = {
        "weekday": "4", "every": "1", "first": "18/12/2026", "last": "08/01/2027", "start": "9h30", "end": "11h",
        "seats": "10", "room": "Salle 1", "row_id": str(uuid4()),
    }  # fmt: skip

    page = sign_in(staged.organiser).post(
        f"/evenements/{staged.event.id}/creneaux/serie", data=data, follow_redirects=True
    )

    assert "2 créneaux ajoutés" in text(page)  # 18 December and 8 January
    assert "Jours fériés laissés de côté : vendredi 25 décembre" in text(page)


def test_cancelling_asks_why_and_tells_everybody_registered_once(
    sign_in: SignIn, session: scoped_session, today: date
) -> None:
    staged = an_event()
    a_booking(staged, "Pierre Blanc", contact_phone="+33639980011")
    session.commit()
    client, address = sign_in(staged.organiser), f"/evenements/{staged.event.id}/annuler"

    refused = client.post(address, data={"version": str(staged.event.version), "reason": ""})
    assert refused.status_code == 200
    for _ in range(2):
        client.post(address, data={"version": str(staged.event.version), "reason": "La salle est inondée"})

    assert _state() is EventState.CANCELLED
    told = db.session.scalars(select(Message).where(Message.kind == "event_cancelled")).all()
    assert [message.to_address for message in told] == ["+33639980011"]
    assert "La salle est inondée" in text(client.get(f"/agenda/{staged.event.id}"))


def test_seats_do_not_go_below_those_taken(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event(seats=3)
    for name in ("Un", "Deux"):
        a_booking(staged, name)
    session.commit()
    address = f"/evenements/{staged.event.id}/creneaux/{staged.slot.id}"
    data = {
        "version": str(staged.event.version), "day": "12/11/2026", "start": "10h", "end": "13h", "seats": "1",
        "room": "",
    }  # fmt: skip

    page = sign_in(staged.organiser).post(address, data=data)

    assert page.status_code == 200
    assert "Des places sont déjà prises" in text(page)


def test_a_slot_where_people_are_does_not_move_and_says_so_beside_the_hour(
    sign_in: SignIn, session: scoped_session, today: date
) -> None:
    staged = an_event(seats=3, starts_at=clock.now() + timedelta(minutes=30))
    a_booking(staged, "Lina Petit", BookingState.SEEN)
    session.commit()
    begins, ends = (at.astimezone(PARIS) for at in (staged.slot.starts_at, staged.slot.ends_at))
    data = {
        "version": str(staged.event.version), "day": f"{begins:%d/%m/%Y}", "start": f"{begins.hour + 1}h",
        "end": f"{ends.hour}h", "seats": "3", "room": "",
    }  # fmt: skip

    page = text(sign_in(staged.organiser).post(f"/evenements/{staged.event.id}/creneaux/{staged.slot.id}", data=data))

    said = "Des présences y sont déjà notées : ce créneau garde son jour, son heure et sa salle."
    assert said in page[page.index('name="start"') - 600 : page.index('name="start"')]


def test_the_place_does_not_change_while_people_are_there_and_does_once_they_have_left(
    sign_in: SignIn, session: scoped_session, today: date
) -> None:
    staged = an_event(starts_at=clock.now() - timedelta(minutes=30), summary="On explique.")
    a_booking(staged, "Lina Petit", BookingState.SEEN)
    session.commit()
    client, address = sign_in(staged.organiser), f"/evenements/{staged.event.id}/modifier"
    data = {**NEW, "version": str(staged.event.version), "place_name": "Ailleurs"}

    refused = client.post(address, data=data)
    with clock.frozen(staged.slot.ends_at):
        saved = client.post(address, data=data)

    assert refused.status_code == 200
    assert "le lieu se change une fois ce créneau terminé" in text(refused)
    assert saved.status_code == 303
    session.expire_all()
    assert staged.event.place_name == "Ailleurs"


def test_a_copy_is_a_draft_on_another_day(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event()
    session.commit()

    sign_in(staged.organiser).post(
        f"/evenements/{staged.event.id}/copier", data={"first_day": "10/12/2026", "row_id": str(uuid4())}
    )

    copied = db.session.scalars(select(Event).where(Event.id != staged.event.id)).one()
    assert (copied.state, copied.title) == (EventState.DRAFT, staged.event.title)
    slot = db.session.scalars(select(Slot).where(Slot.event_id == copied.id)).one()
    assert slot.starts_at.date() == date(2026, 12, 10)


def test_the_list_costs_the_same_with_many_events(
    sign_in: SignIn, session: scoped_session, statements: Statements, today: date
) -> None:
    organiser = somebody(Role.FACILITATOR)
    an_event(organiser=organiser)
    session.commit()
    client = sign_in(organiser)
    client.get("/evenements")
    statements.clear()
    client.get("/evenements")
    before = len(statements)
    for number in range(8):
        an_event(EventKind.FORUM, organiser=organiser, title=f"Forum {number}")
    session.commit()
    statements.clear()

    page = client.get("/evenements")

    assert "Forum 7" in text(page)
    assert len(statements) <= before <= 12


@pytest.mark.parametrize("kind", sorted(EventKind))
def test_the_page_of_an_event_of_each_kind_is_read_by_who_runs_it(
    sign_in: SignIn, session: scoped_session, statements: Statements, today: date, kind: EventKind
) -> None:
    staged = an_event(kind, title="Rencontre d’essai")
    session.commit()
    client = sign_in(staged.organiser)
    client.get(f"/evenements/{staged.event.id}")
    statements.clear()

    page = client.get(f"/evenements/{staged.event.id}")

    assert "Rencontre d’essai" in text(page)
    assert len(statements) <= 12


def test_a_programme_is_written_and_an_address_taken_is_refused(sign_in: SignIn, referent: Somebody) -> None:
    client = sign_in(referent)
    data = {
        "title": "Semaine de l’insertion", "slug": "", "summary": "", "starts_on": "16/11/2026",
        "ends_on": "20/11/2026", "is_published": "y",
    }  # fmt: skip

    client.post("/programmes/nouveau", data={**data, "row_id": str(uuid4())})
    again = client.post("/programmes/nouveau", data={**data, "row_id": str(uuid4())})

    assert [one.slug for one in db.session.scalars(select(Programme))] == ["semaine-de-l-insertion"]
    assert "Cette adresse est déjà prise" in text(again)


def test_a_copy_is_never_proposed_for_a_holiday(sign_in: SignIn, session: scoped_session, today: date) -> None:
    friday = datetime(2026, 12, 4, 14, tzinfo=PARIS)  # four weeks later is the first of January
    staged = an_event(starts_at=friday)
    session.commit()
    page = sign_in(staged.organiser).get(f"/evenements/{staged.event.id}/copier").text
    assert 'value="08/01/2027"' in page
