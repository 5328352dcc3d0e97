"""Keep a candidate's account in step with their file; called by the domain of candidates."""

from uuid import UUID

from sqlalchemy import func, select

from app.accounts import queries
from app.accounts.models import User
from app.accounts.service import codes, sessions
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.transaction import transaction


def alone(*keys: str | None) -> None:
    """Let no other transaction decide about these addresses meanwhile."""
    for key in sorted(filter(None, keys)):
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"contact:{key}", 0))))


def _free(user_id: UUID | None, email: str | None, phone: str | None) -> tuple[str | None, str | None]:
    """The addresses that no other candidate uses; with none left, the person signs in with a paper code."""
    email, phone = (email or "").strip().lower() or None, phone or None
    alone(email, phone)
    if email and queries.contact_is_taken(user_id, email=email):
        email = None
    if phone and queries.contact_is_taken(user_id, phone=phone):
        phone = None
    return email, phone


@transaction
def open_candidate_access(
    candidate_id: UUID, first_name: str, last_name: str, email: str | None, phone: str | None
) -> UUID:
    """The account of a candidate, made once; its id. An address of another candidate is left out, without a word."""
    known = queries.candidate_user(candidate_id)
    if known is not None:
        _change(known, first_name, last_name, email, phone)
        return known.id
    email, phone = _free(None, email, phone)
    user = User(first_name=first_name, last_name=last_name, email=email, phone=phone, candidate_id=candidate_id)
    db.session.add(user)
    db.session.flush()
    return user.id


@transaction
def update_candidate_access(
    candidate_id: UUID, first_name: str, last_name: str, email: str | None, phone: str | None
) -> None:
    """Follow a change of the file. Raises NotFound when the candidate has no account yet."""
    user = queries.candidate_user(candidate_id)
    if user is None:
        raise NotFound
    _change(user, first_name, last_name, email, phone)


def _change(user: User, first_name: str, last_name: str, email: str | None, phone: str | None) -> None:
    before = (user.email, user.phone)
    user.first_name, user.last_name = first_name, last_name
    user.email, user.phone = _free(user.id, email, phone)
    if (user.email, user.phone) != before:
        codes.spend_codes(user.id)


@transaction
def close_candidate_access(candidate_id: UUID) -> None:
    """The file was closed or merged into another: nobody signs in with it any more, and its addresses are free."""
    user = queries.candidate_user(candidate_id)
    if user is None or user.disabled_at is not None:
        return
    user.disabled_at, user.email, user.phone = clock.now(), None, None
    codes.spend_codes(user.id)
    sessions.end_sessions_of(user.id)
