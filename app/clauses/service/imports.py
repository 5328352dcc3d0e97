"""How is a file of hours brought, its columns told, its names confirmed, and its lines read step by step?"""

import time
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, insert, select

from app.audit import service as audit
from app.clauses.models import HourImport, HourImportLine, HourMapping
from app.clauses.queries import imports as queries
from app.clauses.rules.hour_import import ImportRefusal, is_certain
from app.clauses.rules.sheet_hours import Column, Layout, find_layout
from app.clauses.rules.states import ImportState
from app.clauses.service.import_reading import judge, layout_of
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.fields import clean_text
from app.core.roles import Actor, Role
from app.core.sheets import Sheet, SheetRow, read_sheet
from app.core.transaction import transaction
from app.organisations.models import Organisation

CHUNK: Final = 2_000
SECONDS: Final = 3.0
"""Lines kept by one transaction, and how long the steps of one request may last."""
_MISSING: Final = {
    Column.FULL_NAME: ImportRefusal.NAME_COLUMN,
    Column.MONTH: ImportRefusal.MONTH_COLUMN,
    Column.HOURS: ImportRefusal.HOURS_COLUMN,
}


@transaction
def start_import(
    row_id: UUID,
    data: bytes,
    sheet: Sheet,
    *,
    file_name: str,
    by: Actor,
    holder_id: UUID | None = None,
    month: date | None = None,
) -> tuple[HourImport, bool]:
    """Keep the file and guess its columns; (the import, whether it is a new one): the same file is the first one.

    ``sheet``: the file as ``read_sheet`` read it. Raises Refused.
    """
    if by.role is not Role.EMPLOYER or by.organisation_id is None:
        raise NotFound
    db.session.execute(select(Organisation.id).where(Organisation.id == by.organisation_id).with_for_update())
    if db.session.get(HourImport, row_id) is not None:
        return queries.the_import(by, row_id), False
    _check_holder(holder_id, by)
    digest = sha256(data).hexdigest()
    first = queries.same_file(by, digest)
    if first is not None:
        if first.accepted_at is None and (first.holder_id, first.month) != (holder_id, month):
            first.holder_id, first.month = holder_id, month
            _again(first)
        return first, False
    made = HourImport(
        id=row_id,
        organisation_id=by.organisation_id,
        by=by.user_id,
        holder_id=holder_id,
        month=month,
        file_name=clean_text(file_name)[-200:] or "tableau",
        file_sha256=digest,
        content=data,
        notes=[f"La cellule {cell} est loin du tableau\u00a0: elle est laissée de côté." for cell in sheet.outside[:5]],
    )
    _guess(made, sheet.rows)
    db.session.add(made)
    audit.note(by, "hours.import_read", "hour_import", row_id, rows=len(sheet.rows))
    return made, True


def _check_holder(holder_id: UUID | None, by: Actor) -> None:
    places = queries.places_of(by)
    if not places or (holder_id is not None and holder_id not in {place.holder_id for place in places}):
        raise Refused(ImportRefusal.NO_LOT, {ImportRefusal.NO_LOT: "lot"})


def _guess(made: HourImport, rows: Sequence[SheetRow]) -> None:
    """The columns as remembered for that firm, or as their titles say; asked when neither is certain."""
    layout = find_layout(rows)
    if layout is None:
        first = next((row for row in rows if sum(bool(cell.strip()) for cell in row.cells) >= 2), None)
        if first is None:
            raise Refused(ImportRefusal.NO_TABLE, {ImportRefusal.NO_TABLE: "sheet"})
        layout = Layout(first, {}, {})
    kept = queries.mapping_of(made.organisation_id, layout.signature)
    if kept is not None and kept.columns:
        known = {Column(name): index for name, index in kept.columns.items() if index < len(layout.header.cells)}
        layout = layout.with_mapping(known)
    given = made.month is not None
    ready = not layout.missing(month_given=given) and (
        bool(kept and kept.columns) or is_certain(layout, month_given=given)
    )
    _keep_layout(made, layout, ready)


def _keep_layout(made: HourImport, layout: Layout, ready: bool) -> None:
    made.header_row, made.header = layout.header.number, [text[:200] for text in layout.header.cells]
    made.columns = {
        **(made.columns or {}),
        "mapping": {column.value: index for column, index in layout.mapping.items()},
        "months": {str(index): month.isoformat() for index, month in layout.months.items()},
        "ready": ready,
        "turn": made.columns.get("turn", 0) + 1 if made.columns else 1,
    }


