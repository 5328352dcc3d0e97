"""Professionals prove who they are by a password, or get a link to choose one. Known or not, the answer is the same."""

from uuid import UUID

from app.accounts import queries
from app.accounts.models import PasswordReset, User
from app.accounts.rules import RESET_LIFE, AccountRefusal
from app.accounts.rules.passwords import password_refusals
from app.accounts.rules.throttles import (
    PASSWORD_PER_ACCOUNT,
    PASSWORD_PER_ADDRESS,
    RESET_PER_ACCOUNT,
    RESET_PER_ADDRESS,
    Visitor,
    address_group,
)
from app.accounts.service import hashing, sessions, throttling
from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.rules import Recipient


def sign_in(email: str, password: str, visitor: Visitor) -> str:
    """The token of a new session. Raises Throttled; Refused, which says more only to who knows the password.

    Not one transaction on purpose: a wrong try stays counted.
    """
    throttling.count(PASSWORD_PER_ADDRESS, address_group(visitor.address))
    throttling.count(PASSWORD_PER_ACCOUNT, email)
    user = queries.professional_by_email(email)
    right = hashing.password_matches(user.password_hash if user else None, password)
    if user is None or not right:
        raise Refused(AccountRefusal.WRONG_CREDENTIALS)
    token = _enter(user, password, visitor)
    throttling.clear(PASSWORD_PER_ACCOUNT, email)
    return token


@transaction
def _enter(user: User, password: str, visitor: Visitor) -> str:
    place = queries.first_place(user.id)
    if place is None:
        waits = queries.has_pending_place(user.id)
        raise Refused(AccountRefusal.ORGANISATION_PENDING if waits else AccountRefusal.NO_ORGANISATION)
    if hashing.is_outdated(user.password_hash or ""):
        user.password_hash = hashing.hash_password(password)
    return sessions.enter(user.id, place, user_agent=visitor.user_agent)


def ask_reset(email: str, visitor: Visitor) -> None:
    """Send a link to choose a password, when a professional has this address; else nothing, in the same time."""
    throttling.count(RESET_PER_ADDRESS, address_group(visitor.address))
    throttling.count(RESET_PER_ACCOUNT, email)
    _send_reset(email)


@transaction
def _send_reset(email: str) -> None:
    user = queries.professional_by_email(email)
    token, now = hashing.new_token(), clock.now()
    url = messages.link_to("accounts.choose_password", token=token)
    if user is None:
        messages.rehearse("password_reset", Recipient(name=email, email=email), url=url)
        return
    db.session.add(
        PasswordReset(
            user_id=user.id, token_hash=hashing.token_hash(token), created_at=now, expires_at=now + RESET_LIFE
        )
    )
    messages.queue("password_reset", _recipient(user), about=("user", user.id), url=url)


def check_reset(token: str) -> None:
    """Raises Refused when a link serves no more."""
    if queries.open_reset(hashing.token_hash(token), clock.now()) is None:
        raise Refused(AccountRefusal.LINK_TOO_OLD)


@transaction
def choose_password(token: str, password: str) -> None:
    """Use a link, once: a new password, and every session ends. Raises Refused."""
    link = queries.open_reset(hashing.token_hash(token), clock.now(), lock=True)
    user = db.session.get(User, link.user_id) if link else None
    if link is None or user is None or user.disabled_at is not None:
        raise Refused(AccountRefusal.LINK_TOO_OLD)
    _set_password(user, password)
    link.used_at = clock.now()
    sessions.end_sessions_of(user.id)
    audit.note(_himself(user), "account.password_reset", "user", user.id)


def change_password(by: Actor, current: str, new: str) -> str:
    """Change one's password; the other sessions end and this one gets a new token. Raises Refused, Throttled."""
    throttling.count(PASSWORD_PER_ACCOUNT, str(by.user_id))
    token = _change_password(by, current, new)
    throttling.clear(PASSWORD_PER_ACCOUNT, str(by.user_id))
    return token


@transaction
def _change_password(by: Actor, current: str, new: str) -> str:
    user = db.session.get_one(User, by.user_id)
    if not hashing.password_matches(user.password_hash, current):
        raise Refused(AccountRefusal.PASSWORD_WRONG, {AccountRefusal.PASSWORD_WRONG: "current"})
    _set_password(user, new)
    sessions.end_other_sessions(by)
    audit.note(by, "account.password_changed", "user", user.id)
    return sessions.renew(by)


def _set_password(user: User, password: str) -> None:
    reasons = password_refusals(password, queries.personal_words(user))
    if reasons:
        raise Refused(reasons, dict.fromkeys(reasons, "password"))
    user.password_hash = hashing.hash_password(password)
    messages.queue("password_changed", _recipient(user), about=("user", user.id))


def _recipient(user: User) -> Recipient:
    return Recipient(name=user.full_name, user_id=user.id, email=user.email)


def _himself(user: User) -> Actor:
    """Who acts with a link, before any sign-in: the person, in no organisation."""
    place: UUID | None = queries.first_place(user.id)
    return queries.actor_of(user.id, place) or Actor(role=Role.EMPLOYER, name=user.full_name, user_id=user.id)
