"""Statements and attestations: what they say for ever, and what they refuse."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy.orm import scoped_session

from app.clauses.models import Statement
from app.clauses.queries.closing import read_figures, statement_by_code
from app.clauses.rules.closing import ClosingRefusal
from app.clauses.rules.kinds import Mode, StatementKind
from app.clauses.rules.states import ContractState, ReportState
from app.clauses.service import statements as service
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from tests.factories.clauses import Site, a_line, a_lot, a_report, a_site, an_employment, an_objective
from tests.factories.people import somebody


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """800 h owed; 480 validated on 10 May by two people, in two modes."""
    made = a_site(800)
    direct, lent = an_employment(made.holder), an_employment(made.holder, mode=Mode.MADE_AVAILABLE)
    report = a_report(made.holder, date(2026, 4, 1), ReportState.VALIDATED)
    a_line(report, direct, 300)
    a_line(report, lent, 180)
    session.commit()
    return made


def issued(site: Site, **values: object) -> Statement:
    said: dict[str, object] = {
        "lot_id": None,
        "kind": StatementKind.STATEMENT,
        "as_of": date(2026, 5, 20),
        "signatory_name": "Samia Benali",
        "signatory_title": "",
        "by": site.facilitator.actor,
        "today": date(2026, 11, 5),
        **values,
    }
    return service.issue(said.pop("row_id", uuid4()), site.contract.id, **said)  # type: ignore[arg-type]


def test_a_statement_says_what_was_owed_and_validated_that_day(site: Site) -> None:
    an_objective(site.lot, 960, since=date(2026, 6, 1))
    before, after = issued(site), issued(site, as_of=date(2026, 6, 1))
    assert (before.objective, before.validated) == (Decimal(800), Decimal(480))
    assert read_figures(before.figures)["ratio"] == Decimal("0.6")
    assert (after.objective, read_figures(after.figures)["ratio"]) == (Decimal(960), Decimal("0.5"))


def test_a_statement_counts_people_and_modes_and_names_nobody(site: Site) -> None:
    figures = issued(site).figures
    assert figures["people"] == 2
    assert [(one["key"], one["people"], Decimal(one["hours"])) for one in figures["modes"]] == [
        ("direct", 1, 300),
        ("made_available", 1, 180),
    ]
    assert "Camille" not in str(figures)
    assert "rsa" not in str(figures).lower()


def test_a_statement_of_a_lot_says_nothing_of_the_others(site: Site) -> None:
    a_lot(site.contract, 500, title="Gros œuvre")
    row = issued(site, lot_id=site.lot.id)
    assert [lot["title"] for lot in row.figures["lots"]] == ["Peinture"]
    assert row.objective == 800


def test_a_second_sending_is_the_same_document(site: Site) -> None:
    identifier = uuid4()
    assert issued(site, row_id=identifier).code == issued(site, row_id=identifier).code


def test_an_attestation_waits_for_the_delivery_and_for_the_last_hours(site: Site) -> None:
    a_line(a_report(site.holder, date(2026, 5, 1), ReportState.DECLARED), an_employment(site.holder), 10)
    with pytest.raises(Refused) as refused:
        issued(site, kind=StatementKind.ATTESTATION, as_of=date(2026, 11, 5))
    assert set(refused.value.reasons) == {ClosingRefusal.NOT_DELIVERED, ClosingRefusal.HOURS_WAITING}


def test_an_annulled_document_keeps_its_code_and_its_reason(site: Site) -> None:
    site.contract.state = ContractState.DELIVERED
    row = issued(site, kind=StatementKind.ATTESTATION, as_of=date(2026, 11, 5))
    service.revoke(row.id, reason="Erreur de lot.", by=site.facilitator.actor)
    found = statement_by_code(row.code)
    assert found is row
    assert found.revoked_reason == "Erreur de lot."
    with pytest.raises(Refused):
        service.revoke(row.id, reason="Encore.", by=site.facilitator.actor)


def test_only_those_who_steer_the_contract_issue(site: Site) -> None:
    with pytest.raises(Refused):
        issued(site, by=site.employer.actor)
    with pytest.raises(NotFound):
        issued(site, by=somebody(Role.FACILITATOR, territory="sud-essonne").actor)
