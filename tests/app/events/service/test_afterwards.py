"""« Créer les suites »: what two sides want is made once, by the right way, for the right owner."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.applications.models import Application
from app.applications.rules import ApplicationState, Origin
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.events.models import Booking, EventTransition, Meeting, PartnershipTask
from app.events.rules.afterwards import AfterRefusal, Step
from app.events.rules.kinds import EventKind, Outcome, Side, TaskKind
from app.events.rules.states import BookingState, MeetingState, TaskState
from app.events.service import afterwards as service
from app.events.service.journal import log
from app.placements.models import Placement
from app.placements.rules.kinds import PlacementOrigin
from app.placements.rules.states import PlacementState
from tests.factories.applications import a_ready_person
from tests.factories.events import Staged, a_booking, a_meeting, a_speed_dating, an_event
from tests.factories.offers import OfferFactory
from tests.factories.people import Somebody, an_organisation, somebody

_O = Outcome


def _tasks() -> list[PartnershipTask]:
    return list(db.session.scalars(select(PartnershipTask).order_by(PartnershipTask.title)))


def _said(seated: Outcome | None, moving: Outcome | None) -> dict[str, object]:
    return {
        "state": MeetingState.HELD,
        "seated_outcome": seated,
        "moving_outcome": moving,
        "seated_at": clock.now() if seated else None,
        "moving_at": clock.now() if moving else None,
    }


# --- structures and firms ---------------------------------------------------------------------------------


def test_each_agreement_of_a_speed_dating_is_something_to_do(session: scoped_session, today: date) -> None:
    staged, seated, moving = a_speed_dating(siae=5, firms=5)
    wanted = [(_O.FOLLOW_UP, _O.OFFER), (_O.OFFER, _O.OFFER), (_O.VISIT, _O.VISIT), (_O.STAGE, _O.OFFER)]
    for rank, (one, other) in enumerate([*wanted, (_O.NO, _O.OFFER)]):
        a_meeting(staged, seated[rank], moving[rank], table=rank + 1, **_said(one, other))
    session.commit()
    done = service.make_all(staged.event.id, by=staged.organiser.actor, today=today)
    assert (done.made, done.left) == ({Step.TASK: 4}, [])
    made = {task.kind: task for task in _tasks()}
    place = staged.event.organisation_id
    assert {kind: (task.owner_organisation_id, task.owner_id, task.due_on) for kind, task in made.items()} == {
        TaskKind.CALL: (place, staged.organiser.user.id, date(2026, 11, 12)),
        TaskKind.OFFER: (seated[1].organisation_id, seated[1].user_id, date(2026, 11, 20)),
        TaskKind.VISIT: (seated[2].organisation_id, seated[2].user_id, date(2026, 12, 7)),
        TaskKind.PLACEMENT: (seated[3].organisation_id, seated[3].user_id, date(2026, 12, 7)),
    }
    assert made[TaskKind.VISIT].title == "Organiser une visite avec Entreprise 3"
    assert all(task.state is TaskState.OPEN for task in made.values())


def test_twice_is_once_and_late_answers_are_followed_later(session: scoped_session, today: date) -> None:
    staged, seated, moving = a_speed_dating(siae=2, firms=2)
    a_meeting(staged, seated[0], moving[0], table=1, **_said(_O.VISIT, _O.VISIT))
    late = a_meeting(staged, seated[1], moving[1], table=2, **_said(_O.VISIT, None))
    session.commit()
    by, event_id, late_id = staged.organiser.actor, staged.event.id, late.id
    assert service.make_all(event_id, by=by, today=today).made == {Step.TASK: 1}
    again = service.make_all(event_id, by=by, today=today)
    assert (again.made, again.left) == ({}, [])
    db.session.get_one(Meeting, late_id).moving_outcome = _O.OFFER
    session.commit()
    assert service.make_all(event_id, by=by, today=today).made == {Step.TASK: 1}
    assert len(_tasks()) == 2


def test_an_organisation_that_is_not_on_the_portal_owns_nothing(session: scoped_session, today: date) -> None:
    staged = an_event(EventKind.SPEED_DATING)
    seated = a_booking(staged, an_organisation(), side=Side.SEATED)
    seated.organisation_id, seated.name = None, "Chantier sans compte"
    moving = a_booking(staged, somebody(Role.EMPLOYER), side=Side.MOVING)
    a_meeting(staged, seated, moving, **_said(_O.VISIT, _O.VISIT))
    session.commit()
    service.make_all(staged.event.id, by=staged.organiser.actor, today=today)
    assert [(task.owner_organisation_id, task.owner_id) for task in _tasks()] == [
        (staged.event.organisation_id, staged.organiser.user.id)
    ]


def test_one_side_alone_is_called_only_when_the_organiser_asks(session: scoped_session, today: date) -> None:
    staged, seated, moving = a_speed_dating(siae=1, firms=1)
    meeting = a_meeting(staged, seated[0], moving[0], **_said(_O.OFFER, None))
    session.commit()
    by, event_id, meeting_id = staged.organiser.actor, staged.event.id, meeting.id
    assert service.make_all(event_id, by=by, today=today).made == {}
    with pytest.raises(Refused) as refused:
        service.make_one(event_id, meeting_id, by=by, today=today)
    assert refused.value.reasons == (AfterRefusal.NO_FOLLOW,)
    assert service.make_one(event_id, meeting_id, by=by, today=today, by_hand=True) is Step.TASK
    assert [(task.kind, task.title) for task in _tasks()] == [
        (TaskKind.CALL, "Rappeler Entreprise 1\u00a0: Chantier 1 souhaite une suite")
    ]


def test_what_is_set_aside_has_no_follow_until_it_is_taken_up(session: scoped_session, today: date) -> None:
    staged, seated, moving = a_speed_dating(siae=1, firms=1)
    meeting = a_meeting(staged, seated[0], moving[0], **_said(_O.VISIT, _O.VISIT))
    session.commit()
    by, event_id, meeting_id = staged.organiser.actor, staged.event.id, meeting.id
    for _ in range(2):
        service.set_aside(event_id, meeting_id, "Déjà partenaires", by=by)
    assert service.make_all(event_id, by=by, today=today).made == {}
    with pytest.raises(Refused) as refused:
        service.make_one(event_id, meeting_id, by=by, today=today, by_hand=True)
    assert refused.value.reasons == (AfterRefusal.SET_ASIDE,)
    lines = session.scalars(select(EventTransition.words).where(EventTransition.action == "set_aside")).all()
    assert lines == ["Déjà partenaires"]
    service.take_up(event_id, meeting_id, by=by)
    assert service.make_all(event_id, by=by, today=today).made == {Step.TASK: 1}
    with pytest.raises(Refused) as too_late:
        service.set_aside(event_id, meeting_id, "Trop tard", by=by)
    assert too_late.value.reasons == (AfterRefusal.ALREADY_MADE,)


def test_whoever_does_not_run_the_event_makes_nothing(session: scoped_session, today: date) -> None:
    staged, seated, moving = a_speed_dating(siae=1, firms=1)
    meeting = a_meeting(staged, seated[0], moving[0], **_said(_O.VISIT, _O.VISIT))
    other = an_event(EventKind.SPEED_DATING)
    session.commit()
    for who in (other.organiser, somebody(Role.EMPLOYER)):
        with pytest.raises(NotFound):
            service.make_all(staged.event.id, by=who.actor, today=today)
    with pytest.raises(NotFound):
        service.make_one(other.event.id, meeting.id, by=other.organiser.actor, today=today)
    assert _tasks() == []


# --- recruiters and candidates ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Met:
    """A recruiter with an open offer met somebody of the organiser's territory; both want the job."""

    staged: Staged
    recruiter: Somebody
    person: Somebody
    meeting: Meeting
    offer_id: UUID


