"""Each act moves the state, logs it in the same transaction, and tells who listens."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.hooks import Hook
from app.core.roles import Actor, Role
from app.core.workflow import WorkflowRefusal
from app.offers import service
from app.offers.models import Offer, OfferTransition
from app.offers.rules import OFFER, OfferAction, OfferRefusal, OfferState
from app.organisations.rules import OrganisationState
from tests.factories.offers import FirmFactory, OfferFactory, employer_of

ACTS = {
    OfferAction.PUBLISH: service.publish,
    OfferAction.CONFIRM: service.confirm,
    OfferAction.PAUSE: service.pause,
    OfferAction.RESUME: service.resume,
    OfferAction.FILL: service.fill,
    OfferAction.REOPEN: service.reopen,
    OfferAction.CLOSE: service.close,
}
TRAITS: dict[OfferState, dict[str, Any]] = {
    OfferState.DRAFT: {},
    OfferState.PUBLISHED: {"published": True},
    OfferState.PAUSED: {"paused": True},
    OfferState.FILLED: {"filled": True, "posts": 2},
    OfferState.EXPIRED: {"expired": True},
    OfferState.CLOSED: {"closed": True},
}


@contextmanager
def heard(hook: Hook[Any]) -> Iterator[list[tuple[Any, ...]]]:
    """What a hook says while the block lasts."""
    said: list[tuple[Any, ...]] = []

    def listen(*args: Any) -> None:
        said.append(args)

    hook.connect(listen)
    try:
        yield said
    finally:
        hook._listeners.remove(listen)


@pytest.mark.parametrize(("action", "state"), list(product(ACTS, OfferState)))
def test_an_employer_does_exactly_what_the_table_allows(
    session: scoped_session, today: date, action: OfferAction, state: OfferState
) -> None:
    offer = OfferFactory(**TRAITS[state])
    by = employer_of(offer.organisation)

    if OFFER.allows(action, state, Role.EMPLOYER):
        ACTS[action](offer.id, by=by, version=offer.version)
        logged = session.scalars(select(OfferTransition).where(OfferTransition.offer_id == offer.id)).one()
        assert offer.state is OFFER.target(action, state, Role.EMPLOYER)
        assert (logged.action, logged.from_state, logged.to_state) == (action, state, offer.state)
        assert (logged.by_name, logged.by_role) == ("Julie Moreau", Role.EMPLOYER)
    else:
        with pytest.raises(Refused) as refused:
            ACTS[action](offer.id, by=by, version=offer.version)
        assert refused.value.reasons == (WorkflowRefusal.WRONG_STATE,)
        assert session.scalar(select(OfferTransition)) is None


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT])
def test_those_who_read_every_offer_change_none(session: scoped_session, today: date, role: Role) -> None:
    offer = OfferFactory(published=True)

    with pytest.raises(Refused) as refused:
        service.pause(offer.id, by=Actor(role=role, name="Samia Benali"))

    assert refused.value.reasons == (WorkflowRefusal.NOT_YOUR_ROLE,)


def test_an_administrator_may_close_an_offer(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True)

    service.close(offer.id, by=Actor(role=Role.ADMINISTRATOR, name="Portail"), reason="Offre frauduleuse")

    assert offer.state is OfferState.CLOSED
    assert offer.closed_at == clock.now()


def test_a_button_pressed_on_an_old_page_changes_nothing(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True)
    by = employer_of(offer.organisation)
    seen = offer.version
    service.pause(offer.id, by=by, version=seen)

    with pytest.raises(StaleVersion):
        service.close(offer.id, by=by, version=seen)

    assert offer.state is OfferState.PAUSED


@pytest.mark.parametrize("act", [service.pause, service.confirm, service.fill, service.close])
def test_the_same_button_sent_twice_is_one_act(session: scoped_session, today: date, act: Any) -> None:
    offer = OfferFactory(published=True, confirmed_on=today - timedelta(days=31))
    by, seen = employer_of(offer.organisation), offer.version

    act(offer.id, by=by, version=seen)
    with heard(service.OFFER_CLOSED) as said:
        act(offer.id, by=by, version=seen)

    assert len(session.scalars(select(OfferTransition)).all()) == 1
    assert said == []


def test_publishing_gives_sixty_days_or_what_the_employer_chose(session: scoped_session, today: date) -> None:
    plain, chosen = OfferFactory(), OfferFactory(expires_on=today + timedelta(days=10))

    service.publish(plain.id, by=employer_of(plain.organisation))
    service.publish(chosen.id, by=employer_of(chosen.organisation))

    assert plain.expires_on == today + timedelta(days=60)
    assert chosen.expires_on == today + timedelta(days=10)
    assert plain.published_at == clock.now()


def test_an_organisation_that_waits_for_its_approval_publishes_nothing(session: scoped_session, today: date) -> None:
    offer = OfferFactory(organisation=FirmFactory(state=OrganisationState.PENDING, approved_at=None))

    with pytest.raises(Refused) as refused:
        service.publish(offer.id, by=employer_of(offer.organisation))

    assert refused.value.reasons == (OfferRefusal.ORGANISATION_NOT_APPROVED,)


def test_a_confirmation_answers_the_question_and_pushes_a_near_end(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True, stale_asked_on=today, expires_on=today + timedelta(days=5))

    service.confirm(offer.id, by=employer_of(offer.organisation))

    assert offer.stale_asked_on is None
    assert offer.confirmed_on == today
    assert offer.expires_on == today + timedelta(days=60)


def test_a_filled_offer_opens_again_only_with_a_post_left(session: scoped_session, today: date) -> None:
    firm = FirmFactory()
    full, wider = OfferFactory(filled=True, organisation=firm), OfferFactory(filled=True, posts=2, organisation=firm)
    by, wider_id = employer_of(firm), wider.id

    with pytest.raises(Refused) as refused:
        service.reopen(full.id, by=by)

    assert refused.value.reasons == (OfferRefusal.NO_POST_LEFT,)
    assert service.reopen(wider_id, by=by).state is OfferState.PUBLISHED


def test_an_expired_offer_opens_again_with_a_new_end(session: scoped_session, today: date) -> None:
    offer = OfferFactory(expired=True, expires_on=today - timedelta(days=3), stale_asked_on=today)

    service.reopen(offer.id, by=employer_of(offer.organisation))

    assert offer.expires_on == today + timedelta(days=60)
    assert offer.stale_asked_on is None


def test_an_expired_offer_whose_start_is_past_is_corrected_first(session: scoped_session, today: date) -> None:
    offer = OfferFactory(expired=True, start_on=today - timedelta(days=3))

    with pytest.raises(Refused) as refused:
        service.reopen(offer.id, by=employer_of(offer.organisation))

    assert refused.value.reasons == (OfferRefusal.START_IN_PAST,)


@pytest.mark.parametrize("act", [service.fill, service.close])
def test_an_offer_that_ends_tells_those_above(session: scoped_session, today: date, act: Any) -> None:
    offer = OfferFactory(published=True)
    by = employer_of(offer.organisation)

    with heard(service.OFFER_CLOSED) as said:
        act(offer.id, by=by)

    assert said == [(offer, by)]


def test_nobody_applied_to_a_draft_so_nobody_is_told(session: scoped_session, today: date) -> None:
    offer = OfferFactory()

    with heard(service.OFFER_CLOSED) as said:
        service.close(offer.id, by=employer_of(offer.organisation))

    assert said == []


def test_a_listener_that_refuses_undoes_the_closing(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True)
    by = employer_of(offer.organisation)

    def refuse(_offer: Offer, _by: Actor) -> None:
        raise Refused(OfferRefusal.NOT_OPEN)

    service.OFFER_CLOSED.connect(refuse)
    try:
        with pytest.raises(Refused):
            service.close(offer.id, by=by)
    finally:
        service.OFFER_CLOSED._listeners.remove(refuse)

    assert session.get(Offer, offer.id).state is OfferState.PUBLISHED
    assert session.scalar(select(OfferTransition)) is None


def test_an_unknown_offer_is_not_found(session: scoped_session, today: date) -> None:
    firm = FirmFactory()

    with pytest.raises(NotFound):
        service.publish(firm.id, by=employer_of(firm))


def test_what_a_closed_organisation_has_published_closes_and_its_drafts_stay(session: scoped_session) -> None:
    firm, other = FirmFactory(), FirmFactory()
    published, paused, draft = (
        OfferFactory(organisation=firm, **trait) for trait in ({"published": True}, {"paused": True}, {})
    )
    theirs = OfferFactory(organisation=other, published=True)
    agent = Actor(role=Role.DEPARTMENT, name="Hélène Marchand")
    with heard(service.OFFER_CLOSED) as told:
        service.organisation_closed(firm.id, agent)
    assert {offer.id for offer, *_ in told} == {published.id, paused.id}
    states = [offer.state for offer in (published, paused, draft, theirs)]
    assert states == [OfferState.CLOSED, OfferState.CLOSED, OfferState.DRAFT, OfferState.PUBLISHED]
