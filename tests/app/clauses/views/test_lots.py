"""« Lots et titulaires »: written, started, amended, shared, billed by a facilitator, page by page."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses.models import Holder, Lot, PublicContract, Tranche
from app.clauses.rules.states import ContractState
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.clauses import Site, a_contract, a_holder, a_lot, a_site
from tests.factories.people import an_organisation, somebody

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def site(client: FlaskClient, sign_in: SignIn, today: date) -> Site:
    """A facilitator with a contract that runs, signed in."""
    found = a_site(800)
    sign_in(found.facilitator)
    return found


def _page(client: FlaskClient, contract: PublicContract) -> str:
    answer = client.get(f"/clauses/marches/{contract.id}/lots")
    assert answer.status_code == 200
    return answer.text


def test_from_an_empty_contract_to_its_start(client: FlaskClient, site: Site, session: scoped_session) -> None:
    contract = a_contract(site.facilitator, state=ContractState.PREPARED, title="Neuf")
    session.commit()
    here = f"/clauses/marches/{contract.id}"
    start = {"action": "start", "version": str(contract.version)}
    answer = client.post(f"{here}/etat", data=start, headers={"Referer": f"http://localhost{here}/lots"})
    assert answer.location == f"{here}/lots"
    assert "Ajoutez au moins un lot" in _page(client, contract)

    lot = {"row_id": str(uuid4()), "number": "1", "title": "Peinture", "method": "stated", "hours": "250"}
    assert client.post(f"{here}/lots/nouveau", data=lot).status_code == 303
    assert "Aucun titulaire pour l’instant" in _page(client, contract)
    lot_id = session.scalars(select(Lot.id).where(Lot.contract_id == contract.id)).one()
    firm = {"row_id": str(uuid4()), "name": "Morel", "role": "sole", "share": "100"}
    assert client.post(f"/clauses/lots/{lot_id}/titulaires/nouveau", data=firm).status_code == 303
    session.refresh(contract)

    client.post(f"{here}/etat", data={"action": "start", "version": str(contract.version)})

    page = _page(client, contract)
    assert "Le marché a démarré" in page
    assert "250\u00a0h dues" in page
    assert "Enregistrer un avenant" in page
    session.refresh(contract)
    assert contract.state is ContractState.RUNNING


def test_a_method_asks_its_own_figures(client: FlaskClient, site: Site, session: scoped_session) -> None:
    contract = a_contract(site.facilitator, state=ContractState.PREPARED)
    path = f"/clauses/marches/{contract.id}/lots/nouveau"
    typed = {"row_id": str(uuid4()), "number": "1", "title": "Gros œuvre", "method": "labour_share"}
    assert client.post(path, data=typed).text.count("Ce chiffre est nécessaire") >= 4

    typed |= {"amount": "1 000 000", "labour_percent": "50", "insertion_percent": "5", "hourly_cost": "30"}
    assert client.post(path, data=typed).status_code == 303

    assert "833\u00a0h dues" in _page(client, contract)
    lot = session.scalars(select(Lot).where(Lot.contract_id == contract.id)).one()
    form = client.get(f"/clauses/lots/{lot.id}/modifier").text
    assert 'value="30"' in form
    assert "Retirer ce lot" in form


def test_an_avenant_is_written_and_the_history_shown(client: FlaskClient, site: Site) -> None:
    path = f"/clauses/marches/{site.contract.id}/avenants/nouveau"
    assert "Objectif du lot 1" in client.get(path).text
    typed = {
        "row_id": str(uuid4()),
        "version": str(site.contract.version),
        "label": "Logements en plus",
        "valid_from": "01/06/2026",
        f"lot_{site.lot.id.hex}": "960",
        "delivered_on": "31/03/2027",
    }

    assert client.post(path, data=typed).status_code == 303

    page = _page(client, site.contract)
    assert "du 02/03/2026\u00a0: 800\u00a0h ; avenant n°\u00a01 au 01/06/2026\u00a0: 960\u00a0h" in page.replace(
        "\u00a0;", " ;"
    )
    assert "Logements en plus" in page
    assert "connu le 05/11/2026" in page
    assert "960\u00a0h dues" in page


def test_a_stale_avenant_is_a_409_and_an_empty_one_is_refused(client: FlaskClient, site: Site) -> None:
    path = f"/clauses/marches/{site.contract.id}/avenants/nouveau"
    typed = {"label": "Avenant", "valid_from": "01/06/2026", f"lot_{site.lot.id.hex}": "800"}
    now = {"row_id": str(uuid4()), "version": str(site.contract.version)}
    assert "Cet avenant ne change rien" in client.post(path, data=typed | now).text

    answer = client.post(path, data=typed | {"row_id": str(uuid4()), "version": "0", "amount": "7000000"})

    assert answer.status_code == 409


def test_firms_are_added_shared_and_taken_away(client: FlaskClient, site: Site, session: scoped_session) -> None:
    an_organisation(name="Bâtir", siret="55210055400013")
    lot_id, here = site.lot.id, f"/clauses/titulaires/{site.holder.id}"
    lead = {"version": str(site.holder.version), "name": "Morel", "role": "mandatary", "share": "60"}
    assert client.post(f"{here}/modifier", data=lead).status_code == 303
    assert "Les parts font 60\u00a0%" in _page(client, site.contract)
    mate = {"row_id": str(uuid4()), "name": "Bâtir", "role": "co_contractor", "siret": "552 100 554 00013"}
    path = f"/clauses/lots/{lot_id}/titulaires/nouveau"
    assert "dépasse 100" in client.post(path, data=mate | {"share": "41"}).text
    assert client.post(path, data=mate | {"share": "40"}).status_code == 303
    page = _page(client, site.contract)
    assert "Elle a un compte" in page
    assert "Les parts font" not in page
    second = session.scalars(select(Holder).where(Holder.name == "Bâtir")).one()
    parts = {f"part_{site.holder.id.hex}": "30", f"part_{second.id.hex}": "69"}
    assert "100\u00a0% en tout" in client.post(f"/clauses/lots/{lot_id}/parts", data=parts).text
    parts[f"part_{second.id.hex}"] = "70"
    assert client.post(f"/clauses/lots/{lot_id}/parts", data=parts).status_code == 303

    removal = f"/clauses/titulaires/{second.id}/retirer"
    assert "Garder l’entreprise" in client.get(removal).text
    assert client.post(removal).status_code == 303
    assert "Bâtir" not in _page(client, site.contract)


def test_a_subcontractor_names_the_holder_it_works_for(client: FlaskClient, site: Site) -> None:
    path = f"/clauses/lots/{site.lot.id}/titulaires/nouveau"
    typed = {"row_id": str(uuid4()), "name": "Sous", "role": "subcontractor"}
    assert "Dites pour quel titulaire" in client.post(path, data=typed).text

    assert client.post(path, data=typed | {"principal": str(site.holder.id)}).status_code == 303

    assert f"Sous-traitant de {site.holder.name}" in _page(client, site.contract)


def test_a_tranche_is_added_then_affirmed(client: FlaskClient, site: Site, session: scoped_session) -> None:
    typed = {"row_id": str(uuid4()), "label": "Tranche optionnelle 1", "kind": "optional", "hours": "200"}
    assert client.post(f"/clauses/lots/{site.lot.id}/tranches/nouvelle", data=typed).status_code == 303
    tranche = session.scalars(select(Tranche)).one()
    path = f"/clauses/tranches/{tranche.id}/affermir"
    assert "Cette date est dans l’avenir" in client.post(path, data={"on": "06/11/2026"}).text

    assert client.post(path, data={"on": "01/09/2026"}).status_code == 303

    page = _page(client, site.contract)
    assert "1\u00a0000\u00a0h dues" in page
    assert "affermie le 01/09/2026" in page


def test_billing_moves_the_objective_of_a_lot_at_the_billed_rate(client: FlaskClient, site: Site) -> None:
    contract = a_contract(site.facilitator, state=ContractState.PREPARED)
    lot = {"row_id": str(uuid4()), "number": "1", "title": "Voirie", "method": "billed_rate"}
    rate = {"threshold": "2700000", "euros_per_hour": "2000"}
    client.post(f"/clauses/marches/{contract.id}/lots/nouveau", data=lot | rate)
    path = f"/clauses/lots/{lot['row_id']}/facturation"

    for day, total in (("30/06/2026", "2 702 000"), ("30/09/2026", "3 100 000")):
        data = {"row_id": str(uuid4()), "on": day, "cumulative": total}
        assert client.post(path, data=data).status_code == 303

    page = _page(client, contract)
    assert "200\u00a0h dues" in page
    assert "selon le montant facturé" in page
    down = {"row_id": str(uuid4()), "on": "31/10/2026", "cumulative": "1"}
    assert "il ne baisse jamais" in client.post(path, data=down).text


def test_giving_up_asks_first_and_wants_a_reason(client: FlaskClient, site: Site) -> None:
    path = f"/clauses/marches/{site.contract.id}/abandonner"
    assert "Garder le marché" in client.get(path).text
    seen = {"version": str(site.contract.version)}
    assert "Dites pourquoi" in client.post(path, data=seen).text
    assert client.post(f"/clauses/marches/{site.contract.id}/etat", data=seen | {"action": "cancel"}).status_code == 404

    assert client.post(path, data=seen | {"reason": "Sans suite"}).status_code == 303

    page = _page(client, site.contract)
    assert "Abandonné" in page
    assert "Rouvrir le marché" in page
    assert "Ajouter un titulaire" not in page


def test_a_lot_in_preparation_is_taken_away_after_a_question(client: FlaskClient, site: Site) -> None:
    contract = a_contract(site.facilitator, state=ContractState.PREPARED)
    lot = a_lot(contract, title="En trop")
    a_holder(lot)
    path = f"/clauses/lots/{lot.id}/retirer"
    assert "Garder le lot" in client.get(path).text

    assert client.post(path).status_code == 303

    assert "En trop" not in _page(client, contract)


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.REFERENT, Role.CANDIDATE])
def test_others_reach_none_of_these_pages(client: FlaskClient, site: Site, sign_in: SignIn, role: Role) -> None:
    sign_in(site.employer if role is Role.EMPLOYER else somebody(role))

    for path in (
        f"marches/{site.contract.id}/lots", f"marches/{site.contract.id}/lots/nouveau",
        f"marches/{site.contract.id}/avenants/nouveau", f"marches/{site.contract.id}/abandonner",
        f"lots/{site.lot.id}/modifier", f"lots/{site.lot.id}/titulaires/nouveau", f"lots/{site.lot.id}/parts",
        f"lots/{site.lot.id}/facturation", f"titulaires/{site.holder.id}/modifier",
    ):  # fmt: skip
        assert client.get(f"/clauses/{path}").status_code == 403


def test_a_facilitator_of_elsewhere_finds_none_of_it(client: FlaskClient, site: Site, sign_in: SignIn) -> None:
    sign_in(somebody(Role.FACILITATOR, territory=None))

    for path in (f"marches/{site.contract.id}/lots", f"lots/{site.lot.id}/modifier",
                 f"titulaires/{site.holder.id}/modifier"):  # fmt: skip
        assert client.get(f"/clauses/{path}").status_code == 404
    move = {"action": "deliver", "version": str(site.contract.version)}
    assert client.post(f"/clauses/marches/{site.contract.id}/etat", data=move).status_code == 404


def test_the_page_is_as_cheap_with_many_lots(client: FlaskClient, site: Site, statements: Statements) -> None:
    counts = []
    for more in (0, 8):
        for _ in range(more):
            a_holder(a_lot(site.contract))
        statements.clear()
        _page(client, site.contract)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 12
