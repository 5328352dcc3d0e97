"""« Mon profil »: one question a page, kept as soon as it is sent; the person sees all that is theirs and decides."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session
from werkzeug.test import TestResponse

from app.candidates import queries, service
from app.candidates.labels import QUESTIONS
from app.candidates.models import Candidate
from app.candidates.rules import Barrier, Means, Question
from app.candidates.rules.questions import WIZARD
from app.candidates.rules.sections import NotedBarrier, TravelLimit
from app.core import clock
from app.core.roles import Role
from app.core.settings import ROOT
from tests.factories.candidates import CandidateFactory, mandate_for, person_with_access
from tests.factories.people import Somebody, somebody

pytestmark = pytest.mark.usefixtures("today")
SignIn = Callable[[Any], FlaskClient]
ANSWERS: dict[Question, dict[str, Any]] = {
    Question.JOBS: {"ticked": ["agent-entretien"], "words": "ménage", "words_before": "ménage", "own_words": "Dehors."},
    Question.SKILLS: {"ticked": ["lavage-vitres"]},
    Question.TITLES: {"ticked": ["sst"], "words": "sst", "words_before": "sst", "licences": ["b"]},
    Question.START: {"when": "date", "day": "16", "month": "11", "year": "2026"},
    Question.WEEK: {"grid-preset": ["day", "early"]},
    Question.HOURS: {"hours_min": "20", "hours_max": "35"},
    Question.TRAVEL: {"bus": "45", "foot": "30"},
    Question.FRENCH: {"french": "2"},
    Question.REFUSALS: {"refusals": ["hauteur"], "others": ["animaux"]},
}


@pytest.fixture
def me(session: scoped_session) -> Somebody:
    return person_with_access(phone="+33612345678")


def _file(me: Somebody, session: scoped_session) -> Candidate:
    session.expire_all()
    assert me.candidate is not None
    return session.get_one(Candidate, me.candidate.id)


def _send(
    client: FlaskClient, me: Somebody, question: Question, data: dict[str, Any], going_on: bool = True
) -> TestResponse:
    assert me.candidate is not None
    suite = "?suite=oui" if going_on else ""
    version = queries.the_candidate(me.actor, me.candidate.id).version
    return client.post(f"/mon-profil/questions/{question.value}{suite}", data={"version": version, **data})


def test_nine_answers_one_after_another_make_a_profil(session: scoped_session, sign_in: SignIn, me: Somebody) -> None:
    client = sign_in(me)
    assert client.get("/mon-profil/commencer").location == "/mon-profil/questions/metiers?suite=oui"
    for number, question in enumerate(WIZARD, 1):
        page = client.get(f"/mon-profil/questions/{question.value}?suite=oui").get_data(as_text=True)
        assert f"Question {number} sur 9" in page
        session.expire_all()
        answer = _send(client, me, question, ANSWERS[question])
        assert answer.status_code == 303, question
        following = f"questions/{WIZARD[number].value}?suite=oui" if number < 9 else "accord"
        assert answer.location == f"/mon-profil/{following}"
    candidate = _file(me, session)
    lines = queries.lines_of([candidate.id])[candidate.id]
    assert (lines.trade_slugs, candidate.own_words) == (["agent-entretien"], "Dehors.")
    assert (candidate.skills, candidate.licences, candidate.french) == (["lavage-vitres"], ["b"], 2)
    assert candidate.available_from == date(2026, 11, 16)
    assert (candidate.hours_min, candidate.hours_max) == (Decimal(20), Decimal(35))
    assert (candidate.grid and candidate.grid.hours, candidate.refusals) == (65, ["hauteur", "animaux"])
    assert set(candidate.answered) == {question.value for question in WIZARD}
    page = client.get("/mon-profil").get_data(as_text=True)
    assert "Il reste" not in page
    for words in (
        "Agent d’entretien", "Laver des vitres", "Sauveteur secouriste", "lundi 16 novembre",
        "20 à 35\u00a0h par semaine", "En bus ou en train\u00a0: 45\u00a0min", "Je me débrouille tous les jours",
        "Pas d’animaux", "06\u00a012\u00a034",
    ):  # fmt: skip
        assert words in page, words


def test_stopping_keeps_the_answers_and_coming_back_goes_on(
    sign_in: SignIn, me: Somebody, session: scoped_session
) -> None:
    client = sign_in(me)
    _send(client, me, Question.JOBS, ANSWERS[Question.JOBS])
    session.expire_all()
    _send(client, me, Question.TITLES, {})
    assert client.get("/mon-profil/commencer").location == "/mon-profil/questions/competences?suite=oui"
    page = client.get("/mon-profil").get_data(as_text=True)
    assert "Il reste 7\u00a0questions" in page
    assert "Rien" in page


def test_change_comes_back_to_the_profil(sign_in: SignIn, me: Somebody) -> None:
    answer = _send(sign_in(me), me, Question.SKILLS, ANSWERS[Question.SKILLS], going_on=False)
    assert answer.location == "/mon-profil"


def test_a_word_is_searched_before_an_answer_is_saved(session: scoped_session, sign_in: SignIn, me: Somebody) -> None:
    before = _file(me, session).version
    client = sign_in(me)
    page = _send(client, me, Question.JOBS, {"words": "femme de ménage", "chercher": "1"}).get_data(as_text=True)
    assert 'value="agent-entretien"' in page
    page = _send(client, me, Question.JOBS, {"words": "nounou"}).get_data(as_text=True)
    assert "Cochez une réponse dans la liste, puis continuez." in page
    page = _send(client, me, Question.TITLES, {"words": "xyzzy", "chercher": "1"}).get_data(as_text=True)
    assert "Nous ne connaissons pas ce mot." in page
    assert _file(me, session).version == before


def test_skills_offered_are_those_of_the_jobs_wanted(sign_in: SignIn) -> None:
    me = person_with_access()
    assert me.candidate is not None
    service.save_jobs(me.candidate.id, ["agent-entretien"], "", by=me.actor)
    page = sign_in(me).get("/mon-profil/questions/competences").get_data(as_text=True)
    assert 'value="lavage-vitres"' in page
    assert 'value="transferts"' not in page


def _on(day: str, month: str, year: str) -> dict[str, str]:
    return {"when": "date", "day": day, "month": month, "year": year}


@pytest.mark.parametrize(
    ("question", "typed", "message"),
    [
        (Question.START, _on("31", "11", "2026"), "Le 31\u00a0novembre n’existe pas. Novembre a 30\u00a0jours."),
        (Question.START, _on("1", "13", "2026"), "Le mois va de 1 à 12."),
        (Question.START, _on("1", "1", "26"), "Vérifiez l’année."),
        (Question.START, {"when": "date", "day": "un"}, "Écrivez le jour, le mois et l’année"),
        (Question.START, {}, "Choisissez une réponse."),
        (Question.HOURS, {"hours_max": "60"}, "48\u00a0heures par semaine au plus"),
        (Question.HOURS, {"hours_min": "35", "hours_max": "20"}, "plus petit que le plus petit"),
        (Question.FRENCH, {"french": "9"}, "Choisissez une réponse de la liste."),
        (Question.HOME, {"commune": "Paris"}, "Nous ne connaissons pas cette ville en Essonne."),
        (Question.CONTACT, {"phone": "06", "email": ""}, "Ce numéro n’existe pas."),
        (Question.CONTACT, {"phone": "", "email": ""}, "Gardez un téléphone ou un e-mail"),
        (Question.NAME, {"first_name": "x" * 10_000, "last_name": "y"}, "C’est trop long"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_explained_and_kept_on_the_page(
    session: scoped_session, sign_in: SignIn, me: Somebody, question: Question, typed: dict[str, str], message: str
) -> None:
    before = _file(me, session).version
    answer = _send(sign_in(me), me, question, typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<title>Erreur\u00a0: " in page
    assert message in page
    assert all(f'value="{text}"' in page for text in typed.values() if text and text not in {"9", "date"})
    assert _file(me, session).version == before


def test_now_and_not_yet_are_answers(session: scoped_session, sign_in: SignIn, me: Somebody) -> None:
    client = sign_in(me)
    _send(client, me, Question.START, {"when": "now"})
    assert _file(me, session).available_from == date(2026, 11, 5)
    _send(client, me, Question.START, {"when": "unknown"})
    assert _file(me, session).available_from is None
    assert "Je ne sais pas encore" in client.get("/mon-profil").get_data(as_text=True)


def test_contact_and_home_are_corrected_by_the_person(session: scoped_session, sign_in: SignIn, me: Somebody) -> None:
    client = sign_in(me)
    _send(client, me, Question.CONTACT, {"phone": "", "email": "Nadia@Exemple.fr"}, going_on=False)
    session.expire_all()
    _send(client, me, Question.HOME, {"commune": "etampes", "address": "3, rue Haute"}, going_on=False)
    session.expire_all()
    _send(client, me, Question.NAME, {"first_name": "عائشة", "last_name": "d’Arc"}, going_on=False)
    one = _file(me, session)
    assert (one.phone, one.email, one.commune_insee, one.address) == (None, "nadia@exemple.fr", "91223", "3, rue Haute")
    assert one.full_name == "عائشة d’Arc"


def test_a_limit_in_kilometres_survives_the_persons_page(session: scoped_session, sign_in: SignIn) -> None:
    me = person_with_access()
    assert me.candidate is not None
    service.save_travel(me.candidate.id, [TravelLimit(Means.CAR, None, Decimal(20))], by=me.actor)
    client = sign_in(me)
    assert '<option selected value="km">' in client.get("/mon-profil/questions/trajet").get_data(as_text=True)
    _send(client, me, Question.TRAVEL, {"car": "km", "bus": "30"})
    assert queries.lines_of([me.candidate.id])[me.candidate.id].travels == [
        TravelLimit(Means.BUS, 30),
        TravelLimit(Means.CAR, None, Decimal(20)),
    ]


def test_two_screens_of_one_person_do_not_overwrite_each_other(sign_in: SignIn, me: Somebody) -> None:
    client = sign_in(me)
    _send(client, me, Question.HOURS, {"hours_max": "20"})
    answer = client.post("/mon-profil/questions/heures", data={"version": 1, "hours_max": "35"})
    assert answer.status_code == 409
    assert "Quelqu’un a changé" in answer.get_data(as_text=True)


# --- who sees me --------------------------------------------------------------------------------------------


def test_consent_is_given_and_withdrawn_at_once(session: scoped_session, sign_in: SignIn) -> None:
    me = person_with_access(ready_on=date(2026, 11, 1), ready_by=somebody(Role.REFERENT).user.id)
    assert me.candidate is not None
    client = sign_in(me)
    assert "Aucune entreprise ne voit votre profil." in client.get("/mon-profil").get_data(as_text=True)
    client.post("/mon-profil/accord", data={"version": me.candidate.version})
    assert str(me.candidate.id) in {person.id for person in queries.matching_rows().candidates}
    assert "Votre profil est visible par les entreprises" in client.get("/mon-profil").get_data(as_text=True)
    client.post("/mon-profil/accord", data={"version": 1, "retirer": "1"})
    assert queries.matching_rows().candidates == []


def test_everything_is_shown_but_barriers_and_notes(session: scoped_session, sign_in: SignIn, me: Somebody) -> None:
    referent = somebody(Role.REFERENT)
    assert me.candidate is not None
    me.candidate.referent_id = referent.user.id
    session.commit()
    service.save_barriers(me.candidate.id, [NotedBarrier(Barrier.HOUSING, "Hébergée.")], by=referent.actor)
    client = sign_in(me)
    pages = "".join(client.get(f"/mon-profil{end}").get_data(as_text=True) for end in ("", "/historique", "/accord"))
    assert referent.user.full_name in pages
    assert "Par Alex" in pages
    for words in ("Hébergée", "Logement", "Frein", "freins"):
        assert words not in pages


def test_the_person_ends_a_mandate_and_nobody_elses(session: scoped_session, sign_in: SignIn, me: Somebody) -> None:
    referent = somebody(Role.REFERENT)
    assert me.candidate is not None
    mine, other = mandate_for(referent, me.candidate), mandate_for(referent, CandidateFactory())
    client = sign_in(me)
    assert client.post(f"/mon-profil/mandats/{other.id}/retirer").status_code == 404
    assert client.post(f"/mon-profil/mandats/{mine.id}/retirer").status_code == 303
    session.expire_all()
    assert (mine.withdrawn_at, other.withdrawn_at) == (clock.now(), None)
    with clock.frozen(clock.today() + timedelta(days=1)):
        assert "peut agir pour vous" not in client.get("/mon-profil").get_data(as_text=True)


# --- plain words --------------------------------------------------------------------------------------------


def _sentences(text: str) -> list[str]:
    bare = re.sub(r"{#.*?#}|{%.*?%}|<[^>]+>", "\n", text, flags=re.DOTALL)
    bare = re.sub(r"{{.*?}}", " x ", bare, flags=re.DOTALL)
    return [" ".join(part.split()) for part in re.split(r"[.!?;:\n]", bare) if part.strip()]


_PLAIN = sorted([*ROOT.glob("templates/candidates/my_*.html"), *ROOT.glob("templates/candidates/*question*.html")])


@pytest.mark.parametrize("path", _PLAIN, ids=lambda path: path.name)
def test_sentences_for_the_person_have_fifteen_words_at_most(path: Path) -> None:
    long = [sentence for sentence in _sentences(path.read_text()) if len(sentence.split()) > 15]
    assert not long


def test_questions_are_short() -> None:
    assert set(QUESTIONS) == set(Question)
    assert all(len(words.split()) <= 12 and words.endswith("\u00a0?") for words in QUESTIONS.values())
