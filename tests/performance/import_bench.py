"""How long until 10 000 lines of hours can be previewed, and is every planted fault at the right cell?

Upload, child process, judging and all the steps, on the PostgreSQL of the bench; everything is undone at the end.
"""

import time
from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

from flask import Flask
from openpyxl import Workbook
from sqlalchemy import delete, select

from app.clauses.models import HourImport, HourImportLine
from app.clauses.rules.states import ImportState
from app.clauses.service import imports
from app.core import clock
from app.core.db import db
from app.core.quantities import add_months
from app.core.sheets import read_sheet
from tests.factories.clauses import a_person, a_site, an_employment
from tests.performance.match_bench import Figure
from tests.performance.web import Web

LINES, PEOPLE, GOAL = 10_000, 1_000, 10
FAULTS = {77: "#REF!", 1_234: "1e9", 5_005: "beaucoup", 9_998: "-3"}
"""Rank of the line → what is written in its hours."""


def _word(rank: int) -> str:
    letters = ""
    for _ in range(6):
        rank, rest = divmod(rank * 7 + 3, 26)
        letters += chr(97 + rest)
    return letters


def _names() -> list[tuple[str, str]]:
    return [(f"Prénom{_word(rank)}", f"Nom{_word(rank * 31 + 5)}{_word(rank)}") for rank in range(PEOPLE)]


def _workbook(names: list[tuple[str, str]]) -> bytes:
    book, out, today = Workbook(write_only=True), BytesIO(), clock.today()
    sheet = book.create_sheet("Heures")
    sheet.append(["Nom", "Prénom", "Mois", "Heures"])
    for rank in range(LINES):
        first, last = names[rank % PEOPLE]
        month = add_months(today.replace(day=1), -1 - rank // PEOPLE)
        sheet.append([last, first, f"{month:%m/%Y}", FAULTS.get(rank, 100)])
    book.save(out)
    return out.getvalue()


def preview_seconds() -> float:
    """Once; raises AssertionError when a planted fault is not at its cell. Call it within an application context."""
    begin = add_months(clock.today().replace(day=1), -14)
    site = a_site(notified_on=begin, delivered_on=add_months(begin, 40))
    names = _names()
    for first, last in names:
        person = a_person(first_name=first, last_name=last)
        an_employment(site.holder, person, started_on=begin, counts_from=begin, counts_until=add_months(begin, 30))
    db.session.flush()
    data, by, import_id = _workbook(names), site.employer.actor, uuid4()
    start = time.perf_counter()
    sheet = read_sheet(BytesIO(data), "paie.xlsx")
    made, _ = imports.start_import(import_id, data, sheet, file_name="paie.xlsx", by=by)
    while made.state is ImportState.READING:
        made = imports.continue_reading(import_id, by, clock.today())
    taken = time.perf_counter() - start
    line = HourImportLine
    query = select(line.row, line.faults).where(line.import_id == import_id, line.state == "faulty")
    found = {row: faults[0]["c"] for row, faults in db.session.execute(query)}
    assert found == {rank + 2: 3 for rank in FAULTS}, found
    db.session.execute(delete(HourImport).where(HourImport.id == import_id))
    return taken


def import_preview(_web: Web, app: Flask) -> Iterator[Figure]:
    """The figure; the rows are made in a transaction that is given up."""
    with app.app_context():
        engines, engine = db.engines, db.engine
        with engine.connect() as connection:
            outer = connection.begin()
            engines[None] = connection  # type: ignore[assignment]
            try:
                taken = preview_seconds()
            finally:
                db.session.remove()
                engines[None] = engine
                outer.rollback()
    yield Figure("clauses.import_10000_preview_s", taken, "s", GOAL, None)
