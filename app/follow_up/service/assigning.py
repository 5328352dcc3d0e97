"""A follow-up goes to a colleague, or to somebody of another organisation. The person is told whom to phone."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import exists, select

from app.accounts.models import Membership, User
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.transaction import transaction
from app.follow_up.models import FollowUp, FollowUpAssignment
from app.follow_up.queries.visible import the_follow_up, the_one_to_act_on
from app.follow_up.rules.assigning import AssignRefusal, assign_refusals
from app.follow_up.service import journal
from app.messages import service as messages
from app.messages.rules import Channel, Recipient
from app.organisations.models import Organisation

FIELDS: Final = {
    AssignRefusal.NOBODY: "to",
    AssignRefusal.NOT_THERE: "to",
    AssignRefusal.SAME: "to",
    AssignRefusal.NO_REASON: "reason",
}


@transaction
def assign(
    follow_up_id: UUID,
    user_id: UUID | None,
    organisation_id: UUID | None,
    *,
    reason: str,
    by: Actor,
    today: date,
    version: int | None = None,
) -> FollowUp:
    """Give it to somebody who accompanies people there, or (``user_id`` None) to their team. Sent twice, it is once.

    Raises NotFound, Refused (all reasons), StaleVersion.
    """
    follow_up = _to_assign(by, follow_up_id)
    same = (follow_up.referent_id, follow_up.referent_organisation_id) == (user_id, organisation_id)
    if version is not None and follow_up.version != version:
        if same:
            return follow_up
        raise StaleVersion({"version": follow_up.version})
    reasons = assign_refusals(
        follow_up.state, named=organisation_id is not None, there=_is_there(user_id, organisation_id), same=same,
        reason=reason,
    )  # fmt: skip
    if reasons:
        raise Refused(reasons, FIELDS)
    user = db.session.get(User, user_id) if user_id else None
    _hand_over(follow_up, user, organisation_id, reason.strip(), by, today)
    _tell(follow_up, user)
    return follow_up


def _to_assign(by: Actor, follow_up_id: UUID) -> FollowUp:
    """Who acts on it may give it away; one that nobody holds may be taken or given by whoever accompanies the person,
    or by the département."""
    try:
        return the_one_to_act_on(by, follow_up_id)
    except NotFound:
        if by.role not in ACCOMPANIMENT | {Role.DEPARTMENT}:
            raise
        found = the_follow_up(by, follow_up_id)
        if found.referent_id is not None or found.referent_organisation_id is not None:
            raise
        return found


def _is_there(user_id: UUID | None, organisation_id: UUID | None) -> bool:
    """Does this person accompany people in this organisation now? A team alone is always there."""
    if user_id is None or organisation_id is None:
        return user_id is None
    member = exists().where(
        Membership.user_id == user_id,
        Membership.organisation_id == organisation_id,
        Membership.role.in_(ACCOMPANIMENT),
        Membership.left_at.is_(None),
        User.id == Membership.user_id,
        User.disabled_at.is_(None),
    )
    return bool(db.session.scalar(select(member)))


def _hand_over(
    follow_up: FollowUp, user: User | None, organisation_id: UUID | None, reason: str, by: Actor, today: date
) -> None:
    current = select(FollowUpAssignment).where(
        FollowUpAssignment.follow_up_id == follow_up.id, FollowUpAssignment.until.is_(None)
    )
    for row in db.session.scalars(current):
        row.until = max(row.since, today - timedelta(days=1))
    follow_up.referent_id, follow_up.referent_organisation_id = user.id if user else None, organisation_id
    db.session.add(
        FollowUpAssignment(
            follow_up_id=follow_up.id,
            user_id=follow_up.referent_id,
            organisation_id=organisation_id,
            since=today,
            reason=reason,
            by_user_id=by.user_id,
        )
    )
    place = db.session.get(Organisation, organisation_id) if organisation_id else None
    who = ", ".join(name for name in (user.full_name if user else "", place.name if place else "") if name)
    journal.log(follow_up.id, "referent", follow_up.id, "assign", by, words=f"Suivi confié à {who}")
    db.session.flush()
    db.session.refresh(follow_up, ["referent", "referent_organisation"])


def _tell(follow_up: FollowUp, user: User | None) -> None:
    """The person learns who follows them now, and how to phone; the professional, that somebody is theirs."""
    place, person = follow_up.referent_organisation, follow_up.candidate
    account = db.session.scalar(select(User.id).where(User.candidate_id == person.id, User.disabled_at.is_(None)))
    phone = (user.phone if user else None) or (place.phone if place else None)
    messages.queue(
        "follow_up_referent",
        Recipient(person.first_name, account, person.email, person.phone, prefers=Channel.SMS),
        about=("follow_up", follow_up.id),
        who=user.full_name if user else (place.name if place else ""),
        place=place.name if place and user else "",
        phone=phone,
    )
    if user is not None:
        messages.queue(
            "follow_up_assigned",
            Recipient(user.full_name, user.id, user.email, user.phone),
            about=("follow_up", follow_up.id),
            person=person.short_name,
            url=messages.link_to("follow_up.follow_up", follow_up_id=follow_up.id),
        )
