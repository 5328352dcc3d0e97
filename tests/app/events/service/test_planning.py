"""Acts on the rotation plan: made, and made again during the day, on a real database."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from types import SimpleNamespace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.events.models import Booking, Meeting, MeetingPlan, MeetingSetup, MeetingWish, RoundClock
from app.events.rules.kinds import ClockPhase, EventKind, Outcome, Side, Wish
from app.events.rules.setup import PlanRefusal, SetupRefusal, SetupValues
from app.events.rules.states import IN_THE_PLAN, BookingState, EventState, MeetingState
from app.events.service import planning
from tests.factories.candidates import CandidateFactory, wanted
from tests.factories.events import Staged, a_booking, a_meeting, a_speed_dating, an_event
from tests.factories.offers import OfferFactory
from tests.factories.people import an_organisation, somebody

pytestmark = pytest.mark.usefixtures("today")


def planned(staged: Staged) -> list[Meeting]:
    query = db.session.query(Meeting).filter(Meeting.slot_id == staged.slot.id, Meeting.state.in_(IN_THE_PLAN))
    return query.order_by(Meeting.round, Meeting.table_number).all()


def made(staged: Staged) -> MeetingPlan:
    db.session.commit()
    return planning.make_plan(staged.event.id, staged.organiser.actor)


def wish(one: Booking, other: Booking, what: Wish = Wish.MEET) -> None:
    db.session.add(MeetingWish(from_booking_id=one.id, to_booking_id=other.id, wish=what))


def keep(staged: Staged) -> set[tuple[UUID, int | None, int | None, UUID, UUID, MeetingState]]:
    rows = db.session.query(Meeting).filter(Meeting.slot_id == staged.slot.id, Meeting.round <= 4)
    return {(one.id, one.round, one.table_number, one.seated_id, one.moving_id, one.state) for one in rows}


def a_person(staged: Staged, candidate: Candidate) -> Booking:
    who = SimpleNamespace(candidate=candidate, organisation=None)
    return a_booking(staged, who, side=Side.MOVING)  # type: ignore[arg-type]


def run_until(staged: Staged, at_round: int) -> None:
    """The clock says that this round runs."""
    db.session.add(
        RoundClock(slot_id=staged.slot.id, round=at_round, phase=ClockPhase.TALKING, phase_since=clock.now())
    )
    db.session.commit()


def test_twelve_by_twelve_is_144_meetings_in_12_rounds_and_nobody_is_idle(session):
    staged, seated, moving = a_speed_dating(12, 12)
    plan = made(staged)
    rows = planned(staged)
    assert (plan.number, plan.rounds, plan.meetings, plan.gap_percent) == (1, 12, 144, 0)
    assert len({(one.seated_id, one.moving_id) for one in rows}) == 144
    for number in range(1, 13):
        at_once = [one for one in rows if one.round == number]
        assert {one.seated_id for one in at_once} == {one.id for one in seated}
        assert {one.moving_id for one in at_once} == {one.id for one in moving}
        assert {one.table_number for one in at_once} == set(range(1, 13))


def test_twelve_by_nine_is_108_meetings_and_each_structure_rests_three_times(session):
    staged, seated, _ = a_speed_dating(12, 9)
    plan = made(staged)
    each = Counter(one.seated_id for one in planned(staged))
    assert (plan.rounds, plan.meetings) == (12, 108)
    assert {one.id: 12 - each[one.id] for one in seated} == {one.id: 3 for one in seated}


def test_wishes_are_met_first_and_a_pair_that_avoids_each_other_never_meets(session):
    staged, seated, moving = a_speed_dating(4, 4)
    db.session.query(MeetingSetup).one().rounds = 2
    wish(seated[0], moving[3])
    wish(moving[3], seated[0])
    wish(seated[1], moving[2])
    wish(moving[1], seated[2], Wish.AVOID)
    wish(seated[2], moving[1])
    plan = made(staged)
    pairs = {(one.seated_id, one.moving_id): one for one in planned(staged)}
    assert pairs[seated[0].id, moving[3].id].wishes == 2
    assert pairs[seated[1].id, moving[2].id].wishes == 1
    assert (seated[2].id, moving[1].id) not in pairs
    assert (plan.wishes_met, plan.wishes_possible) == (2, 2)


def test_only_a_wish_of_both_is_said_to_both_and_one_s_own_to_oneself_alone(session):
    staged, seated, moving = a_speed_dating(2, 2)
    wish(seated[0], moving[0])
    wish(moving[0], seated[0])
    wish(seated[1], moving[1])
    made(staged)
    said = {(one.seated_id, one.moving_id): one.reasons for one in planned(staged)}
    assert said[seated[0].id, moving[0].id]["seated"][0] == "Vous vous êtes choisis."
    assert said[seated[0].id, moving[0].id]["moving"][0] == "Vous vous êtes choisis."
    assert said[seated[1].id, moving[1].id]["seated"][0] == "Vous avez demandé cette rencontre."
    assert not [text for text in said[seated[1].id, moving[1].id]["moving"] if "demandé" in text or "choisi" in text]


def test_two_who_give_the_same_siret_never_meet(session):
    staged, seated, _ = a_speed_dating(2, 2)
    house = an_organisation(siret="73282932000074")
    seated[0].organisation_id = house.id
    twin = a_booking(staged, "La même maison", side=Side.MOVING, siret="73282932000074")
    made(staged)
    assert (seated[0].id, twin.id) not in {(one.seated_id, one.moving_id) for one in planned(staged)}


def test_a_job_in_common_is_the_reason_and_the_better_affinity(session):
    staged, seated, moving = a_speed_dating(2, 2)
    seated[0].trade_slugs, moving[1].trade_slugs = ["agent-entretien"], ["agent-entretien"]
    made(staged)
    rows = {(one.seated_id, one.moving_id): one for one in planned(staged)}
    tied, other = rows[seated[0].id, moving[1].id], rows[seated[0].id, moving[0].id]
    assert tied.affinity > other.affinity
    assert any("Métier en commun" in text for text in tied.reasons["seated"])
    assert len(tied.reasons["seated"]) <= 2


def test_a_person_is_laid_beside_the_best_open_offer_and_the_recruiter_reads_no_limit_of_theirs(session):
    staged = an_event(EventKind.JOB_DATING)
    recruiter = an_organisation(name="Propreté Services")
    OfferFactory(organisation=recruiter, published=True, trade_slug="agent-entretien")
    person = CandidateFactory(ready=True, consenting=True, full=True, last_name="Kaddour", first_name="Nadia")
    desk = a_booking(staged, recruiter, side=Side.SEATED)
    a_person(staged, person)
    made(staged)
    (only,) = planned(staged)
    assert only.seated_id == desk.id
    assert only.affinity > 50
    assert any("Recherche ce métier" in text for text in only.reasons["seated"])
    assert not [text for text in only.reasons["seated"] if "français" in text or "bus" in text or "voiture" in text]


def test_somebody_who_is_not_ready_is_laid_beside_the_posts_by_the_jobs_they_want(session):
    staged = an_event(EventKind.JOB_DATING)
    recruiter = an_organisation()
    OfferFactory(organisation=recruiter, published=True, trade_slug="agent-entretien")
    person = CandidateFactory(trades=wanted("agent-entretien"))
    a_booking(staged, recruiter, side=Side.SEATED)
    a_person(staged, person)
    made(staged)
    (only,) = planned(staged)
    assert only.affinity > 0
    assert any("Recherche ce métier" in text for text in only.reasons["seated"])
    assert any("Cet employeur recrute" in text for text in only.reasons["moving"])


def test_only_those_booked_or_seen_are_planned(session):
    staged, _, moving = a_speed_dating(3, 3)
    moving[0].state = BookingState.EXCUSED
    a_booking(staged, an_organisation(), BookingState.WAITING, side=Side.MOVING)
    made(staged)
    assert {one.moving_id for one in planned(staged)} == {one.id for one in moving[1:]}


def test_a_plan_made_again_takes_the_place_of_the_first(session):
    staged, *_ = a_speed_dating(3, 3)
    made(staged)
    second = made(staged)
    rows = db.session.query(Meeting).filter_by(slot_id=staged.slot.id).all()
    assert second.number == 2
    assert len(rows) == 9
    assert {one.plan_id for one in rows} == {second.id}


def test_a_new_plan_after_round_4_leaves_rounds_1_to_4_as_they_were(session):
    staged, seated, moving = a_speed_dating(6, 6)
    made(staged)
    for one in planned(staged):
        if one.round <= 3:
            one.state = MeetingState.HELD
    run_until(staged, 4)
    before = keep(staged)
    moving[5].left_at = clock.now()
    seated[0].state = BookingState.ABSENT
    late = a_booking(staged, an_organisation(name="Arrivée tardive"), side=Side.MOVING, is_walk_in=True)
    db.session.commit()
    plan = planning.replan_from(staged.event.id, 5, by=staged.organiser.actor, why="une absence")
    assert keep(staged) == before
    assert (plan.number, plan.from_round, plan.rounds, plan.why) == (2, 5, 6, "une absence")
    after = [one for one in planned(staged) if one.round > 4]
    assert late.id in {one.moving_id for one in after}
    assert moving[5].id not in {one.moving_id for one in after}
    assert seated[0].id not in {one.seated_id for one in after}
    everyone = [(one.seated_id, one.moving_id) for one in planned(staged)]
    assert len(everyone) == len(set(everyone))
    assert db.session.query(Meeting).filter_by(state=MeetingState.DROPPED).count() == 12


def test_a_meeting_noted_ahead_of_its_round_stays_and_is_not_planned_again(session):
    staged, *_ = a_speed_dating(4, 4)
    made(staged)
    ahead = next(one for one in planned(staged) if one.round == 4)
    ahead.state, ahead.seated_outcome = MeetingState.HELD, Outcome.FOLLOW_UP
    key, where = ahead.id, (ahead.round, ahead.table_number, ahead.seated_id, ahead.moving_id)
    run_until(staged, 1)
    planning.replan_from(staged.event.id, 2, by=staged.organiser.actor)
    again = db.session.get(Meeting, key)
    assert (again.round, again.table_number, again.seated_id, again.moving_id) == where
    pairs = [(one.seated_id, one.moving_id) for one in planned(staged)]
    assert pairs.count(where[2:]) == 1


def test_a_meeting_that_was_missed_may_be_planned_again(session):
    staged, *_ = a_speed_dating(3, 3)
    made(staged)
    missed = planned(staged)[0]
    missed.state = MeetingState.MISSED
    pair = (missed.seated_id, missed.moving_id)
    db.session.query(MeetingSetup).one().rounds = 4
    run_until(staged, 1)
    planning.replan_from(staged.event.id, 2, by=staged.organiser.actor)
    assert pair in {(one.seated_id, one.moving_id) for one in planned(staged)}


def test_a_round_that_has_begun_is_not_planned_again(session):
    staged, *_ = a_speed_dating(3, 3)
    made(staged)
    run_until(staged, 2)
    with pytest.raises(Refused) as refused:
        planning.make_plan(staged.event.id, staged.organiser.actor)
    assert refused.value.reasons == (PlanRefusal.ROUND_BEGUN,)
    with pytest.raises(Refused) as refused:
        planning.replan_from(staged.event.id, 4, by=staged.organiser.actor)
    assert refused.value.reasons == (PlanRefusal.NO_ROUND_LEFT,)


@pytest.mark.parametrize("state", sorted({EventState.DRAFT, EventState.CLOSED}))
def test_only_a_published_event_gets_a_plan(session, state):
    staged, *_ = a_speed_dating(2, 2, state=state)
    with pytest.raises(Refused) as refused:
        made(staged)
    assert refused.value.reasons == (PlanRefusal.NOT_OPEN,)


def test_an_empty_side_is_refused_with_its_name(session):
    staged, *_ = a_speed_dating(0, 2)
    with pytest.raises(Refused) as refused:
        made(staged)
    assert refused.value.reasons == (PlanRefusal.NO_SEATED,)


def test_another_organiser_does_not_make_the_plan(session):
    staged, *_ = a_speed_dating(2, 2)
    other = somebody(Role.FACILITATOR)
    db.session.commit()
    with pytest.raises(NotFound):
        planning.make_plan(staged.event.id, other.actor)


CLASHES = {"seated": (0, 1, 1, 2), "moving": (1, 0, 1, 2), "table": (1, 1, 1, 1), "pair": (0, 0, 2, 2)}


@pytest.mark.parametrize("clash", sorted(CLASHES))
def test_the_database_itself_refuses_a_clash(session, clash):
    staged, seated, moving = a_speed_dating(2, 2)
    a_meeting(staged, seated[0], moving[0], at_round=1, table=1)
    one, other, at_round, table = CLASHES[clash]
    with pytest.raises(IntegrityError, match=f"uq_event_meetings_{clash}"):
        a_meeting(staged, seated[one], moving[other], at_round=at_round, table=table)


def test_the_same_statements_make_a_plan_for_4_and_for_24(session, statements):
    counts = []
    for size in (2, 12):
        staged, *_ = a_speed_dating(size, size)
        made(staged)  # reference tables are read once by each process
        statements.clear()
        made(staged)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[0] <= 30


def test_two_who_press_at_once_get_one_plan_each_and_the_meetings_are_those_of_the_last(own_app: Flask):
    with own_app.app_context(), clock.frozen(clock.now()):
        staged, *_ = a_speed_dating(5, 5)
        db.session.commit()
        event_id, slot_id, actor = staged.event.id, staged.slot.id, staged.organiser.actor
    together, failed = Barrier(2), []

    def press() -> None:
        with own_app.app_context():
            together.wait(60)
            try:
                planning.make_plan(event_id, actor)
            except Exception as error:  # noqa: BLE001 - shown by the assertion
                failed.append(error)
            finally:
                db.session.remove()

    threads = [Thread(target=press) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)
    with own_app.app_context():
        plans = db.session.query(MeetingPlan).filter_by(slot_id=slot_id).order_by(MeetingPlan.number).all()
        rows = db.session.query(Meeting).filter_by(slot_id=slot_id).all()
        assert not failed
        assert [one.number for one in plans] == [1, 2]
        assert len(rows) == 25
        assert {one.plan_id for one in rows} == {plans[-1].id}


def asked(staged: Staged, **values: object) -> SetupValues:
    whole = {
        "rounds": None, "round_minutes": 10, "change_minutes": 2, "tables": 12, "pauses": (), "first_round_at": None,
    }  # fmt: skip
    return SetupValues(**{**whole, **values})


def test_the_rounds_are_kept_and_an_older_page_is_told_so(session):
    staged, *_ = a_speed_dating(2, 2)
    db.session.commit()
    first = staged.slot.starts_at + timedelta(minutes=30)
    values = asked(staged, rounds=8, tables=6, pauses=((4, 15), (None, None)), first_round_at=first)
    version = db.session.query(MeetingSetup).one().version
    kept = planning.save_setup(staged.event.id, values, version=version, by=staged.organiser.actor)
    assert (kept.rounds, kept.tables, kept.breaks, kept.first_round_at) == (8, 6, [{"after": 4, "minutes": 15}], first)
    with pytest.raises(StaleVersion):
        planning.save_setup(staged.event.id, asked(staged), version=version, by=staged.organiser.actor)


def test_a_first_round_outside_the_slot_and_half_a_break_are_refused_together(session):
    staged, *_ = a_speed_dating(2, 2)
    db.session.commit()
    values = asked(staged, pauses=((3, None),), first_round_at=staged.slot.starts_at - timedelta(hours=1))
    with pytest.raises(Refused) as refused:
        planning.save_setup(staged.event.id, values, version=1, by=staged.organiser.actor)
    assert set(refused.value.reasons) == {SetupRefusal.FIRST_ROUND_OUTSIDE, SetupRefusal.BREAK_HALF_SAID}


# --- apart ---


def test_a_plan_made_by_a_child_is_the_same(session, app, monkeypatch):
    staged, _, _ = a_speed_dating(4, 3)
    made(staged)
    here = keep_places(staged)
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], apart=True))
    assert planning.make_plan(staged.event.id, staged.organiser.actor).number == 2
    assert keep_places(staged) == here


def test_a_plan_that_takes_too_long_is_refused_and_the_one_before_stays(session, app, monkeypatch):
    staged, _, _ = a_speed_dating(4, 3)
    made(staged)
    before = keep_places(staged)
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], apart=True))
    monkeypatch.setattr(planning, "PLAN_SECONDS", 0.001)
    with pytest.raises(Refused) as refused:
        planning.make_plan(staged.event.id, staged.organiser.actor)
    assert refused.value.reasons == (PlanRefusal.TOO_LONG,)
    db.session.expire_all()
    assert keep_places(staged) == before


def keep_places(staged: Staged) -> set[tuple[int | None, int | None, UUID, UUID]]:
    return {(one.round, one.table_number, one.seated_id, one.moving_id) for one in planned(staged)}
