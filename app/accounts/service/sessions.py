"""Open a session for a browser, keep it alive, change its place, end it. The token is given once, its hash kept."""

from uuid import UUID

from sqlalchemy import delete, or_, select, update

from app.accounts import queries
from app.accounts.models import Membership, PasswordReset, SignInCode, Throttle, User, UserSession
from app.accounts.rules import KEPT_AFTER_END, SEEN_EVERY, AccountRefusal, session_life
from app.accounts.service.hashing import new_token, token_hash
from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction

_AGENT_LENGTH = 300


@transaction
def enter(user_id: UUID, membership_id: UUID | None, *, user_agent: str = "", means: str = "password") -> str:
    """Sign somebody in, in that place: the new token. Raises Refused when they may not act there now."""
    actor = queries.actor_of(user_id, membership_id)
    if actor is None:
        raise Refused(AccountRefusal.NO_ORGANISATION)
    now, token = clock.now(), new_token()
    db.session.add(
        UserSession(
            token_hash=token_hash(token),
            user_id=user_id,
            membership_id=membership_id,
            user_agent=user_agent[:_AGENT_LENGTH],
            created_at=now,
            last_seen_at=now,
            expires_at=now + session_life(actor.role),
        )
    )
    # Not through the row: two sign-ins at once are no conflict of versions.
    db.session.execute(update(User).where(User.id == user_id).values(last_sign_in_at=now))
    audit.note(actor, "account.signed_in", "user", user_id, means=means)
    return token


def signed_in_by(token: str) -> queries.SignedIn | None:
    """The person of a token; notes that they were seen, every five minutes at most."""
    now = clock.now()
    known = queries.signed_in_by(token, token_hash(token), now)
    if known is not None and now - known.last_seen_at >= SEEN_EVERY:
        _see(known)
    return known


@transaction
def _see(known: queries.SignedIn) -> None:
    now = clock.now()
    db.session.execute(
        update(UserSession)
        .where(UserSession.id == known.session_id)
        .values(last_seen_at=now, expires_at=now + session_life(known.actor.role))
    )


@transaction
def switch(by: Actor, membership_id: UUID) -> str:
    """Act in another of one's places, with a new token. Raises NotFound for somebody else's place."""
    actor = queries.actor_of(by.user_id, membership_id) if by.user_id else None
    if actor is None:
        raise NotFound
    audit.note(actor, "account.switched", "user", by.user_id)
    return _renew(by, membership_id=membership_id, expires_at=clock.now() + session_life(actor.role))


def renew(by: Actor) -> str:
    """A new token for the same session. Joins the transaction of the caller."""
    return _renew(by)


def _renew(by: Actor, **changes: object) -> str:
    token = new_token()
    found = db.session.execute(
        update(UserSession)
        .where(UserSession.id == by.session_id, UserSession.ended_at.is_(None))
        .values(token_hash=token_hash(token), **changes)
        .returning(UserSession.id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return token


@transaction
def sign_out(by: Actor) -> None:
    """End the session of this browser."""
    _end(UserSession.id == by.session_id)
    audit.note(by, "account.signed_out", "user", by.user_id)


@transaction
def end_session(by: Actor, session_id: UUID) -> None:
    """End one of one's own sessions, on whatever machine. Raises NotFound for somebody else's."""
    if not _end(UserSession.id == session_id, UserSession.user_id == by.user_id):
        raise NotFound
    audit.note(by, "account.session_ended", "user", by.user_id)


@transaction
def end_other_sessions(by: Actor) -> int:
    """Stay signed in here only; how many sessions ended."""
    ended = _end(UserSession.user_id == by.user_id, UserSession.id != by.session_id)
    if ended:
        audit.note(by, "account.session_ended", "user", by.user_id, sessions=ended)
    return ended


def end_sessions_of(user_id: UUID, membership_id: UUID | None = None) -> int:
    """End every session of a person, or those in one place. Joins the transaction of the caller."""
    if membership_id is None:
        return _end(UserSession.user_id == user_id)
    return _end(UserSession.user_id == user_id, UserSession.membership_id == membership_id)


@transaction
def end_sessions_in(organisation_id: UUID) -> int:
    """Sign out everybody who acts in an organisation."""
    places = select(Membership.id).where(Membership.organisation_id == organisation_id)
    return _end(UserSession.membership_id.in_(places))


def _end(*which: object) -> int:
    rows = db.session.execute(
        update(UserSession)
        .where(*which, UserSession.ended_at.is_(None))  # type: ignore[arg-type]
        .values(ended_at=clock.now())
        .returning(UserSession.id)
    ).all()
    return len(rows)


@transaction
def forget_expired() -> None:
    """Remove what can serve no more: counts, spent codes and links, sessions ended long ago. Safe to run twice."""
    now = clock.now()
    old = now - KEPT_AFTER_END
    db.session.execute(delete(Throttle).where(Throttle.window_ends_at < now))
    db.session.execute(delete(SignInCode).where(SignInCode.expires_at < old))
    db.session.execute(delete(PasswordReset).where(PasswordReset.expires_at < old))
    db.session.execute(delete(UserSession).where(or_(UserSession.ended_at < old, UserSession.expires_at < old)))
