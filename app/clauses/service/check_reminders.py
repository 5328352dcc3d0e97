"""A proof seen for somebody at work ends soon: those who steer the contract are told in time to see another."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.accounts.queries import those_to_write_to
from app.candidates.models import Candidate
from app.candidates.rules import CandidateState
from app.clauses.models import ClauseEmployment, EligibilityCheck, PublicContract
from app.clauses.rules.states import ContractState
from app.core.db import db
from app.core.quantities import format_date_short
from app.core.roles import Role
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.queries.reminders import reminder
from app.messages.rules import Recipient, ReminderKind


@transaction
def tell_ending_checks(today: date) -> int:
    """Once a check and last day, for who works on a contract that runs; how many messages."""
    rule = reminder(ReminderKind.ELIGIBILITY_ENDS)
    if not rule.active:
        return 0
    checks = _ending(today, today + timedelta(days=rule.days))
    places = {one.contract.facilitator_organisation_id for one in checks} - {None}
    people = those_to_write_to(places, {Role.FACILITATOR})  # type: ignore[arg-type]
    return sum(
        messages.queue(
            "check_ends",
            Recipient(user.full_name, user.id, user.email, user.phone),
            about=("check", check.id),
            key=f"check_ends:{user.id}:{check.id}:{check.good_until}",
            person=check.candidate.short_name,
            last_day=format_date_short(check.good_until) if check.good_until else "",
            title=check.contract.title,
            url=messages.link_to("clauses.people", contract_id=check.contract_id),
        )
        is not None
        for check in checks
        for user in _steering(check.contract, people.get(check.contract.facilitator_organisation_id, ()))  # type: ignore[arg-type]
    )


def _ending(today: date, until: date) -> Sequence[EligibilityCheck]:
    at_work = exists().where(
        ClauseEmployment.check_id == EligibilityCheck.id,
        or_(ClauseEmployment.ended_on.is_(None), ClauseEmployment.ended_on > EligibilityCheck.good_until),
    )
    query = (
        select(EligibilityCheck)
        .join(EligibilityCheck.contract)
        .join(EligibilityCheck.candidate)
        .where(
            EligibilityCheck.ended_on.is_(None),
            EligibilityCheck.good_until >= today,
            EligibilityCheck.good_until <= until,
            PublicContract.state == ContractState.RUNNING,
            Candidate.state == CandidateState.ACTIVE,
            at_work,
        )
        .options(
            joinedload(EligibilityCheck.candidate),
            joinedload(EligibilityCheck.contract).joinedload(PublicContract.facilitator),
        )
        .order_by(EligibilityCheck.good_until, EligibilityCheck.id)
    )
    return db.session.scalars(query).all()


def _steering(contract: PublicContract, place: Sequence[User]) -> Sequence[User]:
    """Who steers this contract by name, else those of its place."""
    named = contract.facilitator
    return (named,) if named is not None and named.disabled_at is None else place
