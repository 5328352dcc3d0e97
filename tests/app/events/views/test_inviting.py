"""People are chosen in a list and invited by message or paper; a referent registers their own."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.roles import Role
from app.events.models import Booking
from app.events.queries.bookings import to_print
from app.events.rules.kinds import EventKind
from app.events.rules.states import BookingState
from app.messages.models import Message
from tests.conftest import Statements
from tests.factories.events import Staged, a_booking, an_event
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Any], FlaskClient]


def _mine(staged: Staged, phone: str | None = None) -> Somebody:
    person = somebody(Role.CANDIDATE)
    assert person.candidate is not None
    person.candidate.phone = phone
    person.candidate.facilitator_organisation_id = staged.event.organisation_id
    db.session.commit()
    return person


def _url(staged: Staged, more: str = "") -> str:
    return f"/evenements/{staged.event.id}/inviter{more}"


def _sent(staged: Staged, *people: Somebody, **more: Any) -> dict[str, Any]:
    ids = [str(one.candidate.id) for one in people if one.candidate is not None]
    return {"slot": str(staged.slot.id), "personne": ids, **more}


def test_the_ticked_are_written_to(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event()
    one, two = _mine(staged, "+33612345671"), _mine(staged, "+33612345672")
    browser = sign_in(staged.organiser)
    assert one.candidate.full_name in browser.get(_url(staged)).text  # type: ignore[union-attr]
    preview = browser.post(_url(staged), data=_sent(staged, one)).text
    assert "1\u00a0message" in preview
    assert "XXXX-XXXX" in preview
    assert db.session.scalars(select(Message)).all() == []
    page = browser.post(_url(staged), data=_sent(staged, one, envoyer="1"), follow_redirects=True)
    assert "1\u00a0message en route" in page.text
    assert db.session.scalars(select(Message.to_address)).all() == ["+33612345671"]
    assert two.candidate.full_name not in page.text  # type: ignore[union-attr]


def test_all_of_the_list_are_invited_in_one_press(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event()
    for n in range(3):
        _mine(staged, f"+3361234567{n}")
    sign_in(staged.organiser).post(_url(staged), data=_sent(staged, toutes="1", envoyer="1"))
    assert len(db.session.scalars(select(Booking)).all()) == 3


def test_nobody_ticked_is_said(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event()
    session.commit()
    page = sign_in(staged.organiser).post(_url(staged), data=_sent(staged), follow_redirects=True)
    assert "Cochez au moins une personne" in page.text


@pytest.mark.usefixtures("pdf_machine")
def test_who_has_no_phone_has_a_paper(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event()
    person = _mine(staged)
    browser = sign_in(staged.organiser)
    page = browser.post(_url(staged), data=_sent(staged, person, envoyer="1"), follow_redirects=True)
    assert "Imprimer la feuille" in page.text
    answer = browser.get(_url(staged, f"/papier.pdf?slot={staged.slot.id}"))
    assert answer.data.startswith(b"%PDF")


def test_those_chosen_for_a_paper_are_printed_without_those_written_to(
    sign_in: SignIn, session: scoped_session, today: date
) -> None:
    staged = an_event()
    written, papers = _mine(staged, "+33612345670"), [_mine(staged, f"+3361234567{n}") for n in (1, 2)]
    browser = sign_in(staged.organiser)
    browser.post(_url(staged), data=_sent(staged, written, envoyer="1"))
    for one in papers:
        page = browser.post(_url(staged), data=_sent(staged, one, papier="1"), follow_redirects=True).text
    assert "Imprimer 2 feuilles" in page
    assert "Imprimer pour tout le monde (3)" in page
    left = {candidate.id for _, candidate in to_print(staged.slot.id, unwritten=True)}
    assert left == {one.candidate.id for one in papers}  # type: ignore[union-attr]


def test_the_paper_says_when_where_the_code_and_whom_to_call(
    sign_in: SignIn, session: scoped_session, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.core.errors import PdfUnavailable
    from app.core.pdf import answers

    def none(*_: Any, **__: Any) -> bytes:
        raise PdfUnavailable("no Pango on this machine")

    monkeypatch.setattr(answers, "pdf_of", none)
    staged = an_event(access="Bus 91-03, arrêt Mairie")
    booking = a_booking(staged, _mine(staged), BookingState.INVITED)
    session.commit()
    text = sign_in(staged.organiser).get(_url(staged, f"/papier.pdf?slot={staged.slot.id}")).text
    for words in (f"{booking.code[:4]}-{booking.code[4:]}", "Espace Liberté", "Bus 91-03", "/mon-inscription", "<svg"):
        assert words in text
    assert "01\u00a099\u00a000\u00a044\u00a055" in text


def test_who_does_not_run_the_event_invites_nobody(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged, other = an_event(), somebody(Role.FACILITATOR)
    person = _mine(staged)
    browser = sign_in(other)
    for more in ("", f"/papier?slot={staged.slot.id}", f"/papier.pdf?slot={staged.slot.id}"):
        assert browser.get(_url(staged, more)).status_code == 404
    assert browser.post(_url(staged), data=_sent(staged, person)).status_code == 404


def test_a_referent_registers_the_people_they_follow(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged, referent = an_event(seats=1), somebody(Role.REFERENT)
    one, two = _mine(staged), _mine(staged)
    for person in (one, two):
        assert person.candidate is not None
        person.candidate.referent_id = referent.user.id
    session.commit()
    url = f"/evenements/{staged.event.id}/inscrire"
    page = sign_in(referent).post(url, data=_sent(staged, one, two), follow_redirects=True)
    assert "1\u00a0place réservée, 1\u00a0personne en liste d’attente" in page.text


@pytest.mark.parametrize(
    ("role", "kind", "leads"),
    [
        (Role.REFERENT, EventKind.INFORMATION_SESSION, True),
        (Role.FACILITATOR, EventKind.JOB_DATING, True),
        (Role.REFERENT, EventKind.PROFESSIONAL_VISIT, False),
        (Role.EMPLOYER, EventKind.INFORMATION_SESSION, False),
    ],
)
def test_the_event_of_somebody_else_leads_to_the_people_one_may_register(
    sign_in: SignIn, session: scoped_session, today: date, role: Role, kind: EventKind, leads: bool
) -> None:
    staged = an_event(kind)
    reader = somebody(role)
    session.commit()
    desk = sign_in(reader)
    url = f"/evenements/{staged.event.id}/inscrire"
    assert (f'href="{url}"' in desk.get(f"/evenements/{staged.event.id}").text) is leads
    if leads:
        assert desk.get(url).status_code == 200


def test_the_statements_do_not_grow_with_the_people(
    sign_in: SignIn, session: scoped_session, today: date, statements: Statements
) -> None:
    staged = an_event()
    browser = sign_in(staged.organiser)
    counts = []
    for many in (1, 12):
        for _ in range(many):
            a_booking(staged, _mine(staged), BookingState.INVITED)
        session.commit()
        session.expire_all()
        statements.clear()
        assert browser.get(_url(staged)).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12
