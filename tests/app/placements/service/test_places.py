"""A stage of an offer that does not take place: its place is free, the application says so, the others are told."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications.models import Application, ApplicationTransition
from app.applications.rules import ApplicationState
from app.applications.service import TAKEN
from app.candidates.service import close_file
from app.core.roles import SYSTEM
from app.messages.models import Message
from app.placements import jobs
from app.placements.models import Placement
from app.placements.rules.kinds import CancelReason, StopReason
from app.placements.rules.states import PlacementState
from app.placements.rules.stopping import Stop
from app.placements.service import cancelling
from app.placements.service.stopping import stop
from app.placements.service.taking import taken as listener
from tests.factories.applications import Market, a_market, sent, taken

_A = ApplicationState


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """Whether or not the wiring has connected it already."""
    known = listener in TAKEN._listeners
    TAKEN.connect(listener)
    yield
    if not known:
        TAKEN._listeners.remove(listener)


def a_taken_one(session: scoped_session, today: date) -> tuple[Market, Application, Placement]:
    market = a_market(stage=True)
    application = sent(market, today)
    taken(market, today, application)
    session.commit()
    return market, application, session.scalars(select(Placement)).one()


def told(session: scoped_session, kind: str) -> set[str]:
    return set(session.scalars(select(Message.to_name).where(Message.kind == kind)))


@pytest.mark.parametrize(
    ("who", "reason", "state"),
    [("person", CancelReason.PERSON, _A.WITHDRAWN), ("employer", CancelReason.HOST, _A.OBSOLETE)],
)
def test_a_cancelled_stage_of_an_offer_ends_its_application_and_frees_the_place(
    session: scoped_session, today: date, who: str, reason: CancelReason, state: ApplicationState
) -> None:
    market, application, placement = a_taken_one(session, today)
    session.refresh(market.offer)
    assert market.offer.posts_filled == 1
    cancelling.cancel(placement.id, reason, "Plus de tuteur", by=getattr(market, who).actor)
    session.refresh(market.offer)
    session.refresh(application)
    assert (application.state, market.offer.posts_filled) == (state, 0)
    steps = session.scalars(
        select(ApplicationTransition.to_state).where(ApplicationTransition.application_id == application.id)
    )
    assert list(steps).count(state) == 1
    other = market.employer.user.full_name if who == "person" else "Camille"
    assert other in told(session, "placement_cancelled")


def test_one_not_validated_in_time_is_told_to_the_person_and_the_host_too(session: scoped_session, today: date) -> None:
    market, application, placement = a_taken_one(session, today)
    jobs.turn(placement.starts_on + timedelta(days=1))
    jobs.turn(placement.starts_on + timedelta(days=1))
    session.refresh(application)
    session.refresh(market.offer)
    assert (application.state, market.offer.posts_filled) == (_A.OBSOLETE, 0)
    names = session.scalars(select(Message.to_name).where(Message.kind == "placement_cancelled")).all()
    assert sorted(names) == sorted([market.employer.user.full_name, "Camille"])


def test_one_whose_person_has_left_ends_its_application_without_a_word(session: scoped_session, today: date) -> None:
    market, application, _ = a_taken_one(session, today)
    assert market.person.candidate is not None
    before = session.scalars(select(Message.id)).all()
    close_file(market.person.candidate, by=SYSTEM, why="Fiche fermée")
    cancelling.candidate_closed(market.person.candidate, SYSTEM)
    session.refresh(application)
    session.refresh(market.offer)
    assert (application.state, market.offer.posts_filled) == (_A.OBSOLETE, 0)
    assert session.scalars(select(Message.id)).all() == before


def test_one_that_began_and_stops_leaves_the_application_as_it_was(session: scoped_session, today: date) -> None:
    market, application, placement = a_taken_one(session, today)
    placement.starts_on = today - timedelta(days=2)
    for name, value in {"deposited_on": placement.starts_on, "validated_on": placement.starts_on}.items():
        setattr(placement, name, value)
    placement.official_reference, placement.purpose, placement.tutor_name = "PMSMP-1", "discover", "Sandrine Leroy"
    placement.prepared_at, placement.tasks = placement.accepted_at, "Servir"
    placement.prescriber_organisation_id = (
        market.facilitator.organisation.id if market.facilitator.organisation else None
    )
    placement.state = PlacementState.RUNNING
    session.commit()
    stop(placement.id, Stop(today, StopReason.HOST), by=market.employer.actor, today=today)
    session.refresh(application)
    session.refresh(market.offer)
    assert (application.state, market.offer.posts_filled) == (_A.PLACED, 0)
