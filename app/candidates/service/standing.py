"""Consent, readiness, mandates: may the person be shown, and who may act for them?"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.accounts.models import User
from app.candidates import queries
from app.candidates.models import Candidate, Mandate, ReadinessEntry, WantedTrade
from app.candidates.rules import CandidateRefusal, CandidateState, ReadinessCheck
from app.candidates.rules.standing import Empowered, mandate_holds, mandate_refusals, readiness_refusals
from app.candidates.service.changing import check_version, move_on, note, refuse
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.hooks import Hook
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal

CANDIDATE_WITHDRAWN: Hook[[Candidate, Actor]] = Hook("candidate withdrawn")
"""The person no longer agrees to be shown: what runs for them stops."""


def acting_for(actor: Actor, candidate: Candidate) -> bool:
    """Is the actor the person, or the holder of a mandate that is valid today?"""
    if actor.role is Role.CANDIDATE:
        return actor.candidate_id == candidate.id
    if actor.role not in ACCOMPANIMENT or actor.user_id is None:
        return False
    mandates = [
        Empowered(row.user_id, row.starts_on, row.ends_on, row.organisation_id, row.withdrawn_at is not None)
        for row in db.session.scalars(select(Mandate).where(Mandate.candidate_id == candidate.id))
    ]
    return mandate_holds(mandates, actor.user_id, actor.organisation_id, clock.today())


# --- consent ----------------------------------------------------------------------------------------------


@transaction
def give_consent(candidate_id: UUID, *, by: Actor, version: int | None = None) -> Candidate:
    """The person agrees to be shown, themselves or through the holder of a mandate. Once given, it stays as dated."""
    candidate = queries.the_candidate(by, candidate_id)
    if not acting_for(by, candidate):
        raise Refused(CandidateRefusal.NO_MANDATE)
    check_version(candidate, version, {})
    if candidate.consent_at is None:
        candidate.consent_at, candidate.consent_by = clock.now(), by.user_id
        move_on(candidate)
        note(by, "candidate.consent_given", candidate, for_the_person=True)
    return candidate


@transaction
def withdraw_consent(candidate_id: UUID, *, by: Actor) -> Candidate:
    """At once, and as easily as it was given: whoever accompanies the person may note that they say no.

    No version is asked: a withdrawal never waits for a page to be read again.
    """
    candidate = queries.the_candidate(by, candidate_id)
    if by.role not in ACCOMPANIMENT | {Role.CANDIDATE, Role.SYSTEM}:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    if candidate.consent_at is not None:
        candidate.consent_at = candidate.consent_by = None
        move_on(candidate)
        note(by, "candidate.consent_withdrawn", candidate, for_the_person=True)
        CANDIDATE_WITHDRAWN(candidate, by)
    return candidate


# --- readiness --------------------------------------------------------------------------------------------


@transaction
def set_ready(
    candidate_id: UUID,
    ready: bool,
    *,
    by: Actor,
    checks: Collection[ReadinessCheck] = (),
    explanation: str = "",
    version: int | None = None,
) -> Candidate:
    """Say the person ready on the list of checks, or take it back; a facilitator or a referent only.

    The wait for a proposal starts the first time. Raises Refused with every check and answer that lacks.
    """
    candidate = queries.the_candidate(by, candidate_id)
    if by.role not in ACCOMPANIMENT or by.user_id is None:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    check_version(candidate, version, {})
    if ready == (candidate.ready_on is not None):
        return candidate
    today = clock.today()
    if ready:
        trades = select(func.count()).where(WantedTrade.candidate_id == candidate.id)
        refuse(readiness_refusals(checks, trades=db.session.scalar(trades) or 0, commune=candidate.commune_insee))
        if not _was_ready(candidate.id):
            candidate.waiting_since = today
    candidate.ready_on, candidate.ready_by = (today, by.user_id) if ready else (None, None)
    db.session.add(
        ReadinessEntry(
            candidate_id=candidate.id,
            on=today,
            by=by.user_id,
            ready=ready,
            checks=[check.value for check in ReadinessCheck if check in checks],
            note=explanation,
        )
    )
    move_on(candidate)
    note(by, "candidate.ready" if ready else "candidate.not_ready", candidate)
    return candidate


def end_search(candidate: Candidate, *, by: Actor, why: str) -> None:
    """The person is hired: they are proposed to nobody until somebody says them ready again. Joins the hire's act."""
    if candidate.ready_on is None:
        return
    ready_by = by.user_id or candidate.ready_by
    candidate.ready_on = candidate.ready_by = None
    db.session.add(
        ReadinessEntry(candidate_id=candidate.id, on=clock.today(), by=ready_by, ready=False, checks=[], note=why)
    )
    move_on(candidate)
    note(by, "candidate.not_ready", candidate)


