"""What a firm never learns: words planted where it must not read, looked for on every page and export it may open."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.clauses.models import ClauseCategory, ClauseEmployment, HourReport, StaffingRequest
from app.clauses.rules.kinds import StatementKind
from app.clauses.rules.offers import ClauseOfferRefusal
from app.clauses.rules.states import ReportState
from app.clauses.service import offers, staffing, statements
from app.core.errors import Refused
from app.core.policy import policy_of
from app.core.roles import SYSTEM, Role
from tests.factories.applications import a_market
from tests.factories.clauses import (
    Site,
    a_check,
    a_contract,
    a_holder,
    a_line,
    a_lot,
    a_person,
    a_report,
    a_site,
    an_employment,
)
from tests.factories.people import somebody

SignIn = Callable[..., FlaskClient]
PLANTED = (
    "Catégorie-Plantée", "Preuve-Plantée", "Note-Plantée", "Lot-Voisin", "Firme-Voisine", "Voisin-Planté",
    "Marché-Ailleurs", "1987-06-05", "05/06/1987", "5 juin 1987",
)  # fmt: skip
OTHER_PEOPLES = {"/clauses/suivi/<token>"}
"""Public pages with a secret of their own, which a firm does not hold."""


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """The firm's lot with a worker, beside another lot, firm and worker; the worker also works on another contract."""
    made = a_site(2000)
    category = session.get_one(ClauseCategory, "rsa")
    category.label, category.proof = PLANTED[0], PLANTED[1]
    worker = a_person(first_name="Mamadou", last_name="Diarra", birth_date=date(1987, 6, 5))
    a_check(made.contract, worker, note=PLANTED[2])
    work = an_employment(made.holder, worker)
    a_line(a_report(made.holder, date(2026, 9, 1), ReportState.LOCKED), work, 100)
    a_line(a_report(made.holder, date(2026, 10, 1), ReportState.RETURNED), work, 120)
    neighbour = a_holder(a_lot(made.contract, 400, title=PLANTED[3]), name=PLANTED[4])
    other = an_employment(neighbour, a_person(first_name="Denis", last_name=PLANTED[5]))
    a_line(a_report(neighbour, date(2026, 9, 1), ReportState.VALIDATED), other, 80)
    elsewhere = a_holder(a_lot(a_contract(made.facilitator, title=PLANTED[6]), 300))
    a_line(a_report(elsewhere, date(2026, 9, 1), ReportState.VALIDATED), an_employment(elsewhere, worker), 60)
    session.commit()
    return made


def _ids(site: Site, session: scoped_session, today: date) -> dict[str, UUID | str]:
    """One of each thing that an address may name, of this firm."""
    market = a_market()
    market.offer.organisation_id = site.employer.organisation.id
    session.commit()
    offers.link_offer(market.offer.id, site.holder.id, by=SYSTEM)
    staffing.work_out(today)
    issued = statements.issue(
        uuid4(), site.contract.id, lot_id=site.lot.id, kind=StatementKind.STATEMENT, as_of=today,
        signatory_name="Samia Benali", signatory_title="", by=site.facilitator.actor, today=today,
    )  # fmt: skip
    report = next(one for one in session.query(ClauseEmployment).filter_by(holder_id=site.holder.id))
    return {
        "contract_id": site.contract.id,
        "lot_id": site.lot.id,
        "offer_id": market.offer.id,
        "statement_id": issued.id,
        "employment_id": report.id,
        "report_id": _report(session, site),
        "request_id": _request(session, site),
    }


def _report(session: scoped_session, site: Site) -> UUID:
    rows = session.query(HourReport).filter_by(holder_id=site.holder.id, state=ReportState.RETURNED)
    return rows.one().id


def _request(session: scoped_session, site: Site) -> UUID:
    return session.query(StaffingRequest).filter_by(lot_id=site.lot.id).one().id


def _addresses(app: Flask, ids: dict[str, Any]) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        policy = policy_of(app, rule.endpoint)
        if not rule.endpoint.startswith("clauses.") or "GET" not in (rule.methods or ()) or policy is None:
            continue
        if not (policy.open or Role.EMPLOYER in policy.roles) or rule.rule in OTHER_PEOPLES:
            continue
        if rule.arguments <= set(ids):
            with app.test_request_context():
                yield url_for(rule.endpoint, **{name: ids[name] for name in rule.arguments})


def test_no_page_nor_export_of_a_firm_says_why_people_count_nor_what_others_do(
    app: Flask, client: FlaskClient, site: Site, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    ids = _ids(site, session, today)
    sign_in(site.employer)
    seen = 0
    for address in _addresses(app, ids):
        for end in ("", "?export=csv", "?export=csv&etat=tous"):
            answer = client.get(address + end)
            assert answer.status_code < 500, address
            if answer.status_code == 200 and answer.mimetype in {"text/html", "text/csv"}:
                seen += 1
                found = [words for words in PLANTED if words in answer.text]
                assert not found, f"{address}{end} says {found}"
                assert "RSA" not in answer.text, address
    assert seen >= 20


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.REFERENT, Role.FACILITATOR])
def test_a_stranger_opens_nothing_of_it(
    app: Flask,
    client: FlaskClient,
    site: Site,
    sign_in: SignIn,
    session: scoped_session,
    today: date,
    role: Role,
) -> None:
    ids = _ids(site, session, today)
    stranger = somebody(role, territory="sud-essonne")
    session.commit()
    sign_in(stranger)
    for address in _addresses(app, ids):
        if role is Role.FACILITATOR and address.endswith("/clause"):
            # Offers are read by every facilitator; the link itself is changed by those who steer the contract.
            with pytest.raises(Refused) as refused:
                offers.unlink_offer(ids["offer_id"], by=stranger.actor)
            assert refused.value.reasons == (ClauseOfferRefusal.ANOTHER_STEERS,)
            continue
        if any(str(value) in address for value in ids.values()):
            assert client.get(address).status_code in {403, 404}, address
