"""« À faire aujourd’hui »: what waits about stages and events is there, opens, and costs no more when long."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.applications import service as applications
from app.core import clock
from app.core.roles import Role
from app.events.rules.kinds import EventKind
from app.events.rules.states import BookingState
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind
from app.placements.rules.states import PlacementState
from tests.app.events.service.test_tasks import a_task
from tests.conftest import Statements
from tests.factories.applications import Market, a_ready_person, sent
from tests.factories.clauses import a_contract, a_holder, a_lot
from tests.factories.events import a_booking, an_event
from tests.factories.offers import OfferFactory
from tests.factories.people import Somebody, an_organisation, somebody
from tests.factories.placements import a_placement, a_tripartite

_S = PlacementState
SignIn = Callable[[Any], FlaskClient]


def _asked_of_a_host(who: Somebody) -> None:
    a_placement(_S.WISHED, host=who)


def _over_at_a_host(who: Somebody) -> None:
    a_placement(_S.ENDED, host=who)


def _dates_at_a_host(who: Somebody) -> None:
    a_tripartite(placed=a_placement(_S.RUNNING, host=who))


def _agreed_soon(who: Somebody) -> None:
    a_placement(_S.ACCEPTED, referent=who, starts_on=clock.today() + timedelta(days=3))


def _deposited_soon(who: Somebody) -> None:
    a_placement(_S.DEPOSITED, referent=who, starts_on=clock.today() + timedelta(days=3))


def _declared_host(who: Somebody) -> None:
    a_placement(_S.WISHED, referent=who, host_organisation_id=None)


def _over(who: Somebody) -> None:
    a_placement(_S.STOPPED, referent=who)


def _silent_host(who: Somebody) -> None:
    a_placement(_S.WISHED, referent=who)


def _dates_to_say(who: Somebody) -> None:
    a_tripartite(placed=a_placement(_S.RUNNING, referent=who))


def _over_event(who: Somebody) -> None:
    a_booking(an_event(EventKind.OPEN_DAY, organiser=who, starts_at=clock.now() - timedelta(days=1)))


def _silent_guest(who: Somebody) -> None:
    staged = an_event(EventKind.OPEN_DAY, organiser=who, starts_at=clock.now() + timedelta(days=2))
    a_booking(staged, state=BookingState.INVITED)


def _waits_beside(who: Somebody) -> None:
    a_booking(an_event(EventKind.OPEN_DAY, organiser=who), state=BookingState.WAITING)


def _invited(who: Somebody) -> None:
    a_booking(an_event(EventKind.STRUCTURE_VISIT), who, BookingState.INVITED)


def _promised(who: Somebody) -> None:
    a_task(an_event(EventKind.SPEED_DATING), who, days=-2)


HOST: Final = (
    (_asked_of_a_host, "demande de stage à répondre"),
    (_over_at_a_host, "bilan de stage à faire"),
    (_dates_at_a_host, "entretien à trois à fixer"),
)
ACCOMPANY: Final = (
    (_agreed_soon, "convention de stage à préparer"),
    (_deposited_soon, "convention de stage à faire valider"),
    (_declared_host, "entreprise à appeler pour un stage"),
    (_over, "stage fini, sans suite notée"),
    (_silent_host, "stage sans réponse de l’entreprise"),
    (_dates_to_say, "entretien à trois à fixer"),
)
EVENTS: Final = (
    (_over_event, "présence à noter"),
    (_silent_guest, "invitation sans réponse"),
    (_waits_beside, "personne attend"),
    (_invited, "invitation à une rencontre"),
    (_promised, "action en retard après une rencontre"),
)
ROWS: Final = {
    Role.EMPLOYER: HOST + EVENTS,
    Role.REFERENT: ACCOMPANY + EVENTS,
    Role.FACILITATOR: ACCOMPANY + EVENTS,
    Role.DEPARTMENT: EVENTS,
}
CASES: Final = [
    pytest.param(role, make, words, id=f"{role.value}-{make.__name__.strip('_')}")
    for role, rows in ROWS.items()
    for make, words in rows
]


@pytest.mark.parametrize(("role", "make", "words"), CASES)
def test_what_waits_is_on_the_first_page_of_who_it_concerns_and_opens(
    session: scoped_session, today: date, sign_in: SignIn, role: Role, make: Callable[[Somebody], None], words: str
) -> None:
    mine, other = somebody(role), somebody(role)
    make(mine)
    session.commit()
    desk = sign_in(mine)
    link = re.search(rf'<a href="([^"]+)">1\u00a0{words}</a>', desk.get("/accueil").text)
    assert link is not None
    assert desk.get(link[1].replace("&amp;", "&")).status_code == 200
    page = sign_in(other).get("/accueil").text
    assert "À faire aujourd’hui" in page
    assert words not in page


def _much_of_an_employer(who: Somebody) -> None:
    """Of all other domains: offers, applications with a message, hours to report, needs, somebody who wants to join."""
    assert isinstance(who.organisation, Organisation)
    OfferFactory(organisation=who.organisation)
    offer = OfferFactory(published=True, organisation=who.organisation)
    market = Market(offer, who, somebody(Role.FACILITATOR), a_ready_person())
    application = sent(market, clock.today())
    applications.write_note(application.id, text="Puis-je venir à vélo ?", by=market.person.actor, today=clock.today())
    a_holder(a_lot(a_contract()), who)


def _much_of_accompaniment(who: Somebody) -> None:
    person = a_ready_person(
        referent_id=who.user.id if who.actor.role is Role.REFERENT else None,
        facilitator_organisation_id=who.organisation.id if who.organisation else None,
    )
    offer = OfferFactory(published=True, organisation=an_organisation())
    sent(Market(offer, somebody(Role.EMPLOYER, offer.organisation), who, person), clock.today())
    a_lot(a_contract(who if who.actor.role is Role.FACILITATOR else None))


MUCH: Final = {
    Role.EMPLOYER: _much_of_an_employer,
    Role.REFERENT: _much_of_accompaniment,
    Role.FACILITATOR: _much_of_accompaniment,
    Role.DEPARTMENT: _much_of_accompaniment,
}


def _at_work(role: Role) -> Somebody:
    """Who manages their place; an employer is a SIAE, which has the needs of others to read besides."""
    place = an_organisation(OrganisationKind.ACI) if role is Role.EMPLOYER else None
    return somebody(role, place, manager=True)


@pytest.mark.parametrize("role", sorted(ROWS))
def test_the_first_page_takes_twelve_statements_at_most_whatever_its_rows(
    session: scoped_session, today: date, sign_in: SignIn, statements: Statements, role: Role
) -> None:
    who = _at_work(role)
    counts = []
    for number, more in ((1, 1), (5, 4)):
        for _ in range(more):
            for make, _words in ROWS[role]:
                make(who)
            MUCH[role](who)
        session.commit()
        desk = sign_in(who)
        statements.clear()
        page = desk.get("/accueil").text
        counts.append(len(statements))
        assert all(re.search(rf"{number}\u00a0{words.split()[0]}s? ", page) for _make, words in ROWS[role])
    assert counts[0] == counts[1] <= 12, statements
