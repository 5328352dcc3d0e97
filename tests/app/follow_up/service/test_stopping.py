"""Death, removal and refusal stop everything without a message; files merge; firms close."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.accounts.models import User
from app.candidates.models import Candidate
from app.candidates.rules import CandidateState
from app.core import clock, postgres
from app.core.db import db
from app.core.errors import NotFound, StaleVersion
from app.core.roles import SYSTEM, Role
from app.follow_up.models import Alert, FollowUp, FollowUpTransition, TutorLink, Visit
from app.follow_up.rules.kinds import AlertKind, StopReason
from app.follow_up.rules.states import AlertState, FollowUpState, VisitState
from app.follow_up.service import stopping
from app.messages.models import Message
from app.messages.rules import Channel, MessageState
from app.messages.service import deciding, sending
from app.messages.service.transport import Temporary
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import an_organisation, somebody

TODAY = date(2026, 11, 5)


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """Somebody ready and consenting, with an alert, a tutor link and a message that waits."""
    made = a_follow_up()
    candidate = made.person.candidate
    assert candidate is not None
    candidate.ready_on, candidate.ready_by, candidate.consent_at = TODAY, made.referent.user.id, clock.now()
    made.referent.membership.is_manager = True  # type: ignore[union-attr]
    link = TutorLink(
        follow_up_id=made.follow_up.id,
        held_job_id=made.job.id,
        token_hash=uuid4().bytes * 2,
        sent_to="tutrice@exemple.fr",
        expires_at=clock.now() + timedelta(days=14),
    )
    alert = Alert(follow_up_id=made.follow_up.id, kind=AlertKind.NO_ANSWER, key="no_answer:1", opened_on=TODAY)
    session.add_all([link, alert, *(waiting(made, state) for state in (MessageState.QUEUED, MessageState.WAITING))])
    session.commit()
    return made


def waiting(made: Followed, state: MessageState) -> Message:
    return Message(
        kind="visit_reminder",
        channel=Channel.SMS,
        to_name="Camille",
        to_address="+33639980142",
        subject="Demain",
        body="On vous appelle demain.",
        state=state,
        about_type="follow_up",
        about_id=made.follow_up.id,
    )


def stop(made: Followed, reason: StopReason, **values: Any) -> FollowUp:
    said = {"by": made.referent.actor, "today": TODAY, **values}
    return stopping.stop(made.follow_up.id, reason, **said)


@pytest.mark.parametrize("reason", sorted(StopReason))
def test_everything_stops_without_a_word_to_anybody(
    session: scoped_session, followed: Followed, reason: StopReason
) -> None:
    stopped = stop(followed, reason)
    session.expire_all()
    assert (stopped.state, stopped.stop_reason, stopped.settled_on) == (FollowUpState.STOPPED, reason, TODAY)
    assert set(session.scalars(select(Visit.state))) == {VisitState.CANCELLED}
    assert set(session.scalars(select(Visit.sequence))) == {1}
    assert set(session.scalars(select(Alert.state))) == {AlertState.CLOSED}
    assert all(session.scalars(select(TutorLink.revoked_at)))
    assert session.scalars(select(Message.state)).all() == [MessageState.UNWANTED, MessageState.UNWANTED]


@pytest.mark.parametrize("reason", [StopReason.DEATH, StopReason.REMOVED])
def test_who_died_or_left_is_proposed_to_nobody_and_all_their_follow_ups_stop(
    session: scoped_session, followed: Followed, reason: StopReason
) -> None:
    other = a_follow_up(date(2026, 10, 1), person=followed.person, referent=followed.referent)
    session.commit()
    stop(followed, reason)
    session.expire_all()
    candidate = session.get_one(Candidate, followed.follow_up.candidate_id)
    assert (candidate.state, candidate.ready_on, candidate.consent_at) == (CandidateState.CLOSED, None, None)
    assert session.get_one(FollowUp, other.follow_up.id).state is FollowUpState.STOPPED
    assert session.get_one(User, followed.person.user.id).disabled_at is not None


def test_nothing_that_waits_for_who_died_leaves_not_even_of_another_domain(
    session: scoped_session, followed: Followed
) -> None:
    other = somebody(Role.CANDIDATE)
    for user in (followed.person.user, other.user):
        letter = waiting(followed, MessageState.QUEUED)
        letter.about_type, letter.about_id, letter.to_user_id = "offer", None, user.id
        session.add(letter)
    session.commit()
    stop(followed, StopReason.DEATH)
    states = dict(session.execute(select(Message.to_user_id, Message.state).where(Message.about_type == "offer")).all())
    assert states == {followed.person.user.id: MessageState.UNWANTED, other.user.id: MessageState.QUEUED}


def test_who_refuses_stays_proposed_and_keeps_the_other_follow_up(session: scoped_session, followed: Followed) -> None:
    other = a_follow_up(date(2026, 10, 1), person=followed.person, referent=followed.referent)
    session.commit()
    stop(followed, StopReason.REFUSED)
    session.expire_all()
    candidate = session.get_one(Candidate, followed.follow_up.candidate_id)
    assert candidate.is_matchable
    assert session.get_one(FollowUp, other.follow_up.id).state is FollowUpState.ACTIVE


def test_neither_the_journal_nor_the_trail_says_why(session: scoped_session, followed: Followed) -> None:
    stop(followed, StopReason.DEATH)
    lines = session.scalars(select(FollowUpTransition).where(FollowUpTransition.action == "stop")).all()
    assert [one.words for one in lines] == [""]


def test_a_second_sending_stops_once(session: scoped_session, followed: Followed) -> None:
    version = followed.follow_up.version
    stop(followed, StopReason.DEATH, version=version)
    stop(followed, StopReason.DEATH, version=version)
    stops = select(func.count()).select_from(FollowUpTransition).where(FollowUpTransition.action == "stop")
    assert session.scalar(stops) == 1


def test_an_old_page_stops_nothing(session: scoped_session, followed: Followed) -> None:
    with pytest.raises(StaleVersion):
        stop(followed, StopReason.REFUSED, version=followed.follow_up.version - 1)


def test_a_colleague_who_may_only_read_stops_nothing(session: scoped_session, followed: Followed) -> None:
    colleague = a_colleague(followed)
    session.commit()
    with pytest.raises(NotFound):
        stop(followed, StopReason.REFUSED, by=colleague.actor)


def test_follow_ups_go_with_the_file_that_is_kept(session: scoped_session, followed: Followed) -> None:
    kept = somebody(Role.CANDIDATE).candidate
    assert kept is not None
    session.commit()
    stopping.candidate_merged(kept.id, followed.follow_up.candidate_id, SYSTEM)
    session.expire_all()
    moved = session.get_one(FollowUp, followed.follow_up.id)
    assert (moved.candidate_id, moved.state) == (kept.id, FollowUpState.ACTIVE)


def test_of_one_job_followed_in_both_files_the_second_stops(session: scoped_session, followed: Followed) -> None:
    twin = a_follow_up(employer=followed.employer)
    session.commit()
    stopping.candidate_merged(twin.follow_up.candidate_id, followed.follow_up.candidate_id, SYSTEM)
    session.expire_all()
    assert session.get_one(FollowUp, twin.follow_up.id).state is FollowUpState.ACTIVE
    assert session.get_one(FollowUp, followed.follow_up.id).state is FollowUpState.STOPPED
    ids = set(session.scalars(select(FollowUp.candidate_id)))
    assert ids == {twin.follow_up.candidate_id}


def test_a_firm_that_closes_leaves_its_people_followed_and_asks_its_tutors_nothing(
    session: scoped_session, followed: Followed
) -> None:
    elsewhere = a_follow_up(employer=somebody(Role.EMPLOYER, an_organisation()))
    session.commit()
    assert followed.employer.organisation is not None
    stopping.organisation_closed(followed.employer.organisation.id, SYSTEM)
    session.expire_all()
    assert session.get_one(FollowUp, followed.follow_up.id).state is FollowUpState.ACTIVE
    assert all(session.scalars(select(TutorLink.revoked_at)))
    said = select(FollowUpTransition.follow_up_id).where(FollowUpTransition.action == "employer_closed")
    assert session.scalars(said).all() == [followed.follow_up.id]
    assert elsewhere.follow_up.id not in session.scalars(said).all()


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.SENDING, MessageState.UNCERTAIN])
def test_what_failed_or_is_leaving_is_neither_tried_again_nor_sent_again_by_hand(
    session: scoped_session, followed: Followed, state: MessageState
) -> None:
    letter = waiting(followed, state)
    letter.kind, letter.claimed_at = "visit_due_person", clock.now()
    session.add(letter)
    session.commit()
    stop(followed, StopReason.DEATH)
    trouble = Temporary("busy", breaks=False)
    assert sending.settle(letter.id, clock.now(), trouble) == ""
    assert deciding.send_again([letter.id], by=somebody(Role.ADMINISTRATOR).actor) == 0
    session.expire_all()
    assert letter.state is MessageState.UNWANTED


def test_what_waits_for_a_professional_about_who_died_does_not_leave(
    session: scoped_session, followed: Followed
) -> None:
    letter = waiting(followed, MessageState.WAITING)
    letter.kind, letter.channel, letter.to_user_id = "approval_ends", Channel.EMAIL, followed.referent.user.id
    letter.about_type, letter.about_id = "candidate", followed.follow_up.candidate_id
    session.add(letter)
    session.commit()
    stop(followed, StopReason.DEATH)
    session.expire_all()
    assert letter.state is MessageState.UNWANTED


def test_a_stop_waits_for_the_person_before_it_holds_a_follow_up(own_app: Flask) -> None:
    with own_app.app_context():
        made = a_follow_up()
        db.session.commit()
        follow_up_id, person_id, by = made.follow_up.id, made.follow_up.candidate_id, made.referent.actor
    address = postgres.libpq_url(own_app.config["SQLALCHEMY_DATABASE_URI"])

    def act() -> None:
        with own_app.app_context():
            stopping.stop(follow_up_id, StopReason.DEATH, by=by, today=TODAY)

    with ThreadPoolExecutor(1) as pool, psycopg.connect(address) as person, psycopg.connect(address) as other:
        person.execute("SELECT 1 FROM candidates WHERE id = %s FOR UPDATE", [person_id])
        done = pool.submit(act)
        waits = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = %s"
        until = time.monotonic() + 60
        with psycopg.connect(address, autocommit=True) as watch:
            while watch.execute(waits, [watch.info.dbname]).fetchone() == (0,) and time.monotonic() < until:
                time.sleep(0.05)
        other.execute("SELECT 1 FROM follow_ups WHERE id = %s FOR UPDATE NOWAIT", [follow_up_id])
        other.rollback()
        person.rollback()
        done.result(timeout=60)
    with own_app.app_context():
        assert db.session.get_one(FollowUp, follow_up_id).state is FollowUpState.STOPPED
