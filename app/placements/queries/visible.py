"""Whose placements and tripartite meetings may somebody read, and on which may they act?"""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.candidates.models import Candidate
from app.candidates.queries import candidates_visible_to
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationState
from app.placements.models import Placement, TripartiteDate, TripartiteMeeting
from app.placements.rules.states import DEAD


def read_files(actor: Actor) -> Select[UUID]:
    """The ids of the people whose file the actor reads."""
    return candidates_visible_to(actor).order_by(None).with_only_columns(Candidate.id)


def _accompanied(actor: Actor) -> Select[UUID]:
    """The ids of those whom the actor, or the place they act in, accompanies today; narrower than the files read."""
    place = [Candidate.referent_organisation_id, Candidate.facilitator_organisation_id]
    mine: list[ColumnElement[bool]] = [column == actor.organisation_id for column in place if actor.organisation_id]
    if actor.user_id is not None and actor.role is Role.REFERENT:
        mine.append(Candidate.referent_id == actor.user_id)
    return read_files(actor).where(or_(false(), *mine))


def _prescribed_by(actor: Actor) -> ColumnElement[bool]:
    """Prescribed by the place the actor acts in, or followed by the actor there."""
    if actor.organisation_id is None:
        return false()
    followed = and_(Placement.referent_id == actor.user_id, Placement.referent_organisation_id == actor.organisation_id)
    return or_(Placement.prescriber_organisation_id == actor.organisation_id, followed)


def placements_visible_to(actor: Actor) -> Select[Placement]:
    """A person: their own. A host: those addressed to it. Those who accompany: what their place prescribed, what they
    follow, and those of the people whose file they read. The département: all.

    A host reads ``name_for`` and no more of the person.
    """
    query = select(Placement)
    match actor.role:
        case Role.DEPARTMENT | Role.SYSTEM:
            return query
        case Role.CANDIDATE if actor.candidate_id is not None:
            return query.where(Placement.candidate_id == actor.candidate_id)
        case Role.EMPLOYER if actor.organisation_id is not None:
            return query.where(Placement.host_organisation_id == actor.organisation_id)
        case Role.REFERENT | Role.FACILITATOR:
            return query.where(or_(_prescribed_by(actor), Placement.candidate_id.in_(read_files(actor))))
    return query.where(false())


def acted_on_by(actor: Actor) -> ColumnElement[bool]:
    """Those on which the actor may act: as the person, as the host, or as who accompanies.

    Who accompanies: the place that prescribed it, who follows it, who accompanies the person today; and when nobody
    prescribes it yet, whoever reads the person's file.
    """
    match actor.role:
        case Role.SYSTEM:
            return true()
        case Role.CANDIDATE if actor.candidate_id is not None:
            return Placement.candidate_id == actor.candidate_id
        case Role.EMPLOYER if actor.organisation_id is not None:
            return Placement.host_organisation_id == actor.organisation_id
        case Role.REFERENT | Role.FACILITATOR:
            nobody = Placement.prescriber_organisation_id.is_(None)
            return or_(
                _prescribed_by(actor),
                Placement.candidate_id.in_(_accompanied(actor)),
                and_(nobody, Placement.candidate_id.in_(read_files(actor))),
            )
    return false()


AROUND: tuple[ORMOption, ...] = (
    joinedload(Placement.candidate),
    joinedload(Placement.host_organisation),
    joinedload(Placement.commune),
    joinedload(Placement.trade),
    joinedload(Placement.prescriber),
    joinedload(Placement.prescriber_organisation),
    joinedload(Placement.referent),
    selectinload(Placement.signatures),
)
"""Options that load a placement with those around it and the signatures: two statements."""


def the_placement(actor: Actor, placement_id: UUID, *options: ORMOption) -> Placement:
    """One that the actor may read, with what is around it. Raises NotFound."""
    query = placements_visible_to(actor).where(Placement.id == placement_id).options(*AROUND, *options)
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def may_act(actor: Actor, placement: Placement) -> bool:
    """May the actor act on it? Which acts, the workflow says by role and state."""
    return db.session.scalar(select(Placement.id).where(Placement.id == placement.id, acted_on_by(actor))) is not None


