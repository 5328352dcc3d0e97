"""The smallest clause: a buyer's contract with a lot, a firm that holds it, a person who counts and works there."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import select

from app.candidates.models import Candidate
from app.clauses.models import (
    Buyer,
    ClauseCategory,
    ClauseEmployment,
    ClauseTerms,
    ContractVersion,
    EligibilityCheck,
    Holder,
    HourLine,
    HourReport,
    Lot,
    LotVersion,
    PublicContract,
)
from app.clauses.rules.kinds import (
    BuyerKind,
    ClauseKind,
    EntryStage,
    HolderRole,
    LegalBase,
    Mode,
    Nature,
    ObjectiveMethod,
)
from app.clauses.rules.states import ContractState, ReportState
from app.clauses.rules.terms import Terms
from app.clauses.service import ledger, objectives
from app.core.db import db
from app.core.roles import SYSTEM, Role
from app.offers.rules import EmploymentKind
from tests.factories.people import Somebody, an_organisation, somebody

_numbers = count(1)
NOTIFIED, DELIVERED = date(2026, 3, 2), date(2027, 1, 15)


def _saved(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def a_buyer(**values: Any) -> Buyer:
    """A service of the département."""
    return _saved(Buyer(**{"name": f"Acheteur {next(_numbers)}", "kind": BuyerKind.DEPARTMENT, **values}))


def a_contract(facilitator: Somebody | None = None, **values: Any) -> PublicContract:
    """A running works contract from 2 March 2026 to 15 January 2027, steered by the facilitator's PLIE."""
    said: dict[str, Any] = {
        "number": f"2026-{next(_numbers):04}",
        "title": "Collège Les Pyramides : rénovation",
        "nature": Nature.WORKS,
        "cpv": "45214220",
        "amount": Decimal(6_180_000),
        "notified_on": NOTIFIED,
        "delivered_on": DELIVERED,
        "legal_base": LegalBase.EXECUTION,
        "clause_kind": ClauseKind.EXECUTION_CLAUSE,
        "territory_code": "nord-ouest",
        "state": ContractState.RUNNING,
        **values,
    }
    if facilitator is not None:
        said.setdefault("facilitator_organisation_id", facilitator.organisation and facilitator.organisation.id)
        said.setdefault("facilitator_id", facilitator.user.id)
    said["buyer_id"] = said.get("buyer_id") or a_buyer().id
    contract = _saved(PublicContract(**said))
    first = contract.notified_on or NOTIFIED
    _saved(
        ContractVersion(
            contract_id=contract.id,
            number=0,
            valid_from=first,
            known_from=first,
            amount=contract.amount,
            delivered_on=contract.delivered_on,
        )
    )
    return contract


def a_lot(contract: PublicContract, hours: int | str = 250, *, since: date = NOTIFIED, **values: Any) -> Lot:
    """A lot that owes ``hours`` since the notification."""
    number = db.session.query(Lot).filter_by(contract_id=contract.id).count() + 1
    lot = _saved(Lot(**{"contract_id": contract.id, "number": number, "title": "Peinture", **values}))
    an_objective(lot, hours, since=since)
    return lot


def an_objective(lot: Lot, hours: int | str, *, since: date, known_from: date | None = None) -> LotVersion:
    """A version of the objective of a lot, and what follows from it."""
    version = _saved(
        LotVersion(
            lot_id=lot.id,
            valid_from=since,
            known_from=known_from or since,
            hours=Decimal(hours),
            method=ObjectiveMethod.STATED,
        )
    )
    objectives.refresh(lot.id)
    return version


def terms_for(contract: PublicContract, terms: Terms, *, since: date = NOTIFIED) -> ClauseTerms:
    """Terms in force on a contract since a day."""
    return _saved(ClauseTerms(contract_id=contract.id, valid_from=since, known_from=since, said=terms.to_json()))


def a_holder(lot: Lot, employer: Somebody | None = None, **values: Any) -> Holder:
    """A firm alone on the lot."""
    organisation = employer.organisation if employer else an_organisation(name=f"Entreprise {next(_numbers)}")
    assert organisation is not None
    said = {
        "lot_id": lot.id,
        "role": HolderRole.SOLE,
        "name": organisation.name,
        "organisation_id": organisation.id,
        "share": Decimal(100),
        **values,
    }
    return _saved(Holder(**said))


def a_category(slug: str = "rsa") -> ClauseCategory:
    """The category of that name, as loaded with the reference data, or a plain one."""
    found = db.session.get(ClauseCategory, slug)
    return found or _saved(ClauseCategory(slug=slug, label="Bénéficiaire du RSA", proof="Attestation de la CAF"))


