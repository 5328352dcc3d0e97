"""The pages of a break and of a closing: effects before the button, errors beside their field, openings at once."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.candidates.models import CandidateTravel, ReadinessEntry, WantedTrade
from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.follow_up.models import JobBreak
from app.follow_up.rules.kinds import BreakCause
from app.follow_up.rules.states import FollowUpState
from tests.conftest import Statements
from tests.factories.alerts import a_quiet_one
from tests.factories.follow_up import Followed, a_colleague
from tests.factories.offers import OfferFactory
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """Somebody who was ready before this job, and an opening of their trade in their town."""
    made = a_quiet_one()
    offer = OfferFactory(published=True)
    person = made.person.candidate
    assert person is not None
    person.consent_at, person.phone = clock.now(), "+33639980142"
    db.session.add(WantedTrade(candidate_id=person.id, trade_slug=offer.trade.slug, rank=1))
    db.session.add(CandidateTravel(candidate_id=person.id, means="car", max_minutes=60))
    db.session.add(
        ReadinessEntry(candidate_id=person.id, on=date(2026, 8, 1), by=made.referent.user.id, ready=True, checks=[])
    )
    session.commit()
    return made


def _words(page: Any) -> str:
    text = html.unescape(page.get_data(as_text=True)).replace("\u00a0", " ")
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def _said(**changes: str) -> dict[str, str]:
    said = {
        "row_id": str(uuid4()), "last_day": "05/11/2026", "cause": BreakCause.TRANSPORT.value, "decided_by": "person",
        "tried": "Un scooter prêté", "next_words": "Chercher plus près",
    }  # fmt: skip
    return {**said, **changes}


def _path(followed: Followed, end: str = "rupture") -> str:
    return f"/suivis/{followed.follow_up.id}/{end}"


def test_the_page_says_what_happens_before_the_button(followed: Followed, sign_in: SignIn) -> None:
    page = _words(sign_in(followed.referent).get(_path(followed)))
    assert page.index("Les visites à venir sont annulées") < page.index("Noter la rupture")
    assert all(words in page for words in ("Transport", "Garde d’enfant", "Fin du CDD", "Entreprise fermée"))


def test_after_a_break_the_openings_are_shown_the_same_day(followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.referent)
    answer = client.post(_path(followed), data=_said())
    assert answer.location == _path(followed, "apres-la-rupture")
    page = _words(client.get(answer.location))
    assert "Le dossier est de nouveau prêt à l’emploi" in page
    assert "L’offre qui va le mieux" in page
    assert "Camille a reçu le lien vers ces offres." in page


def test_a_form_sent_twice_is_one_break(followed: Followed, sign_in: SignIn) -> None:
    client, said = sign_in(followed.referent), _said()
    assert client.post(_path(followed), data=said).status_code == 303
    assert client.post(_path(followed), data=said).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(JobBreak)) == 1
    assert client.get(_path(followed)).location == _path(followed, "apres-la-rupture")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_day": "31/08/2026"}, "Ce jour est avant le début du travail."),
        ({"last_day": "07/12/2026"}, "Ce jour est trop loin : 31 jours à l’avance au plus."),
        ({"last_day": "bientôt"}, "Cette date n’existe pas."),
        ({"last_day": ""}, "Indiquez le dernier jour de travail."),
        ({"cause": ""}, "Choisissez la cause."),
        ({"cause": "paresse"}, "Choisissez une réponse de la liste."),
        ({"decided_by": ""}, "Dites qui a décidé."),
        ({"cause": "end_of_term", "decided_by": "nobody"}, "Ce contrat n’a pas de date de fin."),
        ({"cause": "business_closed"}, "Cette réponse ne va pas avec la cause choisie."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    followed: Followed, sign_in: SignIn, changes: dict[str, str], words: str
) -> None:
    answer = sign_in(followed.referent).post(_path(followed), data=_said(**changes))
    assert answer.status_code == 200
    assert words in _words(answer)
    assert "Un scooter prêté" in _words(answer)
    assert db.session.scalar(select(func.count()).select_from(JobBreak)) == 0


def test_what_lacks_is_said_and_openings_are_shown_all_the_same(followed: Followed, sign_in: SignIn) -> None:
    person = followed.person.candidate
    assert person is not None
    person.consent_at = None
    db.session.commit()
    client = sign_in(followed.referent)
    page = _words(client.get(client.post(_path(followed), data=_said()).location))
    assert "Il manque son accord pour être proposé à des employeurs." in page
    assert "Compléter le dossier" in page
    assert "L’offre qui va le mieux" in page
    assert "aucun message ne lui part" in page


def test_the_page_opens_for_somebody_who_lives_where_no_opening_is(followed: Followed, sign_in: SignIn) -> None:
    person = followed.person.candidate
    assert person is not None
    person.commune_insee = "91223"
    db.session.commit()
    client = sign_in(followed.referent)
    answer = client.get(client.post(_path(followed), data=_said()).location)
    assert answer.status_code == 200
    assert "La recherche reprend aujourd’hui · Étampes" in _words(answer)


def test_a_better_job_asks_for_the_new_one(followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.referent)
    page = _words(client.get(client.post(_path(followed), data=_said(cause="better_job")).location))
    assert "Notez le nouvel emploi" in page


@pytest.mark.parametrize("end", ["rupture", "apres-la-rupture", "cloture"])
def test_only_those_who_act_open_these_pages(followed: Followed, sign_in: SignIn, end: str) -> None:
    others = [a_colleague(followed), *(somebody(role) for role in (Role.FACILITATOR, Role.REFERENT))]
    db.session.commit()
    for one in others:
        assert sign_in(one).get(_path(followed, end)).status_code == 404
    for one in (followed.employer, followed.person, somebody(Role.DEPARTMENT)):
        db.session.commit()
        assert sign_in(one).get(_path(followed, end)).status_code == 403


def test_the_pages_send_few_statements(followed: Followed, sign_in: SignIn, statements: Statements) -> None:
    client = sign_in(followed.referent)
    statements.clear()
    client.get(_path(followed))
    assert len(statements) <= 12
    client.post(_path(followed), data=_said())
    client.get(_path(followed, "apres-la-rupture"))
    statements.clear()
    client.get(_path(followed, "apres-la-rupture"))
    assert len(statements) <= 12
    statements.clear()
    client.get(_path(followed, "cloture"))
    assert len(statements) <= 12


# --- closing ------------------------------------------------------------------------------------------------------


@pytest.fixture
def over(session: scoped_session, today: date) -> Followed:
    made = a_quiet_one(date(2026, 5, 5))
    session.commit()
    return made


def test_too_early_is_said_instead_of_the_form(followed: Followed, sign_in: SignIn) -> None:
    page = _words(sign_in(followed.referent).get(_path(followed, "cloture")))
    assert "C’est trop tôt pour clore" in page
    assert "Où en est la personne" not in page


def test_a_closing_proposes_what_the_facts_say(over: Followed, sign_in: SignIn) -> None:
    client = sign_in(over.referent)
    page = client.get(_path(over, "cloture")).get_data(as_text=True)
    assert re.search(r'value="kept"[^>]* checked', page)
    answer = client.post(
        _path(over, "cloture"), data={"version": over.follow_up.version, "outcome": "kept", "words": "Bon bilan"}
    )
    assert answer.location == f"/suivis/{over.follow_up.id}"
    db.session.refresh(over.follow_up)
    assert over.follow_up.state is FollowUpState.CLOSED
    assert client.get(_path(over, "cloture")).status_code == 303


def test_an_answer_against_the_facts_is_refused_beside_the_field(over: Followed, sign_in: SignIn) -> None:
    answer = sign_in(over.referent).post(
        _path(over, "cloture"), data={"version": over.follow_up.version, "outcome": "search", "words": "Bon bilan"}
    )
    assert "Un emploi court encore. Signalez d’abord la rupture." in _words(answer)
    assert "Bon bilan" in _words(answer)


def test_an_old_page_is_a_conflict(over: Followed, sign_in: SignIn) -> None:
    answer = sign_in(over.referent).post(_path(over, "cloture"), data={"version": 99, "outcome": "kept"})
    assert answer.status_code == 409
