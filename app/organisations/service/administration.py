"""What only an administrator does: name another, close and reopen accounts."""

from uuid import UUID

from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models import Membership
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.organisations import queries
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind, OrganisationRefusal


@transaction
def name_administrator(user_id: UUID, *, by: Actor) -> Membership:
    """An agent of the département becomes an administrator too. Raises Refused, NotFound."""
    if by.role is not Role.ADMINISTRATOR:
        raise NotFound
    user = queries.the_professional(user_id)
    home = db.session.scalar(
        select(Membership.organisation_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.user_id == user.id,
            Membership.left_at.is_(None),
            Organisation.kind == OrganisationKind.DEPARTMENT,
        )
        .limit(1)
    )
    if home is None:
        raise Refused(OrganisationRefusal.NOT_A_COLLEAGUE)
    return accounts.add_member(user.id, home, Role.ADMINISTRATOR, by=by)


@transaction
def set_disabled(user_id: UUID, disabled: bool, *, by: Actor) -> None:
    """Close or reopen a professional's account. Raises NotFound, Refused."""
    if by.role is not Role.ADMINISTRATOR:
        raise NotFound
    accounts.set_disabled(user_id, disabled, by=by)
