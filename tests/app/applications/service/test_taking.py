"""A host takes a person for a stage: a place, messages, the hook; and all that a hire does and a stage does not."""

import threading
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.applications import service
from app.applications.models import Application, Hire
from app.applications.rules import ApplicationRefusal, ApplicationState, TakenTerms
from app.candidates.queries import matching_rows
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor
from app.core.workflow import WorkflowRefusal
from app.follow_up.models import FollowUp
from app.messages.models import Message
from app.offers.models import Offer
from app.offers.rules import OfferRefusal, OfferState
from tests.factories.applications import (
    Market,
    a_market,
    a_ready_person,
    delivered,
    hired,
    kinds_of_messages,
    proposed,
    sent,
    taken,
)

S = ApplicationState


def test_a_stage_takes_a_place_and_tells_the_terms_to_who_listens(session: scoped_session, today: date) -> None:
    market = a_market(stage=True, posts=2)
    application = delivered(market, today)
    heard: list[tuple[Application, TakenTerms, Actor]] = []
    service.TAKEN.connect(listener := lambda *said: heard.append(said))
    try:
        taken(market, today, application, tutor_phone="+33612345678", tasks="Servir en salle.")
    finally:
        service.TAKEN._listeners.remove(listener)
    assert (application.state, application.answer_due_on) == (S.PLACED, None)
    assert (market.offer.posts_filled, market.offer.state) == (1, OfferState.PUBLISHED)
    terms = TakenTerms(
        today + timedelta(days=10), today + timedelta(days=23), Decimal(28), "Sandrine Leroy", "+33612345678",
        "Servir en salle.",
    )  # fmt: skip
    assert heard == [(application, terms, market.employer.actor)]


def test_the_person_and_who_accompanies_them_are_told_the_days(session: scoped_session, today: date) -> None:
    market = a_market(stage=True)
    application = delivered(market, today)
    taken(market, today, application)
    assert kinds_of_messages(application)[-2:] == ["application_taken", "application_taken_for"]
    person, professional = session.scalars(
        select(Message.body)
        .where(Message.kind.in_(("application_taken", "application_taken_for")))
        .order_by(Message.kind)
    )
    for body in (person, professional):
        assert "15 novembre" in body.replace("\u00a0", " ")
        assert "28 novembre" in body.replace("\u00a0", " ")
    assert "convention" in person


def test_a_stage_ends_neither_the_search_nor_the_other_applications_and_is_no_hire(
    session: scoped_session, today: date
) -> None:
    market, elsewhere = a_market(stage=True, posts=2), a_market()
    application, other = sent(market, today), sent(elsewhere, today, market.person)
    taken(market, today, application)
    assert other.state is S.SENT
    person = market.person.candidate
    assert [row.id for row in matching_rows(ids=[person.id]).candidates] == [str(person.id)]
    assert session.scalar(select(func.count()).select_from(Hire)) == 0
    assert session.scalar(select(func.count()).select_from(FollowUp)) == 0


def test_the_last_place_fills_the_offer_and_answers_the_others(session: scoped_session, today: date) -> None:
    market = a_market(stage=True, posts=1)
    first, other, asked = (
        sent(market, today),
        sent(market, today, a_ready_person()),
        proposed(market, today, a_ready_person()),
    )
    taken(market, today, first)
    assert market.offer.state is OfferState.FILLED
    assert (first.state, other.state, asked.state) == (S.PLACED, S.OBSOLETE, S.OBSOLETE)


def test_a_stage_sent_twice_is_one_stage(session: scoped_session, today: date) -> None:
    market = a_market(stage=True, posts=2)
    application = sent(market, today)
    version = application.version
    taken(market, today, application, version=version)
    assert taken(market, today, application, version=version) is application
    assert market.offer.posts_filled == 1


