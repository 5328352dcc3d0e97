"""What an agreement becomes, in tables."""

from datetime import date
from itertools import product
from uuid import uuid4

import pytest

from app.events.rules.afterwards import (
    AfterRefusal,
    Heard,
    Rank,
    Step,
    Way,
    after_refusals,
    due_on,
    owner_of,
    rank_of,
    step_of,
    task_of,
    way_of,
)
from app.events.rules.kinds import EventKind, Outcome, TaskKind, Who
from app.events.rules.states import MeetingState

_O = Outcome


def heard(seated: Outcome | None, moving: Outcome | None, **values: object) -> Heard:
    """A meeting of a job dating with somebody who has a file, unless told otherwise."""
    usual: dict[str, object] = {
        "kind": EventKind.JOB_DATING,
        "state": MeetingState.HELD,
        "moving_who": Who.PERSON,
    }
    return Heard(**{**usual, **values, "seated": seated, "moving": moving})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seated", "moving", "step", "task"),
    [
        (_O.OFFER, _O.OFFER, Step.APPLICATION, TaskKind.OFFER),
        (_O.STAGE, _O.STAGE, Step.PLACEMENT, TaskKind.PLACEMENT),
        (_O.OFFER, _O.STAGE, Step.PLACEMENT, TaskKind.PLACEMENT),
        (_O.FOLLOW_UP, _O.OFFER, Step.TASK, TaskKind.CALL),
        (_O.VISIT, _O.VISIT, Step.TASK, TaskKind.VISIT),
    ],
)
def test_in_a_job_dating_an_agreement_becomes(seated: Outcome, moving: Outcome, step: Step, task: TaskKind) -> None:
    assert step_of(heard(seated, moving)) is step
    assert task_of(heard(seated, moving)) is task


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.NO}))
def test_between_two_organisations_there_is_something_to_do(outcome: Outcome) -> None:
    assert step_of(heard(outcome, outcome, kind=EventKind.SPEED_DATING, moving_who=Who.ORGANISATION)) is Step.TASK


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.NO}))
def test_somebody_without_a_file_is_called(outcome: Outcome) -> None:
    one = heard(outcome, outcome, moving_who=Who.VISITOR)
    assert (step_of(one), task_of(one)) == (Step.TASK, TaskKind.CALL)


@pytest.mark.parametrize(("one", "other"), sorted(product([None, *Outcome], repeat=2), key=str))
def test_nothing_is_made_without_two_wishes(one: Outcome | None, other: Outcome | None) -> None:
    refused = AfterRefusal.NO_FOLLOW in after_refusals(heard(one, other))
    assert refused == (one in {None, _O.NO} or other in {None, _O.NO})


def test_the_organiser_may_call_for_one_side_that_spoke_but_never_after_a_no() -> None:
    assert after_refusals(heard(_O.OFFER, None), by_hand=True) == ()
    assert after_refusals(heard(None, _O.VISIT), by_hand=True) == ()
    assert after_refusals(heard(_O.NO, None), by_hand=True) == (AfterRefusal.NO_FOLLOW,)
    assert after_refusals(heard(_O.OFFER, _O.NO), by_hand=True) == (AfterRefusal.NO_FOLLOW,)
    assert after_refusals(heard(None, None), by_hand=True) == (AfterRefusal.NO_FOLLOW,)
    assert task_of(heard(_O.OFFER, None)) is TaskKind.CALL


def test_all_reasons_are_said_at_once() -> None:
    one = heard(None, None, state=MeetingState.MISSED, is_set_aside=True)
    assert set(after_refusals(one)) == {AfterRefusal.NOT_HELD, AfterRefusal.NO_FOLLOW, AfterRefusal.SET_ASIDE}


def test_the_structure_does_what_it_promised_and_the_organiser_calls() -> None:
    structure, organiser = uuid4(), uuid4()
    assert owner_of(TaskKind.CALL, structure, organiser) == organiser
    for kind in (TaskKind.OFFER, TaskKind.VISIT, TaskKind.PLACEMENT):
        assert owner_of(kind, structure, organiser) == structure
        assert owner_of(kind, None, organiser) == organiser


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (TaskKind.CALL, date(2026, 11, 12)),
        (TaskKind.OFFER, date(2026, 11, 20)),
        (TaskKind.VISIT, date(2026, 12, 7)),  # the 5th is a Saturday
        (TaskKind.PLACEMENT, date(2026, 12, 7)),
    ],
)
def test_each_kind_has_its_time(kind: TaskKind, day: date) -> None:
    assert due_on(kind, date(2026, 11, 5)) == day


def test_nothing_is_due_on_a_holiday() -> None:
    assert due_on(TaskKind.VISIT, date(2026, 11, 25)) == date(2026, 12, 28)  # Christmas is a Friday


def test_only_ones_own_word_makes_an_application_of_ones_own() -> None:
    assert way_of(said_by_person=True, accompanied=False) is Way.OWN_WORD
    assert way_of(said_by_person=False, accompanied=True) is Way.PROPOSAL
    assert way_of(said_by_person=False, accompanied=False) is None


def test_agreements_come_first_then_what_one_side_wants() -> None:
    assert rank_of(_O.OFFER, _O.VISIT) is Rank.AGREED
    assert rank_of(_O.OFFER, None) is Rank.ONE_SIDED
    assert rank_of(_O.NO, _O.VISIT) is Rank.ONE_SIDED
    assert rank_of(_O.NO, _O.NO) is Rank.OTHER
    assert rank_of(None, None) is Rank.OTHER
