"""A stage does not take place: each party may say so before it begins; who left the portal is told of nowhere."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.candidates.service import close_file, withdraw_consent
from app.core import clock
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import SYSTEM, Role
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from app.placements.rules.asking import AskRefusal
from app.placements.rules.kinds import CancelReason, StopReason
from app.placements.rules.states import CANCELLABLE, PlacementState, TripartiteState
from app.placements.service import cancelling as service
from tests.factories.people import Somebody, somebody
from tests.factories.placements import Placed, a_placement, a_tripartite

_S = PlacementState


def told(session: scoped_session) -> list[tuple[str, str]]:
    rows = session.execute(select(Message.kind, Message.to_name).order_by(Message.to_name))
    return [(row[0], row[1]) for row in rows]


def reachable(placed: Placed) -> Placed:
    assert placed.person.candidate is not None
    placed.person.candidate.phone = "+33612345678"
    return placed


@pytest.mark.parametrize("state", sorted(CANCELLABLE))
def test_before_it_begins_any_party_gives_up_and_the_others_are_told(
    session: scoped_session, today: date, state: PlacementState
) -> None:
    placed = reachable(a_placement(state))
    session.commit()
    found = service.cancel(placed.placement.id, CancelReason.PERSON, "Je préfère autre chose", by=placed.person.actor)
    assert (found.state, found.cancel_reason, found.cancelled_at) == (_S.CANCELLED, CancelReason.PERSON, clock.now())
    names = {name for _, name in told(session)}
    assert names == {placed.host.user.full_name, placed.referent.user.full_name}
    assert not [body for body in session.scalars(select(Message.body)) if "autre chose" in body]


@pytest.mark.parametrize(("who", "reason"), [("host", CancelReason.HOST), ("referent", CancelReason.NOT_VALIDATED)])
def test_the_person_is_told_when_another_gives_up(
    session: scoped_session, today: date, who: str, reason: CancelReason
) -> None:
    placed = reachable(a_placement(_S.PREPARED))
    session.commit()
    by: Somebody = getattr(placed, who)
    service.cancel(placed.placement.id, reason, "Plus de tuteur", by=by.actor, version=1)
    service.cancel(placed.placement.id, reason, "Plus de tuteur", by=by.actor, version=1)
    assert [name for _, name in told(session)].count("Camille") == 1


def test_a_reason_is_ones_own_and_a_stage_that_runs_is_stopped_not_cancelled(
    session: scoped_session, today: date
) -> None:
    placed = a_placement(_S.ACCEPTED)
    running = a_placement(_S.RUNNING, host=placed.host)
    session.commit()
    with pytest.raises(Refused) as refusal:
        service.cancel(placed.placement.id, CancelReason.PERSON, "", by=placed.host.actor)
    assert set(refusal.value.reasons) == {AskRefusal.NOT_THEIR_REASON, AskRefusal.NO_WORDS}
    with pytest.raises(Refused) as refusal:
        service.cancel(running.placement.id, CancelReason.HOST, "Non", by=placed.host.actor)
    assert refusal.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_a_stranger_cancels_nothing_and_a_page_of_before_is_read_again(session: scoped_session, today: date) -> None:
    placed, stranger = a_placement(_S.ACCEPTED), somebody(Role.EMPLOYER)
    placed.placement.tasks = "Poncer"
    session.commit()
    with pytest.raises(NotFound):
        service.cancel(placed.placement.id, CancelReason.HOST, "Non", by=stranger.actor)
    with pytest.raises(StaleVersion):
        service.cancel(placed.placement.id, CancelReason.HOST, "Non", by=placed.host.actor, version=7)


def test_who_leaves_the_portal_leaves_their_stages_without_a_word(session: scoped_session, today: date) -> None:
    coming = reachable(a_placement(_S.VALIDATED))
    running = a_placement(_S.RUNNING, person=coming.person)
    done = a_placement(_S.CLOSED, person=coming.person)
    assert coming.person.candidate is not None
    session.commit()
    close_file(coming.person.candidate, by=SYSTEM, why="Fiche fermée")
    service.candidate_closed(coming.person.candidate, SYSTEM)
    for placed in (coming, running, done):
        session.refresh(placed.placement)
    assert (coming.placement.state, coming.placement.cancel_reason) == (_S.CANCELLED, CancelReason.REMOVED)
    assert (running.placement.state, running.placement.stopped_on) == (_S.STOPPED, today)
    assert running.placement.stop_reason is StopReason.PERSON
    assert done.placement.state is _S.CLOSED
    assert told(session) == []


def test_who_takes_back_their_consent_is_no_longer_proposed_but_keeps_what_they_asked(
    session: scoped_session, today: date
) -> None:
    proposed = a_placement(_S.WISHED)
    own = a_placement(_S.WISHED, person=proposed.person, starts_on=today + timedelta(days=60))
    agreed = a_placement(_S.ACCEPTED, person=proposed.person, starts_on=today + timedelta(days=90))
    proposed.placement.asked_by, own.placement.asked_by = proposed.referent.user.id, proposed.person.user.id
    assert proposed.person.candidate is not None
    proposed.person.candidate.consent_at = clock.now()
    session.commit()
    withdraw_consent(proposed.person.candidate.id, by=proposed.person.actor)
    service.candidate_withdrawn(proposed.person.candidate, proposed.person.actor)
    for placed in (proposed, own, agreed):
        session.refresh(placed.placement)
    states = [placed.placement.state for placed in (proposed, own, agreed)]
    assert states == [_S.CANCELLED, _S.WISHED, _S.ACCEPTED]


def test_a_consent_taken_back_through_the_referent_ends_what_others_asked_and_keeps_what_the_person_asked(
    session: scoped_session, today: date
) -> None:
    proposed = a_placement(_S.WISHED)
    own = a_placement(_S.WISHED, person=proposed.person, starts_on=today + timedelta(days=60))
    proposed.placement.asked_by, own.placement.asked_by = proposed.referent.user.id, proposed.person.user.id
    assert proposed.person.candidate is not None
    session.commit()
    service.candidate_withdrawn(proposed.person.candidate, proposed.referent.actor)
    assert (proposed.placement.state, own.placement.state) == (_S.CANCELLED, _S.WISHED)


@pytest.mark.parametrize("state", [TripartiteState.PROPOSED, TripartiteState.AGREED, TripartiteState.HELD])
def test_who_leaves_the_portal_is_awaited_at_no_meeting_of_three(
    session: scoped_session, today: date, state: TripartiteState
) -> None:
    placed = a_placement(_S.ENDED)
    meeting = a_tripartite(state, placed=placed)
    assert placed.person.candidate is not None
    session.commit()
    service.candidate_closed(placed.person.candidate, SYSTEM)
    over = TripartiteState.HELD if state is TripartiteState.HELD else TripartiteState.CANCELLED
    assert meeting.state is over
    assert told(session) == []


@pytest.mark.parametrize("state", [_S.WISHED, _S.ACCEPTED, _S.VALIDATED])
def test_a_stage_that_does_not_take_place_is_not_renewed(
    session: scoped_session, today: date, state: PlacementState
) -> None:
    first = reachable(a_placement(_S.VALIDATED))
    again = a_placement(
        state, person=first.person, host=first.host, referent=first.referent, renewal_of_id=first.placement.id,
        starts_on=first.placement.ends_on + timedelta(days=1),
    )  # fmt: skip
    session.commit()
    service.cancel(first.placement.id, CancelReason.HOST, "Usine fermée", by=first.host.actor)
    assert (again.placement.state, again.placement.cancel_reason) == (_S.CANCELLED, CancelReason.HOST)
    names = [name for _, name in told(session)]
    assert names.count("Camille") == names.count(first.referent.user.full_name) == 2


def test_a_closed_firm_answers_no_request_and_those_who_wait_are_told(session: scoped_session, today: date) -> None:
    waits = reachable(a_placement(_S.WISHED))
    agreed = a_placement(_S.ACCEPTED, host=waits.host)
    elsewhere = a_placement(_S.WISHED)
    session.commit()
    assert waits.host.organisation is not None
    service.organisation_closed(waits.host.organisation.id, SYSTEM)
    assert (waits.placement.state, waits.placement.cancel_reason) == (_S.CANCELLED, CancelReason.HOST)
    assert (agreed.placement.state, elsewhere.placement.state) == (_S.ACCEPTED, _S.WISHED)
    assert {name for _, name in told(session)} == {"Camille", waits.referent.user.full_name}
