"""Which organisations, members and requests does somebody see?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Membership, User
from app.core.db import db
from app.core.errors import NotFound
from app.core.french import plural
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.todo import TodoItem
from app.organisations.models import Invitation, JoinRequest, Organisation, OrganisationTrade
from app.organisations.rules import (
    DEPARTMENT_MAKES,
    EMPLOYER_KINDS,
    PROVIDER_KINDS,
    REFERENT_KINDS,
    SIAE_KINDS,
    OrganisationKind,
    OrganisationState,
    RequestState,
    is_decider,
)
from app.reference.models import Commune, Trade
from app.reference.queries import commune_codes_in, distance_table


def organisations_visible_to(actor: Actor) -> Select[Organisation]:
    """The département sees all. The others see their own, and the active ones that their work needs:

    accompaniers every one, employers those who accompany, candidates those who employ.
    """
    query = select(Organisation)
    if is_decider(actor) or actor.role is Role.SYSTEM:
        return query
    return query.where(or_(Organisation.id == actor.organisation_id, _needed_by(actor)))


def _needed_by(actor: Actor) -> ColumnElement[bool]:
    active = Organisation.state == OrganisationState.APPROVED
    if actor.role in ACCOMPANIMENT:
        return active
    if actor.role is Role.EMPLOYER:
        return and_(active, Organisation.kind.not_in(EMPLOYER_KINDS))
    return and_(active, Organisation.kind.in_(EMPLOYER_KINDS)) if actor.role is Role.CANDIDATE else false()


def the_organisation(actor: Actor, organisation_id: UUID) -> Organisation:
    """One of them, with its commune. Raises NotFound."""
    query = organisations_visible_to(actor).where(Organisation.id == organisation_id)
    found = db.session.scalar(query.options(joinedload(Organisation.commune)))
    if found is None:
        raise NotFound
    return found


def by_siret(siret: str) -> Organisation | None:
    """The organisation of a SIRET, whatever its state: for the service, never for a page."""
    return db.session.scalar(select(Organisation).where(Organisation.siret == siret))


KIND_GROUPS: Mapping[str, frozenset[OrganisationKind]] = {
    "employeurs": frozenset(EMPLOYER_KINDS),
    "siae": SIAE_KINDS,
    "referents": REFERENT_KINDS,
    **{kind.value: frozenset({kind}) for kind in OrganisationKind},
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the list; ``kind`` is a key of KIND_GROUPS."""

    words: str = ""
    kind: str | None = None
    state: str | None = None
    territory: str | None = None
    sort: str = "nom"


_SORTS: Mapping[str, Any] = {
    "nom": func.lower(func.unaccent(Organisation.name)),
    "sorte": Organisation.kind,
    "commune": Commune.name_key,
    "inscrite": Organisation.created_at,
}


def organisations_listed(actor: Actor, asked: Filters, today: date) -> Select[Organisation]:
    """The list, with communes; ``sort`` « -nom » goes down, an unknown one is by name."""
    query = (
        organisations_visible_to(actor)
        .outerjoin(Organisation.commune)
        .options(contains_eager(Organisation.commune))
        .where(*_asked(asked, today))
    )
    key = _SORTS.get(asked.sort.removeprefix("-"), _SORTS["nom"])
    return query.order_by(key.desc() if asked.sort.startswith("-") else key, Organisation.id)


def _asked(asked: Filters, today: date) -> Iterable[ColumnElement[bool]]:
    words = asked.words.strip()
    if words:
        like = f"%{_escaped(words)}%"
        digits = "".join(char for char in words if char.isdigit())
        siret = Organisation.siret.startswith(digits) if len(digits) >= 9 else false()
        yield or_(
            func.unaccent(Organisation.name).ilike(func.unaccent(like)),
            func.unaccent(Commune.name).ilike(func.unaccent(like)),
            siret,
        )
    if group := KIND_GROUPS.get(asked.kind or ""):
        yield Organisation.kind.in_(group)
    if asked.state == "demandes":
        yield Organisation.id.in_(select(JoinRequest.organisation_id).where(JoinRequest.state == RequestState.PENDING))
    elif asked.state in set(OrganisationState):
        yield Organisation.state == asked.state
    if asked.territory:
        yield or_(
            Organisation.territory_code == asked.territory,
            Organisation.commune_insee.in_(commune_codes_in(asked.territory, today)),
        )


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def member_counts(organisation_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many people are in each."""
    rows = db.session.execute(
        select(Membership.organisation_id, func.count(func.distinct(Membership.user_id)))
        .where(Membership.organisation_id.in_(organisation_ids), Membership.left_at.is_(None))
        .group_by(Membership.organisation_id)
    )
    return {row[0]: row[1] for row in rows}


def members(organisation_id: UUID) -> Sequence[Membership]:
    """The present members, managers first, then by name."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.user)
        .options(contains_eager(Membership.user))
        .where(Membership.organisation_id == organisation_id, Membership.left_at.is_(None))
        .order_by(Membership.is_manager.desc(), User.last_name, User.first_name, Membership.id)
    ).all()


