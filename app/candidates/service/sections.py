"""Change one part of a file. Every act moves the file's version and instant, and is noted."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.accounts import service as accounts
from app.accounts.models import Membership
from app.candidates import queries
from app.candidates.models import Candidate, CandidateBarrier, CandidateProgramme
from app.candidates.rules import CandidateRefusal, FrenchLevel, Question, Section
from app.candidates.rules.sections import (
    Accompaniment,
    Identity,
    NotedBarrier,
    ProgrammeStay,
    identity_refusals,
    programme_refusals,
)
from app.candidates.service.changing import changed, for_change, refuse
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind


@transaction
def save_identity(
    candidate_id: UUID, identity: Identity, *, by: Actor, version: int | None = None, question: Question | None = None
) -> Candidate:
    """Names, birth date, contact, commune. The account follows; the person keeps a way to sign in."""
    candidate = for_change(by, candidate_id, Section.IDENTITY, version)
    reasons = list(identity_refusals(identity, clock.today()))
    left_without = (candidate.phone or candidate.email) and not (identity.phone or identity.email)
    if by.role is Role.CANDIDATE and left_without:
        reasons.append(CandidateRefusal.CONTACT_NEEDED)
    refuse(reasons)
    write_identity(candidate, identity)
    changed(candidate, by, Section.IDENTITY, question)
    open_access(candidate)
    return candidate


def write_identity(candidate: Candidate, identity: Identity) -> None:
    """Copy the answers into the row."""
    candidate.first_name, candidate.last_name = identity.first_name.strip(), identity.last_name.strip()
    candidate.birth_date = identity.birth_date
    candidate.phone, candidate.email = identity.phone or None, identity.email or None
    candidate.address, candidate.language = identity.address, identity.language
    candidate.commune_insee = identity.commune_insee


def open_access(candidate: Candidate) -> UUID:
    """The account of the person, made or brought in step."""
    return accounts.open_candidate_access(
        candidate.id, candidate.first_name, candidate.last_name, candidate.email, candidate.phone
    )


@transaction
def save_accompaniment(
    candidate_id: UUID, accompaniment: Accompaniment, *, by: Actor, version: int | None = None
) -> Candidate:
    """Hand the person over: another referent, another PLIE."""
    candidate = for_change(by, candidate_id, Section.ACCOMPANIMENT, version)
    write_accompaniment(candidate, accompaniment)
    return changed(candidate, by, Section.ACCOMPANIMENT)


def write_accompaniment(candidate: Candidate, said: Accompaniment) -> None:
    """Refuse a referent who does not work there, and a facilitator's organisation that is no PLIE."""
    reasons = []
    place = said.referent_organisation_id
    if said.referent_id is not None:
        places = db.session.scalars(
            select(Membership.organisation_id)
            .where(Membership.user_id == said.referent_id, Membership.role == Role.REFERENT)
            .where(Membership.left_at.is_(None))
            .order_by(Membership.joined_at)
        ).all()
        place = place or (places[0] if places else None)
        if place not in places:
            reasons.append(CandidateRefusal.REFERENT_ELSEWHERE)
    if said.facilitator_organisation_id is not None:
        plie = db.session.get(Organisation, said.facilitator_organisation_id)
        if plie is None or plie.kind is not OrganisationKind.PLIE:
            reasons.append(CandidateRefusal.NOT_A_FACILITATOR)
    refuse(reasons)
    candidate.referent_id, candidate.referent_organisation_id = said.referent_id, place
    candidate.facilitator_organisation_id = said.facilitator_organisation_id


@transaction
def save_programmes(
    candidate_id: UUID, stays: Sequence[ProgrammeStay], *, by: Actor, version: int | None = None
) -> Candidate:
    """The programmes of the person, all of them: what is left out is removed."""
    options = selectinload(Candidate.programmes)
    candidate = for_change(by, candidate_id, Section.PROGRAMMES, version, options)
    refuse(programme_refusals(stays))
    kept = {(line.programme, line.since): line for line in candidate.programmes}
    lines = []
    for stay in stays:
        line = kept.get((stay.programme, stay.since)) or CandidateProgramme(programme=stay.programme, since=stay.since)
        line.until = stay.until
        lines.append(line)
    candidate.programmes = lines
    return changed(candidate, by, Section.PROGRAMMES)


@transaction
def save_french(
    candidate_id: UUID, level: FrenchLevel, *, by: Actor, version: int | None = None, question: Question | None = None
) -> Candidate:
    """The level of French."""
    candidate = for_change(by, candidate_id, Section.FRENCH, version)
    candidate.french = int(level)
    return changed(candidate, by, Section.FRENCH, question)


@transaction
def save_barriers(
    candidate_id: UUID, barriers: Sequence[NotedBarrier], *, by: Actor, version: int | None = None
) -> Candidate:
    """What the referent notes; a barrier left out is lifted today. Raises Refused for anybody but the referent."""
    candidate = for_change(by, candidate_id, Section.BARRIERS, version)
    if not queries.reads_barriers(by, candidate):
        raise Refused(CandidateRefusal.NOT_THE_REFERENT)
    open_lines = {line.barrier: line for line in queries.barriers_of(by, candidate)}
    said = {one.barrier: one.note for one in barriers}
    for barrier, line in open_lines.items():
        if barrier not in said:
            line.lifted_on = clock.today()
    for barrier, text in said.items():
        known = open_lines.get(barrier)
        if known is None:
            db.session.add(CandidateBarrier(candidate_id=candidate.id, barrier=barrier, note=text, noted_by=by.user_id))
        elif known.note != text:
            known.note, known.noted_by = text, by.user_id
    return changed(candidate, by, Section.BARRIERS)