@pytest.fixture
def met(session: scoped_session, today: date) -> Met:
    return _met()


def _met(
    outcomes: tuple[Outcome, Outcome] = (_O.OFFER, _O.OFFER), offers: int = 1, role: Role = Role.FACILITATOR
) -> Met:
    staged = an_event(EventKind.JOB_DATING, organiser=somebody(role))
    recruiter, person = somebody(Role.EMPLOYER), a_ready_person()
    posted = [OfferFactory(published=True, organisation=recruiter.organisation) for _ in range(offers)]
    seated = a_booking(staged, recruiter, BookingState.SEEN, side=Side.SEATED)
    moving = a_booking(staged, person, BookingState.SEEN, side=Side.MOVING, trade_slugs=["agent-entretien"])
    meeting = a_meeting(staged, seated, moving, **_said(*outcomes))
    db.session.commit()
    return Met(staged, recruiter, person, meeting, posted[0].id if posted else uuid4())


def _their_own_word(met: Met) -> None:
    log(met.staged.event.id, "meeting", met.meeting.id, "say", met.person.actor)
    db.session.commit()


def _run(met: Met, today: date) -> service.MadeAll:
    return service.make_all(met.staged.event.id, by=met.staged.organiser.actor, today=today)


def test_what_the_person_said_themselves_is_an_application_of_their_own(
    met: Met, session: scoped_session, today: date
) -> None:
    _their_own_word(met)
    assert _run(met, today).made == {Step.APPLICATION: 1}
    made = session.scalars(select(Application)).one()
    assert (made.origin, made.state, made.offer_id) == (Origin.DIRECT, ApplicationState.SENT, met.offer_id)
    assert met.meeting.application_id == made.id
    assert "Rencontre au job dating" in made.person_words
    assert (_run(met, today).made, _tasks()) == ({}, [])


