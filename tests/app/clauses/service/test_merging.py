"""Two files of one person become one: nothing of what was checked, done or counted is lost."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.clauses.models import EligibilityCheck, HourEntry, HourLine
from app.clauses.queries.parcours import parcours_of
from app.clauses.rules.states import ReportState
from app.clauses.service.merging import candidate_merged
from app.core.roles import SYSTEM
from tests.factories.clauses import Site, a_check, a_line, a_person, a_report, a_site, an_employment


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """A running contract."""
    return a_site()


def test_work_and_hours_follow_the_kept_file(session: scoped_session, site: Site) -> None:
    kept, merged = a_person(), a_person()
    row = an_employment(site.holder, merged)
    a_line(a_report(site.holder, date(2026, 9, 1), ReportState.VALIDATED), row, 70)

    candidate_merged(kept.id, merged.id, SYSTEM)

    assert row.candidate_id == kept.id
    assert set(session.scalars(select(HourLine.candidate_id))) == {kept.id}
    assert set(session.scalars(select(HourEntry.candidate_id))) == {kept.id}
    assert parcours_of(site.facilitator.actor, kept.id).validated == 70


def test_of_two_current_checks_for_a_contract_one_stays(session: scoped_session, site: Site, today: date) -> None:
    kept, merged = a_person(), a_person()
    mine, theirs = a_check(site.contract, kept), a_check(site.contract, merged)

    candidate_merged(kept.id, merged.id, SYSTEM)

    assert (mine.ended_on, theirs.ended_on, theirs.candidate_id) == (None, today, kept.id)
    current = select(func.count()).where(EligibilityCheck.ended_on.is_(None))
    assert session.scalar(current) == 1


def test_the_same_month_in_both_files_is_left_where_it_is(session: scoped_session, site: Site) -> None:
    kept, merged = a_person(), a_person()
    report = a_report(site.holder, date(2026, 9, 1), ReportState.VALIDATED)
    first = an_employment(site.holder, kept)
    second = an_employment(site.holder, merged, started_on=date(2026, 8, 1))
    for row in (first, second):
        a_line(report, row, 35)

    candidate_merged(kept.id, merged.id, SYSTEM)

    assert (first.candidate_id, second.candidate_id) == (kept.id, merged.id)
    assert session.scalar(select(func.sum(HourEntry.hours))) == 140  # 35 h twice, declared and validated
