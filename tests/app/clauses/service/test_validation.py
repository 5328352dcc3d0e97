"""Validate line by line or all, send back with a reason, close, correct after it; sums follow each act."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.clauses.models import HourEntry, HourLine, HourReport, LotDay
from app.clauses.queries.standing import lots_standing
from app.clauses.rules.hours import CorrectionRefusal
from app.clauses.rules.kinds import EntryStage
from app.clauses.rules.reporting import LOCK_AFTER_DAYS, Cell, ReportRefusal
from app.clauses.rules.states import ReportState
from app.clauses.service import reports, validation
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from tests.factories.clauses import Site, a_holder, a_line, a_lot, a_report, a_site, an_employment
from tests.factories.people import somebody

OCTOBER = date(2026, 10, 1)
pytestmark = pytest.mark.usefixtures("session", "today")


@pytest.fixture
def site(session: scoped_session) -> Site:
    return a_site()


@pytest.fixture
def report(site: Site) -> HourReport:
    """Two people, 100 h and 50 h, sent."""
    sent = a_report(site.holder, OCTOBER, ReportState.DECLARED, declared_by=site.employer.user.id)
    for hours in (100, 50):
        a_line(sent, an_employment(site.holder), hours)
    db.session.commit()
    return sent


def _stand(site: Site, day: date) -> tuple[Decimal, Decimal]:
    found = lots_standing([site.lot.id], day)[site.lot.id]
    return found.declared, found.validated


def _line(report: HourReport, hours: int, session: scoped_session) -> HourLine:
    query = select(HourLine).where(HourLine.report_id == report.id, HourLine.hours == hours)
    return session.scalars(query).one()


def test_all_the_lines_are_validated_at_once(
    site: Site, report: HourReport, session: scoped_session, today: date
) -> None:
    later = today + timedelta(days=7)
    validation.validate(report.id, site.facilitator.actor, later)
    assert report.state is ReportState.VALIDATED
    assert _stand(site, later) == (Decimal(150), Decimal(150))
    assert _stand(site, later - timedelta(days=1))[1] == 0


def test_one_line_is_validated_and_the_other_waits(
    site: Site, report: HourReport, session: scoped_session, today: date
) -> None:
    line = _line(report, 50, session)
    validation.validate(report.id, site.facilitator.actor, date(2026, 11, 12), line_ids=[line.id])
    assert (report.state, line.state) == (ReportState.DECLARED, ReportState.VALIDATED)
    assert _stand(site, date(2026, 11, 12)) == (Decimal(150), Decimal(50))


def test_a_line_sent_back_has_its_reason_and_is_no_longer_declared(
    site: Site, report: HourReport, session: scoped_session
) -> None:
    day = date(2026, 11, 12)
    line = _line(report, 50, session)
    validation.return_(report.id, {line.id: "Joindre la paie."}, site.facilitator.actor, day)
    assert (line.state, line.return_text) == (ReportState.RETURNED, "Joindre la paie.")
    assert _stand(site, day) == (Decimal(100), Decimal(0))


def test_nothing_is_sent_back_without_a_reason(site: Site, report: HourReport, session: scoped_session) -> None:
    for reasons in ("  ", {_line(report, 50, session).id: " "}):
        with pytest.raises(Refused) as refused:
            validation.return_(report.id, reasons, site.facilitator.actor, date(2026, 11, 12))
        assert refused.value.reasons == (ReportRefusal.RETURN_TEXT,)


def test_a_returned_line_corrected_and_sent_again_declares_its_new_hours(
    site: Site, report: HourReport, session: scoped_session
) -> None:
    day = date(2026, 11, 12)
    line = _line(report, 50, session)
    validation.return_(report.id, {line.id: "49 h sur la paie."}, site.facilitator.actor, day)
    cell = Cell(line.employment_id, OCTOBER, hours=Decimal(49))
    reports.save_cells(report.id, [cell], site.employer.actor, day)
    reports.declare(report.id, site.employer.actor, day)
    assert _stand(site, day) == (Decimal(149), Decimal(0))


def test_a_returned_line_that_is_emptied_leaves_nothing_declared(
    site: Site, report: HourReport, session: scoped_session
) -> None:
    day = date(2026, 11, 12)
    line = _line(report, 50, session)
    validation.validate(report.id, site.facilitator.actor, day, line_ids=[_line(report, 100, session).id])
    validation.return_(report.id, {line.id: "Pas en poste."}, site.facilitator.actor, day)
    reports.save_cells(report.id, [Cell(line.employment_id, OCTOBER)], site.employer.actor, day)
    assert (line.hours, line.state) == (Decimal(0), ReportState.DRAFT)
    assert _stand(site, day) == (Decimal(100), Decimal(100))


def test_what_was_settled_is_not_settled_again(site: Site, report: HourReport) -> None:
    validation.validate(report.id, site.facilitator.actor, date(2026, 11, 12))
    with pytest.raises(Refused) as refused:
        validation.validate(report.id, site.facilitator.actor, date(2026, 11, 12))
    assert refused.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_the_departement_reads_but_does_not_validate(report: HourReport) -> None:
    with pytest.raises(Refused) as refused:
        validation.validate(report.id, somebody(Role.DEPARTMENT).actor, date(2026, 11, 12))
    assert refused.value.reasons == (WorkflowRefusal.NOT_YOUR_ROLE,)


def test_a_facilitator_of_elsewhere_does_not_find_the_report(report: HourReport) -> None:
    stranger = somebody(Role.FACILITATOR, territory="nord-est")
    with pytest.raises(NotFound):
        validation.validate(report.id, stranger.actor, date(2026, 11, 12))


def test_who_typed_for_a_firm_without_account_does_not_validate_a_colleague_does(site: Site, today: date) -> None:
    alone = a_holder(a_lot(site.contract), organisation_id=None, name="Maçonnerie Petit")
    person = an_employment(alone)
    me, colleague = site.facilitator, somebody(Role.FACILITATOR, site.facilitator.organisation)
    report = reports.begin(alone.id, OCTOBER, me.actor, today)
    reports.save_cells(report.id, [Cell(person.id, OCTOBER, hours=Decimal(70))], me.actor, today)
    reports.declare(report.id, colleague.actor, today)
    db.session.commit()
    for author in (me, colleague):
        with pytest.raises(Refused) as refused:
            validation.validate(report.id, author.actor, today)
        assert refused.value.reasons == (ReportRefusal.OWN_REPORT,)
    third = somebody(Role.FACILITATOR, site.facilitator.organisation)
    assert validation.validate(report.id, third.actor, today).state is ReportState.VALIDATED


def test_nobody_this_month_is_validated_too(site: Site, today: date) -> None:
    report = reports.begin(site.holder.id, OCTOBER, site.employer.actor, today)
    reports.nothing_to_report(report.id, site.employer.actor, today)
    assert validation.validate(report.id, site.facilitator.actor, today).state is ReportState.VALIDATED


def test_a_period_closes_once_all_is_settled(site: Site, report: HourReport, session: scoped_session) -> None:
    day = date(2026, 11, 12)
    with pytest.raises(Refused):
        validation.lock(report.id, site.facilitator.actor, day)
    validation.validate(report.id, site.facilitator.actor, day)
    validation.lock(report.id, site.facilitator.actor, day)
    assert (report.state, report.locked_on) == (ReportState.LOCKED, day)
    assert {line.state for line in reports.lines_of(report.id)} == {ReportState.LOCKED}


def test_the_portal_closes_a_period_after_fifteen_days_and_only_once(site: Site, report: HourReport) -> None:
    day = date(2026, 11, 12)
    validation.validate(report.id, site.facilitator.actor, day)
    assert validation.lock_settled(day + timedelta(days=LOCK_AFTER_DAYS - 1)) == 0
    assert validation.lock_settled(day + timedelta(days=LOCK_AFTER_DAYS)) == 1
    assert validation.lock_settled(day + timedelta(days=LOCK_AFTER_DAYS)) == 0
    assert report.state is ReportState.LOCKED


def test_a_correction_after_the_lock_is_a_new_dated_line(site: Site, session: scoped_session) -> None:
    closed = a_report(site.holder, OCTOBER, ReportState.LOCKED)
    line = a_line(closed, an_employment(site.holder), 100)
    before, day, row_id = date(2026, 11, 30), date(2026, 12, 1), uuid4()
    for _ in range(2):  # sent twice, it is one
        validation.correct(
            line.id, Decimal("-7.50"), "Absence comptée à tort", site.facilitator.actor, day, row_id=row_id
        )
    assert line.hours == Decimal(100)
    assert _stand(site, before) == (Decimal(100), Decimal(100))
    assert _stand(site, day) == (Decimal("92.50"), Decimal("92.50"))


@pytest.mark.parametrize(
    ("delta", "text", "reason"),
    [
        ("-100.01", "trop", CorrectionRefusal.BELOW_ZERO),
        ("108.01", "trop", CorrectionRefusal.ABOVE_CAP),
        ("0", "rien", CorrectionRefusal.NO_CHANGE),
        ("5", " ", CorrectionRefusal.TEXT_COMPULSORY),
    ],
)
def test_a_correction_that_cannot_be_is_refused(site: Site, delta: str, text: str, reason: CorrectionRefusal) -> None:
    line = a_line(a_report(site.holder, OCTOBER, ReportState.LOCKED), an_employment(site.holder), 100)
    with pytest.raises(Refused) as refused:
        validation.correct(line.id, Decimal(delta), text, site.facilitator.actor, date(2026, 12, 1), row_id=uuid4())
    assert refused.value.reasons == (reason,)


def test_entries_days_and_lines_say_the_same_sums(site: Site, report: HourReport, session: scoped_session) -> None:
    day = date(2026, 11, 12)
    validation.return_(report.id, {_line(report, 50, session).id: "Joindre la paie."}, site.facilitator.actor, day)
    validation.validate(report.id, site.facilitator.actor, day)
    entries = select(func.sum(HourEntry.hours)).where(HourEntry.lot_id == site.lot.id)
    days = select(func.sum(LotDay.declared), func.sum(LotDay.validated)).where(LotDay.lot_id == site.lot.id)
    declared = session.scalar(entries.where(HourEntry.stage == EntryStage.DECLARED))
    validated = session.scalar(entries.where(HourEntry.stage == EntryStage.VALIDATED))
    assert session.execute(days).one() == (declared, validated) == (Decimal(100), Decimal(100))
