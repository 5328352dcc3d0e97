"""Two hundred people want ten seats in the same instant: ten have one, the others wait in order, nothing is lost."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.candidates.models import Candidate
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import SYSTEM, Role
from app.events.models import Booking, Slot, SlotSide
from app.events.rules.kinds import Audience
from app.events.rules.registering import Answer
from app.events.rules.seats import SeatRefusal
from app.events.rules.states import HOLDS_SEAT, BookingState
from app.events.service import cancelling, merging
from app.events.service import registering as service
from app.events.service.registering import Details
from app.messages.models import Message
from tests.factories.events import Staged, a_booking, an_event
from tests.factories.people import somebody

WORKERS, PATIENCE = 40, 180
SEATS, CLICKS = 10, 200


def _at_once(app: Flask, acts: Sequence[Callable[[], object]]) -> list[object]:
    """All the acts, in as many connections as there are workers; the first ones start in the same instant."""
    together = threading.Barrier(min(WORKERS, len(acts)), timeout=PATIENCE)
    first = iter(range(together.parties))
    turn = threading.Lock()

    def run(act: Callable[[], object]) -> object:
        with turn:
            waits = next(first, None) is not None
        if waits:
            together.wait()
        with app.app_context():
            try:
                return act()
            except Refused as refused:
                return refused.reasons[0]

    with ThreadPoolExecutor(together.parties) as pool:
        return [done.result(timeout=PATIENCE) for done in [pool.submit(run, act) for act in acts]]


@pytest.fixture
def crowded(own_app: Flask) -> Flask:
    """The portal with room for as many connections as workers, as several processes have together."""
    with own_app.app_context():
        db.engine.dispose()
        pool = db.engine.pool
        pool._max_overflow, pool._timeout = WORKERS + 5, PATIENCE  # type: ignore[attr-defined]
    return own_app


def _people(count: int) -> list[UUID]:
    rows = [Candidate(first_name="Nour", last_name=f"Petit{n}", commune_insee="91377") for n in range(count)]
    db.session.add_all(rows)
    db.session.flush()
    return [row.id for row in rows]


def _soon() -> datetime:
    return datetime.now(UTC) + timedelta(days=7)


def _staged(seats: int = SEATS, **values: object) -> Staged:
    return an_event(starts_at=_soon(), seats=seats, **values)  # type: ignore[arg-type]


def _states(slot_id: UUID) -> Counter[BookingState]:
    rows = db.session.execute(
        select(Booking.state, func.count()).where(Booking.slot_id == slot_id).group_by(Booking.state)
    )
    return Counter(dict(rows.all()))  # type: ignore[arg-type]


def _taken_and_held(slot_id: UUID) -> tuple[int, int]:
    side = db.session.scalars(select(SlotSide).where(SlotSide.slot_id == slot_id)).one()
    held = select(func.count()).where(Booking.slot_id == slot_id, Booking.state.in_(HOLDS_SEAT))
    return side.taken, db.session.scalar(held) or 0


def test_two_hundred_people_on_ten_seats_are_ten_seated_and_the_others_in_order(crowded: Flask) -> None:
    with crowded.app_context():
        slot_id, people = _staged().slot.id, _people(CLICKS)
        db.session.commit()

    def click(candidate_id: UUID) -> Callable[[], object]:
        return lambda: service.register_person(slot_id, candidate_id, by=SYSTEM).rank

    ranks = _at_once(crowded, [click(one) for one in people])

    assert sorted(ranks) == [0] * SEATS + list(range(1, CLICKS - SEATS + 1))  # type: ignore[type-var]
    with crowded.app_context():
        assert _states(slot_id) == {BookingState.BOOKED: SEATS, BookingState.WAITING: CLICKS - SEATS}
        assert _taken_and_held(slot_id) == (SEATS, SEATS)
        told = dict(zip(people, ranks, strict=True))
        line = db.session.scalars(
            select(Booking.candidate_id)
            .where(Booking.slot_id == slot_id, Booking.state == BookingState.WAITING)
            .order_by(Booking.waits_since, Booking.id)
        ).all()
        assert [told[one] for one in line if one] == list(range(1, CLICKS - SEATS + 1))


def test_each_of_fifty_people_who_presses_four_times_has_one_booking(crowded: Flask) -> None:
    with crowded.app_context():
        slot_id, people = _staged().slot.id, _people(50)
        db.session.commit()
    clicks = [one for one in people for _ in range(4)]
    random.Random(6).shuffle(clicks)
    made = _at_once(
        crowded,
        [lambda one=one: service.register_person(slot_id, one, by=SYSTEM).booking.id for one in clicks],  # type: ignore[misc]
    )

    assert len(set(made)) == 50
    with crowded.app_context():
        assert _states(slot_id) == {BookingState.BOOKED: SEATS, BookingState.WAITING: 40}
        assert db.session.scalar(select(func.count()).select_from(Message)) == 0  # nobody here has an address


def test_visitors_without_an_account_never_oversell_either(crowded: Flask) -> None:
    with crowded.app_context():
        slot_id = _staged().slot.id
        db.session.commit()

    def click(number: int) -> Callable[[], object]:
        details = Details(contact_phone=f"+336{number:08}")
        return lambda: service.register_visitor(slot_id, f"Nour Petit{number}", details).rank

    ranks = _at_once(crowded, [click(number) for number in range(120)])
    assert ranks.count(0) == SEATS
    with crowded.app_context():
        assert _taken_and_held(slot_id) == (SEATS, SEATS)
        kinds = Counter(db.session.scalars(select(Message.kind)))
        assert kinds == {"event_booked": SEATS, "event_waiting": 110}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_people_who_cancel_and_come_back_in_the_middle_lose_no_seat(crowded: Flask, seed: int) -> None:
    """Each person presses « réserver » and « annuler » several times, all at once and in any order."""
    with crowded.app_context():
        staged = _staged(seats=5)
        slot_id, people = staged.slot.id, _people(30)
        db.session.commit()

    def book(one: UUID) -> Callable[[], object]:
        return lambda: service.register_person(slot_id, one, by=SYSTEM).rank

    def cancel(one: UUID) -> Callable[[], object]:
        def act() -> object:
            booking_id = db.session.scalar(select(Booking.id).where(Booking.candidate_id == one))
            return cancelling.cancel(booking_id, by=SYSTEM).state if booking_id else None

        return act

    acts = [act(one) for one in people for act in (book, cancel, book, cancel, book, cancel)]
    random.Random(seed).shuffle(acts)
    _at_once(crowded, acts)

    with crowded.app_context():
        states = _states(slot_id)
        taken, held = _taken_and_held(slot_id)
        assert taken == held <= 5
        assert taken == 5 or states[BookingState.WAITING] == 0  # nobody waits beside a free seat


def test_two_who_cancel_while_ten_wait_give_both_seats_to_the_first_two(crowded: Flask) -> None:
    with crowded.app_context():
        staged = _staged(seats=2)
        seated = [a_booking(staged, f"Assis {n}").id for n in range(2)]
        now = datetime.now(UTC)
        line = [
            a_booking(staged, f"Attente {n}", BookingState.WAITING, waits_since=now + timedelta(seconds=n)).id
            for n in range(10)
        ]
        slot_id = staged.slot.id
        db.session.commit()
    _at_once(crowded, [lambda one=one: cancelling.cancel(one, by=SYSTEM).state for one in seated])  # type: ignore[misc]

    with crowded.app_context():
        assert _taken_and_held(slot_id) == (2, 2)
        booked = db.session.scalars(
            select(Booking.id).where(Booking.slot_id == slot_id, Booking.state == BookingState.BOOKED)
        ).all()
        assert set(booked) == set(line[:2])


def test_sixty_invited_people_who_say_yes_with_their_code_fill_the_seats_and_no_more(crowded: Flask) -> None:
    with crowded.app_context():
        staged = _staged()
        codes = [a_booking(staged, f"Invité {n}", BookingState.INVITED).code for n in range(60)]
        slot_id = staged.slot.id
        db.session.commit()
    acts = [lambda code=code: cancelling.answer_with_code(code, Answer.COMING)[1] for code in codes]  # type: ignore[misc]
    ranks = _at_once(crowded, acts)
    assert ranks.count(0) == SEATS
    with crowded.app_context():
        assert _states(slot_id) == {BookingState.BOOKED: SEATS, BookingState.WAITING: 50}
        assert _taken_and_held(slot_id) == (SEATS, SEATS)


def test_one_person_in_two_places_at_one_time_gets_one_of_them(crowded: Flask) -> None:
    with crowded.app_context():
        at = _soon()
        slots = [an_event(starts_at=at, audience=Audience.PEOPLE).slot.id for _ in range(8)]
        (person,) = _people(1)
        db.session.commit()
    acts = [lambda slot=slot: service.register_person(slot, person, by=SYSTEM).rank for slot in slots]  # type: ignore[misc]
    answers = _at_once(crowded, acts)
    assert Counter(answers) == {0: 1, SeatRefusal.SAME_TIME: 7}


def test_files_merged_while_both_people_click_leave_one_seat_for_one_person(crowded: Flask) -> None:
    """The merge itself holds both files, as service.merging of the candidates does."""
    with crowded.app_context():
        staged = _staged()
        slot_id, pairs = staged.slot.id, [_people(2) for _ in range(12)]
        by = somebody(Role.FACILITATOR).actor
        db.session.commit()

    def click(one: UUID) -> Callable[[], object]:
        return lambda: service.register_person(slot_id, one, by=SYSTEM).rank

    def merge(kept: UUID, merged: UUID) -> Callable[[], object]:
        def act() -> object:
            from app.candidates.rules import CandidateState
            from app.core.transaction import transaction

            @transaction
            def whole() -> None:
                query = select(Candidate).where(Candidate.id.in_({kept, merged})).order_by(Candidate.id)
                rows = {row.id: row for row in db.session.scalars(query.with_for_update(of=Candidate))}
                rows[merged].state, rows[merged].merged_into_id = CandidateState.MERGED, kept
                db.session.flush()
                merging.candidate_merged(kept, merged, by)

            whole()
            return None

        return act

    acts = [act for kept, merged in pairs for act in (click(kept), click(merged), merge(kept, merged))]
    random.Random(4).shuffle(acts)

    def tolerant(act: Callable[[], object]) -> Callable[[], object]:
        from app.core.errors import NotFound

        def run() -> object:
            try:
                return act()
            except NotFound:
                return None  # the file was merged before the click

        return run

    _at_once(crowded, [tolerant(act) for act in acts])
    with crowded.app_context():
        taken, held = _taken_and_held(slot_id)
        assert taken == held <= SEATS
        merged = [merged for _, merged in pairs]
        live = select(func.count()).where(Booking.candidate_id.in_(merged), Booking.state != BookingState.CANCELLED)
        assert db.session.scalar(live) == 0


def test_the_database_itself_refuses_an_eleventh_seat(crowded: Flask) -> None:
    from sqlalchemy.exc import IntegrityError

    with crowded.app_context():
        staged = _staged()
        slot = db.session.get_one(Slot, staged.slot.id)
        side = db.session.scalars(select(SlotSide).where(SlotSide.slot_id == slot.id)).one()
        side.taken = SEATS + 1
        with pytest.raises(IntegrityError, match="never_oversold"):
            db.session.flush()
        db.session.rollback()
