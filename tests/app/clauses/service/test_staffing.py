"""Needs for people on real rows: asked, updated, covered, ended; answered and closed by people."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.clauses import jobs
from app.clauses.models import ClauseTransition, StaffingAnswer, StaffingRequest
from app.clauses.queries import staffing as queries
from app.clauses.rules.kinds import HolderRole
from app.clauses.rules.staffing_requests import StaffingRefusal
from app.clauses.rules.states import ContractState, ReportState, StaffingAction, StaffingState
from app.clauses.service import staffing as service
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from app.organisations.rules import OrganisationKind
from tests.factories.clauses import Site, a_holder, a_line, a_lot, a_report, a_site, an_employment, an_objective
from tests.factories.people import Somebody, an_organisation, somebody

pytestmark = pytest.mark.usefixtures("today")
SOON_OVER = date(2027, 1, 15)


@pytest.fixture
def site(session: scoped_session) -> Site:
    return a_site(150, commune_insee="91377")


@pytest.fixture
def aci(session: scoped_session) -> Somebody:
    return somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI, phone="+33160000001"))


def _of(site: Site) -> StaffingRequest:
    queries.db.session.expire_all()
    query = select(StaffingRequest).where(StaffingRequest.lot_id == site.lot.id)
    return queries.db.session.scalars(query.order_by(StaffingRequest.opened_on.desc())).first()  # type: ignore[return-value]


def test_150_hours_and_ten_weeks_ask_for_one_person_before_15_december(site: Site, today: date) -> None:
    assert jobs.staff(today) == 1
    one = _of(site)
    assert (one.state, one.posts, one.start_before) == (StaffingState.OPEN, 1, date(2026, 12, 15))
    assert (one.hours_left, one.weekly_hours, one.opened_on) == (Decimal(150), Decimal("14.58"), today)


def test_worked_out_twice_a_day_it_changes_nothing(site: Site, session: scoped_session, today: date) -> None:
    jobs.staff(today)
    version = _of(site).version
    assert jobs.staff(today) == 0
    assert session.scalar(select(func.count()).select_from(StaffingRequest)) == 1
    assert _of(site).version == version


def test_the_days_after_it_follows_the_lot_and_forms_stay_good(site: Site, today: date) -> None:
    jobs.staff(today)
    version = _of(site).version
    an_objective(site.lot, 700, since=today)
    assert jobs.staff(today + timedelta(days=1)) == 0
    one = _of(site)
    assert (one.hours_left, one.worked_out_on) == (Decimal(700), today + timedelta(days=1))
    assert one.posts > 1
    assert one.version == version


def test_people_in_post_cover_it_and_their_leaving_asks_again(site: Site, session: scoped_session, today: date) -> None:
    jobs.staff(today)
    work = an_employment(site.holder)
    assert jobs.staff(today) == 1
    first = _of(site)
    assert (first.state, first.closed_on) == (StaffingState.COVERED, today)
    work.ended_on = today
    session.flush()
    later = today + timedelta(days=1)
    assert jobs.staff(later) == 1
    assert (_of(site).state, _of(site).opened_on) == (StaffingState.OPEN, later)


def test_hours_validated_cover_it(site: Site, today: date) -> None:
    jobs.staff(today)
    employment = an_employment(site.holder, ended_on=date(2026, 4, 30))
    a_line(a_report(site.holder, date(2026, 4, 1), ReportState.VALIDATED), employment, 150)
    jobs.staff(today)
    assert _of(site).state is StaffingState.COVERED


def test_it_ends_with_the_works_or_with_the_contract(site: Site, session: scoped_session, today: date) -> None:
    other = a_site(150)
    jobs.staff(today)
    other.contract.state = ContractState.CANCELLED
    session.flush()
    jobs.staff(today)
    assert (_of(other).state, _of(site).state) == (StaffingState.OVER, StaffingState.OPEN)
    jobs.staff(SOON_OVER + timedelta(days=1))
    assert _of(site).state is StaffingState.OVER


def test_a_lot_with_time_before_it_asks_nothing_and_neither_does_one_without_an_end(
    session: scoped_session, today: date
) -> None:
    a_site(150, delivered_on=date(2028, 1, 14))
    a_site(150, delivered_on=None)
    a_site(150, state=ContractState.PREPARED)
    assert jobs.staff(today) == 0


def test_all_lots_are_worked_out_in_few_statements(
    site: Site, session: scoped_session, today: date, statements: list[str]
) -> None:
    for _ in range(8):
        a_holder(a_lot(site.contract, 150))
    session.flush()
    statements.clear()
    assert jobs.staff(today) == 9
    first = len(statements)
    statements.clear()
    jobs.staff(today + timedelta(days=1))
    assert max(first, len(statements)) <= 10


def test_an_answer_is_kept_once_a_structure_and_the_facilitator_is_told(
    site: Site, aci: Somebody, session: scoped_session, today: date
) -> None:
    jobs.staff(today)
    one = _of(site)
    for posts in (2, 2, 3):
        service.answer(one.id, posts=posts, available_from=today, words="Équipe prête", by=aci.actor, today=today)
    rows = session.scalars(select(StaffingAnswer)).all()
    assert [(row.posts, row.organisation_id) for row in rows] == [(3, aci.organisation.id)]  # type: ignore[union-attr]
    assert _of(site).state is StaffingState.ANSWERED
    sent = session.scalars(select(Message).where(Message.kind == "staffing_answered").order_by(Message.id)).all()
    assert len(sent) == 2, "the same answer sent twice is one message"
    assert {message.to_address for message in sent} == {site.facilitator.user.email}
    assert all(aci.organisation.name in message.subject for message in sent)  # type: ignore[union-attr]


def test_an_answer_makes_the_version_that_the_facilitator_saw_stale(site: Site, aci: Somebody, today: date) -> None:
    jobs.staff(today)
    one = _of(site)
    seen = one.version
    service.answer(one.id, posts=2, available_from=today, words="", by=aci.actor, today=today)
    with pytest.raises(StaleVersion):
        service.close(one.id, StaffingAction.END, version=seen, by=site.facilitator.actor, today=today)


def test_a_firm_and_the_holder_of_the_lot_do_not_answer_and_strangers_find_nothing(
    site: Site, session: scoped_session, today: date
) -> None:
    holder = somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI))
    a_holder(site.lot, holder, role=HolderRole.SUBCONTRACTOR, principal_id=site.holder.id, share=None)
    jobs.staff(today)
    said = {"posts": 1, "available_from": today, "words": "", "today": today}
    for who, reason in ((site.employer, StaffingRefusal.NOT_A_PROVIDER), (holder, StaffingRefusal.OWN_LOT)):
        with pytest.raises(Refused) as refused:
            service.answer(_of(site).id, by=who.actor, **said)  # type: ignore[arg-type]
        assert reason in refused.value.reasons
    far = somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI, commune_insee="91223"))
    for stranger in (far, somebody(Role.EMPLOYER), somebody(Role.REFERENT)):
        with pytest.raises(NotFound):
            service.answer(_of(site).id, by=stranger.actor, **said)  # type: ignore[arg-type]
    assert session.scalars(select(StaffingAnswer)).all() == []


@pytest.mark.parametrize(
    ("action", "state", "weeks"),
    [(StaffingAction.COVER, StaffingState.COVERED, 4), (StaffingAction.END, StaffingState.OVER, 12)],
)
def test_closed_by_a_person_it_rests_then_is_asked_again(
    session: scoped_session, today: date, action: StaffingAction, state: StaffingState, weeks: int
) -> None:
    site = a_site(1500, delivered_on=date(2027, 4, 30))
    jobs.staff(today)
    one = _of(site)
    for _ in range(2):
        service.close(one.id, action, version=one.version, by=site.facilitator.actor, today=today)
    assert (_of(site).state, _of(site).closed_on) == (state, today)
    logged = session.scalars(select(ClauseTransition.action).where(ClauseTransition.subject_id == one.id)).all()
    assert logged == [action.value], "sent twice, logged once"
    assert jobs.staff(today + timedelta(weeks=weeks, days=-1)) == 0
    assert jobs.staff(today + timedelta(weeks=weeks)) == 1


def test_a_structure_does_not_close_a_request(site: Site, aci: Somebody, today: date) -> None:
    jobs.staff(today)
    one = _of(site)
    with pytest.raises(Refused) as refused:
        service.close(one.id, StaffingAction.COVER, version=one.version, by=aci.actor, today=today)
    assert refused.value.reasons == (WorkflowRefusal.NOT_YOUR_ROLE,)
