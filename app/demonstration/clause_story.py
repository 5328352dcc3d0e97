"""What already happened around the invented contracts: offers of a lot, checks, penalties, documents, reminders."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, insert

from app.clauses import jobs
from app.clauses.models import ClauseOffer, EligibilityCheck
from app.clauses.rules.eligibility import CATEGORIES, judge
from app.clauses.rules.kinds import StatementKind
from app.clauses.rules.states import ContractState, PenaltyAction
from app.clauses.service import penalties, statements
from app.core import clock
from app.core.db import Base, db
from app.core.errors import Refused
from app.core.grid import Grid, Span
from app.core.roles import SYSTEM, Actor, Role
from app.demonstration.candidates import CandidateRows
from app.demonstration.clause_contracts import ClauseRows, SiteRows
from app.demonstration.ground import Ground
from app.demonstration.offers import plain_offer
from app.demonstration.organisations import People
from app.offers.models import Offer
from app.offers.rules import EmploymentKind
from app.organisations.models import OrganisationTrade
from app.organisations.rules import SIAE_KINDS, OrganisationKind

CHECKED = 12
_USUAL = ("rsa", "rsa", "deld", "plie", "qpv", "senior")


def tell(ground: Ground, people: People, candidates: CandidateRows, rows: ClauseRows) -> None:
    """Once the contracts and hours are in the database."""
    _insert(OrganisationTrade, _know_how(ground, people))
    wanted = (("Collège Les Pyramides : rénovation", "Peinture"), ("Nettoyage des maisons", "Nettoyage des bureaux"))
    for title, lot in wanted:
        site = next(s for s in rows.sites if s.contract["title"].startswith(title) and s.lot["title"] == lot)
        _offer(ground, site, candidates)
    _close(rows)
    jobs.chase(clock.today())
    jobs.staff(clock.today())


def _insert(model: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.connection().execute(insert(cast(Table, model.__table__)), rows)


def _know_how(ground: Ground, people: People) -> list[dict[str, Any]]:
    """Two or three jobs that each structure can have done."""
    found = []
    for employer in people.employers:
        if employer.kind in SIAE_KINDS | {OrganisationKind.GEIQ} and employer.family in ground.trades:
            for slug, _, _ in ground.trades[employer.family][:3]:
                people_there = ground.random.randint(2, 8)
                found.append({"organisation_id": employer.organisation_id, "trade_slug": slug, "people": people_there})
    return found


def _offer(ground: Ground, site: SiteRows, candidates: CandidateRows) -> None:
    """An open offer of the lot, and people checked for its contract, the persona among those who would clean."""
    today = clock.today()
    row = plain_offer(
        ground, site.employer, today, trade=site.lot["trade_slug"], commune=site.lot["commune_insee"],
        title="Peintre en bâtiment" if site.lot["title"] == "Peinture" else "Agent d’entretien, marché du Département",
    )  # fmt: skip
    row.update(
        employment_kind=EmploymentKind.CDD, start_on=today + timedelta(days=12), end_on=today + timedelta(days=195),
        hours_week=Decimal(35) if site.lot["title"] == "Peinture" else Decimal(28), posts=2,
        grid=Grid.from_spans(Span(day, 16, 30) for day in range(5)), french=0, french_reason="", required_licences=[],
        required_skills=[], wished_skills=[], tutor_name="Nadia",
    )  # fmt: skip
    _insert(Offer, [row])
    linked = {"offer_id": row["id"], "lot_id": site.lot["id"], "holder_id": site.holder["id"], "linked_at": clock.now()}
    _insert(ClauseOffer, [linked])
    ready = {one["id"] for one in candidates.candidates if one["ready_on"] and one["consent_at"]}
    asking = [one["candidate_id"] for one in candidates.trades if one["trade_slug"] == site.lot["trade_slug"]]
    checked = [person for person in dict.fromkeys(asking) if person in ready][:CHECKED]
    _insert(EligibilityCheck, [_check(ground, site, person, today) for person in checked])


def _check(ground: Ground, site: SiteRows, person: UUID, today: date) -> dict[str, Any]:
    slug = ground.random.choice(_USUAL)
    category = next(one for one in CATEGORIES if one.slug == slug)
    proof = today - timedelta(days=ground.random.randint(3, 40))
    return {
        "id": ground.uuid(), "candidate_id": person, "contract_id": site.contract["id"],
        "category_slug": category.slug, "proof_dated_on": proof, "judged_on": today,
        "good_until": judge(category, proof, today, site.terms).good_until, "note": "", "checked_on": today,
        "checked_by": site.contract["facilitator_id"],
        "checked_by_organisation_id": site.contract["facilitator_organisation_id"], "ended_on": None,
        "ended_reason": "",
    }  # fmt: skip


def _close(rows: ClauseRows) -> None:
    """Delivered contracts have their penalties, closed ones their attestation, a few running ones a statement."""
    today, by = clock.today(), Actor(Role.DEPARTMENT, "Hélène Marchand")
    waived = False
    for contract in rows.contracts:
        if contract["state"] is ContractState.DELIVERED:
            with suppress(Refused):
                for penalty in penalties.compute_missing(contract["id"], by=by, today=today):
                    action = PenaltyAction.NOTIFY if waived else PenaltyAction.WAIVE
                    reason = "" if waived else "Le chantier a été arrêté trois mois par l’acheteur."
                    penalties.decide(penalty.id, action, version=penalty.version, by=by, today=today, reason=reason)
                    waived = True
        elif contract["state"] is ContractState.CLOSED:
            _issue(contract, StatementKind.ATTESTATION, today)
    _issue(rows.contracts[0], StatementKind.STATEMENT, today)


def _issue(contract: dict[str, Any], kind: StatementKind, today: date) -> None:
    with suppress(Refused):
        statements.issue(
            UUID(int=contract["id"].int ^ 1, version=4), contract["id"], lot_id=None, kind=kind, as_of=today,
            signatory_name="Samia Benali", signatory_title="Facilitatrice des clauses sociales", by=SYSTEM, today=today,
        )  # fmt: skip
