"""Work on a lot: judged on the hire date, never restarted by a renewal, never a reason to block a hire."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.applications.service import HIRED
from app.candidates.models import Candidate
from app.clauses.models import ClauseEmployment, ClauseOffer
from app.clauses.queries.people import to_do_for
from app.clauses.rules.employments import EmploymentRefusal, Work
from app.clauses.rules.kinds import Mode
from app.clauses.rules.states import ReportState
from app.clauses.rules.terms import DEFAULTS, TO_THE_END
from app.clauses.service import employments
from app.clauses.service.employments import change_employment, employ, end_employment
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.offers.rules import EmploymentKind
from tests.factories import applications as market
from tests.factories.clauses import (
    Site,
    a_check,
    a_holder,
    a_line,
    a_lot,
    a_person,
    a_report,
    a_site,
    an_employment,
    terms_for,
)
from tests.factories.people import somebody

WORK = Work(Mode.DIRECT, EmploymentKind.CDD, date(2026, 4, 1), Decimal(35))


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """A running contract, from 2 March 2026 to 15 January 2027."""
    return a_site()


@pytest.fixture
def person(site: Site) -> Candidate:
    """Somebody whose proof is good for a hire until 1 June 2026."""
    known = a_person()
    a_check(site.contract, known)
    return known


def _employed(site: Site, person: Candidate, work: Work = WORK, **values: object) -> ClauseEmployment:
    return employ(person.id, site.holder.id, work, by=site.facilitator.actor, **values)


def _refusals(act: Callable[[], object]) -> set[object]:
    db.session.commit()  # a refusal undoes what was not kept
    with pytest.raises(Refused) as refused:
        act()
    return set(refused.value.reasons)


def test_a_hire_on_a_good_proof_counts_24_months_to_the_day_before(site: Site, person: Candidate) -> None:
    row = _employed(site, person)
    assert (row.counts_from, row.counts_until) == (date(2026, 4, 1), date(2028, 3, 31))
    assert row.employer_name == site.holder.name
    assert row.employer_key == site.holder.name.lower()


def test_the_last_day_of_the_proof_is_good_and_the_day_after_is_not(site: Site, person: Candidate) -> None:
    late = replace(WORK, started_on=date(2026, 6, 2))
    assert _refusals(lambda: _employed(site, person, late)) == {EmploymentRefusal.NOT_ELIGIBLE}
    assert _employed(site, person, replace(WORK, started_on=date(2026, 6, 1))).counts_until == date(2028, 5, 31)


def test_a_second_hire_goes_on_from_the_first_and_restarts_nothing(site: Site, person: Candidate) -> None:
    _employed(site, person, replace(WORK, ended_on=date(2026, 5, 31)))
    again = _employed(site, person, replace(WORK, started_on=date(2026, 9, 1)))  # its proof is too old by now
    assert (again.counts_from, again.counts_until) == (date(2026, 4, 1), date(2028, 3, 31))


def test_a_second_hire_on_another_lot_by_another_firm_restarts_nothing_either(site: Site, person: Candidate) -> None:
    _employed(site, person)
    other = a_holder(a_lot(site.contract, 100))
    row = employ(person.id, other.id, replace(WORK, started_on=date(2026, 7, 1)), by=site.facilitator.actor)
    assert row.counts_from == date(2026, 4, 1)


def test_after_the_time_is_over_a_new_hire_counts_no_more_whatever_the_proof(site: Site) -> None:
    person = a_person()
    a_check(site.contract, person, proof_dated_on=None, good_until=None)
    an_employment(site.holder, person, started_on=date(2024, 3, 15), counts_from=date(2024, 3, 15))
    last = _employed(site, person, replace(WORK, started_on=date(2026, 3, 14)))
    assert last.counts_until == date(2026, 3, 14)
    refused = _refusals(lambda: _employed(site, person, replace(WORK, started_on=date(2026, 3, 15))))
    assert refused == {EmploymentRefusal.COUNTS_NO_MORE}


def test_a_hire_before_the_first_one_is_refused(site: Site, person: Candidate) -> None:
    _employed(site, person)
    before = replace(WORK, started_on=date(2026, 3, 20))
    assert _refusals(lambda: _employed(site, person, before)) == {EmploymentRefusal.BEFORE_FIRST_HIRE}


def test_a_permanent_job_stops_at_the_cap_of_the_contract(site: Site) -> None:
    person = a_person()
    a_check(site.contract, person, proof_dated_on=None, good_until=None)
    capped = {**DEFAULTS.durations, EmploymentKind.CDI: replace(TO_THE_END, cap_months=48)}
    terms_for(site.contract, replace(DEFAULTS, durations=capped))
    row = _employed(site, person, replace(WORK, kind=EmploymentKind.CDI, started_on=date(2026, 6, 1)))
    assert row.counts_until == date(2030, 5, 31)


def test_ending_a_permanent_job_ends_what_counts_and_ending_a_fixed_one_does_not(site: Site) -> None:
    lasting, fixed = a_person(), a_person()
    for one in (lasting, fixed):
        a_check(site.contract, one)
    cdi = _employed(site, lasting, replace(WORK, kind=EmploymentKind.CDI))
    cdd = _employed(site, fixed)
    assert cdi.counts_until is None
    for row in (cdi, cdd):
        end_employment(row.id, ended_on=date(2026, 10, 31), by=site.facilitator.actor, version=row.version)
    assert cdi.counts_until == date(2026, 10, 31)
    assert cdd.counts_until == date(2028, 3, 31)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"kind": EmploymentKind.APPRENTICESHIP}, EmploymentRefusal.TUTOR_COMPULSORY),
        ({"kind": EmploymentKind.PROFESSIONNALISATION}, EmploymentRefusal.TUTOR_COMPULSORY),
        ({"mode": Mode.MADE_AVAILABLE}, EmploymentRefusal.EMPLOYER_COMPULSORY),
        ({"ended_on": date(2026, 3, 31)}, EmploymentRefusal.END_BEFORE_START),
        ({"hours_week": Decimal("48.01")}, EmploymentRefusal.HOURS_WEEK),
    ],
)
def test_what_is_missing_or_wrong_is_refused(
    site: Site, person: Candidate, changed: dict[str, object], reason: EmploymentRefusal
) -> None:
    assert _refusals(lambda: _employed(site, person, replace(WORK, **changed))) == {reason}  # type: ignore[arg-type]


def test_all_reasons_come_at_once(site: Site) -> None:
    wrong = replace(WORK, started_on=date(2027, 1, 16), hours_week=Decimal(0))
    assert _refusals(lambda: _employed(site, a_person(), wrong)) == {
        EmploymentRefusal.AFTER_DELIVERY,
        EmploymentRefusal.HOURS_WEEK,
        EmploymentRefusal.NOT_ELIGIBLE,
    }


def test_a_form_sent_twice_notes_once(site: Site, person: Candidate, session: scoped_session) -> None:
    row_id = uuid4()
    assert _employed(site, person, row_id=row_id) is _employed(site, person, row_id=row_id)
    assert session.scalar(select(func.count()).select_from(ClauseEmployment)) == 1


def test_the_same_work_noted_twice_by_hand_is_refused(site: Site, person: Candidate) -> None:
    _employed(site, person)
    assert _refusals(lambda: _employed(site, person)) == {EmploymentRefusal.ALREADY_THERE}


def test_an_employer_and_a_stranger_cannot_note_work(site: Site, person: Candidate) -> None:
    stranger = replace(somebody(Role.FACILITATOR).actor, territory_code=None)
    db.session.commit()
    for actor in (site.employer.actor, stranger, somebody(Role.REFERENT).actor):
        with pytest.raises(NotFound):
            employ(person.id, site.holder.id, WORK, by=actor)


def test_an_end_before_declared_hours_is_refused(site: Site, person: Candidate) -> None:
    row = _employed(site, person)
    a_line(a_report(site.holder, date(2026, 9, 1), ReportState.DECLARED), row, 70)
    act = lambda day: end_employment(row.id, ended_on=day, by=site.facilitator.actor)  # noqa: E731
    assert _refusals(lambda: act(date(2026, 8, 31))) == {EmploymentRefusal.HOURS_AFTER_END}
    assert act(date(2026, 9, 1)).ended_on == date(2026, 9, 1)


def test_two_who_change_at_once_do_not_overwrite_each_other(site: Site, person: Candidate) -> None:
    row = _employed(site, person)
    said = {"ended_on": None, "hours_week": Decimal(28), "tutor_name": "", "payroll_number": "A12"}
    change_employment(row.id, **said, by=site.facilitator.actor, version=1)
    with pytest.raises(StaleVersion) as stale:
        change_employment(row.id, **said, by=site.facilitator.actor, version=1)
    assert stale.value.theirs["payroll_number"] == "A12"


@pytest.fixture
def _wired() -> None:
    """The hook is connected, whoever does it."""
    if employments.hired not in HIRED._listeners:
        HIRED.connect(employments.hired)


def _claused(site: Site, made: market.Market) -> None:
    """The offer is linked to the lot, and its firm is the holder."""
    assert made.employer.organisation
    site.holder.organisation_id = made.employer.organisation.id
    db.session.add(ClauseOffer(offer_id=made.offer.id, lot_id=site.lot.id, holder_id=site.holder.id))
    db.session.flush()


@pytest.mark.usefixtures("_wired")
def test_a_hire_through_a_clause_offer_makes_the_work_of_somebody_eligible(
    site: Site, session: scoped_session, today: date
) -> None:
    made = market.a_market()
    _claused(site, made)
    a_check(site.contract, made.person.candidate, proof_dated_on=today, good_until=today + timedelta(days=10))

    hire = market.hired(made, today, market.sent(made, today))

    row = session.scalars(select(ClauseEmployment)).one()
    assert (row.hire_id, row.holder_id, row.mode) == (hire.id, site.holder.id, Mode.DIRECT)
    assert row.started_on == row.counts_from == today + timedelta(days=10)


@pytest.mark.usefixtures("_wired")
def test_a_hire_of_somebody_not_eligible_goes_through_and_waits_for_the_facilitator(
    site: Site, session: scoped_session, today: date
) -> None:
    made = market.a_market()
    _claused(site, made)
    a_check(site.contract, made.person.candidate, proof_dated_on=today, good_until=today + timedelta(days=9))

    hire = market.hired(made, today, market.sent(made, today))

    assert hire.id
    assert not session.scalar(select(func.count()).select_from(ClauseEmployment))
    kinds = [item.kind for item in to_do_for(site.facilitator.actor, today)]
    assert "clause.hire_waits" in kinds


def test_a_hire_elsewhere_is_no_work_on_a_lot(site: Site, session: scoped_session, today: date) -> None:
    made = market.a_market()
    a_check(site.contract, made.person.candidate, proof_dated_on=today, good_until=None)
    application = market.sent(made, today)
    hire = market.hired(made, today, application)
    employments.hired(hire, application, made.employer.actor)
    assert not session.scalar(select(func.count()).select_from(ClauseEmployment))
