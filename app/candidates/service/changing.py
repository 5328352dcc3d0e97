"""How is a file changed? Read as the actor may, refused when stale or not theirs, noted, and moved on."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.interfaces import ORMOption

from app.audit import service as audit
from app.candidates import queries
from app.candidates.models import Candidate
from app.candidates.rules import CandidateRefusal, Question, Section
from app.candidates.rules.rights import changeable
from app.candidates.rules.sections import FIELDS
from app.core import clock
from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.roles import Actor, Role
from app.core.workflow import WorkflowRefusal


def for_change(
    by: Actor, candidate_id: UUID | None, section: Section, version: int | None, *options: ORMOption
) -> Candidate:
    """The file, to be changed in one section. Raises NotFound, Refused, StaleVersion.

    ``version`` None comes from the portal itself: a form always carries one.
    """
    candidate = queries.the_candidate(by, candidate_id, *options)
    if section not in changeable(by.role):
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    check_version(candidate, version, theirs_of(candidate))
    return candidate


def check_version(candidate: Candidate, version: int | None, theirs: Mapping[str, Any]) -> None:
    """Raise StaleVersion with what the file says now, by the names of the form's fields."""
    if version is not None and version != candidate.version:
        raise StaleVersion({**theirs, "version": candidate.version})


def theirs_of(candidate: Candidate) -> dict[str, Any]:
    """The columns of a file, by the names of the fields of the sections' forms."""
    return {
        "first_name": candidate.first_name,
        "last_name": candidate.last_name,
        "birth_date": candidate.birth_date,
        "phone": candidate.phone,
        "email": candidate.email,
        "address": candidate.address,
        "commune": candidate.commune.name if candidate.commune else "",
        "language": candidate.language,
        "french": str(candidate.french),
        "own_words": candidate.own_words,
        "skills": candidate.skills,
        "licences": candidate.licences,
        "refusals": candidate.refusals,
        "available_from": candidate.available_from,
        "grid": candidate.grid,
        "hours_min": candidate.hours_min,
        "hours_max": candidate.hours_max,
    }


def refuse(reasons: Iterable[CandidateRefusal]) -> None:
    """Raise Refused with every reason, each with its field; nothing when there is none."""
    found = tuple(reasons)
    if found:
        raise Refused(found, {reason: FIELDS[reason] for reason in found if reason in FIELDS})


def changed(candidate: Candidate, by: Actor, section: Section, question: Question | None = None) -> Candidate:
    """Move the file on: its instant and its version, whatever table was changed; note who did it.

    That barriers were written is not said in the trail, which others read: only that the file was changed.
    """
    if question is not None and question.value not in candidate.answered:
        candidate.answered = [*candidate.answered, question.value]
    move_on(candidate)
    if section is Section.BARRIERS:
        note(by, "candidate.changed", candidate)
    else:
        note(by, "candidate.changed", candidate, section=section.value)
    return candidate


def move_on(candidate: Candidate) -> None:
    """``updated_at`` and the version move even when only a line of the file did."""
    candidate.updated_at = clock.now()
    flag_modified(candidate, "updated_at")
    db.session.flush()


def note(by: Actor, action: str, candidate: Candidate, *, for_the_person: bool = False, **details: Any) -> None:
    """One line of the trail; ``for_the_person`` says that a professional acted for them, not on their file."""
    behalf = candidate.id if for_the_person and by.role is not Role.CANDIDATE else None
    audit.note(by, action, "candidate", candidate.id, on_behalf_of=behalf, **details)


def known_slugs(table: Any, slugs: Collection[str]) -> None:
    """Refuse a choice that the reference table does not offer."""
    wanted = set(slugs)
    if not wanted:
        return
    found = set(db.session.scalars(select(table.slug).where(table.slug.in_(wanted))))
    if wanted - found:
        raise Refused(CandidateRefusal.UNKNOWN_CHOICE)
