"""« Métiers et personnes »: a SIAE says what it can have done; those who look for people read it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.organisations import queries
from app.organisations.rules import OrganisationKind, OrganisationState
from app.organisations.service import say_trade
from tests.factories.people import an_organisation, somebody

SignIn = Callable[[Any], FlaskClient]


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


def test_a_siae_adds_a_job_changes_its_number_and_takes_it_back(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    aci = somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI))
    sign_in(aci)
    url = f"/organisations/{aci.organisation.id}/metiers"  # type: ignore[union-attr]
    assert "Aucun métier pour l’instant" in _text(client.get(url))
    for people in ("3", "5"):
        assert client.post(url, data={"trade": "agent-entretien", "people": people}).status_code == 303
    [(slug, name, people_at_once)] = queries.trades_of(aci.organisation.id)  # type: ignore[union-attr]
    assert (slug, people_at_once) == ("agent-entretien", 5)
    assert f"{name} 5 personnes en même temps" in re.sub(
        r"<[^>]+>", "", _text(client.get(url.removesuffix("/metiers")))
    )
    assert client.post(f"{url}/agent-entretien/retirer").status_code == 303
    assert queries.trades_of(aci.organisation.id) == []  # type: ignore[union-attr]


def test_a_number_out_of_bounds_is_said_beside_its_field_and_the_job_is_kept(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    aci = somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI))
    sign_in(aci)
    answer = client.post(
        f"/organisations/{aci.organisation.id}/metiers",  # type: ignore[union-attr]
        data={"trade": "agent-entretien", "people": "0"},
    )
    page = _text(answer)
    assert "aria-invalid" in page
    assert 'value="agent-entretien"' in page
    assert queries.trades_of(aci.organisation.id) == []  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", [OrganisationKind.FIRM, OrganisationKind.SAP])
def test_a_firm_has_no_such_page(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, kind: OrganisationKind
) -> None:
    firm = somebody(Role.EMPLOYER, an_organisation(kind))
    sign_in(firm)
    url = f"/organisations/{firm.organisation.id}/metiers"  # type: ignore[union-attr]
    assert client.get(url).status_code == 404
    assert client.post(f"{url}/agent-entretien/retirer").status_code == 404


def test_nobody_says_it_for_another_siae_and_facilitators_read_it(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    geiq = an_organisation(OrganisationKind.GEIQ)
    say_trade(geiq.id, "agent-entretien", 4, by=somebody(Role.EMPLOYER, geiq).actor)
    for stranger in (somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI)), somebody(Role.FACILITATOR)):
        sign_in(stranger)
        answer = client.post(f"/organisations/{geiq.id}/metiers", data={"trade": "agent-entretien", "people": "9"})
        assert answer.status_code == 404
    assert "4 personnes en même temps" in _text(client.get(f"/organisations/{geiq.id}"))
    assert [people for *_, people in queries.trades_of(geiq.id)] == [4]


def test_the_near_are_those_who_do_the_job_within_so_many_kilometres_the_nearest_first(
    session: scoped_session,
) -> None:
    here = an_organisation(OrganisationKind.ACI, commune_insee="91223", name="À Étampes")
    near = an_organisation(OrganisationKind.GEIQ, commune_insee="91200", name="À Dourdan")
    others = [
        an_organisation(OrganisationKind.ACI, commune_insee=None),
        an_organisation(OrganisationKind.ACI, commune_insee="91377", name="Loin, à Massy"),
        an_organisation(OrganisationKind.ACI, commune_insee="91223", state=OrganisationState.CLOSED),
    ]
    boss = somebody(Role.ADMINISTRATOR).actor
    for organisation in (here, near, *others):
        say_trade(organisation.id, "agent-entretien", 2, by=boss)
    an_organisation(OrganisationKind.ACI, commune_insee="91223")
    found = queries.siae_near("agent-entretien", "91223", km=20)
    assert [(one.organisation.name, one.people) for one in found] == [("À Étampes", 2), ("À Dourdan", 2)]
    assert [round(one.km, 1) for one in found] == [0.0, 16.5]
    assert queries.siae_near("agent-entretien", "91223", km=16)[1:] == []
    assert queries.siae_near("no-such-trade", "91223") == []
