"""« Actions »: mine, my organisation's and those of my events; done in one tap; nobody reads another's."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.roles import Role
from app.events.models import PartnershipTask
from app.events.rules.kinds import EventKind, Outcome, Side, TaskResult
from app.events.rules.states import BookingState, TaskState
from app.organisations.rules import OrganisationKind
from tests.app.events.service.test_tasks import a_task
from tests.conftest import Statements
from tests.factories.applications import a_ready_person
from tests.factories.events import Staged, a_booking, a_meeting, an_event
from tests.factories.people import Somebody, an_organisation, somebody

SignIn = Callable[[Somebody], FlaskClient]


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


@pytest.fixture
def owner(session: scoped_session, today: date) -> Somebody:
    return somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI, name="Chantier 1"))


@pytest.fixture
def staged(owner: Somebody) -> Staged:
    return an_event(EventKind.SPEED_DATING)


@pytest.fixture
def task(staged: Staged, owner: Somebody, session: scoped_session) -> PartnershipTask:
    made = a_task(staged, owner)
    session.commit()
    return made


def test_late_ones_stand_first_and_the_address_filters(
    staged: Staged, owner: Somebody, session: scoped_session, sign_in: SignIn
) -> None:
    a_task(staged, owner, days=20, title="Plus tard")
    a_task(staged, owner, days=3, title="Bientôt")
    a_task(staged, owner, days=-2, title="En souffrance")
    a_task(staged, owner, days=-9, title="Abandon", state=TaskState.DROPPED)
    session.commit()
    client = sign_in(owner)
    page = text(client.get("/actions"))
    assert "Abandon<" not in page
    places = [page.index(f">{title}<") for title in ("En souffrance", "Bientôt", "Plus tard")]
    assert places == sorted(places)
    late = text(client.get("/actions?quand=retard"))
    assert ">En souffrance<" in late
    assert ">Bientôt<" not in late
    week = text(client.get("/actions?quand=semaine"))
    assert ">Bientôt<" in week
    assert ">En souffrance<" not in week
    assert ">Abandon<" in text(client.get("/actions?etat=dropped"))
    assert "Aucune action ne correspond" in text(client.get("/actions?type=call"))
    assert client.get("/actions?qui=nonsense&evenement=nonsense&tri=nonsense").status_code == 200


def test_each_reads_their_own_and_those_who_run_the_event_read_all(
    task: PartnershipTask, staged: Staged, owner: Somebody, session: scoped_session, sign_in: SignIn
) -> None:
    other = somebody(Role.EMPLOYER)
    a_task(staged, other, title="Celle d’une autre maison")
    session.commit()
    mine, theirs = task.title, "Celle d’une autre maison"
    for who, seen in (
        (owner, {mine}),
        (other, {theirs}),
        (staged.organiser, {mine, theirs}),
        (somebody(Role.DEPARTMENT), {mine, theirs}),
        (somebody(Role.FACILITATOR), set()),
    ):
        session.commit()
        page = text(sign_in(who).get("/actions"))
        assert {title for title in (mine, theirs) if title in page} == seen


@pytest.mark.parametrize("act", ["", "/deplacer", "/confier", "/abandonner"])
def test_the_task_of_another_house_is_not_there(
    task: PartnershipTask, session: scoped_session, sign_in: SignIn, act: str
) -> None:
    firm = somebody(Role.EMPLOYER)
    session.commit()
    assert sign_in(firm).get(f"/actions/{task.id}{act}").status_code == 404


def test_it_is_done_from_its_page(task: PartnershipTask, owner: Somebody, sign_in: SignIn) -> None:
    client, address = sign_in(owner), f"/actions/{task.id}"
    wrong = text(client.post(address, data={"result": "hire", "count": "0", "words": "Deux CDD", "version": "1"}))
    assert "Dites pour combien de personnes" in wrong
    assert "Deux CDD" in wrong
    answer = client.post(address, data={"result": "hire", "count": "2", "words": "Deux CDD", "version": "1"})
    assert answer.status_code == 303
    db.session.refresh(task)
    assert (task.state, task.result, task.count) == (TaskState.DONE, TaskResult.HIRE, 2)
    page = text(client.get(address))
    assert "Une embauche, 2 personnes" in page
    assert "Rouvrir" in page


def test_the_date_moves_and_the_journal_says_why(task: PartnershipTask, owner: Somebody, sign_in: SignIn) -> None:
    client, address = sign_in(owner), f"/actions/{task.id}"
    past = text(client.post(f"{address}/deplacer", data={"due_on": "01/10/2026", "reason": "Congés", "version": "1"}))
    assert "Choisissez aujourd’hui ou un jour à venir." in past
    client.post(f"{address}/deplacer", data={"due_on": "01/12/2026", "reason": "Congés", "version": "1"})
    assert "Du 15/11/2026 au 01/12/2026 : Congés" in text(client.get(address))
    stale = client.post(f"{address}/deplacer", data={"due_on": "02/12/2026", "reason": "Oups", "version": "1"})
    assert stale.status_code == 409


def test_it_is_given_to_a_colleague_and_dropped(
    task: PartnershipTask, owner: Somebody, session: scoped_session, sign_in: SignIn
) -> None:
    colleague = somebody(Role.EMPLOYER, owner.organisation)
    stranger = somebody(Role.EMPLOYER)
    session.commit()
    client, address = sign_in(owner), f"/actions/{task.id}"
    wrong = client.post(f"{address}/confier", data={"owner_id": str(stranger.user.id), "version": "1"})
    assert wrong.status_code == 200
    assert (
        client.post(f"{address}/confier", data={"owner_id": str(colleague.user.id), "version": "1"}).status_code == 303
    )
    assert colleague.user.full_name in text(client.get(address))
    client.post(f"{address}/abandonner", data={"reason": "Plus besoin", "version": "2"})
    db.session.refresh(task)
    assert (task.state, task.words) == (TaskState.DROPPED, "Plus besoin")


def test_a_recruiter_reads_of_a_person_the_name_that_they_learned_and_no_more(
    session: scoped_session, today: date, sign_in: SignIn
) -> None:
    staged = an_event(EventKind.JOB_DATING)
    recruiter, person = somebody(Role.EMPLOYER), a_ready_person()
    seated = a_booking(staged, recruiter, BookingState.SEEN, side=Side.SEATED, contact_phone="+33199001122")
    moving = a_booking(
        staged, person, BookingState.SEEN, side=Side.MOVING, contact_phone="+33199003344", needs="Un interprète"
    )
    meeting = a_meeting(staged, seated, moving, seated_outcome=Outcome.VISIT, moving_outcome=Outcome.VISIT)
    made = a_task(staged, recruiter, meeting_id=meeting.id)
    session.commit()
    page = text(sign_in(recruiter).get(f"/actions/{made.id}"))
    assert person.candidate is not None
    assert person.candidate.short_name in page
    assert "01 99 00 11 22" in page
    for hidden in (person.candidate.last_name, "01 99 00 33 44", str(person.candidate.phone), "interprète", "/suites"):
        assert hidden not in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_leaves_as_a_file(task: PartnershipTask, owner: Somebody, sign_in: SignIn, kind: str) -> None:
    answer = sign_in(owner).get(f"/actions?export={kind}")
    assert answer.status_code == 200
    if kind == "csv":
        assert task.title in answer.get_data(as_text=True)


def test_the_list_never_costs_more_with_more_rows(
    staged: Staged, owner: Somebody, session: scoped_session, sign_in: SignIn, statements: Statements
) -> None:
    client, costs = sign_in(owner), []
    for several in (2, 15):
        for rank in range(several):
            a_task(staged, owner, days=rank, owner_id=owner.user.id if rank % 2 else None)
        session.commit()
        client.get("/actions")
        statements.clear()
        client.get("/actions")
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 12