def test_nobody_is_hired_for_a_stage_nor_taken_for_a_job(session: scoped_session, today: date) -> None:
    stage, job = a_market(stage=True), a_market()
    for_stage, for_job = sent(stage, today), sent(job, today)
    session.commit()
    with pytest.raises(Refused) as no:
        hired(stage, today, for_stage)
    assert no.value.reasons == (ApplicationRefusal.NOT_A_JOB,)
    with pytest.raises(Refused) as no:
        taken(job, today, for_job)
    assert no.value.reasons == (ApplicationRefusal.NOT_A_PLACEMENT,)
    assert (for_stage.state, for_job.state) == (S.SENT, S.SENT)


def test_wrong_terms_change_nothing_and_each_reason_is_beside_its_field(session: scoped_session, today: date) -> None:
    market = a_market(stage=True)
    application = sent(market, today)
    session.commit()
    with pytest.raises(Refused) as no:
        taken(market, today, application, start_on=today - timedelta(days=1), hours_week=Decimal("48.5"))
    assert no.value.reasons == (ApplicationRefusal.TAKE_START_PAST, ApplicationRefusal.HOURS_ABOVE_LEGAL)
    assert no.value.fields[ApplicationRefusal.TAKE_START_PAST] == "start_on"
    assert (application.state, market.offer.posts_filled) == (S.SENT, 0)


def test_a_listener_that_refuses_undoes_the_whole(session: scoped_session, today: date) -> None:
    market = a_market(stage=True)
    application = sent(market, today)
    session.commit()

    def refuse(*_: Any) -> None:
        raise Refused(ApplicationRefusal.TAKE_ABOVE_A_MONTH)

    service.TAKEN.connect(refuse)
    try:
        with pytest.raises(Refused):
            taken(market, today, application)
    finally:
        service.TAKEN._listeners.remove(refuse)
    session.refresh(application)
    session.refresh(market.offer)
    assert (application.state, market.offer.posts_filled) == (S.SENT, 0)
    assert "application_taken" not in kinds_of_messages()


def test_a_person_in_stage_may_not_be_proposed_the_same_one_again(session: scoped_session, today: date) -> None:
    market = a_market(stage=True, posts=3)
    taken(market, today, sent(market, today))
    people = [service.Proposed(market.person.candidate.id)]
    (outcome,) = service.propose(market.offer.id, people, by=market.facilitator.actor, today=today)
    assert outcome.result.value == "already"


def test_of_many_who_take_the_last_two_places_exactly_two_do(own_app: Flask) -> None:
    today = clock.today()
    with own_app.app_context():
        market = a_market(stage=True, posts=2)
        waiting = [sent(market, today).id, *(sent(market, today, a_ready_person()).id for _ in range(4))]
        offer_id = market.offer.id
        db.session.commit()
    outcomes = _together(own_app, market, waiting, today)
    assert sorted(outcomes)[:2] == ["done", "done"]
    assert set(sorted(outcomes)[2:]) <= {WorkflowRefusal.WRONG_STATE.value, OfferRefusal.NO_POST_LEFT.value}
    with own_app.app_context():
        offer = db.session.get(Offer, offer_id)
        assert (offer.posts_filled, offer.state) == (2, OfferState.FILLED)
        states = sorted(db.session.scalars(select(Application.state)))
        assert states == sorted([S.PLACED, S.PLACED, S.OBSOLETE, S.OBSOLETE, S.OBSOLETE])


def _together(app: Flask, market: Market, ids: list[Any], today: date) -> list[str]:
    """Take all of them at the same instant, each on its own connection."""
    start, outcomes = threading.Barrier(len(ids)), [""] * len(ids)
    terms, actor = TakenTerms(today, today, Decimal(7)), market.employer.actor

    def run(rank: int) -> None:
        with app.app_context():
            start.wait(60)
            try:
                service.take(ids[rank], terms, by=actor, today=today)
                outcomes[rank] = "done"
            except Refused as no:
                outcomes[rank] = str(no)

    threads = [threading.Thread(target=run, args=(rank,)) for rank in range(len(ids))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes
