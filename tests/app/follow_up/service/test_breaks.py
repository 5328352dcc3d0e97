"""A job is lost: recorded once, everything planned called off, and the person is offered openings the same day."""

import threading
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.candidates.models import Candidate, ReadinessEntry, WantedTrade
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.follow_up.models import Alert, FollowUpTransition, HeldJob, JobBreak, Visit
from app.follow_up.queries.searching import search_of
from app.follow_up.rules.breaks import BreakRefusal, SearchLack
from app.follow_up.rules.kinds import AlertKind, AlertOutcome, BreakCause, BreakDecider, CloseOutcome
from app.follow_up.rules.opening import JobChange, JobTerms
from app.follow_up.rules.states import AlertState, FollowUpState, VisitState
from app.follow_up.service.breaks import Break, break_job
from app.follow_up.service.jobs import change_job
from app.messages.models import Message
from app.messages.rules import Channel
from app.offers.rules import EmploymentKind
from app.reference.models import Trade
from tests.factories.alerts import a_quiet_one, an_alert
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import somebody

TODAY = date(2026, 11, 5)
SAID = Break(TODAY, BreakCause.TRANSPORT, BreakDecider.PERSON, "Un scooter prêté", "Chercher plus près")


def _was_ready(followed: Followed, **values: Any) -> Candidate:
    """Somebody who was proposed before this job, and agreed to it."""
    person = followed.person.candidate
    assert person is not None
    person.consent_at, person.phone = clock.now(), "+33639980142"
    trade = db.session.scalars(select(Trade.slug).order_by(Trade.slug).limit(1)).one()
    db.session.add(WantedTrade(candidate_id=person.id, trade_slug=trade, rank=1))
    db.session.add(
        ReadinessEntry(candidate_id=person.id, on=date(2026, 8, 1), by=followed.referent.user.id, ready=True, checks=[])
    )
    for name, value in values.items():
        setattr(person, name, value)
    db.session.flush()
    return person


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_quiet_one()
    _was_ready(made)
    session.commit()
    return made


def _break(followed: Followed, said: Break = SAID, by: Any = None, row_id: UUID | None = None) -> JobBreak:
    who = by or followed.referent
    return break_job(followed.follow_up.id, said, by=who.actor, row_id=row_id or uuid4(), today=clock.today())


def _letters() -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.kind == "openings_again")))


def test_a_break_ends_the_job_calls_off_visits_and_closes_alerts(followed: Followed) -> None:
    an_alert(followed)
    db.session.commit()
    made = _break(followed)
    follow_up = followed.follow_up
    assert (made.held_job_id, made.last_day, made.recorded_by) == (followed.job.id, TODAY, followed.referent.user.id)
    assert (follow_up.state, follow_up.settled_on) == (FollowUpState.BROKEN, TODAY)
    assert followed.job.ended_on == TODAY
    assert not db.session.scalars(select(Visit).where(Visit.state == VisitState.PLANNED)).all()
    alert = db.session.scalars(select(Alert)).one()
    assert (alert.state, alert.outcome) == (AlertState.CLOSED, AlertOutcome.BROKEN)


def test_a_break_recorded_twice_is_one(followed: Followed) -> None:
    row_id = uuid4()
    first = _break(followed, row_id=row_id)
    assert _break(followed, row_id=row_id).id == first.id
    assert _break(followed, Break(TODAY, BreakCause.PAY, BreakDecider.PERSON)).id == first.id
    assert db.session.scalar(select(func.count()).select_from(JobBreak)) == 1
    assert len(_letters()) == 1


def test_the_person_searches_again_the_same_day_and_is_told_by_text(followed: Followed) -> None:
    _break(followed)
    person = followed.person.candidate
    assert person is not None
    assert (person.ready_on, person.ready_by, person.waiting_since) == (TODAY, followed.referent.user.id, TODAY)
    assert search_of(person, followed.referent.actor).ready
    letter = _letters()[0]
    assert (letter.channel, letter.to_address) == (Channel.SMS, person.phone)
    assert "/offres-pour-moi" in letter.body
    assert not [word for word in ("RSA", "santé", "rupture", "perdu", "éligib") if word in letter.body]


