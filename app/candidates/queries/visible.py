"""Whose file may somebody read, and whom does the person phone?"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.accounts.models import User
from app.candidates.labels import CONTACT_HOURS
from app.candidates.models import Candidate, CandidateTitle, Mandate, WantedTrade
from app.candidates.rules import CandidateState
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role
from app.organisations.models import Organisation
from app.reference.queries import commune_codes_in


def _mine(actor: Actor) -> ColumnElement[bool]:
    """Which active files the actor reads. Employers and administrators read none: a file reaches them otherwise."""
    match actor.role:
        case Role.FACILITATOR:
            theirs = [_is(Candidate.facilitator_organisation_id, actor.organisation_id)]
            if actor.territory_code:
                theirs.append(Candidate.commune_insee.in_(commune_codes_in(actor.territory_code, clock.today())))
            return or_(*theirs)
        case Role.REFERENT:
            return or_(
                _is(Candidate.referent_id, actor.user_id),
                _is(Candidate.referent_organisation_id, actor.organisation_id),
            )
        case Role.CANDIDATE:
            return _is(Candidate.id, actor.candidate_id)
        case Role.DEPARTMENT | Role.SYSTEM:
            return true()
    return false()


def _is(column: Any, value: UUID | None) -> ColumnElement[bool]:
    """Equality in which nobody is nobody: None never means the rows without an owner."""
    return column == value if value is not None else false()


def candidates_visible_to(actor: Actor) -> Select[Candidate]:
    """The active files that somebody may read, by name."""
    query = select(Candidate).where(Candidate.state == CandidateState.ACTIVE, _mine(actor))
    return query.order_by(Candidate.last_name, Candidate.first_name, Candidate.id)


def the_candidate(actor: Actor, candidate_id: UUID | None, *options: ORMOption) -> Candidate:
    """One of them, with commune, referent and their organisation. Raises NotFound, for a stranger's file too."""
    query = candidates_visible_to(actor).where(Candidate.id == candidate_id).options(*_AROUND, *options)
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


_AROUND = (
    joinedload(Candidate.commune),
    joinedload(Candidate.referent),
    joinedload(Candidate.referent_organisation),
)
LINES = (
    selectinload(Candidate.trades).joinedload(WantedTrade.trade),
    selectinload(Candidate.travels),
    selectinload(Candidate.titles).joinedload(CandidateTitle.title),
    selectinload(Candidate.programmes),
)
"""Options that load every line of a file: one statement each."""


def the_candidates(actor: Actor, ids: Collection[UUID], *options: ORMOption) -> dict[UUID, Candidate]:
    """Several of them, by id; a stranger's is left out."""
    query = candidates_visible_to(actor).where(Candidate.id.in_(ids)).options(*_AROUND, *options)
    return {one.id: one for one in db.session.scalars(query).unique()}


def kept_instead_of(actor: Actor, candidate_id: UUID) -> UUID | None:
    """The file into which this one was merged, when the actor may read that one."""
    target = db.session.scalar(
        select(Candidate.merged_into_id).where(Candidate.id == candidate_id, Candidate.state == CandidateState.MERGED)
    )
    visible = candidates_visible_to(actor).where(Candidate.id == target).with_only_columns(Candidate.id)
    return db.session.scalar(visible.order_by(None)) if target else None


@dataclass(frozen=True, slots=True)
class Contact:
    """The human whom the person phones; the layout of candidate pages prints it."""

    name: str
    phone: str
    hours: str = CONTACT_HOURS
    role: str = ""


def contact_of(candidate: Candidate) -> Contact | None:
    """The referent with a phone, else the referent's organisation, else the facilitator's; None: the help line."""
    place, facilitator = aliased(Organisation), aliased(Organisation)
    row = db.session.execute(
        select(
            func.concat_ws(" ", User.first_name, User.last_name).label("referent"),
            User.phone,
            place.name.label("place"),
            place.phone.label("place_phone"),
            facilitator.name.label("facilitator"),
            facilitator.phone.label("facilitator_phone"),
        )
        .select_from(Candidate)
        .outerjoin(User, User.id == Candidate.referent_id)
        .outerjoin(place, place.id == Candidate.referent_organisation_id)
        .outerjoin(facilitator, facilitator.id == Candidate.facilitator_organisation_id)
        .where(Candidate.id == candidate.id)
    ).one_or_none()
    if row is None:
        return None
    known = (
        (row.referent, row.phone, "referent"),
        (row.place, row.place_phone, "organisation"),
        (row.facilitator, row.facilitator_phone, "organisation"),
    )
    return next((Contact(name, phone, role=role) for name, phone, role in known if phone), None)


def mandates_of(candidate_id: UUID) -> list[Mandate]:
    """Every mandate of a person with its holder, the newest first."""
    query = select(Mandate).where(Mandate.candidate_id == candidate_id).options(joinedload(Mandate.user))
    return list(db.session.scalars(query.order_by(Mandate.recorded_at.desc(), Mandate.id)))
