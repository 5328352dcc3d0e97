"""The organiser's list: filtered, counted, exported; an employer who opens its doors reads no full name of a person."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.events.models import Booking
from app.events.rules.kinds import Audience, EventKind
from app.events.rules.states import BookingState
from app.messages.rules.short_codes import shown_code
from app.organisations.rules import OrganisationKind
from tests.conftest import Statements
from tests.factories.events import Staged, a_booking, an_event
from tests.factories.people import an_organisation, somebody

SignIn = Callable[[Any], FlaskClient]


def _url(staged: Staged, more: str = "") -> str:
    return f"/evenements/{staged.event.id}/inscriptions{more}"


def test_the_list_shows_who_comes_and_who_waits(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event()
    person = somebody(Role.CANDIDATE)
    a_booking(staged, person)
    a_booking(staged, "Lina Petit", BookingState.WAITING, contact_phone="+33612345678", needs="Sans marche")
    session.commit()
    page = sign_in(staged.organiser).get(_url(staged)).text
    assert person.candidate.full_name in page  # type: ignore[union-attr]
    assert "Lina Petit" in page
    assert "Sans marche" in page
    filtered = sign_in(staged.organiser).get(_url(staged, "?etat=waiting")).text
    assert person.candidate.full_name not in filtered  # type: ignore[union-attr]


@pytest.mark.parametrize("nonsense", sorted(["?etat=rien&cote=x&creneau=y&qui=z", "?page=-4&tri=drop", "?etat="]))
def test_nonsense_filters_nothing(sign_in: SignIn, session: scoped_session, today: date, nonsense: str) -> None:
    staged = an_event()
    a_booking(staged, "Lina Petit")
    session.commit()
    assert "Lina Petit" in sign_in(staged.organiser).get(_url(staged, nonsense)).text


@pytest.mark.parametrize("kind", sorted(["csv", "xlsx"]))
def test_the_list_leaves_as_a_file(sign_in: SignIn, session: scoped_session, today: date, kind: str) -> None:
    staged = an_event()
    a_booking(staged, "=1+1", contact_phone="+33612345678")
    session.commit()
    answer = sign_in(staged.organiser).get(_url(staged, f"?export={kind}"))
    if kind == "csv":
        assert "'=1+1" in answer.text
        return
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Nom"
    assert rows[1][0] == "'=1+1"


@pytest.mark.parametrize("more", sorted(["", "?export=csv"]))
def test_an_employer_reads_a_first_name_and_not_through_whom(
    sign_in: SignIn, session: scoped_session, today: date, more: str
) -> None:
    organiser = somebody(Role.EMPLOYER)
    staged = an_event(EventKind.OPEN_DAY, organiser=organiser, audience=Audience.EVERYBODY)
    person = somebody(Role.CANDIDATE)
    assert person.candidate is not None
    person.candidate.phone, person.candidate.email = "+33699887766", "camille@exemple.fr"
    a_booking(staged, person, registered_by=somebody(Role.REFERENT).user.id)
    a_booking(staged, "Pierre Blanc", contact_phone="+33612345678")
    session.commit()
    text = sign_in(organiser).get(_url(staged, more)).text
    assert person.candidate.short_name in text
    assert "Pierre B." in text
    for secret in (person.candidate.last_name, "99 88 77 66", "camille@", "12 34 56 78", "accompagnée", "Sans compte"):
        assert secret not in text.replace("\u00a0", " ").replace("Sans compte sur le portail</option>", "")


@pytest.mark.parametrize("page", sorted(["arrivees", "badges", "inscriptions", "inscriptions?tri=-nom", "presences"]))
def test_the_order_tells_an_employer_nothing_of_the_names_it_does_not_read(
    sign_in: SignIn, session: scoped_session, today: date, page: str
) -> None:
    """All are « Awa D. »: only what is not shown could put them in another order than that of their ids."""
    organiser = somebody(Role.EMPLOYER)
    staged = an_event(
        EventKind.OPEN_DAY, organiser=organiser, audience=Audience.EVERYBODY, starts_at=clock.now(), seats=50
    )
    by_id = sorted((a_booking(staged, somebody(Role.CANDIDATE)) for _ in range(8)), key=lambda one: one.id)
    by_id[2:2] = [a_booking(staged, "?", id=UUID(int=by_id[1].id.int + 1))]  # a visitor among them
    for booking, letter in zip(by_id, "fcahdbige", strict=True):
        booking.name = f"Awa D{letter}mba"
        if booking.candidate_id is not None:
            person = session.get_one(Candidate, booking.candidate_id)
            person.first_name, person.last_name = "Awa", f"D{letter}mba"
    session.commit()
    text = sign_in(organiser).get(f"/evenements/{staged.event.id}/{page}").text
    assert "Awa D." in text
    marks = {one.id: shown_code(one.code) if page == "badges" else str(one.id) for one in by_id}
    assert sorted(marks, key=lambda one: text.index(marks[one])) == list(marks)


def test_an_employer_s_list_is_in_the_order_of_the_names_it_reads(
    sign_in: SignIn, session: scoped_session, today: date
) -> None:
    organiser = somebody(Role.EMPLOYER)
    staged = an_event(EventKind.OPEN_DAY, organiser=organiser, audience=Audience.EVERYBODY)
    names = ["Awa Dia", "Awa Émile", "Bob", "Éva de la Tour", "Zoé Abel"]
    rows = {name: a_booking(staged, name) for name in reversed(names)}
    session.commit()
    browser = sign_in(organiser)
    for sort, wanted in (("nom", names), ("-nom", names[::-1])):
        text = browser.get(_url(staged, f"?tri={sort}")).text
        assert sorted(names, key=lambda name: text.index(str(rows[name].id))) == wanted


@pytest.mark.parametrize("role", sorted({Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT}))
def test_another_organisation_reads_no_list(sign_in: SignIn, session: scoped_session, role: Role) -> None:
    staged, stranger = an_event(), somebody(role)
    session.commit()
    browser = sign_in(stranger)
    for more in ("", "/ajouter", "/ajouter/sans-compte", "?export=csv"):
        assert browser.get(_url(staged, more)).status_code == 404


def test_somebody_found_is_registered_in_one_press(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event()
    person = somebody(Role.CANDIDATE)
    assert person.candidate is not None
    person.candidate.facilitator_organisation_id = staged.event.organisation_id
    session.commit()
    browser = sign_in(staged.organiser)
    found = browser.post(_url(staged, "/ajouter"), data={"words": person.candidate.last_name}).text
    assert person.candidate.full_name in found
    url = _url(staged, f"/ajouter/personne/{person.candidate.id}")
    for words in ("place réservée", "existait déjà"):
        page = browser.post(url, data={"slot": str(staged.slot.id)}, follow_redirects=True)
        assert words in page.text
    assert len(db.session.scalars(select(Booking)).all()) == 1


def test_at_a_dating_those_who_may_sit_are_found_by_side(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event(EventKind.SPEED_DATING)
    for kind in (OrganisationKind.ACI, OrganisationKind.FIRM, OrganisationKind.MDS):
        an_organisation(kind, name=f"Horizon {kind.value}")
    session.commit()
    browser = sign_in(staged.organiser)
    for side, shown in (("", {"aci", "firm"}), ("seated", {"aci"}), ("moving", {"firm"}), ("rien", set())):
        page = browser.post(_url(staged, "/ajouter"), data={"words": "horizon", "side": side}).text
        assert {kind for kind in ("aci", "firm", "mds") if f"Horizon {kind}" in page} == shown


def test_a_session_has_no_side_to_choose(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event()
    session.commit()
    assert "Côté" not in sign_in(staged.organiser).get(_url(staged, "/ajouter")).text


@pytest.mark.parametrize(
    ("kind", "words"),
    [(EventKind.INFORMATION_SESSION, "Inviter"), (EventKind.SPEED_DATING, "Ajouter des inscriptions")],
    ids=["people are invited", "organisations are added"],
)
def test_the_page_of_the_event_leads_to_what_fills_it(
    sign_in: SignIn, session: scoped_session, today: date, kind: EventKind, words: str
) -> None:
    staged = an_event(kind)
    session.commit()
    browser = sign_in(staged.organiser)
    page = browser.get(f"/evenements/{staged.event.id}").text
    link = page.split(f">{words}</a>")[0].rsplit('href="', 1)[1].split('"')[0]
    assert browser.get(link).status_code == 200


def test_the_statements_do_not_grow_with_the_rows(
    sign_in: SignIn, session: scoped_session, today: date, statements: Statements
) -> None:
    staged = an_event(seats=60)
    browser = sign_in(staged.organiser)
    counts = []
    for many in (2, 18):
        for n in range(many):
            a_booking(staged, somebody(Role.CANDIDATE) if n % 2 else f"Lina {n}")
        session.commit()
        session.expire_all()
        statements.clear()
        assert browser.get(_url(staged)).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12
