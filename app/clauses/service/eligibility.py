"""A facilitator saw a proof: this person may be hired on this contract until a day. The proof itself is never kept."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from app.audit import service as audit
from app.candidates.models import Candidate
from app.clauses.models import ClauseCategory, EligibilityCheck, PublicContract
from app.clauses.queries.categories import as_rule
from app.clauses.queries.posts import person_checked
from app.clauses.queries.standing import terms_of
from app.clauses.queries.visible import checks_visible_to, contracts_visible_to
from app.clauses.rules.eligibility import EligibilityRefusal, judge
from app.clauses.rules.employments import CheckRefusal
from app.clauses.rules.states import ContractState
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction

OVER: Final = frozenset({ContractState.CLOSED, ContractState.CANCELLED})
CHECK_FIELDS: Final = {
    EligibilityRefusal.CATEGORY_NOT_COUNTED: "category",
    EligibilityRefusal.PROOF_MISSING: "proof_dated_on",
    EligibilityRefusal.PROOF_AFTER_HIRE: "proof_dated_on",
    EligibilityRefusal.PROOF_TOO_OLD: "proof_dated_on",
    EligibilityRefusal.TEXT_COMPULSORY: "note",
    CheckRefusal.PROOF_IN_FUTURE: "proof_dated_on",
}


def lock_person(candidate_id: UUID) -> None:
    """Two who note something about a person's eligibility or work take turns."""
    db.session.execute(select(Candidate.id).where(Candidate.id == candidate_id).with_for_update(key_share=True))


def steered(contract_id: UUID, by: Actor) -> PublicContract:
    """A contract of those who steer. Raises NotFound, for an employer too."""
    query = contracts_visible_to(by).where(PublicContract.id == contract_id)
    found = db.session.scalar(query) if by.is_any(Role.FACILITATOR, Role.DEPARTMENT, Role.SYSTEM) else None
    if found is None:
        raise NotFound
    return found


@transaction
def check(
    contract_id: UUID,
    candidate_id: UUID,
    *,
    category_slug: str,
    proof_dated_on: date | None,
    hire_on: date,
    note: str = "",
    by: Actor,
    today: date,
    row_id: UUID | None = None,
) -> EligibilityCheck:
    """Note that the proof was seen, judged for a hire on that day. Ends the check before, which stays as it was.

    Raises NotFound, Refused (all reasons). A form sent twice notes once.
    """
    contract, person = steered(contract_id, by), person_checked(by, contract_id, candidate_id)
    lock_person(person.id)
    made = db.session.get(EligibilityCheck, row_id) if row_id else None
    if made is not None and (made.contract_id, made.candidate_id) == (contract.id, person.id):
        return made
    good_until = _judged(contract, category_slug, proof_dated_on, hire_on, note, today)
    for before in db.session.scalars(
        select(EligibilityCheck).where(
            EligibilityCheck.contract_id == contract.id,
            EligibilityCheck.candidate_id == person.id,
            EligibilityCheck.ended_on.is_(None),
        )
    ):
        before.ended_on = today
    db.session.flush()
    kept = EligibilityCheck(
        **({"id": row_id} if row_id and made is None else {}),
        contract_id=contract.id,
        candidate_id=person.id,
        category_slug=category_slug,
        proof_dated_on=proof_dated_on,
        judged_on=hire_on,
        good_until=good_until,
        note=note.strip(),
        checked_on=today,
        checked_by=by.user_id,
        checked_by_organisation_id=by.organisation_id,
    )
    db.session.add(kept)
    audit.note(by, "clause.eligibility.checked", "eligibility", kept.id, contract=str(contract.id))
    return kept


def _judged(
    contract: PublicContract, slug: str, proof_dated_on: date | None, hire_on: date, note: str, today: date
) -> date | None:
    """The last day on which a hire may stand on it, by the terms in force on the hire date. Raises Refused."""
    if contract.state in OVER:
        raise Refused(CheckRefusal.CONTRACT_OVER)
    category = db.session.get(ClauseCategory, slug)
    if category is None or not category.active:
        raise Refused(EligibilityRefusal.CATEGORY_NOT_COUNTED, CHECK_FIELDS)
    judgement = judge(as_rule(category), proof_dated_on, hire_on, terms_of(contract.id, hire_on), note)
    ahead = proof_dated_on is not None and proof_dated_on > today
    reasons = (*judgement.refusals, *((CheckRefusal.PROOF_IN_FUTURE,) if ahead else ()))
    if reasons:
        raise Refused(reasons, CHECK_FIELDS)
    return judgement.good_until


@transaction
def withdraw(check_id: UUID, *, reason: str, by: Actor, today: date) -> EligibilityCheck:
    """No hire may stand on it any more; who was hired on it before keeps counting. Raises NotFound, Refused."""
    query = checks_visible_to(by).where(EligibilityCheck.id == check_id).with_for_update(of=EligibilityCheck)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    if found.ended_on is not None:
        raise Refused(CheckRefusal.ALREADY_ENDED)
    if not reason.strip():
        raise Refused(CheckRefusal.REASON_COMPULSORY, {CheckRefusal.REASON_COMPULSORY: "reason"})
    found.ended_on, found.ended_reason = today, reason.strip()
    audit.note(by, "clause.eligibility.withdrawn", "eligibility", found.id, contract=str(found.contract_id))
    return found
