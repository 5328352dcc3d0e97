"""An organisation asks to take part. Whatever is known of it or of the person, the page that follows is the same."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.accounts import queries as accounts_queries
from app.accounts import service as accounts
from app.accounts.models import Membership, User
from app.accounts.rules.passwords import password_refusals
from app.accounts.rules.throttles import JOIN_PER_ADDRESS, Visitor, address_group
from app.accounts.service.access import alone
from app.audit import service as audit
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.rules import Recipient
from app.organisations import queries
from app.organisations.models import JoinRequest, Organisation
from app.organisations.rules import (
    DEPARTMENT_MAKES,
    ORGANISATION,
    OrganisationAction,
    OrganisationKind,
    OrganisationRefusal,
    OrganisationState,
    RequestState,
    role_of,
)


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What the form says of an organisation; ``row_id`` is its future id."""

    row_id: UUID
    siret: str
    kind: OrganisationKind
    name: str
    commune_insee: str


@dataclass(frozen=True, slots=True)
class FirstMember:
    """What the form says of the person who fills it in without an account."""

    first_name: str
    last_name: str
    email: str
    phone: str | None
    password: str


def join(asked: NewOrganisation, person: FirstMember | None, by: Actor | None, visitor: Visitor) -> None:
    """Ask for an organisation, as somebody new (``person``) or signed in (``by``). Raises Refused, Throttled."""
    accounts.count(JOIN_PER_ADDRESS, address_group(visitor.address))
    _join(asked, person, by)


@transaction
def _join(asked: NewOrganisation, person: FirstMember | None, by: Actor | None) -> None:
    _check(asked, person)
    alone(f"siret {asked.siret}", person.email if person else None)
    if db.session.get(Organisation, asked.row_id) or db.session.get(JoinRequest, asked.row_id):
        return  # the form was sent twice
    known = queries.by_siret(asked.siret)
    user = _somebody(asked, person, by, known)
    if user is None:
        return
    if known is None:
        _ask_for_a_new_one(asked, user)
    elif known.state in {OrganisationState.REFUSED, OrganisationState.CLOSED}:
        _ask_again(asked, known, user)
    else:
        _ask_to_join(asked.row_id, known, user)


def _check(asked: NewOrganisation, person: FirstMember | None) -> None:
    reasons: dict[object, str] = {}
    if asked.kind in DEPARTMENT_MAKES:
        reasons[OrganisationRefusal.KIND_WITH_FIRST_MEMBER] = "kind"
    if person is not None:
        personal = (person.first_name, person.last_name, person.email, asked.name)
        reasons.update(dict.fromkeys(password_refusals(person.password, personal), "password"))
    if reasons:
        raise Refused(list(reasons), reasons)  # type: ignore[arg-type]


def _somebody(
    asked: NewOrganisation, person: FirstMember | None, by: Actor | None, known: Organisation | None
) -> User | None:
    """The account that asks. None when a person without a session gave the address of an account: they get a mail."""
    if person is None:
        assert by is not None
        assert by.user_id is not None
        return db.session.get_one(User, by.user_id)
    account = accounts_queries.account_by_email(person.email)
    if account is None:
        return accounts.add_professional(
            person.first_name,
            person.last_name,
            person.email,
            person.password,
            phone=person.phone,
            organisation=asked.name,
        )
    accounts.hash_password(person.password)  # takes the time that a new account takes
    if known is None or not _already_asked(known, account):
        messages.queue(
            "join_with_account",
            _to(account),
            about=("organisation", None),
            name=asked.name,
            url=messages.link_to("organisations.join"),
        )
    return None


def _already_asked(organisation: Organisation, user: User) -> bool:
    place = select(Membership.id).where(
        Membership.organisation_id == organisation.id, Membership.user_id == user.id, Membership.left_at.is_(None)
    )
    request = select(JoinRequest.id).where(
        JoinRequest.organisation_id == organisation.id,
        JoinRequest.user_id == user.id,
        JoinRequest.state == RequestState.PENDING,
    )
    return bool(db.session.scalar(select(place.exists() | request.exists())))


def _ask_for_a_new_one(asked: NewOrganisation, user: User) -> None:
    organisation = Organisation(
        id=asked.row_id,
        name=asked.name,
        kind=asked.kind,
        state=OrganisationState.PENDING,
        siret=asked.siret,
        commune_insee=asked.commune_insee,
        email=user.email,
        phone=user.phone,
    )
    db.session.add(organisation)
    db.session.flush()
    _first_member(organisation, user)


def _ask_again(asked: NewOrganisation, organisation: Organisation, user: User) -> None:
    """An organisation that was refused or closed starts anew, with who asks now."""
    organisation.state = ORGANISATION.target(OrganisationAction.ASK_AGAIN, organisation.state, SYSTEM.role)
    organisation.name, organisation.kind, organisation.commune_insee = asked.name, asked.kind, asked.commune_insee
    organisation.approved_at = organisation.approved_by = None
    accounts.end_members_of(organisation.id, by=SYSTEM)
    _first_member(organisation, user)


def _first_member(organisation: Organisation, user: User) -> None:
    himself = Actor(role=role_of(organisation.kind), name=user.full_name, user_id=user.id)
    accounts.add_member(user.id, organisation.id, role_of(organisation.kind), by=himself, is_manager=True)
    audit.note(himself, "organisation.asked", "organisation", organisation.id, name=organisation.name)
    messages.queue("join_asked", _to(user), about=("organisation", organisation.id), name=organisation.name)


def _ask_to_join(row_id: UUID, organisation: Organisation, user: User) -> None:
    if not _already_asked(organisation, user):
        himself = Actor(role=role_of(organisation.kind), name=user.full_name, user_id=user.id)
        db.session.add(JoinRequest(id=row_id, organisation_id=organisation.id, user_id=user.id))
        audit.note(himself, "organisation.join_requested", "organisation", organisation.id)
        url = messages.link_to("organisations.organisation", organisation_id=organisation.id)
        if organisation.kind not in DEPARTMENT_MAKES:
            for manager in queries.managers(organisation.id):
                messages.queue(
                    "join_request",
                    _to(manager),
                    about=("organisation", organisation.id),
                    name=organisation.name,
                    person=user.full_name,
                    email=user.email,
                    url=url,
                )
    # The same words as for a new organisation: who asks does not learn that it is here.
    messages.queue("join_asked", _to(user), about=("organisation", None), name=organisation.name)


def _to(user: User) -> Recipient:
    return Recipient(name=user.full_name, user_id=user.id, email=user.email)
