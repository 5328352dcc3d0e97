"""Two files of one person, through the pages: compared, merged, or told apart."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.candidates.models import Candidate
from app.core.roles import Role
from tests.factories.candidates import CandidateFactory, followed_by
from tests.factories.people import somebody

pytestmark = pytest.mark.usefixtures("today")
SignIn = Callable[[Any], FlaskClient]


def test_two_files_are_compared_then_made_one(session: scoped_session, sign_in: SignIn) -> None:
    plie = somebody(Role.FACILITATOR)
    kept = followed_by(plie, last_name="Kaddour", birth_date=date(1988, 4, 12))
    other = followed_by(plie, full=True, last_name="Kadour", consenting=True)
    client = sign_in(plie)
    assert f"/candidats/doublons/{kept.id}/{other.id}" in client.get("/candidats/doublons").get_data(as_text=True)
    address = f"/candidats/doublons/{kept.id}/{other.id}"
    page = client.get(address).get_data(as_text=True)
    for words in ("Nadia Kadour", "06\u00a012\u00a034\u00a056\u00a078", "Pas de travail en hauteur", "RSA"):
        assert words in page
    assert 'id="phone-merged" value="merged" checked' in page
    assert 'id="consent-kept" value="kept" checked' in page
    data = {"kept_version": 1, "merged_version": 1, "name": "merged", "phone": "merged", "consent": "kept"}
    for _ in range(2):
        answer = client.post(address, data=data)
        assert (answer.status_code, answer.location) == (303, f"/candidats/{kept.id}")
    session.expire_all()
    one = session.get_one(Candidate, kept.id)
    assert (one.last_name, one.phone, one.consent_at) == ("Kadour", "+33612345678", None)
    assert client.get(f"/candidats/{other.id}").location == f"/candidats/{kept.id}"
    assert client.get(address).location == f"/candidats/{kept.id}"


def test_a_comparison_that_has_grown_old_is_stale(sign_in: SignIn) -> None:
    plie = somebody(Role.FACILITATOR)
    kept, other = followed_by(plie, last_name="Kaddour"), followed_by(plie, last_name="Kaddour")
    data = {"kept_version": 1, "merged_version": 7}
    assert sign_in(plie).post(f"/candidats/doublons/{kept.id}/{other.id}", data=data).status_code == 409


def test_two_persons_are_told_apart_from_the_comparison(sign_in: SignIn) -> None:
    plie = somebody(Role.FACILITATOR)
    one, other = followed_by(plie, last_name="Kaddour"), followed_by(plie, last_name="Kaddour")
    client, address = sign_in(plie), f"/candidats/doublons/{one.id}/{other.id}/differents"
    assert "sont deux personnes" in client.get(address).get_data(as_text=True)
    assert client.post(address).location == "/candidats/doublons"
    assert "Aucun doublon" in client.get("/candidats/doublons").get_data(as_text=True)


def test_a_file_compared_with_itself_or_a_strangers_is_no_page(sign_in: SignIn) -> None:
    plie = somebody(Role.FACILITATOR)
    mine, theirs = followed_by(plie), CandidateFactory(commune_insee="91223")
    client = sign_in(plie)
    assert client.get(f"/candidats/doublons/{mine.id}/{mine.id}").status_code == 404
    assert client.get(f"/candidats/doublons/{mine.id}/{theirs.id}").status_code == 404
