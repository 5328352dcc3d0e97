"""How does a paper join a report: what the file is, not what its name says; a name that no system trips over?"""

import hashlib
import re
import unicodedata
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from app.audit import service as audit
from app.clauses.models import ClauseEmployment, HourDocument, HourReport
from app.clauses.queries.reports import may_fill, the_report
from app.clauses.queries.visible import reports_visible_to
from app.clauses.rules.reporting import DocumentRefusal, document_refusals, kind_of_document
from app.clauses.rules.states import ReportState
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction

NAME_MOST: Final = 60


def safe_name(name: str, extension: str) -> str:
    """« ../../Paie d'été.PDF.exe » → « paie-d-ete-pdf.pdf »: letters, digits and dashes, and the file's true end."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    stem = bare.rpartition(".")[0] or bare
    plain = unicodedata.normalize("NFKD", stem.replace("’", "-")).encode("ascii", "ignore").decode().lower()
    kept = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:NAME_MOST].strip("-")
    return f"{kept or 'piece'}.{extension}"


@transaction
def attach(report_id: UUID, name: str, content: bytes, by: Actor, *, employment_id: UUID | None = None) -> HourDocument:
    """Join a paper to the report, or to one of its people. The same content twice is one paper. Raises Refused."""
    report = _open_report(report_id, by)
    if employment_id is not None and not _on_lot(employment_id, report):
        raise NotFound
    mine = HourDocument.report_id == report.id
    already = db.session.scalar(select(func.count()).where(mine)) or 0
    reasons = document_refusals(content, already)
    kind = kind_of_document(content)
    if reasons or kind is None:
        raise Refused(reasons, dict.fromkeys(reasons, "document"))
    digest = hashlib.sha256(content).hexdigest()
    person = HourDocument.employment_id.is_not_distinct_from(employment_id)
    same = db.session.scalar(select(HourDocument).where(mine, HourDocument.sha256 == digest, person))
    if same is not None:
        return same
    document = HourDocument(
        report_id=report.id,
        employment_id=employment_id,
        file_name=safe_name(name, kind[1]),
        media_type=kind[0],
        size=len(content),
        sha256=digest,
        content=content,
        by=by.user_id,
    )
    db.session.add(document)
    db.session.flush()
    audit.note(by, "clause.document.attached", "report", report.id)
    return document


def _open_report(report_id: UUID, by: Actor) -> HourReport:
    report = the_report(by, report_id)
    if not may_fill(by, report.holder):
        raise NotFound
    if report.state is ReportState.LOCKED:
        raise Refused(DocumentRefusal.CLOSED)
    return report


def _on_lot(employment_id: UUID, report: HourReport) -> bool:
    employment = db.session.get(ClauseEmployment, employment_id)
    return employment is not None and employment.holder_id == report.holder_id


@transaction
def remove(document_id: UUID, by: Actor) -> UUID:
    """Take a paper back while the period is open. Answers its report."""
    document = _mine(document_id, by)
    _open_report(document.report_id, by)
    db.session.delete(document)
    audit.note(by, "clause.document.removed", "report", document.report_id)
    return document.report_id


def _mine(document_id: UUID, by: Actor) -> HourDocument:
    reports = reports_visible_to(by).with_only_columns(HourReport.id)
    query = select(HourDocument).where(HourDocument.id == document_id, HourDocument.report_id.in_(reports))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


@transaction
def opened(document_id: UUID, by: Actor) -> HourDocument:
    """The paper, for who may read its report; noted in the trail. Raises NotFound."""
    document = _mine(document_id, by)
    audit.note(by, "clause.document.opened", "report", document.report_id)
    return document
