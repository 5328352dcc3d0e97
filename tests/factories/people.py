"""Somebody of each role, ready to sign in: the account, the place, the actor that services take."""

from dataclasses import dataclass
from itertools import count

from app.accounts.models import Membership, User
from app.accounts.queries import actor_of
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.roles import Actor, Role
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind, OrganisationState

_numbers = count(1)
_KINDS = {
    Role.EMPLOYER: OrganisationKind.FIRM,
    Role.FACILITATOR: OrganisationKind.PLIE,
    Role.REFERENT: OrganisationKind.MDS,
    Role.DEPARTMENT: OrganisationKind.DEPARTMENT,
    Role.ADMINISTRATOR: OrganisationKind.DEPARTMENT,
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who can sign in."""

    user: User
    membership: Membership | None
    organisation: Organisation | None
    candidate: Candidate | None
    actor: Actor


def an_organisation(kind: OrganisationKind = OrganisationKind.FIRM, **values: object) -> Organisation:
    """An approved organisation in Massy."""
    number = next(_numbers)
    defaults = {
        "name": f"Organisation {number}", "kind": kind, "state": OrganisationState.APPROVED,
        "approved_at": clock.now(), "commune_insee": "91377",
    }  # fmt: skip
    organisation = Organisation(**{**defaults, **values})
    db.session.add(organisation)
    db.session.flush()
    return organisation


def somebody(
    role: Role,
    organisation: Organisation | None = None,
    *,
    territory: str | None = "nord-ouest",
    manager: bool = True,
) -> Somebody:
    """A professional of a role, in a place of their own unless one is given; or a candidate with an account."""
    number = next(_numbers)
    if role is Role.CANDIDATE:
        return _candidate(number)
    place = organisation or an_organisation(_KINDS[role])
    user = User(first_name="Alex", last_name=f"Martin{number}", email=f"alex{number}@exemple.fr")
    db.session.add(user)
    db.session.flush()
    bounded = territory if role in {Role.FACILITATOR, Role.REFERENT} else None
    membership = Membership(
        user_id=user.id, organisation_id=place.id, role=role, territory_code=bounded, is_manager=manager
    )
    db.session.add(membership)
    db.session.flush()
    return Somebody(user, membership, place, None, _actor(user, membership))


def _candidate(number: int) -> Somebody:
    candidate = Candidate(first_name="Camille", last_name=f"Durand{number}", commune_insee="91377")
    db.session.add(candidate)
    db.session.flush()
    user = User(first_name="Camille", last_name=candidate.last_name, candidate_id=candidate.id)
    db.session.add(user)
    db.session.flush()
    return Somebody(user, None, None, candidate, _actor(user, None))


def _actor(user: User, membership: Membership | None) -> Actor:
    actor = actor_of(user.id, membership.id if membership else None)
    assert actor is not None
    return actor
