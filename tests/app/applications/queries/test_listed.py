"""Lists: what they keep, their order, and that a longer list asks no more of the database."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.applications import queries, service
from app.applications.queries import Asked
from app.applications.rules import ApplicationState
from tests.conftest import Statements
from tests.factories.applications import Market, a_market, a_ready_person, agreed, delivered, invited, proposed, sent

S = ApplicationState


def _several(market: Market, today: date) -> None:
    sent(market, today, a_ready_person(first_name="Lina", last_name="Roche"))
    invited(market, today, a_ready_person(first_name="Ali", last_name="Sow"))
    delivered(market, today, a_ready_person(first_name="Zoé", last_name="Adam"))
    proposed(market, today, a_ready_person(first_name="Marc", last_name="Perrin"))
    agreed(market, today, a_ready_person(first_name="Inès", last_name="Diallo"))


def test_an_inbox_shows_what_waits_for_an_answer_first_the_oldest_deadline_on_top(
    session: scoped_session, today: date
) -> None:
    market = a_market(posts=9)
    _several(market, today)
    late = sent(market, today, a_ready_person(first_name="Omar", last_name="Ba"))
    late.answer_due_on = today - timedelta(days=2)
    session.flush()
    page = queries.received(market.employer.actor, Asked(), 1)
    assert page.total == 4
    assert page.items[0].name == "Omar Ba"
    assert page.items[-1].name == "Ali Sow"  # a meeting waits for nobody


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("personne", ["Ali Sow", "Lina Roche", "Zoé Adam"]),
        ("-personne", ["Zoé Adam", "Lina Roche", "Ali Sow"]),
        ("score", ["Lina Roche", "Zoé Adam", "Ali Sow"]),  # no such column for an employer: what waits first
        ("nonsense", ["Lina Roche", "Zoé Adam", "Ali Sow"]),
    ],
)
def test_an_employer_never_sorts_by_score(session: scoped_session, today: date, sort: str, names: list[str]) -> None:
    market = a_market(posts=9)
    _several(market, today)
    page = queries.received(market.employer.actor, Asked(sort=sort), 1)
    found = [row.name for row in page]
    if sort in {"personne", "-personne"}:
        assert found == names
    else:
        assert (set(found[:2]), found[2]) == (set(names[:2]), names[2])


def test_a_person_who_took_it_back_is_a_first_name_and_an_initial_again(session: scoped_session, today: date) -> None:
    market = a_market()
    person = a_ready_person(first_name="Lina", last_name="Roche")
    application = sent(market, today, person)
    assert queries.received(market.employer.actor, Asked(), 1).items[0].name == "Lina Roche"
    service.withdraw(application.id, by=person.actor, today=today)
    assert queries.received(market.employer.actor, Asked(), 1).items[0].name == "Lina R."
    assert queries.person_seen_by_employer(application, today).name == "Lina R."


def test_the_filters_of_the_lists_keep_what_they_say(session: scoped_session, today: date) -> None:
    market, other = a_market(posts=9), a_market(posts=9)
    _several(market, today)
    sent(other, today)
    actor = market.facilitator.actor
    assert queries.lines(actor, Asked(), 1).total == 6
    assert queries.lines(actor, Asked(states={S.PROPOSED}), 1).total == 1
    assert queries.lines(actor, Asked(offer_id=other.offer.id), 1).total == 1
    assert queries.lines(actor, Asked(organisation_id=market.offer.organisation_id), 1).total == 5
    assert queries.lines(actor, Asked(mine=True), 1).total == 3
    after = today + timedelta(days=8)
    assert [row.name for row in queries.lines(actor, Asked(late_on=after), 1)] == ["Marc Perrin"]


def test_unread_messages_are_counted_and_kept_apart(session: scoped_session, today: date) -> None:
    market = a_market(posts=9)
    _several(market, today)
    application = sent(market, today)
    service.write_note(application.id, text="Bonjour", by=market.person.actor, today=today)
    page = queries.received(market.employer.actor, Asked(unread=True), 1)
    assert [(row.id, row.unread) for row in page] == [(application.id, 1)]


def test_the_board_has_a_column_a_state_and_counts_beyond_what_it_shows(session: scoped_session, today: date) -> None:
    market = a_market(posts=40)
    for _ in range(17):
        proposed(market, today, a_ready_person())
    _several(market, today)
    columns = {column.state: column for column in queries.board(market.facilitator.actor, Asked())}
    assert list(columns) == list(queries.BOARD_STATES)
    assert (columns[S.PROPOSED].total, len(columns[S.PROPOSED].lines)) == (18, 15)
    assert (columns[S.SENT].total, columns[S.INTERVIEW].total, columns[S.HIRED].total) == (2, 1, 0)


def test_a_longer_list_asks_no_more_of_the_database(
    session: scoped_session, today: date, statements: Statements
) -> None:
    market = a_market(posts=99)
    counts = []
    for _ in range(2):
        _several(market, today)
        session.expunge_all()
        statements.clear()
        queries.received(market.employer.actor, Asked(), 1)
        queries.lines(market.facilitator.actor, Asked(), 1)
        queries.board(market.facilitator.actor, Asked())
        queries.state_counts(market.employer.actor)
        counts.append(len(statements))
    assert counts == [6, 6]


def test_a_page_beyond_the_last_is_the_last(session: scoped_session, today: date) -> None:
    market = a_market(posts=99)
    _several(market, today)
    assert queries.lines(market.facilitator.actor, Asked(), 7).number == 1


def test_a_person_s_answers_show_the_proposals_first(session: scoped_session, today: date) -> None:
    market = a_market()
    applied, asked = sent(a_market(), today, market.person), proposed(market, today)
    assert [one.id for one in queries.answers_of(market.person.actor)] == [asked.id, applied.id]
    assert queries.answers_of(market.employer.actor) == ()


def test_a_list_says_to_which_employer_it_is_narrowed(session: scoped_session, today: date) -> None:
    market = a_market()
    assert queries.employer_of_list(Asked(organisation_id=market.offer.organisation_id)) == "Étampes Propreté"
    assert queries.employer_of_list(Asked()) == ""
