"""Somebody is registered: a seat or a place in the line, the right side, once, and told so."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.events.models import Booking, SlotSide
from app.events.rules.kinds import Audience, EventKind, Side, Who
from app.events.rules.registering import RegisterRefusal
from app.events.rules.seats import SeatRefusal
from app.events.rules.states import HOLDS_SEAT, BookingState, EventState
from app.events.service import cancelling
from app.events.service import registering as service
from app.events.service.registering import Details
from app.messages.models import Message
from app.messages.rules import Channel
from app.organisations.rules import OrganisationKind
from tests.factories.events import Staged, a_booking, a_slot, an_event
from tests.factories.people import Somebody, an_organisation, somebody

VISITOR = Details(contact_phone="+33612345678")
SIRET = "73282932000074"


def _adds_up() -> bool:
    """Every side counts exactly its bookings that hold a seat."""
    held = (
        select(func.count())
        .where(Booking.slot_id == SlotSide.slot_id, Booking.side == SlotSide.side, Booking.state.in_(HOLDS_SEAT))
        .scalar_subquery()
    )
    return db.session.scalar(select(func.count()).select_from(SlotSide).where(SlotSide.taken != held)) == 0


def _person(staged: Staged, **values: object) -> Somebody:
    person = somebody(Role.CANDIDATE)
    assert person.candidate is not None
    for name, value in values.items():
        setattr(person.candidate, name, value)
    db.session.commit()
    return person


def _reasons(refused: pytest.ExceptionInfo[Refused]) -> set[object]:
    return set(refused.value.reasons)


def test_a_person_takes_a_seat_and_is_told(session: scoped_session, today: date) -> None:
    staged = an_event(seats=1)
    person = _person(staged, phone="+33612345678")
    given = service.register_person(staged.slot.id, person.candidate.id, by=person.actor)

    assert (given.booking.state, given.rank) == (BookingState.BOOKED, 0)
    assert staged.sides[Side.PUBLIC].taken == 1
    message = db.session.scalars(select(Message)).one()
    assert (message.kind, message.channel, message.to_address) == ("event_booked", Channel.SMS, "+33612345678")
    assert given.booking.code[:4] in message.body


def test_when_all_is_taken_one_waits_and_knows_the_rank(session: scoped_session, today: date) -> None:
    staged = an_event(seats=1)
    a_booking(staged)
    a_booking(staged, "Lina Petit", BookingState.WAITING, waits_since=clock.now() - timedelta(hours=1))
    person = _person(staged, phone="+33612345678")
    given = service.register_person(staged.slot.id, person.candidate.id, by=person.actor)

    assert (given.booking.state, given.rank) == (BookingState.WAITING, 2)
    assert "2e sur la liste" in db.session.scalars(select(Message.body)).one()
    assert _adds_up()


def test_who_registers_twice_has_the_one_booking(session: scoped_session, today: date) -> None:
    staged = an_event()
    person = _person(staged)
    first = service.register_person(staged.slot.id, person.candidate.id, by=person.actor)
    second = service.register_person(staged.slot.id, person.candidate.id, by=person.actor, row_id=uuid4())

    assert second.booking is first.booking
    assert second.known
    assert staged.sides[Side.PUBLIC].taken == 1


def test_who_had_cancelled_is_booked_again_in_the_same_row(session: scoped_session, today: date) -> None:
    staged = an_event()
    person = _person(staged)
    first = service.register_person(staged.slot.id, person.candidate.id, by=person.actor)
    cancelling.cancel(first.booking.id, by=person.actor)
    assert staged.sides[Side.PUBLIC].taken == 0
    again = service.register_person(staged.slot.id, person.candidate.id, by=person.actor)

    assert again.booking.id == first.booking.id
    assert again.booking.state is BookingState.BOOKED
    assert _adds_up()


def test_a_person_is_not_at_two_places_at_once_an_organisation_may_be(session: scoped_session, today: date) -> None:
    one, two = an_event(audience=Audience.EVERYBODY), an_event(audience=Audience.EVERYBODY)
    person, firm = _person(one), somebody(Role.EMPLOYER)
    session.commit()
    service.register_person(one.slot.id, person.candidate.id, by=person.actor)
    service.register_organisation(one.slot.id, firm.organisation.id, by=firm.actor)

    with pytest.raises(Refused) as refused:
        service.register_person(two.slot.id, person.candidate.id, by=person.actor)
    assert _reasons(refused) == {SeatRefusal.SAME_TIME}
    assert service.register_organisation(two.slot.id, firm.organisation.id, by=firm.actor).busy


def test_one_slot_may_follow_another_at_once(session: scoped_session, today: date) -> None:
    staged = an_event(hours=2)
    later, _ = a_slot(staged.event, staged.slot.ends_at, hours=2)
    person = _person(staged)
    service.register_person(staged.slot.id, person.candidate.id, by=person.actor)
    assert service.register_person(later.id, person.candidate.id, by=person.actor).rank == 0


@pytest.mark.parametrize(
    ("kind", "side", "reason"),
    sorted(
        [
            (OrganisationKind.FIRM, Side.SEATED, RegisterRefusal.SIAE_SIDE),
            (OrganisationKind.ACI, Side.MOVING, RegisterRefusal.FIRM_SIDE),
        ]
    ),
)
def test_a_speed_dating_has_its_sides(
    session: scoped_session, today: date, kind: OrganisationKind, side: Side, reason: RegisterRefusal
) -> None:
    staged = an_event(EventKind.SPEED_DATING)
    member = somebody(Role.EMPLOYER, an_organisation(kind))
    session.commit()
    with pytest.raises(Refused) as refused:
        service.register_organisation(staged.slot.id, member.organisation.id, Details(side=side), by=member.actor)
    assert _reasons(refused) == {reason}
    given = service.register_organisation(staged.slot.id, member.organisation.id, by=member.actor)
    assert given.booking.side is not side


def test_a_referent_registers_whom_they_follow_and_nobody_else(session: scoped_session, today: date) -> None:
    staged, referent = an_event(), somebody(Role.REFERENT)
    mine, other = _person(staged, referent_id=referent.user.id), _person(staged)

    given = service.register_person(staged.slot.id, mine.candidate.id, by=referent.actor)
    assert given.booking.registered_by == referent.user.id
    with pytest.raises(NotFound):
        service.register_person(staged.slot.id, other.candidate.id, by=referent.actor)


def test_a_professional_registers_for_a_visit(session: scoped_session, today: date) -> None:
    staged, referent = an_event(EventKind.PROFESSIONAL_VISIT), somebody(Role.REFERENT)
    session.commit()
    given = service.register_professional(staged.slot.id, by=referent.actor)
    assert (given.booking.who, given.booking.user_id) == (Who.PROFESSIONAL, referent.user.id)

    person = _person(staged)
    with pytest.raises(Refused) as refused:
        service.register_person(staged.slot.id, person.candidate.id, by=person.actor)
    assert _reasons(refused) == {SeatRefusal.NOT_FOR_YOU}


def test_the_phone_of_a_known_person_leads_to_no_file(session: scoped_session, today: date) -> None:
    staged = an_event()
    _person(staged, phone=VISITOR.contact_phone)
    given = service.register_visitor(staged.slot.id, "Camille Durand", VISITOR)
    assert (given.booking.who, given.booking.candidate_id) == (Who.VISITOR, None)


def test_a_visitor_who_sends_the_form_again_has_one_booking(session: scoped_session, today: date) -> None:
    staged = an_event()
    session.commit()
    first = service.register_visitor(staged.slot.id, "Pierre Blanc", VISITOR, row_id=uuid4())
    same = service.register_visitor(staged.slot.id, "pierre blanc", VISITOR, row_id=uuid4())
    namesake = service.register_visitor(staged.slot.id, "Pierre Blanc", Details(contact_phone="+33612345699"))
    assert same.booking is first.booking
    assert namesake.booking is not first.booking


def test_a_firm_without_account_gives_a_right_siret_and_a_contact(session: scoped_session, today: date) -> None:
    staged = an_event(EventKind.SPEED_DATING)
    session.commit()
    with pytest.raises(Refused) as refused:
        service.register_firm(staged.slot.id, "Jardins du Val", "12345678901234", Details())
    assert _reasons(refused) == {RegisterRefusal.SIRET_WRONG, RegisterRefusal.NO_CONTACT}

    details = Details(contact_name="Odile Hervé", contact_email="odile@jardins.example")
    given = service.register_firm(staged.slot.id, "Jardins du Val", SIRET, details)
    assert (given.booking.side, given.booking.siret) == (Side.MOVING, SIRET)
    assert db.session.scalars(select(Message.to_address)).one() == "odile@jardins.example"


@pytest.mark.parametrize("state", sorted(set(EventState) - {EventState.PUBLISHED}))
def test_nobody_registers_where_nothing_is_published(session: scoped_session, today: date, state: EventState) -> None:
    staged = an_event(state=state)
    session.commit()
    with pytest.raises((Refused, NotFound)):
        service.register_visitor(staged.slot.id, "Pierre Blanc", VISITOR)


def test_the_last_day_to_register_is_included(session: scoped_session, today: date) -> None:
    open_still, closed = an_event(registration_closes_on=today), an_event(registration_closes_on=today - timedelta(1))
    session.commit()
    assert service.register_visitor(open_still.slot.id, "Pierre Blanc", VISITOR).rank == 0
    with pytest.raises(Refused) as refused:
        service.register_visitor(closed.slot.id, "Pierre Blanc", VISITOR)
    assert _reasons(refused) == {SeatRefusal.CLOSED}
    assert service.register_visitor(closed.slot.id, "Lina Petit", VISITOR, by=closed.organiser.actor).rank == 0


def test_an_event_that_is_not_public_is_for_those_invited(session: scoped_session, today: date) -> None:
    staged = an_event(is_public=False, audience=Audience.EVERYBODY)
    firm, other = somebody(Role.EMPLOYER), somebody(Role.EMPLOYER)
    a_booking(staged, firm, BookingState.INVITED)
    session.commit()
    assert service.register_organisation(staged.slot.id, firm.organisation.id, by=firm.actor).rank == 0
    with pytest.raises(Refused) as refused:
        service.register_organisation(staged.slot.id, other.organisation.id, by=other.actor)
    assert _reasons(refused) == {RegisterRefusal.INVITED_ONLY}
    with pytest.raises(NotFound):
        service.register_visitor(staged.slot.id, "Pierre Blanc", VISITOR)


def test_the_row_of_somebody_else_is_given_to_nobody(session: scoped_session, today: date) -> None:
    staged = an_event()
    theirs = a_booking(staged, "Lina Petit", contact_phone="+33612345600")
    session.commit()
    with pytest.raises(Refused) as refused:
        service.register_visitor(staged.slot.id, "Pierre Blanc", VISITOR, row_id=theirs.id)
    assert _reasons(refused) == {SeatRefusal.ALREADY_BOOKED}


def test_a_seat_given_back_goes_to_the_first_who_waits_and_they_are_told(session: scoped_session, today: date) -> None:
    staged = an_event(seats=1)
    person, first, second = (_person(staged, phone=f"+3361234567{n}") for n in range(3))
    mine, hers, his = (
        service.register_person(staged.slot.id, one.candidate.id, by=one.actor).booking
        for one in (person, first, second)
    )
    his.waits_since = hers.waits_since + timedelta(seconds=1)
    session.commit()
    cancelling.cancel(mine.id, by=person.actor)

    states = [booking.state for booking in (mine, hers, his)]
    assert states == [BookingState.CANCELLED, BookingState.BOOKED, BookingState.WAITING]
    assert db.session.scalars(select(Message.to_address).where(Message.kind == "event_promoted")).all() == [
        "+33612345671"
    ]
    assert _adds_up()


def test_who_is_cancelled_by_the_organiser_is_told_who_cancels_is_not(session: scoped_session, today: date) -> None:
    staged = an_event()
    one, two = _person(staged, phone="+33612345678"), _person(staged, phone="+33612345679")
    mine, theirs = (a_booking(staged, who) for who in (one, two))
    session.commit()
    cancelling.cancel(mine.id, by=one.actor)
    cancelling.cancel(theirs.id, by=staged.organiser.actor)
    cancelling.cancel(theirs.id, by=staged.organiser.actor)
    told = db.session.execute(select(Message.kind, Message.to_address)).all()
    assert told == [("event_booking_cancelled", "+33612345679")]


def test_nobody_cancels_the_booking_of_another(session: scoped_session, today: date) -> None:
    staged = an_event()
    booking, stranger = a_booking(staged, _person(staged)), somebody(Role.EMPLOYER)
    session.commit()
    with pytest.raises(NotFound):
        cancelling.cancel(booking.id, by=stranger.actor)


def test_a_dating_takes_the_jobs_that_the_portal_knows(session: scoped_session, today: date) -> None:
    from app.candidates.models import WantedTrade
    from app.reference.models import Trade

    staged = an_event(EventKind.JOB_DATING)
    person = _person(staged)
    slug = db.session.scalars(select(Trade.slug).order_by(Trade.slug)).first()
    session.add(WantedTrade(candidate_id=person.candidate.id, trade_slug=slug, rank=1))
    session.commit()
    given = service.register_person(staged.slot.id, person.candidate.id, by=person.actor)
    assert (given.booking.side, given.booking.trade_slugs) == (Side.MOVING, [slug])


def test_a_structure_says_whom_to_call_whoever_registers_it(session: scoped_session, today: date) -> None:
    staged = an_event(EventKind.SPEED_DATING)
    own, added = (
        somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI, name=name)) for name in ("Les Serres", "Le Fil")
    )
    colleague = somebody(Role.EMPLOYER, added.organisation, manager=False)
    empty = an_organisation(OrganisationKind.ACI, name="Sans compte encore")
    session.commit()

    first = service.register_organisation(staged.slot.id, own.organisation.id, by=own.actor).booking
    second = service.register_organisation(staged.slot.id, added.organisation.id, by=staged.organiser.actor).booking
    third = service.register_organisation(staged.slot.id, empty.id, by=staged.organiser.actor).booking

    assert (first.contact_name, first.contact_email) == (own.user.full_name, own.user.email)
    assert (second.user_id, second.contact_email) == (added.user.id, added.user.email)
    assert added.user.email != colleague.user.email
    assert (third.user_id, third.contact_name, third.contact_email) == (None, "", "")
    told = set(session.scalars(select(Message.to_user_id).where(Message.kind == "event_booked")))
    assert {own.user.id, added.user.id} <= told


def test_a_contact_that_is_said_stays(session: scoped_session, today: date) -> None:
    staged, firm = an_event(EventKind.SPEED_DATING), somebody(Role.EMPLOYER)
    session.commit()
    said = Details(contact_name="Odile Hervé", contact_phone="+33612345678")
    booking = service.register_organisation(staged.slot.id, firm.organisation.id, said, by=firm.actor).booking
    assert (booking.contact_name, booking.contact_phone, booking.contact_email) == ("Odile Hervé", "+33612345678", "")
