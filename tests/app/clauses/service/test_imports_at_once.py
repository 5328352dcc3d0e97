"""A validation of the lot while an import is taken: both are kept, and the sums are right."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from app.clauses.models import HourImportLine, HourLine
from app.clauses.rules.states import ImportState, ReportState
from app.clauses.service import import_taking, imports, validation
from app.core.db import db
from app.core.roles import Actor
from app.core.sheets import read_sheet
from tests.app.clauses.service.test_hours_at_once import OCTOBER, TODAY, _sums, at_once
from tests.factories.clauses import a_line, a_person, a_report, a_site, an_employment

__all__ = ["at_once"]


def _file(*people: tuple[str, int]) -> bytes:
    return "\n".join(["Nom;Mois;Heures", *(f"{name} Awa;10/2026;{hours}" for name, hours in people)]).encode()


def _previewed(data: bytes, by: Actor) -> Any:
    sheet = read_sheet(BytesIO(data), "paie.csv")
    made, _ = imports.start_import(uuid4(), data, sheet, file_name="paie.csv", by=by)
    return imports.continue_reading(made.id, by, TODAY, sheet=sheet)


def test_a_validation_during_an_import_loses_nothing(at_once: Callable[..., list[Any]]) -> None:
    site = a_site()
    sent = a_report(site.holder, date(2026, 9, 1), ReportState.DECLARED)
    for _ in range(5):
        a_line(sent, an_employment(site.holder), 20)
    names = [f"Personne{chr(97 + rank)}{chr(110 + rank)}" for rank in range(10)]
    for name in names:
        an_employment(site.holder, a_person(first_name="Awa", last_name=name))
    db.session.commit()
    firm, facilitator, sent_id, lot_id = site.employer.actor, site.facilitator.actor, sent.id, site.lot.id
    made = _previewed(_file(*((name, 30) for name in names)), firm)
    assert made.state is ImportState.PREVIEWED
    answers = at_once(
        lambda: import_taking.accept(made.id, firm, TODAY).added,
        lambda: validation.validate(sent_id, facilitator, TODAY).state,
    )
    assert answers == [10, ReportState.VALIDATED]
    assert _sums(lot_id) == (100, 100, 100, 100, 100, 100)
    drafts = select(func.sum(HourLine.hours)).where(HourLine.month == OCTOBER, HourLine.state == ReportState.DRAFT)
    assert db.session.scalar(drafts) == 300


def test_taken_twice_at_once_it_is_taken_once(at_once: Callable[..., list[Any]]) -> None:
    site = a_site()
    an_employment(site.holder, a_person(first_name="Awa", last_name="Sow"))
    db.session.commit()
    firm = site.employer.actor
    made = _previewed(_file(("Sow", 30)), firm)
    assert at_once(*[lambda: import_taking.accept(made.id, firm, TODAY).added] * 2) == [1, 1]
    assert db.session.scalars(select(HourLine.hours)).all() == [30]


def test_read_twice_at_once_each_line_is_kept_once(at_once: Callable[..., list[Any]], monkeypatch: Any) -> None:
    monkeypatch.setattr(imports, "CHUNK", 3)
    site = a_site()
    db.session.commit()
    firm = site.employer.actor
    data = _file(*((f"Inconnu{rank}", 7) for rank in range(20)))
    made, _ = imports.start_import(uuid4(), data, read_sheet(BytesIO(data), "p.csv"), file_name="p.csv", by=firm)
    acts = [lambda: imports.continue_reading(made.id, firm, TODAY).state] * 2
    assert at_once(*acts) == [ImportState.PREVIEWED] * 2
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(HourImportLine)) == 20
