"""The convention on its pages: what lacks is said with a way to it, the draft says nothing that a host may not know."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.candidates.models import CandidateProgramme
from app.candidates.rules import Programme
from app.core.french import siret
from app.core.grid import Grid
from app.core.roles import Role
from app.placements.rules.kinds import Party
from app.placements.rules.states import COUNTED, PlacementState
from tests.conftest import Statements
from tests.factories.people import Somebody, an_organisation, somebody
from tests.factories.placements import Placed, a_placement, a_signature
from tests.tagged_pdf import TaggedPdf

SignIn = Callable[[Somebody], FlaskClient]
_S = PlacementState


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def address(placed: Placed, end: str = "convention") -> str:
    return f"/stages/{placed.placement.id}/{end}"


def placed_in(session: scoped_session, state: PlacementState, **values: Any) -> Placed:
    """Somebody of whom everything is known that a host may not know."""
    place = an_organisation(name="Maison des solidarités de Massy")
    placed = a_placement(state, referent=somebody(Role.REFERENT, place), **values)
    person = placed.person.candidate
    assert person is not None
    person.phone, person.email = "+33199001122", "camille.privee@exemple.fr"
    session.add(CandidateProgramme(candidate_id=person.id, programme=Programme.RSA, since=date(2025, 1, 6)))
    session.commit()
    return placed


HIDDEN = ("17/05/1990", "17 mai 1990", "RSA", "solidarités", "camille.privee", "bénéficiaire", "Bénéficiaire")


@pytest.mark.parametrize("state", sorted(COUNTED))
def test_each_state_is_read_by_those_around_it_in_few_statements(
    session: scoped_session, today: date, sign_in: SignIn, statements: Statements, state: PlacementState
) -> None:
    placed = placed_in(session, state)
    agent = somebody(Role.DEPARTMENT)
    session.commit()
    for who in (placed.referent, placed.host, agent):
        client = sign_in(who)
        statements.clear()
        answer = client.get(address(placed))
        assert answer.status_code == 200
        assert len(statements) <= 12
        assert "Menuiserie du Val" in text(answer)
        assert client.get(f"/stages/{placed.placement.id}").status_code == 200


@pytest.mark.parametrize("state", sorted(set(PlacementState) - COUNTED))
def test_there_is_no_convention_before_the_yes(
    session: scoped_session, today: date, sign_in: SignIn, state: PlacementState
) -> None:
    placed = placed_in(session, state)
    for end in ("convention", "convention/brouillon", "convention.pdf", "convention/donnees", "signatures"):
        assert sign_in(placed.host).get(address(placed, end)).status_code == 404


def test_strangers_find_no_convention(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.ACCEPTED)
    strangers = [somebody(role) for role in (Role.EMPLOYER, Role.REFERENT)]
    session.commit()
    for stranger in strangers:
        for end in ("convention", "convention/brouillon", "convention.pdf", "convention/donnees"):
            assert sign_in(stranger).get(address(placed, end)).status_code == 404


def test_what_lacks_is_named_with_a_way_to_its_field(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.ACCEPTED, tutor_name="", tasks="", grid=Grid(), purpose=None)
    placed.person.candidate.birth_date = None  # type: ignore[union-attr]
    session.commit()
    client = sign_in(placed.referent)
    shown, form = text(client.get(address(placed))), text(client.get(address(placed, "convention/donnees")))
    assert "Il manque 5 données" in shown
    for anchor in ("tutor_name", "tasks", "grid-0", "purpose-0"):
        assert f'{address(placed, "convention/donnees")}#{anchor}"' in shown
        assert f'id="{anchor}"' in form
    assert f'href="/candidats/{placed.placement.candidate_id}/modifier/identite"' in shown


def test_a_host_is_not_told_that_a_birth_date_lacks(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.ACCEPTED, tutor_name="")
    placed.person.candidate.birth_date = None  # type: ignore[union-attr]
    session.commit()
    shown = text(sign_in(placed.host).get(address(placed)))
    assert "Il manque 1 donnée" in shown
    assert "naissance" not in shown
    assert "L’accompagnement complète le reste." in shown


def test_the_host_says_what_lacks_and_errors_stand_beside_their_field(
    session: scoped_session, today: date, sign_in: SignIn
) -> None:
    placed = placed_in(session, _S.ACCEPTED, tutor_name="")
    client, there = sign_in(placed.host), address(placed, "convention/donnees")
    said = {
        "version": "1", "host_siret": "73282932000074", "host_contact_name": "Léa Roux",
        "host_address": "3 rue du Bois",
        "purpose": "discover", "title": "Menuisier", "tasks": "Poncer", "hours_week": "49", "tutor_name": "Léa Roux",
        "tutor_phone": "0199004455", "grid-0-0-start": "9h", "grid-0-0-end": "12h",
    }  # fmt: skip
    wrong = client.post(there, data=said)
    assert wrong.status_code == 200
    assert 'aria-describedby="hours_week-hint hours_week-error"' in text(wrong)
    assert "48 heures au plus" in text(wrong)
    assert 'value="Léa Roux"' in text(wrong)
    right = client.post(there, data={**said, "hours_week": "28,5"})
    assert right.location == address(placed)
    session.refresh(placed.placement)
    assert (placed.placement.tutor_name, str(placed.placement.hours_week)) == ("Léa Roux", "28.50")


def test_one_who_saves_late_reads_both_versions(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.ACCEPTED)
    placed.placement.tasks = "Coller"
    session.commit()
    answer = sign_in(placed.referent).post(
        address(placed, "convention/donnees"), data={"version": "1", "tasks": "Scier", "title": "Menuisier"}
    )
    assert answer.status_code == 409
    assert "Coller" in text(answer)
    assert "Scier" in text(answer)


def test_from_the_yes_to_the_validation(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.ACCEPTED)
    client = sign_in(placed.referent)
    assert "La convention est prête" in text(client.get(address(placed)))
    assert client.post(address(placed, "convention/preparer"), data={"version": "1"}).location == address(placed)
    deposit = {"version": "2", "reference": "PMSMP-77", "deposited_on": "05/11/2026"}
    assert client.post(address(placed, "convention/depot"), data=deposit).location == address(placed)
    assert client.post(address(placed, "convention/depot"), data=deposit).location == address(placed)
    late = client.post(address(placed, "convention/validation"), data={"version": "3", "validated_on": "06/11/2026"})
    assert "La validation est datée d’après aujourd’hui." in text(late)
    assert 'id="validated_on-error"' in text(late)
    said = {"version": "3", "validated_on": "05/11/2026"}
    assert client.post(address(placed, "convention/validation"), data=said).location == address(placed)
    shown = text(client.get(address(placed)))
    assert "PMSMP-77" in shown
    assert "Validée le 5 novembre 2026" in shown
    session.refresh(placed.placement)
    assert placed.placement.state is _S.VALIDATED


def test_prepare_says_all_that_lacks_on_the_page(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.ACCEPTED, tasks="", tutor_name="")
    shown = text(sign_in(placed.referent).post(address(placed, "convention/preparer"), data={"version": "1"}))
    assert "La convention n’est pas prête" in shown
    assert "Il manque : les tâches." in shown
    assert "Il manque : le nom du tuteur ou de la tutrice." in shown


def test_a_correction_says_what_it_undoes(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.DEPOSITED)
    a_signature(placed.placement, Party.HOST)
    session.commit()
    client, there = sign_in(placed.referent), address(placed, "convention/corriger")
    assert "Les signatures notées sont retirées" in text(client.get(there))
    assert client.post(there, data={"version": "1"}).location == address(placed)
    session.refresh(placed.placement)
    assert (placed.placement.state, placed.placement.official_reference) == (_S.ACCEPTED, "")


def test_a_place_says_that_it_accompanies(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.ACCEPTED, prescriber_id=None, prescriber_organisation_id=None)
    client = sign_in(placed.referent)
    assert "Ma structure accompagne et signe" in text(client.get(address(placed)))
    assert client.post(address(placed, "convention/accompagnement")).location == address(placed)
    assert "Ma structure accompagne et signe" not in text(client.get(address(placed)))


def test_the_departement_reads_and_changes_nothing(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed, agent = placed_in(session, _S.PREPARED), somebody(Role.DEPARTMENT)
    session.commit()
    client = sign_in(agent)
    shown = text(client.get(address(placed)))
    assert "Noter le dépôt" not in shown
    assert "Noter une signature" not in shown
    assert client.get(address(placed, "convention/depot")).status_code == 403


# --- the draft --------------------------------------------------------------------------------------------


def test_the_draft_holds_what_the_form_of_the_state_asks(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(
        session, _S.ACCEPTED, access="Bus 319", equipment="Chaussures fournies", skills="Lire un plan",
        starts_on=date(2026, 11, 9), workplace_address="8 allée des Frênes",
    )  # fmt: skip
    shown = text(sign_in(placed.referent).get(address(placed, "convention/brouillon")))
    for words in (
        "BROUILLON : la convention officielle se fait sur le site de l’État", placed.person.user.last_name,
        siret(placed.placement.host_siret).replace("\u00a0", " "), "Sandrine Leroy",
        "Cheffe d’atelier", placed.host.user.full_name, "Poncer et assembler",
        "Lire un plan", "Découvrir un métier ou un secteur d’activité", "Bus 319", "Chaussures fournies",
        "8 allée des Frênes, Massy", "Maison des solidarités", "Du 09/11/2026 au 13/11/2026", "Total",
        "https://immersion-facile.beta.gouv.fr",
    ):  # fmt: skip
        assert words in shown, words


@pytest.mark.parametrize("end", ["convention", "convention/brouillon", "convention/donnees", "signatures"])
def test_no_page_of_the_host_says_why_somebody_is_accompanied(
    session: scoped_session, today: date, sign_in: SignIn, end: str
) -> None:
    placed = placed_in(session, _S.ACCEPTED)
    for party in Party:
        a_signature(placed.placement, party)
    session.commit()
    shown = text(sign_in(placed.host).get(address(placed, end)))
    assert [word for word in HIDDEN if word in shown] == []


@pytest.mark.parametrize("who", ["host", "referent", "person"])
def test_the_pdf_is_named_after_a_number_and_says_draft(
    session: scoped_session, today: date, sign_in: SignIn, pdf_machine: None, who: str
) -> None:
    placed = placed_in(session, _S.ACCEPTED)
    answer = sign_in(getattr(placed, who)).get(address(placed, "convention.pdf"))
    assert answer.mimetype == "application/pdf"
    name = f"brouillon-de-convention-de-stage-n-{placed.placement.number}.pdf"
    assert name in answer.headers["Content-Disposition"]
    pdf = TaggedPdf(answer.data)
    assert not pdf.faults()
    assert "BROUILLON" in pdf.text
    assert "1990" not in pdf.text
    assert "RSA" not in pdf.text
    assert ("solidarités" in pdf.text) == (who != "host")


def test_the_person_reads_their_own_draft_and_birth_dates_are_on_none(
    session: scoped_session, today: date, sign_in: SignIn
) -> None:
    placed = placed_in(session, _S.PREPARED)
    for who in (placed.person, placed.referent):
        shown = text(sign_in(who).get(address(placed, "convention/brouillon")))
        assert "BROUILLON" in shown
        assert re.search(r"\b1990\b", shown) is None
        assert "RSA" not in shown


def test_days_before_the_first_are_said(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.PREPARED, starts_on=today + timedelta(days=3))
    assert "Dans 3 jours : le stage commence le 8 novembre 2026" in text(sign_in(placed.referent).get(address(placed)))


@pytest.mark.parametrize(
    ("state", "end", "data"),
    [
        (_S.ACCEPTED, "convention/donnees", {"hours_week": "60", "title": "Menuisier"}),
        (_S.PREPARED, "convention/depot", {"reference": "PMSMP-7", "deposited_on": "31/12/2026"}),
        (_S.DEPOSITED, "convention/validation", {"validated_on": "31/12/2026"}),
    ],
)
def test_what_is_refused_is_shown_again_with_the_reason(
    session: scoped_session, today: date, sign_in: SignIn, state: PlacementState, end: str, data: dict[str, str]
) -> None:
    placed = placed_in(session, state)
    client = sign_in(placed.referent)
    answer = client.post(address(placed, end), data={"version": str(placed.placement.version), **data})
    assert answer.status_code == 200
    assert "48 heures au plus" in text(answer) or "d’après aujourd’hui" in text(answer)
