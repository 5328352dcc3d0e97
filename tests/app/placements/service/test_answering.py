"""The host says yes or no, once; the days are counted then, and two at once never go past the limits."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from app.placements.models import Placement
from app.placements.rules.asking import AskRefusal, Terms, Welcome
from app.placements.rules.kinds import PlacementPurpose
from app.placements.rules.limits import PlacementRefusal
from app.placements.rules.states import PlacementState
from app.placements.service import answering as service
from app.placements.service import asking
from tests.factories.people import Somebody, an_organisation, somebody
from tests.factories.placements import Placed, a_placement

_S = PlacementState
NOTHING = Welcome()


@pytest.fixture
def wished(session: scoped_session, today: date) -> Placed:
    placed = a_placement(_S.WISHED, host_contact_name="", tutor_name="", tasks="")
    assert placed.person.candidate is not None
    placed.person.candidate.phone = "+33612345678"
    session.commit()
    return placed


def kinds(session: scoped_session) -> list[str]:
    return sorted(session.scalars(select(Message.kind)))


def test_a_yes_is_dated_told_and_says_what_is_known(session: scoped_session, today: date, wished: Placed) -> None:
    said = Welcome(tutor_name="Sandrine Leroy", tutor_phone="+33199004455", tasks="Poncer")
    found = service.accept(wished.placement.id, said, by=wished.host.actor, version=1, today=today)
    assert (found.state, found.accepted_at) == (_S.ACCEPTED, clock.now())
    assert (found.tutor_name, found.tasks, found.host_contact_name) == (
        "Sandrine Leroy", "Poncer", wished.host.actor.name,
    )  # fmt: skip
    assert kinds(session) == ["placement_accepted", "placement_accepted_for"]


def test_a_no_has_words_and_is_told_without_them(session: scoped_session, today: date, wished: Placed) -> None:
    with pytest.raises(Refused) as refusal:
        service.decline(wished.placement.id, " ", by=wished.host.actor)
    assert refusal.value.reasons == (AskRefusal.NO_WORDS,)
    found = service.decline(wished.placement.id, "Pas de tuteur en novembre", by=wished.host.actor)
    assert (found.state, found.decline_words) == (_S.DECLINED, "Pas de tuteur en novembre")
    assert kinds(session) == ["placement_declined", "placement_declined_for"]
    assert not [one for one in session.scalars(select(Message.body)) if "tuteur" in one]


def test_an_answer_sent_twice_is_one_answer_and_somebody_else_reads_that_it_changed(
    session: scoped_session, today: date, wished: Placed
) -> None:
    for _ in range(2):
        service.accept(wished.placement.id, NOTHING, by=wished.host.actor, version=1, today=today)
    assert kinds(session) == ["placement_accepted", "placement_accepted_for"]
    assert wished.host.organisation is not None
    colleague = somebody(Role.EMPLOYER, wished.host.organisation)
    session.commit()
    with pytest.raises(Refused) as refusal:
        service.decline(wished.placement.id, "Non", by=colleague.actor, version=1)
    assert refusal.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_what_was_changed_since_is_read_again(session: scoped_session, today: date, wished: Placed) -> None:
    wished.placement.ends_on += timedelta(days=1)
    session.commit()
    with pytest.raises(StaleVersion):
        service.accept(wished.placement.id, NOTHING, by=wished.host.actor, version=1, today=today)


def test_a_host_of_the_portal_is_never_answered_for(session: scoped_session, today: date, wished: Placed) -> None:
    for act in (
        lambda: service.accept(wished.placement.id, NOTHING, by=wished.referent.actor, today=today),
        lambda: service.decline(wished.placement.id, "Non", by=wished.referent.actor),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.reasons == (AskRefusal.HOST_ANSWERS,)


def test_the_yes_of_a_host_without_account_is_written_down(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.WISHED, host_organisation_id=None, host_contact_name="")
    session.commit()
    said = Welcome(contact_name="Luc Martin")
    found = service.accept(placed.placement.id, said, by=placed.referent.actor, today=today)
    assert (found.state, found.host_contact_name) == (_S.ACCEPTED, "Luc Martin")


def test_strangers_and_the_person_do_not_answer(session: scoped_session, today: date, wished: Placed) -> None:
    other = somebody(Role.EMPLOYER)
    session.commit()
    with pytest.raises(NotFound):
        service.accept(wished.placement.id, NOTHING, by=other.actor, today=today)
    with pytest.raises(Refused):
        service.accept(wished.placement.id, NOTHING, by=wished.person.actor, today=today)


def test_a_host_reads_that_the_person_is_not_free_and_no_more(
    session: scoped_session, today: date, wished: Placed
) -> None:
    a_placement(_S.ACCEPTED, person=wished.person, host=somebody(Role.EMPLOYER), host_siret=None)
    session.commit()
    with pytest.raises(Refused) as refusal:
        service.accept(wished.placement.id, NOTHING, by=wished.host.actor, today=today)
    assert refusal.value.reasons == (AskRefusal.NOT_FREE,)
    assert refusal.value.others == []  # type: ignore[attr-defined]


def test_a_first_day_that_is_past_is_no_longer_accepted(session: scoped_session, today: date, wished: Placed) -> None:
    wished.placement.starts_on, wished.placement.ends_on = today - timedelta(days=1), today
    session.commit()
    with pytest.raises(Refused) as refusal:
        service.accept(wished.placement.id, NOTHING, by=wished.host.actor, today=today)
    assert PlacementRefusal.BACKDATED in refusal.value.reasons


# --- at the same instant ----------------------------------------------------------------------------------


def _together(app: Flask, acts: list[Callable[[], Any]]) -> list[str]:
    """Each act on its own connection, all at once: « done », or the reasons."""
    start, outcomes = threading.Barrier(len(acts)), [""] * len(acts)

    def run(rank: int) -> None:
        with app.app_context():
            start.wait(60)
            try:
                acts[rank]()
                outcomes[rank] = "done"
            except Refused as no:
                outcomes[rank] = str(no)

    threads = [threading.Thread(target=run, args=(rank,)) for rank in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def _accepting(placed: Placed, today: date) -> Callable[[], Any]:
    placement_id, by = placed.placement.id, placed.host.actor
    return lambda: service.accept(placement_id, NOTHING, by=by, today=today)


def test_of_four_hosts_that_accept_the_same_days_at_once_exactly_one_does(own_app: Flask) -> None:
    today = clock.today()
    with own_app.app_context():
        first = a_placement(_S.WISHED, host=_a_host(), host_siret=None)
        others = [a_placement(_S.WISHED, person=first.person, host=_a_host(), host_siret=None) for _ in range(3)]
        acts = [_accepting(one, today) for one in (first, *others)]
        db.session.commit()
    assert sorted(_together(own_app, acts)) == ["done", *[AskRefusal.NOT_FREE.value] * 3]
    with own_app.app_context():
        assert _accepted(first.placement.candidate_id) == 1


def test_of_three_stages_of_a_month_accepted_at_once_by_one_host_the_sixty_days_hold(own_app: Flask) -> None:
    today = clock.today()
    first_day = today + timedelta(days=10)
    with own_app.app_context():
        host = _a_host()
        first = a_placement(_S.WISHED, host=host, starts_on=first_day, days=28)
        rest = [
            a_placement(
                _S.WISHED, person=first.person, host=host, starts_on=first_day + timedelta(days=40 * rank), days=28,
                purpose=purpose,
            )
            for rank, purpose in ((1, PlacementPurpose.CONFIRM), (2, PlacementPurpose.RECRUIT))
        ]  # fmt: skip
        acts = [_accepting(one, today) for one in (first, *rest)]
        db.session.commit()
    outcomes = _together(own_app, acts)
    assert outcomes.count("done") == 2
    with own_app.app_context():
        assert _accepted(first.placement.candidate_id) == 2
        days = db.session.scalar(select(func.sum(Placement.ends_on - Placement.starts_on + 1)).where(_counted()))
        assert days <= 60


def test_of_five_windows_in_which_a_person_asks_the_same_stage_one_is_asked(own_app: Flask) -> None:
    today = clock.today()
    terms = Terms(today + timedelta(days=10), today + timedelta(days=15), None, PlacementPurpose.DISCOVER, "Menuisier")
    with own_app.app_context():
        person, host = somebody(Role.CANDIDATE), _a_host()
        assert host.organisation is not None
        by, host_id = person.actor, host.organisation.id
        db.session.commit()
    acts = [lambda: asking.ask(terms, host_id, by=by, row_id=uuid4(), today=today) for _ in range(5)]
    assert sorted(_together(own_app, acts)) == ["done", *[AskRefusal.ALREADY_ASKED.value] * 4]


def _a_host() -> Somebody:
    return somebody(Role.EMPLOYER, an_organisation())


def _counted() -> Any:
    return Placement.state == _S.ACCEPTED


def _accepted(candidate_id: UUID) -> int:
    query = select(func.count()).select_from(Placement).where(Placement.candidate_id == candidate_id, _counted())
    return db.session.scalar(query) or 0
