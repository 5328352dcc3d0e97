"""The employer decides; a hire takes a post and ends what it must."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.applications import queries, service
from app.applications.models import Application, Hire
from app.applications.rules import ApplicationRefusal, ApplicationState, RefusalReason
from app.core import clock
from app.core.db import db
from app.core.errors import Gone, Refused
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from app.offers import service as offers
from app.offers.models import Offer
from app.offers.rules import EmploymentKind, OfferRefusal, OfferState
from tests.factories.applications import (
    Market,
    a_market,
    a_ready_person,
    delivered,
    hired,
    invited,
    kinds_of_messages,
    proposed,
    sent,
)
from tests.factories.people import somebody

S = ApplicationState


def test_from_the_proposal_to_the_hire(session: scoped_session, today: date) -> None:
    market = a_market(posts=2)
    application = delivered(market, today)
    service.review(application.id, by=market.employer.actor, today=today)
    at = datetime(2026, 11, 9, 10, tzinfo=clock.PARIS)
    service.invite(application.id, at=at, place="Au dépôt", by=market.employer.actor, today=today)
    heard: list[Hire] = []
    service.HIRED.connect(listener := lambda hire, *_: heard.append(hire))
    try:
        hire = hired(market, today, application)
    finally:
        service.HIRED._listeners.remove(listener)
    assert heard == [hire]
    assert application.state is S.HIRED
    assert (hire.organisation_id, hire.candidate_id) == (market.offer.organisation_id, application.candidate_id)
    assert (market.offer.posts_filled, market.offer.state) == (1, OfferState.PUBLISHED)
    steps = {row.to_state for row in queries.transitions_of(application)}
    assert steps == {S.PROPOSED, S.AGREED, S.SENT, S.IN_REVIEW, S.INTERVIEW, S.HIRED}
    told = kinds_of_messages(application)
    assert {"application_interview", "application_interview_for", "application_hired", "application_hired_for"} <= {
        *told
    }


def test_the_last_post_fills_the_offer_and_answers_the_others(session: scoped_session, today: date) -> None:
    market = a_market(posts=1)
    first, other, asked = (
        sent(market, today),
        sent(market, today, a_ready_person()),
        proposed(market, today, a_ready_person()),
    )
    hired(market, today, first)
    assert market.offer.state is OfferState.FILLED
    assert (other.state, asked.state) == (S.OBSOLETE, S.OBSOLETE)
    assert "application_obsolete" in kinds_of_messages(other)


def test_a_person_hired_has_their_other_applications_made_obsolete(session: scoped_session, today: date) -> None:
    market, elsewhere = a_market(posts=3), a_market(posts=3)
    here, there = sent(market, today), sent(elsewhere, today, market.person)
    stranger = sent(elsewhere, today)
    hired(market, today, here)
    assert (there.state, stranger.state) == (S.OBSOLETE, S.SENT)
    message = db.session.scalars(select(Message).where(Message.about_id == there.id)).all()[-1]
    assert message.kind == "application_withdrawn"
    assert "embauch" not in message.body.lower()  # where the person works is not the other employer's affair


def test_a_hire_sent_twice_is_one_hire(session: scoped_session, today: date) -> None:
    market = a_market(posts=2)
    application = sent(market, today)
    version = application.version
    first = hired(market, today, application, version=version)
    assert hired(market, today, application, version=version) is first
    assert market.offer.posts_filled == 1


def test_a_colleague_who_hires_after_the_refusal_is_refused(session: scoped_session, today: date) -> None:
    market = a_market()
    colleague = somebody(Role.EMPLOYER, market.employer.organisation)
    application = sent(market, today)
    version = application.version
    service.refuse(application.id, reason=RefusalReason.OTHER, text="Non.", by=colleague.actor, today=today)
    with pytest.raises(Refused) as no:
        hired(market, today, application, version=version)
    assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_a_wrong_hire_changes_nothing_and_says_everything_beside_its_field(
    session: scoped_session, today: date
) -> None:
    market = a_market()
    application = sent(market, today)
    wrong = {"start_on": today - timedelta(days=90), "end_on": today - timedelta(days=91), "hours_week": Decimal(60)}
    with pytest.raises(Refused) as no:
        hired(market, today, application, **wrong)
    assert no.value.reasons == (
        ApplicationRefusal.START_TOO_OLD,
        ApplicationRefusal.START_BEFORE_OFFER,
        ApplicationRefusal.END_BEFORE_START,
        ApplicationRefusal.CDI_WITH_END,
        ApplicationRefusal.HOURS_ABOVE_LEGAL,
    )
    assert no.value.fields[ApplicationRefusal.HOURS_ABOVE_LEGAL] == "hours_week"
    assert (application.state, market.offer.posts_filled) == (S.SENT, 0)


def test_somebody_who_applied_in_time_may_be_hired_after_the_offer_expired(
    session: scoped_session, today: date
) -> None:
    market = a_market()
    application = sent(market, today)
    later = today + timedelta(days=61)
    with clock.frozen(later):
        offers.expire_due(later)
        hired(market, later, application)
    assert application.state is S.HIRED


def test_a_meeting_is_to_come(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    with pytest.raises(Refused) as no:
        service.invite(application.id, at=clock.now(), place="Ici", by=market.employer.actor, today=today)
    assert no.value.fields[ApplicationRefusal.INTERVIEW_PAST] == "day"
    assert application.state is S.SENT


def test_a_meeting_stops_the_clock(session: scoped_session, today: date) -> None:
    assert invited(a_market(), today).answer_due_on is None


def test_putting_off_keeps_the_deadline(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    due = application.answer_due_on
    service.postpone(application.id, by=market.employer.actor, today=today)
    assert (application.state, application.answer_due_on) == (S.POSTPONED, due)


def test_a_refusal_keeps_its_reason_and_the_words_that_the_person_reads(session: scoped_session, today: date) -> None:
    market = a_market()
    application = delivered(market, today)
    words = "Le trajet est trop long."
    service.refuse(application.id, reason=RefusalReason.NOT_MOBILE, text=words, by=market.employer.actor, today=today)
    assert (application.refusal_reason, application.refusal_text) == (RefusalReason.NOT_MOBILE, words)
    messages = db.session.scalars(select(Message).where(Message.about_id == application.id)).all()
    by_kind = {message.kind: message.body for message in messages}
    assert words in by_kind["application_refused"]
    assert words not in by_kind["application_refused_for"]


# --- two at once, on a database where commits are real --------------------------------------------------------


def _together(app: Flask, *acts: Callable[[], Any]) -> list[str]:
    """Run the acts at the same instant, each on its own connection; what came of each, in their order."""
    start, outcomes = threading.Barrier(len(acts)), [""] * len(acts)

    def run(rank: int, act: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait(10)
            try:
                act()
                outcomes[rank] = "done"
            except (Refused, Gone) as no:
                outcomes[rank] = "gone" if isinstance(no, Gone) else str(no)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def _hire(application_id: Any, market: Market, today: date) -> Callable[[], Hire]:
    actor = market.employer.actor
    return lambda: service.hire(
        application_id,
        start_on=today,
        end_on=None,
        employment_kind=EmploymentKind.CDI,
        hours_week=Decimal(28),
        by=actor,
        today=today,
    )


def test_of_two_who_hire_for_the_last_post_exactly_one_does(own_app: Flask) -> None:
    today = clock.today()
    with own_app.app_context():
        market = a_market(posts=1)
        one, other = sent(market, today).id, sent(market, today, a_ready_person()).id
        offer_id = market.offer.id
        db.session.commit()
    outcomes = _together(own_app, _hire(one, market, today), _hire(other, market, today))
    assert sorted(outcomes)[0] == "done"
    assert sorted(outcomes)[1] in {WorkflowRefusal.WRONG_STATE.value, OfferRefusal.NO_POST_LEFT.value}
    with own_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Hire)) == 1
        offer = db.session.get(Offer, offer_id)
        assert (offer.posts_filled, offer.state) == (1, OfferState.FILLED)
        states = set(db.session.scalars(select(Application.state)))
        assert states == {S.HIRED, S.OBSOLETE}


def test_one_person_hired_by_two_firms_at_once_takes_one_job(own_app: Flask) -> None:
    today = clock.today()
    with own_app.app_context():
        here, there = a_market(posts=2), a_market(posts=2)
        one, other = sent(here, today).id, sent(there, today, here.person).id
        db.session.commit()
    outcomes = _together(own_app, _hire(one, here, today), _hire(other, there, today))
    assert sorted(outcomes) == ["done", WorkflowRefusal.WRONG_STATE.value]


def test_two_hires_that_end_each_other_s_applications_do_not_wait_in_a_ring(own_app: Flask) -> None:
    today = clock.today()
    with own_app.app_context():
        here, there = a_market(posts=1), a_market(posts=1)
        here_one, there_two = sent(here, today).id, sent(there, today).id
        sent(there, today, here.person)
        sent(here, today, there.person)
        db.session.commit()
    outcomes = _together(own_app, _hire(here_one, here, today), _hire(there_two, there, today))
    assert outcomes == ["done", "done"]


def test_an_offer_closed_while_somebody_applies_leaves_nobody_waiting(own_app: Flask) -> None:
    today = clock.today()
    with own_app.app_context():
        market = a_market()
        person, employer, offer_id = market.person, market.employer.actor, market.offer.id
        db.session.commit()

    def apply() -> Application:
        return service.apply(offer_id, candidate_id=person.actor.candidate_id, words="", by=person.actor, today=today)

    outcomes = _together(own_app, apply, lambda: offers.close(offer_id, by=employer))
    assert outcomes[0] in {"done", "gone"}
    assert outcomes[1] == "done"
    with own_app.app_context():
        states = db.session.scalars(select(Application.state)).all()
        assert states == ([S.OBSOLETE] if outcomes[0] == "done" else [])
