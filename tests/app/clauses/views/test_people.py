"""« Personnes » of a contract: what those who steer read, what a firm reads of its own lots, and never why."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.candidates.models import Candidate
from app.clauses.models import ClauseCategory, ClauseEmployment
from app.clauses.queries.people import to_do_for
from app.clauses.rules.states import ReportState
from app.core.roles import Role
from app.offers.rules import EmploymentKind
from tests.conftest import Statements
from tests.factories.clauses import Site, a_check, a_holder, a_line, a_lot, a_person, a_report, a_site, an_employment
from tests.factories.people import an_organisation, somebody

SignIn = Callable[..., FlaskClient]
SECRET = "Zone confidentielle"
PROOF = "Preuve confidentielle"
EXPORTS = "?export=csv"


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """Two people on the firm's lot, somebody on another firm's; the category and the proof bear words to look for."""
    made = a_site()
    category = session.get_one(ClauseCategory, "rsa")
    category.label, category.proof = SECRET, PROOF
    worker = a_person(first_name="Mamadou", last_name="Diarra")
    a_check(made.contract, worker, note="Note confidentielle")
    row = an_employment(made.holder, worker, counts_until=date(2028, 5, 31))
    a_line(a_report(made.holder, date(2026, 9, 1), ReportState.VALIDATED), row, 147)
    a_line(a_report(made.holder, date(2026, 10, 1), ReportState.DECLARED), row, "120.5")
    an_employment(
        made.holder, a_person(first_name="Aline", last_name="Bientôt"), started_on=date(2026, 4, 1),
        ended_on=date(2026, 11, 20), counts_until=date(2026, 11, 1),
    )  # fmt: skip
    other = a_holder(a_lot(made.contract, 100, title="Gros œuvre"))
    an_employment(other, a_person(first_name="Denis", last_name="Ailleurs"))
    session.commit()
    return made


def _url(site: Site, end: str = "") -> str:
    return f"/clauses/marches/{site.contract.id}/personnes{end}"


def test_a_facilitator_reads_everybody_and_why_they_count(client: FlaskClient, site: Site, sign_in: SignIn) -> None:
    sign_in(site.facilitator)
    page = client.get(_url(site)).text
    for words in ("Mamadou Diarra", "Denis Ailleurs", SECRET, "31/05/2028", "147\u00a0h", "120,50\u00a0h"):
        assert words in page
    assert "Finit bientôt" in page
    assert "Ne compte plus" in page
    assert PROOF not in page


def test_an_employer_reads_the_people_on_its_lots_only_and_never_why(
    client: FlaskClient, site: Site, sign_in: SignIn
) -> None:
    sign_in(site.employer)
    for end in ("", "?tri=jusqu", EXPORTS, "?situation=en-poste&export=csv", "?lot=1"):
        page = client.get(_url(site, end)).text
        assert "Mamadou Diarra" in page
        assert "31/05/2028" in page
        for words in (SECRET, PROOF, "confidentielle", "Denis", "Gros œuvre", "RSA", "rsa", "Catégorie"):
            assert words not in page
    assert "Éligible jusqu’au" in client.get(_url(site)).text


def test_the_file_of_an_employer_has_no_category_and_that_of_a_facilitator_has(
    client: FlaskClient, site: Site, sign_in: SignIn
) -> None:
    sign_in(site.employer)
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(_url(site, "?export=xlsx")).data))
    cells = [str(cell) for line in book.get_sheet_by_index(0).to_python() for cell in line]
    assert "Mamadou Diarra" in cells
    assert not {SECRET, PROOF, "Catégorie"} & set(cells)
    sign_in(site.facilitator)
    text = client.get(_url(site, EXPORTS)).text
    assert text.splitlines()[0].endswith("Catégorie;Alertes")
    assert SECRET in text


def test_whoever_has_nothing_on_the_contract_finds_nothing(client: FlaskClient, site: Site, sign_in: SignIn) -> None:
    sign_in(somebody(Role.EMPLOYER, an_organisation()))
    assert client.get(_url(site)).status_code == 404
    sign_in(somebody(Role.FACILITATOR, territory="nord-est"))
    assert client.get(_url(site)).status_code == 404
    for role in (Role.REFERENT, Role.ADMINISTRATOR, Role.CANDIDATE):
        sign_in(somebody(role))
        assert client.get(_url(site)).status_code == 403


def test_the_list_is_filtered_and_sorted(client: FlaskClient, site: Site, sign_in: SignIn) -> None:
    sign_in(site.facilitator)

    def shown(query: str) -> list[str]:
        page = client.get(_url(site, f"?{query}")).text
        found = {name: page.find(f">{name}<") for name in ("Mamadou Diarra", "Aline Bientôt", "Denis Ailleurs")}
        return sorted((name for name in found if found[name] >= 0), key=lambda name: found[name])

    assert shown("") == ["Denis Ailleurs", "Aline Bientôt", "Mamadou Diarra"]
    assert shown("tri=-personne") == ["Mamadou Diarra", "Aline Bientôt", "Denis Ailleurs"]
    assert shown("tri=-validees")[0] == "Mamadou Diarra"
    assert shown("lot=2") == ["Denis Ailleurs"]
    assert shown("situation=finit") == ["Aline Bientôt"]
    assert shown("situation=ne-compte-plus") == ["Aline Bientôt"]
    assert shown("situation=parties") == []
    assert len(shown("situation=nonsense&lot=nonsense&tri=nonsense&page=nonsense")) == 3


@pytest.mark.parametrize("more", [0, 25])
def test_the_page_costs_as_much_with_many_people(
    client: FlaskClient, site: Site, sign_in: SignIn, statements: Statements, session: scoped_session, more: int
) -> None:
    for _ in range(more):
        an_employment(site.holder)
    session.commit()
    sign_in(site.facilitator)
    client.get(_url(site))
    statements.clear()
    assert client.get(_url(site)).status_code == 200
    assert len(statements) <= 12


# --- to note, change, end --------------------------------------------------------------------------------


def _said(site: Site, **values: str) -> dict[str, str]:
    return {
        "holder": str(site.holder.id), "mode": "direct", "kind": "cdd", "started_on": "02/11/2026",
        "hours_week": "35", **values,
    }  # fmt: skip


def _newcomer(site: Site, session: scoped_session) -> Candidate:
    person = a_person(first_name="Fatou", last_name="Sylla")
    a_check(site.contract, person, proof_dated_on=date(2026, 10, 15), good_until=date(2027, 1, 14))
    session.commit()
    return person


def test_a_facilitator_notes_that_somebody_works(
    client: FlaskClient, site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    person = _newcomer(site, session)
    sign_in(site.facilitator)
    url = _url(site, f"/nouvelle?personne={person.id}")
    assert "Fatou Sylla" in client.get(url).text
    answer = client.post(url, data=_said(site), follow_redirects=True)
    assert "Fatou Sylla est en poste" in answer.text
    row = session.scalars(select(ClauseEmployment).where(ClauseEmployment.candidate_id == person.id)).one()
    assert (row.counts_from, row.counts_until) == (date(2026, 11, 2), date(2028, 11, 1))


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    client: FlaskClient, site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    person = _newcomer(site, session)
    sign_in(site.facilitator)
    page = client.post(
        _url(site, f"/nouvelle?personne={person.id}"),
        data=_said(site, kind="apprenticeship", started_on="14/10/2026", payroll_number="A77"),
    ).text
    assert "Ce contrat demande un tuteur. Écrivez son nom." in page
    assert "n’est pas éligible pour ce marché" in page
    assert 'value="A77"' in page


def test_a_stale_change_is_a_conflict(
    client: FlaskClient, site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    row = session.scalars(select(ClauseEmployment).where(ClauseEmployment.ended_on.is_(None)).limit(1)).one()
    sign_in(site.facilitator)
    url = f"/clauses/personnes/{row.id}/modifier"
    assert client.get(url).status_code == 200
    said = {"hours_week": "28", "ended_on": "", "tutor_name": "", "payroll_number": "", "version": "1"}
    assert client.post(url, data=said).status_code == 303
    session.refresh(row)
    assert row.hours_week == Decimal(28)
    assert client.post(url, data={**said, "hours_week": "30"}).status_code == 409


def test_a_stranger_and_a_firm_cannot_change_somebodys_work(
    client: FlaskClient, site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    row = session.scalars(select(ClauseEmployment).limit(1)).one()
    sign_in(somebody(Role.FACILITATOR, territory="nord-est"))
    assert client.get(f"/clauses/personnes/{row.id}/modifier").status_code == 404
    assert client.get(_url(site, f"/nouvelle?personne={row.candidate_id}")).status_code == 404
    sign_in(site.employer)
    assert client.get(f"/clauses/personnes/{row.id}/modifier").status_code == 403


# --- things to do ----------------------------------------------------------------------------------------


def test_what_ends_soon_with_nothing_after_is_to_do(
    site: Site, session: scoped_session, today: date, statements: Statements
) -> None:
    statements.clear()
    items = to_do_for(site.facilitator.actor, today)
    assert len(statements) <= 3
    (item,) = [one for one in items if one.kind == "clause.work_ends"]
    assert "Aline Bientôt" in item.title
    assert item.arguments == {"contract_id": site.contract.id, "situation": "finit"}

    row = session.scalars(select(ClauseEmployment).where(ClauseEmployment.ended_on == date(2026, 11, 20))).one()
    an_employment(
        a_site().holder, session.get_one(Candidate, row.candidate_id), started_on=date(2026, 11, 23),
        employment_kind=EmploymentKind.CDI,
    )  # fmt: skip
    assert not [one for one in to_do_for(site.facilitator.actor, today) if one.kind == "clause.work_ends"]


def test_nobody_else_has_anything_to_do_here(site: Site, today: date) -> None:
    for who in (site.employer, somebody(Role.REFERENT), somebody(Role.ADMINISTRATOR)):
        assert to_do_for(who.actor, today) == []
