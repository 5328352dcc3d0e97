"""Which host does the form ask about, and who is the person for whom a stage is asked?"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.errors import NotFound
from app.organisations.models import Organisation
from app.organisations.rules import EMPLOYER_KINDS, OrganisationState
from app.placements.queries.limits import siret_of_host


@dataclass(frozen=True, slots=True)
class HostMeant:
    """A host of the portal, or the name of another one as it was typed."""

    id: UUID | None
    name: str
    siret: str | None = None
    commune: str = ""


def the_host(organisation_id: UUID) -> HostMeant:
    """A host of the portal that may welcome. Raises NotFound."""
    found = db.session.scalar(
        select(Organisation)
        .where(
            Organisation.id == organisation_id,
            Organisation.state == OrganisationState.APPROVED,
            Organisation.kind.in_(EMPLOYER_KINDS),
        )
        .options(joinedload(Organisation.commune))
    )
    if found is None:
        raise NotFound
    return HostMeant(found.id, found.name, siret_of_host(found), found.commune.name if found.commune else "")
