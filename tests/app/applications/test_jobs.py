"""The scheduler's entries do what the acts say, and know the day they are given."""

from datetime import date, timedelta

from sqlalchemy.orm import scoped_session

from app.applications import jobs
from app.applications.rules import ApplicationState
from app.core import clock
from app.offers import service as offers
from tests.factories.applications import a_market, a_ready_person, agreed, proposed, sent


def test_a_week_of_nights(session: scoped_session, today: date) -> None:
    market = a_market(posts=9)
    yes = agreed(market, today)
    asked = proposed(market, today, a_ready_person())
    done = []
    for days in range(9):
        day = today + timedelta(days=days)
        with clock.frozen(day):
            done.append((jobs.send_agreed(day), jobs.remind(day), jobs.end_of_dead_offers(day)))
    assert done == [(0, 0, 0), (0, 0, 0), (1, 0, 0), *[(0, 0, 0)] * 4, (0, 1, 0), (0, 1, 0)]
    assert (yes.state, asked.state) == (ApplicationState.SENT, ApplicationState.PROPOSED)


def test_a_dead_offer_answers_at_last(session: scoped_session, today: date) -> None:
    market = a_market()
    waiting = sent(market, today)
    over = today + timedelta(days=61)
    with clock.frozen(over):
        offers.expire_due(over)
    with clock.frozen(over + timedelta(days=16)):
        assert jobs.end_of_dead_offers(clock.today()) == 1
    assert waiting.state is ApplicationState.OBSOLETE
