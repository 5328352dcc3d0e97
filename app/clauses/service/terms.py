"""The terms of a clause: a new dated version of a contract's, and the département's templates."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.audit import service as audit
from app.clauses.models import ClauseTerms, PublicContract, TermsTemplate
from app.clauses.queries import terms as queries
from app.clauses.queries.visible import the_contract
from app.clauses.rules.states import ContractState
from app.clauses.rules.terms import (
    TEMPLATES,
    Terms,
    TermsRefusal,
    changes,
    term_refusals,
    terms_refusals,
)
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor, Role
from app.core.transaction import refuse_on, transaction
from app.core.workflow import WorkflowRefusal

_FIELDS = {
    TermsRefusal.BEFORE_LAST_VERSION: "valid_from",
    TermsRefusal.BEFORE_NOTIFICATION: "valid_from",
    TermsRefusal.UNKNOWN_CATEGORY: "categories",
    TermsRefusal.PROOF_MONTHS: "categories",
    TermsRefusal.DUE_DAY: "due_day",
    TermsRefusal.MONTH_CAP: "month_cap",
    TermsRefusal.REASON_ABOVE: "reason_above",
    TermsRefusal.TRAINING_CEILING: "training_ceiling_percent",
    TermsRefusal.NOTICE_DAYS: "notice_days",
    TermsRefusal.ALERT_WEEKS: "alert_weeks",
    TermsRefusal.ANSWER_DAYS: "answer_days",
    TermsRefusal.ETP_DIVISOR: "etp_divisor",
}
_STEERS = {Role.FACILITATOR, Role.DEPARTMENT, Role.SYSTEM}
_OVER = {ContractState.CLOSED, ContractState.CANCELLED}
refuse_on("uq_clause_terms_day", TermsRefusal.BEFORE_LAST_VERSION)


@transaction
def change_terms(
    contract_id: UUID, terms: Terms, *, row_id: UUID, valid_from: date, note: str, version: int, by: Actor
) -> ClauseTerms:
    """One more version; those before stay as they are. A second sending finds the row of the first.

    The first version is known since it holds; a later one since the day it was recorded, at the soonest, so that a
    report of the past says what it said. Raises Refused, StaleVersion, NotFound.
    """
    if by.role not in _STEERS:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    contract = the_contract(by, contract_id)
    db.session.execute(
        select(PublicContract.id).where(PublicContract.id == contract_id).with_for_update(key_share=True)
    )
    known = db.session.get(ClauseTerms, row_id)
    if known is not None:
        if known.contract_id != contract_id:
            raise NotFound
        return known
    versions = queries.versions_of(contract_id)
    if version != queries.edition(versions):
        raise StaleVersion({"version": queries.edition(versions)})
    if contract.state in _OVER:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    last = (versions[-1].row.valid_from, versions[-1].terms) if versions else None
    reasons = term_refusals(
        terms,
        valid_from=valid_from,
        notified_on=contract.notified_on,
        last=last,
        known_categories=queries.category_slugs(in_use=False),
    )
    if reasons:
        raise Refused(reasons, {**_FIELDS, **_found_at(terms)})
    changed = changes(last[1], terms) if last else []
    made = ClauseTerms(
        id=row_id,
        contract_id=contract_id,
        valid_from=valid_from,
        known_from=max(valid_from, clock.today()) if versions else valid_from,
        said=terms.to_json(),
        note=note,
        recorded_by=by.user_id,
    )
    db.session.add(made)
    db.session.flush()
    audit.note(by, "clause.terms.changed", "contract", contract_id, valid_from=str(valid_from), changed=changed)
    return made


def _found_at(terms: Terms) -> dict[TermsRefusal, str]:
    """Beside which field a penalty or a duration is refused."""
    found = {}
    wrong = [kind for kind, duration in terms.durations.items() if not duration.is_whole()]
    if wrong:
        found[TermsRefusal.DURATION] = f"months_{wrong[0].value}"
    for name in ("penalty_per_day", "penalty_per_hour"):
        amount = getattr(terms, name)
        if amount is not None and amount <= 0:
            found[TermsRefusal.PENALTY] = name
    return found


@transaction
def load_templates() -> int:
    """Add the shipped templates that lack; one that is there stays. Answers how many were added."""
    rows = [{"slug": one.slug, "name": one.name, "said": one.terms.to_json(), "active": True} for one in TEMPLATES]
    added = insert(TermsTemplate).on_conflict_do_nothing().returning(TermsTemplate.slug)
    return len(db.session.scalars(added, rows).all())


@transaction
def copy_template(name: str, terms: Terms, *, row_id: UUID, by: Actor) -> TermsTemplate:
    """A new template, which starts from another. A second sending finds the first. Raises Refused."""
    if by.role is not Role.DEPARTMENT:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    slug = f"m{row_id.hex}"
    known = db.session.get(TermsTemplate, slug)
    if known is not None:
        return known
    if reasons := terms_refusals(terms, queries.category_slugs(in_use=False)):
        raise Refused(reasons, {**_FIELDS, **_found_at(terms)})
    made = TermsTemplate(slug=slug, name=name, said=terms.to_json(), active=True)
    db.session.add(made)
    audit.note(by, "clause.template.added", "clause_template", None, slug=slug)
    return made


@transaction
def switch_template(slug: str, *, active: bool, by: Actor) -> TermsTemplate:
    """May it still be chosen? Contracts that started from it keep their terms. Raises NotFound."""
    if by.role is not Role.DEPARTMENT:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    found = queries.the_template(slug)
    if found.active != active:
        found.active = active
        audit.note(by, "clause.template.switched", "clause_template", None, slug=slug, active=active)
    return found