def _again(made: HourImport) -> None:
    """Read all lines again."""
    db.session.execute(delete(HourImportLine).where(HourImportLine.import_id == made.id))
    made.columns = {**made.columns, "turn": made.columns["turn"] + 1}
    made.state, made.done = ImportState.READING, 0


@transaction
def reread(import_id: UUID, by: Actor) -> HourImport:
    """What people, dates and reports say now may have changed since."""
    made = _open(import_id, by)
    _again(made)
    return made


def _open(import_id: UUID, by: Actor) -> HourImport:
    made = queries.the_import(by, import_id, locked=True)
    if made.state in (ImportState.UNDONE, ImportState.FAILED):
        raise Refused(ImportRefusal.NEVER_TAKEN)
    return made


@transaction
def choose_header(import_id: UUID, row: SheetRow, by: Actor) -> HourImport:
    """The titles stand in another row: guess again, and ask."""
    made = _open(import_id, by)
    layout = find_layout([row]) or Layout(row, {}, {})
    _again(made)
    _keep_layout(made, layout, False)
    return made


@transaction
def choose_columns(
    import_id: UUID,
    mapping: Mapping[Column, int],
    by: Actor,
    *,
    holder_id: UUID | None = None,
    month: date | None = None,
) -> HourImport:
    """What each column holds, remembered for the next file of this make. Raises Refused with fields."""
    made = _open(import_id, by)
    _check_holder(holder_id, by)
    layout = layout_of(made).with_mapping(mapping)
    absent = [_MISSING[column] for column in layout.missing(month_given=month is not None)]
    if len(set(mapping.values())) < len(mapping):
        absent.append(ImportRefusal.COLUMN_TWICE)
    if absent:
        raise Refused(absent, {reason: f"c_{column.value}" for column, reason in _MISSING.items()})
    made.holder_id, made.month = holder_id, month
    _again(made)
    _keep_layout(made, layout, True)
    _remembered(made).columns = {column.value: index for column, index in mapping.items()}
    return made


def _remembered(made: HourImport) -> HourMapping:
    signature = layout_of(made).signature
    found = queries.mapping_of(made.organisation_id, signature)
    if found is None:
        found = HourMapping(organisation_id=made.organisation_id, signature=signature, columns={}, people={})
        db.session.add(found)
    return found


@transaction
def confirm_names(import_id: UUID, chosen: Mapping[str, UUID | None], by: Actor) -> HourImport:
    """Who each name means (None: nobody of our lots), told once and remembered for files of this make."""
    made = _open(import_id, by)
    people = {post.person for post in queries.posts_of([place.holder_id for place in queries.places_of(by)])}
    if any(person is not None and person not in people for person in chosen.values()):
        raise NotFound
    kept = _remembered(made)
    kept.people = {**kept.people, **{name: str(person) if person else "" for name, person in chosen.items()}}
    _again(made)
    return made


def continue_reading(
    import_id: UUID, by: Actor, today: date, *, sheet: Sheet | None = None, seconds: float = SECONDS
) -> HourImport:
    """Read on from where it stopped, at least one step; steps stop after ``seconds``. Writes no hours."""
    made = queries.the_import(by, import_id, content=sheet is None)
    if made.state is not ImportState.READING or not made.columns.get("ready"):
        return made
    rows = (sheet or read_sheet(BytesIO(made.content), made.file_name)).rows
    lines, turn = judge(made, rows, by, today), made.columns["turn"]
    start = time.monotonic()  # judging is done once a request: as many steps as fit follow it
    while made.state is ImportState.READING and made.columns["turn"] == turn:
        made = _step(import_id, lines, turn, by)
        if time.monotonic() - start > seconds:
            break
    return made


@transaction
def _step(import_id: UUID, lines: Sequence[Mapping[str, Any]], turn: int, by: Actor) -> HourImport:
    """Keep the next lines; another request that reads the same file goes on from there."""
    made = queries.the_import(by, import_id, locked=True)
    if made.state is not ImportState.READING or made.columns["turn"] != turn:
        return made
    chunk = lines[made.done : made.done + CHUNK]
    if chunk:
        db.session.execute(insert(HourImportLine), chunk)
    made.total, made.done = len(lines), min(made.done + CHUNK, len(lines))
    if made.done == made.total:
        made.state = ImportState.PREVIEWED if made.accepted_at is None or _has_good(import_id) else ImportState.ACCEPTED
    return made


def _has_good(import_id: UUID) -> bool:
    query = select(HourImportLine.number).where(HourImportLine.import_id == import_id, HourImportLine.state == "good")
    return db.session.scalar(query.limit(1)) is not None
