"""« Avancement » of a contract and of a lot, as those who steer and the firms read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.clauses.models import ClauseEmployment, Holder, Lot, PublicContract
from app.clauses.rules.kinds import HolderRole
from app.clauses.rules.states import ReportState
from app.core.roles import Role
from tests.factories import clauses as make
from tests.factories.people import Somebody, an_organisation, somebody

VALIDATED, DECLARED = ReportState.VALIDATED, ReportState.DECLARED


@dataclass(frozen=True, slots=True)
class College:
    """The contract of the drawing: 400, 250 and 150 h; 420, 100 and 150 validated."""

    facilitator: Somebody
    painters: Somebody
    contract: PublicContract
    lots: tuple[Lot, Lot, Lot]
    holders: tuple[Holder, Holder, Holder]
    painter: ClauseEmployment


@pytest.fixture
def college(session: Any, today: date) -> Iterator[College]:
    facilitator = somebody(Role.FACILITATOR)
    painters = somebody(Role.EMPLOYER, an_organisation(name="Peintures Morel"))
    contract = make.a_contract(facilitator, title="Collège Les Pyramides")
    lots, holders, work = [], [], []
    for hours, firm in ((400, None), (250, painters), (150, None)):
        lot = make.a_lot(contract, hours, title="Peinture" if firm else "Autre")
        holder = make.a_holder(lot, firm)
        lots.append(lot)
        holders.append(holder)
        work.append(make.an_employment(holder))
    for holder, employment, hours in zip(holders, work, (150, 50, 100), strict=True):
        make.a_line(make.a_report(holder, date(2026, 4, 1), VALIDATED), employment, hours)
    for holder, employment, hours in zip(holders, work, (150, 50, 50), strict=True):
        make.a_line(make.a_report(holder, date(2026, 5, 1), VALIDATED), employment, hours)
    make.a_line(make.a_report(holders[0], date(2026, 9, 1), VALIDATED), work[0], 120)
    make.a_line(make.a_report(holders[1], date(2026, 9, 1), DECLARED), work[1], 9)
    work[1].ended_on = date(2026, 10, 1)
    session.flush()
    return College(facilitator, painters, contract, tuple(lots), tuple(holders), work[1])


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_page_says_what_is_owed_done_and_left(college: College, sign_in: Any) -> None:
    page = text_of(sign_in(college.facilitator).get(f"/clauses/marches/{college.contract.id}"))
    for words in ("Les 3 lots", "420 h", "105 %", "40 %", "81,25 %", "Avec : 83,75 %", "800 h", "650 h", "150 h"):
        assert words in page, words
    assert "En danger" in page
    assert page.count("Atteint") >= 2


def test_the_alert_says_what_would_do(college: College, sign_in: Any) -> None:
    page = text_of(sign_in(college.facilitator).get(f"/clauses/marches/{college.contract.id}"))
    assert "Lot 2 « Peinture » : objectif inatteignable dans 6 semaines" in page
    assert "<strong>150 h et 10 semaines de chantier</strong>" in page
    assert "<strong>une personne à 35 h avant le 15 décembre</strong>" in page
    assert "une personne à 18 h dès le lundi 16 novembre" in page


def test_the_curve_is_drawn_with_its_figures(college: College, sign_in: Any) -> None:
    page = text_of(sign_in(college.facilitator).get(f"/clauses/marches/{college.contract.id}"))
    assert '<svg class="chart"' in page
    assert "<title" in page
    assert "Objectif 800 h. 650 h validées" in page
    assert "Chiffres du graphique" in page
    assert "aujourd’hui" in page


def test_a_past_day_says_what_it_said_then(college: College, sign_in: Any) -> None:
    make.an_objective(college.lots[1], 350, since=date(2026, 8, 1))
    client = sign_in(college.facilitator)
    before = text_of(client.get(f"/clauses/marches/{college.contract.id}?date=2026-07-31"))
    after = text_of(client.get(f"/clauses/marches/{college.contract.id}?date=01/08/2026"))
    assert "Voici ce que disait le portail le 31 juillet 2026" in before
    assert "800 h" in before
    assert "900 h" not in before
    assert "900 h" in after
    assert "420 h" not in before, "September's hours were not there"


def test_an_avenant_shows_the_rate_before_and_after(session: Any, sign_in: Any, today: date) -> None:
    site = make.a_site(800)
    work = make.an_employment(site.holder)
    make.a_line(make.a_report(site.holder, date(2026, 4, 1), VALIDATED), work, 480)
    make.an_objective(site.lot, 960, since=date(2026, 6, 1))
    page = text_of(sign_in(site.facilitator).get(f"/clauses/marches/{site.contract.id}"))
    assert "800 h deviennent 960 h. L’avancement passe de 60,0 % à 50,0 %." in page


@pytest.mark.parametrize("day", ["", "32/13/2026", "2099-01-01", "1800-01-01", "x" * 500])
def test_a_day_that_is_none_means_today(college: College, sign_in: Any, day: str) -> None:
    page = text_of(
        sign_in(college.facilitator).get(f"/clauses/marches/{college.contract.id}", query_string={"date": day})
    )
    assert "Voici ce que disait" not in page


def test_an_employer_reads_its_own_lots_only(college: College, sign_in: Any) -> None:
    page = text_of(sign_in(college.painters).get(f"/clauses/marches/{college.contract.id}"))
    assert "Votre part" in page
    assert "250 h" in page
    assert "Lot 2, Peinture" in page
    for hidden in ("400 h", "420 h", "Lot 1", "Lot 3", college.holders[0].name):
        assert hidden not in page


def test_a_co_contractor_reads_its_share_and_its_subcontractors(session: Any, sign_in: Any, today: date) -> None:
    site = make.a_site(250)
    site.holder.role, site.holder.share = HolderRole.MANDATARY, Decimal(60)
    partner = somebody(Role.EMPLOYER, an_organisation(name="Couleurs du Val"))
    held = make.a_holder(site.lot, partner, role=HolderRole.CO_CONTRACTOR, share=Decimal(40))
    helper = make.a_holder(
        site.lot, name="Petit Pinceau", role=HolderRole.SUBCONTRACTOR, principal_id=held.id, share=None
    )
    for holder, hours in ((site.holder, 70), (held, 30), (helper, 20)):
        make.a_line(make.a_report(holder, date(2026, 4, 1), VALIDATED), make.an_employment(holder), hours)
    page = text_of(sign_in(partner).get(f"/clauses/marches/{site.contract.id}"))
    assert "100 h" in page
    assert "50 h" in page
    assert "dont 20 h sous-traitées" in page
    assert "Petit Pinceau" in page
    assert site.holder.name not in page
    assert "70 h" not in page
    whole = text_of(sign_in(site.facilitator).get(f"/clauses/marches/{site.contract.id}"))
    assert "120 h" in whole
    assert "70 h" in whole
    assert "150 h" in whole


def test_others_do_not_read_it(college: College, sign_in: Any) -> None:
    address = f"/clauses/marches/{college.contract.id}"
    stranger = somebody(Role.EMPLOYER, an_organisation(name="Ailleurs"))
    assert sign_in(stranger).get(address).status_code == 404
    assert sign_in(stranger).get(f"/clauses/lots/{college.lots[1].id}").status_code == 404
    assert sign_in(college.painters).get(f"/clauses/lots/{college.lots[0].id}").status_code == 404
    assert sign_in(somebody(Role.CANDIDATE)).get(address).status_code == 403


def test_a_lot_says_its_pace_its_people_and_its_months(college: College, sign_in: Any) -> None:
    page = text_of(sign_in(college.facilitator).get(f"/clauses/lots/{college.lots[1].id}"))
    for words in ("Lot 2, Peinture", "En danger", "250 h", "100 h", "150 h", "Il manquera", "septembre 2026", "(9 h)"):
        assert words in page, words
    assert "1 personne en tout" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lots_and_curve_leave_as_files(college: College, sign_in: Any, kind: str) -> None:
    client = sign_in(college.facilitator)
    lots = client.get(f"/clauses/marches/{college.contract.id}?export={kind}")
    curve = client.get(f"/clauses/marches/{college.contract.id}?export={kind}&quoi=courbe")
    assert lots.status_code == curve.status_code == 200
    if kind == "csv":
        assert "Lot;Intitulé" in lots.text
        assert ";250,00;" in lots.text
        assert "2026-04" in curve.text or "30/04/2026" in curve.text


def test_pages_send_few_statements(college: College, sign_in: Any, statements: Any) -> None:
    client = sign_in(college.facilitator)
    for address in (f"/clauses/marches/{college.contract.id}", f"/clauses/lots/{college.lots[1].id}"):
        client.get(address)
        statements.clear()
        assert client.get(address).status_code == 200
        assert len(statements) <= 12, "\n\n".join(statements)


def test_a_contract_being_prepared_has_a_page(session: Any, sign_in: Any, today: date) -> None:
    facilitator = somebody(Role.FACILITATOR)
    contract = make.a_contract(facilitator, state="prepared", notified_on=None, delivered_on=None)
    assert "Aucun lot" in text_of(sign_in(facilitator).get(f"/clauses/marches/{contract.id}"))
    make.a_lot(contract, 100)
    assert "Pas commencé" in text_of(sign_in(facilitator).get(f"/clauses/marches/{contract.id}"))
