"""Who is behind a token, an address or a code? Reads of accounts; tokens and codes come here as hashes only."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, column, func, or_, select, table

from app.accounts.labels import membership_label
from app.accounts.models import Membership, PasswordReset, SignInCode, User, UserSession
from app.accounts.rules import CodeChannel
from app.core.db import db
from app.core.roles import Actor, Role

# The domain of organisations lies above this one: its table is read by name, its rules are not needed here.
organisations = table(
    "organisations", column("id"), column("name"), column("kind"), column("state"), column("territory_code")
)
_APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Place:
    """A membership that somebody can act in now, as the organisation switcher shows it."""

    id: UUID
    organisation_name: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What Flask-Login knows of the person of a request. ``token`` is what the cookie carries."""

    actor: Actor
    session_id: UUID
    token: str
    last_seen_at: datetime
    memberships: tuple[Place, ...] = ()

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The token: Flask-Login writes it in the signed cookie."""
        return self.token


def _places() -> Any:
    """Every place where the person of the session may act, as one JSON value."""
    mine, theirs = Membership.__table__.alias("mine"), organisations.alias("theirs")
    return (
        select(
            func.json_agg(func.json_build_array(mine.c.id, theirs.c.name, mine.c.role).op("ORDER BY")(theirs.c.name))
        )
        .select_from(mine.join(theirs, theirs.c.id == mine.c.organisation_id))
        .where(mine.c.user_id == User.id, mine.c.left_at.is_(None), theirs.c.state == _APPROVED)
        .where(User.candidate_id.is_(None))
        .scalar_subquery()
    )


_ACTOR_COLUMNS = (
    User.id,
    User.first_name,
    User.last_name,
    User.candidate_id,
    Membership.id.label("membership_id"),
    Membership.role,
    Membership.is_manager,
    Membership.territory_code,
    Membership.organisation_id,
    organisations.c.name.label("organisation_name"),
    organisations.c.kind.label("organisation_kind"),
)
_MAY_ACT = and_(
    User.disabled_at.is_(None),
    or_(
        and_(Membership.id.is_(None), User.candidate_id.is_not(None)),
        and_(Membership.user_id == User.id, Membership.left_at.is_(None), organisations.c.state == _APPROVED),
    ),
)


def _actor(row: Row[Any], session_id: UUID | None) -> Actor:
    return Actor(
        role=row.role or Role.CANDIDATE,
        name=f"{row.first_name} {row.last_name}".strip(),
        user_id=row.id,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name or "",
        organisation_kind=row.organisation_kind or "",
        territory_code=row.territory_code,
        candidate_id=row.candidate_id if row.role is None else None,
        is_manager=bool(row.is_manager),
        session_id=session_id,
    )


def signed_in_by(token: str, token_hash: bytes, now: datetime) -> SignedIn | None:
    """The person of a token, in one statement; None when the session, the person or the place is over."""
    row = db.session.execute(
        select(*_ACTOR_COLUMNS, UserSession.id.label("session_id"), UserSession.last_seen_at, _places().label("places"))
        .select_from(UserSession)
        .join(User, User.id == UserSession.user_id)
        .outerjoin(Membership, Membership.id == UserSession.membership_id)
        .outerjoin(organisations, organisations.c.id == Membership.organisation_id)
        .where(UserSession.token_hash == token_hash, UserSession.ended_at.is_(None), UserSession.expires_at > now)
        .where(_MAY_ACT)
    ).one_or_none()
    if row is None:
        return None
    places = tuple(
        Place(UUID(place), membership_label(name, Role(role)), UUID(place) == row.membership_id)
        for place, name, role in row.places or ()
    )
    return SignedIn(_actor(row, row.session_id), row.session_id, token, row.last_seen_at, places)


def actor_of(user_id: UUID, membership_id: UUID | None) -> Actor | None:
    """The person in that place; None when they may not act in it now."""
    row = db.session.execute(
        select(*_ACTOR_COLUMNS)
        .select_from(User)
        .outerjoin(Membership, Membership.id == membership_id)
        .outerjoin(organisations, organisations.c.id == Membership.organisation_id)
        .where(User.id == user_id)
        .where(_MAY_ACT)
    ).one_or_none()
    return _actor(row, None) if row else None


def first_place(user_id: UUID) -> UUID | None:
    """Where a professional acts after signing in: where they were last, else where they joined first."""
    last_seen = (
        select(func.max(UserSession.last_seen_at))
        .where(UserSession.user_id == user_id, UserSession.membership_id == Membership.id)
        .scalar_subquery()
    )
    return db.session.scalar(
        select(Membership.id)
        .join(organisations, organisations.c.id == Membership.organisation_id)
        .where(Membership.user_id == user_id, Membership.left_at.is_(None), organisations.c.state == _APPROVED)
        .order_by(last_seen.desc().nulls_last(), Membership.joined_at, Membership.id)
        .limit(1)
    )


def has_pending_place(user_id: UUID) -> bool:
    """Does the person wait for the département to approve their organisation?"""
    waiting = (
        select(Membership.id)
        .join(organisations, organisations.c.id == Membership.organisation_id)
        .where(Membership.user_id == user_id, Membership.left_at.is_(None), organisations.c.state == "pending")
    )
    return bool(db.session.scalar(select(waiting.exists())))


def places_of(user_id: UUID) -> Sequence[Row[Any]]:
    """(membership, organisation's name) of every place a person has not left, for their account page."""
    return db.session.execute(
        select(Membership, organisations.c.name.label("organisation_name"))
        .join(organisations, organisations.c.id == Membership.organisation_id)
        .where(Membership.user_id == user_id, Membership.left_at.is_(None))
        .order_by(organisations.c.name, Membership.id)
    ).all()


def user_by_id(user_id: UUID) -> User:
    """Oneself: the row is there."""
    return db.session.get_one(User, user_id)


def account_by_email(email: str) -> User | None:
    """A professional's account with that address, in lower case, disabled or not."""
    return db.session.scalar(select(User).where(User.email == email, User.candidate_id.is_(None)))


def professional_by_email(email: str) -> User | None:
    """A professional who may sign in with a password."""
    return db.session.scalar(
        select(User).where(User.email == email, User.candidate_id.is_(None), User.disabled_at.is_(None))
    )


def candidate_by_contact(channel: CodeChannel, address: str) -> User | None:
    """A candidate whom a code can reach there."""
    here = User.email == address if channel is CodeChannel.EMAIL else User.phone == address
    return db.session.scalar(select(User).where(here, User.candidate_id.is_not(None), User.disabled_at.is_(None)))


def candidate_user(candidate_id: UUID) -> User | None:
    """The account of a candidate."""
    return db.session.scalar(select(User).where(User.candidate_id == candidate_id))


def contact_is_taken(user_id: UUID | None, *, email: str | None = None, phone: str | None = None) -> bool:
    """Does another candidate sign in with this e-mail or phone?"""
    same = [User.email == email] if email else []
    same += [User.phone == phone] if phone else []
    query = select(User.id).where(or_(*same), User.candidate_id.is_not(None))
    if user_id is not None:
        query = query.where(User.id != user_id)
    return bool(same) and bool(db.session.scalar(select(query.exists())))


def sent_code(handle_hash: bytes) -> SignInCode | None:
    """The code that a browser waits for, locked until the transaction ends."""
    return db.session.scalar(select(SignInCode).where(SignInCode.handle_hash == handle_hash).with_for_update())


def paper_code(code_hash: bytes, now: datetime) -> SignInCode | None:
    """A paper code that still opens, locked until the transaction ends."""
    return db.session.scalar(
        select(SignInCode)
        .where(
            SignInCode.code_hash == code_hash,
            SignInCode.channel == CodeChannel.PAPER,
            SignInCode.used_at.is_(None),
            SignInCode.expires_at > now,
        )
        .with_for_update()
    )


def open_reset(token_hash: bytes, now: datetime, *, lock: bool = False) -> PasswordReset | None:
    """A link to choose a password that still serves."""
    query = select(PasswordReset).where(
        PasswordReset.token_hash == token_hash, PasswordReset.used_at.is_(None), PasswordReset.expires_at > now
    )
    return db.session.scalar(query.with_for_update() if lock else query)


def sessions_of(user_id: UUID, now: datetime) -> Sequence[UserSession]:
    """The browsers where a person is signed in, the last seen first."""
    return db.session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None), UserSession.expires_at > now)
        .order_by(UserSession.last_seen_at.desc(), UserSession.id)
    ).all()