def resume_search(candidate: Candidate, *, by: Actor, why: str) -> bool:
    """The job is lost: the opposite of ``end_search``. Joins the act that says so; is the person proposed again?

    Only whoever agrees to be shown, was ready before the job, and has a file that can be matched; their wait for a
    proposal starts anew.
    """
    if candidate.state is not CandidateState.ACTIVE or candidate.consent_at is None:
        return False
    if candidate.ready_on is not None:
        return True
    trades = select(func.count()).where(WantedTrade.candidate_id == candidate.id)
    lacks = readiness_refusals(
        list(ReadinessCheck), trades=db.session.scalar(trades) or 0, commune=candidate.commune_insee
    )
    if lacks or not _was_ready(candidate.id):
        return False
    today = clock.today()
    candidate.ready_on, candidate.ready_by, candidate.waiting_since = today, by.user_id, today
    db.session.add(ReadinessEntry(candidate_id=candidate.id, on=today, by=by.user_id, ready=True, checks=[], note=why))
    move_on(candidate)
    note(by, "candidate.ready", candidate)
    return True


def _was_ready(candidate_id: UUID) -> bool:
    entry = select(ReadinessEntry.id).where(ReadinessEntry.candidate_id == candidate_id, ReadinessEntry.ready)
    return bool(db.session.scalar(select(entry.exists())))


# --- mandates ---------------------------------------------------------------------------------------------


@transaction
def record_mandate(
    candidate_id: UUID, *, by: Actor, starts_on: date, ends_on: date, reason: str, row_id: UUID | None = None
) -> Mandate:
    """The person lets ``by`` act for them until ``ends_on`` (that day excluded), and why. Sent twice, it is one.

    Raises Refused: the person can act themselves, dates, no reason, or a mandate of theirs still runs.
    """
    candidate = queries.the_candidate(by, candidate_id)
    if by.role not in ACCOMPANIMENT or by.user_id is None:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    known = db.session.get(Mandate, row_id) if row_id else None
    if known is not None and known.candidate_id == candidate.id:
        return known
    reachable = bool(candidate.phone or candidate.email)
    reasons = list(
        mandate_refusals(starts_on=starts_on, ends_on=ends_on, reason=reason, reachable=reachable, today=clock.today())
    )
    if acting_for(by, candidate):
        reasons.append(CandidateRefusal.MANDATE_RUNNING)
    refuse(reasons)
    mandate = Mandate(
        **({"id": row_id} if row_id else {}),
        candidate_id=candidate.id,
        user=db.session.get_one(User, by.user_id),
        organisation_id=by.organisation_id,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
    )
    db.session.add(mandate)
    db.session.flush()
    note(by, "candidate.mandate_recorded", candidate, until=ends_on.isoformat())
    return mandate


@transaction
def withdraw_mandate(mandate_id: UUID, *, by: Actor) -> Mandate:
    """At once: by the person, its holder, or anybody who accompanies the person. Raises NotFound."""
    mandate = db.session.get(Mandate, mandate_id)
    if mandate is None:
        raise NotFound
    candidate = queries.the_candidate(by, mandate.candidate_id)
    if by.role not in ACCOMPANIMENT | {Role.CANDIDATE}:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    if mandate.withdrawn_at is None:
        mandate.withdrawn_at = clock.now()
        note(by, "candidate.mandate_withdrawn", candidate)
    return mandate