def test_what_was_typed_for_them_is_proposed_and_waits_for_their_answer(
    met: Met, session: scoped_session, today: date
) -> None:
    log(met.staged.event.id, "meeting", met.meeting.id, "type", met.staged.organiser.actor)
    session.commit()
    assert _run(met, today).made == {Step.APPLICATION: 1}
    made = session.scalars(select(Application)).one()
    assert (made.origin, made.state, made.proposed_by) == (
        Origin.PROPOSAL,
        ApplicationState.PROPOSED,
        met.staged.organiser.user.id,
    )


def test_the_word_of_the_person_no_longer_holds_once_somebody_typed_another(
    met: Met, session: scoped_session, today: date
) -> None:
    _their_own_word(met)
    with clock.frozen(today + timedelta(days=1)):
        met.meeting.moving_at = clock.now()
        log(met.staged.event.id, "meeting", met.meeting.id, "type", met.staged.organiser.actor)
        session.commit()
    _run(met, today)
    assert session.scalars(select(Application.origin)).one() is Origin.PROPOSAL


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.REFERENT])
def test_nobody_speaks_for_somebody_whom_they_do_not_accompany(
    session: scoped_session, today: date, role: Role
) -> None:
    met = _met(role=role)
    done = _run(met, today)
    assert done.made == {}
    assert [reasons for _, reasons in done.left] == [(AfterRefusal.NOBODY_SPEAKS,)]
    assert session.scalar(select(func.count()).select_from(Application)) == 0


def test_an_application_that_exists_is_the_one(met: Met, session: scoped_session, today: date) -> None:
    from app.applications import service as applications

    candidate = met.person.candidate
    assert candidate is not None
    sent = applications.apply(
        met.offer_id, candidate_id=candidate.id, words="Bonjour", by=met.person.actor, today=today
    )
    assert _run(met, today).made == {Step.APPLICATION: 1}
    assert met.meeting.application_id == sent.id
    assert session.scalar(select(func.count()).select_from(Application)) == 1


def test_without_an_offer_that_suits_the_recruiter_publishes_one(session: scoped_session, today: date) -> None:
    met = _met(offers=0)
    OfferFactory(published=True, stage=True, organisation=met.recruiter.organisation)
    _their_own_word(met)
    assert _run(met, today).made == {Step.TASK: 1}
    task = _tasks()[0]
    assert (task.kind, task.owner_organisation_id) == (TaskKind.OFFER, met.recruiter.organisation.id)  # type: ignore[union-attr]
    assert met.person.candidate is not None
    assert met.person.candidate.last_name not in task.title
    assert met.person.candidate.short_name in task.title


