"""Begin a report from the last one, keep it, send it, or say that nobody worked."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses.models import HourLine, HourReport
from app.clauses.queries.hour_facts import facts_for
from app.clauses.queries.standing import lots_standing
from app.clauses.rules.hours import HourRefusal
from app.clauses.rules.kinds import Frequency, HolderRole, HourKind, OverReason
from app.clauses.rules.reporting import Cell, ReportRefusal
from app.clauses.rules.states import ReportState
from app.clauses.rules.terms import Terms
from app.clauses.service import reports
from app.clauses.service.lines import Faulty
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.offers.rules import EmploymentKind
from tests.factories.clauses import (
    Site,
    a_contract,
    a_holder,
    a_line,
    a_lot,
    a_person,
    a_report,
    a_site,
    an_employment,
    terms_for,
)
from tests.factories.people import an_organisation, somebody

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
pytestmark = pytest.mark.usefixtures("session", "today")


@pytest.fixture
def site(session: scoped_session) -> Site:
    return a_site()


def _begun(site: Site, today: date) -> HourReport:
    return reports.begin(site.holder.id, OCTOBER, site.employer.actor, today)


def _lines(report: HourReport, session: scoped_session) -> dict[tuple[date, HourKind], HourLine]:
    rows = session.scalars(select(HourLine).where(HourLine.report_id == report.id, HourLine.hours != 0))
    return {(row.month, row.kind): row for row in rows}


def test_a_report_begins_with_the_hours_of_last_month_to_confirm(
    site: Site, session: scoped_session, today: date
) -> None:
    person = an_employment(site.holder)
    a_line(a_report(site.holder, SEPTEMBER, ReportState.LOCKED), person, "147.00")
    line = _lines(_begun(site, today), session)[OCTOBER, HourKind.WORK]
    assert (line.hours, line.confirmed, line.state) == (Decimal("147.00"), False, ReportState.DRAFT)


def test_begun_twice_it_is_one_report(site: Site, today: date) -> None:
    assert _begun(site, today).id == _begun(site, today).id


def test_somebody_new_begins_with_the_usual_hours_of_the_days_worked(
    site: Site, session: scoped_session, today: date
) -> None:
    old = an_employment(site.holder)
    a_line(a_report(site.holder, SEPTEMBER, ReportState.LOCKED), old, "100")
    new = an_employment(
        site.holder, started_on=date(2026, 10, 19), counts_from=date(2026, 10, 19), hours_week=Decimal(28)
    )
    report = _begun(site, today)
    line = session.scalars(select(HourLine).where(HourLine.employment_id == new.id)).one()
    assert line.hours == Decimal("56.00")  # ten days of 5.60 h from the 19th to the 30th
    assert line.report_id == report.id


def test_who_left_before_the_month_is_not_taken_over(site: Site, session: scoped_session, today: date) -> None:
    gone = an_employment(site.holder, ended_on=date(2026, 9, 30))
    a_line(a_report(site.holder, SEPTEMBER, ReportState.LOCKED), gone, "98")
    assert not _lines(_begun(site, today), session)


def test_a_quarterly_clause_makes_a_report_of_three_months(site: Site, session: scoped_session, today: date) -> None:
    terms_for(site.contract, Terms(frequency=Frequency.QUARTERLY))
    report = reports.begin(site.holder.id, date(2026, 8, 1), site.employer.actor, today)
    assert (report.first_month, report.months, report.due_on) == (date(2026, 7, 1), 3, date(2026, 10, 15))


@pytest.mark.parametrize("month", [date(2026, 2, 1), date(2026, 12, 1)])
def test_a_month_before_the_notification_or_not_begun_has_no_report(site: Site, today: date, month: date) -> None:
    with pytest.raises(Refused) as refused:
        reports.begin(site.holder.id, month, site.employer.actor, today)
    assert refused.value.reasons == (ReportRefusal.NO_PERIOD,)


def test_another_firm_and_a_facilitator_of_a_firm_with_an_account_may_not_begin(site: Site, today: date) -> None:
    for other in (somebody(Role.EMPLOYER), site.facilitator):
        with pytest.raises(NotFound):
            reports.begin(site.holder.id, OCTOBER, other.actor, today)


def test_a_facilitator_types_for_a_firm_without_an_account(site: Site, today: date) -> None:
    lot = a_lot(site.contract)
    alone = a_holder(lot, organisation_id=None, name="Maçonnerie Petit")
    report = reports.begin(alone.id, OCTOBER, site.facilitator.actor, today)
    assert reports.authors_of([report.id]) == {report.id: {site.facilitator.user.id}}


def test_a_draft_keeps_hours_that_are_wrong_and_says_all_that_is(
    site: Site, session: scoped_session, today: date
) -> None:
    person = an_employment(site.holder)
    report = _begun(site, today)
    cells = [Cell(person.id, OCTOBER, hours=Decimal("230.50")), Cell(person.id, date(2026, 12, 1), hours=Decimal(7))]
    _, faults = reports.save_cells(report.id, cells, site.employer.actor, today, version=report.version)
    assert _lines(report, session)[OCTOBER, HourKind.WORK].hours == Decimal("230.50")
    reasons = {fault.reason for fault in faults[cells[0].key]}
    assert reasons == {HourRefusal.ABOVE_MONTH_CAP, HourRefusal.REASON_NEEDED}
    with pytest.raises(Faulty):
        reports.declare(report.id, site.employer.actor, today)
    assert report.state is ReportState.DRAFT


def test_an_emptied_cell_takes_its_line_away(site: Site, session: scoped_session, today: date) -> None:
    person = an_employment(site.holder)
    report = _begun(site, today)
    reports.save_cells(report.id, [Cell(person.id, OCTOBER)], site.employer.actor, today)
    assert not _lines(report, session)


def test_a_stale_page_is_not_kept(site: Site, today: date) -> None:
    person = an_employment(site.holder)
    report = _begun(site, today)
    first = report.version
    reports.save_cells(report.id, [Cell(person.id, OCTOBER, hours=Decimal(7))], site.employer.actor, today)
    with pytest.raises(StaleVersion):
        reports.save_cells(report.id, [], site.employer.actor, today, version=first)


def test_a_report_that_is_sent_declares_its_hours_that_day(site: Site, session: scoped_session, today: date) -> None:
    person = an_employment(site.holder)
    report = _begun(site, today)
    cell = Cell(person.id, OCTOBER, hours=Decimal("147"))
    reports.save_cells(report.id, [cell], site.employer.actor, today)
    sent = reports.declare(report.id, site.employer.actor, today)
    assert (sent.state, sent.declared_on, sent.declared_by) == (
        ReportState.DECLARED, today, site.employer.user.id,
    )  # fmt: skip
    stand = lots_standing([site.lot.id], today)[site.lot.id]
    assert (stand.declared, stand.validated) == (Decimal(147), Decimal(0))


def test_a_report_without_hours_is_not_sent(site: Site, today: date) -> None:
    report = _begun(site, today)
    with pytest.raises(Refused) as refused:
        reports.declare(report.id, site.employer.actor, today)
    assert refused.value.reasons == (ReportRefusal.NOTHING_TYPED,)


def test_a_month_above_the_full_time_is_sent_with_a_reason(site: Site, today: date) -> None:
    person = an_employment(site.holder)
    report = _begun(site, today)
    bare = Cell(person.id, OCTOBER, hours=Decimal("168"))
    _, faults = reports.save_cells(report.id, [bare], site.employer.actor, today)
    assert [fault.reason for fault in faults[bare.key]] == [HourRefusal.REASON_NEEDED]
    said = Cell(person.id, OCTOBER, hours=Decimal("168"), over_reason=OverReason.OVERTIME)
    assert not reports.save_cells(report.id, [said], site.employer.actor, today)[1]
    assert reports.declare(report.id, site.employer.actor, today).state is ReportState.DECLARED


@pytest.mark.parametrize(("hours", "refused"), [("107.99", False), ("108.00", False), ("108.01", True)])
def test_the_month_of_a_person_is_capped_over_all_contracts(site: Site, today: date, hours: str, refused: bool) -> None:
    person = a_person()
    other = a_contract(site.facilitator)
    elsewhere = a_holder(a_lot(other), name="Autre titulaire")
    a_line(a_report(elsewhere, OCTOBER, ReportState.DECLARED), an_employment(elsewhere, person), 100)
    mine = an_employment(site.holder, person)
    report = _begun(site, today)
    cell = Cell(mine.id, OCTOBER, hours=Decimal(hours), over_reason=OverReason.OVERTIME)
    _, faults = reports.save_cells(report.id, [cell], site.employer.actor, today)
    assert [fault.reason for fault in faults.get(cell.key, ())] == [HourRefusal.ABOVE_MONTH_CAP] * refused


def test_a_draft_of_another_firm_does_not_fill_the_month(site: Site, today: date) -> None:
    person = a_person()
    elsewhere = a_holder(a_lot(a_contract(site.facilitator)))
    a_line(a_report(elsewhere, OCTOBER), an_employment(elsewhere, person), 200)
    mine = an_employment(site.holder, person)
    cell = Cell(mine.id, OCTOBER, hours=Decimal(150))
    assert not reports.save_cells(_begun(site, today).id, [cell], site.employer.actor, today)[1]


def test_the_same_person_reported_by_two_members_is_refused_with_both_named(site: Site, today: date) -> None:
    person = a_person()
    other = a_holder(site.lot, role=HolderRole.CO_CONTRACTOR, share=Decimal(40), name="Gros œuvre Sud")
    a_line(a_report(other, OCTOBER, ReportState.DECLARED), an_employment(other, person), 70)
    mine = an_employment(site.holder, person)
    report = _begun(site, today)
    cell = Cell(mine.id, OCTOBER, hours=Decimal(70))
    _, faults = reports.save_cells(report.id, [cell], site.employer.actor, today)
    (fault,) = faults[cell.key]
    assert fault.reason is ReportRefusal.DUPLICATE
    assert fault.duplicate
    assert set(fault.duplicate.members) == {"Gros œuvre Sud", site.holder.name}


def test_two_employments_by_one_employer_in_a_month_are_one_line(
    site: Site, session: scoped_session, today: date
) -> None:
    person = a_person()
    first = an_employment(site.holder, person, ended_on=date(2026, 10, 15))
    again = an_employment(site.holder, person, started_on=date(2026, 10, 16))
    report = _begun(site, today)
    cells = [Cell(first.id, OCTOBER, hours=Decimal(70)), Cell(again.id, OCTOBER, hours=Decimal(151))]
    assert not reports.save_cells(report.id, cells, site.employer.actor, today)[1]
    assert _lines(report, session)[OCTOBER, HourKind.WORK].hours == Decimal(151)


def test_nobody_this_month_is_sent_in_one_act(site: Site, session: scoped_session, today: date) -> None:
    an_employment(site.holder)
    report = reports.nothing_to_report(_begun(site, today).id, site.employer.actor, today)
    assert (report.state, report.nothing_to_report) == (ReportState.DECLARED, True)
    assert not _lines(report, session)


def test_nobody_this_month_is_refused_once_hours_are_typed(site: Site, today: date) -> None:
    person = an_employment(site.holder)
    report = _begun(site, today)
    reports.save_cells(report.id, [Cell(person.id, OCTOBER, hours=Decimal(7))], site.employer.actor, today)
    with pytest.raises(Refused) as refused:
        reports.nothing_to_report(report.id, site.employer.actor, today)
    assert refused.value.reasons == (ReportRefusal.HOURS_TYPED,)


def test_hours_left_as_they_were_in_a_draft_still_wait_to_be_confirmed(
    site: Site, session: scoped_session, today: date
) -> None:
    person = an_employment(site.holder)
    a_line(a_report(site.holder, SEPTEMBER, ReportState.LOCKED), person, 147)
    report = _begun(site, today)
    for hours, confirmed in ((147, False), (140, True)):
        cell = Cell(person.id, OCTOBER, hours=Decimal(hours), confirmed=False)
        reports.save_cells(report.id, [cell], site.employer.actor, today)
        assert _lines(report, session)[OCTOBER, HourKind.WORK].confirmed is confirmed


def test_training_above_the_ceiling_is_said(site: Site, today: date) -> None:
    person = an_employment(site.holder, employment_kind=EmploymentKind.APPRENTICESHIP)
    report = _begun(site, today)
    cells = [
        Cell(person.id, OCTOBER, HourKind.WORK, Decimal(50)),
        Cell(person.id, OCTOBER, HourKind.TRAINING, Decimal("50.01")),
    ]
    _, faults = reports.save_cells(report.id, cells, site.employer.actor, today)
    assert [fault.reason for fault in faults[cells[1].key]] == [HourRefusal.TRAINING_ABOVE_CEILING]


def test_the_person_of_another_firm_is_not_reported(site: Site, today: date) -> None:
    stranger = an_employment(a_holder(a_lot(site.contract), somebody(Role.EMPLOYER, an_organisation())))
    cell = Cell(stranger.id, OCTOBER, hours=Decimal(7))
    _, faults = reports.save_cells(_begun(site, today).id, [cell], site.employer.actor, today)
    assert [fault.reason for fault in faults[cell.key]] == [ReportRefusal.NOT_ON_LOT]


def test_facts_are_read_in_five_statements(site: Site, statements: list[str], today: date) -> None:
    for _ in range(3):
        an_employment(site.holder)
    report = _begun(site, today)
    statements.clear()
    facts_for(report.holder, report.lot.contract, [OCTOBER])
    assert len(statements) <= 5
