"""« Besoins de personnes » as each role sees it: who reads what, answers, closes."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses import jobs
from app.clauses.models import ClauseOffer, StaffingAnswer, StaffingRequest
from app.clauses.rules.states import StaffingState
from app.clauses.service import staffing as service
from app.core import clock
from app.core.roles import Role
from app.organisations.models import OrganisationTrade
from app.organisations.rules import OrganisationKind
from tests.factories.clauses import Site, a_holder, a_lot, a_person, a_site, an_employment
from tests.factories.offers import OfferFactory
from tests.factories.people import Somebody, an_organisation, somebody

SignIn = Callable[[Any], FlaskClient]
LIST = "/clauses/besoins"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """A lot of painting in Massy that lacks people, where Fatoumata works a few hours."""
    found = a_site(150, commune_insee="91377", amount=Decimal(6_180_000))
    found.facilitator.user.phone = "+33160000099"
    found.lot.trade_slug = "agent-entretien"
    an_employment(found.holder, a_person(first_name="Fatoumata", last_name="Kone"), hours_week=Decimal(1))
    session.flush()
    jobs.staff(today)
    return found


def _structure(kind: OrganisationKind = OrganisationKind.ACI, **values: Any) -> Somebody:
    return somebody(Role.EMPLOYER, an_organisation(kind, **{"phone": "+33160000001", **values}))


def _far(session: scoped_session, trade: str | None = None) -> Somebody:
    """A structure of Étampes, another territory."""
    found = _structure(commune_insee="91223")
    if trade:
        session.add(OrganisationTrade(organisation_id=found.organisation.id, trade_slug=trade, people=4))  # type: ignore[union-attr]
        session.flush()
    return found


def _one(session: scoped_session) -> StaffingRequest:
    return session.scalars(select(StaffingRequest)).one()


def _url(session: scoped_session) -> str:
    return f"{LIST}/{_one(session).id}"


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", str(answer.get_data(as_text=True)).replace("\u00a0", " "))


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.DEPARTMENT])
def test_who_steers_reads_lot_contract_and_answers(
    site: Site, sign_in: SignIn, session: scoped_session, role: Role
) -> None:
    aci = _structure(name="Chantier des Ulis")
    service.answer(
        _one(session).id, posts=2, available_from=clock.today(), words="Prêts", by=aci.actor, today=clock.today()
    )
    desk = sign_in(site.facilitator if role is Role.FACILITATOR else somebody(role))
    page = _text(desk.get(LIST))
    assert "Collège Les Pyramides : rénovation" in page
    assert "1 à 35 h" in page
    assert "1 réponse" in page
    page = _text(desk.get(_url(session)))
    assert "Chantier des Ulis" in page
    assert "01 60 00 00 01" in page
    assert "C’est pourvu" in page


def test_the_button_leads_to_the_people_of_the_offer_of_the_lot_else_to_the_lot(
    site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    desk = sign_in(site.facilitator)
    assert f'href="/clauses/lots/{site.lot.id}">Trouver des personnes' in _text(desk.get(LIST))
    offer = OfferFactory(published=True, organisation=site.employer.organisation)
    session.add(ClauseOffer(offer_id=offer.id, lot_id=site.lot.id, holder_id=site.holder.id))
    session.flush()
    assert f"/offres/{offer.id}/candidats" in _text(desk.get(LIST))


def test_a_facilitator_of_elsewhere_and_a_referent_read_nothing(
    site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    elsewhere = sign_in(somebody(Role.FACILITATOR, territory="sud-essonne"))
    assert "Aucun lot ne manque de personnes" in _text(elsewhere.get(LIST))
    assert elsewhere.get(_url(session)).status_code == 404
    assert sign_in(somebody(Role.REFERENT)).get(LIST).status_code == 403


@pytest.mark.parametrize("where", ["its territory", "its trade"])
def test_a_structure_reads_the_need_and_neither_money_nor_firm_nor_people_nor_other_answers(
    site: Site, sign_in: SignIn, session: scoped_session, where: str
) -> None:
    other = _structure(name="Chantier voisin")
    service.answer(
        _one(session).id, posts=7, available_from=clock.today(), words="secret", by=other.actor, today=clock.today()
    )
    desk = sign_in(_structure() if where == "its territory" else _far(session, "agent-entretien"))
    export = desk.get(f"{LIST}?export=csv")
    for page in (_text(desk.get(LIST)), _text(desk.get(_url(session))), _text(export)):
        assert "Massy" in page
        assert "01 60 00 00 99" in page or "+33160000099" in page
        for hidden in (
            site.contract.title, site.contract.number, site.holder.name, "Kone", "Fatoumata", "6 180 000",
            "Chantier voisin", "secret", "Heures restantes", "Peinture",
        ):  # fmt: skip
            assert hidden not in page, hidden


def test_a_structure_far_away_that_does_not_know_the_job_finds_nothing(
    site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    desk = sign_in(_far(session))
    assert "Aucun besoin pour vos métiers ni sur votre territoire" in _text(desk.get(LIST))
    assert desk.get(_url(session)).status_code == 404
    answer = desk.post(_url(session), data={"posts": "1", "available_from": "01/12/2026"})
    assert answer.status_code == 404


def test_a_firm_reads_its_own_lots_only_and_answers_none(site: Site, sign_in: SignIn, session: scoped_session) -> None:
    desk = sign_in(site.employer)
    page = _text(desk.get(_url(session)))
    assert site.contract.title in page
    assert "Proposer ces personnes" not in page
    assert desk.post(_url(session), data={"posts": "1", "available_from": "01/12/2026"}).status_code == 404
    for kind in (OrganisationKind.FIRM, OrganisationKind.SAP):
        stranger = sign_in(_structure(kind))
        assert "Vos lots ne manquent de personne" in _text(stranger.get(LIST))
        assert stranger.get(_url(session)).status_code == 404


def test_a_structure_proposes_people_and_changes_its_answer(
    site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    desk = sign_in(_structure())
    for posts in ("2", "2", "4"):
        data = {"posts": posts, "available_from": "01/12/2026", "words": "Équipe de Massy"}
        page = _text(desk.post(_url(session), data=data, follow_redirects=True))
        assert "Votre proposition est envoyée" in page
    assert 'value="4"' in page
    assert [row.posts for row in session.scalars(select(StaffingAnswer))] == [4]
    assert "4 personnes proposées" in _text(desk.get(LIST))


@pytest.mark.parametrize(
    ("posts", "day", "words"),
    [
        ("0", "01/12/2026", "aria-invalid"),
        ("1e9", "01/12/2026", "aria-invalid"),
        ("", "01/12/2026", "Écrivez un nombre de personnes."),
        ("2", "31/02/2026", "Cette date n’existe pas"),
        ("2", "04/11/2026", "Cette date est passée"),
        ("2", "16/01/2027", "Les travaux seront finis à cette date."),
    ],
)
def test_bad_input_is_kept_with_a_message(
    site: Site, sign_in: SignIn, session: scoped_session, posts: str, day: str, words: str
) -> None:
    page = _text(
        sign_in(_structure()).post(
            _url(session), data={"posts": posts, "available_from": day, "words": "Une équipe <b>prête</b>"}
        )
    )
    assert words in page
    assert f'value="{day}"' in page
    assert "Une équipe &lt;b&gt;prête&lt;/b&gt;" in page
    assert session.scalars(select(StaffingAnswer)).all() == []


def test_a_facilitator_closes_it_once_and_a_stale_page_is_a_409(
    site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    desk, one = sign_in(site.facilitator), _one(session)
    url, seen = f"{_url(session)}/etat", one.version
    assert desk.post(url, data={"version": seen + 5, "action": "cover"}).status_code == 409
    assert desk.post(url, data={"version": seen, "action": "answer"}).status_code == 404
    assert desk.post(url, data={"version": seen, "action": "nonsense"}).status_code == 400
    for _ in range(2):
        page = _text(desk.post(url, data={"version": seen, "action": "cover"}, follow_redirects=True))
        assert "Le besoin est pourvu." in page
    session.expire_all()
    assert _one(session).state is StaffingState.COVERED
    assert "Aucun lot ne manque de personnes" in _text(desk.get(LIST))


def test_a_structure_that_answered_still_reads_the_closed_need_and_answers_no_more(
    site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    aci, one, day = _structure(), _one(session), clock.today()
    service.answer(one.id, posts=2, available_from=day, words="", by=aci.actor, today=day)
    service.close(one.id, service.StaffingAction.COVER, version=one.version, by=site.facilitator.actor, today=day)
    desk = sign_in(aci)
    page = _text(desk.get(_url(session)))
    assert "Cette demande est close." in page
    page = _text(desk.post(_url(session), data={"posts": "3", "available_from": "01/12/2026"}))
    assert "Cela n’est plus possible" in page
    assert sign_in(_structure()).get(_url(session)).status_code == 404
    assert sign_in(aci).post(f"{_url(session)}/etat", data={"version": 1, "action": "cover"}).status_code == 403


def test_the_list_is_filtered_and_sorted_by_its_address(site: Site, sign_in: SignIn, session: scoped_session) -> None:
    late = a_lot(site.contract, 150, title="Cloisons")
    jobs.staff(clock.today())
    desk = sign_in(site.facilitator)
    assert "2 besoins" in _text(desk.get(LIST))
    assert "Cloisons" not in _text(desk.get(f"{LIST}?metier=agent-entretien"))
    assert "1 besoin" in _text(desk.get(f"{LIST}?lot={late.id}"))
    assert "Aucun besoin ne correspond" in _text(desk.get(f"{LIST}?urgence=2-semaines"))
    assert "Aucun besoin ne correspond" in _text(desk.get(f"{LIST}?territoire=sud-essonne"))
    for nonsense in ("?lot=x", "?territoire=x", "?tri=x", "?page=x", "?metier=x"):
        assert "2 besoins" in _text(desk.get(LIST + nonsense))
    for key in ("debut", "metier", "commune", "marche", "personnes"):
        assert desk.get(f"{LIST}?tri=-{key}").status_code == 200
    assert desk.get(f"{LIST}?export=xlsx").data.startswith(b"PK")
    assert "Cloisons" in _text(desk.get(f"{LIST}?export=csv"))


@pytest.mark.parametrize("who", ["facilitator", "structure", "firm"])
def test_a_page_takes_twelve_statements_at_most_whatever_its_rows(
    site: Site, sign_in: SignIn, session: scoped_session, statements: list[str], who: str
) -> None:
    for number in range(30):
        a_holder(a_lot(site.contract, 150, title=f"Lot {number}"), site.employer)
    session.flush()
    jobs.staff(clock.today())
    people = {"facilitator": site.facilitator, "structure": _structure(), "firm": site.employer}
    desk = sign_in(people[who])
    one = session.scalars(select(StaffingRequest)).first()
    for address in (LIST, f"{LIST}/{one.id}"):  # type: ignore[union-attr]
        desk.get(address)
        statements.clear()
        assert desk.get(address).status_code == 200
        assert len(statements) <= 12
