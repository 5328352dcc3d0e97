"""The page of an application as its employer reads it, and its buttons."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.accounts.queries import actor_of, candidate_user
from app.applications import service
from app.applications.models import Application
from app.applications.rules import ApplicationState, RefusalReason
from app.candidates.models import Barrier, CandidateBarrier, CandidateProgramme
from app.candidates.rules import Programme
from app.core.grid import Grid, Preset
from app.core.roles import Actor, Role
from tests.conftest import Statements
from tests.factories.applications import Market, a_market, a_ready_person, agreed, invited, proposed, sent
from tests.factories.candidates import mandate_for
from tests.factories.people import Somebody, somebody

SignIn = Callable[..., None]
S = ApplicationState
INBOX = "/candidatures"


@pytest.fixture
def market(session: scoped_session, today: date, sign_in: SignIn) -> Market:
    """The employer is signed in."""
    made = a_market(posts=2, grid=Grid.from_presets([Preset.EARLY]))
    sign_in(made.employer)
    return made


def _page(application: Application, end: str = "") -> str:
    return f"/candidatures/{application.id}{end}"


def _state(session: scoped_session, application: Application) -> ApplicationState:
    session.refresh(application)
    return application.state


def _named(first_name: str, last_name: str) -> Somebody:
    return a_ready_person(first_name=first_name, last_name=last_name)


def test_the_page_says_who_why_when_and_in_which_words(client: FlaskClient, market: Market, today: date) -> None:
    candidate = market.person.candidate
    candidate.grid, candidate.skills = Grid.from_presets([Preset.DAY]), ["lavage-vitres"]
    proposal = proposed(market, today)
    service.agree(proposal.id, by=market.person.actor, today=today)
    service.send([proposal.id], by=market.facilitator.actor, today=today)

    page = client.get(_page(proposal)).text.replace("\u00a0", " ")

    for said in (
        candidate.full_name,
        "Massy",
        "Même métier",
        "Agent d’entretien",
        "Horaires du poste",
        "dès maintenant",
    ):
        assert said in page
    assert "Lundi à vendredi : 8 h à 18 h" in page
    assert "avant le 20 novembre" in page


def test_the_employer_learns_nothing_that_the_law_keeps_from_them(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    candidate, other = market.person.candidate, a_market()
    candidate.birth_date, candidate.address, candidate.email = date(1979, 3, 2), "3, rue Haute", "camille@exemple.fr"
    candidate.own_words, candidate.french = "Je suis seule avec mes enfants.", 2
    session.add(CandidateProgramme(candidate_id=candidate.id, programme=Programme.RSA, since=date(2026, 1, 1)))
    session.add(CandidateBarrier(candidate_id=candidate.id, barrier=Barrier.CHILDCARE, note="crèche refusée"))
    mandate_for(market.facilitator, candidate)
    candidate.referent_id = somebody(Role.REFERENT).user.id
    session.commit()
    elsewhere = service.apply(
        other.offer.id, candidate_id=candidate.id, words="Ailleurs", by=market.person.actor, today=today
    )
    service.refuse(
        elsewhere.id, reason=RefusalReason.ABSENT, text="Vous n’êtes pas venu.", by=other.employer.actor, today=today
    )
    application = proposed(market, today)
    service.agree(application.id, by=market.facilitator.actor, today=today)
    service.send([application.id], by=market.facilitator.actor, today=today)
    service.write_note(application.id, text="Je suis libre.", by=market.facilitator.actor, today=today)

    pages = [client.get(_page(application, end)).text for end in ("", "/entretien", "/embauche", "/refus")]
    pages += [client.get(INBOX).text, client.get(f"{INBOX}?export=csv").text]

    assert "Je suis libre." in pages[0]
    hidden = (
        "RSA", "1979", "rue Haute", "camille@", candidate.phone[-8:], "enfants", "crèche", "Garde d’enfants", "PLIE",
        "mandat", market.facilitator.user.full_name, "pour le compte", "Score", "Ailleurs", "pas venu", ">88<",
        "conseiller", str(candidate.id),
    )  # fmt: skip
    for page in pages:
        assert [word for word in hidden if word in page] == []


def test_the_name_is_short_again_once_the_person_has_taken_back(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    application = sent(market, today, _named("Aline", "Kermarrec"))
    service.write_note(application.id, text="Bonjour", by=market.employer.actor, today=today)
    assert "Aline Kermarrec" in client.get(_page(application)).text
    service.withdraw(application.id, by=_person_of(application), today=today)
    for address in (_page(application), INBOX):
        page = client.get(address).text
        assert "Aline K." in page
        assert "Kermarrec" not in page


def _person_of(application: Application) -> Actor:
    user = candidate_user(application.candidate_id)
    assert user is not None
    actor = actor_of(user.id, None)
    assert actor is not None
    return actor


def test_another_employer_s_application_does_not_exist(
    client: FlaskClient, market: Market, today: date, sign_in: SignIn
) -> None:
    application = sent(market, today)
    sign_in(somebody(Role.EMPLOYER))
    for end in ("", "/entretien", "/embauche", "/refus"):
        assert client.get(_page(application, end)).status_code == 404
    assert client.post(_page(application, "/etat/examiner"), data={"version": "1"}).status_code == 404


def test_what_was_not_sent_does_not_exist_for_the_employer(client: FlaskClient, market: Market, today: date) -> None:
    assert client.get(_page(agreed(market, today))).status_code == 404


def test_the_buttons_are_those_of_the_workflow(client: FlaskClient, market: Market, today: date) -> None:
    fresh, meeting = sent(market, today), invited(market, today, a_ready_person())
    page = client.get(_page(fresh)).text
    for label in ("Proposer un entretien", "Embaucher", "Prendre en examen", "Mettre en attente", "Refuser"):
        assert label in page
    assert page.count("btn-main") == 1
    later = client.get(_page(meeting)).text
    assert "Proposer un entretien" not in later
    assert "Mettre en attente" not in later
    assert 'btn btn-main" href="/candidatures/' in later  # « Embaucher » is the main one now


@pytest.mark.parametrize(("verb", "state"), [("examiner", S.IN_REVIEW), ("attendre", S.POSTPONED)])
def test_one_button_acts(
    client: FlaskClient, session: scoped_session, market: Market, today: date, verb: str, state: ApplicationState
) -> None:
    application = sent(market, today)
    client.post(_page(application, f"/etat/{verb}"), data={"version": application.version})
    assert _state(session, application) is state


def test_a_page_opened_before_a_colleague_acted_shows_a_conflict(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    application = sent(market, today)
    before = application.version
    colleague = somebody(Role.EMPLOYER, market.employer.organisation)
    service.review(application.id, by=colleague.actor, today=today)

    answer = client.post(_page(application, "/etat/attendre"), data={"version": before})

    assert answer.status_code == 409
    assert _state(session, application) is S.IN_REVIEW


@pytest.mark.parametrize("end", ["", "/entretien", "/embauche", "/refus", "/refus?raison=other"])
def test_a_page_costs_few_statements(
    client: FlaskClient, market: Market, today: date, statements: Statements, end: str
) -> None:
    market.offer.required_licences = ["b"]
    application = sent(market, today)
    for number in range(10):
        service.write_note(application.id, text=f"Message {number}", by=market.person.actor, today=today)
    statements.clear()
    client.get(_page(application, end))
    assert len(statements) <= 12
