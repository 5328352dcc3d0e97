"""A stage stops before its last day: what was expected after is cut, the others are told, a place is free again."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from app.offers.rules import OfferState
from app.placements.models import PlacementTransition, PresenceHalf
from app.placements.queries.presence import expected_of
from app.placements.rules.kinds import CancelReason, Half, PlacementOrigin, Presence, StopReason
from app.placements.rules.presence import PresenceRefusal
from app.placements.rules.states import PlacementState
from app.placements.rules.stopping import Stop, StopRefusal
from app.placements.service import cancelling
from app.placements.service import stopping as service
from tests.factories.applications import a_market, sent
from tests.factories.people import somebody
from tests.factories.placements import Placed, a_placement, a_presence

_S = PlacementState
MON, TUE, WED = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)


@pytest.fixture
def running(session: scoped_session, today: date) -> Placed:
    placed = a_placement(_S.RUNNING, starts_on=MON)
    assert placed.person.candidate is not None
    placed.person.candidate.phone = "+33612345678"
    session.commit()
    return placed


def test_what_was_expected_after_the_last_day_is_cut(session: scoped_session, running: Placed, today: date) -> None:
    a_presence(running.placement, MON)
    a_presence(running.placement, WED, status=Presence.ABSENT)
    session.commit()
    said = Stop(TUE, StopReason.HIRED, "Un CDI ailleurs")
    for _ in range(2):
        found = service.stop(running.placement.id, said, by=running.referent.actor, version=1, today=today)
    assert (found.state, found.stopped_on, found.stop_reason) == (_S.STOPPED, TUE, StopReason.HIRED)
    assert {half.day for half in expected_of(found)} == {MON, TUE}
    assert session.scalars(select(PresenceHalf.day)).all() == [MON]
    assert not [words for words in session.scalars(select(PlacementTransition.words)) if "CDI" in words]


@pytest.mark.parametrize(
    ("who", "reason", "told"),
    [
        ("person", StopReason.PERSON, {"host", "referent"}),
        ("host", StopReason.HOST, {"person", "referent"}),
        ("referent", StopReason.AGREED, {"person", "host"}),
    ],
)
def test_any_party_stops_it_and_the_others_are_told(
    session: scoped_session, running: Placed, today: date, who: str, reason: StopReason, told: set[str]
) -> None:
    service.stop(running.placement.id, Stop(TUE, reason, "Secret"), by=getattr(running, who).actor, today=today)
    names = {"person": "Camille", "host": running.host.user.full_name, "referent": running.referent.user.full_name}
    rows = session.execute(select(Message.to_name, Message.body).where(Message.kind == "placement_stopped")).all()
    assert {row[0] for row in rows} == {names[one] for one in told}
    assert not [body for _, body in rows if "Secret" in body]


@pytest.mark.parametrize(
    ("day", "reason", "who", "reasons"),
    [
        (date(2026, 11, 1), StopReason.HOST, "host", {PresenceRefusal.STOP_OUTSIDE, StopRefusal.CAME_AFTER}),
        (date(2026, 11, 6), StopReason.HOST, "host", {PresenceRefusal.STOP_IN_FUTURE}),
        (MON, StopReason.HOST, "host", {StopRefusal.CAME_AFTER}),
        (WED, StopReason.NEVER_CAME, "host", {StopRefusal.DID_COME}),
        (WED, StopReason.HOST, "person", {StopRefusal.NOT_THEIR_REASON}),
        (date(2027, 1, 1), StopReason.HOST, "person", {
            PresenceRefusal.STOP_OUTSIDE, PresenceRefusal.STOP_IN_FUTURE, StopRefusal.NOT_THEIR_REASON,
        }),
    ],
)  # fmt: skip
def test_a_stop_is_refused_with_all_reasons(
    session: scoped_session, running: Placed, today: date, day: date, reason: StopReason, who: str, reasons: set[Any]
) -> None:
    a_presence(running.placement, TUE)
    session.commit()
    with pytest.raises(Refused) as no:
        service.stop(running.placement.id, Stop(day, reason), by=getattr(running, who).actor, today=today)
    assert set(no.value.reasons) == reasons
    assert set(no.value.reasons) <= set(no.value.fields)


def test_the_last_day_may_be_today(running: Placed, today: date) -> None:
    found = service.stop(running.placement.id, Stop(today, StopReason.HOST), by=running.host.actor, today=today)
    assert found.last_day == today


def test_who_never_came_was_away_on_the_first_day(session: scoped_session, running: Placed, today: date) -> None:
    a_presence(running.placement, MON, Half.AM, Presence.ABSENT_EXCUSED)
    session.commit()
    found = service.stop(running.placement.id, Stop(WED, StopReason.NEVER_CAME), by=running.host.actor, today=today)
    assert found.stopped_on == MON
    rows = session.execute(select(PresenceHalf.half, PresenceHalf.status).order_by(PresenceHalf.half)).all()
    assert list(map(tuple, rows)) == [(Half.AM, Presence.ABSENT_EXCUSED), (Half.PM, Presence.ABSENT)]


def test_one_who_stops_after_another_changed_it_reads_it_again(running: Placed, today: date) -> None:
    with pytest.raises(StaleVersion):
        service.stop(running.placement.id, Stop(TUE, StopReason.HOST), by=running.host.actor, version=9, today=today)


@pytest.mark.parametrize("state", sorted(set(PlacementState) - {_S.RUNNING}))
def test_only_what_runs_is_stopped(session: scoped_session, today: date, state: PlacementState) -> None:
    placed = a_placement(state)
    session.commit()
    with pytest.raises(Refused) as no:
        service.stop(placed.placement.id, Stop(today, StopReason.HOST), by=placed.host.actor, today=today)
    assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_strangers_stop_nothing(session: scoped_session, running: Placed, today: date) -> None:
    stranger = somebody(Role.EMPLOYER)
    session.commit()
    with pytest.raises(NotFound):
        service.stop(running.placement.id, Stop(TUE, StopReason.HOST), by=stranger.actor, today=today)


def of_an_offer(session: scoped_session, state: PlacementState, today: date) -> tuple[Placed, Any]:
    """A stage on the last place of an offer, which is filled."""
    market = a_market(stage=True)
    application = sent(market, today)
    offer = market.offer
    offer.posts_filled, offer.state = offer.posts, OfferState.FILLED
    placed = a_placement(
        state, person=market.person, origin=PlacementOrigin.OFFER, offer_id=offer.id, application_id=application.id
    )
    session.commit()
    return placed, offer


def test_the_place_of_an_offer_is_free_again_and_the_offer_opens(session: scoped_session, today: date) -> None:
    placed, offer = of_an_offer(session, _S.RUNNING, today)
    for _ in range(2):
        service.stop(placed.placement.id, Stop(today, StopReason.PERSON), by=placed.person.actor, today=today)
    session.refresh(offer)
    assert (offer.posts_left, offer.state) == (1, OfferState.PUBLISHED)


def test_a_stage_that_does_not_take_place_frees_it_too(session: scoped_session, today: date) -> None:
    placed, offer = of_an_offer(session, _S.VALIDATED, today)
    cancelling.cancel(placed.placement.id, CancelReason.PERSON, "", by=placed.person.actor)
    session.refresh(offer)
    assert offer.posts_left == 1


def test_a_stage_asked_without_an_offer_frees_nothing(session: scoped_session, running: Placed, today: date) -> None:
    _, offer = of_an_offer(session, _S.RUNNING, today)
    service.stop(running.placement.id, Stop(TUE, StopReason.HOST), by=running.host.actor, today=today)
    session.refresh(offer)
    assert offer.posts_left == 0


def test_what_stops_early_goes_on_in_no_renewal(session: scoped_session, today: date) -> None:
    first = a_placement(_S.RUNNING)
    again = a_placement(
        _S.VALIDATED, person=first.person, host=first.host, referent=first.referent, renewal_of_id=first.placement.id,
        starts_on=first.placement.ends_on + timedelta(days=1),
    )  # fmt: skip
    session.commit()
    service.stop(first.placement.id, Stop(today, StopReason.HIRED), by=first.person.actor, today=today)
    assert again.placement.state is _S.CANCELLED
