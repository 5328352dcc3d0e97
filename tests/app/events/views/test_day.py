"""The board of the day, the door and the screen, as those who run the event see them."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.roles import Role
from app.events.models import Booking, Meeting, MeetingPlan, RoundClock
from app.events.rules.kinds import ClockPhase, EventKind, Side
from app.events.rules.states import BookingState, EventState, MeetingState
from app.events.service.planning import make_plan
from app.organisations.models import Organisation
from tests.factories.events import Staged, a_booking, a_speed_dating, an_event
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


def dating_of(session: scoped_session, each: int = 3) -> Staged:
    """A speed-dating of so many on each side, with its plan, in the fourth minute of the first round."""
    staged, _, _ = a_speed_dating(each, each, seats=each)
    session.commit()
    make_plan(staged.event.id, staged.organiser.actor)
    since = staged.slot.starts_at
    session.add(RoundClock(slot_id=staged.slot.id, round=1, phase=ClockPhase.TALKING, phase_since=since))
    session.commit()
    return staged


@pytest.fixture
def dating(session: scoped_session, today: object) -> Iterator[Staged]:
    staged = dating_of(session)
    with clock.frozen(staged.slot.starts_at + timedelta(minutes=4)):
        yield staged


def first(session: scoped_session, side: Side = Side.MOVING) -> Booking:
    return session.query(Booking).filter_by(side=side).order_by(Booking.name).first()


def page(client: FlaskClient, staged: Staged, path: str = "/jour-j") -> str:
    answer = client.get(f"/evenements/{staged.event.id}{path}")
    assert answer.status_code == 200
    return answer.text


PAGES = ("/jour-j", "/jour-j/plan", "/arrivees", "/arrivees/nouvelle", "/badges", "/tables", "/rencontres")


@pytest.mark.parametrize("each", [3, 24])
def test_no_page_of_the_day_asks_more_with_more_people(
    session: scoped_session, today: object, sign_in: SignIn, statements: list[str], each: int
):
    staged = dating_of(session, each)
    with clock.frozen(staged.slot.starts_at + timedelta(minutes=4)):
        client = sign_in(staged.organiser)
        for path in (*(f"/evenements/{staged.event.id}{one}" for one in PAGES), f"/ecran/{staged.event.id}"):
            statements.clear()
            session.expire_all()
            assert client.get(path).status_code == 200
            assert len(statements) <= 12, (path, len(statements))


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_opens_the_pages_of_the_day(dating: Staged, sign_in: SignIn, session: scoped_session, path: str):
    other, participant = somebody(Role.FACILITATOR), first(session)
    member = somebody(Role.EMPLOYER, session.get(Organisation, participant.organisation_id))
    session.commit()
    for who in (other, member):
        assert sign_in(who).get(f"/evenements/{dating.event.id}{path}").status_code == 404
        assert sign_in(who).get(f"/ecran/{dating.event.id}").status_code == 404


def test_the_board_says_the_round_and_who_is_missing_at_which_table(dating: Staged, sign_in: SignIn):
    shown = page(sign_in(dating.organiser), dating)
    assert "Tour 1 sur 3" in shown
    assert "Qui manque au tour 1" in shown
    assert "Finir le tour 1" in shown


def test_one_tap_notes_an_arrival_an_absence_and_a_departure(dating: Staged, sign_in: SignIn, session: scoped_session):
    client, who = sign_in(dating.organiser), first(session)
    for act, state in (
        ("arrive", BookingState.SEEN),
        ("annuler", BookingState.BOOKED),
        ("absent", BookingState.ABSENT),
    ):
        client.post(f"/evenements/{dating.event.id}/jour-j/{who.id}/{act}")
        session.expire_all()
        assert who.state is state
    assert "Arrivé en retard" in page(client, dating)
    client.post(f"/evenements/{dating.event.id}/jour-j/{who.id}/arrive")
    client.post(f"/evenements/{dating.event.id}/jour-j/{who.id}/parti")
    assert "Parti à" in page(client, dating)


def test_a_get_of_a_tap_changes_nothing(dating: Staged, sign_in: SignIn, session: scoped_session):
    client, who = sign_in(dating.organiser), first(session)
    assert client.get(f"/evenements/{dating.event.id}/jour-j/{who.id}/arrive").status_code == 405
    client.get(f"/badge/{who.code}")
    session.expire_all()
    assert who.state is BookingState.BOOKED


def test_next_pressed_twice_on_one_page_skips_no_round(dating: Staged, sign_in: SignIn):
    client = sign_in(dating.organiser)
    seen = {"act": "next", "phase": "talking", "round": "1", "version": "1"}
    client.post(f"/evenements/{dating.event.id}/horloge", data=seen)
    client.post(f"/evenements/{dating.event.id}/horloge", data=seen)
    shown = page(client, dating)
    assert "Avant le tour 2 sur 3" in shown
    assert "rien n’a été sauté" in shown


@pytest.mark.parametrize(
    "data", [{}, {"act": "explode"}, {"act": "next", "phase": "x", "round": "💥", "version": "-1"}]
)
def test_nonsense_leaves_the_clock_alone(
    dating: Staged, sign_in: SignIn, session: scoped_session, data: dict[str, str]
):
    client = sign_in(dating.organiser)
    assert client.post(f"/evenements/{dating.event.id}/horloge", data=data).status_code == 303
    assert session.query(RoundClock).one().version == 1


def test_the_new_plan_is_confirmed_then_made_once(dating: Staged, sign_in: SignIn, session: scoped_session):
    client, who = sign_in(dating.organiser), first(session)
    client.post(f"/evenements/{dating.event.id}/jour-j/{who.id}/absent")
    shown = page(client, dating, "/jour-j/plan?tour=2")
    assert "sans celles et ceux qui sont absents" in shown
    assert who.name in shown
    for _ in range(2):
        client.post(f"/evenements/{dating.event.id}/jour-j/plan", data={"version": "1", "from_round": "2"})
    assert session.query(MeetingPlan).count() == 2
    kept = session.query(Meeting).filter_by(moving_id=who.id, state=MeetingState.PLANNED).count()
    assert kept == 0


def test_a_round_that_has_begun_is_refused_beside_its_field(dating: Staged, sign_in: SignIn):
    client = sign_in(dating.organiser)
    answer = client.post(f"/evenements/{dating.event.id}/jour-j/plan", data={"version": "1", "from_round": "1"})
    assert "Ce tour a déjà commencé" in answer.text


def test_without_a_plan_the_board_says_so(session: scoped_session, today: object, sign_in: SignIn):
    staged, _, _ = a_speed_dating()
    session.commit()
    client = sign_in(staged.organiser)
    assert "Le plan des rencontres n’est pas fait" in page(client, staged)
    assert "Il n’y a pas encore de plan" in page(client, staged, "/rencontres")
    assert "n’est pas encore fait" in client.get(f"/ecran/{staged.event.id}").text


def test_an_event_without_a_slot_says_so(session: scoped_session, today: object, sign_in: SignIn):
    staged = an_event(EventKind.FORUM)
    session.delete(staged.slot)
    session.commit()
    assert "pas encore de date" in page(sign_in(staged.organiser), staged)


def test_a_session_has_arrivals_and_no_clock(session: scoped_session, today: object, sign_in: SignIn):
    staged = an_event(EventKind.INFORMATION_SESSION)
    a_booking(staged, "Pierre Blanc")
    session.commit()
    shown = page(sign_in(staged.organiser), staged)
    assert "Pierre B." in shown
    assert "/horloge" not in shown


# --- the screen ---


def test_the_screen_is_computed_so_a_reload_loses_nothing(dating: Staged, sign_in: SignIn):
    client = sign_in(dating.organiser)
    for _ in range(2):
        shown = client.get(f"/ecran/{dating.event.id}").text
        assert "06:00" in shown
        assert 'data-left="360"' in shown
    with clock.frozen(dating.slot.starts_at + timedelta(minutes=11)):
        shown = client.get(f"/ecran/{dating.event.id}").text
    assert "Changez de table" in shown
    assert "01:00" in shown


def test_the_screen_names_no_person_in_full(session: scoped_session, today: object, sign_in: SignIn):
    staged = an_event(EventKind.JOB_DATING, seats=2)
    recruiter, person = somebody(Role.EMPLOYER), somebody(Role.CANDIDATE)
    assert person.candidate is not None
    person.candidate.last_name, person.candidate.phone = "Zanzibarova", "+33611223344"
    a_booking(staged, recruiter, side=Side.SEATED)
    a_booking(staged, person, side=Side.MOVING, needs="un fauteuil", contact_phone="+33611223344")
    session.commit()
    make_plan(staged.event.id, staged.organiser.actor)
    client = sign_in(staged.organiser)
    for path in (f"/ecran/{staged.event.id}", f"/evenements/{staged.event.id}/badges"):
        shown = client.get(path).text
        assert "Camille Z." in shown
        for secret in ("Zanzibarova", "fauteuil", "611223344", "6 11 22 33 44"):
            assert secret not in shown


def test_the_screen_works_without_a_script(dating: Staged, sign_in: SignIn):
    shown = sign_in(dating.organiser).get(f"/ecran/{dating.event.id}").text
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in shown
    assert "screen.js" in shown


# --- the door ---


def test_a_badge_scanned_by_who_runs_the_event_has_one_button(dating: Staged, sign_in: SignIn, session: scoped_session):
    client, who = sign_in(dating.organiser), first(session)
    address = f"/badge/{who.code[:4]}-{who.code[4:]}"
    assert "Noter l’arrivée" in client.get(address).text
    client.post(address)
    with clock.frozen(dating.slot.starts_at + timedelta(minutes=30)):
        assert "Déjà arrivée à 10" in client.get(address).text
        assert "arrivée déjà notée à 10" in client.post(address, follow_redirects=True).text


def test_a_badge_scanned_by_anybody_else_says_nothing(
    dating: Staged, client: FlaskClient, sign_in: SignIn, session: scoped_session
):
    who, other = first(session), somebody(Role.FACILITATOR)
    session.commit()
    for visitor in (client, sign_in(other)):
        found, unknown = visitor.get(f"/badge/{who.code}"), visitor.get("/badge/ACDEFGHJ")
        assert found.status_code == unknown.status_code == 404
        assert who.name not in found.text
        assert dating.event.title not in found.text
        assert visitor.post(f"/badge/{who.code}").status_code == 404
    session.expire_all()
    assert who.state is BookingState.BOOKED


def test_a_code_is_typed_and_a_wrong_one_is_said(dating: Staged, sign_in: SignIn, session: scoped_session):
    client, who = sign_in(dating.organiser), first(session)
    other = an_event(organiser=dating.organiser)
    theirs = a_booking(other)
    session.commit()
    address = f"/evenements/{dating.event.id}/arrivees"
    assert "arrivée notée à 10" in client.post(address, data={"code": who.code}, follow_redirects=True).text
    assert "celui d’un autre événement" in client.post(address, data={"code": theirs.code}).text
    assert "Vérifiez les huit signes" in client.post(address, data={"code": "ACDEFGHJ"}).text
    assert "Tapez le code" in client.post(address, data={}).text


def test_a_name_is_searched_whatever_its_case(dating: Staged, sign_in: SignIn, session: scoped_session):
    first(session).name = "Menuiserie Éclair"
    session.commit()
    shown = page(sign_in(dating.organiser), dating, "/arrivees?q=ÉCLAIR+menuis")
    assert "Menuiserie Éclair" in shown
    assert "Entreprise 2" not in shown
    assert "Personne de ce nom" in page(sign_in(dating.organiser), dating, "/arrivees?q=zzz")


def test_a_walk_in_on_a_full_side_needs_the_tick(dating: Staged, sign_in: SignIn, session: scoped_session):
    client, address = sign_in(dating.organiser), f"/evenements/{dating.event.id}/arrivees/nouvelle"
    data = {"side": "moving", "kind": "organisation", "name": "Bois du Sud", "row_id": str(dating.slot.id)}
    assert "Cochez la case" in client.post(address, data=data).text
    for _ in range(2):
        answer = client.post(address, data={**data, "more_seats": "y"}, follow_redirects=True)
        assert "Bois du Sud" in answer.text
    assert session.query(Booking).filter_by(name="Bois du Sud").one().is_walk_in


def test_a_closed_event_notes_nothing_more(dating: Staged, sign_in: SignIn, session: scoped_session):
    client, who = sign_in(dating.organiser), first(session)
    dating.event.state = EventState.CLOSED
    session.commit()
    answer = client.post(f"/evenements/{dating.event.id}/jour-j/{who.id}/arrive", follow_redirects=True)
    assert "terminé ou annulé" in answer.text
    for path in ("/jour-j", "/arrivees"):
        shown = page(client, dating, path)
        assert f"/jour-j/{who.id}/" not in shown
        assert "/arrivees/nouvelle" not in shown
    assert "<form" not in client.get(f"/badge/{who.code}").text.split("<main", 1)[1]


@pytest.mark.parametrize("path", sorted(["/arrivees", "/badges", "/jour-j"]))
def test_an_accent_changes_no_name_s_place(session: scoped_session, today: object, sign_in: SignIn, path: str):
    staged = an_event(starts_at=clock.now())
    for name in ("Zoé Noir", "Éva Blanc", "Awa Dia"):
        a_booking(staged, name, BookingState.SEEN)
    session.commit()
    shown = page(sign_in(staged.organiser), staged, path)
    assert sorted(("Zoé", "Éva", "Awa"), key=shown.index) == ["Awa", "Éva", "Zoé"]


# --- paper ---


def test_badges_hold_the_address_of_their_page_and_eight_stand_on_a_sheet(
    session: scoped_session, today: object, sign_in: SignIn
):
    staged = dating_of(session, 5)
    shown = page(sign_in(staged.organiser), staged, "/badges")
    assert shown.count("<svg viewBox") == 2
    assert "De table en table" in shown
    assert "Table 1" in shown


def test_badges_and_table_cards_are_drawn_as_pdf(dating: Staged, sign_in: SignIn, pdf_machine: None):
    for path in ("badges.pdf", "tables.pdf"):
        answer = sign_in(dating.organiser).get(f"/evenements/{dating.event.id}/{path}")
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-")


def test_an_employer_who_opens_its_doors_reads_no_full_name_at_the_door(
    session: scoped_session, today: object, sign_in: SignIn
):
    employer, person = somebody(Role.EMPLOYER), somebody(Role.CANDIDATE)
    staged = an_event(EventKind.OPEN_DAY, organiser=employer)
    assert person.candidate is not None
    person.candidate.last_name = "Zanzibarova"
    booking = a_booking(staged, person, contact_name="Madame Referente")
    session.commit()
    with clock.frozen(staged.slot.starts_at):
        browser = sign_in(employer)
        texts = [
            page(browser, staged, "/arrivees"),
            browser.get(f"/badge/{booking.code}").text,
            browser.post(f"/badge/{booking.code}", follow_redirects=True).text,
        ]
        for text in texts:
            assert "Camille Z." in text
            assert "Zanzibarova" not in text
            assert "Referente" not in text
        assert "Camille" not in page(browser, staged, "/arrivees?q=zanzibarova")


def test_the_clock_does_not_start_before_the_day(session: scoped_session, today: object, sign_in: SignIn):
    staged, _, _ = a_speed_dating(2, 2)
    session.commit()
    make_plan(staged.event.id, staged.organiser.actor)
    pressed = {"act": "next", "phase": "waiting", "round": "0", "version": "0"}
    answer = sign_in(staged.organiser).post(
        f"/evenements/{staged.event.id}/horloge", data=pressed, follow_redirects=True
    )
    assert "tout se note le jour même" in answer.text
    assert session.query(RoundClock).count() == 0


@pytest.mark.parametrize(
    ("late", "words"), [(1, "1\u00a0participant n’est pas"), (2, "2\u00a0participants ne sont pas")]
)
def test_who_is_still_to_come_is_counted_in_right_french(
    dating: Staged, sign_in: SignIn, session: scoped_session, late: int, words: str
) -> None:
    rows = session.query(Booking).filter_by(slot_id=dating.slot.id).order_by(Booking.name).all()
    for row in rows[late:]:
        row.state, row.checked_in_at = BookingState.SEEN, clock.now()
    session.commit()
    assert f"{words} encore là" in page(sign_in(dating.organiser), dating, "/jour-j/plan")
