"""The meetings of a participant on their phone, and the table where the organiser types the paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.roles import Role
from app.events.models import Booking, Meeting, RoundClock
from app.events.rules.kinds import ClockPhase, EventKind, Outcome, Side
from app.events.rules.states import BookingState
from tests.factories.events import Staged, a_booking, a_meeting, an_event
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Any], FlaskClient]
SECRETS = ("Zanzibarova", "611223344", "6 11 22 33 44", "fauteuil", "rue du Secret", "Ne pas rappeler")


@dataclass(frozen=True, slots=True)
class Dating:
    staged: Staged
    recruiter: Somebody
    person: Somebody
    theirs: Booking
    mine: Booking
    meeting: Meeting

    @property
    def recruiter_page(self) -> str:
        return f"/inscriptions/{self.theirs.id}/rencontres"

    @property
    def my_page(self) -> str:
        return f"/inscriptions/{self.mine.id}/rencontres"

    @property
    def code_page(self) -> str:
        return f"/mon-inscription/{self.mine.code}/rencontres"


def dating_of(session: scoped_session, people: int = 2) -> Dating:
    """A job dating in its first round: a recruiter meets Camille now, others after."""
    staged = an_event(EventKind.JOB_DATING, seats=people + 2)
    recruiter, person = somebody(Role.EMPLOYER), somebody(Role.CANDIDATE)
    assert person.candidate is not None
    person.candidate.last_name, person.candidate.phone = "Zanzibarova", "+33611223344"
    person.candidate.address = "3 rue du Secret"
    theirs = a_booking(staged, recruiter, BookingState.SEEN, side=Side.SEATED)
    mine = a_booking(staged, person, BookingState.SEEN, needs="un fauteuil", contact_phone="+33611223344")
    meeting = a_meeting(staged, theirs, mine, table=4, moving_words="Ne pas rappeler le soir")
    for number in range(2, people + 1):
        other = a_booking(staged, f"Pierre Blanc{number}", BookingState.SEEN)
        a_meeting(staged, theirs, other, at_round=number, table=4)
    since = staged.slot.starts_at
    session.add(RoundClock(slot_id=staged.slot.id, round=1, phase=ClockPhase.TALKING, phase_since=since))
    session.commit()
    return Dating(staged, recruiter, person, theirs, mine, meeting)


@pytest.fixture
def dating(session: scoped_session, today: object) -> Iterator[Dating]:
    found = dating_of(session)
    with clock.frozen(found.staged.slot.starts_at + timedelta(minutes=3)):
        yield found


@pytest.mark.parametrize("people", [3, 24])
def test_the_page_asks_no_more_with_more_meetings(
    session: scoped_session, today: object, sign_in: SignIn, client: FlaskClient, statements: list[str], people: int
):
    found = dating_of(session, people)
    with clock.frozen(found.staged.slot.starts_at):
        for who, path in ((found.recruiter, found.recruiter_page), (found.person, found.my_page)):
            sign_in(who)
            statements.clear()
            session.expire_all()
            assert client.get(path).status_code == 200
            assert len(statements) <= 12
        statements.clear()
        session.expire_all()
        assert client.get(found.code_page).status_code == 200
        assert len(statements) <= 12


def test_it_says_where_to_be_now(dating: Dating, sign_in: SignIn):
    shown = sign_in(dating.person).get(dating.my_page).text
    assert "Maintenant : table 4".replace(" : ", "\u00a0: ") in shown
    assert dating.theirs.name in shown


def test_the_page_by_code_shows_the_same_without_an_account(dating: Dating, client: FlaskClient):
    answer = client.get(dating.code_page)
    assert dating.theirs.name in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/mon-inscription/ACDEFGHJ/rencontres").status_code == 404


def test_wrong_codes_are_throttled(dating: Dating, client: FlaskClient):
    answers = {client.get("/mon-inscription/ACDEFGHJ/rencontres").status_code for _ in range(62)}
    assert answers == {404, 429}


def test_a_firm_reads_first_name_and_initial_and_nothing_else_of_a_person(dating: Dating, sign_in: SignIn):
    shown = sign_in(dating.recruiter).get(dating.recruiter_page).text
    assert "Camille Z." in shown
    assert "Pierre B." in shown
    assert [secret for secret in SECRETS if secret in shown] == []


def test_one_tap_is_saved_and_may_change(dating: Dating, sign_in: SignIn, session: scoped_session):
    client = sign_in(dating.recruiter)
    for outcome in ("offer", "stage"):
        answer = client.post(f"{dating.recruiter_page}/{dating.meeting.id}", data={"outcome": outcome})
        assert answer.status_code == 303
    session.expire_all()
    assert dating.meeting.seated_outcome is Outcome.STAGE


def test_a_code_taps_too_and_words_come_after(dating: Dating, client: FlaskClient, session: scoped_session):
    client.post(f"{dating.code_page}/{dating.meeting.id}", data={"outcome": "visit"})
    client.post(f"{dating.code_page}/{dating.meeting.id}", data={"words": "Je rappelle mardi"})
    session.expire_all()
    assert dating.meeting.moving_outcome is Outcome.VISIT
    assert dating.meeting.moving_words == "Je rappelle mardi"


@pytest.mark.parametrize("outcome", ["", "marry", "💥"])
def test_nonsense_says_nothing(dating: Dating, client: FlaskClient, session: scoped_session, outcome: str):
    assert client.post(f"{dating.code_page}/{dating.meeting.id}", data={"outcome": outcome}).status_code == 303
    session.expire_all()
    assert dating.meeting.moving_outcome is None


def said(dating: Dating, session: scoped_session, seated: Outcome | None, moving: Outcome | None) -> None:
    dating.meeting.seated_outcome, dating.meeting.moving_outcome = seated, moving
    session.commit()


def over(dating: Dating) -> Any:
    return clock.frozen(dating.staged.slot.starts_at + timedelta(minutes=300))


@pytest.mark.parametrize("theirs", sorted(Outcome))
def test_what_the_other_said_alone_shows_nowhere(
    dating: Dating, sign_in: SignIn, session: scoped_session, theirs: Outcome
):
    with over(dating):
        client = sign_in(dating.person)
        said(dating, session, None, None)
        silent = client.get(dating.my_page).text
        said(dating, session, theirs, None)
        assert _without_token(client.get(dating.my_page).text) == _without_token(silent)


def test_a_no_reads_as_a_silence(dating: Dating, sign_in: SignIn, session: scoped_session):
    with over(dating):
        client = sign_in(dating.person)
        said(dating, session, None, Outcome.OFFER)
        silent = client.get(dating.my_page).text
        said(dating, session, Outcome.NO, Outcome.OFFER)
        assert _without_token(client.get(dating.my_page).text) == _without_token(silent)


def _without_token(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf_token" not in line]


def test_an_agreement_shows_to_both(dating: Dating, sign_in: SignIn, session: scoped_session):
    said(dating, session, Outcome.STAGE, Outcome.OFFER)
    with over(dating):
        for who, path in ((dating.person, dating.my_page), (dating.recruiter, dating.recruiter_page)):
            assert "faire un stage" in sign_in(who).get(path).text


def test_the_other_one_is_absent_and_the_sheet_says_pause(dating: Dating, sign_in: SignIn, session: scoped_session):
    dating.theirs.state, dating.theirs.checked_in_at = BookingState.ABSENT, None
    session.commit()
    shown = sign_in(dating.person).get(dating.my_page).text
    assert "Maintenant\u00a0: pause" in shown


def test_meetings_of_others_do_not_exist(dating: Dating, sign_in: SignIn, session: scoped_session):
    other = session.query(Meeting).filter(Meeting.round == 2).one()
    client = sign_in(dating.person)
    assert client.get(dating.recruiter_page).status_code == 404
    assert client.post(f"{dating.my_page}/{other.id}", data={"outcome": "no"}).status_code == 404
    assert client.post(f"{dating.code_page}/{other.id}", data={"outcome": "no"}).status_code == 404
    assert sign_in(dating.staged.organiser).get(dating.my_page).status_code == 404


def test_before_the_day_nothing_may_be_said(dating: Dating, client: FlaskClient, session: scoped_session):
    with clock.frozen(dating.staged.slot.starts_at - timedelta(days=2)):
        answer = client.post(f"{dating.code_page}/{dating.meeting.id}", data={"outcome": "no"}, follow_redirects=True)
    assert "revenez le jour même" in answer.text
    session.expire_all()
    assert dating.meeting.moving_outcome is None


def test_the_organiser_types_a_round_and_goes_on_to_the_next(dating: Dating, sign_in: SignIn, session: scoped_session):
    client, one = sign_in(dating.staged.organiser), dating.meeting.id
    address = f"/evenements/{dating.staged.event.id}/rencontres?tour=1"
    assert "Réponse de Camille Z." in client.get(address).text
    data = {f"seated-{one}": "offer", f"moving-{one}": "follow_up", "next": "1"}
    answer = client.post(address, data=data)
    assert "tour=2" in answer.location
    session.expire_all()
    assert (dating.meeting.seated_outcome, dating.meeting.moving_outcome) == (Outcome.OFFER, Outcome.FOLLOW_UP)


@pytest.mark.parametrize("asked", ["0", "-3", "99", "abc", "9999999999999999999999"])
def test_a_round_that_does_not_exist_shows_one_that_does(dating: Dating, sign_in: SignIn, asked: str):
    client = sign_in(dating.staged.organiser)
    assert client.get(f"/evenements/{dating.staged.event.id}/rencontres?tour={asked}").status_code == 200


def test_after_too_many_wrong_codes_the_right_one_does_not_answer_either(dating: Dating, client: FlaskClient):
    for _ in range(62):
        client.get("/mon-inscription/ACDEFGHJ/rencontres")
    assert client.get(dating.code_page).status_code == 429


@pytest.mark.parametrize("state", sorted((BookingState.CANCELLED, BookingState.EXCUSED)))
def test_who_cancelled_reads_nobody_and_says_nothing(
    dating: Dating, client: FlaskClient, sign_in: SignIn, session: scoped_session, state: BookingState
):
    dating.theirs.state, dating.theirs.checked_in_at = state, None
    session.commit()
    assert client.get(f"/mon-inscription/{dating.theirs.code}/rencontres").status_code == 404
    sign_in(dating.recruiter)
    assert client.get(dating.recruiter_page).status_code == 404
    client.post(f"{dating.recruiter_page}/{dating.meeting.id}", data={"outcome": "offer"})
    session.expire_all()
    assert dating.meeting.seated_outcome is None
    for page in ("souhaits", "fiche"):
        assert "Camille" not in client.get(f"/inscriptions/{dating.theirs.id}/{page}").text
