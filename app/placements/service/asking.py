"""Somebody asks for a stage: the person, who accompanies them, or a meeting of an event; and asks for it once more."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import User
from app.candidates.models import Candidate
from app.candidates.queries import the_candidate
from app.candidates.rules import CandidateState
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.organisations.models import Organisation
from app.organisations.rules import EMPLOYER_KINDS, OrganisationState
from app.placements.models import Placement
from app.placements.queries.limits import siret_of_host
from app.placements.queries.visible import lock_person, the_one_to_act_on
from app.placements.rules.asking import AskRefusal, DeclaredHost, Terms, first_dates, origin_of
from app.placements.rules.kinds import PlacementOrigin
from app.placements.rules.limits import PlacementRefusal, host_key
from app.placements.rules.states import DEAD, PlacementState
from app.placements.service import telling
from app.placements.service.checking import must_fit
from app.placements.service.journal import log


@transaction
def ask(terms: Terms, host: UUID | DeclaredHost, *, by: Actor, row_id: UUID, today: date) -> Placement:
    """The person asks: a host of the portal (its id), or one that they found. Sent twice, it is asked once.

    Raises NotFound; Refused with all reasons, beside their fields.
    """
    if by.role is not Role.CANDIDATE:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    return _asked(the_candidate(by, by.candidate_id), terms, host, by=by, row_id=row_id, today=today)


@transaction
def propose(
    candidate_id: UUID,
    terms: Terms,
    host: UUID | DeclaredHost,
    *,
    agreed: bool,
    by: Actor,
    row_id: UUID,
    today: date,
) -> Placement:
    """Who accompanies asks for the person, who has said yes (``agreed``). Sent twice, it is asked once.

    Raises NotFound; Refused with all reasons, beside their fields.
    """
    if by.role not in ACCOMPANIMENT:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    also = () if agreed else (AskRefusal.NOT_AGREED,)
    return _asked(the_candidate(by, candidate_id), terms, host, by=by, row_id=row_id, today=today, also=also)


def _asked(
    candidate: Candidate,
    terms: Terms,
    host: UUID | DeclaredHost,
    *,
    by: Actor,
    row_id: UUID,
    today: date,
    also: tuple[AskRefusal, ...] = (),
) -> Placement:
    lock_person(candidate.id)
    db.session.refresh(candidate, ["state"])  # they may have left while this act waited
    if candidate.state is not CandidateState.ACTIVE:
        raise NotFound
    if (made := db.session.get(Placement, row_id)) is not None:
        if made.candidate_id != candidate.id:
            raise NotFound
        return made
    columns, reasons = _host_columns(host)
    origin = origin_of(by.role, on_portal=isinstance(host, UUID))
    placement = _new(candidate, terms, columns, by=by, id=row_id, origin=origin)
    if _waits_already(placement):
        reasons = (*reasons, AskRefusal.ALREADY_ASKED)
    must_fit(placement, by, today, also=(*also, *reasons))
    return _added(placement, "ask", by)


def _host_columns(host: UUID | DeclaredHost) -> tuple[dict[str, Any], tuple[AskRefusal, ...]]:
    """What the row says of the host, and what is wrong with it."""
    if isinstance(host, DeclaredHost):
        columns = {name: getattr(host, name) for name in DeclaredHost.__dataclass_fields__}
        return columns, declared_refusals(host)
    organisation = db.session.get(Organisation, host, populate_existing=True)
    if organisation is None:
        raise NotFound
    return host_columns(organisation), () if _welcomes(organisation) else (AskRefusal.HOST_GONE,)


def declared_refusals(host: DeclaredHost) -> tuple[AskRefusal, ...]:
    """It has a name, and is not one of the portal under another guise."""
    if not host.host_name.strip():
        return (AskRefusal.NO_HOST,)
    known = select(Organisation).where(Organisation.siret == host.host_siret)
    organisation = db.session.scalar(known) if host.host_siret else None
    return (AskRefusal.HOST_ON_PORTAL,) if organisation is not None and _welcomes(organisation) else ()


def _welcomes(organisation: Organisation) -> bool:
    return organisation.state is OrganisationState.APPROVED and organisation.kind in EMPLOYER_KINDS


def host_columns(organisation: Organisation) -> dict[str, Any]:
    """The host as the convention names it, from its organisation."""
    return {
        "host_organisation_id": organisation.id,
        "host_siret": siret_of_host(organisation),
        "host_name": organisation.name,
        "host_address": organisation.address,
        "commune_insee": organisation.commune_insee,
    }


def _new(candidate: Candidate, terms: Terms, host: dict[str, Any], *, by: Actor, **values: Any) -> Placement:
    """A row not yet added: who accompanies the person signs and follows."""
    placement = Placement(**{**host, **terms.said(), **accompaniment(candidate, by), **values}, asked_by=by.user_id)
    placement.candidate_id, placement.candidate = candidate.id, candidate
    return placement


def accompaniment(candidate: Candidate, by: Actor | None = None) -> dict[str, Any]:
    """Who prescribes and who follows: who asks when they accompany, else the person's referent or their facilitator."""
    referent = _present(candidate.referent_id) if candidate.referent_organisation_id else None
    place = candidate.referent_organisation_id or candidate.facilitator_organisation_id
    if by is None or by.role not in ACCOMPANIMENT:
        return {"prescriber_id": referent, "prescriber_organisation_id": place}
    another = referent is not None and referent != by.user_id
    return {
        "prescriber_id": by.user_id,
        "prescriber_organisation_id": by.organisation_id,
        "referent_id": referent if another else None,
        "referent_organisation_id": candidate.referent_organisation_id if another else None,
    }


