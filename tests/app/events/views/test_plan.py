"""« Souhaits et plan » : the rounds, the plan and its figures, the files; who may read it."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.events.models import Booking, MeetingPlan, MeetingSetup, MeetingWish, RoundClock
from app.events.rules.kinds import ClockPhase, EventKind, Side, Wish
from app.events.service import cancelling, planning
from app.events.service.missing import note_absent
from app.events.service.registering import register_organisation
from app.organisations.rules import OrganisationKind
from tests.factories.events import Staged, a_booking, a_speed_dating, an_event
from tests.factories.people import an_organisation, somebody

pytestmark = pytest.mark.usefixtures("today")


def address(staged: Staged, more: str = "") -> str:
    return f"/evenements/{staged.event.id}/plan{more}"


def text_of(answer) -> str:
    return answer.get_data(as_text=True).replace("\u00a0", " ").replace("&nbsp;", " ")


def planned(siae: int, firms: int, **values: object) -> Staged:
    staged, *_ = a_speed_dating(siae, firms, **values)
    db.session.commit()
    planning.make_plan(staged.event.id, staged.organiser.actor)
    return staged


def test_the_page_says_at_once_what_the_rounds_make(session, sign_in):
    staged, *_ = a_speed_dating(12, 12)
    db.session.commit()
    text = text_of(sign_in(staged.organiser).get(address(staged)))
    assert "12 tours de 10 min, 2 min entre deux : 144 rencontres, 2 h 22, fin à 12 h 22" in text
    assert "Le plan n’est pas encore fait" in text


def test_it_warns_of_an_end_after_the_slot_and_of_too_few_tables(session, sign_in):
    staged, *_ = a_speed_dating(12, 12, hours=1)
    db.session.query(MeetingSetup).one().tables = 6
    db.session.commit()
    text = text_of(sign_in(staged.organiser).get(address(staged)))
    assert "Dans le créneau tiennent 5 tours au plus" in text
    assert "6 tables pour 12 et 12" in text


def test_an_empty_side_is_named_and_has_no_button(session, sign_in):
    staged, *_ = a_speed_dating(0, 2)
    db.session.commit()
    text = text_of(sign_in(staged.organiser).get(address(staged)))
    assert "Aucune inscription côté « structures d’insertion »" in text
    assert "Faire le plan" not in text


def test_one_press_makes_the_plan_and_the_figures_are_said_in_words(session, sign_in):
    staged, seated, moving = a_speed_dating(3, 3)
    db.session.add(MeetingWish(from_booking_id=seated[0].id, to_booking_id=moving[0].id, wish=Wish.MEET))
    db.session.commit()
    client = sign_in(staged.organiser)
    assert client.post(address(staged)).status_code == 303
    text = text_of(client.get(address(staged)))
    assert "Plan n° 1" in text
    assert "1 sur 1" in text
    assert "Au maximum possible" in text
    assert "personne n’attend" in text


def test_who_misses_a_wish_is_listed_without_saying_who_avoids_whom(session, sign_in):
    staged, seated, moving = a_speed_dating(3, 3)
    db.session.add(MeetingWish(from_booking_id=seated[0].id, to_booking_id=moving[0].id, wish=Wish.MEET))
    db.session.add(MeetingWish(from_booking_id=moving[0].id, to_booking_id=seated[0].id, wish=Wish.AVOID))
    db.session.commit()
    planning.make_plan(staged.event.id, staged.organiser.actor)
    text = text_of(sign_in(staged.organiser).get(address(staged)))
    assert "Souhaits non suivis" in text
    assert "Entreprise 1 : rencontre écartée" in text
    assert "éviter" not in text


@pytest.mark.parametrize("view", ["participants", "tables", "tours"])
def test_each_view_names_everybody(session, sign_in, view):
    staged = planned(3, 3)
    text = text_of(sign_in(staged.organiser).get(address(staged, f"?vue={view}")))
    for number in (1, 2, 3):
        assert f"Chantier {number}" in text
        assert f"Entreprise {number}" in text


def test_the_plan_goes_out_as_csv_and_xlsx(session, sign_in):
    staged = planned(3, 3)
    client = sign_in(staged.organiser)
    lines = client.get(address(staged, "?export=csv")).get_data(as_text=True).splitlines()
    assert len(lines) == 10
    assert lines[0].lstrip("\ufeff").startswith("Tour;Début;Fin;Table;Structures d’insertion;Entreprises")
    assert client.get(address(staged, "?export=xlsx")).get_data()[:2] == b"PK"


def test_the_rounds_are_set_and_mistakes_stand_beside_their_field(session, sign_in):
    staged, *_ = a_speed_dating(3, 3)
    db.session.commit()
    client = sign_in(staged.organiser)
    setup = db.session.query(MeetingSetup).one()
    sent = {"version": str(setup.version), "rounds": "8", "round_minutes": "12", "change_minutes": "3", "tables": "6"}
    wrong = client.post(address(staged, "/tours"), data={**sent, "first_round_at": "8 h", "after_1": "4"})
    text = text_of(wrong)
    assert "Le premier tour commence pendant le créneau" in text
    assert "combien de minutes elle dure" in text
    assert 'value="8"' in text
    right = client.post(
        address(staged, "/tours"), data={**sent, "first_round_at": "10 h 30", "after_1": "4", "minutes_1": "15"}
    )
    assert right.status_code == 303
    db.session.refresh(setup)
    assert (setup.rounds, setup.round_minutes, setup.tables, setup.breaks) == (8, 12, 6, [{"after": 4, "minutes": 15}])
    stale = client.post(address(staged, "/tours"), data={**sent, "rounds": "9"})
    assert stale.status_code == 409


def test_everybody_is_told_and_a_second_press_tells_nobody_again(session, sign_in):
    staged = planned(2, 2)
    client = sign_in(staged.organiser)
    client.post(address(staged, "/prevenir"))
    assert "4 messages envoyés" in text_of(client.get(address(staged)))
    client.post(address(staged, "/prevenir"))
    assert "déjà prévenu" in text_of(client.get(address(staged)))


@pytest.mark.parametrize("more", ["", "/tours", "/fiches", "/fiches.pdf", ".pdf", "?export=csv"])
def test_another_organiser_and_a_participant_find_nothing(session, sign_in, more):
    staged = planned(2, 2)
    firm = somebody(Role.EMPLOYER)
    a_booking(staged, firm, side=Side.MOVING)
    db.session.commit()
    for who in (somebody(Role.FACILITATOR), firm):
        db.session.commit()
        assert sign_in(who).get(address(staged, more)).status_code == 404


@pytest.mark.parametrize("act", ["", "/prevenir", "/tours"])
def test_another_organiser_changes_nothing(session, sign_in, act):
    staged = planned(2, 2)
    other = somebody(Role.REFERENT)
    db.session.commit()
    data = {"version": "1", "round_minutes": "5", "change_minutes": "1", "tables": "3"}
    assert sign_in(other).post(address(staged, act), data=data).status_code == 404
    assert db.session.query(MeetingPlan).count() == 1


def test_a_session_has_no_plan(session, sign_in):
    staged = an_event()
    db.session.commit()
    assert sign_in(staged.organiser).get(address(staged)).status_code == 404


def _register(staged: Staged, name: str) -> None:
    firm = an_organisation(OrganisationKind.FIRM, name=name)
    db.session.commit()
    register_organisation(staged.slot.id, firm.id, by=somebody(Role.DEPARTMENT).actor)


def test_a_plan_that_still_holds_says_nothing(session, sign_in):
    staged = planned(2, 2)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        text = text_of(sign_in(staged.organiser).get(address(staged)))
    assert "n’est plus à jour" not in text
    assert text.count("Refaire le plan") == 1


def test_a_plan_out_of_date_says_why_at_the_top_with_one_button(session, sign_in):
    staged = planned(4, 4)
    gone = db.session.query(Booking).filter_by(side=Side.MOVING).order_by(Booking.name).limit(2).all()
    with clock.frozen(clock.now() + timedelta(hours=1)):
        for one in gone:
            cancelling.cancel(one.id, by=staged.organiser.actor)
        client = sign_in(staged.organiser)
        text = text_of(client.get(address(staged)))
        assert "2 inscriptions annulées depuis ce plan." in text
        assert "Ne viennent plus : Entreprise 1, Entreprise 2." in text
        assert text.index("Le plan n’est plus à jour") < text.index("Avant le plan")
        assert text.count("Refaire le plan") == 1
    with clock.frozen(clock.now() + timedelta(hours=2)):
        client.post(address(staged))
        assert "n’est plus à jour" not in text_of(client.get(address(staged)))


def test_those_who_came_after_the_plan_are_named(session, sign_in):
    staged = planned(2, 2)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        _register(staged, "Arrivée tardive")
        text = text_of(sign_in(staged.organiser).get(address(staged)))
    assert "1 nouvelle inscription depuis ce plan." in text
    assert "Sans rencontre : Arrivée tardive." in text


@pytest.mark.parametrize("running", [1, 3])
def test_once_the_rounds_have_begun_the_button_leads_to_those_that_have_not(session, sign_in, running):
    staged = planned(3, 3)
    since = staged.slot.starts_at
    db.session.add(RoundClock(slot_id=staged.slot.id, round=running, phase=ClockPhase.TALKING, phase_since=since))
    gone = db.session.query(Booking).filter_by(name="Entreprise 1").one()
    db.session.commit()
    with clock.frozen(since + timedelta(minutes=3)):
        note_absent(staged.event.id, gone.id, by=staged.organiser.actor)
        text = text_of(sign_in(staged.organiser).get(address(staged)))
    left = running < 3
    assert ("n’est plus à jour" in text) is left
    assert (f'href="/evenements/{staged.event.id}/jour-j/plan?tour=2"' in text) is left
    assert f'action="{address(staged)}"' not in text


def test_after_the_dating_nothing_is_out_of_date(session, sign_in):
    staged = planned(2, 2)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        _register(staged, "Arrivée tardive")
    with clock.frozen(staged.slot.ends_at):
        assert "n’est plus à jour" not in text_of(sign_in(staged.organiser).get(address(staged)))


@pytest.mark.parametrize("view", ["participants", "tables", "tours"])
def test_twelve_statements_at_most_whoever_comes(session, sign_in, statements, view):
    counts = []
    for size in (3, 12):
        staged = planned(size, size)
        client = sign_in(staged.organiser)
        client.get(address(staged, f"?vue={view}"))
        db.session.expire_all()
        statements.clear()
        assert client.get(address(staged, f"?vue={view}")).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[1] <= 12


def test_an_employer_who_runs_a_dating_reads_no_family_name(session, sign_in):
    runs = somebody(Role.EMPLOYER)
    staged = an_event(EventKind.JOB_DATING, organiser=runs)
    a_booking(staged, an_organisation(), side=Side.SEATED)
    person = somebody(Role.CANDIDATE)
    person.candidate.last_name = "Kaddour"
    a_booking(staged, person, side=Side.MOVING)
    db.session.commit()
    planning.make_plan(staged.event.id, runs.actor)
    client = sign_in(runs)
    for more in ("", "?vue=participants", "?vue=tables", "?export=csv", "/fiches"):
        text = text_of(client.get(address(staged, more)))
        assert "Camille K." in text
        assert "Kaddour" not in text
