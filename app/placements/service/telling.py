"""Who is told of what? The host, the person, those who accompany: never a word of why, nor what was written.

Whoever acts is not told of their own act. A host without an account is told by those who accompany.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select, true

from app.accounts.models import Membership, User
from app.accounts.queries import those_to_write_to
from app.candidates.models import Candidate
from app.candidates.rules import CandidateState
from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.messages import service as messages
from app.messages.rules import Channel, Recipient
from app.placements.models import Placement
from app.placements.queries.visible import host_knows


def asked(placement: Placement, by: Actor) -> None:
    """A stage is asked, or renewed: the host answers, unless it has said yes with the asking."""
    if placement.accepted_at is None:
        tell_host("placement_asked", placement, by)
    if by.role is not Role.CANDIDATE:
        tell_person("placement_proposed", placement, by)
    tell_accompaniment("placement_asked_for", placement, by)


def answered(placement: Placement, by: Actor, *, yes: bool) -> None:
    """The host's answer."""
    tell_person("placement_accepted" if yes else "placement_declined", placement, by)
    tell_accompaniment("placement_accepted_for" if yes else "placement_declined_for", placement, by)


def everybody(kind: str, placement: Placement, by: Actor, **context: Any) -> None:
    """The three parties, but who acts. The template reads ``is_person``."""
    tell_person(kind, placement, by, **context)
    tell_host(kind, placement, by, **context)
    tell_accompaniment(kind, placement, by, **context)


def tell_person(kind: str, placement: Placement, by: Actor, **context: Any) -> bool:
    """By SMS first; never to somebody who has left the portal."""
    if by.role is Role.CANDIDATE:
        return False
    candidate = db.session.get_one(Candidate, placement.candidate_id)
    if candidate.state is not CandidateState.ACTIVE:
        return False
    account = select(User.id).where(User.candidate_id == candidate.id, User.disabled_at.is_(None))
    to = Recipient(
        candidate.first_name, db.session.scalar(account), candidate.email, candidate.phone, prefers=Channel.SMS
    )
    return _queue(kind, to, placement, candidate.full_name, is_person=True, **context)


def tell_host(kind: str, placement: Placement, by: Actor, **context: Any) -> int:
    """The managers of the host, else its members; nobody of a host that is only declared."""
    if placement.host_organisation_id is None:
        return 0
    candidate = db.session.get_one(Candidate, placement.candidate_id)
    name = candidate.full_name if host_knows(placement) else candidate.short_name
    rows = db.session.execute(
        select(Membership.is_manager, User)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organisation_id == placement.host_organisation_id,
            Membership.role == Role.EMPLOYER,
            Membership.left_at.is_(None),
            User.disabled_at.is_(None),
        )
        .order_by(User.last_name, User.first_name, User.id)
    ).all()
    users = [user for manager, user in rows if manager] or [user for _, user in rows]
    return _to_all(kind, users, placement, name, by, **context)


def tell_accompaniment(kind: str, placement: Placement, by: Actor, *, but: UUID | None = None, **context: Any) -> int:
    """Who prescribes, who follows, the person's referent, as long as they work there; when there is nobody, those of
    their place. ``but``: somebody who reads it in another message."""
    candidate = db.session.get_one(Candidate, placement.candidate_id)
    named = {
        (placement.prescriber_id, placement.prescriber_organisation_id),
        (placement.referent_id, placement.referent_organisation_id),
        (candidate.referent_id, candidate.referent_organisation_id),
    }
    place = placement.prescriber_organisation_id
    users: Iterable[User] = _working(named)
    if not users and place is not None:
        users = those_to_write_to([place], ACCOMPANIMENT).get(place, ())
    users = [user for user in users if user.id != but]
    return _to_all(kind, users, placement, candidate.full_name, by, **context)


def _working(named: Iterable[tuple[UUID | None, UUID | None]]) -> list[User]:
    """Those of (user, place) who still accompany people there; in any place when it is not said."""
    works = [
        and_(Membership.user_id == user, true() if place is None else Membership.organisation_id == place)
        for user, place in named
        if user is not None
    ]
    if not works:
        return []
    there = select(Membership.user_id).where(
        or_(*works), Membership.role.in_(ACCOMPANIMENT), Membership.left_at.is_(None)
    )
    query = select(User).where(User.disabled_at.is_(None), User.id.in_(there))
    return list(db.session.scalars(query.order_by(User.last_name, User.first_name, User.id)))


def _to_all(kind: str, users: Iterable[User], placement: Placement, name: str, by: Actor, **context: Any) -> int:
    return sum(
        _queue(kind, Recipient(user.full_name, user.id, user.email, user.phone), placement, name, **context)
        for user in users
        if user.id != by.user_id
    )


def _queue(
    kind: str, to: Recipient, placement: Placement, name: str, *, is_person: bool = False, key: str = "", **context: Any
) -> bool:
    """``key``: written once for ever to each."""
    page = "placements.my_placement" if is_person else "placements.placement"
    message = messages.queue(
        kind,
        to,
        about=("placement", placement.id),
        key=f"{key}:{'person' if is_person else to.user_id}" if key else None,
        url=link_of(page, placement.id),
        name=name,
        host=placement.host_name,
        trade=placement.title,
        start=placement.starts_on,
        end=placement.ends_on,
        is_person=is_person,
        **context,
    )
    return message is not None


def link_of(page: str, placement_id: UUID) -> str:
    """The whole address of a page of one stage."""
    return messages.link_to(page, placement_id=placement_id)
