"""A sheet of people: read once, previewed, then its good lines accepted; nothing is ever added twice."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert

from app.audit import service as audit
from app.candidates import queries
from app.candidates.models import (
    CandidateImport,
    CandidateImportLine,
)
from app.candidates.rules import CandidateRefusal, Column, FaultKind, ImportLineState, name_key
from app.candidates.rules.columns import columns_of, is_forbidden, is_header
from app.candidates.rules.lines import Fault, Lookup, Reading, read_line
from app.candidates.rules.names import Known, same_person
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.fields import clean_text, phone_number
from app.core.french import nbsp
from app.core.roles import ACCOMPANIMENT, Actor
from app.core.sheets import Sheet, SheetRow, column_letters
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.reference import queries as reference
from app.reference.rules import normalise

_TEN_DIGITS: Final = re.compile(r"0[1-9][0-9]{8}")
HEADER_ROWS: Final = 10
"""The titles of the columns stand in one of the first rows."""


@transaction
def start_import(row_id: UUID, sheet: Sheet, *, file_name: str, sha256: str, by: Actor) -> CandidateImport:
    """Read the lines of a sheet and keep them for the preview. The same file again is the import already made.

    Raises Refused when no row holds the titles of the columns, or when nothing stands under them.
    """
    if by.role not in ACCOMPANIMENT or by.user_id is None:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    known = queries.import_of_file(by, sha256) or db.session.get(CandidateImport, row_id)
    if known is not None:
        return queries.the_import(by, known.id)
    header = next((row for row in sheet.rows[:HEADER_ROWS] if is_header(row.cells)), None)
    if header is None:
        raise Refused(CandidateRefusal.NO_HEADER)
    rows = [row for row in sheet.rows if row.number > header.number]
    if not rows:
        raise Refused(CandidateRefusal.NO_LINES)
    made = CandidateImport(
        id=row_id,
        by=by.user_id,
        organisation_id=by.organisation_id,
        file_name=clean_text(file_name)[:200],
        file_sha256=sha256,
        header=list(header.cells),
        notes=list(_notes(header, sheet)),
    )
    db.session.add(made)
    db.session.flush()
    hidden = {index for index, title in enumerate(header.cells) if is_forbidden(title)}
    db.session.execute(insert(CandidateImportLine), _judged(made.id, rows, columns_of(header.cells), hidden))
    audit.note(by, "import.read", "candidate_import", made.id, lines=len(rows))
    db.session.flush()
    return made


def _notes(header: SheetRow, sheet: Sheet) -> Iterator[str]:
    used = set(columns_of(header.cells).values())
    for index, title in enumerate(header.cells):
        if is_forbidden(title):
            yield nbsp(
                f"La colonne {column_letters(index)} « {title[:60]} » n’est pas gardée : le portail n’en veut pas."
            )
        elif title and index not in used:
            yield nbsp(f"La colonne {column_letters(index)} « {title[:60]} » n’est pas utilisée.")
    if sheet.outside:
        yield nbsp(f"Des cellules trop loin du tableau sont laissées de côté : {', '.join(sheet.outside[:5])}.")


def _lookup() -> Lookup:
    """Each name is looked up once, however many lines say it."""
    referents = queries.referents_by_email()
    licences = {normalise(slug): slug for slug, _ in reference.licence_choices()}

    @cache
    def commune(text: str) -> str | None:
        found = reference.find_commune(text)
        return found.insee if found else None

    return Lookup(
        commune=commune,
        near_communes=cache(lambda text: [one.name for one in reference.suggest_communes(text, 3)]),
        trade=cache(queries.trade_meant),
        near_trades=cache(lambda text: [one.name for one in reference.suggest_trades(text, 3)]),
        licence=cache(lambda text: licences.get(normalise(text).removeprefix("permis").strip())),
        phone=_phone,
        referent=lambda text: referents.get(text),
    )


def _phone(text: str) -> str | None:
    """As ``phone_number``, at once for the ten digits that nearly every cell holds."""
    digits = "".join(char for char in text if char not in " .-\u00a0")
    if _TEN_DIGITS.fullmatch(digits):
        return f"+33{digits[1:]}"
    return phone_number(text)


def _judged(
    import_id: UUID, rows: Sequence[SheetRow], columns: Mapping[Column, int], hidden: Collection[int]
) -> list[dict[str, Any]]:
    """Every line as a row, with its state: faulty, already known (in the portal or higher in the sheet), or new."""
    lookup, today = _lookup(), clock.today()
    readings = [
        (row, read_line({column: row.cell(index) for column, index in columns.items()}, lookup, today)) for row in rows
    ]
    people = [person_of(reading.values) for _, reading in readings]
    recognised = queries.recognised(people)
    twins = _Twins()
    lines = []
    for (row, reading), person in zip(readings, people, strict=True):
        if recognised.phone_of_another(person):
            reading.faults.append(Fault(Column.PHONE, FaultKind.PHONE_OF_ANOTHER, row.cell(columns[Column.PHONE])))
        candidate_id, twin = recognised.same(person), twins.of(person)
        twins.add(row.number, person)
        cells = ["" if index in hidden else cell for index, cell in enumerate(row.cells)]
        lines.append(
            {
                "import_id": import_id,
                "number": row.number,
                "state": _state(reading, candidate_id, twin),
                "cells": cells,
                "understood": reading.values,
                "faults": [_as_json(fault) for fault in reading.faults],
                "candidate_id": candidate_id,
                "twin_line": twin,
            }
        )
    return lines


def _state(reading: Reading, candidate_id: UUID | None, twin: int | None) -> ImportLineState:
    if candidate_id is not None or twin is not None:
        return ImportLineState.KNOWN
    return ImportLineState.FAULTY if reading.faults else ImportLineState.NEW


def _as_json(fault: Fault) -> dict[str, str]:
    return {
        "column": fault.column.value,
        "kind": fault.kind.value,
        "written": fault.written,
        "near": ", ".join(fault.near),
    }


def person_of(values: Mapping[str, Any]) -> Known:
    """What tells the person of a line from another."""
    born = values.get("birth_date")
    return Known(
        name_key(values["first_name"], values["last_name"]), date.fromisoformat(born) if born else None, values["phone"]
    )


class _Twins:
    """The people of the lines above, indexed by what they may share."""

    def __init__(self) -> None:
        self._seen: dict[Any, list[tuple[int, Known]]] = {}

    @staticmethod
    def _marks(person: Known) -> Iterator[Any]:
        yield from (mark for mark in (person.phone, person.birth_date, person.key) if mark)

    def of(self, person: Known) -> int | None:
        """The first line above that says the same person."""
        near = (entry for mark in self._marks(person) for entry in self._seen.get(mark, ()))
        return min((number for number, other in near if same_person(person, other)), default=None)

    def add(self, number: int, person: Known) -> None:
        """Remember this line."""
        for mark in self._marks(person):
            self._seen.setdefault(mark, []).append((number, person))
