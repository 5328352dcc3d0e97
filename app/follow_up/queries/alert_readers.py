"""Who is told of an alert: the referent or who covers them today, and the managers? For many follow-ups at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Membership, User
from app.core.db import db
from app.core.roles import ACCOMPANIMENT
from app.follow_up.models import Cover, FollowUp
from app.follow_up.queries.alert_facts import among
from app.messages.rules import Recipient

Held = tuple[UUID | None, UUID | None]
"""Whose follow-up it is: the referent, and the organisation that follows."""


@dataclass(frozen=True, slots=True)
class Readers:
    """``holders``: who acts today, by referent and place; ``teams``: by organisation, (recipient, manager?)."""

    holders: Mapping[Held, Recipient] = field(default_factory=dict)
    teams: Mapping[UUID, Sequence[tuple[Recipient, bool]]] = field(default_factory=dict)

    def to_open(self, referent_id: UUID | None, organisation_id: UUID | None) -> list[Recipient]:
        """The referent or their cover. Without one: the managers of the team; a team without managers: all of it."""
        holder = self.holders.get((referent_id, organisation_id))
        if holder is not None:
            return [holder]
        team = self.teams.get(organisation_id, ()) if organisation_id else ()
        return [one for one, manages in team if manages] or [one for one, _ in team]

    def to_escalate(self, referent_id: UUID | None, organisation_id: UUID | None) -> list[Recipient]:
        """The managers of the referent's organisation, but not whoever holds the follow-up."""
        team = self.teams.get(organisation_id, ()) if organisation_id else ()
        holder = self.holders.get((referent_id, organisation_id))
        return [one for one, manages in team if manages and (holder is None or one.user_id != holder.user_id)]


def readers_of(follow_ups: Collection[FollowUp], today: date) -> Readers:
    """Three statements. Closed accounts are nobody; who left the organisation holds and covers nothing there."""
    held = sorted({(one.referent_id, one.referent_organisation_id) for one in follow_ups if one.referent_id}, key=str)
    places = sorted({one.referent_organisation_id for one in follow_ups if one.referent_organisation_id is not None})
    covers = _covers(sorted({referent for referent, _ in held if referent}), today)
    people, there = _people({*(referent for referent, _ in held), *(cover for _, cover, _ in covers)} - {None})
    holders: dict[Held, Recipient] = {}
    for referent, place in held:
        acting = [cover for absent, cover, at in covers if absent == referent and place in {None, at}]
        acting = [cover for cover in acting if place is None or (cover, place) in there]
        if place is None or (referent, place) in there:
            acting.append(referent)
        if found := next((people[one] for one in acting if one in people), None):
            holders[referent, place] = found
    return Readers(holders, _teams(places))


def _covers(referents: Sequence[UUID], today: date) -> Sequence[tuple[UUID, UUID, UUID]]:
    """(who is away, who acts for them, in which organisation)."""
    query = select(Cover.absent_id, Cover.cover_id, Cover.organisation_id).where(
        among(Cover.absent_id, referents),
        Cover.first_day <= today,
        Cover.last_day >= today,
        Cover.ended_at.is_(None),
    )
    rows = db.session.execute(query.order_by(Cover.first_day, Cover.id))
    return [(absent, cover, place) for absent, cover, place in rows]


def _people(ids: Collection[UUID]) -> tuple[Mapping[UUID, Recipient], Collection[tuple[UUID, UUID]]]:
    """Those who accompany somewhere and may sign in, and where each does."""
    query = (
        select(User, Membership.organisation_id)
        .join(Membership, Membership.user_id == User.id)
        .where(
            among(User.id, sorted(ids)),
            User.disabled_at.is_(None),
            Membership.left_at.is_(None),
            Membership.role.in_(ACCOMPANIMENT),
        )
    )
    rows = db.session.execute(query).all()
    return {user.id: _recipient(user) for user, _ in rows}, {(user.id, place) for user, place in rows}


def _teams(places: Sequence[UUID]) -> Mapping[UUID, list[tuple[Recipient, bool]]]:
    query = (
        select(Membership.organisation_id, Membership.is_manager, User)
        .join(User, User.id == Membership.user_id)
        .where(
            among(Membership.organisation_id, places),
            Membership.role.in_(ACCOMPANIMENT),
            Membership.left_at.is_(None),
            User.disabled_at.is_(None),
        )
        .order_by(User.last_name, User.first_name, User.id)
    )
    found: dict[UUID, list[tuple[Recipient, bool]]] = defaultdict(list)
    for place, manages, user in db.session.execute(query):
        found[place].append((_recipient(user), manages))
    return found


def _recipient(user: User) -> Recipient:
    return Recipient(user.full_name, user.id, user.email, user.phone)
