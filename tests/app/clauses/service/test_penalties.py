"""Penalties on real rows: what is computed, replaced, decided, and refused."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses.models import ClauseTransition, Penalty
from app.clauses.rules.closing import ClosingRefusal
from app.clauses.rules.kinds import PenaltyKind
from app.clauses.rules.penalties import PenaltyRefusal
from app.clauses.rules.states import PenaltyAction, PenaltyState, ReportState
from app.clauses.rules.terms import TEMPLATES, Terms
from app.clauses.service import penalties as service
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from tests.factories.clauses import Site, a_holder, a_line, a_lot, a_report, a_site, an_employment, terms_for
from tests.factories.people import somebody

TERMS = next(one.terms for one in TEMPLATES if one.slug == "works_quarterly")
"""200 € an hour, 75 € a day: the CCAP of the domain."""
OVER = date(2027, 1, 20)


def _done(site: Site, lot: object, hours: int) -> None:
    """Hours validated in months of at most 150 h by as many people as it takes."""
    holder = a_holder(lot) if lot is not site.lot else site.holder
    employment = an_employment(holder)
    month = 4
    while hours > 0:
        part = min(hours, 150)
        report = a_report(holder, date(2026, month, 1), ReportState.VALIDATED)
        a_line(report, employment, part)
        hours, month = hours - part, month + 1


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    made = a_site(800)
    terms_for(made.contract, TERMS)
    session.commit()
    return made


def test_150_hours_missing_at_200_euros_make_30_000_euros(site: Site) -> None:
    _done(site, site.lot, 650)
    row = service.compute_missing(site.contract.id, by=site.facilitator.actor, today=OVER)[0]
    assert (row.kind, row.quantity, row.unit, row.amount) == (PenaltyKind.MISSING_HOURS, 150, 200, 30_000)
    assert (row.state, row.holder_id) == (PenaltyState.CALCULATED, site.holder.id)


def test_computing_again_replaces_what_nobody_decided_about(site: Site, session: scoped_session) -> None:
    _done(site, site.lot, 600)
    service.compute_missing(site.contract.id, by=site.facilitator.actor, today=OVER)
    report = a_report(site.holder, date(2026, 12, 1), ReportState.VALIDATED)
    a_line(report, an_employment(site.holder), 50)
    service.compute_missing(site.contract.id, by=site.facilitator.actor, today=OVER)
    assert [row.amount for row in session.scalars(select(Penalty))] == [30_000]


def test_what_is_missing_no_more_is_taken_away(site: Site, session: scoped_session) -> None:
    _done(site, site.lot, 750)
    service.compute_missing(site.contract.id, by=site.facilitator.actor, today=OVER)
    a_line(a_report(site.holder, date(2026, 12, 1), ReportState.VALIDATED), an_employment(site.holder), 50)
    with pytest.raises(Refused) as refused:
        service.compute_missing(site.contract.id, by=site.facilitator.actor, today=OVER)
    assert refused.value.reasons == (ClosingRefusal.NOTHING_DUE,)


def test_with_pooling_the_excess_of_a_lot_is_taken_off(session: scoped_session, today: date) -> None:
    made = a_site(400)
    terms_for(made.contract, Terms.from_json(TERMS.to_json() | {"pooling": True}))
    _done(made, made.lot, 420)
    _done(made, a_lot(made.contract, 250), 100)
    _done(made, a_lot(made.contract, 150), 150)
    rows = service.compute_missing(made.contract.id, by=made.facilitator.actor, today=OVER)
    assert [(row.quantity, row.amount) for row in rows] == [(130, 26_000)]


def test_without_pooling_it_is_not(session: scoped_session, today: date) -> None:
    made = a_site(400)
    terms_for(made.contract, TERMS)
    _done(made, made.lot, 420)
    _done(made, a_lot(made.contract, 250), 100)
    rows = service.compute_missing(made.contract.id, by=made.facilitator.actor, today=OVER)
    assert [row.amount for row in rows] == [30_000]


def test_nothing_is_computed_before_the_day_after_the_delivery(site: Site) -> None:
    for day in (date(2027, 1, 14), date(2027, 1, 15)):
        with pytest.raises(Refused) as refused:
            service.compute_missing(site.contract.id, by=site.facilitator.actor, today=day)
        assert refused.value.reasons == (ClosingRefusal.NOT_DELIVERED,)
    assert service.compute_missing(site.contract.id, by=site.facilitator.actor, today=date(2027, 1, 16))


def test_terms_without_a_price_compute_nothing(session: scoped_session, today: date) -> None:
    made = a_site(800)
    with pytest.raises(Refused) as refused:
        service.compute_missing(made.contract.id, by=made.facilitator.actor, today=OVER)
    assert refused.value.reasons == (ClosingRefusal.NO_UNIT,)


def test_twelve_days_late_at_75_euros_make_900_euros(site: Site) -> None:
    row = service.compute_late(
        site.lot.id,
        notice_due_on=date(2026, 10, 1),
        received_on=date(2026, 10, 13),
        by=site.facilitator.actor,
        today=date(2026, 11, 5),
    )[0]
    assert (row.quantity, row.amount) == (Decimal(12), Decimal(900))


def test_a_penalty_is_notified_then_waived_with_a_reason(site: Site, session: scoped_session) -> None:
    by = site.facilitator.actor
    row = service.compute_missing(site.contract.id, by=by, today=OVER)[0]
    service.decide(row.id, PenaltyAction.NOTIFY, version=row.version, by=by, today=OVER)
    with pytest.raises(Refused) as refused:
        service.decide(row.id, PenaltyAction.WAIVE, version=row.version, by=by, today=OVER, reason="  ")
    assert refused.value.reasons == (PenaltyRefusal.REASON_MISSING,)
    service.decide(row.id, PenaltyAction.WAIVE, version=row.version, by=by, today=OVER, reason="Chantier arrêté.")
    assert (row.state, row.notified_on, row.waived_reason) == (PenaltyState.WAIVED, OVER, "Chantier arrêté.")
    steps = session.scalars(select(ClauseTransition.action).where(ClauseTransition.subject_id == row.id)).all()
    assert sorted(steps) == ["notify", "waive"]


def test_a_decision_on_an_old_version_is_stale(site: Site) -> None:
    row = service.compute_missing(site.contract.id, by=site.facilitator.actor, today=OVER)[0]
    with pytest.raises(StaleVersion):
        service.decide(row.id, PenaltyAction.NOTIFY, version=row.version + 1, by=site.facilitator.actor, today=OVER)


def test_a_firm_and_a_stranger_decide_nothing(site: Site) -> None:
    row = service.compute_missing(site.contract.id, by=site.facilitator.actor, today=OVER)[0]
    stranger = somebody(Role.FACILITATOR, territory="sud-essonne")
    for who in (site.employer, stranger):
        with pytest.raises(NotFound):
            service.decide(row.id, PenaltyAction.NOTIFY, version=row.version, by=who.actor, today=OVER)
    with pytest.raises(Refused) as refused:
        service.compute_missing(site.contract.id, by=site.employer.actor, today=OVER)
    assert refused.value.reasons == (WorkflowRefusal.NOT_YOUR_ROLE,)
