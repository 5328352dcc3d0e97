"""At three and six months the portal counts, each hire once; the organiser adds what it does not know."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications.models import Application, Hire
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.events.models import EventReview, Meeting, PartnershipTask
from app.events.rules.kinds import EventKind, Outcome, ReviewMonth, Side, TaskKind, TaskResult
from app.events.rules.reviews import ReviewRefusal
from app.events.rules.states import BookingState, EventState, MeetingState, TaskState
from app.events.service import reviews as service
from app.follow_up.rules.kinds import FollowUpOrigin
from app.offers.rules import EmploymentKind
from tests.factories.applications import a_ready_person
from tests.factories.events import Staged, a_booking, a_meeting, an_event
from tests.factories.follow_up import a_follow_up
from tests.factories.offers import OfferFactory
from tests.factories.people import Somebody, somebody

HELD = datetime(2026, 8, 5, 7, 0, tzinfo=UTC)
"""Three months before the frozen day, to the day."""


@pytest.fixture
def staged(session: scoped_session, today: date) -> Staged:
    return an_event(EventKind.JOB_DATING, state=EventState.CLOSED, starts_at=HELD)


def a_hire_after(staged: Staged, person: Somebody, *, on: date = date(2026, 9, 1), table: int = 1) -> Meeting:
    """The person met a recruiter there, applied, and was hired."""
    recruiter, candidate = somebody(Role.EMPLOYER), person.candidate
    assert candidate is not None
    assert recruiter.organisation is not None
    offer = OfferFactory(published=True, organisation=recruiter.organisation)
    with clock.frozen(on):
        sent = Application(
            offer_id=offer.id, candidate_id=candidate.id, origin="direct", state="hired", sent_at=clock.now()
        )
        db.session.add(sent)
        db.session.flush()
        db.session.add(
            Hire(
                application_id=sent.id,
                candidate_id=candidate.id,
                organisation_id=recruiter.organisation.id,
                employment_kind=EmploymentKind.CDI,
                start_on=on,
                hours_week=Decimal(35),
            )
        )
        db.session.flush()
    seated = a_booking(staged, recruiter, BookingState.SEEN, side=Side.SEATED)
    moving = a_booking(staged, person, BookingState.SEEN, side=Side.MOVING)
    return a_meeting(
        staged,
        seated,
        moving,
        table=table,
        state=MeetingState.HELD,
        seated_outcome=Outcome.OFFER,
        moving_outcome=Outcome.OFFER,
        application_id=sent.id,
    )


def a_done_task(staged: Staged, result: TaskResult, count: int = 0, meeting: Meeting | None = None) -> None:
    """Something done a month after the event."""
    db.session.add(
        PartnershipTask(
            event_id=staged.event.id,
            meeting_id=meeting.id if meeting else None,
            kind=TaskKind.CALL,
            title="Rappeler",
            owner_organisation_id=staged.event.organisation_id,
            due_on=date(2026, 9, 1),
            state=TaskState.DONE,
            result=result,
            count=count,
            done_on=date(2026, 9, 5),
        )
    )
    db.session.flush()


def _reviews() -> list[tuple[ReviewMonth, int, int, int]]:
    rows = db.session.scalars(select(EventReview).order_by(EventReview.month))
    return [(row.month, row.hires, row.placements, row.partnerships) for row in rows]


def test_a_review_is_made_on_its_day_once(staged: Staged, session: scoped_session, today: date) -> None:
    session.commit()
    assert service.count_reviews(today - timedelta(days=1)) == 0
    assert service.count_reviews(today) == 1
    assert service.count_reviews(today) == 0
    assert service.count_reviews(date(2027, 2, 4)) == 0
    assert service.count_reviews(date(2027, 2, 5)) == 1
    assert _reviews() == [(ReviewMonth.MONTH_3, 0, 0, 0), (ReviewMonth.MONTH_6, 0, 0, 0)]


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED])
def test_an_event_that_did_not_take_place_is_not_counted(
    session: scoped_session, today: date, state: EventState
) -> None:
    an_event(EventKind.FORUM, state=state, starts_at=HELD)
    session.commit()
    assert service.count_reviews(today) == 0


def test_a_small_world_counted_by_hand(staged: Staged, session: scoped_session, today: date) -> None:
    ana, ben, eve = a_ready_person(), a_ready_person(), a_ready_person()
    met = a_hire_after(staged, ana)
    a_booking(staged, ben, BookingState.SEEN, side=Side.MOVING)
    a_booking(staged, eve, BookingState.ABSENT, side=Side.MOVING)
    for person in (ana, ben, eve):
        a_follow_up(date(2026, 9, 1), person=person, origin=FollowUpOrigin.EVENT)
    a_done_task(staged, TaskResult.HIRE, 2, met)
    a_done_task(staged, TaskResult.PLACEMENT, 3)
    a_done_task(staged, TaskResult.PARTNERSHIP)
    a_done_task(staged, TaskResult.NOTHING)
    session.commit()
    service.count_reviews(today)
    # Ana (application, follow-up and task: once), Ben (follow-up), one more in the task; Eve was not there.
    assert _reviews() == [(ReviewMonth.MONTH_3, 3, 3, 1)]


def test_what_came_after_the_day_waits_for_the_next_review(
    staged: Staged, session: scoped_session, today: date
) -> None:
    a_hire_after(staged, a_ready_person(), on=date(2026, 11, 5))
    a_hire_after(staged, a_ready_person(), on=date(2026, 11, 6), table=2)
    session.commit()
    service.count_reviews(date(2027, 3, 1))
    assert _reviews() == [(ReviewMonth.MONTH_3, 1, 0, 0), (ReviewMonth.MONTH_6, 2, 0, 0)]


def test_a_job_found_at_an_event_is_that_of_the_last_one_where_the_person_was(
    staged: Staged, session: scoped_session, today: date
) -> None:
    person = a_ready_person()
    later = an_event(EventKind.FORUM, state=EventState.CLOSED, starts_at=HELD - timedelta(days=1))
    a_booking(staged, person, BookingState.SEEN, side=Side.MOVING)
    a_booking(later, person, BookingState.SEEN)
    a_follow_up(date(2026, 9, 1), person=person, origin=FollowUpOrigin.EVENT)
    session.commit()
    service.count_reviews(today)
    rows = {row.event_id: row.hires for row in session.scalars(select(EventReview))}
    assert rows == {staged.event.id: 1, later.event.id: 0}


def test_the_organiser_adds_what_is_known_besides(staged: Staged, session: scoped_session, today: date) -> None:
    session.commit()
    said = {"hires": 2, "placements": 1, "partnerships": 0, "words": "Appris au téléphone"}
    by = staged.organiser.actor
    with pytest.raises(Refused) as refused:
        service.say(staged.event.id, ReviewMonth.MONTH_3, **said, by=by)  # type: ignore[arg-type]
    assert refused.value.reasons == (ReviewRefusal.NOT_YET,)
    service.count_reviews(today)
    for who in (somebody(Role.FACILITATOR), somebody(Role.EMPLOYER)):
        with pytest.raises(NotFound):
            service.say(staged.event.id, ReviewMonth.MONTH_3, **said, by=who.actor)  # type: ignore[arg-type]
    review = service.say(staged.event.id, ReviewMonth.MONTH_3, **said, by=by)  # type: ignore[arg-type]
    assert (review.hires, review.other_hires, review.other_placements, review.words) == (0, 2, 1, "Appris au téléphone")
    assert review.said_by == staged.organiser.user.id