def the_one_to_act_on(
    actor: Actor, placement_id: UUID, *options: ORMOption, lock: bool = True, counting: bool = False
) -> Placement:
    """One on which the actor may act, locked until the act ends. Raises NotFound.

    ``counting``: the act counts limits, or adds to what counts; then the person is locked first, so that two acts on
    the stages of one person wait for each other.
    """
    if counting:
        lock_person_of(placement_id)
    query = select(Placement).where(Placement.id == placement_id, acted_on_by(actor)).options(*AROUND, *options)
    if lock:
        query = query.with_for_update(of=Placement)
    found = db.session.scalars(query.execution_options(populate_existing=True)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def lock_person(candidate_id: UUID) -> None:
    """Before a placement is asked or agreed: the person first, everywhere in this order."""
    db.session.execute(select(Candidate.id).where(Candidate.id == candidate_id).with_for_update())


def lock_person_of(placement_id: UUID) -> None:
    """The person before the placement: two acts at once wait, and never for each other."""
    person = select(Candidate.id).join(Placement, Placement.candidate_id == Candidate.id)
    db.session.execute(person.where(Placement.id == placement_id).with_for_update(of=Candidate))


def host_knows(placement: Placement) -> bool:
    """May the host read who the person is? Once it has said yes, and no longer when the stage does not take place."""
    return placement.accepted_at is not None and placement.state not in DEAD


def host_answers(placement: Placement) -> bool:
    """Does the host speak for itself on the portal? One that is only declared, or closed there, is called. The
    organisation is loaded."""
    return is_there(placement.host_organisation)


def is_there(organisation: Organisation | None) -> bool:
    """Does it take part in the portal today?"""
    return organisation is not None and organisation.state is OrganisationState.APPROVED


def name_for(actor: Actor, placement: Placement) -> str:
    """The person's name as this reader may know it: a host has first name and initial until it has accepted."""
    if actor.role is Role.EMPLOYER and not host_knows(placement):
        return placement.candidate.short_name
    return placement.candidate.full_name


def tripartite_visible_to(actor: Actor) -> Select[TripartiteMeeting]:
    """The three parties read it, those who read the person's file, and the département."""
    query = select(TripartiteMeeting)
    match actor.role:
        case Role.DEPARTMENT | Role.SYSTEM:
            return query
        case Role.REFERENT | Role.FACILITATOR:
            files = TripartiteMeeting.candidate_id.in_(read_files(actor))
            return query.where(or_(_tripartite_of(actor), files))
    return query.where(_tripartite_of(actor))


def _tripartite_of(actor: Actor) -> ColumnElement[bool]:
    """The meetings in which the actor is a party: as the person, the structure, or who accompanies."""
    if actor.role is Role.CANDIDATE and actor.candidate_id is not None:
        return TripartiteMeeting.candidate_id == actor.candidate_id
    if actor.organisation_id is None:
        return false()
    if actor.role is Role.EMPLOYER:
        return TripartiteMeeting.organisation_id == actor.organisation_id
    if actor.role in ACCOMPANIMENT:
        return TripartiteMeeting.referent_organisation_id == actor.organisation_id
    return false()


def tripartite_acted_on_by(actor: Actor) -> ColumnElement[bool]:
    """Those on which the actor may act: as a party, or as who accompanies the person today."""
    if actor.role is Role.SYSTEM:
        return true()
    if actor.role in ACCOMPANIMENT:
        return or_(_tripartite_of(actor), TripartiteMeeting.candidate_id.in_(_accompanied(actor)))
    return _tripartite_of(actor)


TRIPARTITE_AROUND: tuple[ORMOption, ...] = (
    joinedload(TripartiteMeeting.candidate),
    joinedload(TripartiteMeeting.placement),
    joinedload(TripartiteMeeting.organisation),
    joinedload(TripartiteMeeting.referent),
    joinedload(TripartiteMeeting.referent_organisation),
    selectinload(TripartiteMeeting.dates).selectinload(TripartiteDate.answers),
)
"""Options that load a tripartite meeting with its parties, dates and answers: three statements."""


def the_tripartite(actor: Actor, meeting_id: UUID) -> TripartiteMeeting:
    """One that the actor may read. Raises NotFound."""
    query = tripartite_visible_to(actor).where(TripartiteMeeting.id == meeting_id).options(*TRIPARTITE_AROUND)
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def may_act_on_tripartite(actor: Actor, meeting: TripartiteMeeting) -> bool:
    """May the actor answer for a party, agree, move or cancel?"""
    query = select(TripartiteMeeting.id).where(TripartiteMeeting.id == meeting.id, tripartite_acted_on_by(actor))
    return db.session.scalar(query) is not None


def the_tripartite_to_act_on(actor: Actor, meeting_id: UUID, *, lock: bool = True) -> TripartiteMeeting:
    """One on which the actor may act, locked until the act ends. Raises NotFound."""
    query = select(TripartiteMeeting).where(TripartiteMeeting.id == meeting_id, tripartite_acted_on_by(actor))
    if lock:
        query = query.with_for_update(of=TripartiteMeeting)
    query = query.options(*TRIPARTITE_AROUND).execution_options(populate_existing=True)
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found
