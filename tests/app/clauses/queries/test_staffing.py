"""What waits about needs for people, which lots lack them, and how long a closed need rests."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses import jobs
from app.clauses.models import StaffingRequest
from app.clauses.queries import staffing as queries
from app.clauses.queries.staffing import to_do_for
from app.clauses.rules.states import StaffingAction
from app.clauses.service import staffing as service
from app.core.roles import Role
from app.organisations.rules import OrganisationKind
from tests.factories.clauses import Site, a_site, an_employment
from tests.factories.people import Somebody, an_organisation, somebody

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """A lot in Massy that lacks people."""
    found = a_site(150, commune_insee="91377")
    jobs.staff(today)
    return found


def _structure(**values: object) -> Somebody:
    return somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI, **values))


def _one(session: scoped_session) -> StaffingRequest:
    return session.scalars(select(StaffingRequest)).one()


def test_a_need_is_what_people_in_post_will_not_do(site: Site, today: date) -> None:
    an_employment(site.holder, hours_week=Decimal(7), ended_on=date(2026, 11, 11))
    need = queries.needs_of_lots(today)[site.lot.id]
    assert (need.hours_left, need.missing) == (Decimal(150), Decimal(143)), "one week of seven hours is done"


def test_a_structure_without_place_or_job_is_near_nothing_and_the_said_territory_is_enough(
    site: Site, session: scoped_session
) -> None:
    nowhere = _structure(commune_insee=None)
    told = _structure(commune_insee=None, territory_code="nord-ouest")
    for structure, count in ((nowhere, 0), (told, 1)):
        assert len(session.scalars(queries.requests_visible_to(structure.actor)).all()) == count


def test_the_longest_rest_holds_and_the_portal_closing_a_need_makes_none(
    site: Site, session: scoped_session, today: date
) -> None:
    one = _one(session)
    service.close(one.id, StaffingAction.END, version=one.version, by=site.facilitator.actor, today=today)
    assert queries.rests([site.lot.id]) == {site.lot.id: today + timedelta(weeks=12)}
    other = a_site(150)
    jobs.staff(today)
    an_employment(other.holder)
    jobs.staff(today)
    assert queries.rests([other.lot.id]) == {}


def test_what_waits_is_counted_for_each(
    site: Site, session: scoped_session, today: date, statements: list[str]
) -> None:
    aci = _structure()
    statements.clear()
    (item,) = to_do_for(site.facilitator.actor, today)
    assert len(statements) <= 2
    assert item.title.replace("\u00a0", " ") == "1 lot manque de personnes"
    (item,) = to_do_for(aci.actor, today)
    assert item.title.replace("\u00a0", " ") == "1 besoin de personnes près de vous"
    assert item.tag == ""
    (item,) = to_do_for(aci.actor, date(2026, 12, 10))
    assert item.tag.replace("\u00a0", " ") == "1 à pourvoir sous 2 semaines"
    service.answer(_one(session).id, posts=2, available_from=today, words="", by=aci.actor, today=today)
    assert to_do_for(aci.actor, today) == []
    assert to_do_for(site.employer.actor, today) == []
    assert to_do_for(somebody(Role.REFERENT).actor, today) == []