@pytest.mark.parametrize(
    ("values", "lack"),
    [
        ({"consent_at": None}, SearchLack.NO_CONSENT),
        ({"commune_insee": None}, SearchLack.NO_COMMUNE),
    ],
)
def test_what_lacks_before_the_person_is_proposed_is_said(
    session: scoped_session, today: date, values: dict[str, Any], lack: SearchLack
) -> None:
    followed = a_quiet_one()
    person = _was_ready(followed, **values)
    session.commit()
    _break(followed)
    search = search_of(person, followed.referent.actor)
    assert (search.ready, search.lacks) == (False, (lack,))
    assert person.ready_on is None
    assert len(_letters()) == (0 if lack is SearchLack.NO_CONSENT else 1)


def test_somebody_never_said_ready_is_not_said_ready_by_a_break(session: scoped_session, today: date) -> None:
    followed = a_quiet_one()
    person = followed.person.candidate
    assert person is not None
    person.consent_at = clock.now()
    session.commit()
    _break(followed)
    assert search_of(person, followed.referent.actor).lacks == (SearchLack.NO_TRADE, SearchLack.NEVER_READY)
    assert person.ready_on is None


def test_who_left_for_a_better_job_is_neither_proposed_nor_written_to(followed: Followed) -> None:
    _break(followed, Break(TODAY, BreakCause.BETTER_JOB, BreakDecider.PERSON))
    person = followed.person.candidate
    assert person is not None
    assert (person.ready_on, _letters()) == (None, [])


def _second_job(followed: Followed) -> HeldJob:
    second = HeldJob(
        follow_up_id=followed.follow_up.id, rank=2, employer_name="Cantine de Massy", title="Plonge",
        employment_kind=EmploymentKind.CDI, start_on=date(2026, 10, 1), hours_week=10,
    )  # fmt: skip
    db.session.add(second)
    db.session.flush()
    db.session.expire(followed.follow_up)
    return second


def test_with_another_job_the_follow_up_goes_on(followed: Followed) -> None:
    second = _second_job(followed)
    of_the_job = an_alert(
        followed, AlertKind.END_WITHOUT_PLAN, facts={"job": str(followed.job.id), "end_on": "2026-11-20"}
    )
    other = an_alert(followed)
    db.session.commit()
    made = _break(followed, Break(TODAY, BreakCause.CONFLICT, BreakDecider.BOTH, job_id=followed.job.id))
    assert (made.held_job_id, followed.follow_up.state) == (followed.job.id, FollowUpState.ACTIVE)
    assert second.ended_on is None
    assert (of_the_job.state, other.state) == (AlertState.CLOSED, AlertState.OPEN)
    assert db.session.scalars(select(Visit).where(Visit.state == VisitState.PLANNED)).all()
    assert _letters() == []


