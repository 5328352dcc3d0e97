"""A change of job is one more row, a correction stays in its own; the calendar follows, history stays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.follow_up.models import FollowUp, FollowUpTransition, HeldJob, Visit
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.opening import JobChange, JobTerms, OpeningRefusal
from app.follow_up.rules.states import FollowUpState, VisitState
from app.follow_up.service import jobs as service
from app.offers.rules import EmploymentKind
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import somebody

TODAY = date(2026, 11, 5)
MONDAY = date(2026, 11, 9)


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up(end_on=date(2026, 12, 31))
    session.commit()
    return made


def terms(followed: Followed, **changes: Any) -> JobTerms:
    return replace(service.terms_of(followed.job), **{"start_on": MONDAY, "end_on": None, **changes})


def change(followed: Followed, said: JobTerms, kind: JobChange = JobChange.RENEWAL, **values: Any) -> HeldJob:
    defaults: dict[str, Any] = {"why": "", "by": followed.referent.actor, "row_id": uuid4(), "today": TODAY}
    return service.change_job(followed.follow_up.id, kind, said, **{**defaults, **values})


def jobs(session: scoped_session, followed: Followed) -> list[HeldJob]:
    query = select(HeldJob).where(HeldJob.follow_up_id == followed.follow_up.id).order_by(HeldJob.rank)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def day_of(session: scoped_session, followed: Followed, kind: VisitKind) -> date:
    query = select(Visit.planned_on).where(Visit.follow_up_id == followed.follow_up.id, Visit.kind == kind)
    return session.scalars(query).one()


def test_a_renewal_is_one_more_row_and_the_first_ends_the_day_before(
    session: scoped_session, followed: Followed
) -> None:
    change(followed, terms(followed, employment_kind=EmploymentKind.CDI), JobChange.OPEN_ENDED)
    first, second = jobs(session, followed)
    assert (first.end_on, first.ended_on) == (date(2026, 12, 31), date(2026, 11, 8))
    assert (second.rank, second.employment_kind, second.organisation_id) == (
        2,
        EmploymentKind.CDI,
        first.organisation_id,
    )
    assert session.get_one(FollowUp, followed.follow_up.id).starts_on == date(2026, 9, 1)


def test_another_employer_keeps_the_six_months(session: scoped_session, followed: Followed) -> None:
    said = terms(followed, organisation_id=None, employer_name="Val d’Orge Propreté")
    change(followed, said, JobChange.OTHER_EMPLOYER, why="Plus près de chez elle")
    _, second = jobs(session, followed)
    assert (second.employer_name, second.change_words) == ("Val d’Orge Propreté", "Plus près de chez elle")
    assert session.get_one(FollowUp, followed.follow_up.id).ends_on == date(2027, 2, 28)


def test_the_end_of_a_new_trial_brings_a_visit_forward(session: scoped_session, followed: Followed) -> None:
    assert day_of(session, followed, VisitKind.MONTH_3) == date(2026, 12, 1)
    change(followed, terms(followed, start_on=TODAY, trial_ends_on=date(2026, 11, 30)))
    assert day_of(session, followed, VisitKind.MONTH_3) == date(2026, 11, 23)


def test_a_date_agreed_by_hand_stays(session: scoped_session, followed: Followed) -> None:
    visit = followed.visits[VisitKind.MONTH_3]
    visit.planned_on, visit.by_hand = date(2026, 12, 3), True
    session.commit()
    change(followed, terms(followed, start_on=TODAY, trial_ends_on=date(2026, 11, 30)))
    assert day_of(session, followed, VisitKind.MONTH_3) == date(2026, 12, 3)


def test_a_new_job_after_a_break_resumes_the_follow_up_and_plans_what_is_ahead(
    session: scoped_session, followed: Followed
) -> None:
    followed.job.ended_on = date(2026, 10, 20)
    followed.follow_up.state, followed.follow_up.settled_on = FollowUpState.BROKEN, date(2026, 10, 20)
    for visit in followed.visits.values():
        visit.state = VisitState.CANCELLED
    session.commit()
    change(followed, terms(followed, organisation_id=None, employer_name="Val d’Orge"), JobChange.OTHER_EMPLOYER)
    session.expire_all()
    found = session.get_one(FollowUp, followed.follow_up.id)
    assert (found.state, found.settled_on) == (FollowUpState.ACTIVE, None)
    planned = select(Visit.kind).where(Visit.state == VisitState.PLANNED).order_by(Visit.planned_on)
    assert session.scalars(planned).all() == [VisitKind.MONTH_3, VisitKind.MONTH_5, VisitKind.CLOSING]
    assert jobs(session, followed)[0].ended_on == date(2026, 10, 20)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"start_on": date(2026, 9, 1)}, OpeningRefusal.NOT_AFTER_LAST),
        ({"hours_week": Decimal(60)}, OpeningRefusal.HOURS),
        ({"end_on": date(2026, 11, 8), "employment_kind": EmploymentKind.CDD}, OpeningRefusal.END_BEFORE_START),
        ({"organisation_id": None, "employer_name": ""}, OpeningRefusal.NO_EMPLOYER),
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(
    session: scoped_session, followed: Followed, changes: dict[str, Any], reason: OpeningRefusal
) -> None:
    with pytest.raises(Refused) as refused:
        change(followed, terms(followed, **changes))
    assert reason in refused.value.reasons
    assert len(jobs(session, followed)) == 1


def test_a_change_sent_twice_is_one(session: scoped_session, followed: Followed) -> None:
    row_id = uuid4()
    assert {change(followed, terms(followed), row_id=row_id).id for _ in range(2)} == {row_id}
    assert len(jobs(session, followed)) == 2


def test_the_row_of_another_follow_up_is_not_found(session: scoped_session, followed: Followed) -> None:
    other = a_follow_up(referent=followed.referent)
    session.commit()
    with pytest.raises(NotFound):
        change(followed, terms(followed), row_id=other.job.id)


def correct(followed: Followed, job_id: UUID, said: JobTerms, version: int, **values: Any) -> HeldJob:
    return service.correct_job(
        job_id, said, **{"by": followed.referent.actor, "version": version, "today": TODAY, **values}
    )


def test_a_first_day_typed_wrongly_moves_the_six_months_and_the_dates(
    session: scoped_session, followed: Followed
) -> None:
    job = followed.job
    correct(followed, job.id, terms(followed, start_on=date(2026, 10, 1), end_on=job.end_on), job.version)
    found = session.get_one(FollowUp, followed.follow_up.id)
    assert (found.starts_on, found.ends_on) == (date(2026, 10, 1), date(2027, 3, 31))
    assert len(jobs(session, followed)) == 1
    assert day_of(session, followed, VisitKind.CLOSING) == date(2027, 3, 31)


def test_a_correction_says_what_it_touches_never_the_values(session: scoped_session, followed: Followed) -> None:
    job = followed.job
    said = replace(service.terms_of(job), tutor_phone="+33199009999", hours_week=Decimal(30))
    correct(followed, job.id, said, job.version)
    words = session.scalars(select(FollowUpTransition.words).where(FollowUpTransition.action == "correct")).one()
    assert words == "Corrigé\u00a0: les heures, le tuteur"


def test_two_editors_meet_on_a_page_and_the_same_correction_twice_is_one(
    session: scoped_session, followed: Followed
) -> None:
    job, version = followed.job, followed.job.version
    said = replace(service.terms_of(job), title="Chef d’équipe")
    correct(followed, job.id, said, version)
    correct(followed, job.id, said, version)
    with pytest.raises(StaleVersion):
        correct(followed, job.id, replace(said, title="Cariste"), version)


def test_a_colleague_who_only_reads_corrects_nothing(session: scoped_session, followed: Followed) -> None:
    colleague = a_colleague(followed)
    session.commit()
    with pytest.raises(NotFound):
        correct(followed, followed.job.id, terms(followed), followed.job.version, by=colleague.actor)


def test_a_firm_changes_the_tutor_of_its_own_job_only(session: scoped_session, followed: Followed) -> None:
    stranger = somebody(Role.EMPLOYER)
    session.commit()
    said: dict[str, Any] = {
        "name": "Paul Roy",
        "telephone": "+33199001111",
        "email": None,
        "version": followed.job.version,
    }
    with pytest.raises(NotFound):
        service.set_tutor(followed.job.id, by=stranger.actor, **said)
    service.set_tutor(followed.job.id, by=followed.employer.actor, **said)
    (job,) = jobs(session, followed)
    assert (job.tutor_name, job.tutor_phone, job.tutor_email) == ("Paul Roy", "+33199001111", None)
    assert job.title == "Préparateur de commandes"
