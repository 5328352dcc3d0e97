"""A paper joins a report by what it is, under a name that no system trips over, and only its readers have it."""

from datetime import date

import pytest
from sqlalchemy.orm import scoped_session

from app.clauses.models import HourReport
from app.clauses.rules.reporting import DOCUMENT_MOST, DocumentRefusal
from app.clauses.rules.states import ReportState
from app.clauses.service import documents
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from tests.factories.clauses import Site, a_report, a_site
from tests.factories.people import somebody

OCTOBER = date(2026, 10, 1)
PDF, PNG = b"%PDF-1.7\nune paie", b"\x89PNG\r\n\x1a\nune image"
pytestmark = pytest.mark.usefixtures("session", "today")


@pytest.fixture
def site(session: scoped_session) -> Site:
    return a_site()


@pytest.fixture
def report(site: Site, session: scoped_session) -> HourReport:
    sent = a_report(site.holder, OCTOBER, ReportState.DECLARED)
    session.commit()
    return sent


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Paie d’été.PDF", "paie-d-ete.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\moi\\relevé.exe", "releve.pdf"),
        ("…", "piece.pdf"),
        ('a"; filename=x.html', "a-filename-x.pdf"),
        ("x" * 300 + ".pdf", "x" * 60 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, kept: str) -> None:
    assert documents.safe_name(name, "pdf") == kept


def test_what_a_paper_is_decides_not_its_name(site: Site, report: HourReport) -> None:
    found = documents.attach(report.id, "paie.pdf", PNG, site.employer.actor)
    assert (found.media_type, found.file_name) == ("image/png", "paie.png")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", DocumentRefusal.EMPTY),
        (b"<html><script>", DocumentRefusal.NOT_A_KIND),
        (b"MZ\x90\x00", DocumentRefusal.NOT_A_KIND),
        (PDF + b"0" * DOCUMENT_MOST, DocumentRefusal.TOO_LARGE),
    ],
)
def test_other_files_are_refused(site: Site, report: HourReport, content: bytes, reason: DocumentRefusal) -> None:
    with pytest.raises(Refused) as refused:
        documents.attach(report.id, "paie.pdf", content, site.employer.actor)
    assert refused.value.reasons == (reason,)


def test_a_paper_of_five_megabytes_is_taken(site: Site, report: HourReport) -> None:
    whole = PDF + b"0" * (DOCUMENT_MOST - len(PDF))
    assert documents.attach(report.id, "paie.pdf", whole, site.employer.actor).size == DOCUMENT_MOST


def test_the_same_paper_twice_is_one(site: Site, report: HourReport) -> None:
    first = documents.attach(report.id, "paie.pdf", PDF, site.employer.actor)
    assert documents.attach(report.id, "autre.pdf", PDF, site.employer.actor).id == first.id


def test_only_who_reads_the_report_has_its_papers(site: Site, report: HourReport, session: scoped_session) -> None:
    paper = documents.attach(report.id, "paie.pdf", PDF, site.employer.actor)
    for reader in (site.employer, site.facilitator, somebody(Role.DEPARTMENT)):
        assert documents.opened(paper.id, reader.actor).content == PDF
    stranger = somebody(Role.EMPLOYER)
    session.commit()
    with pytest.raises(NotFound):
        documents.opened(paper.id, stranger.actor)


def test_a_facilitator_joins_nothing_to_the_report_of_a_firm_with_an_account(site: Site, report: HourReport) -> None:
    with pytest.raises(NotFound):
        documents.attach(report.id, "paie.pdf", PDF, site.facilitator.actor)


def test_the_papers_of_a_closed_period_stay(site: Site, report: HourReport, session: scoped_session) -> None:
    paper = documents.attach(report.id, "paie.pdf", PDF, site.employer.actor)
    report.state, report.locked_on = ReportState.LOCKED, date(2026, 11, 20)
    session.commit()
    with pytest.raises(Refused) as refused:
        documents.remove(paper.id, site.employer.actor)
    assert refused.value.reasons == (DocumentRefusal.CLOSED,)
