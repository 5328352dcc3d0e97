"""« Calibrage » as a facilitator uses it: figures, results, paragraph, lever, kept, applied."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.clauses.models import Calibration, LotVersion
from app.core.db import db
from app.core.roles import Role
from app.organisations.models import OrganisationTrade
from app.organisations.rules import OrganisationKind
from tests.factories.clauses import a_site
from tests.factories.people import an_organisation, somebody

pytestmark = pytest.mark.usefixtures("session", "today")
SignIn = Callable[[Any], FlaskClient]
SHARE = {"amount": "1 000 000", "share_labour": "50", "share_insertion": "5", "share_cost": "30"}
HOURS = {"hours_labour": "12 500", "hours_insertion": "10"}
BILLED = {"billed": "3 100 000", "billed_threshold": "2 700 000", "billed_slice": "2 000"}
CLEANING = {
    "amount": "600 000", "months": "36", "cleaning_takeover": "400", "cleaning_insertion": "7",
    "cleaning_slice": "25", "cleaning_floor": "150",
}  # fmt: skip
PATH = "/clauses/calibrage"


def text_of(page: Any) -> str:
    return str(page.get_data(as_text=True)).replace("\u00a0", " ")


def figures(*methods: dict[str, str], **values: str) -> dict[str, str]:
    found = {"title": "Nettoyage des collèges", "row_id": str(uuid4()), "share_cost": "30", "cleaning_slice": "25"}
    found["cleaning_floor"] = "150"
    for one in methods:
        found |= one
    return found | values


def results(text: str) -> str:
    return text[text.index('id="results"') : text.index('id="figures"')]


@pytest.mark.parametrize(
    ("method", "shown"),
    [
        (SHARE, ("833,33 h", "<strong>833 h</strong>")),
        (HOURS, ("<strong>1 250 h</strong>",)),
        (BILLED, ("<strong>200 h</strong>",)),
        (BILLED | {"billed": "2 699 999"}, ("<strong>0 h</strong>",)),
        (BILLED | {"billed": "2 701 999"}, ("<strong>0 h</strong>",)),
        (BILLED | {"billed": "2 702 000"}, ("<strong>1 h</strong>",)),
        (CLEANING, ("0,4000", "<strong>672 h</strong>")),
        (CLEANING | {"cleaning_takeover": "620"}, ("0,0700", "117,60 h", "Pas de clause", "sous le plancher")),
        (CLEANING | {"cleaning_takeover": "700"}, ("Pas de clause", "Le personnel repris fait déjà tout le travail.")),
    ],
)
def test_the_worked_figures_read_on_the_page(sign_in: SignIn, method: dict[str, str], shown: tuple[str, ...]) -> None:
    said = results(text_of(sign_in(somebody(Role.FACILITATOR)).post(PATH, data=figures(method))))
    for words in shown:
        assert words in said


def test_the_four_methods_stand_side_by_side_and_the_one_chosen_writes_the_paragraph(sign_in: SignIn) -> None:
    data = figures(SHARE, HOURS, BILLED, CLEANING, amount="1 000 000", method="hours_share", template="works_quarterly")
    text = text_of(sign_in(somebody(Role.DEPARTMENT)).post(PATH, data=data))
    for hours in ("833 h", "1 250 h", "200 h"):
        assert f"<strong>{hours}</strong>" in text
    paragraph = text[text.index('<textarea id="texte"') :]
    assert "1 250 h de travail au moins" in paragraph
    assert "200,00 €" in paragraph


def test_a_method_left_empty_is_said_to_be(sign_in: SignIn) -> None:
    text = results(text_of(sign_in(somebody(Role.FACILITATOR)).post(PATH, data=figures(SHARE))))
    assert text.count("Pas remplie") == 3


def test_the_lever_says_how_many_structures_near_know_the_trade(sign_in: SignIn) -> None:
    place = an_organisation(OrganisationKind.ACI, commune_insee="91345")
    db.session.add(OrganisationTrade(organisation_id=place.id, trade_slug="peintre", people=6))
    db.session.flush()
    data = figures(SHARE, trade="Peintre en bâtiment", commune="Massy", months="12", in_lots="y")
    text = text_of(sign_in(somebody(Role.FACILITATOR)).post(PATH, data=data))
    assert "1 structure à moins de 20 km sait faire ce métier, pour environ 6 personnes." in text
    assert "Réserver un lot aux SIAE" in text


@pytest.mark.parametrize(
    ("values", "anchor"),
    [
        ({"share_labour": "101"}, "share_labour"),
        ({"share_cost": "0"}, "share_cost"),
        ({"share_insertion": "-1"}, "share_insertion"),
        ({"amount": ""}, "amount"),
        ({"share_labour": "beaucoup"}, "share_labour"),
        ({"title": ""}, "title"),
        ({"commune": "Nulle-Part"}, "commune"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(sign_in: SignIn, values: dict[str, str], anchor: str) -> None:
    text = text_of(sign_in(somebody(Role.FACILITATOR)).post(PATH, data=figures(SHARE, **values)))
    assert f'id="{anchor}-error"' in text
    assert 'id="results"' not in text


def test_without_any_method_the_page_asks_for_one(sign_in: SignIn) -> None:
    text = text_of(sign_in(somebody(Role.FACILITATOR)).post(PATH, data=figures()))
    assert "Remplissez les chiffres d’une méthode au moins." in text


def test_a_result_beyond_measure_is_a_message(sign_in: SignIn) -> None:
    data = figures(SHARE, amount="999999999999", share_cost="0,01", share_labour="100", share_insertion="100")
    assert "démesuré" in text_of(sign_in(somebody(Role.FACILITATOR)).post(PATH, data=data))


def test_computing_keeps_nothing_and_keeping_twice_keeps_once(sign_in: SignIn) -> None:
    client, data = sign_in(somebody(Role.FACILITATOR)), figures(SHARE)
    client.post(PATH, data=data)
    count = select(func.count()).select_from(Calibration)
    assert db.session.scalar(count) == 0
    pages = [client.post(PATH, data={**data, "garder": "1"}) for _ in range(2)]
    assert [page.status_code for page in pages] == [303, 303]
    assert db.session.scalar(count) == 1
    text = text_of(client.get(pages[0].location))
    assert "833,33 h" in text
    assert "Paragraphe pour le marché" in text


def test_a_calibration_kept_can_be_taken_up_again(sign_in: SignIn) -> None:
    client = sign_in(somebody(Role.FACILITATOR))
    data = figures(SHARE, trade="peintre", commune="Massy", months="12", garder="1")
    kept = client.post(PATH, data=data).location
    text = text_of(client.get(f"{PATH}?depuis={kept.rsplit('/', 1)[1]}"))
    for value in ("1000000", "Peintre en bâtiment", "Massy"):
        assert f'value="{value}"' in text


def test_the_list_finds_sorts_and_leaves(sign_in: SignIn) -> None:
    client = sign_in(somebody(Role.FACILITATOR))
    for title, method in (("Peinture des écoles", SHARE), ("Voirie", HOURS)):
        client.post(PATH, data=figures(method, title=title, garder="1"))
    text = text_of(client.get("/clauses/calibrages?tri=-heures"))
    assert text.index("Voirie") < text.index("Peinture des écoles")
    assert "Voirie" not in text_of(client.get("/clauses/calibrages?mots=peinture"))
    assert "Voirie;Part des heures de travail;1250,00" in text_of(client.get("/clauses/calibrages?export=csv"))


def test_a_lot_found_by_the_number_of_its_contract_takes_the_objective(sign_in: SignIn) -> None:
    site = a_site()
    client = sign_in(site.facilitator)
    kept = client.post(PATH, data=figures(SHARE, garder="1")).location
    search = f"{kept}?marche={site.contract.number}"
    assert str(site.lot.id) in text_of(client.get(search))
    page = client.post(
        f"{kept}/lot?marche={site.contract.number}", data={"lot": str(site.lot.id), "valid_from": "01/12/2026"}
    )
    assert page.status_code == 303
    version = db.session.scalars(select(LotVersion).where(LotVersion.hours == 833)).one()
    assert (version.lot_id, version.known_from) == (site.lot.id, date(2026, 12, 1))
    assert "Appliqué au lot 1" in text_of(client.get(kept))


def test_a_lot_that_the_search_did_not_offer_is_refused(sign_in: SignIn) -> None:
    site, other = a_site(), a_site()
    client = sign_in(site.facilitator)
    kept = client.post(PATH, data=figures(SHARE, garder="1")).location
    data = {"lot": str(other.lot.id), "valid_from": "01/12/2026"}
    page = client.post(f"{kept}/lot?marche={site.contract.number}", data=data)
    assert "Choisissez une réponse de la liste." in text_of(page)


def test_the_calibrations_of_another_organisation_are_not_found(sign_in: SignIn) -> None:
    kept = sign_in(somebody(Role.FACILITATOR)).post(PATH, data=figures(SHARE, garder="1")).location
    assert sign_in(somebody(Role.FACILITATOR)).get(kept).status_code == 404
    assert sign_in(somebody(Role.DEPARTMENT)).get(kept).status_code == 200


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.REFERENT, Role.CANDIDATE])
def test_others_do_not_calibrate(sign_in: SignIn, role: Role) -> None:
    client = sign_in(somebody(role))
    assert {client.get(path).status_code for path in (PATH, "/clauses/calibrages")} == {403}


def test_the_pages_read_little(sign_in: SignIn, statements: list[str]) -> None:
    site = a_site()
    client = sign_in(site.facilitator)
    data = figures(SHARE, trade="peintre", commune="Massy", months="12", template="monthly")
    kept, *_ = [client.post(PATH, data=figures(SHARE, garder="1")).location for _ in range(7)]
    for send in (
        lambda: client.post(PATH, data=data),
        lambda: client.get(PATH),
        lambda: client.get("/clauses/calibrages"),
        lambda: client.get(f"{kept}?marche={site.contract.number}"),
    ):
        statements.clear()
        assert send().status_code == 200
        assert len(statements) <= 12, len(statements)
