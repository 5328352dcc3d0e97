"""An accident is noted in few words, told at once to those who accompany, and read by nobody else."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.audit.models import AuditEntry
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from app.messages.rules.kinds import KINDS
from app.placements.models import PlacementIncident, PlacementTransition
from app.placements.queries.presence import incidents_of
from app.placements.rules.incidents import REPORTABLE, Declared, Incident, IncidentRefusal
from app.placements.rules.kinds import IncidentKind
from app.placements.rules.states import PlacementState
from app.placements.service import incidents as service
from tests.factories.people import somebody
from tests.factories.placements import Placed, a_placement

_S, _R = PlacementState, IncidentRefusal
DAY = timedelta(days=1)
WORDS = "Chute dans l’escalier de l’atelier"


@pytest.fixture
def running(session: scoped_session, today: date) -> Placed:
    placed = a_placement(_S.RUNNING)
    session.commit()
    return placed


def an_accident(day: date, words: str = WORDS, declared: Declared | None = None) -> Incident:
    return Incident(IncidentKind.ACCIDENT, day, time(10, 30), words, declared or Declared())


def test_who_accompanies_is_told_at_once_and_not_what_happened(
    session: scoped_session, running: Placed, today: date
) -> None:
    row_id = uuid4()
    for _ in range(2):
        made = service.note(running.placement.id, an_accident(today), by=running.host.actor, row_id=row_id, today=today)
    assert (made.id, made.hour, made.words, made.by_name) == (row_id, time(10, 30), WORDS, running.host.actor.name)
    message = session.scalars(select(Message)).one()
    assert (message.kind, message.to_name) == ("placement_incident", running.referent.user.full_name)
    assert not KINDS["placement_incident"].digest
    assert KINDS["placement_incident"].required
    traces = [message.body, message.subject, *session.scalars(select(PlacementTransition.words))]
    traces += [str(one.details) for one in session.scalars(select(AuditEntry))]
    assert not [trace for trace in traces if "escalier" in trace]


def test_the_host_and_who_accompanies_read_it_and_nobody_else(
    session: scoped_session, running: Placed, today: date
) -> None:
    service.note(running.placement.id, an_accident(today), by=running.referent.actor, row_id=uuid4(), today=today)
    agent = somebody(Role.DEPARTMENT)
    readers = (running.host, running.referent, running.person, agent)
    assert [len(incidents_of(one.actor, running.placement)) for one in readers] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("day", "words", "declared", "reasons"),
    [
        (1, WORDS, Declared(), {_R.IN_FUTURE}),
        (-4, WORDS, Declared(), {_R.OUTSIDE}),
        (0, " ", Declared(), {_R.NO_WORDS}),
        (0, WORDS, Declared("CPAM"), {_R.DECLARED_WHEN}),
        (-1, WORDS, Declared("", date(2026, 11, 5)), {_R.DECLARED_WHERE}),
        (0, WORDS, Declared("CPAM", date(2026, 11, 6)), {_R.DECLARED_IN_FUTURE}),
        (0, WORDS, Declared("CPAM", date(2026, 11, 4)), {_R.DECLARED_BEFORE}),
        (20, "", Declared("CPAM"), {_R.OUTSIDE, _R.IN_FUTURE, _R.NO_WORDS, _R.DECLARED_WHEN}),
    ],
)
def test_a_fact_is_refused_with_all_reasons(
    running: Placed, today: date, day: int, words: str, declared: Declared, reasons: set[Any]
) -> None:
    said = an_accident(today + day * DAY, words, declared)
    with pytest.raises(Refused) as no:
        service.note(running.placement.id, said, by=running.host.actor, row_id=uuid4(), today=today)
    assert set(no.value.reasons) == reasons
    assert set(no.value.reasons) <= set(no.value.fields)


def test_who_accompanies_declares_it_later(session: scoped_session, running: Placed, today: date) -> None:
    made = service.note(
        running.placement.id, an_accident(today - DAY), by=running.host.actor, row_id=uuid4(), today=today
    )
    said = Declared("CPAM de l’Essonne", today)
    with pytest.raises(Refused) as no:
        service.declare(running.placement.id, made.id, said, by=running.host.actor, today=today)
    assert no.value.reasons == (WorkflowRefusal.NOT_YOUR_ROLE,)
    with pytest.raises(Refused) as no:
        service.declare(running.placement.id, made.id, Declared("", today), by=running.referent.actor, today=today)
    assert no.value.reasons == (_R.DECLARED_WHERE,)
    for _ in range(2):
        service.declare(running.placement.id, made.id, said, by=running.referent.actor, today=today)
    row = session.scalars(select(PlacementIncident)).one()
    assert (row.declared_to, row.declared_on) == ("CPAM de l’Essonne", today)
    actions = session.scalars(select(PlacementTransition.action).order_by(PlacementTransition.at)).all()
    assert sorted(actions) == ["declare", "note"]


@pytest.mark.parametrize("state", sorted(set(PlacementState) - REPORTABLE))
def test_nothing_happens_in_a_stage_that_has_not_begun(
    session: scoped_session, today: date, state: PlacementState
) -> None:
    placed = a_placement(state)
    session.commit()
    with pytest.raises(Refused) as no:
        service.note(placed.placement.id, an_accident(today), by=placed.host.actor, row_id=uuid4(), today=today)
    assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_the_person_and_strangers_note_nothing(session: scoped_session, running: Placed, today: date) -> None:
    stranger = somebody(Role.EMPLOYER)
    session.commit()
    with pytest.raises(Refused):
        service.note(running.placement.id, an_accident(today), by=running.person.actor, row_id=uuid4(), today=today)
    with pytest.raises(NotFound):
        service.note(running.placement.id, an_accident(today), by=stranger.actor, row_id=uuid4(), today=today)


def test_the_id_of_a_fact_of_another_stage_makes_none(session: scoped_session, today: date) -> None:
    placed, other = a_placement(_S.RUNNING), a_placement(_S.RUNNING)
    session.commit()
    said, row_id = Incident(IncidentKind.OTHER, today, None, WORDS), uuid4()
    service.note(other.placement.id, said, by=other.host.actor, row_id=row_id, today=today)
    with pytest.raises(NotFound):
        service.note(placed.placement.id, said, by=placed.host.actor, row_id=row_id, today=today)
