"""To whom may a follow-up be given, and who had it before?"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Membership, User
from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor
from app.follow_up.models import FollowUp, FollowUpAssignment
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationState

Choice = tuple[str, str]


def people_to_follow(actor: Actor) -> list[Choice]:
    """« user:organisation » → « Nom, organisation »: those who accompany people, my own team first, then the teams
    alone."""
    query = (
        select(User.id, User.first_name, User.last_name, Organisation.id.label("place_id"), Organisation.name)
        .join(Membership, Membership.user_id == User.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.role.in_(ACCOMPANIMENT),
            Membership.left_at.is_(None),
            User.disabled_at.is_(None),
            Organisation.state == OrganisationState.APPROVED,
        )
        .order_by(Organisation.id != actor.organisation_id, Organisation.name, User.last_name, User.first_name)
    )
    rows = db.session.execute(query).all()
    people = [(f"{row.id}:{row.place_id}", f"{row.first_name} {row.last_name}, {row.name}") for row in rows]
    teams = {f":{row.place_id}": f"L’équipe de {row.name}, sans nommer" for row in rows}
    return [*people, *teams.items()]


def hands_of(follow_up: FollowUp) -> Sequence[FollowUpAssignment]:
    """Who had it, the newest first."""
    query = select(FollowUpAssignment).where(FollowUpAssignment.follow_up_id == follow_up.id)
    query = query.options(joinedload(FollowUpAssignment.user))
    return db.session.scalars(query.order_by(FollowUpAssignment.since.desc(), FollowUpAssignment.id)).all()
