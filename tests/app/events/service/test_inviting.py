"""People are asked to come by a message or a paper, hold no seat until they say yes, and several are registered."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.events.models import Booking
from app.events.rules.kinds import EventKind, Side
from app.events.rules.registering import Answer, RegisterRefusal
from app.events.rules.seats import SeatRefusal
from app.events.rules.states import BookingState
from app.events.service import cancelling
from app.events.service import inviting as service
from app.events.service.inviting import Invited
from app.messages.models import Message
from app.messages.rules import Channel
from tests.factories.events import Staged, a_booking, an_event
from tests.factories.people import Somebody, somebody


def _people(staged: Staged, *phones: str | None) -> list[Somebody]:
    """People whose file the organiser reads."""
    made = [somebody(Role.CANDIDATE) for _ in phones]
    for one, phone in zip(made, phones, strict=True):
        assert one.candidate is not None
        one.candidate.phone = phone
        one.candidate.facilitator_organisation_id = staged.event.organisation_id
    db.session.commit()
    return made


def _ids(people: list[Somebody]) -> list[object]:
    return [one.candidate.id for one in people if one.candidate is not None]


def test_the_invited_are_written_to_and_hold_no_seat(session: scoped_session, today: date) -> None:
    staged = an_event(seats=1)
    people = _people(staged, "+33612345671", "+33612345672", None)
    assert service.invite(staged.slot.id, _ids(people), by=staged.organiser.actor) == Invited(2, 1, 0)  # type: ignore[arg-type]
    assert staged.sides[Side.PUBLIC].taken == 0
    messages = db.session.scalars(select(Message)).all()
    assert {(row.kind, row.channel) for row in messages} == {("event_invitation", Channel.SMS)}
    codes = db.session.scalars(select(Booking.code)).all()
    assert sum(f"/mon-inscription/{code[:4]}-{code[4:]}" in row.body for row in messages for code in codes) == 2


def test_who_has_not_answered_is_asked_again_once_a_day(session: scoped_session, today: date) -> None:
    staged = an_event()
    people = _people(staged, "+33612345671")
    again = {"candidate_ids": _ids(people), "by": staged.organiser.actor}
    assert service.invite(staged.slot.id, **again).written == 1  # type: ignore[arg-type]
    assert service.invite(staged.slot.id, **again).written == 0  # type: ignore[arg-type]
    with clock.frozen(today + timedelta(days=1)):
        assert service.invite(staged.slot.id, **again).written == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("state", sorted(set(BookingState) - {BookingState.INVITED}))
def test_who_has_answered_is_not_asked_again(session: scoped_session, today: date, state: BookingState) -> None:
    staged = an_event()
    people = _people(staged, "+33612345671")
    a_booking(staged, people[0], state)
    session.commit()
    assert service.invite(staged.slot.id, _ids(people), by=staged.organiser.actor) == Invited(0, 0, 1)  # type: ignore[arg-type]


def test_on_paper_nothing_is_sent(session: scoped_session, today: date) -> None:
    staged = an_event()
    people = _people(staged, "+33612345671", None)
    done = service.invite(staged.slot.id, _ids(people), by=staged.organiser.actor, paper=True)  # type: ignore[arg-type]
    assert done == Invited(0, 2, 0)
    assert db.session.scalars(select(Message)).all() == []


def test_a_stranger_s_file_is_invited_by_nobody(session: scoped_session, today: date) -> None:
    staged, stranger = an_event(), somebody(Role.CANDIDATE)
    assert stranger.candidate is not None
    stranger.candidate.commune_insee = None
    session.commit()
    with pytest.raises(NotFound):
        service.invite(staged.slot.id, [stranger.candidate.id], by=staged.organiser.actor)
    other = somebody(Role.FACILITATOR)
    people = _people(staged, None)
    with pytest.raises(NotFound):
        service.invite(staged.slot.id, _ids(people), by=other.actor)  # type: ignore[arg-type]


def test_nobody_chosen_and_too_many_are_said(session: scoped_session, today: date) -> None:
    from uuid import uuid4

    staged = an_event()
    session.commit()
    for ids, reason in (
        ([], RegisterRefusal.NOBODY_CHOSEN),
        ([uuid4() for _ in range(201)], RegisterRefusal.TOO_MANY_CHOSEN),
    ):
        with pytest.raises(Refused) as refused:
            service.invite(staged.slot.id, ids, by=staged.organiser.actor)
        assert refused.value.reasons == (reason,)


def test_a_speed_dating_invites_no_person(session: scoped_session, today: date) -> None:
    staged = an_event(EventKind.SPEED_DATING)
    people = _people(staged, None)
    with pytest.raises(Refused) as refused:
        service.invite(staged.slot.id, _ids(people), by=staged.organiser.actor)  # type: ignore[arg-type]
    assert refused.value.reasons == (SeatRefusal.NOT_FOR_YOU,)


def test_yes_takes_a_seat_no_frees_it_and_a_second_press_changes_nothing(session: scoped_session, today: date) -> None:
    staged = an_event(seats=1)
    one, two = (a_booking(staged, f"Personne {n}", BookingState.INVITED) for n in range(2))
    session.commit()
    assert cancelling.answer_with_code(one.code, Answer.COMING) == (one, 0)
    assert cancelling.answer_with_code(one.code, Answer.COMING) == (one, 0)
    assert cancelling.answer_with_code(two.code, Answer.COMING) == (two, 1)
    assert staged.sides[Side.PUBLIC].taken == 1
    for _ in range(2):
        cancelling.answer_with_code(one.code, Answer.NOT_COMING)
    assert (one.state, two.state) == (BookingState.CANCELLED, BookingState.BOOKED)
    assert staged.sides[Side.PUBLIC].taken == 1


@pytest.mark.parametrize("typed", sorted(["", "AAAA-AAAA", "bonjour", "ACDE-FGH"]))
def test_an_unknown_code_is_nothing(session: scoped_session, today: date, typed: str) -> None:
    an_event()
    session.commit()
    with pytest.raises(NotFound):
        cancelling.answer_with_code(typed, Answer.COMING)


def test_a_referent_registers_several_and_one_who_is_busy_holds_nobody(session: scoped_session, today: date) -> None:
    staged, elsewhere, referent = an_event(seats=2), an_event(), somebody(Role.REFERENT)
    people = _people(staged, None, None, None, None)
    for one in people:
        assert one.candidate is not None
        one.candidate.referent_id = referent.user.id
    a_booking(elsewhere, people[0])
    a_booking(staged, people[1])
    session.commit()
    done = service.register_people(staged.slot.id, _ids(people), by=referent.actor)  # type: ignore[arg-type]
    assert (done.seated, done.waiting, done.known) == (1, 1, 1)
    assert done.busy == [people[0].candidate.full_name]  # type: ignore[union-attr]


def test_an_employer_registers_no_person(session: scoped_session, today: date) -> None:
    organiser = somebody(Role.EMPLOYER)
    staged = an_event(EventKind.OPEN_DAY, organiser=organiser)
    people = _people(staged, None)
    with pytest.raises(NotFound):
        service.register_people(staged.slot.id, _ids(people), by=organiser.actor)  # type: ignore[arg-type]
