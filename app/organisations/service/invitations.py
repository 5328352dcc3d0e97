"""Members invite members: a link with one use, fourteen days, only its hash kept."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.accounts import queries as accounts_queries
from app.accounts import service as accounts
from app.accounts.models import Membership, User
from app.accounts.rules.throttles import Visitor
from app.accounts.service.access import alone
from app.accounts.service.hashing import new_token, token_hash
from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.rules import Recipient
from app.organisations import queries
from app.organisations.models import Invitation, Organisation
from app.organisations.rules import (
    INVITATION_LIFE,
    OrganisationRefusal,
    invitation_refusals,
    may_invite,
    may_see_members,
    role_of,
)


@dataclass(frozen=True, slots=True)
class NewMember:
    """What somebody who was invited says of themselves."""

    first_name: str
    last_name: str
    phone: str | None
    password: str


@transaction
def invite(organisation_id: UUID, email: str, *, as_manager: bool, by: Actor, row_id: UUID | None = None) -> Invitation:
    """Send a link; an earlier one to the same address serves no more. Raises Refused, NotFound."""
    organisation = queries.the_organisation(by, organisation_id)
    if not may_see_members(by, organisation.id):
        raise NotFound
    reasons = invitation_refusals(by, organisation.id, organisation.kind, organisation.state, as_manager=as_manager)
    if reasons:
        raise Refused(reasons)
    alone(f"invitation {organisation.id} {email}")
    if row_id is not None and (sent := db.session.get(Invitation, row_id)) is not None:
        return sent
    if _is_member(organisation.id, email):
        raise Refused(OrganisationRefusal.ALREADY_MEMBER, {OrganisationRefusal.ALREADY_MEMBER: "email"})
    _withdraw_earlier(organisation.id, email)
    return _send(organisation, email, as_manager, by, row_id)


def _is_member(organisation_id: UUID, email: str) -> bool:
    query = (
        select(Membership.id)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id == organisation_id, Membership.left_at.is_(None), User.email == email)
    )
    return bool(db.session.scalar(select(query.exists())))


def _withdraw_earlier(organisation_id: UUID, email: str) -> None:
    for earlier in queries.open_invitations(organisation_id):
        if earlier.email == email:
            earlier.revoked_at = clock.now()
    db.session.flush()


def _send(organisation: Organisation, email: str, as_manager: bool, by: Actor, row_id: UUID | None) -> Invitation:
    token, now = new_token(), clock.now()
    invitation = Invitation(
        organisation_id=organisation.id,
        email=email,
        role=role_of(organisation.kind),
        is_manager=as_manager,
        token_hash=token_hash(token),
        invited_by=by.user_id,
        created_at=now,
        expires_at=now + INVITATION_LIFE,
    )
    if row_id is not None:
        invitation.id = row_id
    db.session.add(invitation)
    audit.note(by, "member.invited", "organisation", organisation.id, manager=as_manager)
    messages.queue(
        "invitation",
        Recipient(name=email, email=email),
        about=("organisation", organisation.id),
        inviter=by.name,
        name=organisation.name,
        url=messages.link_to("organisations.accept", token=token),
    )
    return invitation


@transaction
def revoke(organisation_id: UUID, invitation_id: UUID, *, by: Actor) -> None:
    """Withdraw an invitation. Raises NotFound."""
    organisation = queries.the_organisation(by, organisation_id)
    invitation = db.session.get(Invitation, invitation_id, with_for_update=True)
    allowed = may_invite(by, organisation.id, organisation.kind)
    if not allowed or invitation is None or invitation.organisation_id != organisation.id:
        raise NotFound
    if invitation.accepted_at is not None:
        raise Refused(OrganisationRefusal.INVITATION_OVER)
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        audit.note(by, "member.invitation_withdrawn", "organisation", organisation.id)


def the_invitation(token: str) -> Invitation:
    """The invitation of a link, with its organisation. Raises Refused when it serves no more."""
    invitation = queries.invitation_by(token_hash(token), clock.now())
    if invitation is None:
        raise Refused(OrganisationRefusal.INVITATION_OVER)
    return invitation


@transaction
def accept_as_new(token: str, person: NewMember, visitor: Visitor) -> str:
    """Make an account, join, and be signed in: the token of the session. Raises Refused."""
    invitation = _locked(token)
    if accounts_queries.account_by_email(invitation.email) is not None:
        raise Refused(OrganisationRefusal.ACCOUNT_EXISTS)
    user = accounts.add_professional(
        person.first_name,
        person.last_name,
        invitation.email,
        person.password,
        phone=person.phone,
        organisation=invitation.organisation.name,
    )
    place = _use(invitation, Actor(role=invitation.role, name=user.full_name, user_id=user.id), user.id)
    return accounts.enter(user.id, place.id, user_agent=visitor.user_agent, means="invitation")


@transaction
def accept_as_known(token: str, *, by: Actor) -> UUID:
    """Join with the account of the invited address: the new place. Raises Refused for another account."""
    invitation = _locked(token)
    account = accounts_queries.account_by_email(invitation.email)
    if account is None or account.id != by.user_id:
        raise Refused(OrganisationRefusal.INVITATION_FOR_ANOTHER)
    return _use(invitation, by, account.id).id


def _locked(token: str) -> Invitation:
    invitation = queries.invitation_by(token_hash(token), clock.now(), lock=True)
    if invitation is None:
        raise Refused(OrganisationRefusal.INVITATION_OVER)
    return invitation


def _use(invitation: Invitation, by: Actor, user_id: UUID) -> Membership:
    invitation.accepted_at = clock.now()
    return accounts.add_member(
        user_id,
        invitation.organisation_id,
        invitation.role,
        by=by,
        is_manager=invitation.is_manager,
        territory_code=invitation.organisation.territory_code,
    )
