"""Managers name managers, change and remove members, answer who asks to join; anybody may leave."""

from uuid import UUID

from sqlalchemy import func, select

from app.accounts import service as accounts
from app.accounts.models import Membership, User
from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.rules import Recipient
from app.organisations import queries
from app.organisations.models import JoinRequest, Organisation
from app.organisations.rules import (
    REQUEST,
    OrganisationRefusal,
    RequestAction,
    leaving_refusals,
    may_answer_requests,
    may_touch_member,
    role_of,
)

_ANSWERS = {RequestAction.ACCEPT: "join_accepted", RequestAction.DECLINE: "join_declined"}


def _touched(organisation_id: UUID, membership_id: UUID, by: Actor) -> Membership:
    """A member whom this person may change, the organisation locked: two managers decide one after the other."""
    organisation = queries.the_organisation(by, organisation_id)
    _lock(organisation.id)
    place = queries.the_member(organisation.id, membership_id)
    if not may_touch_member(by, organisation.id, organisation.kind, place.role):
        raise NotFound
    return place


def _lock(organisation_id: UUID) -> None:
    db.session.execute(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())


def _check_leaving(place: Membership, *, stays: bool = False) -> None:
    present = queries.members(place.organisation_id)
    others = [one for one in present if one.user_id != place.user_id]
    reasons = leaving_refusals(
        is_manager=place.is_manager,
        other_managers=sum(one.is_manager for one in others),
        others=len(others) + stays,
    )
    if reasons:
        raise Refused(reasons)
    if place.role is Role.ADMINISTRATOR and not stays:
        _check_administrators(place)


def _check_administrators(place: Membership) -> None:
    left = select(func.count()).where(
        Membership.role == Role.ADMINISTRATOR, Membership.left_at.is_(None), Membership.id != place.id
    )
    if not db.session.scalar(left):
        raise Refused(OrganisationRefusal.LAST_ADMINISTRATOR)


@transaction
def change_member(
    organisation_id: UUID, membership_id: UUID, *, is_manager: bool, territory_code: str | None, by: Actor
) -> None:
    """Name or unname a manager; bound a facilitator's or referent's territory. Raises Refused, NotFound."""
    place = _touched(organisation_id, membership_id, by)
    if place.is_manager and not is_manager:
        _check_leaving(place, stays=True)
    accounts.change_member(place, by=by, is_manager=is_manager, territory_code=territory_code)


@transaction
def remove_member(organisation_id: UUID, membership_id: UUID, *, by: Actor) -> None:
    """Somebody leaves by another's decision: signed out at once, and told. Raises Refused, NotFound."""
    place = _touched(organisation_id, membership_id, by)
    _check_leaving(place)
    accounts.end_member(place, by=by)
    if place.user_id != by.user_id:
        name = queries.the_organisation(by, organisation_id).name
        messages.queue("member_removed", _to(place.user), about=("organisation", organisation_id), name=name)


@transaction
def leave(organisation_id: UUID, *, by: Actor, successor_id: UUID | None = None) -> None:
    """Leave one's organisation. The last manager names ``successor_id`` (a membership). Raises Refused, NotFound."""
    if by.organisation_id != organisation_id:
        raise NotFound
    _lock(organisation_id)
    mine = [place for place in queries.members(organisation_id) if place.user_id == by.user_id]
    if not mine:
        raise NotFound
    if successor_id is not None:
        _name(organisation_id, successor_id, by)
    for place in mine:
        _check_leaving(place)
    for place in mine:
        accounts.end_member(place, by=by)


def _name(organisation_id: UUID, successor_id: UUID, by: Actor) -> None:
    """A manager hands over: only a manager may name one."""
    place = queries.the_member(organisation_id, successor_id)
    if not by.is_manager or place.user_id == by.user_id:
        raise Refused(OrganisationRefusal.NOT_A_COLLEAGUE, {OrganisationRefusal.NOT_A_COLLEAGUE: "successor"})
    if not place.is_manager:
        accounts.change_member(place, by=by, is_manager=True, territory_code=place.territory_code)


@transaction
def answer_request(organisation_id: UUID, request_id: UUID, action: RequestAction, *, by: Actor) -> JoinRequest:
    """Let in, or not, somebody who asked to join. Raises Refused, NotFound."""
    organisation = queries.the_organisation(by, organisation_id)
    request = db.session.get(JoinRequest, request_id, with_for_update=True)
    if request is None or request.organisation_id != organisation.id:
        raise NotFound
    if not may_answer_requests(by, organisation.id, organisation.kind):
        raise NotFound
    request.state = REQUEST.target(action, request.state, by.role)
    request.decided_at, request.decided_by = clock.now(), by.user_id
    audit.note(by, f"organisation.request_{request.state.value}", "organisation", organisation.id)
    user = db.session.get_one(User, request.user_id)
    if action is RequestAction.ACCEPT:
        accounts.add_member(
            user.id, organisation.id, role_of(organisation.kind), by=by, territory_code=organisation.territory_code
        )
    messages.queue(
        _ANSWERS[action],
        _to(user),
        about=("organisation", organisation.id),
        name=organisation.name,
        url=messages.link_to("accounts.sign_in"),
    )
    return request


def _to(user: User) -> Recipient:
    return Recipient(name=user.full_name, user_id=user.id, email=user.email)