def test_with_two_jobs_it_must_be_said_which(followed: Followed) -> None:
    _second_job(followed)
    db.session.commit()
    with pytest.raises(Refused) as refused:
        _break(followed)
    assert refused.value.reasons == (BreakRefusal.NO_JOB,)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "reasons", "fields"),
    [
        (Break(date(2026, 8, 31), BreakCause.PAY, BreakDecider.PERSON), {BreakRefusal.BEFORE_START}, {"last_day"}),
        (Break(TODAY + 32 * DAY, BreakCause.PAY, BreakDecider.PERSON), {BreakRefusal.TOO_FAR}, {"last_day"}),
        (Break(TODAY, BreakCause.END_OF_TERM, BreakDecider.NOBODY), {BreakRefusal.NO_TERM}, {"cause"}),
        (Break(TODAY, BreakCause.TRIAL_EMPLOYER, BreakDecider.PERSON), {BreakRefusal.OTHER_DECIDER}, {"decided_by"}),
        (Break(TODAY, BreakCause.BUSINESS_CLOSED, BreakDecider.PERSON), {BreakRefusal.OTHER_DECIDER}, {"decided_by"}),
        (Break(TODAY, BreakCause.HEALTH, BreakDecider.NOBODY), {BreakRefusal.TERM_ONLY}, {"decided_by"}),
        (
            Break(date(2026, 8, 1), BreakCause.END_OF_TERM, BreakDecider.BOTH),
            {BreakRefusal.BEFORE_START, BreakRefusal.NO_TERM},
            {"last_day", "cause"},
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    followed: Followed, said: Break, reasons: set[BreakRefusal], fields: set[str]
) -> None:
    with pytest.raises(Refused) as refused:
        _break(followed, said)
    assert set(refused.value.reasons) == reasons
    assert {refused.value.fields[reason] for reason in reasons} == fields
    assert db.session.scalar(select(func.count()).select_from(JobBreak)) == 0


@pytest.mark.parametrize(("ahead", "refused"), [(31, False), (32, True)])
def test_a_last_day_may_be_a_month_ahead(followed: Followed, ahead: int, refused: bool) -> None:
    said = Break(TODAY + ahead * DAY, BreakCause.PAY, BreakDecider.PERSON)
    if refused:
        with pytest.raises(Refused):
            _break(followed, said)
    else:
        assert _break(followed, said).last_day == TODAY + ahead * DAY


@pytest.mark.parametrize(
    ("last_day", "reason"),
    [
        (date(2026, 11, 2), BreakRefusal.BEFORE_TERM),
        (date(2026, 11, 3), None),
        (date(2026, 11, 4), BreakRefusal.AFTER_TERM),
    ],
)
def test_the_end_of_a_term_is_its_day(
    session: scoped_session, today: date, last_day: date, reason: BreakRefusal | None
) -> None:
    followed = a_follow_up(end_on=date(2026, 11, 3))
    session.commit()
    said = Break(last_day, BreakCause.END_OF_TERM, BreakDecider.NOBODY)
    if reason is None:
        assert _break(followed, said).cause is BreakCause.END_OF_TERM
        return
    with pytest.raises(Refused) as refused:
        _break(followed, said)
    assert refused.value.reasons == (reason,)


def test_the_journal_and_the_trail_do_not_say_the_cause(followed: Followed) -> None:
    _break(followed, Break(TODAY, BreakCause.HEALTH, BreakDecider.PERSON, tried="Un mot secret"))
    said = " ".join(db.session.scalars(select(FollowUpTransition.words)))
    assert "Santé" not in said
    assert "secret" not in said


@pytest.mark.parametrize("role", [Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT, Role.EMPLOYER, Role.CANDIDATE])
def test_nobody_else_records_a_break(followed: Followed, role: Role) -> None:
    other = somebody(role)
    db.session.commit()
    with pytest.raises(NotFound):
        _break(followed, by=other)


def test_a_colleague_of_the_team_does_not_but_the_manager_does(followed: Followed) -> None:
    colleague, manager = a_colleague(followed), a_colleague(followed, manager=True)
    db.session.commit()
    with pytest.raises(NotFound):
        _break(followed, by=colleague)
    assert _break(followed, by=manager).recorded_by == manager.user.id


def test_a_follow_up_that_is_over_cannot_break(followed: Followed) -> None:
    followed.follow_up.state, followed.follow_up.settled_on = FollowUpState.CLOSED, TODAY
    followed.follow_up.close_outcome = CloseOutcome.KEPT
    db.session.commit()
    with pytest.raises(Refused) as refused:
        _break(followed)
    assert refused.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_a_new_job_after_the_break_ends_the_search_again(followed: Followed) -> None:
    _break(followed)
    terms = JobTerms(
        title="Plonge", employment_kind=EmploymentKind.CDI, start_on=date(2026, 11, 9), hours_week=Decimal(35),
        employer_name="Cantine de Massy",
    )  # fmt: skip
    change_job(
        followed.follow_up.id, JobChange.OTHER_EMPLOYER, terms, why="", by=followed.referent.actor, row_id=uuid4(),
        today=TODAY,
    )  # fmt: skip
    person = followed.person.candidate
    assert person is not None
    assert (followed.follow_up.state, person.ready_on) == (FollowUpState.ACTIVE, None)
    assert db.session.scalars(select(Visit).where(Visit.state == VisitState.PLANNED)).all()


def test_two_breaks_at_once_are_one(own_app: Flask) -> None:
    with own_app.app_context():
        followed = a_quiet_one()
        _was_ready(followed)
        db.session.commit()
        follow_up_id, actor = followed.follow_up.id, followed.referent.actor
    start, made = threading.Barrier(3), []

    def run() -> None:
        with own_app.app_context():
            start.wait()
            made.append(break_job(follow_up_id, SAID, by=actor, row_id=uuid4(), today=TODAY).id)
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 3
    assert len(set(made)) == 1
    with own_app.app_context():
        assert len(_letters()) == 1
