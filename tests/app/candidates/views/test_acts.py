"""What professionals do through the pages: open, correct, say ready, hand out a code; bad input loses nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session
from werkzeug.test import TestResponse

from app.audit.models import AuditEntry
from app.candidates import queries, service
from app.candidates.models import Candidate, CandidateBarrier, Mandate
from app.candidates.rules import Barrier, FrenchLevel, Programme, ReadinessCheck
from app.core.roles import Role
from tests.factories.candidates import followed_by, mandate_for, wanted
from tests.factories.people import Somebody, somebody

pytestmark = pytest.mark.usefixtures("today")
SignIn = Callable[[Any], FlaskClient]
NEW = {"first_name": "Nadia", "last_name": "Kaddour", "birth_date": "12/04/1988", "commune": "massy", "language": "fr"}


@pytest.fixture
def who(session: scoped_session) -> Somebody:
    return somebody(Role.REFERENT)


def _saved(response: TestResponse) -> str:
    assert response.status_code == 303, response.get_data(as_text=True)
    return str(response.location)


def _again(response: TestResponse) -> str:
    """The page shown again with its errors."""
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "<title>Erreur\u00a0: " in page
    return page


def _fresh(session: scoped_session, key: UUID) -> Candidate:
    session.expire_all()
    return session.get_one(Candidate, key)


# --- open a file --------------------------------------------------------------------------------------------


def test_a_double_click_opens_one_file(session: scoped_session, sign_in: SignIn, who: Somebody) -> None:
    client, row_id = sign_in(who), str(uuid4())
    addresses = [_saved(client.post("/candidats/nouveau", data={**NEW, "row_id": row_id})) for _ in range(2)]
    assert addresses == [f"/candidats/{row_id}"] * 2
    assert session.scalar(select(func.count()).where(Candidate.last_name == "Kaddour")) == 1
    assert "La fiche de Nadia Kaddour est ouverte" in client.get(addresses[0]).get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("birth_date", "06/11/2026", "Cette date de naissance est dans le futur."),
        ("birth_date", "06/11/2010", "La personne a moins de 16\u00a0ans."),
        ("birth_date", "31/02/1990", "Cette date n’existe pas."),
        ("phone", "06 12", "Ce numéro n’existe pas."),
        ("email", "nadia@", "Cette adresse e-mail n’est pas complète."),
        ("commune", "Etampe-sur-Mer", "Nous ne connaissons pas cette commune de l’Essonne."),
        ("last_name", "", "Écrivez un nom."),
        ("first_name", "é" * 10_000, "C’est trop long\u00a0: 10\u00a0000 caractères."),
        ("address", "é" * 10_000, "C’est trop long\u00a0: 10\u00a0000 caractères."),
    ],
)
def test_bad_input_says_what_is_wrong_and_keeps_the_rest(
    session: scoped_session, sign_in: SignIn, who: Somebody, field: str, typed: str, message: str
) -> None:
    page = _again(sign_in(who).post("/candidats/nouveau", data={**NEW, "address": "3, rue Haute", field: typed}))
    assert message in page
    assert typed in page
    assert ("Kaddour" if field != "last_name" else "Nadia") in page
    assert session.scalar(select(func.count()).where(Candidate.first_name == "Nadia")) == 0


def test_every_error_comes_at_once(sign_in: SignIn, who: Somebody) -> None:
    wrong = {"birth_date": "06/11/2026", "phone": "06", "commune": "Paris", "last_name": ""}
    assert "Il y a 4 problèmes" in _again(sign_in(who).post("/candidats/nouveau", data={**NEW, **wrong}))


@pytest.mark.parametrize(("first", "last"), [("عائشة", "بن سعيد"), ("Zoé", "d’Arc O'Neill"), ("<b>", "& Cie")])
def test_any_name_is_written_as_it_was_typed(sign_in: SignIn, who: Somebody, first: str, last: str) -> None:
    client = sign_in(who)
    address = _saved(client.post("/candidats/nouveau", data={**NEW, "first_name": first, "last_name": last}))
    page = client.get(address).get_data(as_text=True)
    assert "<b>" not in page or first != "<b>"
    assert last.replace("&", "&amp;").replace("'", "&#39;") in page


def test_who_looks_alike_is_shown_first_then_told_apart(
    session: scoped_session, sign_in: SignIn, who: Somebody
) -> None:
    known = followed_by(who, last_name="Kadour", birth_date=date(1988, 4, 12))
    stranger = followed_by(somebody(Role.REFERENT), last_name="Kaddour", first_name="Nadia", birth_date=None)
    client, data = sign_in(who), {**NEW, "row_id": str(uuid4())}
    page = client.post("/candidats/nouveau", data=data).get_data(as_text=True)
    assert "Est-ce la même personne" in page
    assert f"dossier n° {known.number}" in page.lower().replace("\u00a0", " ")
    assert "même date de naissance et nom proche" in page
    assert str(stranger.number) not in page
    assert "Une fiche que vous ne suivez pas" in page
    assert session.get(Candidate, UUID(data["row_id"])) is None
    others = {"autre": [str(known.id), str(stranger.id)]}
    assert _saved(client.post("/candidats/nouveau", data={**data, **others})) == f"/candidats/{data['row_id']}"


# --- correct a section --------------------------------------------------------------------------------------


SECTIONS: dict[str, tuple[dict[str, Any], Callable[[Candidate], object], object]] = {
    "identite": (
        {**NEW, "phone": "06 12 34 56 78"},
        lambda one: (one.phone, one.commune_insee),
        ("+33612345678", "91377"),
    ),
    "francais": ({"french": "4"}, lambda one: one.french, 4),
    "competences": ({"skills": ["lavage-vitres"]}, lambda one: one.skills, ["lavage-vitres"]),
    "refus": ({"refusals": ["hauteur", "nuit"]}, lambda one: one.refusals, ["hauteur", "nuit"]),
    "disponibilite": (
        {"available_from": "16/11/2026", "grid-preset": "day", "hours_min": "17,5", "hours_max": "35"},
        lambda one: (one.available_from, float(one.hours_min or 0), one.grid and one.grid.hours),
        (date(2026, 11, 16), 17.5, 50),
    ),
}  # fmt: skip


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_is_saved_and_the_second_editor_sees_both_versions(
    session: scoped_session, sign_in: SignIn, who: Somebody, section: str
) -> None:
    typed, read, expected = SECTIONS[section]
    candidate = followed_by(who, trades=wanted("agent-entretien"))
    client, address = sign_in(who), f"/candidats/{candidate.id}/modifier/{section}"
    first = client.post(address, data={**typed, "version": candidate.version})
    assert _saved(first) == f"/candidats/{candidate.id}"
    assert read(_fresh(session, candidate.id)) == expected
    second = client.post(address, data={**typed, "version": 1})
    page = second.get_data(as_text=True)
    assert second.status_code == 409
    assert "Ce que vous avez écrit" in page
    assert "Ce qui est enregistré" in page
    assert 'name="version" value="2"' in page


def test_lines_of_programmes_and_titles_are_added_and_removed(
    session: scoped_session, sign_in: SignIn, who: Somebody
) -> None:
    candidate = followed_by(who, full=True)
    client, base = sign_in(who), f"/candidats/{candidate.id}/modifier"
    _saved(
        client.post(
            f"{base}/dispositifs",
            data={
                "version": candidate.version,
                "lines-0-programme": "",
                "lines-1-programme": "plie",
                "lines-1-since": "01/03/2026",
            },
        )
    )
    _saved(
        client.post(
            f"{base}/diplomes",
            data={
                "version": 2,
                "lines-0-title": "sst",
                "lines-0-obtained_on": "15/03/2026",
                "lines-1-title": "psc1",
                "licences": ["b", "c"],
            },
        )
    )
    page = client.get(f"/candidats/{candidate.id}").get_data(as_text=True)
    assert "depuis le 01/03/2026" in page
    assert "obtenu le 15/03/2026, valable jusqu’au 14/03/2028" in page
    assert [stay.programme for stay in queries.lines_of([candidate.id])[candidate.id].programmes] == [Programme.PLIE]


def test_a_programme_without_its_first_day_is_asked_for_it(sign_in: SignIn, who: Somebody) -> None:
    candidate = followed_by(who)
    data = {"version": 1, "lines-0-programme": "rsa"}
    page = _again(sign_in(who).post(f"/candidats/{candidate.id}/modifier/dispositifs", data=data))
    assert "Écrivez depuis quel jour." in page


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ({"hours_max": "60"}, "la loi permet 48\u00a0heures par semaine au plus"),
        ({"hours_min": "35", "hours_max": "20"}, "est plus petit que le plus petit"),
        ({"hours_min": "beaucoup"}, "Écrivez un nombre."),
        ({"hours_min": "0"}, "Écrivez plus de 0\u00a0heure"),
    ],
)
def test_hours_that_cannot_be_say_why(sign_in: SignIn, who: Somebody, hours: dict[str, str], message: str) -> None:
    candidate = followed_by(who)
    data = {"version": 1, "available_from": "16/11/2026", **hours}
    page = _again(sign_in(who).post(f"/candidats/{candidate.id}/modifier/disponibilite", data=data))
    assert message in page
    assert "16/11/2026" in page


def test_travel_by_each_means_is_saved(session: scoped_session, sign_in: SignIn, who: Somebody) -> None:
    candidate = followed_by(who, full=True)
    client, address = sign_in(who), f"/candidats/{candidate.id}/modifier/trajets"
    _saved(client.post(address, data={"version": 1, "bus_minutes": "45", "car_minutes": "30", "car_km": "12,5"}))
    page = client.get(f"/candidats/{candidate.id}").get_data(as_text=True)
    assert "En voiture\u00a0: 30\u00a0min, 12,5\u00a0km" in page
    assert "C’est trop" in _again(client.post(address, data={"version": 2, "bus_minutes": "200"}))


def test_jobs_are_searched_by_everyday_words_before_they_are_saved(
    session: scoped_session, sign_in: SignIn, who: Somebody
) -> None:
    candidate = followed_by(who, trades=wanted("macon"))
    client, address = sign_in(who), f"/candidats/{candidate.id}/modifier/metiers"
    found = client.post(address, data={"version": 1, "trades": "macon", "words": "ménage", "chercher": "1"})
    page = found.get_data(as_text=True)
    assert found.status_code == 200
    assert 'value="agent-entretien"' in page
    assert 'value="macon" checked' in page
    assert _fresh(session, candidate.id).version == 1
    assert "Cochez le métier" in _again(client.post(address, data={"version": 1, "trades": "macon", "words": "nounou"}))
    assert "Essayez un mot plus courant" in _again(client.post(address, data={"version": 1, "words": "xyzzy"}))
    data = {
        "version": 1, "trades": ["macon", "agent-entretien"], "first": "agent-entretien", "words": "ménage",
        "words_before": "ménage", "own_words": "J’aime l’ordre.",
    }  # fmt: skip
    _saved(client.post(address, data=data))
    page = client.get(f"/candidats/{candidate.id}").get_data(as_text=True)
    assert "Agent d’entretien\nMaçon" in page
    assert "«\u00a0J’aime l’ordre.\u00a0»" in page


def test_words_of_a_whole_family_offer_its_trades(sign_in: SignIn, who: Somebody) -> None:
    candidate = followed_by(who)
    data = {"version": 1, "words": "BTP", "chercher": "1"}
    page = sign_in(who).post(f"/candidats/{candidate.id}/modifier/metiers", data=data).get_data(as_text=True)
    assert 'value="macon"' in page


def test_barriers_are_the_referents_alone(session: scoped_session, sign_in: SignIn, who: Somebody) -> None:
    colleague, plie = somebody(Role.REFERENT, who.organisation), somebody(Role.FACILITATOR)
    candidate = followed_by(who, plie)
    address = f"/candidats/{candidate.id}/modifier/freins"
    data = {"version": 1, "housing": "y", "housing_note": "Hébergée chez sa sœur.", "debt_note": "pas coché"}
    _saved(sign_in(who).post(address, data=data))
    rows = session.scalars(select(CandidateBarrier)).all()
    assert [(row.barrier, row.note) for row in rows] == [(Barrier.HOUSING, "Hébergée chez sa sœur.")]
    assert "Hébergée chez sa sœur." in sign_in(who).get(f"/candidats/{candidate.id}").get_data(as_text=True)
    for other in (colleague, plie, somebody(Role.DEPARTMENT)):
        client = sign_in(other)
        page = client.get(f"/candidats/{candidate.id}").get_data(as_text=True)
        assert "sœur" not in page
        assert "Freins" not in page
        assert client.get(address).status_code in {403, 404}


def test_a_person_handed_over_leaves_the_list_without_an_error(
    session: scoped_session, sign_in: SignIn, who: Somebody
) -> None:
    other = somebody(Role.REFERENT)
    candidate = followed_by(who)
    data = {"version": 1, "referent": f"{other.user.id}:{other.actor.organisation_id}", "facilitator": ""}
    answer = sign_in(who).post(f"/candidats/{candidate.id}/modifier/accompagnement", data=data)
    assert _saved(answer) == "/candidats"


# --- act ----------------------------------------------------------------------------------------------------


def test_ready_is_said_with_every_check_then_taken_back(
    session: scoped_session, sign_in: SignIn, who: Somebody
) -> None:
    candidate = followed_by(who, trades=wanted("agent-entretien"))
    client, address = sign_in(who), f"/candidats/{candidate.id}/pret"
    every = [check.value for check in ReadinessCheck]
    page = _again(client.post(address, data={"version": 1, "checks": every[:4]}))
    assert "Cochez chaque point\u00a0: il en manque au moins un." in page
    _saved(client.post(address, data={"version": 1, "checks": every}))
    page = client.get(f"/candidats/{candidate.id}").get_data(as_text=True)
    assert f"Oui, depuis le 5 novembre 2026, dit par {who.user.full_name}" in page
    _saved(client.post(address, data={"version": 2, "explanation": "Part en formation."}))
    assert _fresh(session, candidate.id).ready_on is None


def test_consent_goes_through_the_person_or_a_mandate(session: scoped_session, sign_in: SignIn, who: Somebody) -> None:
    candidate = followed_by(who)
    client, address = sign_in(who), f"/candidats/{candidate.id}/accord"
    assert "Seule la personne peut le faire" in _again(client.post(address, data={"version": 1}))
    mandate_for(who, candidate)
    _saved(client.post(address, data={"version": 1}))
    assert _fresh(session, candidate.id).consent_at is not None
    page = client.get(f"/candidats/{candidate.id}").get_data(as_text=True)
    assert "Accord donné" in page
    assert "pour le compte de la personne" in page
    _saved(client.post(address, data={"version": 2, "retirer": "1"}))
    assert _fresh(session, candidate.id).consent_at is None


def test_a_mandate_is_recorded_once_and_withdrawn(session: scoped_session, sign_in: SignIn, who: Somebody) -> None:
    candidate = followed_by(who)
    client, address = sign_in(who), f"/candidats/{candidate.id}/mandat"
    data = {"row_id": str(uuid4()), "starts_on": "05/11/2026", "last_day": "04/05/2027", "reason": "Pas de téléphone."}
    assert "12\u00a0mois au plus" in _again(client.post(address, data={**data, "last_day": "05/11/2027"}))
    for _ in range(2):
        _saved(client.post(address, data=data))
    mandate = session.scalars(select(Mandate)).one()
    assert (mandate.ends_on, mandate.last_day) == (date(2027, 5, 5), date(2027, 5, 4))
    _saved(client.post(f"/candidats/{candidate.id}/mandats/{mandate.id}/retirer"))
    session.expire_all()
    assert session.get_one(Mandate, mandate.id).withdrawn_at is not None
    other = followed_by(who)
    assert client.post(f"/candidats/{other.id}/mandats/{mandate.id}/retirer").status_code == 404


def test_a_paper_code_is_printed_with_four_sentences(sign_in: SignIn, who: Somebody) -> None:
    candidate = followed_by(who)
    page = sign_in(who).post(f"/candidats/{candidate.id}/code").get_data(as_text=True)
    assert [f"<strong>{number}.</strong>" in page for number in range(1, 6)] == [True] * 4 + [False]
    assert "J’ai un code sur papier" in page


def test_names_are_searched_out_of_the_address(session: scoped_session, sign_in: SignIn, who: Somebody) -> None:
    candidate = followed_by(who, last_name="Kaddour")
    client = sign_in(who)
    answer = client.post("/candidats/recherche", data={"mots": "kaddour"})
    assert answer.status_code == 200
    assert f"/candidats/{candidate.id}" in answer.get_data(as_text=True)
    assert client.get("/candidats/recherche").status_code == 405
    assert "Personne ne porte ce nom" in client.post("/candidats/recherche", data={"mots": "zzz"}).get_data(
        as_text=True
    )
    assert "Écrivez un nom ou un numéro." in _again(client.post("/candidats/recherche", data={"mots": " "}))


def test_the_list_is_exported_as_it_is_filtered_and_the_trail_says_it(
    session: scoped_session, sign_in: SignIn, who: Somebody
) -> None:
    ready = followed_by(who, full=True, ready=True, consenting=True, last_name="=Kaddour")
    followed_by(who, last_name="Petit")
    client = sign_in(who)
    text = client.get("/candidats?pret=oui&export=csv").get_data(as_text=True)
    assert text.splitlines()[0].startswith("\ufeffDossier;Nom;Prénom;")
    assert text.splitlines()[1].startswith(f"{ready.number};'=Kaddour;Nadia;Massy;")
    assert "Petit" not in text
    assert client.get("/candidats?export=xlsx").data[:2] == b"PK"
    assert client.get("/candidats?export=exe").status_code == 200
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.action == "candidate.exported").order_by(AuditEntry.id)
    )
    assert [entry.details for entry in entries] == [{"count": 1, "kind": "csv"}, {"count": 2, "kind": "xlsx"}]


def test_the_history_of_the_file_says_who_did_what(sign_in: SignIn, who: Somebody) -> None:
    candidate = followed_by(who)
    service.save_french(candidate.id, FrenchLevel.B1, by=who.actor)
    client = sign_in(who)
    client.get(f"/candidats/{candidate.id}")
    page = client.get(f"/candidats/{candidate.id}").get_data(as_text=True)
    assert "Fiche modifiée\u00a0: Français" in page
    assert f"par {who.user.full_name}" in page
    assert "Fiche consultée, 2\u00a0fois" in page
