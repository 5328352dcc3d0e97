"""The employer's decisions: a meeting, a hire, a refusal in words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications import service
from app.applications.labels import REFUSAL_TEXTS
from app.applications.models import Application, Hire
from app.applications.rules import ApplicationState, RefusalReason
from app.candidates.models import Mandate
from app.core import clock
from app.core.grid import Grid, Preset
from app.offers.rules import EmploymentKind
from tests.factories.applications import Market, a_market, delivered, sent

SignIn = Callable[..., None]
S = ApplicationState


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


def test_a_meeting_is_proposed(client: FlaskClient, session: scoped_session, market: Market, today: date) -> None:
    application = sent(market, today)
    typed = {"version": application.version, "day": "9/11/2026", "hour": "9 h 30", "place": "Au dépôt, demander Julie"}

    answer = client.post(_page(application, "/entretien"), data=typed)

    assert answer.location == _page(application)
    assert _state(session, application) is S.INTERVIEW
    assert application.interview_at is not None
    assert f"{application.interview_at.astimezone(clock.PARIS):%d/%m/%Y %H:%M}" == "09/11/2026 09:30"
    assert "L’entretien est proposé" in client.get(answer.location).text


@pytest.mark.parametrize(
    ("hour", "read"), [("14", "14:00"), ("14h", "14:00"), ("9:05", "09:05"), ("9 h 5", None), ("0930", "09:30")]
)
def test_an_hour_is_read_as_people_write_it(
    client: FlaskClient, session: scoped_session, market: Market, today: date, hour: str, read: str | None
) -> None:
    application = sent(market, today)
    typed = {"version": application.version, "day": "09/11/2026", "hour": hour, "place": "Ici"}
    page = client.post(_page(application, "/entretien"), data=typed)
    if read is None:
        assert "Cette heure n’existe pas" in page.text
        return
    session.refresh(application)
    assert f"{application.interview_at.astimezone(clock.PARIS):%H:%M}" == read


def test_a_meeting_that_cannot_be_stays_typed(client: FlaskClient, market: Market, today: date) -> None:
    application = sent(market, today)
    wrong = {"version": application.version, "day": "31/02/2027", "hour": "25h", "place": ""}
    page = client.post(_page(application, "/entretien"), data=wrong).text
    for said in (
        "Cette date n’existe pas",
        "Cette heure n’existe pas",
        "Dites où la personne doit venir",
        "31/02/2027",
    ):
        assert said in page
    past = {"version": application.version, "day": "05/11/2026", "hour": "9h", "place": "Ici"}
    page = client.post(_page(application, "/entretien"), data=past).text
    assert "Ce rendez-vous est déjà passé" in page
    assert 'value="05/11/2026"' in page
    assert 'id="day-error"' in page


def test_the_hire_is_prefilled_from_the_offer(client: FlaskClient, market: Market, today: date) -> None:
    page = client.get(_page(sent(market, today), "/embauche")).text
    offer = market.offer
    assert f'value="{offer.start_on:%d/%m/%Y}"' in page
    assert f'value="{offer.end_on:%d/%m/%Y}"' in page
    assert '<option selected value="cdd">' in page
    assert 'value="28"' in page
    assert "Il restera 1\u00a0poste libre sur 2" in page


def _hired(application: Application, **changes: str) -> dict[str, str]:
    said = {
        "version": str(application.version),
        "start_on": "16/11/2026",
        "employment_kind": "cdd",
        "end_on": "30/06/2027",
        "hours_week": "28",
    }
    return {**said, **changes}


def test_a_hire_is_recorded_once(client: FlaskClient, session: scoped_session, market: Market, today: date) -> None:
    application = sent(market, today)
    typed = _hired(application, hours_week="26,5")
    for _ in range(2):
        assert client.post(_page(application, "/embauche"), data=typed).location == _page(application)

    hire = session.scalars(select(Hire)).one()
    assert (hire.start_on, hire.end_on, hire.hours_week) == (date(2026, 11, 16), date(2027, 6, 30), Decimal("26.5"))
    assert hire.employment_kind is EmploymentKind.CDD
    session.refresh(market.offer)
    assert market.offer.posts_filled == 1
    assert "26,50 h par semaine" in client.get(_page(application)).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"end_on": "01/11/2026"}, "end_on", "La fin est avant le début"),
        ({"employment_kind": "cdi"}, "end_on", "Un CDI n’a pas de date de fin"),
        ({"hours_week": "60"}, "hours_week", "le maximum légal est de 48"),
        ({"hours_week": "beaucoup"}, "hours_week", "Écrivez un nombre"),
        ({"start_on": "01/08/2026"}, "start_on", "Ce début est trop ancien"),
        ({"start_on": ""}, "start_on", "Dites quand la personne commence"),
        ({"employment_kind": "cddi"}, "employment_kind", "Choisissez une réponse de la liste"),
    ],
)
def test_a_hire_that_cannot_be_says_why_beside_its_field(
    client: FlaskClient,
    session: scoped_session,
    market: Market,
    today: date,
    changes: dict[str, str],
    field: str,
    said: str,
) -> None:
    application = sent(market, today)
    page = client.post(_page(application, "/embauche"), data=_hired(application, **changes)).text
    assert said in page.replace("\u00a0", " ")
    assert f'id="{field}-error"' in page
    for name, kept in changes.items():
        assert kept in page or name == "employment_kind"  # a list shows only what it offers
    assert session.scalars(select(Hire)).all() == []


def test_a_refusal_shows_its_words_before_it_leaves(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    application = sent(market, today)
    assert "Choisissez une raison" in client.get(_page(application, "/refus?suite=oui")).text
    assert "Choisissez une réponse de la liste" in client.get(_page(application, "/refus?raison=laid")).text
    address = _page(application, "/refus?raison=lacks_skills&suite=oui")
    assert REFUSAL_TEXTS[RefusalReason.LACKS_SKILLS] in client.get(address).text
    assert _state(session, application) is S.SENT

    empty = client.post(address, data={"version": application.version, "text": ""}).text
    assert "Écrivez ce que la personne lira." in empty
    words = "Vous n’avez pas encore conduit de monobrosse. Revenez nous voir !"
    answer = client.post(address, data={"version": application.version, "text": words})

    assert answer.location == _page(application)
    assert _state(session, application) is S.REFUSED
    assert (application.refusal_reason, application.refusal_text) == (RefusalReason.LACKS_SKILLS, words)
    page = client.get(answer.location).text
    assert words in page
    assert "il manque des compétences" in page


def test_what_is_over_offers_no_decision(
    client: FlaskClient, session: scoped_session, market: Market, today: date
) -> None:
    application = delivered(market, today)
    service.withdraw(application.id, by=market.person.actor, today=today)
    for end in ("/entretien", "/embauche", "/refus"):
        answer = client.get(_page(application, end))
        assert answer.location == "/accueil"
    page = client.get(_page(application)).text
    assert "Embaucher" not in page
    assert session.scalars(select(Mandate)).all() == []
