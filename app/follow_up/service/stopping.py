"""Death, removal, refusal: everything stops, quietly. And what a merge of files or the end of a firm changes."""

from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import aliased, joinedload

from app.applications.service.moving import end, open_ones
from app.candidates.models import Candidate
from app.candidates.service import close_file
from app.core import clock
from app.core.db import db
from app.core.errors import StaleVersion
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.follow_up.models import FollowUp, HeldJob
from app.follow_up.queries.visible import the_one_to_act_on
from app.follow_up.rules.kinds import StopReason
from app.follow_up.rules.states import FOLLOW_UP, FollowUpAction, FollowUpState
from app.follow_up.service import journal
from app.follow_up.service.endings import as_portal, end_plans, hold_messages_to, revoke_links
from app.follow_up.service.opening import lock_person_of

OPEN = (FollowUpState.ACTIVE, FollowUpState.BROKEN)
_FILE_CLOSED = "Fiche fermée"


@transaction
def stop(follow_up_id: UUID, reason: StopReason, *, by: Actor, today: date, version: int | None = None) -> FollowUp:
    """Stop everything, without a message to anybody. Who only refuses stops this follow-up and stays proposed; a death
    or a removal stops all of the person's, and closes their file. Sent twice, it is done once.

    Raises NotFound, Refused, StaleVersion.
    """
    lock_person_of(follow_up_id)
    follow_up = the_one_to_act_on(by, follow_up_id)
    if follow_up.state is FollowUpState.STOPPED and follow_up.stop_reason is reason:
        return follow_up
    if version is not None and follow_up.version != version:
        raise StaleVersion({"version": follow_up.version})
    _stop(follow_up, reason, by, today)
    if reason is not StopReason.REFUSED:
        candidate_removed(follow_up.candidate_id, reason, by)
        close_file(follow_up.candidate, by=by, why=_FILE_CLOSED)
    return follow_up


def _stop(follow_up: FollowUp, reason: StopReason, by: Actor, today: date) -> None:
    """The reason stands in its column alone: neither the journal nor the trail says why."""
    acting = as_portal(by)
    journal.move(follow_up, FOLLOW_UP, FollowUpAction.STOP, acting, follow_up_id=follow_up.id, subject="follow_up")
    follow_up.settled_on, follow_up.stop_reason = today, reason
    end_plans(follow_up, SYSTEM)
    db.session.flush()


def candidate_removed(candidate_id: UUID, reason: StopReason, by: Actor) -> None:
    """The person left the portal: all their follow-ups stop, open applications end unsaid, nothing is sent to them.

    For ``stop``, and for whoever removes a file by another way.
    """
    today = clock.today()
    for follow_up in _open_ones(FollowUp.candidate_id == candidate_id):
        _stop(follow_up, reason, by, today)
    for application in open_ones(candidate_id=candidate_id):
        end(application, today)
    hold_messages_to(db.session.get_one(Candidate, candidate_id))


def _open_ones(*conditions: object) -> list[FollowUp]:
    query = (
        select(FollowUp)
        .where(FollowUp.state.in_(OPEN), *conditions)  # type: ignore[arg-type]
        .options(joinedload(FollowUp.candidate))
        .order_by(FollowUp.id)
        .with_for_update(of=FollowUp)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query).unique())


def candidate_merged(kept_id: UUID, merged_id: UUID, by: Actor) -> None:
    """A listener. The follow-ups go with the file that is kept; of one job followed twice, the second stops."""
    twin, mine, theirs = aliased(FollowUp), aliased(HeldJob), aliased(HeldJob)
    same_employer = or_(
        mine.organisation_id == theirs.organisation_id,
        mine.organisation_id.is_(None)
        & theirs.organisation_id.is_(None)
        & (func.lower(mine.employer_name) == func.lower(theirs.employer_name)),
    )
    followed_twice = exists().where(
        twin.candidate_id == kept_id,
        twin.state.in_(OPEN),
        theirs.follow_up_id == twin.id,
        mine.follow_up_id == FollowUp.id,
        mine.start_on == theirs.start_on,
        same_employer,
    )
    today = clock.today()
    for doubled in _open_ones(FollowUp.candidate_id == merged_id, followed_twice):
        _stop(doubled, StopReason.REMOVED, by, today)
    db.session.execute(update(FollowUp).where(FollowUp.candidate_id == merged_id).values(candidate_id=kept_id))
    for row in list(db.session):
        if isinstance(row, FollowUp):
            db.session.expire(row)


def organisation_closed(organisation_id: UUID, by: Actor) -> None:
    """A listener: the firm takes part no more. Its people stay followed and their page asks how it is; its tutors are
    no longer asked."""
    query = (
        select(HeldJob)
        .join(FollowUp, FollowUp.id == HeldJob.follow_up_id)
        .where(HeldJob.organisation_id == organisation_id, HeldJob.ended_on.is_(None), FollowUp.state.in_(OPEN))
        .order_by(HeldJob.id)
    )
    jobs = db.session.scalars(query).all()
    for job in jobs:
        journal.log(job.follow_up_id, "job", job.id, "employer_closed", SYSTEM)
    revoke_links(FollowUp.id.in_([job.follow_up_id for job in jobs]))
