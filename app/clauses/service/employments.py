"""A person works on a lot: noted by the facilitator or by the hire itself, changed, ended. Judged on the hire date."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from app.applications.models import Application, Hire
from app.audit import service as audit
from app.clauses.models import ClauseEmployment, ClauseOffer, Holder, HourLine, Lot, PublicContract
from app.clauses.queries.eligibility import Missing, Standing, stands_on
from app.clauses.queries.posts import person_checked
from app.clauses.queries.standing import terms_of
from app.clauses.queries.visible import employments_visible_to, holders_visible_to
from app.clauses.rules.eligibility import counts_until
from app.clauses.rules.employments import EmploymentRefusal, Work, employer_key, mode_of, work_refusals
from app.clauses.rules.kinds import Mode
from app.clauses.rules.states import ReportState
from app.clauses.service.eligibility import OVER, lock_person
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor, Role
from app.core.transaction import refuse_on, transaction
from app.organisations.models import Organisation

_R = EmploymentRefusal
_MISSING: Final = {
    Missing.PROOF: _R.NOT_ELIGIBLE,
    Missing.TIME: _R.COUNTS_NO_MORE,
    Missing.ORDER: _R.BEFORE_FIRST_HIRE,
}
WORK_FIELDS: Final = {
    _R.NOT_ELIGIBLE: "started_on",
    _R.COUNTS_NO_MORE: "started_on",
    _R.BEFORE_FIRST_HIRE: "started_on",
    _R.AFTER_DELIVERY: "started_on",
    _R.END_BEFORE_START: "ended_on",
    _R.HOURS_AFTER_END: "ended_on",
    _R.HOURS_WEEK: "hours_week",
    _R.TUTOR_COMPULSORY: "tutor_name",
    _R.EMPLOYER_COMPULSORY: "employer_name",
}
_STEERS: Final = (Role.FACILITATOR, Role.DEPARTMENT, Role.SYSTEM)
refuse_on("uq_clause_employments", _R.ALREADY_THERE)
refuse_on("ix_clause_employments_hire_id", _R.HIRE_TAKEN)


@transaction
def employ(
    candidate_id: UUID,
    holder_id: UUID,
    work: Work,
    *,
    by: Actor,
    hire_id: UUID | None = None,
    row_id: UUID | None = None,
) -> ClauseEmployment:
    """Note that a person works on the lot of a holder. Raises NotFound, Refused (all reasons); sent twice, noted once.

    A second hire on the same contract goes on from the first one: no new proof, and nothing restarts.
    """
    holder = _holder(holder_id, by)
    contract = holder.lot.contract
    lock_person(person_checked(by, contract.id, candidate_id).id)
    made = db.session.get(ClauseEmployment, row_id) if row_id else None
    if made is not None and (made.candidate_id, made.lot_id) == (candidate_id, holder.lot_id):
        return made
    if contract.state in OVER:
        raise Refused(_R.CONTRACT_OVER)
    terms = terms_of(contract.id, work.started_on)
    stand = stands_on(contract.id, candidate_id, work.started_on, work.kind, work.ended_on, terms)
    reasons = work_refusals(work, contract.delivered_on)
    if isinstance(stand, Missing):
        raise Refused((*reasons, _MISSING[stand]), WORK_FIELDS)
    if reasons:
        raise Refused(reasons, WORK_FIELDS)
    hire = _hire(hire_id, candidate_id, holder.lot_id) if hire_id else None
    return _kept(candidate_id, holder, work, stand, by=by, hire_id=hire, row_id=None if made else row_id)


def _holder(holder_id: UUID, by: Actor) -> Holder:
    query = (
        holders_visible_to(by).where(Holder.id == holder_id).options(joinedload(Holder.lot).joinedload(Lot.contract))
    )
    found = db.session.scalar(query) if by.is_any(*_STEERS) else None
    if found is None:
        raise NotFound
    return found


def _hire(hire_id: UUID, candidate_id: UUID, lot_id: UUID) -> UUID:
    """A hire of this person through an offer of this lot. Raises NotFound."""
    query = (
        select(Hire.id)
        .join(Application, Application.id == Hire.application_id)
        .join(ClauseOffer, ClauseOffer.offer_id == Application.offer_id)
        .where(Hire.id == hire_id, Hire.candidate_id == candidate_id, ClauseOffer.lot_id == lot_id)
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def _kept(
    candidate_id: UUID,
    holder: Holder,
    work: Work,
    stand: Standing,
    *,
    by: Actor,
    hire_id: UUID | None,
    row_id: UUID | None = None,
) -> ClauseEmployment:
    direct = work.mode is Mode.DIRECT and not work.employer_name.strip()
    name = holder.name if direct else work.employer_name.strip()
    kept = ClauseEmployment(
        **({"id": row_id} if row_id else {}),
        check_id=stand.check_id,
        candidate_id=candidate_id,
        lot_id=holder.lot_id,
        holder_id=holder.id,
        hire_id=hire_id,
        mode=work.mode,
        employer_name=name,
        employer_key=employer_key(holder.siret if direct else work.employer_siret, name),
        employment_kind=work.kind,
        started_on=work.started_on,
        ended_on=work.ended_on,
        hours_week=work.hours_week,
        tutor_name=work.tutor_name.strip(),
        payroll_number=work.payroll_number.strip(),
        counts_from=stand.counts_from,
        counts_until=stand.counts_until,
    )
    db.session.add(kept)
    db.session.flush()
    audit.note(by, "clause.employment.noted", "employment", kept.id, lot=str(holder.lot_id))
    return kept


@transaction
def change_employment(
    employment_id: UUID,
    *,
    ended_on: date | None,
    hours_week: Decimal,
    tutor_name: str,
    payroll_number: str,
    by: Actor,
    version: int | None = None,
) -> ClauseEmployment:
    """Its end, its week, its tutor; never the hire date nor its right. Raises NotFound, StaleVersion, Refused."""
    row = _locked(employment_id, by)
    if version is not None and row.version != version:
        raise StaleVersion(
            {
                "ended_on": row.ended_on,
                "hours_week": row.hours_week,
                "tutor_name": row.tutor_name,
                "payroll_number": row.payroll_number,
                "version": row.version,
            }
        )
    work = Work(
        row.mode, row.employment_kind, row.started_on, hours_week, ended_on, row.employer_name, tutor_name=tutor_name
    )
    reasons = work_refusals(work, None)
    if ended_on and ended_on != row.ended_on and _hours_after(row, ended_on):
        reasons = (*reasons, _R.HOURS_AFTER_END)
    if reasons:
        raise Refused(reasons, WORK_FIELDS)
    _end(row, ended_on)
    row.hours_week, row.tutor_name, row.payroll_number = hours_week, tutor_name.strip(), payroll_number.strip()
    audit.note(by, "clause.employment.changed", "employment", row.id, lot=str(row.lot_id))
    return row


@transaction
def end_employment(employment_id: UUID, *, ended_on: date, by: Actor, version: int | None = None) -> ClauseEmployment:
    """Its last day. Raises NotFound, StaleVersion, Refused."""
    row = _locked(employment_id, by)
    return change_employment(
        employment_id,
        ended_on=ended_on,
        hours_week=row.hours_week,
        tutor_name=row.tutor_name,
        payroll_number=row.payroll_number,
        by=by,
        version=version,
    )


def _locked(employment_id: UUID, by: Actor) -> ClauseEmployment:
    query = employments_visible_to(by).where(ClauseEmployment.id == employment_id)
    query = query.with_for_update(of=ClauseEmployment).execution_options(populate_existing=True)
    found = db.session.scalar(query) if by.is_any(*_STEERS) else None
    if found is None:
        raise NotFound
    return found


def _hours_after(row: ClauseEmployment, last_day: date) -> bool:
    lines = exists().where(
        HourLine.employment_id == row.id,
        HourLine.month > last_day,
        HourLine.hours > 0,
        HourLine.state != ReportState.RETURNED,
    )
    return bool(db.session.scalar(select(lines)))


def _end(row: ClauseEmployment, ended_on: date | None) -> None:
    """Where the contract counts to the end of the work, the last day that counts moves with it."""
    if ended_on == row.ended_on:
        return
    row.ended_on = ended_on
    contract_id = db.session.scalar(select(Lot.contract_id).where(Lot.id == row.lot_id))
    assert contract_id is not None
    terms = terms_of(contract_id, row.started_on)
    if terms.duration(row.employment_kind).to_end:
        row.counts_until = counts_until(row.counts_from, row.employment_kind, ended_on, terms)


def hired(hire: Hire, application: Application, by: Actor) -> None:
    """A listener: who is hired through an offer of a lot and is eligible that day works on the lot.

    Whoever is not is left to the facilitator's things to do. The hire itself is never blocked.
    """
    query = (
        select(Holder)
        .join(ClauseOffer, ClauseOffer.holder_id == Holder.id)
        .where(ClauseOffer.offer_id == application.offer_id)
        .options(joinedload(Holder.lot).joinedload(Lot.contract))
    )
    holder = db.session.scalar(query)
    if holder is None or holder.lot.contract.state in OVER:
        return
    work = _work_of(hire, holder)
    contract: PublicContract = holder.lot.contract
    terms = terms_of(contract.id, hire.start_on)
    stand = stands_on(contract.id, hire.candidate_id, hire.start_on, hire.employment_kind, hire.end_on, terms)
    late = contract.delivered_on is not None and hire.start_on > contract.delivered_on
    if isinstance(stand, Missing) or late or _noted(hire, holder, work):
        audit.note(by, "clause.hire.waits", "hire", hire.id, lot=str(holder.lot_id))
        return
    _kept(hire.candidate_id, holder, work, stand, by=by, hire_id=hire.id)


def _work_of(hire: Hire, holder: Holder) -> Work:
    firm = db.session.get_one(Organisation, hire.organisation_id)
    ours = firm.id == holder.organisation_id
    return Work(
        mode=mode_of(firm.kind.value, is_holder=ours, role=holder.role),
        kind=hire.employment_kind,
        started_on=hire.start_on,
        hours_week=hire.hours_week,
        ended_on=hire.end_on,
        employer_name=firm.name,
        employer_siret=holder.siret if ours else firm.siret,
    )


def _noted(hire: Hire, holder: Holder, work: Work) -> bool:
    """Somebody noted this very work by hand before."""
    same = exists().where(
        ClauseEmployment.lot_id == holder.lot_id,
        ClauseEmployment.candidate_id == hire.candidate_id,
        ClauseEmployment.employer_key == employer_key(work.employer_siret, work.employer_name),
        ClauseEmployment.started_on == work.started_on,
    )
    return bool(db.session.scalar(select(same)))
