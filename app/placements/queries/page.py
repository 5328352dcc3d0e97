"""What does the page of one stage say, as its reader may know it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.orm import joinedload

from app.candidates.models import Candidate
from app.candidates.rules import CandidateState
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role
from app.placements.models import Placement, PlacementTransition
from app.placements.queries.visible import AROUND, acted_on_by, host_knows, name_for, placements_visible_to, read_files

SHOWN = 30
"""Lines of the journal on the page."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The person as the reader of a stage may know them: a host reads first name, initial and commune, then, once it
    has said yes, name and phone. Pages read this and never the file."""

    name: str
    commune: str
    phone: str | None
    email: str | None
    file_id: UUID | None
    """The file, for those who may open it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One stage, the person as seen, and whether the reader may act on it."""

    placement: Placement
    seen: Seen
    may_act: bool


def page_of(actor: Actor, placement_id: UUID) -> Page:
    """Two statements. Raises NotFound."""
    query = (
        placements_visible_to(actor)
        .where(Placement.id == placement_id)
        .add_columns(case((acted_on_by(actor), True), else_=False), Placement.candidate_id.in_(read_files(actor)))
        .options(*AROUND, joinedload(Placement.candidate).joinedload(Candidate.commune))
    )
    row = db.session.execute(query.execution_options(populate_existing=True)).unique().one_or_none()
    if row is None:
        raise NotFound
    return Page(row[0], seen_by(actor, row[0], reads_file=row[2]), row[1])


def seen_by(actor: Actor, placement: Placement, *, reads_file: bool = False) -> Seen:
    """The person as this reader may know them. The file and its commune are loaded.

    Who prescribed a stage goes on reading it when somebody else accompanies the person: no way leads to the file then.
    """
    person = placement.candidate
    host = actor.role is Role.EMPLOYER
    known = not host or (host_knows(placement) and person.state is CandidateState.ACTIVE)
    return Seen(
        name=name_for(actor, placement),
        commune=person.commune.name if person.commune else "",
        phone=person.phone if known else None,
        email=person.email if known and not host else None,
        file_id=person.id if reads_file and not host else None,
    )


def journal_of(placement_id: UUID, limit: int = SHOWN) -> Sequence[PlacementTransition]:
    """The newest lines first. One statement."""
    query = select(PlacementTransition).where(PlacementTransition.placement_id == placement_id)
    order = (PlacementTransition.at.desc(), PlacementTransition.id)
    return db.session.scalars(query.order_by(*order).limit(limit)).all()
