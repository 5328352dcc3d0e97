"""A file begins, is opened, and gives the person a way in."""

from collections.abc import Collection
from urllib.parse import urljoin
from uuid import UUID, uuid4

from flask import current_app

from app.accounts import service as accounts
from app.audit import service as audit
from app.candidates import queries
from app.candidates.models import Candidate, NotDuplicate
from app.candidates.rules import CandidateRefusal, name_key
from app.candidates.rules.names import Known
from app.candidates.rules.sections import Accompaniment, Identity, identity_refusals
from app.candidates.service.changing import note, refuse
from app.candidates.service.sections import open_access, write_accompaniment, write_identity
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.messages import service as messages
from app.messages.rules import Recipient


@transaction
def create_candidate(
    identity: Identity,
    *,
    by: Actor,
    row_id: UUID | None = None,
    accompaniment: Accompaniment | None = None,
    told_apart: Collection[UUID] | None = (),
    welcome: bool = False,
) -> Candidate:
    """Open a file and the person's access. Sent twice, it is one file.

    Raises Refused; LOOKS_ALIKE names files that ``told_apart`` does not: somebody must compare first. None skips
    that check, for rows checked elsewhere. Without ``accompaniment`` the person is followed by whoever creates.
    """
    if by.role not in ACCOMPANIMENT | {Role.SYSTEM}:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    known = db.session.get(Candidate, row_id) if row_id else None
    if known is not None:
        return queries.the_candidate(by, known.id)
    refuse(identity_refusals(identity, clock.today()))
    alike = [] if told_apart is None else _alike(by, identity)
    if told_apart is not None and {one.candidate_id for one in alike} - set(told_apart):
        raise Refused(CandidateRefusal.LOOKS_ALIKE)
    candidate = Candidate(id=row_id or uuid4())
    write_identity(candidate, identity)
    write_accompaniment(candidate, accompaniment or default_accompaniment(by))
    db.session.add(candidate)
    db.session.flush()
    for one in alike:
        _tell_apart(candidate.id, one.candidate_id, by)
    user_id = open_access(candidate)
    note(by, "candidate.created", candidate)
    if welcome:
        _welcome(candidate, user_id, by)
    return candidate


def default_accompaniment(by: Actor) -> Accompaniment:
    """The one who opens the file follows the person."""
    if by.role is Role.REFERENT:
        return Accompaniment(referent_id=by.user_id, referent_organisation_id=by.organisation_id)
    if by.role is Role.FACILITATOR:
        return Accompaniment(facilitator_organisation_id=by.organisation_id)
    return Accompaniment()


def _alike(by: Actor, identity: Identity) -> list[queries.LookAlike]:
    key = name_key(identity.first_name, identity.last_name)
    return queries.look_alikes(by, Known(key, identity.birth_date, identity.phone))


def _tell_apart(one: UUID, other: UUID, by: Actor) -> None:
    first, second = sorted((one, other))
    if by.user_id is not None and db.session.get(NotDuplicate, (first, second)) is None:
        db.session.add(NotDuplicate(first_id=first, second_id=second, said_by=by.user_id))


def _welcome(candidate: Candidate, user_id: UUID, by: Actor) -> None:
    """Tell the person that they have a profile, and where; nothing of why."""
    settings = current_app.extensions["settings"]
    messages.queue(
        "candidate_welcome",
        Recipient(name=candidate.full_name, user_id=user_id, email=candidate.email, phone=candidate.phone),
        about=("candidate", candidate.id),
        by_name=by.name,
        organisation=by.organisation_name,
        url=urljoin(settings.base_url, "/mon-profil"),
        phone_of_help=settings.help_phone,
    )


@transaction
def open_file(candidate_id: UUID, *, by: Actor) -> Candidate:
    """Read a person's file as a professional: each opening is noted. Raises NotFound."""
    candidate = queries.the_candidate(by, candidate_id)
    if by.role is not Role.CANDIDATE:
        note(by, "candidate.opened", candidate)
    return candidate


@transaction
def note_export(by: Actor, count: int, kind: str) -> None:
    """A list of people leaves the portal as a file: who took how many."""
    audit.note(by, "candidate.exported", "candidate", None, count=count, kind=kind)


@transaction
def give_code(candidate_id: UUID, *, by: Actor) -> tuple[Candidate, str]:
    """A paper code for a person whom the actor accompanies; the account is made when there is none."""
    candidate = queries.the_candidate(by, candidate_id)
    if by.role not in ACCOMPANIMENT:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    return candidate, accounts.give_paper_code(open_access(candidate), by)


@transaction
def tell_apart(one: UUID, other: UUID, *, by: Actor) -> None:
    """« Ce ne sont pas les mêmes »: the pair is not shown again. Raises NotFound, Refused."""
    if by.role not in {Role.FACILITATOR, Role.DEPARTMENT}:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    if one == other:
        raise Refused(CandidateRefusal.SAME_FILE)
    files = queries.the_candidates(by, {one, other})
    if len(files) < 2:
        raise NotFound
    _tell_apart(one, other, by)
