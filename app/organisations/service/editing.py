"""Correct an organisation's page; make one for the département."""

from dataclasses import asdict, dataclass
from uuid import UUID

from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor
from app.core.transaction import refuse_on, transaction
from app.organisations import queries
from app.organisations.models import Organisation
from app.organisations.rules import (
    OrganisationKind,
    OrganisationRefusal,
    OrganisationState,
    is_decider,
    kind_refusals,
    may_manage,
)
from app.organisations.service.deciding import ORGANISATION_APPROVED
from app.organisations.service.invitations import invite

refuse_on("uq_organisations_siret", OrganisationRefusal.SIRET_TAKEN)


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """What the page says. ``kind`` and ``territory_code`` None: not asked of this person, they stay."""

    name: str
    commune_insee: str | None
    address: str = ""
    phone: str | None = None
    email: str | None = None
    website: str = ""
    presentation: str = ""
    kind: OrganisationKind | None = None
    territory_code: str | None = None


@transaction
def edit(organisation_id: UUID, details: OrganisationDetails, *, by: Actor, version: int) -> Organisation:
    """Change the page. Raises NotFound, Refused, StaleVersion with what it says now."""
    organisation = queries.the_organisation(by, organisation_id)
    if not may_manage(by, organisation.id, organisation.kind):
        raise NotFound
    if organisation.version != version:
        raise StaleVersion(_says(organisation))
    if details.kind is not None and is_decider(by):
        if reasons := kind_refusals(organisation.kind, details.kind):
            raise Refused(reasons, dict.fromkeys(reasons, "kind"))
        organisation.kind = details.kind
    if is_decider(by):
        organisation.territory_code = details.territory_code
    for name in ("name", "commune_insee", "address", "phone", "email", "website", "presentation"):
        setattr(organisation, name, getattr(details, name))
    audit.note(by, "organisation.changed", "organisation", organisation.id)
    return organisation


def _says(organisation: Organisation) -> dict[str, object]:
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "commune": organisation.commune.name if organisation.commune else "",
        "address": organisation.address,
        "phone": organisation.phone,
        "email": organisation.email,
        "website": organisation.website,
        "presentation": organisation.presentation,
        "territory": organisation.territory_code,
        "version": organisation.version,
    }


@transaction
def create(
    row_id: UUID, details: OrganisationDetails, *, siret: str | None, manager_email: str | None, by: Actor
) -> Organisation:
    """An organisation that the département makes: active at once, its first manager invited. Raises Refused."""
    if not is_decider(by):
        raise NotFound
    known = db.session.get(Organisation, row_id)
    if known is not None:
        return known  # the form was sent twice
    if siret and queries.by_siret(siret) is not None:
        raise Refused(OrganisationRefusal.SIRET_TAKEN, {OrganisationRefusal.SIRET_TAKEN: "siret"})
    values = asdict(details)
    organisation = Organisation(
        id=row_id,
        **values,
        siret=siret,
        state=OrganisationState.APPROVED,
        approved_at=clock.now(),
        approved_by=by.user_id,
    )
    db.session.add(organisation)
    db.session.flush()
    audit.note(by, "organisation.created", "organisation", organisation.id, name=organisation.name)
    if manager_email:
        invite(organisation.id, manager_email, as_manager=True, by=by)
    ORGANISATION_APPROVED(organisation.id, by)
    return organisation
