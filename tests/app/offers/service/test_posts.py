"""A post is taken once, the last one fills the offer, and a hire undone gives it back."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Role
from app.offers import service
from app.offers.models import Offer, OfferTransition
from app.offers.rules import OfferRefusal, OfferState
from tests.app.offers.service.test_states import heard
from tests.factories.offers import OfferFactory, employer_of


def test_a_hire_takes_one_post_and_leaves_the_offer_open(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True, posts=2)

    service.take_post(offer.id, by=employer_of(offer.organisation))

    assert (offer.posts_filled, offer.posts_left, offer.state) == (1, 1, OfferState.PUBLISHED)


def test_the_last_post_fills_the_offer_and_tells_those_above(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True, posts=2, posts_filled=1)
    by = employer_of(offer.organisation)

    with heard(service.OFFER_CLOSED) as said:
        service.take_post(offer.id, by=by)

    logged = session.scalars(select(OfferTransition).where(OfferTransition.offer_id == offer.id)).one()
    assert (offer.posts_filled, offer.state) == (2, OfferState.FILLED)
    assert logged.by_role is Role.SYSTEM
    assert said == [(offer, by)]


def test_no_post_is_taken_twice(session: scoped_session, today: date) -> None:
    offer = OfferFactory(filled=True)

    with pytest.raises(Refused) as refused:
        service.take_post(offer.id, by=employer_of(offer.organisation))

    assert refused.value.reasons == (OfferRefusal.NO_POST_LEFT,)


@pytest.mark.parametrize(("trait", "reason"), [({}, OfferRefusal.NOT_OPEN), ({"closed": True}, OfferRefusal.NOT_OPEN)])
def test_a_draft_or_a_closed_offer_takes_nobody(
    session: scoped_session, today: date, trait: dict[str, Any], reason: OfferRefusal
) -> None:
    offer = OfferFactory(**trait)

    with pytest.raises(Refused) as refused:
        service.take_post(offer.id, by=employer_of(offer.organisation))

    assert refused.value.reasons == (reason,)


@pytest.mark.parametrize("trait", ["paused", "expired"])
def test_somebody_who_applied_in_time_may_still_be_hired(session: scoped_session, today: date, trait: str) -> None:
    offer = OfferFactory(**{trait: True})

    service.take_post(offer.id, by=employer_of(offer.organisation))

    assert offer.state is OfferState.FILLED


def test_a_hire_undone_opens_the_offer_again(session: scoped_session, today: date) -> None:
    offer = OfferFactory(filled=True)

    service.release_post(offer.id, by=employer_of(offer.organisation))

    assert (offer.posts_filled, offer.state) == (0, OfferState.PUBLISHED)


def test_a_hire_undone_after_the_last_day_leaves_the_offer_shut(session: scoped_session, today: date) -> None:
    offer = OfferFactory(filled=True, expires_on=today - timedelta(days=1))

    service.release_post(offer.id, by=employer_of(offer.organisation))

    assert (offer.posts_filled, offer.state) == (0, OfferState.FILLED)


def test_two_hires_at_once_for_one_post_give_one_hire(own_app: Flask) -> None:
    with own_app.app_context():
        offer = OfferFactory(published=True)
        offer_id, by = offer.id, employer_of(offer.organisation)
        db.session.remove()
    start = threading.Barrier(2)
    outcomes: list[Any] = []

    def hire() -> None:
        with own_app.app_context():
            start.wait()
            try:
                outcomes.append(service.take_post(offer_id, by=by).state)
            except Refused as refused:
                outcomes.append(refused.reasons)
            finally:
                db.session.remove()

    hirers = [threading.Thread(target=hire) for _ in range(2)]
    for one in hirers:
        one.start()
    for one in hirers:
        one.join()

    assert sorted(outcomes, key=str) == sorted([OfferState.FILLED, (OfferRefusal.NO_POST_LEFT,)], key=str)
    with own_app.app_context():
        assert db.session.get(Offer, offer_id).posts_filled == 1
        db.session.remove()
