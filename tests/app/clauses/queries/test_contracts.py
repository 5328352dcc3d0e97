"""What waits for who steers: grouped lines, in one statement, and only their own contracts."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import scoped_session

from app.clauses.queries.contract_figures import figures_of
from app.clauses.queries.contracts import to_do_for
from app.clauses.rules.kinds import ClauseKind, LegalBase, Nature
from app.clauses.rules.progress import LotStanding
from app.clauses.rules.states import ContractState, ReportState
from app.clauses.rules.terms import Terms
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.clauses import (
    Site,
    a_contract,
    a_holder,
    a_line,
    a_lot,
    a_report,
    a_site,
    an_employment,
    terms_for,
)
from tests.factories.people import somebody

TODAY = date(2026, 11, 5)


def _three_lots(session: scoped_session) -> Site:
    site = a_site(400)
    for lot, holder, done in (
        (site.lot, site.holder, 420),
        *(
            (lot, a_holder(lot), done)
            for lot, done in ((a_lot(site.contract, 250), 100), (a_lot(site.contract, 150), 150))
        ),
    ):
        assert holder.lot_id == lot.id
        a_line(a_report(holder, date(2026, 4, 1), ReportState.VALIDATED), an_employment(holder), done)
    return site


def test_without_pooling_an_excess_does_not_carry_over_and_with_it_does(session: scoped_session) -> None:
    site = _three_lots(session)
    plain = figures_of([site.contract.id], TODAY)[site.contract.id]
    assert (plain.counted, plain.due, plain.ratio) == (650, 800, Decimal("0.8125"))
    assert (plain.validated, plain.left, plain.lots) == (670, 150, 3)

    terms_for(site.contract, Terms(pooling=True))

    pooled = figures_of([site.contract.id], TODAY)[site.contract.id]
    assert (pooled.counted, pooled.ratio) == (670, Decimal("0.8375"))


@pytest.mark.parametrize(
    ("done", "state", "standing"),
    [
        (250, ContractState.RUNNING, LotStanding.REACHED),
        (249, ContractState.CLOSED, LotStanding.MISSED),
        (249, ContractState.CANCELLED, None),
    ],
)
def test_the_standing_of_a_contract(
    session: scoped_session, done: int, state: ContractState, standing: LotStanding | None
) -> None:
    site = a_site(250)
    report = a_report(site.holder, date(2026, 4, 1), ReportState.VALIDATED)
    a_line(report, an_employment(site.holder), done)
    site.contract.state = state
    session.flush()

    assert figures_of([site.contract.id], TODAY)[site.contract.id].standing is standing


def test_what_waits_is_grouped_and_read_in_one_statement(session: scoped_session, statements: Statements) -> None:
    facilitator = somebody(Role.FACILITATOR)
    lacking = {
        "nature": Nature.SERVICES, "amount": Decimal(250_000), "notified_on": date(2026, 9, 1),
        "clause_kind": ClauseKind.NONE, "legal_base": LegalBase.NONE,
    }  # fmt: skip
    for _ in range(2):
        a_contract(facilitator, **lacking)
    a_contract(facilitator, state=ContractState.DELIVERED)
    a_contract(facilitator, state=ContractState.PREPARED)
    a_contract(facilitator, delivered_on=date(2026, 11, 4))
    statements.clear()

    items = to_do_for(facilitator.actor, TODAY)

    assert len(statements) == 1
    assert [(one.kind, one.title.replace("\u00a0", " ")) for one in items] == [
        ("contracts_obligation", "2 marchés sans clause ni motif"),
        ("contracts_over", "1 marché dont la date de livraison est passée"),
        ("contracts_to_close", "1 marché livré à clore"),
        ("contracts_without_lot", "1 marché en préparation sans lot"),
    ]


def test_a_contract_delivered_today_is_not_over_yet(session: scoped_session) -> None:
    facilitator = somebody(Role.FACILITATOR)
    a_contract(facilitator, delivered_on=TODAY)

    assert to_do_for(facilitator.actor, TODAY) == []


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.REFERENT, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_nothing_waits_for_others(session: scoped_session, role: Role) -> None:
    a_site(state=ContractState.DELIVERED)

    assert to_do_for(somebody(role).actor, TODAY) == []