def a_person(**values: Any) -> Candidate:
    """Somebody of Massy."""
    said = {"first_name": "Camille", "last_name": f"Diarra{next(_numbers)}", "commune_insee": "91377", **values}
    return _saved(Candidate(**said))


def a_check(contract: PublicContract, candidate: Candidate, **values: Any) -> EligibilityCheck:
    """A current check of that person for that contract."""
    said = {
        "contract_id": contract.id,
        "candidate_id": candidate.id,
        "category_slug": a_category().slug,
        "proof_dated_on": NOTIFIED,
        "judged_on": NOTIFIED,
        "good_until": date(2026, 6, 1),
        "checked_on": NOTIFIED,
        **values,
    }
    return _saved(EligibilityCheck(**said))


def an_employment(holder: Holder, candidate: Candidate | None = None, **values: Any) -> ClauseEmployment:
    """A person hired directly by the holder, at 35 h a week since 16 March 2026; counts for 24 months."""
    lot = db.session.get(Lot, holder.lot_id)
    contract = db.session.get(PublicContract, lot.contract_id)
    person = candidate or a_person()
    check = db.session.scalar(
        select(EligibilityCheck).where(
            EligibilityCheck.contract_id == contract.id, EligibilityCheck.candidate_id == person.id
        )
    )
    said = {
        "check_id": (check or a_check(contract, person)).id,
        "candidate_id": person.id,
        "lot_id": lot.id,
        "holder_id": holder.id,
        "mode": Mode.DIRECT,
        "employer_name": holder.name,
        "employer_key": holder.siret or holder.name.lower(),
        "employment_kind": EmploymentKind.CDD,
        "started_on": date(2026, 3, 16),
        "ended_on": None,
        "hours_week": Decimal(35),
        "counts_from": date(2026, 3, 16),
        "counts_until": date(2028, 3, 15),
        **values,
    }
    return _saved(ClauseEmployment(**said))


def a_report(holder: Holder, month: date, state: ReportState = ReportState.DRAFT, **values: Any) -> HourReport:
    """A holder's report of one month; sent, validated or closed on the tenth of the next one when the state says so."""
    done = date(month.year + month.month // 12, month.month % 12 + 1, 10)
    declared = None if state is ReportState.DRAFT else done
    said = {
        "holder_id": holder.id,
        "lot_id": holder.lot_id,
        "first_month": month,
        "months": 1,
        "due_on": date(done.year, done.month, 15),
        "state": state,
        "declared_on": declared,
        "locked_on": done if state is ReportState.LOCKED else None,
        **values,
    }
    return _saved(HourReport(**said))


def a_line(report: HourReport, employment: ClauseEmployment, hours: str | int, **values: Any) -> HourLine:
    """A line in the state of its report; what it declares and validates is in the ledger, on the report's day."""
    state = values.pop("state", report.state)
    sent = state in {ReportState.DECLARED, ReportState.VALIDATED, ReportState.LOCKED}
    settled = state in {ReportState.VALIDATED, ReportState.LOCKED}
    said = {
        "report_id": report.id,
        "lot_id": report.lot_id,
        "holder_id": report.holder_id,
        "employment_id": employment.id,
        "candidate_id": employment.candidate_id,
        "employer_key": employment.employer_key,
        "mode": employment.mode,
        "month": report.first_month,
        "hours": Decimal(hours),
        "state": state,
        "declared_on": report.declared_on if sent or state is ReportState.RETURNED else None,
        "validated_on": report.declared_on if settled else None,
        "return_text": "Joindre la paie." if state is ReportState.RETURNED else "",
        **values,
    }
    line = _saved(HourLine(**said))
    entries = [ledger.Entry(line, EntryStage.DECLARED, line.hours)] if sent else []
    entries += [ledger.Entry(line, EntryStage.VALIDATED, line.hours)] if settled else []
    if report.declared_on:
        ledger.post(entries, by=SYSTEM, on=report.declared_on)
    return line


@dataclass(frozen=True, slots=True)
class Site:
    """A contract with one lot of 250 h: its facilitator, its firm, and who holds it."""

    facilitator: Somebody
    employer: Somebody
    contract: PublicContract
    lot: Lot
    holder: Holder


def a_site(hours: int | str = 250, **values: Any) -> Site:
    """A PLIE facilitator's running contract, and the firm that holds its only lot."""
    facilitator = somebody(Role.FACILITATOR)
    employer = somebody(Role.EMPLOYER, an_organisation(name=f"Peintures Morel {next(_numbers)}"))
    contract = a_contract(facilitator, **values)
    lot = a_lot(contract, hours)
    return Site(facilitator, employer, contract, lot, a_holder(lot, employer))
