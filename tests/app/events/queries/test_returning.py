"""Who is out comes back by themselves only when they left by themselves, and to a job dating when still shown."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.errors import Refused
from app.core.roles import Role
from app.events.models import Booking
from app.events.queries.returning import return_barred
from app.events.rules.attendance import Presence
from app.events.rules.kinds import EventKind, Side
from app.events.rules.registering import Answer, RegisterRefusal
from app.events.rules.states import BookingState
from app.events.service import attendance, cancelling, registering
from app.events.service.merging import candidate_withdrawn
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind
from tests.factories.events import Staged, a_booking, a_speed_dating, an_event
from tests.factories.people import Somebody, an_organisation, somebody

OUT = (RegisterRefusal.TAKEN_OUT,)
LEAVING: dict[str, tuple[Callable[[Staged, Booking, Somebody], object], tuple[RegisterRefusal, ...]]] = {
    "code": (lambda _, one, __: cancelling.answer_with_code(one.code, Answer.NOT_COMING), ()),
    "themselves": (lambda _, one, person: cancelling.cancel(one.id, by=person.actor), ()),
    "organiser": (lambda staged, one, _: cancelling.cancel(one.id, by=staged.organiser.actor), OUT),
    "excuse": (
        lambda staged, one, _: attendance.note_presence(one.id, Presence.EXCUSED, by=staged.organiser.actor),
        (),
    ),
}


@pytest.mark.parametrize("how", sorted(LEAVING))
def test_only_who_left_by_themselves_comes_back_by_themselves(session: scoped_session, today: date, how: str) -> None:
    act, barred = LEAVING[how]
    staged, person = an_event(), somebody(Role.CANDIDATE)
    booking = a_booking(staged, person)
    session.commit()
    act(staged, booking, person)
    assert return_barred(booking, staged.event.kind) == barred


def test_the_last_who_took_them_out_counts_and_not_the_first(session: scoped_session, today: date) -> None:
    staged = an_event()
    booking = a_booking(staged)
    session.commit()
    for hours, answer in enumerate((Answer.NOT_COMING, Answer.COMING)):
        with clock.frozen(clock.now() + timedelta(hours=hours)):
            cancelling.answer_with_code(booking.code, answer)
    with clock.frozen(clock.now() + timedelta(hours=2)):
        cancelling.cancel(booking.id, by=staged.organiser.actor)
    assert return_barred(booking, staged.event.kind) == OUT


def test_a_colleague_who_cancels_for_the_organisation_leaves_the_way_open(session: scoped_session, today: date) -> None:
    staged, _, moving = a_speed_dating(1, 2)
    colleague = somebody(Role.EMPLOYER, session.get_one(Organisation, moving[0].organisation_id))
    stranger = moving[1]
    session.commit()
    cancelling.cancel(moving[0].id, by=colleague.actor)
    cancelling.cancel(stranger.id, by=staged.organiser.actor)
    assert return_barred(moving[0], staged.event.kind) == ()
    assert return_barred(stranger, staged.event.kind) == OUT


def test_who_was_taken_out_does_not_register_again_and_who_runs_the_event_may_register_them(
    session: scoped_session, today: date
) -> None:
    staged, person = an_event(), somebody(Role.CANDIDATE)
    assert person.candidate is not None
    person.candidate.facilitator_organisation_id = staged.organiser.actor.organisation_id
    booking = a_booking(staged, person)
    session.commit()
    cancelling.cancel(booking.id, by=staged.organiser.actor)
    with pytest.raises(Refused) as refused:
        registering.register_person(staged.slot.id, person.candidate.id, by=person.actor)
    assert refused.value.reasons == OUT
    registering.register_person(staged.slot.id, person.candidate.id, by=staged.organiser.actor)
    session.expire_all()
    assert booking.state is BookingState.BOOKED


def _at_a_job_dating(session: scoped_session) -> tuple[Booking, Somebody]:
    staged, person = an_event(EventKind.JOB_DATING), somebody(Role.CANDIDATE)
    a_booking(staged, an_organisation(OrganisationKind.FIRM), side=Side.SEATED)
    assert person.candidate is not None
    person.candidate.consent_at = clock.now()
    booking = a_booking(staged, person, side=Side.MOVING)
    session.commit()
    return booking, person


def test_who_withdrew_from_the_portal_is_not_brought_back_to_a_job_dating(session: scoped_session, today: date) -> None:
    booking, person = _at_a_job_dating(session)
    assert person.candidate is not None
    person.candidate.consent_at = None
    candidate_withdrawn(person.candidate, person.actor)
    session.commit()
    with pytest.raises(Refused) as refused:
        cancelling.answer_with_code(booking.code, Answer.COMING)
    assert set(refused.value.reasons) == {RegisterRefusal.TAKEN_OUT, RegisterRefusal.NO_LONGER_SHOWN}
    session.expire_all()
    assert booking.state is BookingState.CANCELLED


def test_who_left_a_job_dating_then_withdrew_does_not_come_back_and_comes_back_once_they_agree_again(
    session: scoped_session, today: date
) -> None:
    booking, person = _at_a_job_dating(session)
    cancelling.answer_with_code(booking.code, Answer.NOT_COMING)
    assert person.candidate is not None
    person.candidate.consent_at = None
    session.commit()
    ways = (
        partial(cancelling.answer_with_code, booking.code, Answer.COMING),
        partial(cancelling.answer, booking.id, Answer.COMING, by=person.actor),
        partial(registering.register_person, booking.slot_id, person.candidate.id, by=person.actor),
    )
    for come_back in ways:
        with pytest.raises(Refused) as refused:
            come_back()
        assert refused.value.reasons == (RegisterRefusal.NO_LONGER_SHOWN,)
    person.candidate.consent_at = clock.now()
    session.commit()
    cancelling.answer_with_code(booking.code, Answer.COMING)
    assert booking.state is BookingState.BOOKED
