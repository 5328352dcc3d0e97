"""Which host does the form ask about, and which structure of the portal is meant by a name?"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.errors import NotFound
from app.organisations.models import Organisation
from app.organisations.rules import EMPLOYER_KINDS, SIAE_KINDS, OrganisationState
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
    query = _employers().where(Organisation.id == organisation_id)
    found = db.session.scalar(query.options(joinedload(Organisation.commune)))
    if found is None:
        raise NotFound
    return HostMeant(found.id, found.name, siret_of_host(found), found.commune.name if found.commune else "")


def structure_meant(text: str) -> Organisation | None:
    """The one employer of the portal that has this SIRET or this very name; None: none, or several."""
    bare = "".join(text.split())
    if len(bare) == 14 and bare.isdigit():
        return db.session.scalar(_employers().where(Organisation.siret == bare))
    same = func.lower(func.unaccent(Organisation.name)) == func.lower(func.unaccent(" ".join(text.split())))
    found = db.session.scalars(_employers().where(same).limit(2)).all()
    return found[0] if len(found) == 1 else None


def structure_names() -> Sequence[str]:
    """The structures of the portal, to be chosen by name."""
    query = _employers().where(Organisation.kind.in_(SIAE_KINDS)).with_only_columns(Organisation.name)
    return db.session.scalars(query.distinct().order_by(Organisation.name)).all()


def _employers() -> Select[Organisation]:
    return select(Organisation).where(
        Organisation.state == OrganisationState.APPROVED, Organisation.kind.in_(EMPLOYER_KINDS)
    )