def the_member(organisation_id: UUID, membership_id: UUID) -> Membership:
    """One present member of that organisation. Raises NotFound."""
    found = db.session.scalar(
        select(Membership)
        .options(joinedload(Membership.user))
        .where(
            Membership.id == membership_id,
            Membership.organisation_id == organisation_id,
            Membership.left_at.is_(None),
        )
        .with_for_update(of=Membership)
    )
    if found is None:
        raise NotFound
    return found


def managers(organisation_id: UUID) -> Sequence[User]:
    """Who answers for an organisation."""
    return (
        db.session.scalars(
            select(User)
            .join(Membership, Membership.user_id == User.id)
            .where(
                Membership.organisation_id == organisation_id,
                Membership.left_at.is_(None),
                Membership.is_manager,
                User.disabled_at.is_(None),
            )
            .order_by(User.id)
        )
        .unique()
        .all()
    )


def trades_of(organisation_id: UUID) -> list[tuple[str, str, int]]:
    """(slug, name, people at once) of the jobs that an organisation can have done, by name."""
    query = (
        select(Trade.slug, Trade.name, OrganisationTrade.people)
        .join(OrganisationTrade, OrganisationTrade.trade_slug == Trade.slug)
        .where(OrganisationTrade.organisation_id == organisation_id)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query.order_by(Trade.name, Trade.slug))]


@dataclass(frozen=True, slots=True)
class Near:
    """An organisation that can have a job done near a place, and by how many people at once."""

    organisation: Organisation
    people: int
    km: float


def siae_near(trade_slug: str, commune_insee: str, km: float = 20) -> list[Near]:
    """The SIAE and GEIQ within so many kilometres that say they do this job, or one of its ROME sheet; nearest first.

    The distance is the one of the matching, from commune to commune. One without a commune is not near.
    """
    rome = select(Trade.rome_code).where(Trade.slug == trade_slug).scalar_subquery()
    said = (
        select(OrganisationTrade.organisation_id, func.max(OrganisationTrade.people).label("people"))
        .join(Trade, Trade.slug == OrganisationTrade.trade_slug)
        .where(or_(Trade.slug == trade_slug, Trade.rome_code == rome))
        .group_by(OrganisationTrade.organisation_id)
        .subquery()
    )
    query = (
        select(Organisation, said.c.people)
        .join(said, said.c.organisation_id == Organisation.id)
        .where(Organisation.state == OrganisationState.APPROVED, Organisation.kind.in_(PROVIDER_KINDS))
        .options(joinedload(Organisation.commune))
    )
    table = distance_table()
    found = [
        Near(row, people, table.km(row.commune_insee or "", commune_insee)) for row, people in db.session.execute(query)
    ]
    return sorted((one for one in found if one.km <= km), key=lambda one: (one.km, one.organisation.name))