def test_an_agreed_stage_is_asked_of_the_host_once(session: scoped_session, today: date) -> None:
    met = _met((_O.STAGE, _O.OFFER))
    assert _run(met, today).made == {Step.PLACEMENT: 1}
    asked = session.scalars(select(Placement)).one()
    assert (asked.origin, asked.state) == (PlacementOrigin.EVENT, PlacementState.WISHED)
    assert (asked.event_meeting_id, met.meeting.placement_id) == (met.meeting.id, asked.id)
    assert met.recruiter.organisation is not None
    assert asked.host_organisation_id == met.recruiter.organisation.id
    assert (_run(met, today).made, _tasks()) == ({}, [])


def test_a_stage_with_a_host_that_is_not_on_the_portal_is_prepared_by_the_organiser(
    session: scoped_session, today: date
) -> None:
    met = _met((_O.STAGE, _O.STAGE))
    seated = db.session.get_one(Booking, met.meeting.seated_id)
    seated.organisation_id = None
    session.commit()
    assert _run(met, today).made == {Step.TASK: 1}
    assert [(task.kind, task.owner_organisation_id) for task in _tasks()] == [
        (TaskKind.PLACEMENT, met.staged.event.organisation_id)
    ]


def test_somebody_without_a_file_is_called_by_the_organiser(session: scoped_session, today: date) -> None:
    met = _met()
    visitor = a_booking(met.staged, "Pierre Blanc", BookingState.SEEN, side=Side.MOVING)
    seated = db.session.get_one(Booking, met.meeting.seated_id)
    a_meeting(met.staged, seated, visitor, at_round=2, **_said(_O.OFFER, _O.OFFER))
    _their_own_word(met)
    assert _run(met, today).made == {Step.APPLICATION: 1, Step.TASK: 1}
    assert [(task.kind, task.owner_id) for task in _tasks()] == [(TaskKind.CALL, met.staged.organiser.user.id)]


def test_a_file_that_is_not_ready_holds_back_only_itself(session: scoped_session, today: date) -> None:
    met = _met()
    assert met.person.candidate is not None
    met.person.candidate.ready_on = None
    met.person.candidate.ready_by = None
    other = a_ready_person()
    seated = db.session.get_one(Booking, met.meeting.seated_id)
    moving = a_booking(met.staged, other, BookingState.SEEN, side=Side.MOVING, trade_slugs=["agent-entretien"])
    a_meeting(met.staged, seated, moving, at_round=2, **_said(_O.OFFER, _O.OFFER))
    session.commit()
    done = _run(met, today)
    assert done.made == {Step.APPLICATION: 1}
    assert [reasons for _, reasons in done.left] == [(AfterRefusal.NOT_READY,)]


# --- two at once ------------------------------------------------------------------------------------------


@pytest.fixture
def live(own_app: Flask) -> Iterator[tuple[Flask, Staged]]:
    """Twelve agreements in a database where commits are real."""
    with own_app.app_context():
        staged, seated, moving = a_speed_dating(siae=12, firms=12)
        for rank in range(12):
            a_meeting(staged, seated[rank], moving[rank], table=rank + 1, **_said(_O.VISIT, _O.VISIT))
        db.session.commit()
        db.session.expunge_all()
        yield own_app, staged


def test_two_organisers_at_once_make_everything_once(live: tuple[Flask, Staged]) -> None:
    app, staged = live
    event_id, by = staged.event.id, staged.organiser.actor

    def run(_number: int) -> int:
        with app.app_context():
            return service.make_all(event_id, by=by, today=date(2026, 11, 5)).made.total()

    with ThreadPoolExecutor(4) as several:
        made = list(several.map(run, range(4)))
    assert sum(made) == 12
    assert db.session.scalar(select(func.count()).select_from(PartnershipTask)) == 12
