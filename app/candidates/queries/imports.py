"""Which sheets were brought, and what does each of their lines say?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Membership, User
from app.candidates.models import Candidate, CandidateImport, CandidateImportLine
from app.candidates.rules import CandidateState, ImportLineState
from app.candidates.rules.names import Known, same_person
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, paginate
from app.core.roles import ACCOMPANIMENT, Actor, Role

LINES_A_PAGE = 50


def imports_visible_to(actor: Actor) -> Select[CandidateImport]:
    """The sheets of the actor's organisation, the newest first."""
    query = select(CandidateImport).options(joinedload(CandidateImport.user))
    mine = CandidateImport.organisation_id == actor.organisation_id
    if actor.role not in ACCOMPANIMENT or actor.organisation_id is None:
        mine = false()
    return query.where(mine).order_by(CandidateImport.created_at.desc(), CandidateImport.id)


def the_import(actor: Actor, import_id: UUID, *, lock: bool = False) -> CandidateImport:
    """One of them. Raises NotFound."""
    query = imports_visible_to(actor).where(CandidateImport.id == import_id)
    found: CandidateImport | None = db.session.scalar(query.with_for_update(of=CandidateImport) if lock else query)
    if found is None:
        raise NotFound
    return found


def import_of_file(actor: Actor, sha256: str) -> CandidateImport | None:
    """The import already made from the very same file by the same organisation."""
    return db.session.scalar(imports_visible_to(actor).where(CandidateImport.file_sha256 == sha256))


def counts_of(ids: Iterable[UUID]) -> dict[UUID, Mapping[ImportLineState, int]]:
    """How many lines of each state, for each import: one statement."""
    counts: dict[UUID, dict[ImportLineState, int]] = {key: dict.fromkeys(ImportLineState, 0) for key in ids}
    line = CandidateImportLine
    rows = db.session.execute(
        select(line.import_id, line.state, func.count())
        .where(line.import_id.in_(counts))
        .group_by(line.import_id, line.state)
    )
    for import_id, state, count in rows:
        counts[import_id][state] = count
    return dict(counts)


def lines_page(import_id: UUID, state: ImportLineState | None, number: int) -> Page[CandidateImportLine]:
    """One page of the lines, of one state or of all."""
    query = select(CandidateImportLine).where(CandidateImportLine.import_id == import_id)
    if state is not None:
        query = query.where(CandidateImportLine.state == state)
    return paginate(query.order_by(CandidateImportLine.number), number, LINES_A_PAGE)


def lines_in(import_id: UUID, *states: ImportLineState, limit: int | None = None) -> Sequence[CandidateImportLine]:
    """The lines in these states, or all, in order."""
    query = select(CandidateImportLine).where(CandidateImportLine.import_id == import_id)
    if states:
        query = query.where(CandidateImportLine.state.in_(states))
    return db.session.scalars(query.order_by(CandidateImportLine.number).limit(limit)).all()


def names_of(ids: Iterable[UUID | None], actor_visible: Select[Candidate]) -> dict[UUID, str]:
    """Names of the files already known, of those that the reader may read."""
    wanted = {key for key in ids if key}
    if not wanted:
        return {}
    query = actor_visible.order_by(None).where(Candidate.id.in_(wanted))
    rows = db.session.execute(query.with_only_columns(Candidate.id, Candidate.first_name, Candidate.last_name))
    return {row.id: f"{row.first_name} {row.last_name}".strip() for row in rows}


def referents_by_email() -> dict[str, tuple[str, str]]:
    """E-mail → (user, organisation) of every present referent."""
    rows = db.session.execute(
        select(User.email, Membership.user_id, Membership.organisation_id)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.role == Role.REFERENT, Membership.left_at.is_(None), User.disabled_at.is_(None))
        .order_by(Membership.joined_at.desc())
    )
    return {email: (str(user_id), str(organisation_id)) for email, user_id, organisation_id in rows if email}


@dataclass(frozen=True, slots=True)
class Recognised:
    """Active files indexed by what a line may share with them."""

    by_phone: Mapping[str, Sequence[tuple[UUID, Known]]]
    by_birth: Mapping[Any, Sequence[tuple[UUID, Known]]]
    by_key: Mapping[str, Sequence[tuple[UUID, Known]]]

    def near(self, person: Known) -> list[tuple[UUID, Known]]:
        """The files that share a phone, a birth date or a name with the person."""
        found = [
            *self.by_phone.get(person.phone or "", ()),
            *self.by_birth.get(person.birth_date, ()),
            *self.by_key.get(person.key, ()),
        ]
        return list(dict.fromkeys(found))

    def same(self, person: Known) -> UUID | None:
        """The file that is this person's."""
        return next((key for key, other in self.near(person) if same_person(person, other)), None)

    def phone_of_another(self, person: Known) -> bool:
        """Is the phone that of somebody with another name?"""
        return bool(person.phone and self.by_phone.get(person.phone)) and self.same(person) is None


def recognised(people: Iterable[Known]) -> Recognised:
    """The active files, of the whole département, near these people: one statement."""
    people = list(people)
    phones = {person.phone for person in people if person.phone}
    births = {person.birth_date for person in people if person.birth_date}
    keys = {person.key for person in people if person.key}
    rows = db.session.execute(
        select(Candidate.id, Candidate.name_key, Candidate.birth_date, Candidate.phone)
        .where(Candidate.state == CandidateState.ACTIVE)
        .where(or_(Candidate.phone.in_(phones), Candidate.birth_date.in_(births), Candidate.name_key.in_(keys)))
        .order_by(Candidate.number)
    )
    by_phone: dict[str, list[tuple[UUID, Known]]] = {}
    by_birth: dict[Any, list[tuple[UUID, Known]]] = {}
    by_key: dict[str, list[tuple[UUID, Known]]] = {}
    for row in rows:
        entry = (row.id, Known(row.name_key, row.birth_date, row.phone))
        by_key.setdefault(row.name_key, []).append(entry)
        if row.phone:
            by_phone.setdefault(row.phone, []).append(entry)
        if row.birth_date:
            by_birth.setdefault(row.birth_date, []).append(entry)
    return Recognised(by_phone, by_birth, by_key)
