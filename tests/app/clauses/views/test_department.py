"""The table of the clauses: contracts, groups, totals and indicators, for those who steer."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.candidates.models import Candidate
from app.clauses.rules.kinds import BuyerKind, ClauseKind
from app.clauses.rules.states import ReportState
from app.clauses.rules.terms import Terms
from app.core.roles import Role
from tests.app.clauses.views.test_progress import College, college, text_of
from tests.factories import clauses as make
from tests.factories.people import somebody

__all__ = ["college"]
TABLE = "/clauses/tableau"


def test_the_departement_reads_every_contract(college: College, sign_in: Any) -> None:
    page = text_of(sign_in(somebody(Role.DEPARTMENT)).get(TABLE))
    for words in ("Collège Les Pyramides", "800 h", "679 h", "670 h", "150 h", "81 %", "En danger", "3 personnes"):
        assert words in page, words
    assert "1 marché en tout" in page


def test_hours_that_pass_an_objective_count_when_lots_are_pooled(college: College, sign_in: Any) -> None:
    make.terms_for(college.contract, Terms(pooling=True))
    page = text_of(sign_in(somebody(Role.DEPARTMENT)).get(TABLE))
    assert "84 %" in page
    assert "130 h" in page


def test_a_facilitator_reads_only_theirs(college: College, sign_in: Any) -> None:
    other = make.a_contract(somebody(Role.FACILITATOR), title="Ailleurs", territory_code=None)
    make.a_lot(other, 5000)
    page = text_of(sign_in(college.facilitator).get(TABLE))
    assert "Collège Les Pyramides" in page
    assert "Ailleurs" not in page
    assert "5 000 h" not in page


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.REFERENT, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_others_do_not_open_it(session: Any, sign_in: Any, role: Role) -> None:
    assert sign_in(somebody(role)).get(TABLE).status_code == 403


@pytest.mark.parametrize("group", ["plie", "acheteur", "territoire", "nature", "entreprise"])
def test_groups_have_the_same_total(college: College, sign_in: Any, group: str) -> None:
    page = text_of(sign_in(somebody(Role.DEPARTMENT)).get(f"{TABLE}?groupe={group}"))
    assert "1 marché en tout" in page
    assert "800 h" in page
    if group == "entreprise":
        assert "Peintures Morel" in page


def test_a_firm_owes_its_share_over_all_its_lots(college: College, sign_in: Any) -> None:
    second = make.a_contract(college.facilitator, title="Second")
    lot = make.a_lot(second, 200)
    make.a_holder(lot, college.painters, share=Decimal(50), role="mandatary")
    csv = sign_in(somebody(Role.DEPARTMENT)).get(f"{TABLE}?groupe=entreprise&export=csv").text
    line = next(line for line in csv.splitlines() if line.startswith("Peintures Morel"))
    assert line.split(";")[:7] == ["Peintures Morel", "2", "350,00", "109,00", "100,00", "100,00", "250,00"]


@pytest.mark.parametrize(("divisor", "posts"), [("1607", "30,0"), ("1820", "26,5"), ("12", "30,0")])
def test_full_time_posts_have_their_divisor_beside(
    session: Any, sign_in: Any, today: date, divisor: str, posts: str
) -> None:
    site = make.a_site(50_000)
    make.a_line(
        make.a_report(site.holder, date(2026, 4, 1), ReportState.VALIDATED), make.an_employment(site.holder), 48_210
    )
    page = text_of(sign_in(somebody(Role.DEPARTMENT)).get(f"{TABLE}?etp={divisor}"))
    assert f"<b>{posts}</b>ETP" in page
    assert ("à 1 820 h par an" if divisor == "1820" else "à 1 607 h par an") in page


def test_a_past_day_says_what_it_said_then(college: College, sign_in: Any) -> None:
    page = text_of(sign_in(somebody(Role.DEPARTMENT)).get(f"{TABLE}?date=2026-05-15"))
    assert "Voici ce que disait le portail le 15 mai 2026" in page
    assert "300 h" in page
    before = text_of(sign_in(somebody(Role.DEPARTMENT)).get(f"{TABLE}?date=2026-03-01"))
    assert "Aucun marché ne correspond" in before


def test_a_contract_closed_since_was_running_then(college: College, sign_in: Any, session: Any) -> None:
    from app.clauses.rules.states import PUBLIC_CONTRACT, ContractAction
    from app.clauses.service.moving import move

    move(college.contract, PUBLIC_CONTRACT, ContractAction.CLOSE, college.facilitator.actor, subject="contract")
    session.flush()
    client = sign_in(somebody(Role.DEPARTMENT))
    assert "Collège" in text_of(client.get(f"{TABLE}?etat=closed"))
    assert "Collège" not in text_of(client.get(f"{TABLE}?etat=running"))
    assert "Collège" in text_of(client.get(f"{TABLE}?etat=running&date=2026-10-01"))


def test_filters_narrow_and_nonsense_does_not(college: College, sign_in: Any) -> None:
    client = sign_in(somebody(Role.DEPARTMENT))
    for query in ("mots=pyramides", f"acheteur={college.contract.buyer_id}", "nature=works", "voir=danger", "plie="):
        assert "Collège Les Pyramides" in text_of(client.get(f"{TABLE}?{query}")), query
    for query in ("mots=zzz", "nature=supplies", "mots=%25", "etat=closed"):
        assert "Aucun marché ne correspond" in text_of(client.get(f"{TABLE}?{query}")), query
    odd = "acheteur=x&plie=1&territoire=zz&nature=q&etat=cancelled&voir=1&groupe=x&tri=x&page=-4&date=x&etp=0"
    assert "Collège Les Pyramides" in text_of(client.get(f"{TABLE}?{odd}"))


def test_only_contracts_in_danger(college: College, sign_in: Any) -> None:
    calm = make.a_contract(college.facilitator, title="Tranquille", delivered_on=date(2029, 1, 1))
    make.a_lot(calm, 100)
    page = text_of(sign_in(college.facilitator).get(f"{TABLE}?voir=danger"))
    assert "Collège Les Pyramides" in page
    assert "Tranquille" not in page


def test_indicators_count_people_once_and_the_departements_contracts(
    college: College, sign_in: Any, session: Any
) -> None:
    commune = make.a_contract(college.facilitator, buyer_id=make.a_buyer(kind=BuyerKind.COMMUNE).id)
    make.an_employment(make.a_holder(make.a_lot(commune)), session.get(Candidate, college.painter.candidate_id))
    make.a_contract(college.facilitator, clause_kind=ClauseKind.NONE)
    page = text_of(sign_in(somebody(Role.DEPARTMENT)).get(TABLE))
    assert "<b>3</b>bénéficiaires" in page
    assert "<b>1</b>marché du Département" in page
    assert "sur 3 marchés" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_leaves_as_a_file(college: College, sign_in: Any, kind: str) -> None:
    answer = sign_in(somebody(Role.DEPARTMENT)).get(f"{TABLE}?export={kind}")
    assert answer.status_code == 200
    if kind == "csv":
        assert "800,00;679,00;670,00;650,00;150,00;81,25;En danger;3;0,4;1607;05/11/2026" in answer.text


def test_it_sends_few_statements_however_many_contracts(college: College, sign_in: Any, statements: Any) -> None:
    client = sign_in(somebody(Role.DEPARTMENT))
    for _ in range(3):
        make.a_lot(make.a_contract(college.facilitator), 100)
    for query in ("", "?groupe=entreprise", "?voir=danger", "?date=2026-06-01"):
        client.get(TABLE + query)
        statements.clear()
        assert client.get(TABLE + query).status_code == 200
        assert len(statements) <= 12, query + "\n\n".join(statements)


def test_pages_follow_the_sort_and_a_page_too_far_is_the_last(college: College, sign_in: Any) -> None:
    for number in range(21):
        make.a_lot(make.a_contract(college.facilitator, title=f"Marché {number:02}"), 100 + number)
    client = sign_in(somebody(Role.DEPARTMENT))
    first, last = (text_of(client.get(f"{TABLE}?tri=objectif&page={page}")) for page in (1, 99))
    assert "Marché 00" in first
    assert "Collège" not in first
    assert "Collège" in last
    assert "22 marchés en tout" in last


@pytest.mark.parametrize(
    "sort", ["titre", "-acheteur", "objectif", "-declarees", "validees", "-reste", "taux", "-taux", "x"]
)
def test_every_sort_is_one(college: College, sign_in: Any, sort: str) -> None:
    client = sign_in(somebody(Role.DEPARTMENT))
    for group in ("", "plie"):
        assert "800 h" in text_of(client.get(f"{TABLE}?tri={sort}&groupe={group}"))
