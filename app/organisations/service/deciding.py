"""The département lets an organisation in, refuses it, closes it, opens it again."""

from typing import Any
from uuid import UUID

from app.accounts import service as accounts
from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.hooks import Hook
from app.core.roles import Actor
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.rules import Recipient
from app.organisations import queries
from app.organisations.models import Organisation
from app.organisations.rules import ORGANISATION, OrganisationAction, OrganisationKind, OrganisationRefusal

# (organisation_id, by): its offers close with it, in the same transaction.
ORGANISATION_CLOSED: Hook[[UUID, Actor]] = Hook("organisation closed")
# (organisation_id, by): it may act from now on; what waited for its SIRET is its own.
ORGANISATION_APPROVED: Hook[[UUID, Actor]] = Hook("organisation approved")


def _moved(organisation_id: UUID, action: OrganisationAction, by: Actor, version: int) -> Organisation:
    organisation = queries.the_organisation(by, organisation_id)
    target = ORGANISATION.target(action, organisation.state, by.role)
    if organisation.version != version:
        raise StaleVersion({"version": organisation.version})
    organisation.state = target
    audit.note(by, f"organisation.{action.value}", "organisation", organisation.id, name=organisation.name)
    return organisation


def _tell_managers(organisation: Organisation, kind: str, **context: Any) -> None:
    for manager in queries.managers(organisation.id):
        messages.queue(
            kind,
            Recipient(name=manager.full_name, user_id=manager.id, email=manager.email),
            about=("organisation", organisation.id),
            name=organisation.name,
            **context,
        )


@transaction
def approve(organisation_id: UUID, *, by: Actor, version: int) -> Organisation:
    """Let an organisation in: its first member may sign in from now on. Raises Refused, StaleVersion, NotFound."""
    organisation = _moved(organisation_id, OrganisationAction.APPROVE, by, version)
    organisation.approved_at, organisation.approved_by, organisation.refusal_text = clock.now(), by.user_id, ""
    _tell_managers(organisation, "organisation_approved", url=messages.link_to("accounts.sign_in"))
    db.session.flush()
    ORGANISATION_APPROVED(organisation.id, by)
    return organisation


@transaction
def refuse(organisation_id: UUID, text: str, *, by: Actor, version: int) -> Organisation:
    """Say no, with the text that the person reads. They may ask again."""
    organisation = _moved(organisation_id, OrganisationAction.REFUSE, by, version)
    organisation.refusal_text = text
    _tell_managers(organisation, "organisation_refused", text=text)
    return organisation


@transaction
def close(organisation_id: UUID, *, by: Actor, version: int) -> Organisation:
    """End an organisation's part: everybody who acts in it is signed out at once, its offers close."""
    organisation = _moved(organisation_id, OrganisationAction.CLOSE, by, version)
    if organisation.kind is OrganisationKind.DEPARTMENT:
        raise Refused(OrganisationRefusal.DEPARTMENT_STAYS)
    _tell_managers(organisation, "organisation_closed")
    accounts.end_sessions_in(organisation.id)
    db.session.flush()
    ORGANISATION_CLOSED(organisation.id, by)
    return organisation


@transaction
def reopen(organisation_id: UUID, *, by: Actor, version: int) -> Organisation:
    """Let a closed organisation act again, with the members it had."""
    organisation = _moved(organisation_id, OrganisationAction.REOPEN, by, version)
    _tell_managers(organisation, "organisation_approved", url=messages.link_to("accounts.sign_in"))
    db.session.flush()
    ORGANISATION_APPROVED(organisation.id, by)
    return organisation
