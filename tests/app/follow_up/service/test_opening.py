"""A hire or a job found elsewhere opens six months; an earlier search ends; nothing is opened twice."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.applications.models import Hire
from app.candidates.models import Candidate
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.follow_up.models import FollowUp, FollowUpAssignment, FollowUpTransition, HeldJob, Visit
from app.follow_up.rules.kinds import CloseOutcome, FollowUpOrigin, VisitKind
from app.follow_up.rules.opening import JobTerms, OpeningRefusal
from app.follow_up.rules.states import FollowUpState, VisitState
from app.follow_up.service import opening
from app.offers.rules import EmploymentKind
from tests.factories.applications import a_market, delivered, hired
from tests.factories.follow_up import Followed, a_follow_up
from tests.factories.people import Somebody, somebody

TODAY = date(2026, 11, 5)
TERMS = JobTerms(
    title="Maçon",
    employment_kind=EmploymentKind.CDI,
    start_on=date(2026, 11, 9),
    hours_week=Decimal(35),
    employer_name="Sud-Essonne TP",
)


@pytest.fixture
def referent(session: scoped_session, today: date) -> Somebody:
    return somebody(Role.REFERENT, manager=False)


@pytest.fixture
def person(session: scoped_session, referent: Somebody) -> Candidate:
    candidate = somebody(Role.CANDIDATE).candidate
    assert candidate is not None
    assert referent.organisation is not None
    candidate.referent_id, candidate.referent_organisation_id = referent.user.id, referent.organisation.id
    session.commit()
    return candidate


def opened(person: Candidate, by: Somebody, terms: JobTerms = TERMS, row_id: UUID | None = None) -> FollowUp:
    return opening.open_follow_up(
        person.id, terms, origin=FollowUpOrigin.ELSEWHERE, by=by.actor, row_id=row_id or uuid4(), today=TODAY
    )


def follow_ups(session: scoped_session, candidate_id: UUID) -> list[FollowUp]:
    query = select(FollowUp).where(FollowUp.candidate_id == candidate_id).order_by(FollowUp.starts_on)
    return list(session.scalars(query))


def jobs(session: scoped_session, follow_up: FollowUp) -> list[HeldJob]:
    query = select(HeldJob).where(HeldJob.follow_up_id == follow_up.id).order_by(HeldJob.rank)
    return list(session.scalars(query))


def test_a_job_found_elsewhere_opens_six_months_with_the_referent_and_five_dates(
    session: scoped_session, person: Candidate, referent: Somebody
) -> None:
    made = opened(person, referent)
    assert (made.starts_on, made.ends_on) == (date(2026, 11, 9), date(2027, 5, 8))
    assert (made.referent_id, made.state) == (referent.user.id, FollowUpState.ACTIVE)
    assert made.opened_by == referent.user.id
    visits = session.scalars(select(Visit).where(Visit.follow_up_id == made.id)).all()
    assert {one.kind for one in visits} == set(VisitKind) - {VisitKind.EXTRA}
    assert {one.state for one in visits} == {VisitState.PLANNED}
    hands = session.scalars(select(FollowUpAssignment).where(FollowUpAssignment.follow_up_id == made.id)).one()
    assert (hands.user_id, hands.since, hands.until) == (referent.user.id, TODAY, None)
    lines = session.scalars(select(FollowUpTransition.action).where(FollowUpTransition.follow_up_id == made.id)).all()
    assert "open" in lines


def test_who_found_a_job_is_no_longer_proposed(session: scoped_session, person: Candidate, referent: Somebody) -> None:
    person.ready_on, person.ready_by = TODAY, referent.user.id
    session.commit()
    opened(person, referent)
    assert person.ready_on is None


def test_steps_due_before_the_opening_are_skipped(
    session: scoped_session, person: Candidate, referent: Somebody
) -> None:
    made = opened(person, referent, replace(TERMS, start_on=date(2026, 9, 1)))
    visits = session.scalars(select(Visit).where(Visit.follow_up_id == made.id).order_by(Visit.due_on)).all()
    assert [one.state for one in visits][:3] == [VisitState.SKIPPED, VisitState.SKIPPED, VisitState.PLANNED]


def test_a_form_sent_twice_opens_once(session: scoped_session, person: Candidate, referent: Somebody) -> None:
    row_id = uuid4()
    assert opened(person, referent, row_id=row_id).id == opened(person, referent, row_id=row_id).id
    assert len(follow_ups(session, person.id)) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"start_on": date(2024, 11, 5)}, OpeningRefusal.SIX_MONTHS_OVER),
        ({"start_on": date(2027, 3, 1)}, OpeningRefusal.TOO_FAR),
        ({"end_on": date(2026, 11, 1), "employment_kind": EmploymentKind.CDD}, OpeningRefusal.END_BEFORE_START),
        ({"hours_week": Decimal(49)}, OpeningRefusal.HOURS),
        ({"employer_name": " "}, OpeningRefusal.NO_EMPLOYER),
    ],
)
def test_a_job_that_makes_no_sense_opens_nothing(
    session: scoped_session, person: Candidate, referent: Somebody, changes: dict[str, Any], reason: OpeningRefusal
) -> None:
    with pytest.raises(Refused) as refused:
        opened(person, referent, replace(TERMS, **changes))
    assert reason in refused.value.reasons
    assert follow_ups(session, person.id) == []


def test_the_same_job_is_not_followed_twice(session: scoped_session, person: Candidate, referent: Somebody) -> None:
    opened(person, referent)
    with pytest.raises(Refused) as refused:
        opened(person, referent, replace(TERMS, employer_name="sud-essonne tp", title="Aide maçon"))
    assert refused.value.reasons == (OpeningRefusal.SAME_JOB,)


def test_a_stranger_opens_nothing(session: scoped_session, person: Candidate) -> None:
    stranger = somebody(Role.REFERENT)
    session.commit()
    with pytest.raises(NotFound):
        opened(person, stranger)


def test_two_jobs_at_once_are_two_follow_ups(session: scoped_session, person: Candidate, referent: Somebody) -> None:
    opened(person, referent)
    opened(person, referent, replace(TERMS, employer_name="Val d’Orge Propreté", hours_week=Decimal(10)))
    assert [one.state for one in follow_ups(session, person.id)] == [FollowUpState.ACTIVE, FollowUpState.ACTIVE]


def lose(followed: Followed, last_day: date) -> None:
    followed.job.ended_on = last_day
    followed.follow_up.state, followed.follow_up.settled_on = FollowUpState.BROKEN, last_day


def test_a_new_job_ends_the_search_of_a_broken_follow_up_and_opens_its_own(
    session: scoped_session, today: date
) -> None:
    followed = a_follow_up()
    lose(followed, date(2026, 10, 20))
    session.commit()
    assert followed.person.candidate is not None
    new = opened(followed.person.candidate, followed.referent)
    session.expire_all()
    earlier = session.get_one(FollowUp, followed.follow_up.id)
    assert (earlier.state, earlier.close_outcome) == (FollowUpState.CLOSED, CloseOutcome.OTHER_JOB)
    assert earlier.settled_on == TODAY
    assert [one.employer_name for one in jobs(session, earlier)] == ["", "Sud-Essonne TP"]
    assert session.get_one(FollowUp, new.id).state is FollowUpState.ACTIVE
    left = select(func.count()).where(Visit.follow_up_id == earlier.id, Visit.state == VisitState.PLANNED)
    assert session.scalar(left) == 0


@pytest.mark.parametrize(("gap", "state"), [(30, FollowUpState.CLOSED), (31, FollowUpState.ACTIVE)])
def test_a_job_that_ended_within_30_days_is_followed_by_the_new_one(
    session: scoped_session, today: date, gap: int, state: FollowUpState
) -> None:
    followed = a_follow_up()
    followed.job.ended_on = TERMS.start_on - timedelta(days=gap)
    session.commit()
    assert followed.person.candidate is not None
    opened(followed.person.candidate, followed.referent)
    session.expire_all()
    assert session.get_one(FollowUp, followed.follow_up.id).state is state


def test_a_hire_opens_a_follow_up_from_its_offer(session: scoped_session, today: date) -> None:
    market = a_market()
    candidate, facilitator = market.person.candidate, market.facilitator
    assert candidate is not None
    assert facilitator.organisation is not None
    candidate.facilitator_organisation_id = facilitator.organisation.id
    session.commit()
    hire = hired(market, today, delivered(market, today))
    (made,) = follow_ups(session, candidate.id)
    (job,) = jobs(session, made)
    assert (made.hire_id, made.origin) == (hire.id, FollowUpOrigin.APPLICATION)
    assert (made.referent_id, made.referent_organisation_id) == (None, facilitator.organisation.id)
    assert (job.title, job.commune_insee) == (market.offer.title, market.offer.commune_insee)
    assert job.organisation_id == market.offer.organisation_id
    assert job.trial_ends_on == date(2027, 1, 14)  # a CDI from 15 November: two months
    assert job.trade_slug == market.offer.trade_slug


def test_the_referent_of_the_person_follows_after_a_hire_unless_their_account_is_closed(
    session: scoped_session, today: date
) -> None:
    market, referent = a_market(), somebody(Role.REFERENT)
    candidate = market.person.candidate
    assert candidate is not None
    assert referent.organisation is not None
    candidate.referent_id, candidate.referent_organisation_id = referent.user.id, referent.organisation.id
    session.commit()
    hired(market, today, delivered(market, today))
    (made,) = follow_ups(session, candidate.id)
    assert (made.referent_id, made.referent_organisation_id) == (referent.user.id, referent.organisation.id)


def test_a_hire_of_a_job_opened_by_hand_before_opens_nothing_more(session: scoped_session, today: date) -> None:
    market = a_market()
    candidate, start = market.person.candidate, today + timedelta(days=10)
    assert candidate is not None
    referent = somebody(Role.REFERENT)
    candidate.referent_id = referent.user.id
    session.commit()
    by_hand = replace(TERMS, start_on=start, organisation_id=market.offer.organisation_id)
    application = delivered(market, today)
    opened(candidate, referent, by_hand)
    hired(market, today, application)
    assert len(follow_ups(session, candidate.id)) == 1
    assert session.scalar(select(func.count()).select_from(Hire).where(Hire.candidate_id == candidate.id)) == 1
