"""Hours of activity: for the person and who accompanies them; no employer, no agent of the département."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.placements.queries.hours import Asked, hours_done
from app.placements.rules.kinds import Half, Presence
from app.placements.rules.states import PlacementState
from tests.app.placements.views.test_convention import SignIn, placed_in, text
from tests.conftest import Statements
from tests.factories.people import somebody
from tests.factories.placements import Placed, a_presence

MON = date(2026, 11, 2)
NOVEMBER = Asked(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def placed(session: scoped_session, today: date) -> Placed:
    found = placed_in(session, PlacementState.RUNNING, starts_on=date(2026, 10, 28), days=15)
    for day in (date(2026, 10, 30), MON, date(2026, 11, 3)):
        a_presence(found.placement, day, Half.AM)
    a_presence(found.placement, MON, Half.PM, hours=Decimal("2.5"))
    a_presence(found.placement, date(2026, 11, 4), Half.AM, Presence.ABSENT)
    session.commit()
    return found


def test_hours_are_those_done_by_week_within_the_period(placed: Placed) -> None:
    lines = hours_done(placed.referent.actor, NOVEMBER)
    assert [(line.monday, line.hours) for line in lines] == [(MON, Decimal("8.50"))]
    both = hours_done(placed.person.actor, Asked(date(2026, 10, 1), date(2026, 11, 30)))
    assert [(line.monday, line.hours) for line in both] == [
        (date(2026, 10, 26), Decimal("3.00")), (MON, Decimal("8.50")),
    ]  # fmt: skip


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.DEPARTMENT, Role.REFERENT, Role.CANDIDATE, Role.FACILITATOR])
def test_nobody_else_reads_them(session: scoped_session, placed: Placed, role: Role) -> None:
    stranger = somebody(role)
    session.commit()
    assert hours_done(stranger.actor, NOVEMBER) == []
    assert hours_done(placed.host.actor, NOVEMBER) == []


def test_employers_and_agents_are_refused_both_pages(session: scoped_session, placed: Placed, sign_in: SignIn) -> None:
    agent = somebody(Role.DEPARTMENT)
    session.commit()
    for who in (placed.host, agent):
        for page in ("/stages/heures", "/mes-stages/heures", "/stages/heures?export=csv"):
            assert sign_in(who).get(page).status_code == 403
    assert sign_in(placed.person).get("/stages/heures").status_code == 403
    assert sign_in(placed.referent).get("/mes-stages/heures").status_code == 403


def test_the_page_and_its_files_say_hours_and_nothing_of_why(
    session: scoped_session, placed: Placed, sign_in: SignIn, statements: Statements
) -> None:
    for who, page in ((placed.referent, "/stages/heures"), (placed.person, "/mes-stages/heures")):
        client = sign_in(who)
        statements.clear()
        shown = text(client.get(page))
        assert len(statements) <= 12
        assert "8 h 30" in shown or "8,50 h" in shown
        file = text(client.get(f"{page}?export=csv"))
        assert "02/11/2026;8,50" in file
        assert client.get(f"{page}?export=xlsx").data[:2] == b"PK"
        assert [word for word in ("RSA", "obligation", "bénéficiaire") if word in shown + file] == []


def test_filters_narrow_and_nonsense_is_this_month(session: scoped_session, placed: Placed, sign_in: SignIn) -> None:
    client = sign_in(placed.referent)
    assert "Aucune heure" in text(client.get("/stages/heures?personne=Zzz"))
    assert "1 semaine" in text(client.get(f"/stages/heures?personne={placed.person.user.last_name}"))
    assert "2 semaines" in text(client.get("/stages/heures?du=2026-10&au=2026-11"))
    assert "1 semaine" in text(client.get("/stages/heures?du=jamais&au=2026-99&page=x"))


def test_more_stages_take_no_more_statements(
    session: scoped_session, placed: Placed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(placed.referent)
    statements.clear()
    client.get("/stages/heures")
    few = len(statements)
    for _ in range(3):
        more = placed_in(session, PlacementState.RUNNING, starts_on=MON)
        more.placement.prescriber_organisation_id = placed.placement.prescriber_organisation_id
        more.placement.prescriber_id = placed.placement.prescriber_id
        a_presence(more.placement, MON)
    session.commit()
    statements.clear()
    assert "4 semaines" in text(client.get("/stages/heures"))
    assert len(statements) == few


@pytest.mark.parametrize("role", [Role.REFERENT, Role.FACILITATOR])
def test_a_colleague_and_a_facilitator_who_reads_the_file_do_not_read_the_hours(
    session: scoped_session, placed: Placed, role: Role
) -> None:
    person = placed.person.candidate
    assert person is not None
    if role is Role.REFERENT:
        other = somebody(role, placed.referent.organisation)
    else:
        other = somebody(role)
        assert other.organisation is not None
        person.facilitator_organisation_id = other.organisation.id
    session.commit()
    assert hours_done(other.actor, NOVEMBER) == []
    assert hours_done(placed.referent.actor, NOVEMBER) != []


def test_the_place_reads_them_when_nobody_is_named(session: scoped_session, placed: Placed) -> None:
    person = placed.person.candidate
    assert person is not None
    colleague = somebody(Role.REFERENT, placed.referent.organisation)
    placed.placement.prescriber_id = person.referent_id = None
    session.commit()
    assert hours_done(colleague.actor, NOVEMBER) != []
