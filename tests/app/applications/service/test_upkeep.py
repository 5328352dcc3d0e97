"""What happens by itself."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications import queries, service
from app.applications.models import Hire
from app.applications.rules import ApplicationState
from app.candidates import service as candidates
from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.offers import service as offers
from tests.factories.applications import (
    a_market,
    a_ready_person,
    agreed,
    delivered,
    hired,
    invited,
    kinds_of_messages,
    proposed,
    sent,
    taken,
)
from tests.factories.candidates import mandate_for

S = ApplicationState


def test_what_was_agreed_leaves_by_itself_after_two_days(session: scoped_session, today: date) -> None:
    application = agreed(a_market(), today)
    assert service.send_agreed(today) == 0
    later = today + timedelta(days=2)
    with clock.frozen(later):
        assert service.send_agreed(later) == 1
        assert service.send_agreed(later) == 0
    assert (application.state, application.answer_due_on) == (S.SENT, later + timedelta(days=15))
    assert queries.step_into(application).by_role is Role.SYSTEM


def test_the_silence_of_an_employer_is_noticed_once_and_then_told(session: scoped_session, today: date) -> None:
    application = delivered(a_market(), today)
    due = date(2026, 11, 20)
    for day, expected in (
        (due - timedelta(days=1), 0),
        (due, 1),
        (due, 0),
        (due + timedelta(days=1), 1),
        (due + timedelta(days=1), 0),
        (due + timedelta(days=9), 0),
    ):
        with clock.frozen(day):
            assert service.remind(day) == expected, day
    assert kinds_of_messages(application).count("application_employer_late") == 1
    assert kinds_of_messages(application).count("application_silence") == 1


def test_the_silence_of_a_person_is_noticed_once_and_then_told(session: scoped_session, today: date) -> None:
    application = proposed(a_market(), today)
    for day, expected in ((11, 0), (12, 1), (12, 0), (13, 1), (13, 0)):
        moment = date(2026, 11, day)
        with clock.frozen(moment):
            assert service.remind(moment) == expected, day
    assert kinds_of_messages(application)[-2:] == ["application_proposal_late", "application_no_answer"]


def test_a_person_who_cannot_be_reached_does_not_flood_those_who_help(session: scoped_session, today: date) -> None:
    market = a_market()
    market.person.candidate.phone = market.person.candidate.email = None
    mandate_for(market.facilitator, market.person.candidate)
    application = proposed(market, today)
    for day in (12, 13, 14, 15):
        with clock.frozen(date(2026, 11, day)):
            service.remind(date(2026, 11, day))
    assert kinds_of_messages(application) == ["application_for_person", "application_no_answer"]


def test_closing_an_offer_says_how_many_people_it_answers_and_answers_them(
    session: scoped_session, today: date
) -> None:
    market = a_market()
    first = sent(market, today)
    effects: list[str] = []
    service.closing_effects(market.offer, effects)
    assert effects == ["La personne qui attend une réponse reçoit un message."]
    second = proposed(market, today, a_ready_person())
    service.closing_effects(market.offer, effects := [])
    assert effects == ["Les 2\u00a0personnes qui attendent une réponse reçoivent un message."]
    offers.close(market.offer.id, by=market.employer.actor)
    assert (first.state, second.state) == (S.OBSOLETE, S.OBSOLETE)
    for one in (first, second):
        assert kinds_of_messages(one)[-1] == "application_obsolete"


def test_an_expired_offer_ends_proposals_at_once_and_the_others_after_fifteen_days(
    session: scoped_session, today: date
) -> None:
    market = a_market()
    asked, waiting = proposed(market, today), sent(market, today, a_ready_person())
    over = today + timedelta(days=61)
    with clock.frozen(over):
        offers.expire_due(over)
        assert service.end_of_dead_offers(over) == 1
        assert service.end_of_dead_offers(over) == 0
    assert (asked.state, waiting.state) == (S.OBSOLETE, S.SENT)
    for days, state in ((15, S.SENT), (16, S.OBSOLETE)):
        day = over + timedelta(days=days)
        with clock.frozen(day):
            service.end_of_dead_offers(day)
        assert waiting.state is state, days
    assert kinds_of_messages(waiting)[-1] == "application_obsolete"


def test_a_merge_brings_the_applications_to_the_file_that_is_kept(session: scoped_session, today: date) -> None:
    market = a_market()
    kept, merged = market.person, a_ready_person()
    mine, double = sent(market, today, kept), sent(market, today, merged)
    service.candidate_merged(kept.candidate.id, merged.candidate.id, market.facilitator.actor)
    session.flush()
    assert (mine.state, double.state, double.candidate_id) == (S.SENT, S.OBSOLETE, kept.candidate.id)


@pytest.mark.parametrize("end", ["interview", "hire"])
def test_of_two_applications_merged_the_one_that_went_further_stays(
    session: scoped_session, today: date, end: str
) -> None:
    market = a_market(posts=3)
    kept, merged = market.person, a_ready_person()
    mine = proposed(market, today, kept)
    far = invited(market, today, merged)
    if end == "hire":
        hired(market, today, far)
    state = far.state
    service.candidate_merged(kept.candidate.id, merged.candidate.id, market.facilitator.actor)
    session.flush()
    assert (mine.state, far.state, far.candidate_id) == (S.OBSOLETE, state, kept.candidate.id)
    assert set(db.session.scalars(select(Hire.candidate_id))) <= {kept.candidate.id}


def test_a_stage_follows_the_file_that_is_kept(session: scoped_session, today: date) -> None:
    market = a_market(stage=True, posts=3)
    kept, merged = market.person, a_ready_person()
    mine = proposed(market, today, kept)
    far = taken(market, today, sent(market, today, merged))
    service.candidate_merged(kept.candidate.id, merged.candidate.id, market.facilitator.actor)
    session.flush()
    assert (mine.state, far.state, far.candidate_id) == (S.OBSOLETE, S.PLACED, kept.candidate.id)


def test_two_stages_for_one_offer_stay_where_they_are(session: scoped_session, today: date) -> None:
    market = a_market(stage=True, posts=3)
    kept, merged = market.person, a_ready_person()
    mine, double = (taken(market, today, sent(market, today, one)) for one in (kept, merged))
    service.candidate_merged(kept.candidate.id, merged.candidate.id, market.facilitator.actor)
    session.flush()
    assert (mine.state, double.state, double.candidate_id) == (S.PLACED, S.PLACED, merged.candidate.id)


def test_a_person_who_no_longer_agrees_to_be_shown_is_proposed_to_nobody(session: scoped_session, today: date) -> None:
    market = a_market(posts=3)
    asked, said_yes = proposed(market, today), agreed(a_market(), today, market.person)
    applied = sent(a_market(), today, market.person)
    candidates.withdraw_consent(market.person.candidate.id, by=market.person.actor)
    assert (asked.state, said_yes.state, applied.state) == (S.OBSOLETE, S.OBSOLETE, S.SENT)
