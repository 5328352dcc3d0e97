"""« À faire aujourd'hui »: grouped lines, two statements a role."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.applications import queries, service
from app.core import clock
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.applications import a_market, a_ready_person, agreed, delivered, invited, proposed, sent
from tests.factories.people import somebody


def test_an_employer_answers_offer_by_offer(session: scoped_session, today: date) -> None:
    market = a_market(posts=9, title="Agent de propreté")
    sent(market, today)
    sent(market, today, a_ready_person())
    (item,) = queries.to_do_for(market.employer.actor, today)
    assert item.title == "2\u00a0candidatures pour «\u00a0Agent de propreté\u00a0»"
    assert (item.tag, item.tag_state, item.urgency) == ("avant le 20 novembre", "", 2)
    assert (item.endpoint, item.arguments["offre"]) == ("applications.inbox", market.offer.id)


@pytest.mark.parametrize(
    ("days", "tag", "look", "urgency"),
    [
        (12, "dans 3\u00a0jours", "warn", 1),
        (15, "aujourd’hui", "warn", 1),
        (17, "dépassé de 2\u00a0jours", "bad", 0),
    ],
)
def test_a_deadline_presses_more_and_more(
    session: scoped_session, today: date, days: int, tag: str, look: str, urgency: int
) -> None:
    market = a_market()
    sent(market, today)
    (item,) = queries.to_do_for(market.employer.actor, today + timedelta(days=days))
    assert (item.tag, item.tag_state, item.urgency) == (tag, look, urgency)


def test_a_meeting_that_is_over_asks_for_a_decision(session: scoped_session, today: date) -> None:
    market = a_market()
    invited(market, today)
    assert queries.to_do_for(market.employer.actor, today) == []
    after = today + timedelta(days=4)
    with clock.frozen(after):
        (item,) = queries.to_do_for(market.employer.actor, after)
    assert item.kind == "application.to_decide"


def test_messages_to_read_are_one_line(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    for _ in range(2):
        service.write_note(application.id, text="Bonjour", by=market.person.actor, today=today)
    item = queries.to_do_for(market.employer.actor, today)[-1]
    assert item.title == "2\u00a0messages à lire"


def test_a_yes_to_send_names_the_person_and_several_are_counted(session: scoped_session, today: date) -> None:
    market = a_market(posts=9, title="Agent de propreté")
    agreed(market, today, a_ready_person(first_name="Aïcha", last_name="Ndiaye"))
    (item,) = queries.to_do_for(market.facilitator.actor, today)
    assert item.title == "Aïcha Ndiaye a dit oui\u00a0: envoyer sa candidature"
    assert item.text.startswith("Agent de propreté, Étampes Propreté.")
    agreed(market, today, a_ready_person())
    (item,) = queries.to_do_for(market.facilitator.actor, today)
    assert item.title == "2\u00a0personnes ont dit oui\u00a0: envoyer leurs candidatures"


def test_an_employer_who_is_late_is_one_line_with_the_people_who_wait(session: scoped_session, today: date) -> None:
    market = a_market(posts=9)
    for first, last in (("Lina", "Roche"), ("Ali", "Sow"), ("Marc", "Perrin")):
        delivered(market, today, a_ready_person(first_name=first, last_name=last))
    later = today + timedelta(days=17)
    (item,) = queries.to_do_for(market.facilitator.actor, later)
    assert item.title == "3\u00a0candidatures sans réponse de l’employeur"
    assert item.text.startswith("Étampes Propreté\u00a0: Ali Sow, Lina Roche, Marc Perrin.")
    assert (item.tag, item.urgency) == ("dépassé de 2\u00a0jours", 0)
    assert item.arguments == {"retard": "oui", "employeur": market.offer.organisation_id}


def test_a_person_who_does_not_answer_is_to_be_called(session: scoped_session, today: date) -> None:
    market = a_market()
    proposed(market, today, a_ready_person(first_name="Lina", last_name="Roche"))
    (item,) = queries.to_do_for(market.facilitator.actor, today + timedelta(days=8))
    assert item.title == "Lina Roche n’a pas répondu à une proposition"


def test_two_statements_suffice_however_much_waits(
    session: scoped_session, today: date, statements: Statements
) -> None:
    market = a_market(posts=99)
    for _ in range(3):
        delivered(market, today, a_ready_person())
        agreed(market, today, a_ready_person())
        proposed(market, today, a_ready_person())
    for actor in (market.employer.actor, market.facilitator.actor):
        statements.clear()
        queries.to_do_for(actor, today + timedelta(days=20))
        assert len(statements) == 2


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.DEPARTMENT, Role.ADMINISTRATOR])
def test_the_other_roles_have_nothing_to_do_here(session: scoped_session, today: date, role: Role) -> None:
    sent(a_market(), today)
    assert queries.to_do_for(somebody(role).actor, today) == []
