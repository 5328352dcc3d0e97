"""A task ends, moves and changes hands by those who may read it; reminders leave once."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.events.models import EventTransition, PartnershipTask
from app.events.rules.kinds import EventKind, TaskKind, TaskResult
from app.events.rules.states import TaskState
from app.events.rules.tasks import TaskRefusal
from app.events.service import tasks as service
from app.messages.models import Message, ReminderSetting
from app.messages.rules import ReminderKind
from tests.factories.events import Staged, an_event
from tests.factories.people import Somebody, somebody


@pytest.fixture
def owner(session: scoped_session, today: date) -> Somebody:
    """Somebody of a structure that promised a visit."""
    return somebody(Role.EMPLOYER)


@pytest.fixture
def staged(owner: Somebody) -> Staged:
    return an_event(EventKind.SPEED_DATING)


@pytest.fixture
def task(staged: Staged, owner: Somebody, session: scoped_session) -> PartnershipTask:
    made = a_task(staged, owner)
    session.commit()
    return made


def a_task(staged: Staged, owner: Somebody, days: int = 10, **values: Any) -> PartnershipTask:
    """Something that the owner's organisation has to do."""
    assert owner.organisation is not None
    usual = {
        "event_id": staged.event.id,
        "kind": TaskKind.VISIT,
        "title": "Organiser une visite avec Entreprise 1",
        "owner_organisation_id": owner.organisation.id,
        "owner_id": owner.user.id,
        "due_on": clock.today() + timedelta(days=days),
    }
    made = PartnershipTask(**{**usual, **values})
    db.session.add(made)
    db.session.flush()
    return made


def _journal() -> list[tuple[str, str]]:
    rows = db.session.execute(select(EventTransition.action, EventTransition.words).order_by(EventTransition.action))
    return [(row.action, row.words) for row in rows]


def test_it_is_done_with_its_result_and_twice_is_once(task: PartnershipTask, owner: Somebody, today: date) -> None:
    for _ in range(2):
        service.finish(task.id, TaskResult.HIRE, count=2, words="Deux CDD", by=owner.actor, version=1, today=today)
    assert (task.state, task.result, task.count, task.done_on, task.words) == (
        TaskState.DONE,
        TaskResult.HIRE,
        2,
        today,
        "Deux CDD",
    )
    assert _journal() == [("finish", "Deux CDD")]


def test_a_hire_without_a_number_is_refused_and_a_visit_has_none(
    task: PartnershipTask, owner: Somebody, today: date
) -> None:
    with pytest.raises(Refused) as refused:
        service.finish(task.id, TaskResult.HIRE, by=owner.actor, version=1, today=today)
    assert refused.value.reasons == (TaskRefusal.COUNT_MISSING,)
    assert refused.value.fields[TaskRefusal.COUNT_MISSING] == "count"
    service.finish(task.id, TaskResult.VISIT, count=4, by=owner.actor, version=1, today=today)
    assert task.count == 0


def test_the_owner_the_organiser_and_the_departement_act_and_nobody_else(
    task: PartnershipTask, staged: Staged, owner: Somebody, today: date
) -> None:
    strangers = [somebody(Role.EMPLOYER), somebody(Role.FACILITATOR), somebody(Role.CANDIDATE)]
    colleague = somebody(Role.EMPLOYER, owner.organisation)
    db.session.commit()
    for who in strangers:
        with pytest.raises(NotFound):
            service.drop(task.id, "Non", by=who.actor, version=None)
    for who in (colleague, staged.organiser, somebody(Role.DEPARTMENT)):
        service.drop(task.id, "Plus besoin", by=who.actor, version=None)
        service.reopen(task.id, by=who.actor)
    assert task.state is TaskState.OPEN


