"""Professionals and their places. Which organisation may take whom is decided above; here it is done."""

from uuid import UUID

from sqlalchemy import select

from app.accounts import queries
from app.accounts.models import Membership, User
from app.accounts.rules import AccountRefusal
from app.accounts.rules.passwords import password_refusals
from app.accounts.service import sessions
from app.accounts.service.access import alone
from app.accounts.service.hashing import hash_password
from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor, Role
from app.core.transaction import refuse_on, transaction

refuse_on("uq_users_email", AccountRefusal.EMAIL_TAKEN)


@transaction
def add_professional(
    first_name: str, last_name: str, email: str, password: str, *, phone: str | None = None, organisation: str = ""
) -> User:
    """A new account with a password. Raises Refused: the address serves already, the password is weak."""
    reasons = list(password_refusals(password, (first_name, last_name, email, organisation)))
    alone(email)
    if queries.account_by_email(email) is not None:
        reasons.append(AccountRefusal.EMAIL_TAKEN)
    if reasons:
        fields = {reason: "email" if reason is AccountRefusal.EMAIL_TAKEN else "password" for reason in reasons}
        raise Refused(reasons, fields)
    user = User(
        first_name=first_name, last_name=last_name, email=email, phone=phone, password_hash=hash_password(password)
    )
    db.session.add(user)
    db.session.flush()
    return user


@transaction
def change_profile(by: Actor, *, first_name: str, last_name: str, phone: str | None, version: int) -> None:
    """Correct one's own name and phone. Raises StaleVersion."""
    user = db.session.get_one(User, by.user_id)
    if user.version != version:
        now = {"first_name": user.first_name, "last_name": user.last_name, "phone": user.phone}
        raise StaleVersion({**now, "version": user.version})
    user.first_name, user.last_name, user.phone = first_name, last_name, phone
    audit.note(by, "account.changed", "user", user.id)


@transaction
def add_member(
    user_id: UUID,
    organisation_id: UUID,
    role: Role,
    *,
    by: Actor,
    is_manager: bool = False,
    territory_code: str | None = None,
) -> Membership:
    """A place for a person; the one they have already, when they have it."""
    known = db.session.scalar(
        select(Membership).where(
            Membership.user_id == user_id,
            Membership.organisation_id == organisation_id,
            Membership.role == role,
            Membership.left_at.is_(None),
        )
    )
    if known is not None:
        known.is_manager = known.is_manager or is_manager
        return known
    place = Membership(
        user_id=user_id,
        organisation_id=organisation_id,
        role=role,
        is_manager=is_manager,
        territory_code=territory_code,
    )
    db.session.add(place)
    db.session.flush()
    audit.note(by, "member.joined", "organisation", organisation_id, member=str(user_id), role=role.value)
    return place


@transaction
def change_member(place: Membership, *, by: Actor, is_manager: bool, territory_code: str | None) -> None:
    """Name or unname a manager, or bound the territory."""
    place.is_manager, place.territory_code = is_manager, territory_code
    audit.note(
        by, "member.changed", "organisation", place.organisation_id, member=str(place.user_id), manager=is_manager
    )


@transaction
def end_member(place: Membership, *, by: Actor) -> None:
    """The person has left: their sessions in that place end in the same transaction."""
    place.left_at = clock.now()
    sessions.end_sessions_of(place.user_id, place.id)
    audit.note(by, "member.left", "organisation", place.organisation_id, member=str(place.user_id))


@transaction
def end_members_of(organisation_id: UUID, *, by: Actor) -> None:
    """Everybody leaves an organisation that starts anew."""
    for place in db.session.scalars(queries.members_of(organisation_id)):
        end_member(place, by=by)


@transaction
def set_disabled(user_id: UUID, disabled: bool, *, by: Actor) -> None:
    """Close or reopen an account. Raises NotFound; Refused for one's own."""
    user = db.session.get(User, user_id)
    if user is None or user.candidate_id is not None:
        raise NotFound
    if user.id == by.user_id:
        raise Refused(AccountRefusal.YOURSELF)
    user.disabled_at = clock.now() if disabled else None
    if disabled:
        sessions.end_sessions_of(user.id)
    audit.note(by, "account.disabled" if disabled else "account.enabled", "user", user.id)
