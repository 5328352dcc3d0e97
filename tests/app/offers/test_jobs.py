"""Old offers are asked about once, go out without an answer, and never twice."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.accounts.models import Membership, User
from app.core.db import db
from app.core.roles import Role
from app.messages.models import Message
from app.offers import jobs, service
from app.offers.models import OfferTransition
from app.offers.rules import OfferState
from app.organisations.models import Organisation
from tests.factories.offers import OfferFactory, employer_of

Member = Callable[..., User]


@pytest.fixture
def member(session: scoped_session) -> Member:
    """Make somebody of an organisation."""

    def make(firm: Organisation, email: str, **changes: Any) -> User:
        user = User(first_name="Julie", last_name="Moreau", email=email)
        db.session.add(user)
        db.session.flush()
        db.session.add(Membership(user_id=user.id, organisation_id=firm.id, role=Role.EMPLOYER, **changes))
        db.session.flush()
        return user

    return make


def _told() -> list[tuple[str, str]]:
    return [(message.kind, message.to_address) for message in db.session.scalars(select(Message))]


def test_nobody_is_asked_about_a_young_offer(session: scoped_session, today: date) -> None:
    OfferFactory(published=True, confirmed_on=today - timedelta(days=29))

    assert jobs.ask_employers(today) == 0


def test_the_writer_is_asked_about_an_old_offer_once(session: scoped_session, today: date, member: Member) -> None:
    offer = OfferFactory(published=True, confirmed_on=today - timedelta(days=30))
    writer = member(offer.organisation, "julie@example.org")
    member(offer.organisation, "chef@example.org", is_manager=True)
    offer.made_by = writer.id
    db.session.flush()

    assert jobs.ask_employers(today) == 1
    assert jobs.ask_employers(today) == 0
    assert offer.stale_asked_on == today
    assert _told() == [("offer_stale", "julie@example.org")]
    message = db.session.scalars(select(Message)).one()
    assert "vendredi 20 novembre" in message.body
    assert f"/mes-offres/{offer.id}" in message.body


def test_the_managers_are_asked_when_the_writer_has_left(session: scoped_session, today: date, member: Member) -> None:
    offer = OfferFactory(published=True, confirmed_on=today - timedelta(days=40))
    writer = member(offer.organisation, "julie@example.org", left_at=offer.published_at)
    member(offer.organisation, "chef@example.org", is_manager=True)
    member(offer.organisation, "autre@example.org")
    offer.made_by = writer.id
    db.session.flush()

    jobs.ask_employers(today)

    assert _told() == [("offer_stale", "chef@example.org")]


@pytest.mark.parametrize("trait", ["paused", "filled", "expired", "closed"])
def test_only_published_offers_are_asked_about(session: scoped_session, today: date, trait: str) -> None:
    OfferFactory(**{trait: True}, confirmed_on=today - timedelta(days=90))

    assert jobs.ask_employers(today) == 0


def test_an_offer_without_an_answer_goes_out_after_fifteen_days(
    session: scoped_session, today: date, member: Member
) -> None:
    offer = OfferFactory(published=True, stale_asked_on=today)
    member(offer.organisation, "julie@example.org")

    assert jobs.expire_offers(today + timedelta(days=14)) == 0
    assert jobs.expire_offers(today + timedelta(days=15)) == 1
    assert jobs.expire_offers(today + timedelta(days=15)) == 0
    logged = session.scalars(select(OfferTransition).where(OfferTransition.offer_id == offer.id)).one()
    assert offer.state is OfferState.EXPIRED
    assert (logged.by_role, logged.reason) == (Role.SYSTEM, "Sans réponse de l’employeur")
    assert _told() == [("offer_expired", "julie@example.org")]


def test_a_confirmed_offer_stays(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True, stale_asked_on=today - timedelta(days=10))
    service.confirm(offer.id, by=employer_of(offer.organisation))

    assert jobs.expire_offers(today + timedelta(days=20)) == 0


def test_an_offer_lives_until_its_last_day_included(session: scoped_session, today: date) -> None:
    offers = [OfferFactory(published=True, expires_on=today), OfferFactory(paused=True, expires_on=today)]

    assert jobs.expire_offers(today) == 0
    assert jobs.expire_offers(today + timedelta(days=1)) == 2
    assert {offer.state for offer in offers} == {OfferState.EXPIRED}