def open_invitations(organisation_id: UUID) -> Sequence[Invitation]:
    """Invitations that nobody has accepted or withdrawn, the newest first; some may be too old."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .order_by(Invitation.created_at.desc(), Invitation.id)
    ).all()


def invitation_by(token_hash: bytes, now: datetime, *, lock: bool = False) -> Invitation | None:
    """The invitation of a link that still serves, with its organisation, while this one is active."""
    query = (
        select(Invitation)
        .join(Invitation.organisation)
        .options(contains_eager(Invitation.organisation))
        .where(
            Invitation.token_hash == token_hash,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
            Organisation.state == OrganisationState.APPROVED,
        )
    )
    return db.session.scalar(query.with_for_update(of=Invitation) if lock else query)


def pending_requests(organisation_id: UUID) -> Sequence[JoinRequest]:
    """Who asks to join, the oldest first."""
    return db.session.scalars(
        select(JoinRequest)
        .options(joinedload(JoinRequest.user))
        .where(JoinRequest.organisation_id == organisation_id, JoinRequest.state == RequestState.PENDING)
        .order_by(JoinRequest.created_at, JoinRequest.id)
    ).all()


def users_listed(*, words: str = "", role: str | None = None, state: str | None = None) -> Select[User]:
    """Professionals, for the administrators; candidates' accounts belong to their files.

    ``words`` are found in the name of an organisation: names of persons never go into an address.
    """
    mine = select(Membership.id).where(Membership.user_id == User.id, Membership.left_at.is_(None))
    query = select(User).where(User.candidate_id.is_(None))
    if words.strip():
        named = func.unaccent(Organisation.name).ilike(func.unaccent(f"%{_escaped(words.strip())}%"))
        inside = mine.join(Organisation, Organisation.id == Membership.organisation_id).where(named)
        query = query.where(inside.exists())
    if role in set(Role):
        query = query.where(mine.where(Membership.role == role).exists())
    conditions: Mapping[str | None, ColumnElement[bool]] = {
        "actif": and_(User.disabled_at.is_(None), mine.exists()),
        "ferme": User.disabled_at.is_not(None),
        "sans": ~mine.exists(),
    }
    query = query.where(conditions.get(state, true()))
    names = (func.lower(func.unaccent(User.last_name)), func.lower(func.unaccent(User.first_name)))
    return query.order_by(*names, User.id)


def places_by_user(user_ids: Sequence[UUID]) -> Mapping[UUID, list[tuple[Membership, str]]]:
    """(membership, organisation's name) of each person."""
    rows = db.session.execute(
        select(Membership, Organisation.name)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.user_id.in_(user_ids), Membership.left_at.is_(None))
        .order_by(Organisation.name, Membership.id)
    ).all()
    found: dict[UUID, list[tuple[Membership, str]]] = {user_id: [] for user_id in user_ids}
    for place, name in rows:
        found[place.user_id].append((place, name))
    return found


def the_professional(user_id: UUID) -> User:
    """A professional's account. Raises NotFound."""
    found = db.session.scalar(select(User).where(User.id == user_id, User.candidate_id.is_(None)))
    if found is None:
        raise NotFound
    return found


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """Organisations to approve, for the département; requests to join, for who answers them."""
    if not is_decider(actor) and not actor.is_manager:
        return []
    items = []
    if is_decider(actor):
        pending = select(func.count()).where(Organisation.state == OrganisationState.PENDING)
        if count := db.session.scalar(pending):
            items.append(_approvals(count))
    asked = _requests_for(actor).with_only_columns(func.count(), func.min(Organisation.name))
    count, name = db.session.execute(asked).one()
    if count:
        items.append(_requests(actor, count, name))
    return items


def _requests_for(actor: Actor) -> Select[Any]:
    """The pending requests that this person answers."""
    query = (
        select(JoinRequest)
        .join(Organisation, Organisation.id == JoinRequest.organisation_id)
        .where(JoinRequest.state == RequestState.PENDING, Organisation.state == OrganisationState.APPROVED)
    )
    if is_decider(actor):
        return query.where(Organisation.kind.in_(DEPARTMENT_MAKES))
    return query.where(Organisation.id == actor.organisation_id, Organisation.kind.not_in(DEPARTMENT_MAKES))


def _approvals(count: int) -> TodoItem:
    return TodoItem(
        kind="organisations.pending",
        title=plural(count, "organisation à examiner", "organisations à examiner"),
        text="Elles attendent votre accord pour publier leurs offres.",
        endpoint="organisations.listing",
        arguments={"etat": OrganisationState.PENDING.value, "tri": "inscrite"},
        action="Examiner",
        icon="building",
        urgency=2,
    )


def _requests(actor: Actor, count: int, name: str) -> TodoItem:
    whole = is_decider(actor)
    return TodoItem(
        kind="organisations.requests",
        title=plural(count, "demande de rattachement", "demandes de rattachement"),
        text=name if whole else "Des personnes demandent à rejoindre votre organisation.",
        endpoint="organisations.listing" if whole else "organisations.organisation",
        arguments={"etat": "demandes"} if whole else {"organisation_id": actor.organisation_id},
        action="Répondre",
        icon="people",
        urgency=2,
    )
