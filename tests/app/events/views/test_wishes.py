"""« Mes souhaits » : what a participant sees of the other side, and what is kept."""

import re

import pytest

from app.candidates.models import Candidate, WantedTrade
from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.events.models import MeetingWish
from app.events.rules.kinds import DATINGS, EventKind, Side, Wish
from app.organisations.models import Organisation
from tests.factories.events import Staged, a_booking, a_speed_dating, an_event
from tests.factories.people import an_organisation, somebody

pytestmark = pytest.mark.usefixtures("today")


def member_of(booking):
    """Somebody else of the organisation that is booked."""
    return somebody(Role.EMPLOYER, db.session.get(Organisation, booking.organisation_id))


def address(booking) -> str:
    return f"/inscriptions/{booking.id}/souhaits"


def a_job_dating() -> tuple[Staged, object, object]:
    staged = an_event(EventKind.JOB_DATING)
    desk = somebody(Role.EMPLOYER, an_organisation(name="Propreté Services"))
    person = somebody(Role.CANDIDATE)
    person.candidate.last_name = "Kaddour"
    db.session.add(WantedTrade(candidate_id=person.candidate.id, trade_slug="agent-entretien"))
    seated = a_booking(staged, desk, side=Side.SEATED, trade_slugs=["agent-entretien"], posts=3, words="Le matin")
    moving = a_booking(staged, person, side=Side.MOVING, words="Je touche le RSA, appelez Kaddour")
    db.session.commit()
    return staged, (desk, seated), (person, moving)


def test_three_choices_are_kept_at_once_and_shown_again(session, sign_in):
    _, seated, moving = a_speed_dating(4, 4)
    who = member_of(seated[0])
    db.session.commit()
    client = sign_in(who)
    page = client.get(address(seated[0]))
    mark = page.get_data(as_text=True).split('name="version" type="hidden" value="')[1].split('"')[0]
    sent = {
        "version": mark, f"de-{moving[0].id}": "rencontrer", f"de-{moving[1].id}": "eviter",
        f"de-{moving[2].id}": "sans-avis", "de-nonsense": "rencontrer", f"de-{seated[1].id}": "rencontrer",
    }  # fmt: skip
    answer = client.post(address(seated[0]), data=sent)
    assert answer.status_code == 303
    kept = {one.to_booking_id: one.wish for one in db.session.query(MeetingWish)}
    assert kept == {moving[0].id: Wish.MEET, moving[1].id: Wish.AVOID}
    shown = client.get(address(seated[0])).get_data(as_text=True)
    assert 'value="rencontrer" checked' in shown.split(f"de-{moving[0].id}-rencontrer", 1)[1][:80]
    again = client.post(address(seated[0]), data=sent)
    assert again.status_code == 303


def test_whoever_changed_them_since_is_not_overwritten(session, sign_in):
    _, seated, moving = a_speed_dating(4, 4)
    who = member_of(seated[0])
    db.session.add(MeetingWish(from_booking_id=seated[0].id, to_booking_id=moving[3].id, wish=Wish.MEET))
    db.session.commit()
    answer = sign_in(who).post(address(seated[0]), data={"version": "0", f"de-{moving[0].id}": "rencontrer"})
    assert answer.status_code == 409
    assert db.session.query(MeetingWish).count() == 1


def test_too_many_are_refused_and_the_choices_stay_on_the_page(session, sign_in):
    _, seated, moving = a_speed_dating(4, 4)
    who = member_of(seated[0])
    db.session.commit()
    sent = {"version": "0", f"de-{moving[0].id}": "eviter", f"de-{moving[1].id}": "eviter"}
    answer = sign_in(who).post(address(seated[0]), data=sent)
    text = answer.get_data(as_text=True)
    assert "trop de choix" in text
    assert text.count('value="eviter" checked') == 2
    assert db.session.query(MeetingWish).count() == 0


def test_what_the_other_side_wishes_is_never_shown(session, sign_in):
    _, seated, moving = a_speed_dating(3, 3)
    who = member_of(seated[0])
    db.session.add(MeetingWish(from_booking_id=moving[0].id, to_booking_id=seated[0].id, wish=Wish.AVOID))
    db.session.commit()
    client = sign_in(who)
    with_it = client.get(address(seated[0])).get_data(as_text=True)
    db.session.query(MeetingWish).delete()
    db.session.commit()
    without = client.get(address(seated[0])).get_data(as_text=True)
    assert _bare(with_it) == _bare(without)


def _bare(page: str) -> str:
    """The page without what changes at each reading."""
    return re.sub(r'name="csrf_token"[^>]*>', "", page)


def test_a_firm_sees_of_a_person_the_first_name_an_initial_the_jobs_and_the_commune(session, sign_in):
    _, (desk, seated), _ = a_job_dating()
    text = sign_in(desk).get(address(seated)).get_data(as_text=True)
    assert "Camille K." in text
    assert "Massy" in text
    assert "entretien" in text.lower()
    for word in ("Kaddour", "RSA", "touche"):
        assert word not in text


def test_persons_of_one_shown_name_stand_in_no_order_of_their_last_names(session, sign_in):
    staged, (desk, seated), _ = a_job_dating()
    rows = sorted((a_booking(staged, somebody(Role.CANDIDATE)) for _ in range(8)), key=lambda one: one.id)
    for row, letter in zip(rows, "fcahdbig", strict=True):
        db.session.get_one(Candidate, row.candidate_id).last_name, row.name = f"K{letter}ba", f"Camille K{letter}ba"
    db.session.commit()
    text = sign_in(desk).get(address(seated)).get_data(as_text=True)
    assert sorted(rows, key=lambda one: text.index(str(one.id))) == rows


