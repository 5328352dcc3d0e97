"""Reminders of stages: once each, to whom it concerns, and not when they are turned off."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.clock import PARIS
from app.messages.models import Message, ReminderSetting
from app.messages.rules import ReminderKind
from app.placements import jobs
from app.placements.rules.kinds import AssessmentSide
from app.placements.rules.states import PlacementState, TripartiteState
from tests.factories.placements import Placed, a_placement, a_tripartite, an_assessment

_S = PlacementState
DAY = timedelta(days=1)


def of(session: scoped_session, state: PlacementState, starts_on: date, **values: object) -> Placed:
    placed = a_placement(state, starts_on=starts_on, **values)  # type: ignore[arg-type]
    assert placed.person.candidate is not None
    placed.person.candidate.phone = "+33612345678"
    session.commit()
    return placed


def told(session: scoped_session) -> list[tuple[str, str]]:
    return sorted(map(tuple, session.execute(select(Message.kind, Message.to_name))))  # type: ignore[arg-type]


@pytest.mark.parametrize("state", [_S.ACCEPTED, _S.PREPARED, _S.DEPOSITED])
def test_a_convention_that_is_not_validated_is_recalled_once_to_who_prescribes(
    session: scoped_session, today: date, state: PlacementState
) -> None:
    placed = of(session, state, today + 5 * DAY)
    of(session, state, today + 6 * DAY)
    of(session, _S.VALIDATED, today + 5 * DAY)
    of(session, _S.WISHED, today + 5 * DAY)
    assert [jobs.remind(today)["conventions"] for _ in range(2)] == [1, 0]
    assert told(session) == [("placement_convention_due", placed.referent.user.full_name)]


def test_one_that_was_moved_is_recalled_again(session: scoped_session, today: date) -> None:
    placed = of(session, _S.ACCEPTED, today + 5 * DAY)
    jobs.remind(today)
    placed.placement.starts_on += DAY
    session.commit()
    assert jobs.remind(today + DAY)["conventions"] == 1


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ((), {"Camille", "host"}),
        ((AssessmentSide.HOST,), {"Camille"}),
        ((AssessmentSide.PERSON,), {"host"}),
        (tuple(AssessmentSide), set()),
    ],
)
def test_the_side_that_said_nothing_is_asked_once(
    session: scoped_session, today: date, said: tuple[AssessmentSide, ...], names: set[str]
) -> None:
    placed = of(session, _S.ENDED, today - 13 * DAY)
    for side in said:
        an_assessment(placed.placement, side)
    session.commit()
    assert [jobs.remind(today)["assessments"] for _ in range(2)] == [len(names), 0]
    known = {"host": placed.host.user.full_name}
    assert {name for _, name in told(session)} == {known.get(name, name) for name in names}


def test_who_accompanies_is_asked_for_a_declared_host(session: scoped_session, today: date) -> None:
    placed = of(session, _S.STOPPED, today - 13 * DAY, host_organisation_id=None)
    assert jobs.remind(today)["assessments"] == 2
    assert {name for _, name in told(session)} == {"Camille", placed.referent.user.full_name}


def test_nothing_is_asked_too_early_nor_long_after(session: scoped_session, today: date) -> None:
    of(session, _S.ENDED, today - 12 * DAY)
    of(session, _S.ENDED, today - 60 * DAY)
    of(session, _S.CLOSED, today - 13 * DAY)
    assert jobs.remind(today)["assessments"] == 0


@pytest.mark.parametrize(
    ("meets", "job_on", "written"),
    [
        (date(2026, 11, 6), date(2026, 11, 5), 3),
        (date(2026, 11, 9), date(2026, 11, 6), 3),
        (date(2026, 11, 9), date(2026, 11, 5), 0),
        (date(2026, 11, 5), date(2026, 11, 5), 0),
    ],
)
def test_the_three_are_reminded_the_working_day_before(
    session: scoped_session, today: date, meets: date, job_on: date, written: int
) -> None:
    placed = of(session, _S.ACCEPTED, today + 30 * DAY)
    at = datetime.combine(meets, time(9, 30), PARIS)
    a_tripartite(TripartiteState.AGREED, placed=placed, chosen_at=at)
    session.commit()
    assert [jobs.remind(job_on)["tripartites"] for _ in range(2)] == [written, 0]
    assert {kind for kind, _ in told(session)} == ({"tripartite_reminder"} if written else set())


@pytest.mark.parametrize("state", sorted(set(TripartiteState) - {TripartiteState.AGREED}))
def test_only_an_agreed_date_is_recalled(session: scoped_session, today: date, state: TripartiteState) -> None:
    placed = of(session, _S.ACCEPTED, today + 30 * DAY)
    a_tripartite(state, placed=placed)
    session.commit()
    assert [jobs.remind(today + n * DAY)["tripartites"] for n in range(10)] == [0] * 10


def test_a_reminder_that_was_turned_off_does_not_leave(session: scoped_session, today: date) -> None:
    of(session, _S.ACCEPTED, today + 5 * DAY)
    session.add(ReminderSetting(kind=ReminderKind.PLACEMENT_CONVENTION, days=5, active=False))
    session.commit()
    assert jobs.remind(today) == {"conventions": 0, "assessments": 0, "tripartites": 0}


def test_no_reminder_says_more_than_names_and_days(session: scoped_session, today: date) -> None:
    placed = of(session, _S.ENDED, today - 13 * DAY)
    of(session, _S.ACCEPTED, today + 2 * DAY)
    jobs.remind(today)
    bodies = session.scalars(select(Message.body)).all()
    assert len(bodies) == 3
    place = placed.referent.organisation
    assert place is not None
    assert not [body for body in bodies for word in ("RSA", "PLIE", place.name) if word in body]
