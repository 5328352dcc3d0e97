"""Keep a candidate's account in step with their file; called by the domain of candidates."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, Text, func, insert, select
from sqlalchemy.dialects.postgresql import array

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


@dataclass(frozen=True, slots=True)
class NewAccess:
    """A candidate without an account yet."""

    candidate_id: UUID
    first_name: str
    last_name: str
    email: str | None
    phone: str | None


@transaction
def open_candidate_accesses(people: Sequence[NewAccess]) -> None:
    """The accounts of many new candidates in five statements, for an imported sheet.

    As for one: an address that another candidate uses, or that came before in the list, is left out.
    """
    emails = {(one.email or "").strip().lower() for one in people} - {""}
    phones = {one.phone for one in people if one.phone}
    keys = func.unnest(array(sorted(emails | phones), type_=ARRAY(Text))).table_valued("key").render_derived()
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("contact:" + keys.c.key, 0))))
    mine = User.candidate_id.is_not(None)
    taken = set(db.session.scalars(select(User.email).where(User.email.in_(emails), mine)))
    taken |= set(db.session.scalars(select(User.phone).where(User.phone.in_(phones), mine)))
    rows = []
    for one in people:
        email, phone = (one.email or "").strip().lower(), one.phone
        free = [address if address and address not in taken else None for address in (email, phone)]
        taken |= {email, phone}
        rows.append(
            {"first_name": one.first_name, "last_name": one.last_name, "email": free[0], "phone": free[1],
             "candidate_id": one.candidate_id}
        )  # fmt: skip
    if rows:
        db.session.execute(insert(User), rows)


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