def test_what_was_done_may_be_opened_again_and_the_journal_keeps_it(
    task: PartnershipTask, owner: Somebody, today: date
) -> None:
    service.finish(task.id, TaskResult.PARTNERSHIP, words="Signé", by=owner.actor, version=1, today=today)
    with pytest.raises(Refused) as refused:
        service.drop(task.id, "Trop tard", by=owner.actor, version=None)
    assert refused.value.reasons == (WorkflowRefusal.WRONG_STATE,)
    service.reopen(task.id, by=owner.actor)
    assert (task.state, task.result, task.done_on, task.count, task.words) == (TaskState.OPEN, None, None, 0, "")
    assert _journal() == [("finish", "Signé"), ("reopen", "")]


def test_the_date_moves_with_its_reason(task: PartnershipTask, owner: Somebody, today: date) -> None:
    with pytest.raises(Refused) as refused:
        service.move_date(task.id, today - timedelta(days=1), "Oubli", by=owner.actor, version=1, today=today)
    assert refused.value.reasons == (TaskRefusal.DUE_PAST,)
    service.move_date(task.id, date(2026, 12, 1), "Congés", by=owner.actor, version=1, today=today)
    assert task.due_on == date(2026, 12, 1)
    assert _journal() == [("move_date", "Du 15/11/2026 au 01/12/2026\u00a0: Congés")]


def test_it_changes_hands_inside_the_organisation_only(
    task: PartnershipTask, staged: Staged, owner: Somebody, session: scoped_session
) -> None:
    colleague = somebody(Role.EMPLOYER, owner.organisation)
    session.commit()
    with pytest.raises(Refused) as refused:
        service.hand_over(task.id, staged.organiser.user.id, by=staged.organiser.actor, version=1)
    assert refused.value.reasons == (TaskRefusal.NOT_A_MEMBER,)
    service.hand_over(task.id, colleague.user.id, by=owner.actor, version=1)
    assert task.owner_id == colleague.user.id
    assert _journal() == [("hand_over", colleague.user.full_name)]


def test_a_form_shown_before_a_change_is_stale(task: PartnershipTask, owner: Somebody, today: date) -> None:
    service.move_date(task.id, date(2026, 12, 1), "Congés", by=owner.actor, version=1, today=today)
    with pytest.raises(StaleVersion):
        service.move_date(task.id, date(2026, 12, 2), "Autre", by=owner.actor, version=1, today=today)


# --- reminders --------------------------------------------------------------------------------------------


def _told() -> list[tuple[str, bool]]:
    rows = db.session.scalars(select(Message).where(Message.kind == "event_task_due").order_by(Message.to_name))
    return [(row.to_name, "retard" in row.subject) for row in rows]


def test_whoever_has_it_is_reminded_once_before_and_once_late(
    staged: Staged, owner: Somebody, session: scoped_session, today: date
) -> None:
    a_task(staged, owner, days=4)
    a_task(staged, owner, days=3)
    a_task(staged, owner, days=-1)
    a_task(staged, owner, days=0, state=TaskState.DROPPED)
    session.commit()
    assert service.remind(today) == 2
    assert service.remind(today) == 0
    name = owner.user.full_name
    assert sorted(_told()) == [(name, False), (name, True)]


def test_a_task_that_nobody_has_is_told_to_who_answers_for_the_organisation(
    staged: Staged, owner: Somebody, session: scoped_session, today: date
) -> None:
    somebody(Role.EMPLOYER, owner.organisation, manager=False)
    a_task(staged, owner, days=1, owner_id=None)
    session.commit()
    service.remind(today)
    assert _told() == [(owner.user.full_name, False)]


def test_a_day_that_moved_is_told_again_and_a_reminder_turned_off_is_not(
    task: PartnershipTask, owner: Somebody, session: scoped_session, today: date
) -> None:
    day = today + timedelta(days=2)
    service.move_date(task.id, day, "Plus tôt", by=owner.actor, version=None, today=today)
    assert service.remind(today) == 1
    service.move_date(task.id, today, "Aujourd’hui", by=owner.actor, version=None, today=today)
    assert service.remind(today) == 1
    service.move_date(task.id, day + timedelta(days=1), "Non", by=owner.actor, version=None, today=today)
    session.add(ReminderSetting(kind=ReminderKind.EVENT_TASK, days=3, active=False, changed_at=clock.now()))
    session.commit()
    assert service.remind(today) == 0
