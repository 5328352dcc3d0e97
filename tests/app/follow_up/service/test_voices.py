"""Tutor, firm and person say things; a day of absence is said once, never why."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.follow_up.models import Absence, FollowUpTransition, Voice
from app.follow_up.rules.absences import AbsenceRefusal
from app.follow_up.rules.kinds import CloseOutcome, StopReason, VoiceSide
from app.follow_up.rules.moods import Mood
from app.follow_up.rules.reports import Answers
from app.follow_up.rules.states import FollowUpState
from app.follow_up.service import voices as service
from tests.factories.follow_up import Followed, a_follow_up
from tests.factories.people import somebody

TODAY = date(2026, 11, 5)
SATURDAY = date(2026, 10, 31)
YES = Answers(absences=True, work_well_done=True, see_again=False, words="Bien")


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    session.commit()
    return made


def _by_employer(followed: Followed, *days: date, by: Any = None) -> None:
    service.absent_by_employer(followed.job.id, days, by=(by or followed.employer).actor, today=TODAY)


def _by_person(followed: Followed, day: date) -> None:
    service.absent_by_person(day, None, by=followed.person.actor, today=TODAY)


def _by_referent(followed: Followed, *days: date) -> None:
    service.absent_by_referent(followed.follow_up.id, days, VoiceSide.TUTOR, by=followed.referent.actor, today=TODAY)


def test_a_day_said_by_person_tutor_and_referent_is_one_absence(session: scoped_session, followed: Followed) -> None:
    _by_person(followed, SATURDAY)
    _by_employer(followed, SATURDAY, SATURDAY)
    _by_referent(followed, SATURDAY)

    absence = session.scalars(select(Absence)).one()
    assert (absence.on, absence.side, absence.held_job_id) == (SATURDAY, VoiceSide.PERSON, followed.job.id)
    lines = session.scalars(select(FollowUpTransition.words).where(FollowUpTransition.subject == "absence")).all()
    assert lines == ["Absence le samedi 31 octobre 2026 (dit par\u00a0: la personne)"]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 8, 31), AbsenceRefusal.BEFORE_JOB),
        (date(2026, 12, 6), AbsenceRefusal.TOO_FAR),
    ],
)
def test_a_day_outside_the_job_or_far_ahead_is_refused_whoever_says_it(
    followed: Followed, session: scoped_session, day: date, reason: AbsenceRefusal
) -> None:
    for say in (_by_person, _by_employer, _by_referent):
        with pytest.raises(Refused) as refused:
            say(followed, day)
        assert refused.value.reasons == (reason,)
    assert session.scalars(select(Absence)).all() == []


def test_a_day_after_the_end_of_the_job_is_refused(session: scoped_session, today: date) -> None:
    made = a_follow_up(end_on=date(2026, 11, 20))
    session.commit()
    with pytest.raises(Refused) as refused:
        _by_person(made, date(2026, 11, 21))
    assert refused.value.reasons == (AbsenceRefusal.AFTER_JOB,)
    assert refused.value.fields == {AbsenceRefusal.AFTER_JOB: "day"}


def test_a_day_noted_by_mistake_is_taken_back_by_who_may_act(session: scoped_session, followed: Followed) -> None:
    _by_employer(followed, SATURDAY)
    absence_id = session.scalars(select(Absence.id)).one()
    for stranger in (followed.employer, somebody(Role.REFERENT)):
        with pytest.raises(NotFound):
            service.take_absence_back(absence_id, by=stranger.actor, today=TODAY)

    service.take_absence_back(absence_id, by=followed.referent.actor, today=TODAY)

    assert session.scalars(select(Absence)).all() == []


def test_a_firm_speaks_of_its_own_people_only(session: scoped_session, followed: Followed) -> None:
    other = somebody(Role.EMPLOYER)
    session.commit()
    with pytest.raises(NotFound):
        _by_employer(followed, SATURDAY, by=other)
    with pytest.raises(NotFound):
        service.answer_as_employer(followed.job.id, YES, (), by=other.actor, row_id=uuid4(), today=TODAY)


def test_a_firm_answers_the_three_questions_once_for_a_form(session: scoped_session, followed: Followed) -> None:
    row_id = uuid4()
    for _ in range(2):
        service.answer_as_employer(
            followed.job.id, YES, (SATURDAY,), by=followed.employer.actor, row_id=row_id, today=TODAY
        )
    voice = session.scalars(select(Voice)).one()
    assert (voice.side, voice.words, voice.heard, voice.held_job_id) == (
        VoiceSide.TUTOR,
        "Bien",
        "portal",
        followed.job.id,
    )
    assert session.scalars(select(Absence.on)).all() == [SATURDAY]


@pytest.mark.parametrize("state", sorted(set(FollowUpState) - {FollowUpState.ACTIVE}))
def test_nothing_is_said_of_a_follow_up_that_is_over(
    session: scoped_session, followed: Followed, state: FollowUpState
) -> None:
    followed.follow_up.state, followed.follow_up.settled_on = state, TODAY
    if state is FollowUpState.STOPPED:
        followed.follow_up.stop_reason = StopReason.DEATH
    if state is FollowUpState.CLOSED:
        followed.follow_up.close_outcome = CloseOutcome.KEPT
    session.commit()
    with pytest.raises((Refused, NotFound)):
        _by_employer(followed, SATURDAY)
    with pytest.raises(NotFound):
        _by_person(followed, SATURDAY)
    with pytest.raises(NotFound):
        service.say(Mood.WELL, "", None, by=followed.person.actor, row_id=uuid4(), today=TODAY)


def test_the_person_says_how_things_go_once_for_a_form(session: scoped_session, followed: Followed) -> None:
    row_id = uuid4()
    for words in ("Le bus du samedi", "autre"):
        service.say(Mood.HARD, words, None, by=followed.person.actor, row_id=row_id, today=TODAY)
    voice = session.scalars(select(Voice)).one()
    assert (voice.side, voice.speaker) == (VoiceSide.PERSON, "Camille")
    assert voice.words == "C’est difficile.\nLe bus du samedi"


def test_somebody_with_two_jobs_says_which_one(session: scoped_session, followed: Followed) -> None:
    second = a_follow_up(date(2026, 10, 1), person=followed.person)
    session.commit()

    service.absent_by_person(SATURDAY, followed.job.id, by=followed.person.actor, today=TODAY)
    service.absent_by_person(SATURDAY, second.job.id, by=followed.person.actor, today=TODAY)

    assert {(one.follow_up_id, one.held_job_id) for one in session.scalars(select(Absence))} == {
        (followed.follow_up.id, followed.job.id),
        (second.follow_up.id, second.job.id),
    }


def test_nobody_says_anything_of_the_job_of_another(session: scoped_session, followed: Followed) -> None:
    other = a_follow_up()
    session.commit()
    with pytest.raises(NotFound):
        service.absent_by_person(SATURDAY, other.job.id, by=followed.person.actor, today=TODAY)
