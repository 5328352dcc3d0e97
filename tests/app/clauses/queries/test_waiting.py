"""What of people at work waits for those who steer: hires without eligibility, proofs that end before the hire."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.clauses.models import ClauseOffer
from app.clauses.queries.waiting import to_do_for, waiting_hires
from app.core.todo import TodoItem
from tests.factories import applications as market
from tests.factories.clauses import Site, a_check, a_site, an_employment


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """A running contract."""
    return a_site()


@pytest.fixture
def made(site: Site, session: scoped_session) -> market.Market:
    """An offer of the lot, and a person of the territory."""
    found = market.a_market()
    session.add(ClauseOffer(offer_id=found.offer.id, lot_id=site.lot.id, holder_id=site.holder.id))
    session.flush()
    return found


def _of(kind: str, site: Site, today: date) -> list[TodoItem]:
    return [item for item in to_do_for(site.facilitator.actor, today) if item.kind == kind]


@pytest.mark.parametrize(("days", "count"), [(-1, 0), (0, 1), (15, 1), (16, 0)])
def test_a_proof_of_somebody_proposed_is_renewed_in_its_last_15_days(
    site: Site, made: market.Market, today: date, days: int, count: int
) -> None:
    market.proposed(made, today)
    a_check(site.contract, made.person.candidate, proof_dated_on=today, good_until=today + timedelta(days=days))
    assert len(_of("clause.proof_ends", site, today)) == count


def test_a_proof_of_somebody_whom_nobody_proposed_waits(site: Site, made: market.Market, today: date) -> None:
    a_check(site.contract, made.person.candidate, good_until=today)
    assert not _of("clause.proof_ends", site, today)


def test_a_hire_waits_until_its_work_is_noted_even_by_hand(site: Site, made: market.Market, today: date) -> None:
    hire = market.hired(made, today, market.sent(made, today))
    (waiting,) = waiting_hires([site.contract.id], today - timedelta(days=90))
    assert (waiting.id, waiting.candidate_id) == (hire.id, made.person.candidate.id)
    (item,) = _of("clause.hire_waits", site, today)
    assert item.arguments == {"contract_id": site.contract.id}
    assert not waiting_hires([site.contract.id], hire.start_on + timedelta(days=1))

    an_employment(site.holder, made.person.candidate, started_on=hire.start_on)
    assert not waiting_hires([site.contract.id], today)


def test_another_plie_has_none_of_it(site: Site, made: market.Market, today: date) -> None:
    site.contract.territory_code = None
    market.hired(made, today, market.sent(made, today))
    assert not to_do_for(made.facilitator.actor, today)
