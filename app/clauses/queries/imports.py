"""Which files of hours did a firm bring, what came of each line, and whom may their names mean?"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import joinedload, undefer

from app.candidates.models import Candidate
from app.clauses.models import (
    ClauseEmployment,
    Holder,
    HourImport,
    HourImportLine,
    HourLine,
    HourMapping,
    HourReport,
    Lot,
    PublicContract,
)
from app.clauses.queries.reports import REPORTED_CONTRACTS, my_holders
from app.clauses.rules.hour_import import Place, Post
from app.clauses.rules.states import ImportState
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, paginate
from app.core.roles import Actor, Role

LINE_STATES: Final = ("good", "faulty", "same", "empty")
PAGE: Final = 50
MOST_NAMES: Final = 30
SORTS: Final[Mapping[str, Any]] = {
    "fichier": func.lower(HourImport.file_name),
    "envoi": HourImport.created_at,
    "etat": HourImport.state,
    "lignes": HourImport.total,
    "prises": HourImport.added,
}


def imports_visible_to(actor: Actor) -> Select[HourImport]:
    """A firm's own; nobody else reads any."""
    query = select(HourImport)
    if actor.role is not Role.EMPLOYER or actor.organisation_id is None:
        return query.where(HourImport.id.is_(None))
    return query.where(HourImport.organisation_id == actor.organisation_id)


def sorted_imports(actor: Actor, state: ImportState | None = None, sort: str = "-envoi") -> Select[HourImport]:
    """The list. The order ends by the id."""
    query = imports_visible_to(actor)
    if state is not None:
        query = query.where(HourImport.state == state)
    key = SORTS.get(sort.removeprefix("-"), HourImport.created_at)
    return query.order_by(key.desc() if sort.startswith("-") else key.asc(), HourImport.id)


def the_import(actor: Actor, import_id: UUID, *, locked: bool = False, content: bool = False) -> HourImport:
    """One of them, as the database has it now. ``locked``: until the end of the act. Raises NotFound."""
    query = imports_visible_to(actor).where(HourImport.id == import_id).execution_options(populate_existing=True)
    if content:
        query = query.options(undefer(HourImport.content))
    found = db.session.scalar(query.with_for_update() if locked else query)
    if found is None:
        raise NotFound
    return found


def same_file(actor: Actor, sha256: str) -> HourImport | None:
    """The file as it was first brought, unless it was taken back."""
    gone = (ImportState.UNDONE, ImportState.FAILED)
    query = imports_visible_to(actor).where(HourImport.file_sha256 == sha256, HourImport.state.not_in(gone))
    return db.session.scalar(query.order_by(HourImport.created_at).limit(1))


def counts_of(import_ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, int]]:
    """How many lines in each state."""
    found = {one: dict.fromkeys(LINE_STATES, 0) for one in import_ids}
    query = (
        select(HourImportLine.import_id, HourImportLine.state, func.count())
        .where(HourImportLine.import_id.in_(import_ids))
        .group_by(HourImportLine.import_id, HourImportLine.state)
    )
    for import_id, state, count in db.session.execute(query):
        found[import_id][state] = count
    return found


def lines_page(import_id: UUID, state: str | None, number: int) -> Page[HourImportLine]:
    """Fifty lines of the preview."""
    query = select(HourImportLine).where(HourImportLine.import_id == import_id)
    if state is not None:
        query = query.where(HourImportLine.state == state)
    return paginate(query.order_by(HourImportLine.number), number, PAGE)


def lines_in(import_id: UUID, *states: str) -> Sequence[HourImportLine]:
    """All the lines in these states."""
    query = select(HourImportLine).where(HourImportLine.import_id == import_id, HourImportLine.state.in_(states))
    return db.session.scalars(query.order_by(HourImportLine.number)).all()


def names_to_tell(import_id: UUID) -> Sequence[tuple[str, str, list[UUID]]]:
    """(key, as written, people it may mean) of names that somebody must tell; the first thirty."""
    said = HourImportLine.understood
    query = (
        select(said["key"].astext.label("told"), func.min(said["name"].astext), func.min(said["people"].astext))
        .where(HourImportLine.import_id == import_id, HourImportLine.state == "faulty", said.has_key("people"))
        .group_by(text("told"))
        .order_by(func.min(HourImportLine.number))
        .limit(MOST_NAMES)
    )
    rows = db.session.execute(query)
    return [(key, name, [UUID(one) for one in people.strip("[]").replace('"', "").split(", ")])
            for key, name, people in rows]  # fmt: skip


def places_of(actor: Actor) -> list[Place]:
    """The lots on which the firm itself reports."""
    query = (
        select(Holder.id, Lot.number, Lot.title, PublicContract.number, PublicContract.title)
        .join(Lot, Lot.id == Holder.lot_id)
        .join(PublicContract, PublicContract.id == Lot.contract_id)
        .where(Holder.id.in_(my_holders(actor).with_only_columns(Holder.id)))
        .where(PublicContract.state.in_(REPORTED_CONTRACTS), PublicContract.notified_on.is_not(None))
        .order_by(PublicContract.title, Lot.number, Holder.id)
    )
    return [Place(*row) for row in db.session.execute(query)]


def posts_of(holder_ids: Collection[UUID]) -> list[Post]:
    """The people at work on these lots."""
    row = ClauseEmployment
    query = (
        select(
            row.id, Candidate.id, Candidate.first_name, Candidate.last_name, row.payroll_number, row.holder_id,
            row.employer_key, row.employer_name, row.started_on, row.ended_on,
        )
        .join(Candidate, Candidate.id == row.candidate_id)
        .where(row.holder_id.in_(holder_ids))
        .order_by(Candidate.last_name, Candidate.first_name, row.started_on, row.id)
    )  # fmt: skip
    return [Post(*tuple(found)) for found in db.session.execute(query)]


def holders_with_contracts(holder_ids: Collection[UUID]) -> Sequence[Holder]:
    """With their lot and contract, in the order of their ids."""
    query = select(Holder).where(Holder.id.in_(holder_ids)).order_by(Holder.id)
    return db.session.scalars(query.options(joinedload(Holder.lot).joinedload(Lot.contract))).all()


def reports_of(holder_ids: Collection[UUID]) -> Sequence[HourReport]:
    """Every report of these holders, as the database has it now."""
    query = select(HourReport).where(HourReport.holder_id.in_(holder_ids)).order_by(HourReport.first_month)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def mapping_of(organisation_id: UUID, signature: str) -> HourMapping | None:
    """How that firm's file of this make was read last time."""
    return db.session.get(HourMapping, (organisation_id, signature), populate_existing=True)


def reports_with(import_id: UUID) -> Sequence[tuple[UUID, date, int, int, int, int]]:
    """The reports in which the lines of the import stand: (id, first month, months, lot number, lines, sent lines)."""
    sent = func.count().filter(HourLine.state.not_in(("draft", "returned")))
    query = (
        select(HourReport.id, HourReport.first_month, HourReport.months, Lot.number, func.count(), sent)
        .join(HourLine, HourLine.report_id == HourReport.id)
        .join(Lot, Lot.id == HourReport.lot_id)
        .where(HourLine.import_id == import_id)
        .group_by(HourReport.id, HourReport.first_month, HourReport.months, Lot.number)
        .order_by(HourReport.first_month, Lot.number, HourReport.id)
    )
    return [(a, b, c, d, e, f) for a, b, c, d, e, f in db.session.execute(query)]