def test_a_person_sees_the_firms_fully_on_a_plain_page_with_a_phone(session, sign_in):
    _, _, (person, moving) = a_job_dating()
    text = sign_in(person).get(address(moving)).get_data(as_text=True)
    assert "Propreté Services" in text
    assert "Le matin" in text
    assert "3\u00a0personnes" in text
    assert 'class="plain' in text
    assert "tel:" in text


@pytest.mark.parametrize("role", sorted({Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT, Role.CANDIDATE}))
def test_nobody_else_reads_the_wishes_of_a_booking(session, sign_in, role):
    _, (_, seated), (_, moving) = a_job_dating()
    other = somebody(role)
    db.session.commit()
    client = sign_in(other)
    assert client.get(address(seated)).status_code == 404
    if role in {Role.EMPLOYER, Role.CANDIDATE}:
        assert client.get(address(moving)).status_code == 404


def test_the_other_side_does_not_read_them_either(session, sign_in):
    _, (desk, _), (_, moving) = a_job_dating()
    assert sign_in(desk).get(address(moving)).status_code == 404


def test_the_organiser_names_wishes_for_somebody_even_after_it_began(session, sign_in):
    staged, seated, moving = a_speed_dating(3, 3)
    db.session.commit()
    with clock.frozen(staged.slot.starts_at):
        client = sign_in(staged.organiser)
        answer = client.post(address(seated[0]), data={"version": "0", f"de-{moving[0].id}": "rencontrer"})
        assert answer.status_code == 303
        late = sign_in(member_of(seated[0])).get(address(seated[0])).get_data(as_text=True)
    assert "Vous ne pouvez plus changer vos souhaits" in late
    assert "Enregistrer mes choix" not in late


def test_a_search_keeps_the_choices_that_it_does_not_show(session, sign_in):
    _, seated, moving = a_speed_dating(8, 8)
    who = member_of(seated[0])
    moving[0].words, moving[0].name = "Nous cherchons des plombiers", "Zinc et fils"
    db.session.add(MeetingWish(from_booking_id=seated[0].id, to_booking_id=moving[5].id, wish=Wish.MEET))
    db.session.commit()
    client = sign_in(who)
    text = client.get(f"{address(seated[0])}?q=plombier").get_data(as_text=True)
    assert "Zinc et fils" in text
    assert "Entreprise 6" not in text
    mark = text.split('name="version" type="hidden" value="')[1].split('"')[0]
    client.post(f"{address(seated[0])}?q=plombier", data={"version": mark, f"de-{moving[0].id}": "rencontrer"})
    assert db.session.query(MeetingWish).count() == 2


def test_a_session_has_no_wishes(session, sign_in):
    staged = an_event()
    booking = a_booking(staged, "Pierre Blanc")
    db.session.commit()
    assert sign_in(staged.organiser).get(address(booking)).status_code == 404


@pytest.mark.parametrize("kind", sorted(DATINGS))
def test_twelve_statements_at_most_whoever_comes(session, sign_in, statements, kind):
    counts = []
    for size in (3, 24):
        if kind is EventKind.SPEED_DATING:
            staged, seated, _ = a_speed_dating(1, size, seats=30)
        else:
            staged = an_event(kind, seats=30)
            seated = [a_booking(staged, an_organisation(), side=Side.SEATED)]
            for number in range(size):
                person = somebody(Role.CANDIDATE)
                person.candidate.first_name = f"Camille{number}"
                a_booking(staged, person, side=Side.MOVING)
        db.session.commit()
        client = sign_in(member_of(seated[0]))
        client.get(address(seated[0]))
        db.session.expire_all()
        statements.clear()
        assert client.get(address(seated[0])).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[1] <= 12


# --- by the code of a paper -------------------------------------------------------------------------------


def by_code(booking) -> str:
    return f"/mon-inscription/{booking.code}/souhaits"


def test_a_firm_without_account_wishes_with_its_code(session, client):
    staged, seated, _ = a_speed_dating(3, 2)
    guest = a_booking(staged, an_organisation(name="Menuiserie Bel"), side=Side.MOVING)
    guest.organisation_id = None
    session.commit()
    page = client.get(by_code(guest))
    assert page.headers["Cache-Control"] == "no-store"
    mark = page.text.split('name="version" type="hidden" value="')[1].split('"')[0]
    sent = {"version": mark, f"de-{seated[0].id}": "rencontrer", f"de-{seated[1].id}": "eviter"}
    assert client.post(by_code(guest), data=sent).status_code == 303
    kept = {one.to_booking_id: one.wish for one in session.query(MeetingWish)}
    assert kept == {seated[0].id: Wish.MEET, seated[1].id: Wish.AVOID}
    assert "Dire qui je veux rencontrer" in client.get(f"/mon-inscription/{guest.code}").text


def test_a_recruiter_without_account_reads_nobody_by_its_code(session, client):
    _, (_, seated), (_, moving) = a_job_dating()
    assert client.get(by_code(seated)).status_code == 404
    assert client.post(by_code(seated), data={"version": "0", f"de-{moving.id}": "rencontrer"}).status_code == 404
    assert session.query(MeetingWish).count() == 0
    assert "Dire qui je veux" not in client.get(f"/mon-inscription/{seated.code}").text
    assert "Propreté Services" in client.get(by_code(moving)).text


def test_wishes_by_code_end_when_it_begins(session, client):
    staged, seated, moving = a_speed_dating(2, 2)
    session.commit()
    with clock.frozen(staged.slot.starts_at):
        assert "Vous ne pouvez plus changer vos souhaits" in client.get(by_code(moving[0])).text
        client.post(by_code(moving[0]), data={"version": "0", f"de-{seated[0].id}": "rencontrer"})
        assert "Dire qui je veux" not in client.get(f"/mon-inscription/{moving[0].code}").text
    assert session.query(MeetingWish).count() == 0
