"""A person's approval for work in a SIAE (PASS IAE, 730 days) ends soon: those who accompany them are told in time."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.accounts.queries import those_to_write_to
from app.candidates.models import Candidate, CandidateProgramme
from app.candidates.rules import CandidateState, Programme
from app.core.db import db
from app.core.quantities import format_date_short
from app.core.roles import Role
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.queries.reminders import reminder
from app.messages.rules import Recipient, ReminderKind


@transaction
def tell_ending_approvals(today: date) -> int:
    """Once a person and last day; how many messages. The words name no programme."""
    rule = reminder(ReminderKind.APPROVAL_ENDS)
    if not rule.active:
        return 0
    rows = _ending(today, today + timedelta(days=rule.days))
    places = {candidate.facilitator_organisation_id for _, candidate in rows} - {None}
    people = those_to_write_to(places, {Role.FACILITATOR})  # type: ignore[arg-type]
    written = 0
    for line, candidate in rows:
        for user in _around(candidate, people.get(candidate.facilitator_organisation_id, ())):  # type: ignore[arg-type]
            message = messages.queue(
                "approval_ends",
                Recipient(user.full_name, user.id, user.email, user.phone),
                about=("candidate", candidate.id),
                key=f"approval_ends:{user.id}:{line.id}:{line.until}",
                person=candidate.short_name,
                last_day=format_date_short(line.until) if line.until else "",
                url=messages.link_to("candidates.candidate", candidate_id=candidate.id),
            )
            written += message is not None
    return written


def _ending(today: date, until: date) -> Sequence[Row[CandidateProgramme, Candidate]]:
    query = (
        select(CandidateProgramme, Candidate)
        .join(Candidate, Candidate.id == CandidateProgramme.candidate_id)
        .where(
            CandidateProgramme.programme == Programme.IAE,
            CandidateProgramme.until >= today,
            CandidateProgramme.until <= until,
            Candidate.state == CandidateState.ACTIVE,
        )
        .options(joinedload(Candidate.referent))
        .order_by(CandidateProgramme.until, CandidateProgramme.id)
    )
    return db.session.execute(query).all()


def _around(candidate: Candidate, place: Sequence[User]) -> Sequence[User]:
    """The referent, and those of the PLIE who follow the person."""
    referent = candidate.referent
    first = [referent] if referent is not None and referent.disabled_at is None else []
    return [*first, *(user for user in place if user not in first)]
