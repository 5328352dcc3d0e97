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


@dataclass(frozen=True, slots=True)
class Readers:
    """``holders``: by a referent's id, who acts for them today; ``teams``: by organisation, (recipient, manager?)."""

    holders: Mapping[UUID, Recipient] = field(default_factory=dict)
    teams: Mapping[UUID, Sequence[tuple[Recipient, bool]]] = field(default_factory=dict)

    def to_open(self, referent_id: UUID | None, organisation_id: UUID | None) -> list[Recipient]:
        """The referent or their cover. Without one: the managers of the team; a team without managers: all of it."""
        holder = self.holders.get(referent_id) if referent_id else None
        if holder is not None:
            return [holder]
        team = self.teams.get(organisation_id, ()) if organisation_id else ()
        return [one for one, manages in team if manages] or [one for one, _ in team]

    def to_escalate(self, referent_id: UUID | None, organisation_id: UUID | None) -> list[Recipient]:
        """The managers of the referent's organisation, but not whoever holds the follow-up."""
        team = self.teams.get(organisation_id, ()) if organisation_id else ()
        holder = self.holders.get(referent_id) if referent_id else None
        return [one for one, manages in team if manages and (holder is None or one.user_id != holder.user_id)]


def readers_of(follow_ups: Collection[FollowUp], today: date) -> Readers:
    """Three statements. Closed accounts are nobody; who left the organisation is not of its team any more."""
    referents = sorted({one.referent_id for one in follow_ups if one.referent_id is not None})
    places = sorted({one.referent_organisation_id for one in follow_ups if one.referent_organisation_id is not None})
    covers = _covers(referents, today)
    people = _people({*referents, *covers.values()})
    holders = {}
    for referent in referents:
        holder = people.get(covers.get(referent, referent)) or people.get(referent)
        if holder is not None:
            holders[referent] = holder
    return Readers(holders, _teams(places))


def _covers(referents: Sequence[UUID], today: date) -> Mapping[UUID, UUID]:
    query = select(Cover.absent_id, Cover.cover_id).where(
        among(Cover.absent_id, referents),
        Cover.first_day <= today,
        Cover.last_day >= today,
        Cover.ended_at.is_(None),
    )
    return dict(db.session.execute(query.order_by(Cover.first_day, Cover.id)).all())


def _people(ids: Collection[UUID]) -> Mapping[UUID, Recipient]:
    query = select(User).where(among(User.id, sorted(ids)), User.disabled_at.is_(None))
    return {user.id: _recipient(user) for user in db.session.scalars(query)}


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