def _present(user_id: UUID | None) -> UUID | None:
    """A referent whose account is closed is nobody."""
    open_ = select(User.id).where(User.id == user_id, User.disabled_at.is_(None))
    return db.session.scalar(open_) if user_id else None


def _waits_already(placement: Placement) -> bool:
    """Does this host already think about a stage of this person, on one of these days?"""
    query = select(Placement.host_siret, Placement.host_name).where(
        Placement.candidate_id == placement.candidate_id,
        Placement.state == PlacementState.WISHED,
        Placement.starts_on <= placement.ends_on,
        Placement.ends_on >= placement.starts_on,
    )
    key = host_key(placement.host_siret, placement.host_name)
    return any(host_key(row.host_siret, row.host_name) == key for row in db.session.execute(query))


def _added(placement: Placement, action: str, by: Actor, *, words: str = "") -> Placement:
    db.session.add(placement)
    db.session.flush()
    log(placement, "placement", placement.id, action, by, to_state=placement.state, words=words)
    telling.asked(placement, by)
    return placement


@transaction
def ask_from_event(
    candidate_id: UUID, host_organisation_id: UUID, *, meeting_id: UUID, by: Actor, today: date
) -> Placement:
    """Both sides of a meeting want a stage: asked with dates that they will say better, once for a meeting.

    The host answers as to any other. Raises NotFound; Refused when the days left do not allow it.
    """
    candidate = db.session.get(Candidate, candidate_id)
    if candidate is None or candidate.state is not CandidateState.ACTIVE:
        raise NotFound
    lock_person(candidate_id)
    known = select(Placement).where(Placement.event_meeting_id == meeting_id, Placement.state.not_in(DEAD))
    if (made := db.session.scalar(known)) is not None:
        return made
    starts_on, ends_on = first_dates(today)
    columns, reasons = _host_columns(host_organisation_id)
    origin = PlacementOrigin.EVENT
    placement = _new(candidate, Terms(starts_on, ends_on), columns, by=by, origin=origin, event_meeting_id=meeting_id)
    for name, value in accompaniment(candidate).items():  # who runs the event need not follow the person
        setattr(placement, name, value)
    must_fit(placement, by, today, also=reasons)
    return _added(placement, "ask", by, words="Les dates sont à confirmer.")


@transaction
def renew(placement_id: UUID, starts_on: date, ends_on: date, *, by: Actor, row_id: UUID, today: date) -> Placement:
    """The same stage goes on, for the same purpose, once. A host that asks for it has said yes.

    Sent twice, it is renewed once. Raises NotFound; Refused with all reasons, beside their fields.
    """
    first = the_one_to_act_on(by, placement_id, counting=True)
    if (made := db.session.get(Placement, row_id)) is not None:
        if made.renewal_of_id != first.id:
            raise NotFound
        return made
    if first.candidate.state is not CandidateState.ACTIVE:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    again = Placement(**_kept(first), id=row_id, renewal_of_id=first.id, asked_by=by.user_id)
    again.starts_on, again.ends_on, again.candidate = starts_on, ends_on, first.candidate
    if by.role is Role.EMPLOYER:
        again.state, again.accepted_at = PlacementState.ACCEPTED, clock.now()
    closed = first.host_organisation is not None and not _welcomes(first.host_organisation)
    also = {AskRefusal.HOST_GONE: closed, PlacementRefusal.RENEWAL_TWICE: _renewed(first.id)}
    must_fit(again, by, today, also=[reason for reason, holds in also.items() if holds])
    return _added(again, "renew", by)


def _renewed(first_id: UUID) -> bool:
    query = select(Placement.id).where(Placement.renewal_of_id == first_id, Placement.state.not_in(DEAD))
    return db.session.scalar(query.limit(1)) is not None


_RENEWED = (
    "candidate_id", "origin", "offer_id", "host_organisation_id", "host_siret", "host_name", "host_contact_name",
    "host_contact_phone", "host_contact_email", "host_address", "commune_insee", "workplace_address", "access",
    "equipment", "purpose", "trade_slug", "title", "tasks", "skills", "hours_week", "grid", "works_holidays",
    "tutor_name", "tutor_job", "tutor_phone", "tutor_email", "prescriber_id", "prescriber_organisation_id",
    "referent_id", "referent_organisation_id", "asked_words",
)  # fmt: skip


def _kept(first: Placement) -> dict[str, Any]:
    """All that a renewal says again: who, where, what. Not the dates, nor what became of the first."""
    return {name: getattr(first, name) for name in _RENEWED}