def personal_words(user: User) -> list[str]:
    """What a password may not be made of: the person's name, e-mail and organisations."""
    names = [row.organisation_name for row in places_of(user.id)]
    return [user.first_name, user.last_name, user.email or "", *names]


def members_of(organisation_id: UUID) -> Select[Membership]:
    """The present members of an organisation, with their user, managers first."""
    return (
        select(Membership)
        .join(Membership.user)
        .where(Membership.organisation_id == organisation_id, Membership.left_at.is_(None))
        .order_by(Membership.is_manager.desc(), User.last_name, User.first_name, Membership.id)
    )


def those_to_write_to(places: Collection[UUID], roles: Collection[Role]) -> Mapping[UUID, Sequence[User]]:
    """The managers of each place, else everybody there, who have one of the roles and may sign in."""
    if not places:
        return {}
    rows = db.session.execute(
        select(Membership.organisation_id, Membership.is_manager, User)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organisation_id.in_(places),
            Membership.role.in_(roles),
            Membership.left_at.is_(None),
            User.disabled_at.is_(None),
            or_(User.email.is_not(None), User.phone.is_not(None)),
        )
        .order_by(User.last_name, User.first_name, User.id)
    ).all()
    found: dict[UUID, list[tuple[bool, User]]] = defaultdict(list)
    for place, manager, user in rows:
        found[place].append((manager, user))
    return {
        place: [user for manager, user in people if manager] or [user for _, user in people]
        for place, people in found.items()
    }
