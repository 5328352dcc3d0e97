"""« Marchés et lots »: who reads what, filtered, sorted, exported; a contract written on one page."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.clauses.models import PublicContract
from app.clauses.rules.kinds import BuyerKind, ClauseKind, HolderRole, LegalBase, Nature
from app.clauses.rules.states import ContractState, ReportState
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.clauses import (
    Site,
    a_buyer,
    a_contract,
    a_holder,
    a_line,
    a_lot,
    a_report,
    a_site,
    an_employment,
)
from tests.factories.people import somebody

SignIn = Callable[..., FlaskClient]
LIST, NEW = "/clauses", "/clauses/marches/nouveau"


@pytest.fixture
def site(client: FlaskClient, sign_in: SignIn, today: date) -> Site:
    """A facilitator with a contract, signed in."""
    found = a_site(250, title="Collège rénové")
    sign_in(found.facilitator)
    return found


def _done(site: Site, hours: int) -> None:
    report = a_report(site.holder, date(2026, 4, 1), ReportState.VALIDATED)
    a_line(report, an_employment(site.holder), hours)


@pytest.mark.parametrize("role", [Role.REFERENT, Role.ADMINISTRATOR])
@pytest.mark.parametrize("path", [LIST, NEW, "/clauses/acheteurs"])
def test_who_steers_nothing_reads_nothing(client: FlaskClient, sign_in: SignIn, role: Role, path: str) -> None:
    assert sign_in(somebody(role)).get(path).status_code == 403


def test_a_facilitator_reads_hours_due_done_and_left(client: FlaskClient, site: Site) -> None:
    _done(site, 100)

    page = client.get(LIST).text

    assert "Collège rénové" in page
    assert site.contract.number in page
    for words in ("250\u00a0h", "100\u00a0h", "150\u00a0h", "40\u00a0%", "En cours"):
        assert words in page


def test_a_facilitator_of_elsewhere_reads_none_of_it(client: FlaskClient, site: Site, sign_in: SignIn) -> None:
    sign_in(somebody(Role.FACILITATOR, territory=None))

    assert "Collège rénové" not in client.get(LIST).text
    assert client.get(f"/clauses/marches/{site.contract.id}/modifier").status_code == 404


def test_the_departement_reads_all(client: FlaskClient, site: Site, sign_in: SignIn) -> None:
    sign_in(somebody(Role.DEPARTMENT))

    assert "Collège rénové" in client.get(LIST).text


def test_each_filter_narrows_and_nonsense_filters_nothing(client: FlaskClient, site: Site) -> None:
    other = a_contract(
        site.facilitator, title="Nettoyage des bureaux", nature=Nature.SERVICES, state=ContractState.PREPARED
    )
    a_holder(a_lot(other), name="Étampes Propreté")

    for query in ("mots=etampes", "mots=NETTOYAGE", f"mots={other.number}", "etat=prepared", "nature=services",
                  f"acheteur={other.buyer_id}"):  # fmt: skip
        page = client.get(f"{LIST}?{query}").text
        assert "Nettoyage des bureaux" in page, query
        assert "Collège rénové" not in page, query
    assert "Nettoyage des bureaux" in client.get(f"{LIST}?territoire=nord-ouest").text
    assert "Aucun marché ne correspond" in client.get(f"{LIST}?mots=zzz%25").text
    page = client.get(f"{LIST}?acheteur=x&etat=y&nature=z&territoire=w&voir=v&tri=u&page=t").text
    assert "Nettoyage des bureaux" in page
    assert "Collège rénové" in page


def test_to_watch_are_those_whose_row_says_so(client: FlaskClient, site: Site) -> None:
    done = a_site(100, title="Déjà fait", facilitator_organisation_id=site.facilitator.actor.organisation_id)
    _done(done, 120)

    page = client.get(f"{LIST}?voir=surveiller").text

    assert "Collège rénové" in page
    assert "Déjà fait" not in page
    assert "En danger" in page or "À surveiller" in page
    assert "Atteint" in client.get(f"{LIST}?mots=fait").text


@pytest.mark.parametrize("key", ["titre", "acheteur", "montant", "livraison", "etat", "dues", "validees", "reste"])
def test_the_list_is_sorted_both_ways(client: FlaskClient, site: Site, key: str) -> None:
    a_lot(
        a_contract(
            site.facilitator, title="Zone d’activité", amount=Decimal(7_000_000), delivered_on=date(2028, 1, 1),
            buyer_id=a_buyer(name="Ville de Z").id, state=ContractState.DELIVERED,
        ),
        900,
    )  # fmt: skip
    _done(site, 10)

    up, down = (client.get(f"{LIST}?tri={sort}").text for sort in (key, f"-{key}"))

    first = [page.index("Collège rénové") < page.index("Zone d’activité") for page in (up, down)]
    assert first[0] is not first[1]


def test_the_rate_sorts_without_carrying_an_excess_over(client: FlaskClient, site: Site) -> None:
    _done(site, 200)
    pyramids = a_contract(site.facilitator, title="Trois lots")
    for hours, done in ((400, 420), (250, 100), (150, 150)):
        holder = a_holder(a_lot(pyramids, hours))
        a_line(a_report(holder, date(2026, 4, 1), ReportState.VALIDATED), an_employment(holder), done)

    page = client.get(f"{LIST}?tri=-taux").text

    assert page.index("Trois lots") < page.index("Collège rénové")
    assert "670\u00a0h" in page  # validated are shown as they are; the rate counts 650 of them
    assert "81\u00a0%" in page


@pytest.mark.parametrize(
    ("said", "is_flagged"),
    [
        ({"nature": Nature.SERVICES, "amount": Decimal(250_000)}, True),
        ({"nature": Nature.SERVICES, "amount": Decimal(210_000)}, False),
        ({"nature": Nature.SERVICES, "amount": Decimal(216_000)}, False),
        ({"nature": Nature.SERVICES, "amount": Decimal("216000.01")}, True),
        ({"nature": Nature.WORKS, "amount": Decimal(5_000_000)}, False),
        ({"nature": Nature.WORKS, "amount": Decimal(5_404_001)}, True),
        ({"nature": Nature.SERVICES, "amount": Decimal(250_000), "notified_on": date(2026, 8, 21)}, False),
        ({"nature": Nature.SERVICES, "amount": Decimal(250_000), "obligation_reason": "Objet sans lien"}, False),
        ({"nature": Nature.SERVICES, "amount": Decimal(250_000), "clause_kind": ClauseKind.RESERVED_LOT}, False),
        ({"nature": Nature.SERVICES, "amount": Decimal(250_000), "buyer": BuyerKind.PRIVATE}, False),
        ({"nature": Nature.SERVICES, "amount": Decimal(150_000), "buyer": BuyerKind.STATE}, True),
    ],
)
def test_the_list_and_its_filter_flag_the_obligation_alike(
    client: FlaskClient, sign_in: SignIn, today: date, said: dict[str, object], is_flagged: bool
) -> None:
    facilitator = somebody(Role.FACILITATOR)
    buyer = a_buyer(kind=said.pop("buyer", BuyerKind.DEPARTMENT))
    plain = {"notified_on": date(2026, 9, 1), "clause_kind": ClauseKind.NONE, "legal_base": LegalBase.NONE}
    a_contract(facilitator, title="Le marché", buyer_id=buyer.id, **{**plain, **said})
    sign_in(facilitator)

    assert ("clause ou motif" in client.get(LIST).text) is is_flagged
    assert ("Le marché" in client.get(f"{LIST}?voir=obligation").text) is is_flagged


def test_the_list_is_as_cheap_with_many_rows(client: FlaskClient, site: Site, statements: Statements) -> None:
    counts = []
    for more in (1, 12):
        for _ in range(more):
            a_holder(a_lot(a_contract(site.facilitator)))
        for query in ("", "?voir=surveiller", "?tri=-taux&mots=e", "?export=csv"):
            statements.clear()
            assert client.get(f"{LIST}{query}").status_code == 200
            counts.append(len(statements))

    assert max(counts) <= 12
    assert counts[:4] == counts[4:]


def test_the_export_says_holders_and_figures(client: FlaskClient, site: Site) -> None:
    _done(site, 100)

    csv = client.get(f"{LIST}?export=csv").text
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{LIST}?export=xlsx").data))

    assert site.holder.name in csv
    header, row = book.get_sheet_by_index(0).to_python()[:2]
    said = dict(zip(header, row, strict=True))
    assert (said["Heures dues"], said["Heures validées"], said["Reste"], said["Avancement (%)"]) == (250, 100, 150, 40)


# An employer's own list.


def test_an_employer_reads_its_own_lots_with_its_part(client: FlaskClient, sign_in: SignIn, today: date) -> None:
    site = a_site(250, title="Collège rénové")
    site.holder.role, site.holder.share = HolderRole.MANDATARY, Decimal(60)
    a_holder(site.lot, role=HolderRole.CO_CONTRACTOR, share=Decimal(40), name="L’autre firme")
    _done(site, 30)
    a_site(999, title="Le marché d’un autre")
    sign_in(site.employer)

    page = client.get(LIST).text

    assert "Mes marchés" in page
    for words in ("Collège rénové", "150\u00a0h", "30\u00a0h", "120\u00a0h", "20\u00a0%"):
        assert words in page
    for words in ("Le marché d’un autre", "L’autre firme", "999"):
        assert words not in page


def test_the_hours_of_a_subcontractor_are_those_of_its_principal(
    client: FlaskClient, sign_in: SignIn, today: date
) -> None:
    site = a_site(100)
    below = somebody(Role.EMPLOYER)
    under = a_holder(site.lot, below, role=HolderRole.SUBCONTRACTOR, principal_id=site.holder.id, share=None)
    a_line(a_report(under, date(2026, 4, 1), ReportState.VALIDATED), an_employment(under), 40)

    sign_in(site.employer)
    assert "60\u00a0h" in client.get(LIST).text
    sign_in(below)
    page = client.get(LIST).text
    assert "sous-traitance" in page
    assert "40\u00a0h" in page


def test_an_employer_sees_nothing_of_a_contract_in_preparation(
    client: FlaskClient, sign_in: SignIn, today: date
) -> None:
    site = a_site(250, title="Secret", state=ContractState.PREPARED)
    sign_in(site.employer)

    assert "Aucun marché avec une clause" in client.get(LIST).text
    for path in (f"/clauses/marches/{site.contract.id}/lots", NEW, "/clauses/acheteurs"):
        assert client.get(path).status_code == 403


def test_the_list_of_an_employer_is_exported_and_as_cheap_with_many_lots(
    client: FlaskClient, sign_in: SignIn, today: date, statements: Statements
) -> None:
    site = a_site(250)
    sign_in(site.employer)
    counts = []
    for more in (0, 9):
        for _ in range(more):
            a_holder(a_lot(a_contract(site.facilitator)), site.employer)
        for query in ("", "?export=xlsx"):
            statements.clear()
            assert client.get(f"{LIST}{query}").status_code == 200
            counts.append(len(statements))

    assert max(counts) <= 12
    assert counts[:2] == counts[2:]


# The form.


def _typed(**more: str) -> dict[str, str]:
    return {
        "row_id": str(uuid4()),
        "number": "2026-0042",
        "title": "Rénovation du gymnase",
        "buyer": "Ville de Massy",
        "buyer_kind": "commune",
        "nature": "works",
        "cpv": "45214220-8",
        "commune": "Massy",
        "amount": "1 200 000,50",
        "notified_on": "02/03/2026",
        "delivered_on": "15/01/2027",
        "clause_kind": "execution_clause",
        "legal_base": "l2112_2",
        **more,
    }


def test_a_contract_and_its_buyer_are_written_on_one_page_once(
    client: FlaskClient, site: Site, session: scoped_session
) -> None:
    typed = _typed()

    answers = [client.post(NEW, data=typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    row = session.scalars(select(PublicContract).where(PublicContract.number == "2026-0042")).one()
    assert (row.cpv, row.amount, row.notified_on) == ("45214220", Decimal("1200000.50"), date(2026, 3, 2))
    assert answers[0].location.endswith(f"/clauses/marches/{row.id}/lots")
    assert "Ajoutez maintenant ses lots" in client.get(answers[0].location).text


def test_faults_are_said_beside_their_field_and_what_was_typed_stays(client: FlaskClient, site: Site) -> None:
    page = client.post(NEW, data=_typed(buyer_kind="", cpv="45214220-9", delivered_on="01/01/2026")).text
    assert "Dites sa nature pour l’ajouter" in page
    assert "Rénovation du gymnase" in page

    page = client.post(NEW, data=_typed(cpv="45214220-9", delivered_on="01/01/2026")).text
    assert "Le dernier chiffre de ce code CPV" in page
    assert "La livraison est avant la notification" in page
    assert page.startswith("<!")
    assert "<title>Erreur" in page

    page = client.post(NEW, data=_typed(number="", title="", nature="", amount="douze", notified_on="31/02/2026")).text
    for words in ("Écrivez le numéro du marché", "Écrivez l’objet", "Choisissez la nature", "Écrivez un nombre"):
        assert words in page


def test_a_number_already_taken_is_said(client: FlaskClient, site: Site, session: scoped_session) -> None:
    client.post(NEW, data=_typed())

    page = client.post(NEW, data=_typed(title="Un autre")).text

    assert "Cet acheteur a déjà un marché de ce numéro" in page


def test_above_the_threshold_without_a_clause_the_page_asks_for_a_clause_or_a_reason(
    client: FlaskClient, site: Site, session: scoped_session
) -> None:
    typed = _typed(nature="services", amount="250000", notified_on="01/09/2026", clause_kind="none")
    answer = client.post(NEW, data=typed)
    assert answer.location.endswith("/modifier")
    page = client.get(answer.location).text
    assert "clause ou motif" in page
    assert "n’a pas de clause sociale d’exécution" in page

    row = session.scalars(select(PublicContract).where(PublicContract.number == "2026-0042")).one()
    typed |= {"version": str(row.version), "obligation_reason": "Fourniture sans main-d’œuvre"}
    answer = client.post(answer.location, data=typed)

    assert answer.location.endswith("/lots")
    assert "clause ou motif" not in client.get(answer.location).text


def test_two_who_edit_at_once_meet_on_the_409_page(client: FlaskClient, site: Site, session: scoped_session) -> None:
    client.post(NEW, data=_typed())
    row = session.scalars(select(PublicContract).where(PublicContract.number == "2026-0042")).one()
    path, seen = f"/clauses/marches/{row.id}/modifier", str(row.version)
    assert client.post(path, data=_typed(title="Le premier", version=seen)).status_code == 303

    answer = client.post(path, data=_typed(title="Le second", version=seen))

    assert answer.status_code == 409
    assert "Le premier" in answer.text
    assert "Le second" in answer.text


def test_a_contract_that_runs_does_not_ask_its_dates_any_more(
    client: FlaskClient, site: Site, session: scoped_session
) -> None:
    path = f"/clauses/marches/{site.contract.id}/modifier"

    page = client.get(path).text

    assert 'name="notified_on"' not in page
    assert "avenant daté" in page
    sent = _typed(version=str(site.contract.version), amount="1", notified_on="01/01/2020")
    assert client.post(path, data=sent).status_code == 303
    session.refresh(site.contract)
    assert (site.contract.title, site.contract.amount) == ("Rénovation du gymnase", 6_180_000)


def test_the_departement_chooses_the_plie_in_charge(
    client: FlaskClient, site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    sign_in(somebody(Role.DEPARTMENT))
    plie = site.facilitator.actor.organisation_id

    client.post(NEW, data=_typed(plie=str(plie)))

    chosen = select(PublicContract.facilitator_organisation_id).where(PublicContract.number == "2026-0042")
    assert session.scalar(chosen) == plie
    assert session.scalar(select(func.count()).select_from(PublicContract)) == 2
